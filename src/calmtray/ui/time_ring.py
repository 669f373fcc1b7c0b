"""A thin ring of the time left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from calmtray.ui.theme import colours
from calmtray.words.language import _
from calmtray.words.texts import length_text

LINES = 2
"""Its side, in lines of text."""

LINE_PX = 3.0


class TimeRing(QWidget):
    """Empties as the session goes on. It changes once a second and counts nothing aloud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left_s = 0
        self._length_ms = 1
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Small: it is there for those who want to know."""
        side = self.fontMetrics().height() * LINES
        return QSize(side, side)

    def show_left(self, left_ms: float, length_ms: int) -> None:
        """Show this much time left of the whole."""
        left_s = round(left_ms / 1000)
        if (left_s, length_ms) != (self._left_s, self._length_ms):
            self._left_s, self._length_ms = left_s, length_ms
            self.setAccessibleName(_("{length} left").format(length=length_text(left_s * 1000)))
            self.setToolTip(self.accessibleName())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The whole in a quiet line, what is left in the accent."""
        del event
        theme = colours()
        area = QRectF(self.rect()).adjusted(LINE_PX, LINE_PX, -LINE_PX, -LINE_PX)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), LINE_PX))
        painter.drawEllipse(area)
        painter.setPen(QPen(QColor(theme.accent), LINE_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(area, 90 * 16, round(360 * 16 * min(1.0, self._left_s * 1000 / self._length_ms)))
        painter.end()
