"""Everybody as arrays, and a brief put to all of them at once.

NumPy and SciPy are imported at the top of these files: import this only when it is needed, never before the first
window is painted.
"""

from matcher.matching.index.board import Board
from matcher.matching.index.build import Builder, Index, index_of
from matcher.matching.index.doors import Busy, Doors
from matcher.matching.index.order import Group, Order
from matcher.matching.index.shares import Shares

__all__ = ["Board", "Builder", "Busy", "Doors", "Group", "Index", "Order", "Shares", "index_of"]
