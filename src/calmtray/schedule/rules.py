"""When somebody may be offered a practice, as values, and the short texts in which the settings file holds them.

Days are ``mon`` to ``sun``, one (``mon``), several (``mon,wed``) or a span (``mon-fri``); times
are ``HH:MM``, or ``H:MM``::

    working_hours = ["mon-fri 09:00-12:00 13:00-17:00"]     # ranges that touch or overlap are one
    other_days    = ["2026-12-24 off", "2026-12-28 09:00-12:00"]
    clock_times   = ["10:50", "*:50", "mon,wed 14:00"]      # at ten to eleven; at ten to every working hour
    circles       = ["thu 12:30 Supervision", "2026-12-03 18:00 Community of practice"]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(7))
MIDNIGHT = 24 * 60

_DAYS = rf"(?:{'|'.join(DAYS)})"
_DAY_LIST = rf"{_DAYS}(?:-{_DAYS})?(?:,{_DAYS}(?:-{_DAYS})?)*"
_TIME = r"\d?\d:\d\d"
_RANGES = rf"{_TIME}-{_TIME}(?: {_TIME}-{_TIME})*"
_WORKING = rf"(?P<days>{_DAY_LIST}) (?P<ranges>{_RANGES})"
_OTHER = rf"(?P<date>\d\d\d\d-\d\d-\d\d) (?:off|(?P<ranges>{_RANGES}))"
_CLOCK = rf"(?:(?P<days>{_DAY_LIST}) )?(?:(?P<every>\*)|(?P<hour>\d?\d)):(?P<minute>\d\d)"
_CIRCLE = rf"(?:(?P<days>{_DAY_LIST})|(?P<date>\d\d\d\d-\d\d-\d\d)) (?P<at>{_TIME}) (?P<label>\S.*)"


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A part of a day, from ``start`` up to ``end``, in minutes since midnight (0 to 1,440)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of the day (minutes past ``hour``; None: past each working hour) on these days (0 is Monday)."""

    minute: int
    hour: int | None = None
    days: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class Circle:
    """A meeting with peers: ``at`` minutes since midnight, on these days of the week, or on one ``day``."""

    at: int
    label: str
    days: frozenset[int] = frozenset()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What somebody chose. ``rhythm``: how much working time between two offers, or None.

    ``week``: the working hours of each weekday; ``other_days``: those of single days, none on a day off. ``held``: how
    long an offer may still come after its time.
    """

    on: bool = False
    rhythm: timedelta | None = None
    clock_times: tuple[ClockTime, ...] = ()
    after_sessions: bool = True
    day_start: bool = False
    day_end: bool = False
    week: Mapping[int, tuple[Range, ...]] = field(default_factory=dict)
    other_days: Mapping[date, tuple[Range, ...]] = field(default_factory=dict)
    circles: tuple[Circle, ...] = ()
    a_day: int = 6
    apart: timedelta = timedelta(minutes=45)
    held: timedelta = timedelta(minutes=15)

    def hours(self, day: date) -> tuple[Range, ...]:
        """The working hours of a day, none where it is free."""
        return self.other_days.get(day, self.week.get(day.weekday(), ()))


# --- texts ------------------------------------------------------------------------------------------------


def read_hours(text: str) -> tuple[frozenset[int], tuple[Range, ...]] | None:
    """Working hours and their days, or None where the text is not right."""
    found = re.fullmatch(_WORKING, text, re.ASCII)
    ranges = _ranges(found["ranges"]) if found else None
    days = _days(found["days"]) if found else None
    return (days, ranges) if days and ranges else None


def read_other_day(text: str) -> tuple[date, tuple[Range, ...]] | None:
    """A single day and its hours, none where it is off; or None where the text is not right."""
    found = re.fullmatch(_OTHER, text, re.ASCII)
    day = _date(found["date"]) if found else None
    ranges = _ranges(found["ranges"] or "") if found else None
    return (day, ranges) if day is not None and ranges is not None else None


def read_clock_time(text: str) -> ClockTime | None:
    """A time of the day, or None where the text is not right."""
    found = re.fullmatch(_CLOCK, text, re.ASCII)
    if found is None:
        return None
    days = _days(found["days"]) if found["days"] else EVERY_DAY
    at = _minutes(f"{found['hour'] or '00'}:{found['minute']}")
    if days is None or at is None or at == MIDNIGHT:
        return None
    return ClockTime(at % 60, None if found["every"] else at // 60, days)


def read_circle(text: str) -> Circle | None:
    """A meeting with peers, or None where the text is not right."""
    found = re.fullmatch(_CIRCLE, text, re.ASCII)
    at = _minutes(found["at"]) if found else None
    if found is None or at is None or at == MIDNIGHT:
        return None
    if found["date"]:
        day = _date(found["date"])
        return Circle(at, found["label"].strip(), day=day) if day is not None else None
    days = _days(found["days"])
    return Circle(at, found["label"].strip(), days) if days else None


def hours_text(days: Collection[int], ranges: Iterable[Range]) -> str:
    """The text of working hours on these days."""
    return f"{days_text(days)} {_ranges_text(ranges)}"


def other_day_text(day: date, ranges: Iterable[Range]) -> str:
    """The text of a single day."""
    return f"{day.isoformat()} {_ranges_text(ranges) or 'off'}"


def clock_time_text(at: ClockTime) -> str:
    """The text of a time of the day."""
    hour = "*" if at.hour is None else f"{at.hour:02}"
    days = "" if at.days == EVERY_DAY else f"{days_text(at.days)} "
    return f"{days}{hour}:{at.minute:02}"


def circle_text(circle: Circle) -> str:
    """The text of a meeting with peers."""
    when = circle.day.isoformat() if circle.day is not None else days_text(circle.days)
    return f"{when} {time_text(circle.at)} {circle.label}"


def time_text(minutes: int) -> str:
    """Minutes since midnight as ``HH:MM``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def day_runs(days: Collection[int]) -> list[list[int]]:
    """Days of the week, in order, those that follow each other together."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def days_text(days: Collection[int]) -> str:
    """Weekdays, three or more in a row as a span."""
    runs = day_runs(days)
    named = ((f"{DAYS[run[0]]}-{DAYS[run[-1]]}",) if len(run) > 2 else tuple(DAYS[day] for day in run) for run in runs)
    return ",".join(name for names in named for name in names)


def week(texts: Iterable[str]) -> dict[int, tuple[Range, ...]]:
    """The working hours of each weekday that several texts tell of together; what is not right is left out."""
    found: dict[int, tuple[Range, ...]] = {}
    for days, ranges in filter(None, map(read_hours, texts)):
        for day in days:
            found[day] = joined((*found.get(day, ()), *ranges))
    return found


def joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """In order, and those that touch or overlap as one."""
    found: list[Range] = []
    for each in sorted(ranges):
        if found and each.start <= found[-1].end:
            found[-1] = Range(found[-1].start, max(found[-1].end, each.end))
        else:
            found.append(each)
    return tuple(found)


def _ranges_text(ranges: Iterable[Range]) -> str:
    return " ".join(f"{time_text(each.start)}-{time_text(each.end)}" for each in ranges)


def _ranges(text: str) -> tuple[Range, ...] | None:
    found = []
    for part in text.split():
        start, end = map(_minutes, part.split("-"))
        if start is None or end is None or start >= end:
            return None
        found.append(Range(start, end))
    return joined(found)


def _days(text: str) -> frozenset[int] | None:
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        if start > end:
            return None
        found |= set(range(start, end + 1))
    return frozenset(found)


def _minutes(text: str) -> int | None:
    hour, minute = map(int, text.split(":"))
    at = hour * 60 + minute
    return at if minute < 60 and at <= MIDNIGHT else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
