"""The network's own meet-ups: all of them, and one from plan to day."""
