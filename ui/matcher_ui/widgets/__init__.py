"""Reusable pieces of the window. Each takes the `Theme` first and paints only from it."""
