"""What a clip is made from, as one digest: what has not changed is not made again."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from tools.voices.cast import Voice

VERSION = 2
"""Raise it when a change to kokoro.py, pace.py, stretch.py, master.py or recording.py is to be heard in every clip."""

SPEED = 0.9
"""Kokoro's own speed: slower than about 0.8, it puts a vowel before the sentence that nobody wrote."""


def digest(voice: Voice, phonemes: list[str]) -> str:
    """Differs with the phonemes, the style of the voice and the recipe."""
    parts = [VERSION, SPEED, voice.opus_level, _style(voice), phonemes]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@cache
def _style(voice: Voice) -> str:
    return hashlib.sha256(voice.style_file.read_bytes()).hexdigest()
