"""Words and a number; nothing moves."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from calmtray.session.breath import Pose
from calmtray.ui.pacers.base import Pacer
from calmtray.ui.pacers.lettering import Lettering, fitted, natural
from calmtray.ui.theme import Colours

WORD_SIZE = 2.6
MARGIN_PX = 16


class WordsPacer(Pacer):
    """The phase large, the next one below, and above them the seconds left, changing once a second."""

    _number = QRectF()
    _font = QFont()

    def prepare(self, theme: Colours) -> Lettering:
        """Three lines, in the middle together."""
        del theme
        words = natural(self.font(), self.size(), WORD_SIZE)
        lettering = fitted(words, self.width() - 2 * MARGIN_PX, (self.height() - 2 * MARGIN_PX) * 0.66)
        middle = QRectF(self.rect()).center()
        number = lettering.next_metrics.height()
        half = lettering.word_metrics.height() / 2
        self._font = lettering.next_font
        self._number = QRectF(0, middle.y() - half - number, self.width(), number)
        return lettering.centred(middle)

    def moved_px(self, pose: Pose, rise: float, ms: float) -> float:
        """Nothing moves."""
        del pose, rise, ms
        return 0.0

    def changed_rect(self, before: Pose, after: Pose) -> QRect:
        """The number, once a second."""
        return QRect() if _seconds(before) == _seconds(after) else self._number.toAlignedRect()

    def paint(self, painter: QPainter, pose: Pose) -> None:
        """The number of seconds."""
        if pose.phase is not None:
            painter.setFont(self._font)
            painter.setPen(QColor(self._theme.quiet))
            painter.drawText(self._number, Qt.AlignmentFlag.AlignCenter, str(_seconds(pose)))


def _seconds(pose: Pose) -> int:
    """Whole seconds left of the phase."""
    return math.ceil(pose.phase_left_ms / 1000)
