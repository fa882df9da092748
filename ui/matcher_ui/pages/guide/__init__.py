"""The guide, inside an open store and outside of one, and the sheet of keys."""
