"""The system's own notification, with buttons, where the desktop's server has them (org.freedesktop.Notifications)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from calmtray.desktop.paths import bundled

if TYPE_CHECKING:
    # Most people are offered cards.
    from calmtray.presence.bus import Bus, Told

SERVER, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
ACTION_INVOKED, CLOSED = "ActionInvoked", "NotificationClosed"
DISMISSED = 2
"""Why it was closed: by whoever saw it; 1 would be: it went by itself."""

OPENED = "default"
"""The action of a click on the notification itself."""

STAYS_MS = 60_000
NORMAL = 1


class Notification(QObject):
    """One at a time. ``acted``: the action that was chosen; ``dismissed``: it was put out of sight.

    While it is shown there is a connection to the bus: some desktops take the notifications of whoever has left away.
    """

    acted = Signal(str)
    dismissed = Signal()

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__()
        self._environ = environ
        self._open = ExitStack()
        self._bus: Bus | None = None
        self._id = 0
        self._watch: QSocketNotifier | None = None

    def show(self, title: str, text: str, actions: Mapping[str, str]) -> bool:
        """Show it, ``actions`` as buttons; False where the desktop can't: nothing is to be seen of it then."""
        from calmtray.presence.bus import Refused, session_bus
        from calmtray.presence.sense import CantTell, Patience

        self.withdraw()
        with ExitStack() as opened:
            try:
                bus = opened.enter_context(session_bus(self._environ, Patience()))
                known = bus.call(SERVER, PATH, f"{SERVER}.GetCapabilities")
                if "actions" not in known:
                    return False
                bus.listen(SERVER)
                said = _escaped(text) if "body-markup" in known else text
                self._id = bus.call(SERVER, PATH, f"{SERVER}.Notify", "susssasa{sv}i", *_notify(title, said, actions))
            except (CantTell, Refused, OSError):
                return False
            self._bus = bus
            self._open = opened.pop_all()
        self._watch = QSocketNotifier(bus.fileno(), QSocketNotifier.Type.Read)
        self._watch.activated.connect(self._on_watch_activated)
        # What was told while the answer was waited for.
        self._hear(bus.told())
        return True

    def withdraw(self) -> None:
        """Take it away, if it is still there."""
        from calmtray.presence.bus import Refused
        from calmtray.presence.sense import CantTell, Patience

        bus = self._bus
        if bus is None:
            return
        try:
            bus.wait(Patience())
            bus.call(SERVER, PATH, f"{SERVER}.CloseNotification", "u", self._id)
        except (CantTell, Refused, OSError):
            # It has gone, or whoever showed it.
            pass
        self._let_go()

    def _let_go(self) -> None:
        if self._watch is not None:
            self._watch.setEnabled(False)
            self._watch.deleteLater()
        self._watch = self._bus = None
        self._open.close()

    def _on_watch_activated(self) -> None:
        from calmtray.presence.sense import CantTell, Patience

        if self._bus is None:
            return
        try:
            self._bus.wait(Patience())
            told = self._bus.hear()
        except (CantTell, OSError):
            # The bus has gone, and the notification with it: the offer itself still waits.
            self._let_go()
            return
        self._hear(told)

    def _hear(self, told: list[Told]) -> None:
        for member, body in told:
            if self._bus is None or body[:1] != (self._id,):
                continue
            if member == ACTION_INVOKED:
                self.withdraw()
                self.acted.emit(body[1])
            elif member == CLOSED:
                self._let_go()
                if body[1] == DISMISSED:
                    self.dismissed.emit()


def _notify(title: str, text: str, actions: Mapping[str, str]) -> tuple[object, ...]:
    icon = str(bundled("assets") / "icons" / "calmtray-64.png")
    hints = {
        "urgency": ("y", NORMAL),
        "desktop-entry": ("s", "calmtray"),
        # An offer makes no sound, and is worth nothing once it is over.
        "suppress-sound": ("b", True),
        "transient": ("b", True),
    }
    named = [each for pair in actions.items() for each in pair]
    return "calmtray", 0, icon, title, text, named, hints, STAYS_MS


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
