"""The one widget that paints a Pose. A pacer is a subclass with ``paint`` and a measure of its motion."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QSizePolicy, QWidget

from calmtray.session.breath import Pose, level_at, pose_at
from calmtray.session.timeline import Timeline
from calmtray.ui.pacers.frames import LONGEST_MS, SHORTEST_MS, FrameClock
from calmtray.ui.theme import Colours, colours
from calmtray.words.texts import phase_word

STEP_PX = 0.8
"""How far the drawing may move between two frames; more would be seen as a jump."""

PRESENCE_GRAIN = 1 / 48
"""How far a fade may go between two frames."""


class Pacer(QWidget):
    """Draws a session's breath. It is shown a timeline and a playhead, and reads neither clock nor session."""

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._playhead: Callable[[], float] = lambda: 0.0
        self._frames = FrameClock(clock, self._on_frame, self._interval_ms, self)
        self.reduced_motion = False
        self.pose: Pose | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    def sizeHint(self) -> QSize:
        """The default size."""
        return QSize(360, 300)

    # What a pacer says of itself.

    def paint(self, painter: QPainter, pose: Pose, area: QRectF, theme: Colours) -> None:
        """Draw the pose into the area."""
        raise NotImplementedError

    def travel_px(self) -> float:
        """How many px its fastest edge moves from empty to full."""
        raise NotImplementedError

    def scroll_px_per_s(self) -> float:
        """How fast the drawing moves while the level stands still; 0 where it rests with the breath."""
        return 0.0

    def changed_region(self, before: Pose, after: Pose) -> QRegion:
        """What a frame from one pose to the next must draw anew."""
        del before, after
        return QRegion(self.rect())

    # What the session window does with it.

    def show_timeline(self, timeline: Timeline, playhead: Callable[[], float]) -> None:
        """Draw this timeline at this playhead (ms), once now and on every frame while running."""
        self._timeline = timeline
        self._playhead = playhead
        self.pose = None
        self._on_frame()

    def set_running(self, running: bool) -> None:
        """Follow the playhead, or stand still where it is."""
        if running:
            self._frames.start()
        else:
            self._frames.stop()
            self._on_frame()

    @property
    def timeline(self) -> Timeline | None:
        """The timeline being drawn, for pacers that show what is coming."""
        return self._timeline

    # The machinery.

    def _on_frame(self) -> None:
        if self._timeline is None:
            return
        before, self.pose = self.pose, pose_at(self._timeline, self._playhead())
        if before is None or before.presence != self.pose.presence or self.reduced_motion:
            self.update()
        else:
            self.update(self.changed_region(before, self.pose))

    def _interval_ms(self) -> int:
        """How long until the drawing has moved by STEP_PX, within the bounds of what an eye and a screen can use."""
        if self._timeline is None or self.pose is None:
            return LONGEST_MS
        if self.reduced_motion:
            return LONGEST_MS
        now = self.pose.ms
        ahead = 40.0
        speed = self.travel_px() * max(
            abs(level_at(self._timeline, now + ahead) - self.pose.level),
            abs(level_at(self._timeline, now + ahead / 2) - self.pose.level) * 2,
        ) / ahead  # fmt: skip
        speed = max(speed, self.scroll_px_per_s() / 1000)
        if speed * LONGEST_MS <= STEP_PX:
            return LONGEST_MS
        return max(SHORTEST_MS, int(STEP_PX / speed))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the present pose."""
        del event
        if self.pose is None or self.pose.presence == 0.0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.reduced_motion:
            self._paint_still(painter, self.pose)
        else:
            self.paint(painter, self.pose, QRectF(self.rect()), colours())
        painter.end()

    def _paint_still(self, painter: QPainter, pose: Pose) -> None:
        """Reduced motion: nothing moves; a light grows and fades with the breath, and a word says the phase."""
        theme = colours()
        side = min(self.width(), self.height()) * 0.62
        area = QRectF(0, 0, side, side)
        area.moveCenter(QRectF(self.rect()).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blended(theme.ground, theme.accent, (0.12 + 0.5 * pose.level) * pose.presence))
        painter.drawEllipse(area)
        paint_phase(painter, pose, area, theme)


def blended(ground: str, colour: str, share: float) -> QColor:
    """A colour on its ground, opaque: cheaper to paint than a transparent one, and the same to see."""
    a, b = QColor(ground), QColor(colour)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )


def paint_phase(painter: QPainter, pose: Pose, area: QRectF, theme: Colours) -> None:
    """The word of the phase in the middle, and the next one below it from 0.8 s ahead."""
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 1.5)
    painter.setFont(font)
    painter.setPen(blended(theme.ground, theme.text, pose.presence))
    word = phase_word(pose.phase) if pose.phase else ""
    height = painter.fontMetrics().height()
    line = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, word)
    if pose.next_phase is not None:
        font.setPointSizeF(font.pointSizeF() / 1.5)
        painter.setFont(font)
        painter.setPen(QColor(theme.quiet))
        painter.drawText(
            line.translated(0, height), Qt.AlignmentFlag.AlignCenter, phase_word(pose.next_phase)
        )


def word_rect(area: QRect, height: int) -> QRect:
    """The part of the area that ``paint_phase`` may change."""
    return QRect(area.left(), area.center().y() - height, area.width(), height * 5 // 2)
