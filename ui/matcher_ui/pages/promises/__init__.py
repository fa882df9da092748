"""Promises to keep, a file for each of its tabs."""
