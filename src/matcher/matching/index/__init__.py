"""Everybody as arrays, and a brief put to all of them at once.

NumPy and SciPy are imported at the top of these files: import this only when it is needed, never before the first
window is painted.
"""

from matcher.matching.index.board import Board
from matcher.matching.index.build import Builder, Index, index_of
from matcher.matching.index.gate import Busy, Gates
from matcher.matching.index.order import Group, Order
from matcher.matching.index.points import Shares

__all__ = ["Board", "Builder", "Busy", "Gates", "Group", "Index", "Order", "Shares", "index_of"]
