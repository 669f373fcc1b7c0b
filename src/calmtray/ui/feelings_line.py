"""How it felt over the last times that were asked about, drawn without a verdict: no grade, no colour, no goal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QSize
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from calmtray.ui.theme import colours

MOST_SHOWN = 30
APART_PX, WIDEST_PX = 18, 36
DOT_PX = 4.0
EDGE_PX = 8.0


class FeelingsLine(QWidget):
    """One measure. ``values``: before and, where it was answered, after, each from 0 to 1, the oldest first.

    A ring is before, a dot after, and a line leads from one to the other.
    """

    def __init__(self, values: Sequence[tuple[float, float | None]], said: str) -> None:
        super().__init__()
        self._values = values[-MOST_SHOWN:]
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Three lines of text high."""
        return QSize(len(self._values) * APART_PX, self.fontMetrics().height() * 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw from left to right, 0 at the bottom."""
        del event
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1.0))
        painter.drawLine(QLineF(0, self._y(0.5), self.width(), self._y(0.5)))
        apart = min(WIDEST_PX, (self.width() - 2 * EDGE_PX) / max(1, len(self._values)))
        quiet, text = QColor(theme.quiet), QColor(theme.text)
        for number, (before, after) in enumerate(self._values):
            x = EDGE_PX + apart * number
            painter.setPen(QPen(quiet, 1.5))
            painter.setBrush(QBrush())
            if after is not None:
                painter.drawLine(QLineF(x, self._y(before), x, self._y(after)))
            painter.setBrush(QColor(theme.card))
            painter.drawEllipse(QPointF(x, self._y(before)), DOT_PX, DOT_PX)
            if after is not None:
                painter.setPen(QPen(text, 1.0))
                painter.setBrush(text)
                painter.drawEllipse(QPointF(x, self._y(after)), DOT_PX, DOT_PX)
        painter.end()

    def _y(self, value: float) -> float:
        return EDGE_PX + (1 - value) * (self.height() - 2 * EDGE_PX)
