"""A circle that grows on the in-breath and shrinks on the out-breath."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QRadialGradient

from calmtray.practice.model import TOP_UP_FROM, Phase
from calmtray.session.breath import Pose
from calmtray.ui.pacers.base import Pacer, blended, faded, rounded_pen, square
from calmtray.ui.pacers.lettering import LINE_GAP_PX, Lettering, natural
from calmtray.ui.theme import Colours

MARGIN_PX = 16
MOST_LINES = 8.5
"""The full radius at most, in lines of text: room to breathe around it, and less to draw."""

EMPTY_SHARE = 0.5
"""The empty circle's radius, as a share of the full one; larger, up to the next figure, where the words need it."""

EMPTY_SHARE_MOST = 0.6
WORD_GAP_PX = 8.0
EDGE_PX = 2.0
ARC_GAP_PX = 7.0
ARC_APPEARS_MS = 400
ARC_STEP = 0.125
"""The thin end of the arc may go eight times as far between two frames as the edge of the disc."""

ARC_GRAINS = 120
ARC_STRAIGHT = 1 / 16
"""A piece of the arc so short that it is almost straight."""

LARGEST_STEP_PX = 1.0
LATE_PX = 8.0
"""As far as the edge gets in a quarter of a second: more is no late frame."""

ROUND_WORDS = (Phase.IN, Phase.HOLD, Phase.OUT, Phase.REST)
"""The words that stand within the empty circle or within the arc; the top-up's has a nearly full disc around it."""

STILL = (Phase.HOLD, Phase.REST)


class CirclePacer(Pacer):
    """The default pacer."""

    _centre = QPointF()
    _full = _empty = 0.0
    _edge = _fill = QBrush()
    _ring: tuple[QPointF, ...] = ()

    def radius(self, level: float) -> float:
        """The circle's radius in px at a level of 0..1."""
        self.settle()
        return self._radius(level)

    def prepare(self, theme: Colours) -> Lettering:
        """The words as large as the discs around them allow, and the empty disc as large as they need."""
        self._edge, self._fill = QBrush(QColor(theme.accent)), QBrush(QColor(theme.accent_soft))
        self._centre = QRectF(self.rect()).center()
        room = min(self.width(), self.height()) / 2 - MARGIN_PX
        self._full = max(20.0, min(room, self.fontMetrics().height() * MOST_LINES))
        lettering = natural(self.font(), self.size())
        wanted = _reach(lettering, ROUND_WORDS)
        self._empty = min(max(self._full * EMPTY_SHARE, wanted), self._full * EMPTY_SHARE_MOST)
        share = min(self._empty / wanted, self._radius(TOP_UP_FROM) / _reach(lettering, tuple(Phase)))
        self._ring = tuple(self._on_ring(n / ARC_GRAINS) for n in range(ARC_GRAINS))
        return lettering.scaled(share).centred(self._centre)

    def moved_px(self, pose: Pose, rise: float, ms: float) -> float:
        """The edge, or the end of the arc while the edge rests."""
        if pose.phase in STILL:
            return math.tau * self._empty * ms / pose.phase_ms * ARC_STEP
        return (self._full - self._empty) * rise

    def steadied(self, before: Pose, pose: Pose) -> Pose:
        """A late frame brings the edge one px nearer to its place and the next ones, soon after, the rest.

        Only a step back, forward or over a pause is a jump, and shown as one.
        """
        rise = pose.level - before.level
        moved = (self._full - self._empty) * abs(rise)
        if LARGEST_STEP_PX < moved <= LATE_PX:
            return replace(pose, level=before.level + rise * LARGEST_STEP_PX / moved)
        return pose

    def changed_rect(self, before: Pose, after: Pose) -> QRect:
        """The square around the larger of the two discs, or what the arc has lost.

        One rectangle: a clip of many costs more than the pixels it spares.
        """
        if after.phase in STILL:
            return self._changed_arc(before, after)
        half = math.ceil(self._radius(max(before.level, after.level))) + 2
        return QRect(int(self._centre.x()) - half, int(self._centre.y()) - half, half * 2, half * 2)

    def paint(self, painter: QPainter, pose: Pose) -> None:
        """The disc with its edge, and the arc of a hold or a rest."""
        radius = self._radius(pose.level)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._edge)
        painter.drawEllipse(self._centre, radius, radius)
        painter.setBrush(self._fill)
        painter.drawEllipse(self._centre, radius - EDGE_PX, radius - EDGE_PX)
        if pose.phase in STILL:
            self._paint_arc(painter, pose)

    def paint_back(self, painter: QPainter, theme: Colours) -> None:
        """The outline of a full breath."""
        painter.setPen(QPen(blended(theme.ground, theme.accent, 0.25), 1.0))
        painter.drawEllipse(square(self._centre, self._full - 0.5))

    def paint_front(self, painter: QPainter, theme: Colours) -> None:
        """The notch of a top-up, and a soft light in the middle."""
        if self.pattern is not None and any(span.phase is Phase.TOP_UP for span in self.pattern.spans):
            pen = rounded_pen(blended(theme.ground, theme.accent, 0.6), 1.5)
            pen.setDashPattern([0.01, 4.0])
            painter.setPen(pen)
            painter.drawEllipse(square(self._centre, self._radius(TOP_UP_FROM)))
        glow = self._empty - EDGE_PX
        light = QRadialGradient(self._centre, glow)
        middle = faded(theme.accent, 0.07) if theme.dark else faded(theme.card, 0.8)
        light.setColorAt(0.0, middle)
        light.setColorAt(1.0, faded(middle.name(), 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(light)
        painter.drawEllipse(square(self._centre, glow))

    def _radius(self, level: float) -> float:
        return self._empty + (self._full - self._empty) * level

    def _paint_arc(self, painter: QPainter, pose: Pose) -> None:
        appeared = min(1.0, (pose.phase_ms - pose.phase_left_ms) / ARC_APPEARS_MS)
        painter.setPen(rounded_pen(faded(self._theme.warm, appeared), 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left = pose.phase_left_ms / pose.phase_ms
        # Points that stay where they are: a true arc would be laid out anew, all around, with every frame.
        painter.drawPolyline([*self._ring[: int(left * ARC_GRAINS) + 1], self._on_ring(left)])

    def _on_ring(self, left: float) -> QPointF:
        """The end of an arc, when so much (0..1) is left of it: it is lost clockwise, from the top."""
        radius, angle = self._empty + ARC_GAP_PX, math.tau * left
        return self._centre - QPointF(math.sin(angle), math.cos(angle)) * radius

    def _changed_arc(self, before: Pose, after: Pose) -> QRect:
        a, b = (pose.phase_left_ms / pose.phase_ms for pose in (before, after))
        if before.phase_ms - before.phase_left_ms < ARC_APPEARS_MS or a - b > ARC_STRAIGHT:
            return square(self._centre, self._empty + ARC_GAP_PX + 3).toAlignedRect()
        ends = QRectF(self._on_ring(a), self._on_ring(b)).normalized()
        return ends.adjusted(-4, -4, 4, 4).toAlignedRect()


def _reach(lettering: Lettering, phases: tuple[Phase, ...]) -> float:
    """How far these words reach from the middle of the circle, in px, whichever line they stand on."""
    word, below = lettering.word_metrics.height() / 2, lettering.next_metrics.height()
    reach = max(
        math.hypot(lettering.width(phases) / 2, word),
        math.hypot(lettering.next_width(phases) / 2, word + LINE_GAP_PX + below),
    )
    return reach + WORD_GAP_PX
