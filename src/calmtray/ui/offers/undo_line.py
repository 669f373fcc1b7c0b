"""A line that says what was just changed, and takes it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout

from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _


class UndoLine(QFrame):
    """It stays until it is answered, or something else is changed in the same place."""

    offered = Signal()
    undone = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._before: tuple[str, ...] = ()
        self._said = label("")
        self.button = button(_("Undo"))
        self.button.setObjectName("undo")
        self.button.setToolTip(
            QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        )
        self.button.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._said, 1)
        row.addWidget(self.button)
        self.hide()

    def offer(self, said: str, before: tuple[str, ...]) -> None:
        """Say what was done; ``before``: what it was before that."""
        self._before = before
        self._said.setText(said)
        self.button.setAccessibleName(_("Undo. {said}").format(said=said))
        self.show()
        self.offered.emit()
        # What had the keyboard is gone.
        self.button.setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def undo(self) -> None:
        """Take it back, if there is anything to take back."""
        if not self.isHidden():
            self.hide()
            self.undone.emit(self._before)
