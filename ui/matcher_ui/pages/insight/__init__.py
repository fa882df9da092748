"""Who is being heard, and the yearly report."""
