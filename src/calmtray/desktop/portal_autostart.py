"""Open at login from within a Flatpak: the desktop's portal is asked (org.freedesktop.portal.Background).

See the XDG Desktop Portal documentation, *Background*: ``RequestBackground``, and *Request*: ``Response``.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from calmtray.desktop import portal

if TYPE_CHECKING:
    from calmtray.presence.bus import Bus

ASK = "org.freedesktop.portal.Background.RequestBackground"
REQUEST = "org.freedesktop.portal.Request"

ANSWER_WITHIN_MS = 120_000
"""Some portals ask whoever sits there first."""

GRANTED = 0


class PortalAutostart:
    """``kept``: where it is kept what was granted, for no portal says."""

    ASKS_SOMEBODY: ClassVar[bool] = True

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
            with session_bus(self._environ, Patience(ANSWER_WITHIN_MS), may_start=True) as bus:
                bus.listen(REQUEST)
                bus.call(portal.NAME, portal.PATH, ASK, "sa{sv}", "", wish)
                is_as_wished = _opens(bus) == on
        except (CantTell, Refused):
            is_as_wished = False
        if not is_as_wished:
            raise OSError(errno.EACCES, "org.freedesktop.portal.Background")
        if on:
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            self._kept.touch()
        else:
            self._kept.unlink(missing_ok=True)


def _opens(bus: Bus) -> bool | None:
    """What the portal decided, once it has; None where it granted nothing.

    It may let an app run in the background and yet not open it at login: ``autostart`` says.
    """
    told = bus.told()
    while True:
        for name, body in told:
            # The bus itself tells something now and then.
            if name == "Response":
                code, results = body
                return bool(results.get("autostart", ("b", False))[1]) if code == GRANTED else None
        told = bus.hear()
