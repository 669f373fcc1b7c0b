"""Meetings with peers: typed in, or marked in the agenda."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from calmtray.schedule.agenda import Agenda, Event, EventKind
from calmtray.schedule.local import instant
from calmtray.schedule.rules import Rules

TOLD_BEFORE = timedelta(minutes=10)
TYPED_LASTS = timedelta(hours=1)
"""How long a meeting is that somebody typed in with its beginning alone."""


def typed_circles(rules: Rules, day: date, zone: tzinfo) -> Iterator[Event]:
    """Those that somebody typed in and that begin on this day; their times in UTC."""
    for circle in rules.circles:
        if day == circle.day or (circle.day is None and day.weekday() in circle.days):
            start = instant(day, circle.at, zone)
            yield Event(start, start + TYPED_LASTS, EventKind.CIRCLE, circle.label)


def circles_of_today(rules: Rules, agenda: Agenda, now: datetime) -> list[Event]:
    """The meetings that begin on the day of ``now`` (in its zone), in order; their times in UTC."""
    today = now.date()
    assert now.tzinfo is not None
    found = [*typed_circles(rules, today, now.tzinfo)]
    found += [
        Event(event.start.astimezone(UTC), event.end.astimezone(UTC), event.kind)
        for event in agenda.events
        if event.kind is EventKind.CIRCLE and event.start.astimezone(now.tzinfo).date() == today
    ]
    # The same one in the agenda and typed in is one, by the name that it was given.
    of_a_time = {event.start: event for event in sorted(found, key=lambda each: bool(each.label))}
    return sorted(of_a_time.values())


def circle_to_tell(today: Collection[Event], now: datetime, told: Collection[datetime]) -> Event | None:
    """The one that begins within ten minutes, and that nobody was ``told`` of (by its beginning)."""
    near = (each for each in today if each.start not in told and each.start - TOLD_BEFORE <= now < each.start)
    return next(near, None)
