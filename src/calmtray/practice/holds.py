"""How much holding of the breath is enough.

After section 1.1 of the reference: 4-7-8 comes four times at most, and five minutes are the most that it recommends
of any breath with a hold. Between the four seconds of its boxes and the seven of 4-7-8 it knows no hold, so that
whatever is longer than the one is treated as the other. What counts is the hold, whatever it is called.
"""

from __future__ import annotations

from calmtray.practice.model import Pattern, Phase

LONG_HOLD_MS = 4_000
"""A hold beyond this is a long one."""

MOST_LONG_HOLDS = 4
MOST_HELD_MS = 5 * 60_000


def long_holds(pattern: Pattern) -> int:
    """How many long holds a round has."""
    return sum(span.phase is Phase.HOLD and span.ms > LONG_HOLD_MS for span in pattern.spans)


def held_ms(pattern: Pattern) -> int:
    """How long a round lasts, if it has a hold."""
    return pattern.length_ms if pattern.has_hold else 0
