"""All members: the table and what can be done from it, adding one, doubles, and partners."""
