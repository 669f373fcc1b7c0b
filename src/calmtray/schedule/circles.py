"""Meetings with peers: typed in, or marked in the agenda."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from calmtray.schedule.agenda import Agenda, Event, EventKind
from calmtray.schedule.local import instant
from calmtray.schedule.rules import Rules

TOLD_BEFORE = timedelta(minutes=10)
TYPED_LASTS = timedelta(hours=1)
"""How long a meeting is that somebody typed in with its beginning alone."""


def circles_of_today(rules: Rules, agenda: Agenda, now: datetime) -> list[Event]:
    """The meetings that begin on the day of ``now`` (in its zone), in order; their times in UTC."""
    today = now.date()
    assert now.tzinfo is not None
    found = [
        Event(start, start + TYPED_LASTS, EventKind.CIRCLE, circle.label)
        for circle in rules.circles
        if today == circle.day or (circle.day is None and today.weekday() in circle.days)
        for start in (instant(today, circle.at, now.tzinfo),)
    ]
    found += [
        Event(event.start.astimezone(UTC), event.end.astimezone(UTC), event.kind)
        for event in agenda.events
        if event.kind is EventKind.CIRCLE and event.start.astimezone(now.tzinfo).date() == today
    ]
    return sorted(found)


def circle_to_tell(today: Collection[Event], now: datetime, told: Collection[datetime]) -> Event | None:
    """The one that begins within ten minutes, and that nobody was ``told`` of (by its beginning)."""
    near = (each for each in today if each.start not in told and each.start - TOLD_BEFORE <= now < each.start)
    return next(near, None)
