"""What a session decodes lies in blocks of the system's own, so that nothing of it is kept for later."""

from __future__ import annotations

import subprocess
import sys

import pytest

COUNT = """
import ctypes, sys
import numpy as np
from calmtray.sound.memory import give_back, keep_large_blocks_apart

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in
                ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keep")]

libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Info
if sys.argv[1] == "apart":
    keep_large_blocks_apart()
loop = np.ones(10_000_000, np.int16)
del loop  # from here on glibc keeps blocks of up to 20 MB, unless it is asked not to
before = libc.mallinfo2().hblks
clips = [np.ones(300_000, np.int16) for _ in range(5)]
print(libc.mallinfo2().hblks - before)
give_back()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc alone keeps it")
@pytest.mark.parametrize(("asked", "apart"), [("apart", 5), ("no", 0)])
def test_large_blocks_are_the_systems_own_when_that_is_asked_for(asked, apart):
    done = subprocess.run([sys.executable, "-c", COUNT, asked], capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) == apart
