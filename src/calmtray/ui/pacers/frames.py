"""When to draw the next frame: as often as the motion needs, on a clock of its own that late frames do not shift."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

SHORTEST_MS = 16
LONGEST_MS = 100


class FrameClock(QObject):
    """Calls ``on_frame`` while running; ``interval_ms`` says how long the frame just drawn may stand."""

    def __init__(
        self,
        clock: Callable[[], float],
        on_frame: Callable[[], None],
        interval_ms: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._on_frame = on_frame
        self._interval_ms = interval_ms
        self._due = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def running(self) -> bool:
        """Whether frames are coming."""
        return self._timer.isActive()

    def start(self) -> None:
        """Draw from now on."""
        if not self.running:
            self._due = self._clock()
            self._schedule()

    def stop(self) -> None:
        """Draw no more."""
        self._timer.stop()

    def _on_timer_timeout(self) -> None:
        self._on_frame()
        self._schedule()

    def _schedule(self) -> None:
        now = self._clock()
        self._due += self._interval_ms()
        if self._due <= now:
            # A late frame is skipped, not made up for.
            self._due = now + SHORTEST_MS
        self._timer.start(round(self._due - now))
