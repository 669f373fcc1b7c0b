"""From the time that a clock on the wall shows to the instant, and how much of a day is worked.

Instants are in UTC: Python compares two times of one zone by what the wall clock shows, and is an hour off when it is
put forward or back.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from calmtray.schedule.rules import MIDNIGHT, Rules

DAY = timedelta(days=1)


def instant(day: date, minutes: int, zone: tzinfo) -> datetime:
    """When the clock shows so many minutes since midnight.

    A time that is left out in spring comes as much later; of one that comes twice in autumn, the first counts.
    """
    days, minutes = divmod(minutes, MIDNIGHT)
    wall = datetime.combine(day + days * DAY, time(minutes // 60, minutes % 60), zone)
    return wall.astimezone(UTC)


def spans(rules: Rules, day: date, zone: tzinfo) -> list[tuple[datetime, datetime]]:
    """The working hours of a day as instants, in order."""
    found = ((instant(day, each.start, zone), instant(day, each.end, zone)) for each in rules.hours(day))
    return [(start, end) for start, end in found if start < end]


def after_working(rules: Rules, day: date, zone: tzinfo, since: datetime, amount: timedelta) -> datetime | None:
    """When so much of this day was worked since then, or None where the day is over before."""
    for start, end in spans(rules, day, zone):
        begun = max(start, since)
        if begun + amount <= end:
            return begun + amount
        amount -= max(timedelta(), end - begun)
    return None
