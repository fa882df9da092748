"""The desk of the members' pages, for the page of figures."""

from tests.ui.members.conftest import Desk, desk, empty_desk

__all__ = ["Desk", "desk", "empty_desk"]
