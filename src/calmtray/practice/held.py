"""Whether a practice holds the breath more than is enough, even where it is made as long as it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from calmtray.practice.holds import LONG_HOLD_MS, MOST_HELD_MS, MOST_LONG_HOLDS, held_ms, long_holds
from calmtray.practice.model import Pattern, Step
from calmtray.practice.problem import Detail, Problem
from calmtray.session.timeline import longest_step_ms


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
        long_holds,
        MOST_LONG_HOLDS,
        {"most": MOST_LONG_HOLDS, "seconds": LONG_HOLD_MS // 1000},
    ),
    _Limit("held-too-long", held_ms, MOST_HELD_MS, {"minutes": MOST_HELD_MS // 60_000}),
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
