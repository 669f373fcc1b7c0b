"""What is wrong with the user's own recordings beside a practice, for ``calmtray check``.

``voices`` looks for them by name and passes over the rest in silence; here that silence is broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calmtray.practice.model import Practice
from calmtray.practice.problem import Problem
from calmtray.sound.voices import beside


def check_recordings(practice: Practice, file: Path) -> list[Problem]:
    """Recordings named after ``file`` (``<stem>.<step>[.<lang>].wav``) that would not be heard."""
    found: list[Problem] = []
    for (number, lang), path in beside(file).items():
        problems = (*_misnamed(practice, path, number, lang), *_unheard(path))
        found.extend(problems[:1])
    return found


def _misnamed(practice: Practice, path: Path, number: str, lang: str) -> Iterator[Problem]:
    steps = [index for index, step in enumerate(practice.steps, 1) if step.say]
    if number not in map(str, steps):
        details = {"got": number, "steps": ", ".join(map(str, steps))}
        yield Problem("recording-no-step", file=str(path), details=details)
    if lang and lang not in practice.languages:
        details = {"got": lang, "languages": ", ".join(practice.languages)}
        yield Problem("recording-no-language", file=str(path), details=details)


def _unheard(path: Path) -> Iterator[Problem]:
    from calmtray.sound import clips

    try:
        clips.recording(path)
    except clips.ClipError as error:
        if error.reason is not clips.Flaw.MISSING:  # gone meanwhile
            yield Problem(f"recording-{error.reason}", file=str(path))
