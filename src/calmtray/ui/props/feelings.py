"""Words for how somebody may be, in every language at once: naming works best in the language one grew up with."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QWidget

from calmtray.practice.model import LANGUAGES
from calmtray.ui.flow import FlowLayout
from calmtray.ui.props.base import Given, Prop
from calmtray.ui.theme import SPACE, colours
from calmtray.words.feelings import FEELINGS
from calmtray.words.language import language

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
"""The window's own keys are left and right: up and down go through the words."""


class FeelingsProp(Prop):
    """Any of them may be marked, or none; nothing is kept. One press of Tab leads in, and one out."""

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        inside = QWidget()
        flow = FlowLayout(SPACE * 3 // 4, centred=True)
        inside.setLayout(flow)
        order = (language(), *(lang for lang in LANGUAGES if lang != language()))
        self.chips = [_Chip([words[lang] for lang in order]) for words in FEELINGS]
        for number, chip in enumerate(self.chips):
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == 0 else Qt.FocusPolicy.ClickFocus)
            chip.moved.connect(lambda by, number=number: self._go((number + by) % len(self.chips)))
            chip.clicked.connect(lambda _on, number=number: self._lead_in_by(number))
            flow.addWidget(chip)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._scroll = scroll
        self.column.addWidget(scroll, 1)

    def _go(self, number: int) -> None:
        self._lead_in_by(number)
        self.chips[number].setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(self.chips[number])

    def _lead_in_by(self, number: int) -> None:
        for at, chip in enumerate(self.chips):
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == number else Qt.FocusPolicy.ClickFocus)


class _Chip(QAbstractButton):
    """One feeling: the word in the language spoken now, and the others more quietly beside it."""

    moved = Signal(int)

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self._words = words
        self.setCheckable(True)
        self.setAccessibleName(", ".join(dict.fromkeys(words)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Its words side by side."""
        metrics = self.fontMetrics()
        wide = sum(metrics.horizontalAdvance(word) for word in self._words) + SPACE * (len(self._words) - 1)
        return QSize(wide + SPACE * 4, round(metrics.height() * 1.9))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the neighbours."""
        by = STEPS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(by)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pill; marked, it is filled."""
        del event
        theme = colours()
        marked = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = 2.0 if self.hasFocus() or marked else 1.0
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() or marked else theme.line), line))
        painter.setBrush(QColor(theme.accent_soft if marked or self.underMouse() else theme.card))
        pill = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        left = (self.width() - self.sizeHint().width()) // 2 + SPACE * 2
        for number, word in enumerate(self._words):
            wide = self.fontMetrics().horizontalAdvance(word)
            painter.setPen(QColor(theme.text if number == 0 or marked else theme.quiet))
            painter.drawText(QRectF(left, 0, wide + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            left += wide + SPACE
        painter.end()
