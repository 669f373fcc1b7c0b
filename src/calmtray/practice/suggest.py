"""Which practices to suggest now: two or three, from different categories, each with a true reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from calmtray.practice.model import Category, Practice

FEWEST, MOST = 2, 3
SHORT_MS = 60_000

LATELY = 3
"""Taken in one of so many last sessions is taken lately."""


class Reason(StrEnum):
    """Why a practice is suggested."""

    OUTWARD = "outward"
    NEW = "new"
    SHORT = "short"
    RESTED = "rested"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A practice, and why."""

    practice: Practice
    reason: Reason


def outward_first(practices: Iterable[Practice]) -> Practice | None:
    """The way out of any state: an outward-looking practice of at most a minute, orientation before all else."""
    fitting = [p for p in practices if p.inward == 0 and p.length_ms <= SHORT_MS and not p.has_hold]
    return min(fitting, key=lambda p: (p.category is not Category.ORIENTATION, p.length_ms, p.id), default=None)


def suggest(
    practices: Iterable[Practice], recent: Sequence[str], holds: bool, without: Collection[str] = ()
) -> tuple[Suggestion, ...]:
    """Up to three practices: those never taken first, then those taken longest ago; one of each category.

    ``recent`` are the ids of past sessions, newest first; ``holds`` whether breath holds are switched on;
    ``without`` ids are left out.
    """
    age = {id_: rank for rank, id_ in reversed(list(enumerate(recent)))}
    permitted = [p for p in practices if p.id not in without and (holds or not p.has_hold)]
    # Among equals outward comes before inward, and the core practices before the others.
    ranked = sorted(permitted, key=lambda p: (-age.get(p.id, len(recent)), p.inward, not p.core, p.id))
    chosen: list[Practice] = []
    for practice in ranked:
        if len(chosen) < MOST and practice.category not in {p.category for p in chosen}:
            chosen.append(practice)
    # Few categories: fill up with what is left, so that there is a choice.
    chosen += [p for p in ranked if p not in chosen][: MOST - len(chosen)]
    return tuple(Suggestion(practice, _reason(practice, age)) for practice in chosen)


def _reason(practice: Practice, age: Mapping[str, int]) -> Reason:
    if age.get(practice.id, 0) >= LATELY:
        return Reason.RESTED
    if practice.length_ms <= SHORT_MS:
        return Reason.SHORT
    if practice.inward == 0:
        return Reason.OUTWARD
    return Reason.KNOWN if practice.id in age else Reason.NEW
