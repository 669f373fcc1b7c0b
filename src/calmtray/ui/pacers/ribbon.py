"""The coming breath as a path that runs towards a bead, and fades behind it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QLinearGradient, QPainter, QPen

from calmtray.session.breath import Pose, level_at
from calmtray.ui.pacers.base import BEAD_STEP_PX, Pacer, blended, rounded_pen
from calmtray.ui.pacers.lettering import Lettering, fitted, natural, split
from calmtray.ui.theme import Colours

AHEAD_MS = 12_000
"""How much of what is coming is in sight."""

GRAIN_MS = 100
BEAD_AT = 1 / 3
PAST = ((0.0, 0.0), (BEAD_AT * 0.9, 1.0))
COMING = ((BEAD_AT, 0.4), (0.75, 0.4), (1.0, 0.0))
"""At which share of the width the line has how much of its colour."""

STEEPEST = 0.42
"""The path's height, as a share of the widget's: a higher one would be a climb."""


class RibbonPacer(Pacer):
    """The path moves evenly; the bead rises and falls with the breath."""

    step_px = BEAD_STEP_PX
    _bead_x = _base = _rise = _speed = 0.0
    _path: tuple[QPointF, ...] = ()

    def prepare(self, theme: Colours) -> Lettering:
        """The whole path, in px from the beginning of the session."""
        del theme
        lettering = fitted(natural(self.font(), self.size()), self.width() - 32, self.height() * 0.4)
        room, words = split(QRectF(self.rect()), lettering)
        self._rise = min(room.height(), self.height() * STEEPEST)
        self._base = room.center().y() + self._rise / 2
        self._bead_x = self.width() * BEAD_AT
        self._speed = (self.width() - self._bead_x) / AHEAD_MS
        self._path = tuple(self._path_points())
        return lettering.place(words)

    def moved_px(self, pose: Pose, rise: float, ms: float) -> float:
        """The path runs even while the bead rests, and is long: its steps show sooner than the bead's."""
        del pose
        return max(2 * self._speed * ms, self._rise * rise)

    def paint(self, painter: QPainter, pose: Pose) -> None:
        """What has been, what is coming, and the bead between them."""
        bead = QPointF(pose.ms * self._speed, self._y(pose.level))
        here = int(pose.ms // GRAIN_MS) + 1
        painter.save()
        painter.translate(self._bead_x - bead.x(), 0)
        painter.setPen(self._pen(bead, COMING))
        painter.drawPolyline([bead, *self._path[here : here + AHEAD_MS // GRAIN_MS + 2]])
        painter.setPen(self._pen(bead, PAST))
        painter.drawPolyline([*self._path[max(0, here - AHEAD_MS // GRAIN_MS // 2 - 2) : here], bead])
        self.paint_bead(painter, bead)
        painter.restore()

    def _pen(self, bead: QPointF, stops: tuple[tuple[float, float], ...]) -> QPen:
        """A line that fades along the widget: at each share of its width, so much of the accent."""
        theme, left = self._theme, bead.x() - self._bead_x
        fading = QLinearGradient(left, 0, left + self.width(), 0)
        for at, share in stops:
            fading.setColorAt(at, blended(theme.ground, theme.accent, share))
        return rounded_pen(fading, 4.0)

    def _y(self, level: float) -> float:
        return self._base - self._rise * level

    def _path_points(self) -> list[QPointF]:
        if self.timeline is None:
            return []
        after = (self.timeline.length_ms + AHEAD_MS) // GRAIN_MS
        return [
            QPointF(n * GRAIN_MS * self._speed, self._y(level_at(self.timeline, n * GRAIN_MS))) for n in range(after)
        ]
