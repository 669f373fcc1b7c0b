"""Whether a window fills a screen: as the window manager says on X11. Wayland tells nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calmtray.presence.linux import is_wayland
from calmtray.presence.sense import CantTell, Name, Patience, Why
from calmtray.presence.x11 import Box, Refused, Screen, screen_of
from calmtray.schedule.quiet import QuietReason

EVERYWHERE = 0xFFFFFFFF
"""The number of the desktop of windows that are on all desktops."""

NO_WINDOWS = frozenset({"_NET_WM_WINDOW_TYPE_DESKTOP", "_NET_WM_WINDOW_TYPE_DOCK"})
"""The desktop itself and panels, whatever else they say of themselves."""

COVERED = 0.9
"""A window of which so much lies under another one is not what somebody looks at."""


class FullScreenSense:
    """On any of the screens: the one who presents may have notes on another."""

    name = Name.FULL_SCREEN

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def ask(self, patience: Patience) -> QuietReason | None:
        """Ask the X server for the window manager's list."""
        if is_wayland(self._environ):
            raise CantTell(Why.WAYLAND)
        with screen_of(self._environ, patience) as screen:
            if not screen.numbers(screen.root, "_NET_SUPPORTING_WM_CHECK"):
                raise CantTell(Why.NOBODY_TO_ASK)
            return QuietReason.FULL_SCREEN if any(_filling(screen)) else None


def _filling(screen: Screen) -> Iterator[bool]:
    """For each window on the visible desktop, from the highest down, whether it fills a screen and is seen."""
    full = screen.atom("_NET_WM_STATE_FULLSCREEN")
    hidden = screen.atom("_NET_WM_STATE_HIDDEN")
    no_windows = {screen.atom(kind) for kind in NO_WINDOWS}
    desktop = screen.numbers(screen.root, "_NET_CURRENT_DESKTOP")
    above: list[Box] = []
    for window in reversed(screen.numbers(screen.root, "_NET_CLIENT_LIST_STACKING")):
        try:
            states = screen.numbers(window, "_NET_WM_STATE")
            where = screen.numbers(window, "_NET_WM_DESKTOP")
            elsewhere = bool(where and desktop) and where[0] not in (desktop[0], EVERYWHERE)
            if hidden in states or elsewhere or no_windows & {*screen.numbers(window, "_NET_WM_WINDOW_TYPE")}:
                continue
            box = screen.box(window)
        except Refused:
            continue  # it has just closed
        yield full in states and all(box.common(other) < COVERED * box.area for other in above)
        above.append(box)
