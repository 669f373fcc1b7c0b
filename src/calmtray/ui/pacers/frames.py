"""When to draw the next frame: as often as the motion needs, on a clock of its own that late frames do not shift."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

SHORTEST_MS = 16
LONGEST_MS = 100


class FrameClock(QObject):
    """Says when a frame is due. Whoever draws it asks for the next one; ``clock`` counts ms."""

    frame_due = Signal()

    def __init__(self, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._due = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.frame_due)

    @property
    def running(self) -> bool:
        """Whether a frame is coming."""
        return self._timer.isActive()

    def start(self, interval_ms: int) -> None:
        """The first frame comes in ``interval_ms``."""
        self._due = self._clock()
        self.follow(interval_ms)

    def follow(self, interval_ms: int) -> None:
        """The next frame comes ``interval_ms`` after the last one was due."""
        now = self._clock()
        self._due += interval_ms
        if self._due <= now:
            # A late frame is skipped, not made up for.
            self._due = now + SHORTEST_MS
        self._timer.start(round(self._due - now))

    def stop(self) -> None:
        """No more frames."""
        self._timer.stop()
