"""The system's own notification, with buttons, where the desktop has them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from calmtray.desktop.notification_servers import DesktopServer, Fate, NotificationServer, Portal
from calmtray.desktop.portal import within_flatpak

if TYPE_CHECKING:
    # Most people are offered cards.
    from calmtray.presence.bus import Bus, Told


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
        self._server: NotificationServer = Portal() if within_flatpak(environ) else DesktopServer()
        self._watch: QSocketNotifier | None = None

    def show(self, title: str, text: str, actions: Mapping[str, str]) -> bool:
        """Show it, ``actions`` as buttons; False where the desktop can't: nothing is to be seen of it then."""
        from calmtray.presence.bus import Refused, session_bus
        from calmtray.presence.sense import CantTell, Patience

        self.withdraw()
        with ExitStack() as opened:
            try:
                server = self._server
                bus = opened.enter_context(session_bus(self._environ, Patience(), server.may_start))
                bus.listen(server.interface)
                if not server.show(bus, title, text, actions):
                    return False
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
            self._server.withdraw(bus)
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
        for signal, body in told:
            if self._bus is None:
                return
            match self._server.means(signal, body):
                case str(action):
                    self.withdraw()
                    self.acted.emit(action)
                case Fate() as fate:
                    self._let_go()
                    if fate is Fate.DISMISSED:
                        self.dismissed.emit()
