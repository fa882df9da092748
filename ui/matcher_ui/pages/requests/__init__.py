"""All requests, those who ask, logging one, and members' own questions."""
