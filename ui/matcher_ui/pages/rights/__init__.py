"""Rights and complaints, reports on one person, and what is due to be deleted."""
