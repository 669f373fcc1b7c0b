"""An upright bar that fills and empties, with the words beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from calmtray.practice.model import TOP_UP_FROM, Phase
from calmtray.session.breath import Pose
from calmtray.ui.pacers.base import BEAD_STEP_PX, Pacer, blended, rounded_pen
from calmtray.ui.pacers.lettering import Lettering, fitted, natural
from calmtray.ui.theme import Colours

MARGIN_PX = 20.0
WIDEST_PX = 96.0
GAP_PX = 28.0
RIM_PX = 5.0


class BarPacer(Pacer):
    """Bar and words stand together in the middle; a thin line beside the bar tells how long a hold lasts."""

    step_px = BEAD_STEP_PX
    _bar = QRectF()
    _edge = _fill = QColor()

    def prepare(self, theme: Colours) -> Lettering:
        """Bar and words side by side, the pair in the middle."""
        self._edge, self._fill = QColor(theme.accent), QColor(theme.accent_soft)
        phases = {span.phase for span in self.pattern.spans} if self.pattern else Phase
        width = min(WIDEST_PX, self.width() * 0.18, self.height() * 0.2)
        room = self.width() - width - GAP_PX - MARGIN_PX * 2
        lettering = fitted(natural(self.font(), self.size()), room, self.height() * 0.6)
        words = lettering.width(phases)
        left = (self.width() - width - GAP_PX - words) / 2
        self._bar = QRectF(left, MARGIN_PX, width, self.height() - MARGIN_PX * 2)
        top = self._bar.center().y() - lettering.word_metrics.height() / 2
        block = QRectF(self._bar.right() + GAP_PX, top, words, lettering.height)
        return lettering.place(block, Qt.AlignmentFlag.AlignLeft)

    def moved_px(self, pose: Pose, rise: float, ms: float) -> float:
        """The surface, or the line beside the bar."""
        if pose.phase in (Phase.HOLD, Phase.REST):
            return self._bar.height() * ms / pose.phase_ms
        return self._bar.height() * rise

    def changed_rect(self, before: Pose, after: Pose) -> QRect:
        """The bar and the line beside it."""
        del before, after
        return self._bar.adjusted(-GAP_PX, -2, 2, 2).toAlignedRect()

    def paint_back(self, painter: QPainter, theme: Colours) -> None:
        """The bar, empty."""
        painter.setPen(rounded_pen(blended(theme.ground, theme.accent, 0.25), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._bar, self._bar.width() / 2, self._bar.width() / 2)

    def paint(self, painter: QPainter, pose: Pose) -> None:
        """What is in the bar, and the line of a hold or a rest."""
        inner = self._inner()
        inner.setTop(self._surface(pose.level))
        painter.setPen(QPen(self._edge, 2.0))
        painter.setBrush(self._fill)
        painter.drawRoundedRect(inner, inner.width() / 2, inner.width() / 2)
        if pose.phase in (Phase.HOLD, Phase.REST):
            left = self._bar.height() * pose.phase_left_ms / pose.phase_ms
            x = self._bar.left() - GAP_PX / 2
            painter.setPen(rounded_pen(QColor(self._theme.warm), 2.5))
            painter.drawLine(QPointF(x, self._bar.bottom() - left), QPointF(x, self._bar.bottom()))

    def paint_front(self, painter: QPainter, theme: Colours) -> None:
        """The notch of a top-up."""
        if self.pattern is None or all(span.phase is not Phase.TOP_UP for span in self.pattern.spans):
            return
        painter.setPen(rounded_pen(blended(theme.ground, theme.accent, 0.6), 2.0))
        y = self._surface(TOP_UP_FROM)
        for x in (self._bar.left() - 8, self._bar.right() + 3):
            painter.drawLine(QPointF(x, y), QPointF(x + 5, y))

    def _inner(self) -> QRectF:
        return self._bar.adjusted(RIM_PX, RIM_PX, -RIM_PX, -RIM_PX)

    def _surface(self, level: float) -> float:
        inner = self._inner()
        # An empty bar keeps a round drop at its foot: something to follow from.
        return inner.bottom() - inner.width() - (inner.height() - inner.width()) * level
