"""Journeys through the window run without a screen, and noise fails them."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.ui.conftest import qtbot

__all__ = ["qtbot"]
