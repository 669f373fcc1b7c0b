"""How long a practice may be made: the lengths that people are offered."""

from __future__ import annotations

from calmtray.practice.model import Practice
from calmtray.session.timeline import Choices, build_timeline, longest_ms, shortest_ms, takes_short, whole_ms

MINUTES = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20)
"""Whole minutes, further apart as they grow: more than a handful of choices is a burden."""

MINUTE_MS = 60_000

_STEP_MS = 1_000


def lengths(practice: Practice, wished_ms: int | None = None) -> tuple[int, ...]:
    """The lengths to choose from, in ms, shortest first: whole minutes within reach, its own, its short form's, and
    the wished one.

    A single one means that there is nothing to choose.
    """
    low, high = whole_ms(practice.steps), longest_ms(practice)
    wanted = {minutes * MINUTE_MS for minutes in MINUTES}
    if wished_ms is not None:
        wanted.add(wished_ms)
    own = {practice.length_ms, shortest_ms(practice)} if practice.short_ms else {practice.length_ms}
    return tuple(sorted(own | {ms for ms in wanted if low <= ms <= high}))


def nearest(practice: Practice, wished_ms: int | None) -> int:
    """The wished length, as near as the practice can come to it; its own where nothing is wished."""
    if wished_ms is None:
        return practice.length_ms
    if takes_short(practice, wished_ms):
        return shortest_ms(practice)
    return min(max(wished_ms, whole_ms(practice.steps)), longest_ms(practice))


def longest_within(practice: Practice, room_ms: float) -> int:
    """Its own length, or the longest it can be given within so much time (ms); where none fits, its shortest."""
    if practice.length_ms <= room_ms:
        return practice.length_ms
    shortest = shortest_ms(practice)
    # Whole rounds come near a length from both sides: a wish a little smaller finds the one below.
    for wish in range(int(room_ms), shortest, -_STEP_MS):
        length = build_timeline(practice, {}, Choices(length_ms=wish)).length_ms
        if length <= room_ms:
            return length
    return shortest
