"""A rounded square that a bead traces, while a soft light fills it from below."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath

from calmtray.practice.model import Phase
from calmtray.session.breath import Pose, ease
from calmtray.ui.pacers.base import BEAD_STEP_PX, Pacer, blended, faded, rounded_pen, square
from calmtray.ui.pacers.lettering import Lettering, fitted, natural
from calmtray.ui.pacers.rounds import last_trace
from calmtray.ui.theme import Colours

GRAINS = 240
"""Points around the square."""

SOFT = 0.08
"""The height over which the light fades out at its top, as a share of the square."""

LEFT, TOP, RIGHT, END = 1 / 8, 3 / 8, 5 / 8, 7 / 8
"""The corners, clockwise, as shares of the way from the middle of the bottom."""


class SquarePacer(Pacer):
    """Up the left is in, down the right is out; a hold has the top and a rest the bottom to itself.

    Without a hold the top belongs half to the in-breath and half to the out-breath, and so does the bottom without
    a rest: the figure stays a square, whatever the pattern.
    """

    step_px = BEAD_STEP_PX
    _room = QRectF()
    _points: tuple[QPointF, ...] = ()
    _start, _full_at, _falls_at, _empty_at = 0.0, 0.5, 0.5, 1.0

    def prepare(self, theme: Colours) -> Lettering:
        """The corners that the present pattern uses."""
        del theme
        phases = {span.phase for span in self.pattern.spans} if self.pattern else set()
        self._full_at, self._falls_at = (TOP, RIGHT) if Phase.HOLD in phases else (0.5, 0.5)
        self._start, self._empty_at = (LEFT, END) if Phase.REST in phases else (0.0, 1.0)
        half = min(self.width(), self.height()) / 2 - self.bead_px - 6
        self._room = square(QRectF(self.rect()).center(), half)
        path = _around(self._room)
        self._points = tuple(path.pointAtPercent(n / GRAINS) for n in range(GRAINS))
        lettering = fitted(natural(self.font(), self.size()), half * 2 - 32, half * 1.6)
        return lettering.centred(self._room.center())

    def moved_px(self, pose: Pose, rise: float, ms: float) -> float:
        """The bead, half of whose way goes up or down with the breath."""
        side = self._room.width()
        if pose.phase in (Phase.HOLD, Phase.REST):
            return 1.5 * side * ms / pose.phase_ms
        return 2 * side * rise

    def paint_back(self, painter: QPainter, theme: Colours) -> None:
        """The whole way, pale."""
        painter.setPen(rounded_pen(blended(theme.ground, theme.accent, 0.3), 4.0))
        painter.drawPath(_around(self._room))

    def paint(self, painter: QPainter, pose: Pose) -> None:
        """The light inside, the way gone, and the bead at its end."""
        theme = self._theme
        self._paint_light_inside(painter, pose)
        gone = self._gone(pose)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if pose.phase is Phase.IN and self.timeline is not None:
            old = last_trace(self.timeline, pose.phase_ms - pose.phase_left_ms, pose.ms)
            painter.setPen(rounded_pen(faded(theme.accent, old), 4.0))
            painter.drawPath(_around(self._room))
        painter.setPen(rounded_pen(QColor(theme.accent), 4.0))
        first, last = round(self._start * GRAINS), int(gone * GRAINS)
        bead = self._point(gone)
        if gone > self._start:
            painter.drawPolyline([*(self._points[n % GRAINS] for n in range(first, last + 1)), bead])
        self.paint_bead(painter, bead)

    def _gone(self, pose: Pose) -> float:
        """How far the bead has come, from the middle of the bottom, as a share of the whole way."""
        if pose.phase in (Phase.HOLD, Phase.REST):
            share = ease(1 - pose.phase_left_ms / pose.phase_ms)
            start, end = (TOP, RIGHT) if pose.phase is Phase.HOLD else (END, 1 + LEFT)
            return start + (end - start) * share
        if pose.phase is Phase.OUT:
            return self._falls_at + (self._empty_at - self._falls_at) * (1 - pose.level)
        return self._start + (self._full_at - self._start) * pose.level

    def _point(self, gone: float) -> QPointF:
        whole, part = divmod(gone * GRAINS, 1)
        a, b = self._points[int(whole) % GRAINS], self._points[(int(whole) + 1) % GRAINS]
        return a + (b - a) * part

    def _paint_light_inside(self, painter: QPainter, pose: Pose) -> None:
        room = self._room.adjusted(8, 8, -8, -8)
        light = QLinearGradient(room.bottomLeft(), room.topLeft())
        surface = pose.level * (1 + SOFT)
        light.setColorAt(max(0.0, surface - SOFT), QColor(self._theme.accent_soft))
        light.setColorAt(min(1.0, surface), faded(self._theme.accent_soft, max(0.0, (surface - 1) / SOFT)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(light)
        radius = _corner(self._room) - 8
        painter.drawRoundedRect(room, radius, radius)


def _corner(room: QRectF) -> float:
    return room.width() * 0.16


def _around(room: QRectF) -> QPainterPath:
    """Clockwise from the middle of the bottom."""
    turn = _corner(room) * 2
    path = QPainterPath(QPointF(room.center().x(), room.bottom()))
    path.arcTo(room.left(), room.bottom() - turn, turn, turn, 270, -90)
    path.arcTo(room.left(), room.top(), turn, turn, 180, -90)
    path.arcTo(room.right() - turn, room.top(), turn, turn, 90, -90)
    path.arcTo(room.right() - turn, room.bottom() - turn, turn, turn, 0, -90)
    path.closeSubpath()
    return path
