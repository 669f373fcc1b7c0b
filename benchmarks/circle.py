"""A breath drawn for a while: ``ours`` as the session window does it, ``plain`` as anybody would at 60 Hz.

``ours`` prints the diameter of a full breath first and, when its time is over, a line of JSON: for each frame the
interval that was meant and the one it got (ms), how far the edge moved (px), and how many were drawn while covered.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from calmtray.desktop.clock import monotonic_ms
from calmtray.desktop.paths import bundled
from calmtray.desktop.x11 import WindowCover
from calmtray.practice.library import load
from calmtray.session.runner import SessionRunner
from calmtray.session.state import Ending
from calmtray.session.timeline import Choices, Timeline, build_timeline
from calmtray.ui.pacers.circle import CirclePacer
from calmtray.ui.session_window import SessionWindow
from calmtray.ui.theme import apply_theme

PRACTICE = "longer-out-breath"
COVERED_S = 5


class NoLog:
    """No journal: the drawing alone is measured."""

    def begin(self, timeline: Timeline) -> None:
        """Nothing."""

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        """Nothing."""

    def end(self, played_ms: int, timeline: Timeline, ending: Ending) -> None:
        """Nothing."""


class Plain(QWidget):
    """All of a plain antialiased circle, sixty times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.update)
        self._timer.start(round(1000 / 60))

    def paintEvent(self, event: QPaintEvent) -> None:
        """One circle, as large as fits."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor("teal"))
        radius = min(self.width(), self.height()) / 2 - 1
        painter.drawEllipse(QRectF(self.rect()).center(), radius, radius)
        painter.end()


class Cover(QWidget):
    """Lies over the whole screen."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint)


def ours(app: QApplication, seconds: float) -> None:
    """The session window playing, then covered."""
    apply_theme(app, "light", 100)
    practice = load(bundled("practices"), Path("/nonexistent")).practices[PRACTICE]
    runner = SessionRunner(build_timeline(practice, {}, Choices("en")), monotonic_ms, NoLog())
    window = SessionWindow(practice, runner, monotonic_ms, "circle", reduced_motion=False)
    window.come_forward(asked_by_click=True)
    cover_watch = WindowCover(int(window.winId()), window)
    cover_watch.covered_changed.connect(window.set_covered)
    cover_watch.start()
    pacer = window.pacer
    assert isinstance(pacer, CirclePacer)
    frames: list[tuple[float, float, float]] = []
    painted = _count_paints(pacer)
    _log_frames(pacer, frames)
    runner.begin()
    runner.skip(1)
    print(json.dumps(2 * math.ceil(pacer.radius(1.0))), flush=True)
    cover = Cover()

    def on_time_over() -> None:
        cover.setGeometry(app.primaryScreen().geometry())
        cover.show()
        QTimer.singleShot(500, on_covered)

    def on_covered() -> None:
        before = painted[0]
        QTimer.singleShot(COVERED_S * 1000, lambda: on_cover_over(painted[0] - before))

    def on_cover_over(paints: int) -> None:
        print(json.dumps({"frames": frames, "covered_paints": paints}), flush=True)

    QTimer.singleShot(int(seconds * 1000), on_time_over)
    app.exec()


def _count_paints(pacer: CirclePacer) -> list[int]:
    painted = [0]
    paint = pacer.paintEvent

    def counted(event: QPaintEvent) -> None:
        painted[0] += 1
        paint(event)

    pacer.paintEvent = counted  # type: ignore[method-assign]
    return painted


def _log_frames(pacer: CirclePacer, frames: list[tuple[float, float, float]]) -> None:
    """Hear each interval as it is asked for, which is right after its frame was made."""
    follow = pacer._frames.follow
    last = [monotonic_ms(), 0.0, 0.0]

    def logged(meant: int) -> None:
        now, radius = monotonic_ms(), pacer.radius(pacer.pose.level if pacer.pose else 0.0)
        if last[1]:
            frames.append((last[1], now - last[0], abs(radius - last[2])))
        last[:] = [now, float(meant), radius]
        follow(meant)

    pacer._frames.follow = logged  # type: ignore[method-assign, assignment]


def plain(app: QApplication, diameter: int) -> None:
    """The baseline."""
    window = Plain()
    window.resize(diameter, diameter)
    window.show()
    app.exec()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    if sys.argv[1] == "ours":
        ours(application, float(sys.argv[2]))
    else:
        plain(application, int(sys.argv[2]))
