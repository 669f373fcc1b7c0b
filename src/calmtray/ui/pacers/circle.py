"""A circle that grows on the in-breath and shrinks on the out-breath."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QRadialGradient, QRegion

from calmtray.practice.model import TOP_UP_FROM, Phase
from calmtray.session.breath import Pose
from calmtray.ui.pacers.base import Pacer, blended, has_top_up
from calmtray.ui.pacers.lettering import SLACK, Lettering, centred
from calmtray.ui.theme import Colours

MARGIN_PX = 14
EMPTY_SHARE = 0.42
"""The empty circle's radius, as a share of the full one; larger, up to the next figure, where the words need it."""

EMPTY_SHARE_MOST = 0.6
WORD_GAP_PX = 8.0
EDGE_PX = 2.0
ARC_GAP_PX = 7.0
ARC_APPEARS_MS = 400
ARC_STEP = 0.2
"""The thin end of the arc may go five times as far between two frames as the edge of the disc."""

EMPTY_WORDS = (Phase.IN, Phase.OUT, Phase.REST)
"""The words that meet an empty circle; the others are said where it is nearly full."""

STILL = (Phase.HOLD, Phase.REST)


class CirclePacer(Pacer):
    """The default pacer."""

    _empty = 0.0
    _marks: QPixmap | None = None
    _notched = False

    def renew(self) -> None:
        """What does not move is drawn once for a size and theme."""
        self._empty = 0.0
        self._marks = None

    def radius(self, level: float) -> float:
        """The circle's radius in px at a level of 0..1."""
        full = self._full_radius()
        if not self._empty:
            words = _reach(Lettering(self.font()), EMPTY_WORDS)
            self._empty = min(max(full * EMPTY_SHARE, words), full * EMPTY_SHARE_MOST)
        return self._empty + (full - self._empty) * level

    def moved_px(self, before: Pose, after: Pose) -> float:
        """The edge, or the end of the arc while the edge rests."""
        if after.phase in STILL and after.phase is before.phase:
            turned = abs(before.phase_left_ms - after.phase_left_ms) / after.phase_ms
            return turned * math.tau * self.radius(after.level) * ARC_STEP
        return abs(self.radius(after.level) - self.radius(before.level))

    def changed_region(self, before: Pose, after: Pose) -> QRegion:
        """The square around the larger of the two discs, or what the arc has lost.

        One rectangle: a clip of many costs more than the pixels it spares.
        """
        if after.phase in STILL:
            return QRegion(self._changed_arc(before, after))
        half = max(self.radius(before.level), self.radius(after.level)) + 1
        return QRegion(self._square(half).toAlignedRect())

    def letter(self) -> Lettering:
        """The word of the phase in the very middle, as large as the disc around it allows."""
        natural = Lettering(self.font())
        shares = (
            self.radius(0.0) / _reach(natural, EMPTY_WORDS),
            self.radius(TOP_UP_FROM) / _reach(natural, tuple(Phase)),
        )
        lettering = natural if min(shares) >= 1 else Lettering(self.font(), min(shares) * SLACK)
        return lettering.place(centred(self._centre(), lettering))

    def paint(self, painter: QPainter, pose: Pose, theme: Colours) -> None:
        """The disc with its edge, the still marks over it, and the arc of a hold or a rest."""
        notched = has_top_up(self.cue_near(pose.ms))
        if self._marks is None or notched is not self._notched:
            self._notched = notched
            self._marks = self._drawn_marks(theme)
        centre, radius = self._centre(), self.radius(pose.level)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(centre, radius, radius)
        painter.setBrush(QColor(theme.accent_soft))
        painter.drawEllipse(centre, radius - EDGE_PX, radius - EDGE_PX)
        painter.drawPixmap(0, 0, self._marks)
        if pose.phase in STILL:
            self._paint_arc(painter, pose, theme)

    def _drawn_marks(self, theme: Colours) -> QPixmap:
        """The outline of a full breath, the notch of a top-up, and a soft light in the middle."""
        ratio = self.devicePixelRatioF()
        marks = QPixmap(self.size() * ratio)
        marks.setDevicePixelRatio(ratio)
        marks.fill(Qt.GlobalColor.transparent)
        painter = QPainter(marks)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(blended(theme.ground, theme.accent, 0.25), 1.0))
        painter.drawEllipse(self._square(self.radius(1.0) - 0.5))
        if self._notched:
            pen = QPen(blended(theme.ground, theme.accent, 0.6), 1.5)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setDashPattern([0.01, 4.0])
            painter.setPen(pen)
            painter.drawEllipse(self._square(self.radius(TOP_UP_FROM)))
        glow = self.radius(0.0) - EDGE_PX
        light = QRadialGradient(self._centre(), glow)
        light.setColorAt(0.0, blended(theme.card, theme.card, 0, 0.8))
        light.setColorAt(1.0, blended(theme.card, theme.card, 0, 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(light)
        painter.drawEllipse(self._square(glow))
        painter.end()
        return marks

    def _paint_arc(self, painter: QPainter, pose: Pose, theme: Colours) -> None:
        appeared = min(1.0, (pose.phase_ms - pose.phase_left_ms) / ARC_APPEARS_MS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(blended(theme.ground, theme.warm, appeared), 2.0)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        ring = self._square(self.radius(pose.level) + ARC_GAP_PX)
        painter.drawArc(ring, 90 * 16, round(360 * 16 * pose.phase_left_ms / pose.phase_ms))

    def _changed_arc(self, before: Pose, after: Pose) -> QRect:
        radius = self.radius(after.level) + ARC_GAP_PX
        if before.phase_ms - before.phase_left_ms < ARC_APPEARS_MS:
            return self._square(radius + EDGE_PX).toAlignedRect()
        corners = []
        for pose in (before, after):
            angle = math.tau * pose.phase_left_ms / pose.phase_ms
            corners.append(self._centre() - QPointF(math.sin(angle), math.cos(angle)) * radius)
        # Between two frames the end of the arc goes a few px: so short a piece is almost straight.
        return QRectF(*corners).normalized().adjusted(-4, -4, 4, 4).toAlignedRect()

    def _centre(self) -> QPointF:
        return QRectF(self.rect()).center()

    def _full_radius(self) -> float:
        return max(20.0, min(self.width(), self.height()) / 2 - MARGIN_PX)

    def _square(self, half: float) -> QRectF:
        return QRectF(0, 0, half * 2, half * 2).translated(self._centre() - QPointF(half, half))


def _reach(lettering: Lettering, phases: tuple[Phase, ...]) -> float:
    """How far these words reach from the middle of the circle, in px, whichever line they stand on."""
    word, below = lettering.word_metrics.height() / 2, lettering.next_metrics.height()
    reach = max(
        math.hypot(lettering.width(phases) / 2, word),
        math.hypot(lettering.next_width(phases) / 2, word + below),
    )
    return reach + WORD_GAP_PX
