"""Whether anybody is there: a locked screen, and how long nobody has moved or typed."""

from __future__ import annotations

from collections.abc import Mapping

from calmtray.presence.bus import Bus, Refused, session_bus, system_bus
from calmtray.presence.linux import is_wayland
from calmtray.presence.sense import CantTell, Name, Patience, Why
from calmtray.presence.x11 import screen_of
from calmtray.schedule.quiet import QuietReason

AWAY_AFTER_S = 5 * 60

LOGIND = "org.freedesktop.login1"
LOGIND_SESSION = "/org/freedesktop/login1/session/auto"

LOCKERS = (
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
)
"""Who knows whether the screen is locked, or shows a screen saver, which is as good."""

IDLE_MONITORS = (
    ("org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core"),
    ("org.cinnamon.Muffin.IdleMonitor", "/org/cinnamon/Muffin/IdleMonitor/Core"),
)
"""Who counts on Wayland (ms). KDE's answers nothing but 0 there."""


class AwaySense:
    """Locked, or nobody has touched anything for five minutes."""

    name = Name.AWAY

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def ask(self, patience: Patience) -> QuietReason | None:
        """Ask whoever may have locked the screen, and then whoever counts the time."""
        if is_locked(self._environ, patience):
            return QuietReason.LOCKED
        return QuietReason.AWAY if idle_s(self._environ, patience) >= AWAY_AFTER_S else None


def is_locked(environ: Mapping[str, str], patience: Patience) -> bool:
    """Whether anybody says that the screen is locked; where nobody says anything it is not."""
    return _logind(environ, patience, "LockedHint") is True or _locker(environ, patience)


def idle_s(environ: Mapping[str, str], patience: Patience) -> float:
    """How long nobody has moved or typed. Raises CantTell."""
    if not is_wayland(environ):
        with screen_of(environ, patience) as screen:
            return screen.idle_ms() / 1000
    with session_bus(environ, patience) as bus:
        for service, path in IDLE_MONITORS:
            idle_ms = _answer(bus, service, path, f"{service}.GetIdletime")
            if isinstance(idle_ms, int):
                return idle_ms / 1000
    if _logind(environ, patience, "IdleHint") is True:
        # Since when it says in a clock of its own; that it says so at all comes minutes after the last key.
        return float(AWAY_AFTER_S)
    raise CantTell(Why.WAYLAND)


def _logind(environ: Mapping[str, str], patience: Patience, hint: str) -> object:
    """What logind was told by the desktop; None where it does not know this session."""
    try:
        with system_bus(environ, patience) as bus:
            return bus.property(LOGIND, LOGIND_SESSION, f"{LOGIND}.Session", hint)
    except (CantTell, Refused):
        patience.left_s()
        return None


def _locker(environ: Mapping[str, str], patience: Patience) -> bool:
    try:
        with session_bus(environ, patience) as bus:
            there = bus.names()
            return any(
                _answer(bus, service, path, f"{service}.GetActive") is True
                for service, path in LOCKERS
                if service in there
            )
    except CantTell:
        patience.left_s()
        return False


def _answer(bus: Bus, service: str, path: str, method: str) -> object:
    try:
        return bus.call(service, path, method)
    except Refused:
        return None
