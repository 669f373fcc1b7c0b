"""Somebody comes back after a while in which nobody moved or typed: the X server tells by itself, nobody asks it.

On other desktops, only sleep of the computer is noticed (``offering``).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta

from calmtray.presence.linux import is_wayland
from calmtray.presence.sense import CantTell, Patience, Why
from calmtray.presence.x11 import Refused, Screen, screen_of


class ReturnWatch:
    """``least``: whoever is away for less has not been away."""

    def __init__(self, environ: Mapping[str, str], least: timedelta) -> None:
        self._environ = environ
        self._least = least
        self._open = ExitStack()
        self._screen: Screen | None = None
        self._gone: datetime | None = None

    def open(self) -> None:
        """Listen from now on. Raises CantTell where nobody would tell."""
        if is_wayland(self._environ):
            raise CantTell(Why.WAYLAND)
        with ExitStack() as opened:
            screen = opened.enter_context(screen_of(self._environ, Patience()))
            try:
                screen.watch_idle(int(self._least / timedelta(milliseconds=1)))
            except Refused:
                raise CantTell(Why.NOT_SAID) from None
            self._screen, self._open = screen, opened.pop_all()

    def close(self) -> None:
        """Listen no more."""
        self._screen = self._gone = None
        self._open.close()

    def fileno(self) -> int:
        """What becomes readable once there is something to be heard."""
        assert self._screen is not None
        return self._screen.fileno()

    def heard(self, now: datetime) -> timedelta | None:
        """How long somebody was away who has come back just now; None where nobody has. Raises CantTell, OSError."""
        away = None
        for back in self._screen.heard() if self._screen is not None else ():
            if not back:
                self._gone = now - self._least
            elif self._gone is not None:
                away, self._gone = now - self._gone, None
        return away
