"""A disk without room: an OSError, nothing half-written left behind, and not a word on the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from calmtray.sound import clips

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no such limit")

ROOM = 60_000

KEEP = """
from calmtray.sound.clip_cache import ClipCache
import numpy as np
cache = ClipCache(Path("cache"))
small, large = np.zeros((4_800, 1), np.int16), np.zeros((48_000, 1), np.int16)
cache.keep("words", small)
try:
    cache.keep("more words", large)
except OSError as error:
    print("told", error.strerror)
print(cache.known("words").ms, cache.known("more words"), len(list(Path("cache").iterdir())))
"""

RECORD = """
from calmtray.sound import microphone
class Silent:
    def __init__(self, take): pass
    def close(self): pass
microphone.Microphone = Silent
heard = microphone.Recording(Path("mine.wav"))
heard.start()
for _ in range(40):
    heard._take(bytes(4_800))
print(heard.done)
try:
    heard.stop()
except OSError as error:
    print("told", error.strerror)
"""


def limited(code, folder):
    """Run it where no file may grow beyond ``ROOM`` bytes."""
    before = f"import resource\nfrom pathlib import Path\nresource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM}))\n"
    path = os.pathsep.join(str(Path(part).resolve()) for part in ("src", "."))
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        [sys.executable, "-c", before + code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )


def test_a_clip_that_has_no_room_is_not_kept_and_the_others_stay(tmp_path):
    done = limited(KEEP, tmp_path)
    assert done.stdout.splitlines() == ["told File too large", "100 None 1"]
    assert done.stderr == ""


def test_a_recording_that_has_no_room_ends_and_says_so(tmp_path):
    done = limited(RECORD, tmp_path)
    assert done.stdout.splitlines() == ["True", "told File too large"]
    assert done.stderr == ""


def test_a_recording_that_cannot_even_begin_says_so(tmp_path):
    code = RECORD.partition("heard.start()")[0].replace("mine.wav", "nowhere/mine.wav")
    done = limited(f"{code}try:\n    heard.start()\nexcept OSError as error:\n    print(error.strerror)", tmp_path)
    assert done.stdout.splitlines() == ["No such file or directory"]
    assert done.stderr == ""


def test_a_clip_is_readable_like_any_new_file(tmp_path):
    (tmp_path / "other").touch()
    clips.write_wav(clips.segment(np.zeros((4_800, 1), np.int16)), tmp_path / "clip.wav")
    assert (tmp_path / "clip.wav").stat().st_mode == (tmp_path / "other").stat().st_mode
