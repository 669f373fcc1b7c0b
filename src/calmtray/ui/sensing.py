"""Looks what can be sensed, off the main thread: a machine that hangs must not take the window with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal

from calmtray.presence.sense import Answer

LONGEST_S = 1.0
"""How long the end of the app waits for a look: the senses themselves give up a little earlier."""


class Sensing(QObject):
    """One look at a time. ``question``: gives, for the settings of now, what is then asked on a thread of its own.

    ``answered``: what each sense says.
    """

    answered = Signal(object)
    _found = Signal(object)

    def __init__(self, question: Callable[[], Callable[[], Sequence[Answer]]]) -> None:
        super().__init__()
        self._question = question
        self._thread: Thread | None = None
        # It comes from a thread that knows no Qt.
        self._found.connect(self._on_self_found, Qt.ConnectionType.QueuedConnection)

    def look(self) -> None:
        """Look now, unless that is being done already."""
        if self._thread is None:
            report = self._question()
            self._thread = Thread(target=lambda: self._found.emit(report()), name="senses", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Let a look that is under way come to its end."""
        if self._thread is not None:
            self._thread.join(LONGEST_S)

    def _on_self_found(self, answers: Sequence[Answer]) -> None:
        self._thread = None
        self.answered.emit(answers)
