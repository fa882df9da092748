"""Settings, a file for each of its sections."""
