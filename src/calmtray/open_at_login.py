"""The switch *Open at login*: the desktop is asked in its own way, and what it answers is what the switch shows."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from calmtray.desktop.autostart import Autostart


class OpenAtLogin(QObject):
    """``settled``: whether it opens at login from now on, and why not as wished, in the system's words.

    A way that asks somebody first (a portal shows a question) is waited for beside everything else; a wish that comes
    meanwhile is asked afterwards.
    """

    settled = Signal(bool, str)
    _answered = Signal(str)

    def __init__(self, way: Autostart, mark: Path) -> None:
        """``mark``: a file that is there while it is somebody else who has settled it."""
        super().__init__()
        self._way = way
        self._mark = mark
        self._asked: bool | None = None
        self._next: bool | None = None
        self._answered.connect(self._on_answered)

    @property
    def on(self) -> bool:
        """Whether it does; what was wished, while that is being asked."""
        pending = self._next if self._next is not None else self._asked
        return self._way.is_on() if pending is None else pending

    def begin(self, wish: bool, fixed: bool) -> None:
        """At the start: what is ``fixed`` is done, and once it is no longer, what the user wished counts again."""
        was_fixed = self._mark.exists()
        try:
            if fixed:
                self._mark.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._mark.touch()
            else:
                self._mark.unlink(missing_ok=True)
        except OSError:
            # Nobody is kept from anything by it.
            pass
        if fixed or was_fixed:
            self.wish(wish)

    def wish(self, on: bool) -> None:
        """Let it open at login, or no longer."""
        if not self._way.ASKS_SOMEBODY:
            refused = self._set(on)
            self.settled.emit(self._way.is_on(), refused)
        elif self._asked is not None:
            self._next = on
        elif on != self._way.is_on():
            self._ask(on)

    def _ask(self, on: bool) -> None:
        self._asked = on
        threading.Thread(target=lambda: self._answered.emit(self._set(on)), daemon=True).start()

    def _on_answered(self, refused: str) -> None:
        self._asked = None
        wish, self._next = self._next, None
        if wish is not None and wish != self._way.is_on():
            self._ask(wish)
        else:
            self.settled.emit(self._way.is_on(), refused)

    def _set(self, on: bool) -> str:
        try:
            self._way.set(on)
        except OSError as error:
            return error.strerror or str(error)
        return ""
