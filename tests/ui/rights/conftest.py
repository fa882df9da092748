"""The desk of the members' pages, for the pages about rights."""

from tests.ui.members.conftest import Desk, desk, empty_desk

__all__ = ["Desk", "desk", "empty_desk"]
