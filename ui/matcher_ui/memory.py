"""How this process takes its memory from the system."""

import ctypes
import sys

_M_ARENA_MAX = -8


def share_one_heap() -> None:
    """Let all threads take memory from one heap; to be called before the first of them starts.

    GNU's allocator otherwise opens a heap for each thread, and what is free in one is not used by another: 20 MB of
    the window's were held so. The heaps are there so that threads need not wait for each other, but ours hold
    Python's lock for nearly all they do. Other systems have other allocators.
    """
    if sys.platform.startswith("linux"):
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # not in musl
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, 1)
