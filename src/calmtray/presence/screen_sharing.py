"""Whether the screen is shared or recorded, where PipeWire carries it: on Wayland always, on X11 at times."""

from __future__ import annotations

from collections.abc import Mapping

from calmtray.presence.linux import is_wayland
from calmtray.presence.pipewire import Picture, running_pictures
from calmtray.presence.sense import CantTell, Name, Patience, Why
from calmtray.schedule.quiet import QuietReason


class ScreenSharingSense:
    """A screen or a window that goes through the portal."""

    name = Name.SCREEN_SHARING

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def ask(self, patience: Patience) -> QuietReason | None:
        """Ask PipeWire for what it carries."""
        if Picture.SCREEN in running_pictures(self._environ, patience):
            return QuietReason.SCREEN_SHARED
        if not is_wayland(self._environ):
            # Any program may read the X server's screen, and nobody is told.
            raise CantTell(Why.NO_TRACE)
        return None
