"""A calm timer that need not be watched: a disc that fills, without a number. The bell tells when it is time."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRadialGradient
from PySide6.QtWidgets import QWidget

from calmtray.ui.pacers.base import blended, square
from calmtray.ui.props.base import Given, Prop
from calmtray.ui.theme import colours
from calmtray.words.language import _, marked

RING_SHARE = 0.045
"""Width of the ring, as a share of the shorter side."""

SHARE = 0.62
"""Diameter of the whole, as a share of the shorter side."""

LEFT = (
    marked("Less than a minute left"),
    marked("About one minute left"),
    marked("About two minutes left"),
    marked("About three minutes left"),
    marked("About four minutes left"),
    marked("About five minutes left"),
    marked("More than five minutes left"),
)
"""What is left, by minutes."""

STEP_PX = 0.5
"""How far the ring's end may be from where it should be before it is drawn again."""


class TimerProp(Prop):
    """A ring that closes slowly around a disc that grows a little brighter."""

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self._share = 0.0

    def show_time(self, at_ms: float, from_ms: int, until_ms: int) -> None:
        """Fill as far as the step has come."""
        share = min(max((at_ms - from_ms) / max(1, until_ms - from_ms), 0.0), 1.0)
        left = left_text(until_ms - at_ms)
        if left != self.accessibleName():
            self.setAccessibleName(left)
        round_px = 3.1416 * min(self.width(), self.height()) * SHARE
        if abs(share - self._share) * round_px > STEP_PX or share in (0.0, 1.0):
            self._share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The whole in a quiet line, what has gone by in the accent."""
        del event
        theme = colours()
        side = min(self.width(), self.height())
        wide = side * RING_SHARE
        ring = square(QRectF(self.rect()).center(), side * SHARE / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = ring.adjusted(wide * 2, wide * 2, -wide * 2, -wide * 2)
        fill = QRadialGradient(QPointF(disc.center()), disc.width() / 2)
        fill.setColorAt(0, blended(theme.ground, theme.accent, 0.10 + 0.32 * self._share))
        fill.setColorAt(1, blended(theme.ground, theme.accent, 0.06 + 0.12 * self._share))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(disc)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.line), wide))
        painter.drawEllipse(ring)
        painter.setPen(QPen(QColor(theme.accent), wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * self._share))
        painter.end()


def left_text(left_ms: float) -> str:
    """What is left, in words; it changes once a minute."""
    minutes = int(left_ms / 60_000 + 0.5)
    return _(LEFT[min(max(minutes, 0), len(LEFT) - 1)])
