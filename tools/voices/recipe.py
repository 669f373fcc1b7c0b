"""What a clip is made from, as one digest: what has not changed is not made again."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from tools.voices.cast import Voice

VERSION = 3
"""Raise it when a change to the recorder can be heard: every clip is then recorded anew."""

RECORDER = ("kokoro.py", "pace.py", "stretch.py", "master.py", "measures.py", "recording.py")
"""What makes a clip from its phonemes."""

SEEN = "451546b1faea1986"
"""The recorder that ``VERSION`` stands for. When it changes, a test asks whether that can be heard."""

LUFS = -20.0
HIGHEST_DBTP = -3.0
"""Loudness of every clip, and what no peak passes."""

SPEED = 0.9
"""Kokoro's own speed: slower than about 0.8, it puts a vowel before the sentence that nobody wrote."""


def recorder() -> str:
    """The recorder as it stands."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in RECORDER)).hexdigest()[:16]


def digest(voice: Voice, phonemes: list[str]) -> str:
    """Differs with the phonemes, the style of the voice and the recipe."""
    parts = [VERSION, SPEED, voice.opus_level, _style(voice), phonemes]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@cache
def _style(voice: Voice) -> str:
    return hashlib.sha256(voice.style_file.read_bytes()).hexdigest()
