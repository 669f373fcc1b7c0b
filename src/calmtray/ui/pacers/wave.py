"""One round of breaths as a still curve; a bead travels along it and leaves it coloured."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from calmtray.practice.model import Pattern
from calmtray.session.breath import Pose, ease
from calmtray.ui.pacers.base import BEAD_STEP_PX, Pacer, blended, faded, rounded_pen
from calmtray.ui.pacers.lettering import Lettering, fitted, natural, split
from calmtray.ui.pacers.rounds import TURN_MS, last_trace, since_round_began
from calmtray.ui.theme import Colours

MARGIN_PX = 28
GRAINS = 120
"""Points on the curve."""

STEEPEST = 0.45
"""The curve's height, as a share of the widget's."""


class WavePacer(Pacer):
    """The round begins anew at the left while the bead at the right end fades."""

    step_px = BEAD_STEP_PX
    _room = QRectF()
    _curve: tuple[QPointF, ...] = ()

    def prepare(self, theme: Colours) -> Lettering:
        """The curve of the present pattern."""
        del theme
        lettering = fitted(natural(self.font(), self.size()), self.width() - 32, self.height() * 0.4)
        room, words = split(QRectF(self.rect()), lettering)
        rise = min(room.height(), self.height() * STEEPEST)
        self._room = QRectF(MARGIN_PX, room.center().y() - rise / 2, self.width() - 2 * MARGIN_PX, rise)
        self._curve = tuple(self._at(n / GRAINS, round_level(self.pattern, n / GRAINS)) for n in range(GRAINS + 1))
        return lettering.place(words)

    def moved_px(self, pose: Pose, rise: float, ms: float) -> float:
        """The bead, along and up."""
        del pose
        along = self._room.width() * ms / self.pattern.length_ms if self.pattern else 0.0
        return max(along, self._room.height() * rise)

    def paint_back(self, painter: QPainter, theme: Colours) -> None:
        """The whole curve, pale, on a soft ground of its own."""
        self._paint_curve(painter, self._curve, blended(theme.ground, theme.accent, 0.3))

    def paint(self, painter: QPainter, pose: Pose) -> None:
        """The part that is done, and the bead at its end."""
        theme, cue = self._theme, self.timeline.breath_at(pose.ms) if self.timeline else None
        if cue is None or self.timeline is None:
            self.paint_bead(painter, self._curve[0])
            return
        since = since_round_began(cue, pose.ms)
        share = since / cue.pattern.length_ms
        bead = self._at(share, pose.level)
        old = last_trace(self.timeline, since, pose.ms)
        if old:
            self._paint_curve(painter, self._curve, faded(theme.accent, old), old)
        self._paint_curve(painter, (*self._curve[: int(share * GRAINS) + 1], bead), QColor(theme.accent), 1.0)
        if old:
            self.paint_bead(painter, self._curve[-1], old)
        left = cue.pattern.length_ms - since
        if left < TURN_MS:
            self.paint_bead(painter, self._curve[0], 1 - left / TURN_MS)
        self.paint_bead(painter, bead)

    def _at(self, share: float, level: float) -> QPointF:
        room = self._room
        return QPointF(room.left() + room.width() * share, room.bottom() - room.height() * level)

    def _paint_curve(self, painter: QPainter, curve: tuple[QPointF, ...], colour: QColor, fill: float = 0) -> None:
        if fill:
            painter.setPen(rounded_pen(faded(self._theme.accent_soft, 0), 0))
            painter.setBrush(faded(self._theme.accent_soft, 0.7 * fill))
            foot = [QPointF(point.x(), self._room.bottom()) for point in (curve[-1], curve[0])]
            painter.drawPolygon(QPolygonF([*curve, *foot]))
        painter.setPen(rounded_pen(colour, 4.0))
        painter.drawPolyline(curve)


def round_level(pattern: Pattern | None, share: float) -> float:
    """Fullness (0..1) after this share of a pattern's length."""
    if pattern is None:
        return 0.0
    ms, level = share * pattern.length_ms, 0.0
    for span in pattern.spans:
        if ms <= span.ms:
            return level + (span.to_level - level) * ease(ms / span.ms)
        ms, level = ms - span.ms, span.to_level
    return level
