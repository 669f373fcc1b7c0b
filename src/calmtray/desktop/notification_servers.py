"""How those who show notifications are spoken to: the desktop's server, or from within a Flatpak its portal."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

from calmtray.desktop import portal
from calmtray.desktop.paths import bundled

if TYPE_CHECKING:
    # Most people are offered cards.
    from calmtray.presence.bus import Bus

STAYS_MS = 60_000

OPENED = "default"
"""The action of a click on the notification itself."""


class Fate(Enum):
    """What became of a notification, beside an action of it."""

    DISMISSED = auto()
    """Whoever saw it put it out of sight."""
    GONE = auto()
    """It went by itself."""


class NotificationServer(Protocol):
    """One of them, and the notification that it shows. All but ``means`` raise Refused or CantTell."""

    interface: str
    """Whose signals tell what becomes of it."""
    may_start: bool
    """Whether it is one that the desktop starts when it is asked for the first time."""

    def show(self, bus: Bus, title: str, text: str, actions: Mapping[str, str]) -> bool:
        """Show it, ``actions`` as buttons, ``OPENED`` as a click on itself; False where it can't."""

    def withdraw(self, bus: Bus) -> None:
        """Take it away."""

    def means(self, signal: str, body: tuple[Any, ...]) -> str | Fate | None:
        """The action that this signal tells of, or what became of the notification; None if it is about another."""


class DesktopServer:
    """See the Desktop Notifications Specification 1.2."""

    NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
    DISMISSED = 2
    NORMAL = 1

    interface = NAME
    may_start = False

    def __init__(self) -> None:
        self._id = 0

    def show(self, bus: Bus, title: str, text: str, actions: Mapping[str, str]) -> bool:
        """Where there are no buttons, an offer could not be taken."""
        known = bus.call(self.NAME, self.PATH, f"{self.NAME}.GetCapabilities")
        if actions and "actions" not in known:
            return False
        icon = str(bundled("assets") / "icons" / "calmtray-64.png")
        said = _escaped(text) if "body-markup" in known else text
        named = [each for pair in actions.items() for each in pair]
        hints = {
            "urgency": ("y", self.NORMAL),
            "desktop-entry": ("s", "calmtray"),
            # An offer makes no sound, and is worth nothing once it is over.
            "suppress-sound": ("b", True),
            "transient": ("b", True),
        }
        body = ("calmtray", 0, icon, title, said, named, hints, STAYS_MS)
        self._id = bus.call(self.NAME, self.PATH, f"{self.NAME}.Notify", "susssasa{sv}i", *body)
        return True

    def withdraw(self, bus: Bus) -> None:
        """By its number."""
        bus.call(self.NAME, self.PATH, f"{self.NAME}.CloseNotification", "u", self._id)

    def means(self, signal: str, body: tuple[Any, ...]) -> str | Fate | None:
        """It tells of everybody's."""
        if body[:1] != (self._id,):
            return None
        if signal == "ActionInvoked":
            return str(body[1])
        if signal == "NotificationClosed":
            return Fate.DISMISSED if body[1] == self.DISMISSED else Fate.GONE
        return None


class Portal:
    """See the XDG Desktop Portal documentation, *Notification*, version 2. It never tells that one was put away."""

    interface = "org.freedesktop.portal.Notification"
    may_start = True

    def __init__(self) -> None:
        self._ids = count(1)
        self._id = ""

    def show(self, bus: Bus, title: str, text: str, actions: Mapping[str, str]) -> bool:
        """The app's own icon stands beside it."""
        self._id = f"offer-{next(self._ids)}"
        buttons = [{"label": ("s", label), "action": ("s", name)} for name, label in actions.items() if name != OPENED]
        said = {
            "title": ("s", title),
            "body": ("s", text),
            "priority": ("s", "normal"),
            "default-action": ("s", OPENED),
            "buttons": ("aa{sv}", buttons),
            # Older portals pass over what they do not know.
            "display-hint": ("as", ["transient"]),
        }
        bus.call(portal.NAME, portal.PATH, f"{self.interface}.AddNotification", "sa{sv}", self._id, said)
        return True

    def withdraw(self, bus: Bus) -> None:
        """By its name."""
        bus.call(portal.NAME, portal.PATH, f"{self.interface}.RemoveNotification", "s", self._id)

    def means(self, signal: str, body: tuple[Any, ...]) -> str | Fate | None:
        """It tells of this app's own alone."""
        return str(body[1]) if signal == "ActionInvoked" and body[0] == self._id else None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
