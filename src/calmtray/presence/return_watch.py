"""Somebody comes back after a while in which nobody moved or typed: the desktop tells by itself, nobody asks it.

The X server does, and so do the compositors of GNOME and Cinnamon on Wayland. On other desktops, only sleep of the
computer is noticed (``offering``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from calmtray.presence.linux import is_wayland
from calmtray.presence.sense import CantTell, Patience, Why
from calmtray.presence.x11 import Refused, screen_of

if TYPE_CHECKING:
    from calmtray.presence.bus import Bus


class _Teller(Protocol):
    def fileno(self) -> int:
        """What becomes readable when something is told."""

    def heard(self) -> Iterable[bool]:
        """What was told: False, that nobody has touched anything for so long; True, that somebody does again."""


class ReturnWatch:
    """``least``: whoever is away for less has not been away."""

    def __init__(self, environ: Mapping[str, str], least: timedelta) -> None:
        self._environ = environ
        self._least = least
        self._open = ExitStack()
        self._teller: _Teller | None = None
        self._gone: datetime | None = None

    def open(self) -> None:
        """Listen from now on. Raises CantTell where nobody would tell."""
        ms = int(self._least / timedelta(milliseconds=1))
        with ExitStack() as opened:
            find = _compositor if is_wayland(self._environ) else _x_server
            self._teller = find(self._environ, ms, opened)
            self._open = opened.pop_all()

    def close(self) -> None:
        """Listen no more."""
        self._teller = self._gone = None
        self._open.close()

    def fileno(self) -> int:
        """What becomes readable once there is something to be heard."""
        assert self._teller is not None
        return self._teller.fileno()

    def heard(self, now: datetime) -> timedelta | None:
        """How long somebody was away who has come back just now; None where nobody has. Raises CantTell, OSError."""
        away = None
        for back in self._teller.heard() if self._teller is not None else ():
            if not back:
                self._gone = now - self._least
            elif self._gone is not None:
                away, self._gone = now - self._gone, None
        return away


class _Monitor:
    """A compositor's: one watch fires after so long without a touch, another one at the next touch, once."""

    def __init__(self, bus: Bus, service: str, path: str, least_ms: int) -> None:
        self._bus = bus
        self._service, self._path = service, path
        bus.listen(service)
        self._idle = self._call("AddIdleWatch", "t", least_ms)
        self._active: object = None

    def fileno(self) -> int:
        return self._bus.fileno()

    def heard(self) -> Iterator[bool]:
        self._bus.wait(Patience())
        told = self._bus.hear()
        while told:
            for name, what in told:
                if name == "WatchFired" and what[0] == self._idle:
                    self._active = self._call("AddUserActiveWatch")
                    yield False
                elif name == "WatchFired" and what[0] == self._active:
                    self._active = None
                    yield True
            # What came while the other watch was set.
            told = self._bus.told()

    def _call(self, method: str, signature: str = "", *arguments: object) -> object:
        return self._bus.call(self._service, self._path, f"{self._service}.{method}", signature, *arguments)


def _x_server(environ: Mapping[str, str], least_ms: int, opened: ExitStack) -> _Teller:
    screen = opened.enter_context(screen_of(environ, Patience()))
    try:
        screen.watch_idle(least_ms)
    except Refused:
        raise CantTell(Why.NOT_SAID) from None
    return screen


def _compositor(environ: Mapping[str, str], least_ms: int, opened: ExitStack) -> _Teller:
    # Most desktops are asked nothing over D-Bus as long as nothing is due.
    from calmtray.presence.away import IDLE_MONITORS
    from calmtray.presence.bus import Refused as RefusedByBus
    from calmtray.presence.bus import session_bus

    bus = opened.enter_context(session_bus(environ, Patience()))
    for service, path in IDLE_MONITORS:
        try:
            return _Monitor(bus, service, path, least_ms)
        except RefusedByBus:
            continue
    raise CantTell(Why.WAYLAND)
