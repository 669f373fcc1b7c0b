"""What is wrong with the user's own recordings beside a practice, for ``calmtray check``.

``voices`` looks for them by name and passes over the rest in silence; here that silence is broken.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from calmtray.practice.model import Practice
from calmtray.practice.problem import Problem

SILENT_DBFS = -60.0
"""A peak below this is a microphone's own noise: the softest speech stands well above it."""


def check_recordings(practice: Practice, file: Path) -> list[Problem]:
    """Recordings named after ``file`` (``<stem>.<step>[.<lang>].wav``) that would not be heard, or heard as nothing."""
    named = re.compile(rf"{re.escape(file.stem)}\.(\d+)(?:\.([^.]+))?(\.(?i:wav))")
    try:
        names = sorted(entry.name for entry in os.scandir(file.absolute().parent) if entry.is_file())
    except OSError:
        return []
    found: list[Problem] = []
    for name in names:
        match = named.fullmatch(name)
        if match:
            path = file.with_name(name)
            problems = (*_misnamed(practice, path, *match.groups()), *_unheard(path))
            found.extend(problems[:1])
    return found


def _misnamed(practice: Practice, path: Path, number: str, lang: str | None, ending: str) -> Iterator[Problem]:
    steps = [index for index, step in enumerate(practice.steps, 1) if step.say]
    if number not in map(str, steps):
        details = {"got": number, "steps": ", ".join(map(str, steps))}
        yield Problem("recording-no-step", file=str(path), details=details)
    if lang is not None and lang not in practice.languages:
        details = {"got": lang, "languages": ", ".join(practice.languages)}
        yield Problem("recording-no-language", file=str(path), details=details)
    if ending != ".wav" and not path.with_suffix(".wav").exists():
        yield Problem("recording-misnamed", file=str(path))


def _unheard(path: Path) -> Iterator[Problem]:
    import numpy as np

    from calmtray.sound import clips

    try:
        samples = clips.read(path)
    except clips.ClipError as error:
        if error.reason is not clips.Flaw.MISSING:  # gone meanwhile
            yield Problem(f"recording-{error.reason}", file=str(path))
        return
    peak = np.abs(samples.astype(np.int32)).max(initial=0)
    if peak < clips.FULL_SCALE * 10 ** (SILENT_DBFS / 20):
        yield Problem("recording-silent", file=str(path))
