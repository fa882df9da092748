"""What words, places, dates, durations, phones and numbers mean. Pure functions over ``matcher_resources``."""
