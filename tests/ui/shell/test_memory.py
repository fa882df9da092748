"""All threads of the window take their memory from one heap."""

import subprocess
import sys

import pytest

MANY_THREADS = """
import ctypes
import threading
from matcher_ui.memory import share_one_heap
libc = ctypes.CDLL(None)
libc.fopen.restype = libc.malloc.restype = ctypes.c_void_p
libc.fopen.argtypes = ctypes.c_char_p, ctypes.c_char_p
libc.malloc_info.argtypes = ctypes.c_int, ctypes.c_void_p
libc.fflush.argtypes = (ctypes.c_void_p,)
share_one_heap()
together = threading.Barrier(4)
def take():
    together.wait()
    assert libc.malloc(4_000)
threads = [threading.Thread(target=take) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
out = libc.fopen(b"/dev/stdout", b"w")
libc.malloc_info(0, out)
libc.fflush(out)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems share theirs anyway")
def test_threads_share_one_heap() -> None:
    told = subprocess.run(
        [sys.executable, "-c", MANY_THREADS], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    assert told.count("<heap nr=") == 1
