"""The desktop: only Qt and calls into the core."""
