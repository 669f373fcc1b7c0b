"""Open at login from within a Flatpak: the desktop's portal is asked (org.freedesktop.portal.Background).

See the XDG Desktop Portal documentation, *Background*: ``RequestBackground``, and *Request*: ``Response``.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calmtray.presence.bus import Bus

PORTAL, PLACE = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
ASK = "org.freedesktop.portal.Background.RequestBackground"
REQUEST = "org.freedesktop.portal.Request"

ANSWER_WITHIN_MS = 3_000
"""A portal that has to ask somebody first takes longer: then nothing is granted, and a second click asks again."""

GRANTED = 0


class PortalAutostart:
    """``kept``: where it is kept what was granted, for no portal says."""

    def __init__(self, environ: Mapping[str, str], kept: Path, command: Sequence[str]) -> None:
        self._environ = environ
        self._kept = kept
        self._command = list(command)

    def is_on(self) -> bool:
        """What was granted last."""
        return self._kept.is_file()

    def set(self, on: bool) -> None:
        """Ask for it, or that it be so no longer. Raises OSError where that is not granted."""
        from calmtray.presence.bus import Refused, session_bus
        from calmtray.presence.sense import CantTell, Patience

        wish = {"autostart": ("b", on), "commandline": ("as", self._command)}
        try:
            with session_bus(self._environ, Patience(ANSWER_WITHIN_MS)) as bus:
                bus.listen(REQUEST)
                request = bus.call(PORTAL, PLACE, ASK, "sa{sv}", "", wish)
                granted = request is not None and _answer(bus)
        except (CantTell, Refused):
            granted = False
        if not granted:
            raise OSError(errno.EACCES, "org.freedesktop.portal.Background")
        if on:
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            self._kept.touch()
        else:
            self._kept.unlink(missing_ok=True)


def _answer(bus: Bus) -> bool:
    told = bus.told()
    while True:
        for name, body in told:
            # The bus itself tells something now and then.
            if name == "Response":
                return bool(body[0] == GRANTED)
        told = bus.hear()
