"""One member's own page, a file for each part of it."""
