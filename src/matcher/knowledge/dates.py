"""Dates: in cells (``read_date``) and said in running text (``due_dates``)."""

from matcher.knowledge.date_cells import read_date
from matcher.knowledge.due_dates import DateFound, due_dates

__all__ = ["DateFound", "due_dates", "read_date"]
