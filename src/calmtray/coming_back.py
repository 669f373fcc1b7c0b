"""Somebody who comes back to the desk without the computer having slept: told by the X server, asked by nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from calmtray.desktop import clock
from calmtray.presence.return_watch import ReturnWatch
from calmtray.presence.sense import CantTell


class ComingBack(QObject):
    """``came_back``: after at least so long without a key or a move, and after how long (timedelta)."""

    came_back = Signal(object)

    def __init__(self, environ: Mapping[str, str], least: timedelta, now: Callable[[], datetime] = clock.now) -> None:
        super().__init__()
        self._watch = ReturnWatch(environ, least)
        self._now = now
        self._notifier: QSocketNotifier | None = None

    def watch(self, on: bool) -> None:
        """Listen from now on, or no more. Where nobody would tell, nothing is heard."""
        if on == (self._notifier is not None):
            return
        if not on:
            self.close()
            return
        try:
            self._watch.open()
        except CantTell:
            return
        self._notifier = QSocketNotifier(self._watch.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_notifier_activated)

    def close(self) -> None:
        """Listen no more."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        self._watch.close()

    def _on_notifier_activated(self) -> None:
        try:
            away = self._watch.heard(self._now())
        except (CantTell, OSError):
            self.close()
            return
        if away is not None:
            self.came_back.emit(away)
