"""What the settings say to the planner."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from calmtray.calendars.asking import Question
from calmtray.calendars.kinds import Marks
from calmtray.schedule.local import DAY, instant
from calmtray.schedule.rules import Rules, read_circle, read_clock_time, read_other_day, week
from calmtray.settings.model import Settings


def rules(settings: Settings) -> Rules:
    """When a practice may be offered."""
    return Rules(
        on=settings.offers == "on",
        rhythm=timedelta(minutes=settings.rhythm_minutes) if settings.rhythm else None,
        clock_times=tuple(filter(None, map(read_clock_time, settings.clock_times))),
        after_sessions=settings.after_sessions,
        day_start=settings.day_start,
        day_end=settings.day_end,
        week=week(settings.working_hours),
        other_days=dict(filter(None, map(read_other_day, settings.other_days))),
        circles=tuple(filter(None, map(read_circle, settings.circles))),
        a_day=settings.offers_a_day,
        apart=timedelta(minutes=settings.minutes_apart),
        held=timedelta(minutes=settings.minutes_held),
    )


def question(settings: Settings, now: datetime) -> Question:
    """What to ask the calendars: yesterday, today and the two days that follow, by the clock of here."""
    zone = now.tzinfo if isinstance(now.tzinfo, ZoneInfo) else None
    today = now.date()
    marks = Marks(settings.client_words, settings.circle_words, settings.agenda_all_busy)
    first, last = (instant(today + days * DAY, 0, zone or UTC) for days in (-1, 3))
    paths = tuple(map(os.path.expanduser, settings.agenda))
    return Question(paths, first, last, zone.key if zone is not None else "UTC", marks)
