"""How she left the window on this computer: its place, theme and text size. Nothing about people."""

import contextlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, get_args

from platformdirs import user_config_path

from matcher.storage.durable import write_durably
from matcher_ui.idle import IDLE_MINUTES
from matcher_ui.theme import LARGEST_SCALE, SMALLEST_SCALE, Mode

LONGEST_LOCK = 24 * 60


@dataclass(frozen=True, slots=True)
class WindowState:
    """``geometry`` is Qt's own, in hexadecimal; ``scale`` is 1.0 to 1.5; it locks after ``lock_minutes``."""

    geometry: str = ""
    mode: Mode = "system"
    scale: float = 1.0
    lock_minutes: int = IDLE_MINUTES


def read_window_state() -> WindowState:
    """What was kept; anything missing or odd is as on the first day."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
        known = {field.name: kept[field.name] for field in fields(WindowState) if field.name in kept}
        state = WindowState(**known)
        bytes.fromhex(state.geometry)
        fine = state.mode in get_args(Mode) and SMALLEST_SCALE <= state.scale <= LARGEST_SCALE
        fine = fine and 0 < int(state.lock_minutes) <= LONGEST_LOCK
    except (OSError, ValueError, TypeError):
        return WindowState()
    return state if fine else WindowState()


def keep_window_state(state: WindowState) -> None:
    """Note it for the next time; a computer that lets nothing be noted is no reason to stop."""
    _keep(_file(), asdict(state))


def kept_columns() -> tuple[str, ...]:
    """The columns of the members' table that she chose on this computer; none when she never chose."""
    try:
        kept = json.loads(_file("members_table.json").read_text(encoding="utf-8"))["columns"]
        return tuple(str(key) for key in kept)
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def keep_columns(keys: Collection[str]) -> None:
    """Note which columns she chose, for the next time."""
    _keep(_file("members_table.json"), {"columns": list(keys)})


def _keep(path: Path, values: Mapping[str, Any]) -> None:
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, json.dumps(values).encode())


def _file(name: str = "window.json") -> Path:
    return user_config_path("matcher", appauthor=False) / name
