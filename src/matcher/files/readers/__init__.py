"""Files from outside, read under limits in a child process into plain rows and plain text."""
