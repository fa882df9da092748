"""Today: what needs her now, a file for each part of the page."""
