"""A pattern at another pace: the user's own, and the quicker breaths that lead down to a slow one."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TypeAlias

from calmtray.practice.model import Availability, Caution, Pattern, Phase, Practice, Step

Rows: TypeAlias = tuple[tuple[Pattern, int], ...]
"""What a step breathes: patterns one after the other, each with its whole rounds."""

GRAIN_MS = 100
"""Phases are whole tenths of a second, as *easier* makes them."""

RAMP_PACES = 2
RAMP_BREATHS = 5
"""At most so many breaths at each of so many quicker paces (reference, section 1.4: 3-3 x5, 3-5 x6, then target)."""

RAMP_SHARE = 3
"""The quicker breaths take a third of their step at most: it is there for the slow ones."""

_PLAIN = {Caution.SLOW, Caution.INWARD}
_OFFERED = {Availability.DEFAULT, Availability.YES}


def takes_pace(pattern: Pattern | None) -> bool:
    """Whether the user's own pace may take the place of this one.

    It does for the named patterns that are nothing but a slow breath in and out. Seconds that somebody wrote into a
    practice stay as written, and a hold, a second sip of air, a hum or a nostril in turn has its own reasons for them.
    """
    if pattern is None or pattern.id is None or pattern.availability not in _OFFERED:
        return False
    plain = [span.phase for span in pattern.spans] == [Phase.IN, Phase.OUT] and pattern.asks <= _PLAIN
    return plain and Caution.SLOW in pattern.asks


def practice_takes_pace(practice: Practice) -> bool:
    """Whether any of its breaths may be paced as the user likes."""
    return any(map(takes_pace, practice.patterns))


def ramp_step(practice: Practice) -> int | None:
    """Index of the step that a ramp begins: the first that breathes, where it breathes slowly.

    Later ones follow breaths that have slowed down already.
    """
    for index, step in enumerate(practice.steps):
        if step.pattern is not None:
            return index if Caution.SLOW in step.pattern.asks else None
    return None


def at_pace(pattern: Pattern, pace: Pattern) -> Pattern:
    """The pattern's own share of in and out, in a breath as long as that of ``pace``.

    What names a practice (five in, five out; a longer way out) is the share; how fast is the user's.
    """
    first, second = pattern.spans
    ms = round(pace.length_ms * first.ms / pattern.length_ms / GRAIN_MS) * GRAIN_MS
    spans = (replace(first, ms=ms), replace(second, ms=pace.length_ms - ms))
    return pattern if spans == pattern.spans else replace(pattern, spans=spans, id=None)


def step_at_pace(step: Step, pace: Pattern) -> Step:
    """The step at the user's pace, as near to its length as whole rounds allow, and within its scale."""
    if step.pattern is None or not takes_pace(step.pattern):
        return step
    pattern = at_pace(step.pattern, pace)
    rounds = max(1, round(step.ms / pattern.length_ms))
    if step.scale_ms is not None:
        low, high = step.scale_ms
        rounds = min(max(rounds, math.ceil(low / pattern.length_ms)), max(1, high // pattern.length_ms))
    return replace(step, pattern=pattern, rounds=rounds, ms=rounds * pattern.length_ms)


def ramped(pattern: Pattern, ms: int, least_ms: int) -> Rows:
    """A slow pattern that begins a few breaths more quickly, over about ``ms``, and never less than ``least_ms``.

    Its paces are those of *easier*, backwards: the breath keeps its shape, and pressing *easier* on the way stays at
    the pace it has. A step too short for it begins as it is.
    """
    quicker: list[Pattern] = []
    eased = pattern.easier()
    while eased is not None and len(quicker) < RAMP_PACES:
        quicker.insert(0, eased)
        eased = eased.easier()
    length = sum(pace.length_ms for pace in quicker)
    rounds = min(RAMP_BREATHS // pattern.breaths, ms // RAMP_SHARE // length) if quicker else 0
    begun = rounds * length
    slow = max(1, round((ms - begun) / pattern.length_ms), math.ceil((least_ms - begun) / pattern.length_ms))
    return (*((pace, rounds) for pace in quicker if rounds), (pattern, slow))
