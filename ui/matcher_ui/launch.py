"""The entry: with a verb the command line, without one the window. No Qt is imported at the top."""

import ctypes
import gc
import os
import sys
from pathlib import Path

from matcher.processes import serve

SELF_CHECK = "--self-check"
NO_SCREEN = "There is no screen to open the window on; use the verbs instead: matcher --help"
DEAD_SCREEN = (
    "The screen that DISPLAY names ({display}) does not answer; "
    "start Matcher from your desktop, or use the verbs instead: matcher --help"
)
NO_STORE = "There is no store at “{name}”. Look at the path after --store, or leave it out."
QT_PACKAGES = (
    "libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libbrotli1 fonts-dejavu-core "
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 "
    "libxkbcommon-x11-0"
)
NO_LIBRARIES = (
    "The window needs system libraries that are not here ({missing}). "
    f"On Debian or Ubuntu: sudo apt-get install {QT_PACKAGES}"
)
X11_LIBRARIES = ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxkbcommon-x11.so.0")


def main() -> int:
    """Do what the arguments say, or open the window; return the exit code."""
    if serve(sys.argv[1:]):
        return 0
    if sys.argv[1:2] == [SELF_CHECK] and len(sys.argv) == 4:
        from matcher_ui.self_check import check

        return check(Path(sys.argv[2]), Path(sys.argv[3]))
    store = store_alone(sys.argv[1:])
    if len(sys.argv) > 1 and store is None:
        from matcher.cli import main as command_line

        return command_line(draw_pdf=_draw_pdf)
    if store is not None and not store.is_dir():
        return _say(NO_STORE.format(name=store.name))
    trouble = screen_trouble()
    if trouble:
        return _say(trouble)
    gc.disable()  # nothing that is loaded now is garbage; the window tidies up by itself later
    try:
        from matcher_ui.app import run
    except ImportError as error:
        library = _missing_library(error)
        if library is None:
            raise
        return _say(NO_LIBRARIES.format(missing=library))
    return run(store)


def store_alone(arguments: list[str]) -> Path | None:
    """The store that is named without a verb: the window opens on it. None when they say anything else."""
    match arguments:
        case ["--store", path] if path:
            return Path(path)
        case [both] if both.startswith("--store=") and both != "--store=":
            return Path(both.partition("=")[2])
    return None


def _draw_pdf(html: bytes) -> bytes:
    """A page as PDF, drawn without a screen; Qt is loaded only when one is wanted."""
    from matcher.errors import UserError

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from matcher_ui.pdf import pdf_without_window
    except ImportError as error:
        raise UserError(
            "A PDF cannot be drawn here: what the window needs is missing.", todo="Write it as .html or .xlsx."
        ) from error
    return pdf_without_window(html)


def screen_trouble() -> str | None:
    """Why no window can be shown on this computer, in one sentence; None when one can.

    Qt ends the process itself when it finds no screen or misses a library, so both must be known before.
    """
    if not sys.platform.startswith("linux"):
        return None
    wanted = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if wanted not in ("", "xcb", "wayland"):
        return None
    if wanted != "xcb" and _wayland_answers():
        return None
    display = os.environ.get("DISPLAY")
    if not display or wanted == "wayland":
        return NO_SCREEN
    missing = next((name for name in X11_LIBRARIES if not _can_load(name)), None)
    if missing and not hasattr(sys, "frozen"):
        return NO_LIBRARIES.format(missing=missing)
    return None if _x_answers() else DEAD_SCREEN.format(display=display)


def _wayland_answers() -> bool:
    """Whether the Wayland screen lets us in; asked through its library, since the program opens no socket."""
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name or not Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name).is_socket():
        return False
    try:
        wayland = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return True
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    line = wayland.wl_display_connect(None)
    if line:
        wayland.wl_display_disconnect(line)
    return bool(line)


def _x_answers() -> bool:
    """Whether the X server of this session lets us in; when its library is not here, Qt may try."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    line = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(line)
    xcb.xcb_disconnect(line)
    return not refused


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _missing_library(error: ImportError) -> str | None:
    """The shared library that an import did not find, as the loader names it."""
    first = str(error).split(":", 1)[0]
    return first if ".so" in first and "cannot open shared object" in str(error) else None


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - the way out when there is no window
    return 2


if __name__ == "__main__":
    sys.exit(main())
