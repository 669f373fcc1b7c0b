"""What an editor of the rules needs: hours from two times, a week as texts again, single days in a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calmtray.schedule.rules import MIDNIGHT, Range, hours_text

USUAL = Range(9 * 60, 17 * 60)
PAUSE, SHIFT = 60, 4 * 60
"""Minutes between the hours that a day has and those that are added to it, and how long these are."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """Single days in a row, ``first`` to ``last``, that have the same hours; none where they are off."""

    first: date
    last: date
    ranges: tuple[Range, ...]

    def days(self) -> Iterator[date]:
        """Each of them."""
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY


def range_of(start: int, end: int) -> Range | None:
    """From one time of the day to another, in minutes; an end of 00:00 is midnight. None where no time lies between."""
    until = end or MIDNIGHT
    return Range(start, until) if start < until else None


def next_range(ranges: Sequence[Range]) -> Range | None:
    """Hours that may follow those that a day has, or None where it is full."""
    if not ranges:
        return USUAL
    start = max(each.end for each in ranges) + PAUSE
    return Range(start, min(start + SHIFT, MIDNIGHT)) if start < MIDNIGHT else None


def week_texts(week: Mapping[int, Sequence[Range]]) -> tuple[str, ...]:
    """A week in texts, those days together that have the same hours; a day without any is left out."""
    together: dict[tuple[Range, ...], list[int]] = {}
    for day in sorted(week):
        if week[day]:
            together.setdefault(tuple(week[day]), []).append(day)
    return tuple(hours_text(days, ranges) for ranges, days in together.items())


def spells(days: Mapping[date, tuple[Range, ...]]) -> list[Spell]:
    """Single days in order, those in a row with the same hours as one."""
    found: list[Spell] = []
    for day in sorted(days):
        if found and found[-1].last == day - ONE_DAY and found[-1].ranges == days[day]:
            found[-1] = Spell(found[-1].first, day, days[day])
        else:
            found.append(Spell(day, day, days[day]))
    return found
