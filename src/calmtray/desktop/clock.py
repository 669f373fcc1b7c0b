"""The only reader of wall and monotonic time."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

DAY_S = 24 * 60 * 60


def monotonic_ms() -> float:
    """Milliseconds that never go back; they stand still while the machine sleeps."""
    return time.monotonic_ns() / 1e6


def asleep_s() -> float | None:
    """Seconds that the machine has slept since it was started; None where the system does not tell."""
    if sys.platform != "linux":
        return None
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


def now() -> datetime:
    """The wall time, with the offset from UTC that holds here and now."""
    return datetime.now().astimezone()


def zoned_now() -> datetime:
    """The wall time in the zone of this place, whose rules hold on other days too; asked anew: people travel."""
    import logging

    import tzlocal

    # What it would have an administrator tidy up is nothing for whoever asks the time.
    logging.getLogger("tzlocal").disabled = True
    try:
        zone: tzinfo = ZoneInfo(tzlocal.reload_localzone().key)
    except (AttributeError, KeyError, ValueError, OSError):
        # Rules without a name, as in a copied file, or as TZ may hold them: one of that name is told to others.
        zone = _alike(int(time.time() // DAY_S), now().utcoffset())
    return datetime.now(zone)


@cache
def _alike(day: int, offset: timedelta | None) -> tzinfo:
    """The first zone by whose clock a year from this day on (since 1970) goes as the system's does, ``offset`` now."""
    instants = [(day + ahead) * DAY_S for ahead in range(0, 365, 30)]
    here = [datetime.fromtimestamp(at, UTC).astimezone().utcoffset() for at in instants]
    for name in ("UTC", *sorted(available_timezones())):
        zone = ZoneInfo(name)
        if [datetime.fromtimestamp(at, zone).utcoffset() for at in instants] == here:
            return zone
    return timezone(offset or timedelta())


def wait_ms(ms: float) -> None:
    """Do nothing for a while. Never in the running app, whose one thread draws."""
    time.sleep(ms / 1000)
