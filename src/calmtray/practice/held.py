"""How often and how long a practice may hold the breath, even where it is made as long as it can be.

After section 1.1 of the reference: 4-7-8 comes four times at most, and five minutes are the most that it recommends
of any breath with a hold. Between the four seconds of its boxes and the seven of 4-7-8 it knows no hold, so that
whatever is longer than the one is treated as the other. What counts is the hold, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from calmtray.practice.model import Pattern, Phase, Step
from calmtray.practice.problem import Detail, Problem
from calmtray.session.timeline import longest_step_ms

LONG_HOLD_MS = 4_000
"""A hold beyond this is a long one."""

MOST_LONG_HOLDS = 4
MOST_HELD_MS = 5 * 60_000


def _long_holds(pattern: Pattern) -> int:
    return sum(span.phase is Phase.HOLD and span.ms > LONG_HOLD_MS for span in pattern.spans)


def _held_ms(pattern: Pattern) -> int:
    return pattern.length_ms if pattern.has_hold else 0


@dataclass(frozen=True, slots=True)
class _Limit:
    """``of_round``: what counts of one round; ``most``: how much of it all steps together may have."""

    code: str
    of_round: Callable[[Pattern], int]
    most: int
    details: dict[str, Detail]


_LIMITS = (
    _Limit(
        "too-many-long-holds",
        _long_holds,
        MOST_LONG_HOLDS,
        {"most": MOST_LONG_HOLDS, "seconds": LONG_HOLD_MS // 1000},
    ),
    _Limit("held-too-long", _held_ms, MOST_HELD_MS, {"minutes": MOST_HELD_MS // 60_000}),
)


def held_too_much(steps: Sequence[Step]) -> Iterator[Problem]:
    """A problem for each limit that these steps go beyond, at the step in which they do: as written, or its scale."""
    for limit in _LIMITS:
        written = longest = 0
        for index, step in enumerate(steps):
            if step.pattern is None:
                continue
            each = limit.of_round(step.pattern)
            written += each * step.rounds
            longest += each * (longest_step_ms(step) // step.pattern.length_ms)
            if longest > limit.most:
                place = "breathe.rounds" if written > limit.most or step.scale_ms is None else "scale"
                yield Problem(limit.code, f"steps[{index}].{place}", details=limit.details)
                break
