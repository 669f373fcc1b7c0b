"""What is listed, in which order: practices by category or by need, fewer with every filter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from calmtray.practice.model import Category, Discreet, Eyes, Need, Posture, Practice
from calmtray.session.lengths import longest_within
from calmtray.session.timeline import shortest_ms


class Grouping(StrEnum):
    """What the headings are."""

    CATEGORY = "category"
    NEED = "need"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted of every practice listed.

    ``most_ms``: how long it may be at most, as it is or made shorter; 0: as long as it likes.
    """

    most_ms: int = 0
    discreet: bool = False
    seated: bool = False
    no_holds: bool = False
    eyes_open: bool = False
    favourites: bool = False

    def fitting(self, practices: Iterable[Practice], favourites: Collection[str]) -> list[Practice]:
        """The practices that pass all of them."""
        wanted: list[Callable[[Practice], bool]] = []
        if self.most_ms:
            wanted.append(lambda practice: shortest_ms(practice) <= self.most_ms)
        if self.discreet:
            wanted.append(lambda practice: practice.discreet is Discreet.YES)
        if self.seated:
            wanted.append(lambda practice: not {Posture.ANY, Posture.SEATED}.isdisjoint(practice.posture))
        if self.no_holds:
            wanted.append(lambda practice: not practice.has_hold)
        if self.eyes_open:
            wanted.append(lambda practice: practice.eyes is Eyes.OPEN)
        if self.favourites:
            wanted.append(lambda practice: practice.id in favourites)
        return [practice for practice in practices if all(want(practice) for want in wanted)]

    def length_ms(self, practice: Practice) -> int:
        """How long a practice that passes would be: its own length, or as much of it as there is time for."""
        return longest_within(practice, self.most_ms) if self.most_ms else practice.length_ms


@dataclass(frozen=True, slots=True)
class Group:
    """A heading, or None where there is none, and what stands under it."""

    heading: Category | Need | None
    practices: Sequence[Practice]


def grouped(practices: Iterable[Practice], grouping: Grouping) -> tuple[Group, ...]:
    """The practices under their headings, in the order in which they came. By need, one may stand under several."""
    under: dict[Category | Need, list[Practice]] = {
        heading: [] for heading in (Category if grouping is Grouping.CATEGORY else Need)
    }
    for practice in practices:
        for heading in (practice.category,) if grouping is Grouping.CATEGORY else practice.needs:
            under[heading].append(practice)
    return tuple(Group(heading, found) for heading, found in under.items() if found)
