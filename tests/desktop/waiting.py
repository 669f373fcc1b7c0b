"""Waiting, in one place: for a condition, with a limit, and with a sentence for the day it does not come."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

LIMIT_S = 20.0
"""Long, because two cores are shared with whoever else is busy; what is promised in ms is measured, not waited for."""

_NEVER = threading.Event()
_BETWEEN_LOOKS_S = 0.015
"""The programs under test run apart from us, so there is nothing to wake us up: we look, again and again, and give the
processor away in between. Short, since it is added to all that is measured by looking."""

T = TypeVar("T")


def wait_for(look: Callable[[], T | None], what: str | Callable[[], str], limit_s: float = LIMIT_S) -> T:
    """Look until there is something to see, and return it. ``what`` names it, at the end where it depends on that."""
    deadline = time.monotonic() + limit_s
    while not (seen := look()):
        if time.monotonic() > deadline:
            named = what if isinstance(what, str) else what()
            raise AssertionError(f"Waited {limit_s:g} s in vain for {named}. Last seen: {seen!r}")
        _NEVER.wait(_BETWEEN_LOOKS_S)
    return seen


def let_pass(seconds: float) -> float:
    """For rates alone, which need a stretch of time to be counted over; returns how long it really was."""
    began = time.monotonic()
    wait_for(lambda: time.monotonic() - began >= seconds, f"{seconds:g} s to pass")
    return time.monotonic() - began
