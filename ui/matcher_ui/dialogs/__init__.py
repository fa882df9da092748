"""Windows of the system that pages open."""
