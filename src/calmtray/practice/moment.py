"""The moment in which somebody looks for a practice: what was asked, what is permitted, what was, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from calmtray.practice.model import Need, Where

RESTS_FOR = timedelta(days=7)
"""How long a practice rests that was stopped soon after its beginning."""

SKIPPED_WITHIN = 0.25
"""Stopped before this share of its length, a practice was not the right one."""

LATELY = 3
"""Taken in one of so many last sessions is taken lately."""

RESTED_AFTER = timedelta(days=14)
"""Not taken for so long, a practice may be a small surprise again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody said; all of it may be left open. ``seconds``: how long they have, ``where``: where they are."""

    needs: frozenset[Need] = frozenset()
    seconds: float | None = None
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Permitted:
    """What the settings allow: whether breath holds are switched on, and which ids are hidden, which are favourites."""

    holds: bool = False
    hidden: frozenset[str] = frozenset()
    favourites: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """One session of the past: when it began (with its UTC offset), lengths in ms, and whether its user ended it."""

    practice: str
    began: datetime
    planned_ms: int
    played_ms: int
    stopped: bool

    @property
    def skipped(self) -> bool:
        """Whether it was stopped within the first quarter of its length."""
        return self.stopped and self.played_ms < SKIPPED_WITHIN * self.planned_ms


@dataclass(frozen=True, slots=True)
class Past:
    """What was. ``sessions``: those of the last month at the least, newest first; ``ever``: every id ever taken;
    ``apart``: ids for which *Another* was asked; ``known``: whether there is a journal that could be read.
    """

    sessions: Sequence[Taken] = ()
    ever: Collection[str] = frozenset()
    apart: Collection[str] = frozenset()
    known: bool = True


@dataclass(frozen=True)
class Moment:
    """Everything that ``suggest`` looks at beside the practices. ``until``: when something begins, or None.

    ``now`` and ``until`` carry their UTC offsets.
    """

    now: datetime
    asked: Asked = field(default_factory=Asked)
    permitted: Permitted = field(default_factory=Permitted)
    past: Past = field(default_factory=Past)
    until: datetime | None = None

    @cached_property
    def gap_ms(self) -> int | None:
        """How long until something begins, in ms, or None where nothing is known to come."""
        if self.until is None:
            return None
        return max(0, round((self.until - self.now) / timedelta(milliseconds=1)))

    @cached_property
    def resting(self) -> frozenset[str]:
        """Ids skipped when they were last taken, not long ago, and those set apart."""
        latest = {taken.practice: taken for taken in reversed(self.past.sessions)}
        skipped = (id_ for id_, taken in latest.items() if taken.skipped and self.now - taken.began < RESTS_FOR)
        return frozenset(skipped) | frozenset(self.past.apart)

    @cached_property
    def lately(self) -> frozenset[str]:
        """Ids of the last few sessions."""
        return frozenset(taken.practice for taken in self.past.sessions[:LATELY])

    @cached_property
    def this_month(self) -> Counter[str]:
        """How often each id was taken in this month of the calendar; what was skipped does not count."""
        month = (self.now.year, self.now.month)
        begun = ((t.practice, t.began.astimezone(self.now.tzinfo)) for t in self.past.sessions if not t.skipped)
        return Counter(id_ for id_, at in begun if (at.year, at.month) == month)

    @cached_property
    def ever(self) -> frozenset[str]:
        """Every id taken at any time."""
        return frozenset(self.past.ever) | {taken.practice for taken in self.past.sessions}

    @cached_property
    def rested(self) -> frozenset[str]:
        """Ids that were taken, and not for a good while."""
        near = {taken.practice for taken in self.past.sessions if self.now - taken.began < RESTED_AFTER}
        return self.ever - near
