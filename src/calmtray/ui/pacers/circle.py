"""A circle that grows on the in-breath and shrinks on the out-breath."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QRadialGradient, QRegion

from calmtray.practice.model import Phase
from calmtray.session.breath import Pose
from calmtray.ui.pacers.base import Pacer, blended, paint_phase, word_rect
from calmtray.ui.theme import Colours

MARGIN_PX = 14
EMPTY_SHARE = 0.42
"""The empty circle's radius, as a share of the full one."""

EDGE_PX = 2.0
ARC_GAP_PX = 7.0


class CirclePacer(Pacer):
    """The default pacer."""

    def _full_radius(self) -> float:
        return max(20.0, min(self.width(), self.height()) / 2 - MARGIN_PX)

    def radius(self, level: float) -> float:
        """The circle's radius in px at a level of 0..1."""
        full = self._full_radius()
        return full * (EMPTY_SHARE + (1 - EMPTY_SHARE) * level)

    def travel_px(self) -> float:
        """The radius grows by this much."""
        return self._full_radius() * (1 - EMPTY_SHARE)

    def scroll_px_per_s(self) -> float:
        """The arc that counts a hold moves while the circle rests."""
        if self.pose is None or self.pose.phase not in (Phase.HOLD, Phase.REST):
            return 0.0
        return 20.0

    def changed_region(self, before: Pose, after: Pose) -> QRegion:
        """The ring between the two edges, and the word where it changes."""
        resting = {Phase.HOLD, Phase.REST}
        if before.phase in resting or after.phase in resting:
            return QRegion(self.rect())
        outer = max(self.radius(before.level), self.radius(after.level)) + EDGE_PX + 1
        inner = min(self.radius(before.level), self.radius(after.level)) - EDGE_PX - 1
        region = QRegion(self._square(outer)) - QRegion(self._square(inner * 0.7071))
        if (before.phase, before.next_phase) != (after.phase, after.next_phase):
            region += word_rect(self._square(inner), self.fontMetrics().height() * 2)
        return region

    def paint(self, painter: QPainter, pose: Pose, area: QRectF, theme: Colours) -> None:
        """The disc, its edge, the outline of a full breath, and the arc of a hold."""
        centre = area.center()
        radius = self.radius(pose.level)
        full = self._full_radius()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(blended(theme.ground, theme.line, pose.presence), 1.0))
        painter.drawEllipse(centre, full, full)
        painter.setPen(QPen(blended(theme.ground, theme.accent, pose.presence), EDGE_PX))
        painter.setBrush(self._fill(centre, full, pose.presence, theme))
        painter.drawEllipse(centre, radius, radius)
        if pose.phase in (Phase.HOLD, Phase.REST):
            self._paint_time_left(painter, pose, centre, radius, theme)
        paint_phase(painter, pose, area, theme)

    def _fill(self, centre: QPointF, full: float, presence: float, theme: Colours) -> QBrush:
        """Soft light in the middle. It does not move with the level, so that a frame need only draw the edge."""
        gradient = QRadialGradient(centre, full)
        gradient.setColorAt(0.0, blended(theme.ground, theme.accent_soft, 0.55 * presence))
        gradient.setColorAt(1.0, blended(theme.ground, theme.accent_soft, presence))
        return QBrush(gradient)

    def _paint_time_left(
        self, painter: QPainter, pose: Pose, centre: QPointF, radius: float, theme: Colours
    ) -> None:
        outer = radius + ARC_GAP_PX if pose.phase is Phase.HOLD else self._full_radius()
        ring = QRectF(centre.x() - outer, centre.y() - outer, outer * 2, outer * 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.warm), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, round(360 * 16 * pose.phase_left_ms / pose.phase_ms))

    def _square(self, half: float) -> QRect:
        centre = QRectF(self.rect()).center()
        return QRectF(centre.x() - half, centre.y() - half, half * 2, half * 2).toAlignedRect()
