"""Entries of a calendar -> appointments: the only importer of icalendar and recurring-ical-events.

They bring 12 MB along, and what they are given was written by strangers. Only the child process imports this.
"""

from __future__ import annotations

import datetime as moments
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dateutil.rrule
import icalendar
import recurring_ical_events
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calmtray.calendars.kinds import Kinds
from calmtray.calendars.sieve import Sieved
from calmtray.schedule.agenda import Event

BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, RecursionError)
"""What parsing and following strange entries may raise; none of it says more than that they are strange."""

FREE = ("FREE", "WORKINGELSEWHERE")
ABOUT = timedelta(days=1)
"""Times without a zone are compared to the days by what their clock shows."""

_PRELUDE = b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//calmtray//EN"
_NAMED = re.compile(rb';TZID=("[^"\n]*"|[^:;\n]*)')
_ZONE_NAME = re.compile(rb"\nTZID[^:\n]*:([^\n]*)")


def fence(last_year: int) -> None:
    """Look no further than this year for the next date of a rule.

    dateutil goes on to the year 9999 where a rule never comes true, such as one for the 30th of February, and has no
    setting for it: it reads the last year from the module that it knows as ``datetime``. For this process alone.
    """
    dateutil.rrule.datetime = SimpleNamespace(**{**vars(moments), "MAXYEAR": last_year})


def appointments(
    sieved: Sieved, first: datetime, last: datetime, here: ZoneInfo, kinds: Kinds, left_out: Counter[str]
) -> list[Event]:
    """What somebody is busy with between two instants. ``here``: whose clock times are meant that name no zone.

    What is left out is counted in ``left_out``, by the code of its reason.
    """
    # Another file may have another zone of the same name.
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]
    described = _take_in(sieved.zones)
    found = []
    for entries in sieved.series:
        try:
            text, strange = _with_known_zones(entries, described)
            left_out["agenda-unknown-zone"] += strange
            found += list(_of_series(text, first, last, here, kinds))
        except BROKEN:
            left_out["agenda-unclear"] += 1
    return found


def _of_series(entries: bytes, first: datetime, last: datetime, here: ZoneInfo, kinds: Kinds) -> Iterator[Event]:
    calendar = icalendar.Calendar.from_ical(_PRELUDE + entries + b"\nEND:VCALENDAR\n")
    if any(entry.errors for entry in calendar.walk("VEVENT")):
        raise ValueError
    for entry in recurring_ical_events.of(calendar).between(first - ABOUT, last + ABOUT):
        start, end = entry["DTSTART"].dt, entry["DTEND"].dt
        if not isinstance(start, datetime) or not isinstance(end, datetime) or not _keeps_busy(entry):
            continue
        if _whole_days(start, end):
            continue
        start, end = (_instant(at, here) for at in (start, end))
        if start < end and start < last and first < end:
            yield Event(start, end, kinds.of(_title(entry)))


def _keeps_busy(entry: icalendar.Component) -> bool:
    """Neither cancelled nor marked as free."""
    cancelled = str(entry.get("STATUS", "")).upper() == "CANCELLED"
    transparent = str(entry.get("TRANSP", "")).upper() == "TRANSPARENT"
    return not (cancelled or transparent or str(entry.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() in FREE)


def _whole_days(start: datetime, end: datetime) -> bool:
    """From midnight to midnight: some programs write whole days so."""
    return all(not (at.hour or at.minute or at.second) for at in (start, end))


def _instant(at: datetime, here: ZoneInfo) -> datetime:
    return (at if at.tzinfo is not None else at.replace(tzinfo=here)).astimezone(UTC)


def _title(entry: icalendar.Component) -> str:
    categories = entry.get("CATEGORIES")
    named = categories.cats if isinstance(categories, icalendar.vCategory) else ()
    return " \n".join(map(str, (entry.get("SUMMARY", ""), *named)))


# --- zones ------------------------------------------------------------------------------------------------


def _take_in(zones: tuple[bytes, ...]) -> set[str]:
    """Let icalendar know the zones that a file describes, and give their names. Those with a known name need none."""
    described = set()
    for each in zones:
        named = _ZONE_NAME.search(each)
        name = named[1].decode("utf-8", "replace") if named else ""
        if not name or known_zone(name) is not None:
            continue
        try:
            icalendar.Calendar.from_ical(_PRELUDE + each + b"\nEND:VCALENDAR\n")
        except BROKEN:
            continue
        described.add(name)
    return described


def _with_known_zones(entries: bytes, described: set[str]) -> tuple[bytes, int]:
    """The entries with zones named as the system names them, and how many names nobody knows."""
    strange = 0

    def named(found: re.Match[bytes]) -> bytes:
        nonlocal strange
        name = found[1].strip(b'"').decode("utf-8", "replace")
        known = known_zone(name)
        if known is not None:
            return b";TZID=" + known.encode()
        strange += name not in described
        return found[0]

    return _NAMED.sub(named, entries), strange


@cache
def known_zone(name: str) -> str | None:
    """The system's name of a zone: its own, the one for a name of Windows, or the end of a longer one.

    Some programs write ``/softwarestudio.org/Olson_20011030_5/Europe/Paris``.
    """
    parts = name.strip("/").split("/")
    endings = ["/".join(parts[number:]) for number in range(len(parts))] if name.startswith("/") else [name]
    for each in (WINDOWS_TO_OLSON.get(name, ""), *endings):
        try:
            if each:
                ZoneInfo(each)
                return each
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None
