"""The only reader of wall and monotonic time."""

from __future__ import annotations

import sys
import time
from datetime import datetime


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
    import tzlocal

    return datetime.now(tzlocal.reload_localzone())


def wait_ms(ms: float) -> None:
    """Do nothing for a while. Never in the running app, whose one thread draws."""
    time.sleep(ms / 1000)
