"""Mixing alone, in a process of its own on one core, as lines of JSON.

``windows`` prints how long windows of 5 s take (ms): with a new mixer that has decoded nothing, at the session's
beginning and anywhere; with one that has loaded what it loads before *Begin*; and when all of it is decoded.
``session`` mixes an hour and prints the memory (PSS in MB) after each window; ``silence`` does the same with nothing to
hear.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.process import pss_mb
from calmtray.desktop.paths import bundled
from calmtray.practice.library import load
from calmtray.practice.model import Step
from calmtray.session.timeline import Choices, Timeline, build_timeline
from calmtray.sound.mixer import Mixer
from calmtray.sound.rate import RATE
from calmtray.sound.score import Ambience, Clip, Placement, SoundChoices, placements
from calmtray.sound.voices import bundled_voices

PRACTICE = "longer-out-breath"
WINDOW = 5 * RATE
MINUTES = 60
WINDOWS = 12


def densest() -> tuple[Timeline, tuple[Placement, ...]]:
    """An hour of everything at once: a breath and an ambience throughout, a bell and words every few breaths."""
    clips: dict[str, Clip] = {}
    for voice in bundled_voices(bundled("assets") / "voices"):
        if voice.lang == "en" and not clips:
            clips.update(voice.clips)
    if not clips:
        sys.exit("bench: there are no recorded voices to mix")
    practice = load(bundled("practices"), Path("/nonexistent")).practices[PRACTICE]
    (pattern,) = practice.patterns
    # A step of two breaths grows by whole ones until its words fit: one for each text, and again, is long enough.
    steps = [Step(2 * pattern.length_ms, {"en": text}, pattern, 2, None) for text in sorted(clips)]
    steps *= -(-MINUTES * 60_000 // sum(step.ms for step in steps))
    lengths = {text: clip.ms for text, clip in clips.items()}
    timeline = build_timeline(replace(practice, steps=tuple(steps)), lengths, Choices("en"))
    return timeline, placements(timeline, SoundChoices(ambience=Ambience.RAIN), clips)


def windows() -> None:
    """The times of windows that hold a bell, the beginning of the words, a breath and an ambience."""
    timeline, score = densest()
    sounds = bundled("assets") / "sounds"
    cold: list[float] = []
    warm: list[float] = []
    beginning: list[float] = []
    anywhere: list[float] = []
    for number in range(WINDOWS):
        start = timeline.starts_ms[1 + number * (len(timeline.starts_ms) - 2) // WINDOWS] * RATE // 1_000
        for times, first in ((beginning, 0), (anywhere, start)):
            mixer = Mixer(sounds)
            times.append(took(mixer, score, first))
            mixer.close()
        mixer = Mixer(sounds)
        while mixer.load_more(score):
            pass
        for times in (cold, warm):
            times.append(took(mixer, score, start))
        mixer.close()
    print(json.dumps({"cold": cold, "warm": warm, "beginning": beginning, "anywhere": anywhere}))


def took(mixer: Mixer, score: tuple[Placement, ...], start: int) -> float:
    """How long a core is busy with the window from ``start`` on, in ms: what runs beside does not count."""
    began = time.process_time()
    mixer.window(score, start, start + WINDOW)
    return 1_000 * (time.process_time() - began)


def session(score: tuple[Placement, ...]) -> None:
    """The memory after each window."""
    mixer = Mixer(bundled("assets") / "sounds")
    memory = []
    for start in range(0, MINUTES * 60 * RATE, WINDOW):
        mixer.window(score, start, start + WINDOW)
        memory.append(pss_mb(os.getpid()))
    print(json.dumps(memory))


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if sys.argv[1] == "windows":
        windows()
    else:
        placed = densest()[1]
        session(placed if sys.argv[1] == "session" else ())
