"""A line at the foot of a window that says what was set aside, and puts it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _


class UndoNotice(QFrame):
    """It stays until it is answered, or another one takes its place."""

    undo_asked = Signal()

    def __init__(self, text: str, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "notice")
        self.setObjectName("undo-notice")
        self._window = window
        self.text = label(text)
        self.undo = button(_("Undo"))
        self.undo.clicked.connect(self.undo_asked)
        self.done = button(_("Very well"))
        self.done.clicked.connect(self.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self.text, 1)
        row.addWidget(self.undo)
        row.addWidget(self.done)
        window.installEventFilter(self)
        self._settle()
        self.show()
        self.raise_()
        self.undo.setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def say(self, text: str) -> None:
        """Say something else, which leaves nothing to undo."""
        self.text.setText(text)
        self.undo.hide()
        self._settle()
        self.done.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window, above whatever page it shows by now."""
        if watched is self._window and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._settle()
            self.raise_()
        return False

    def _settle(self) -> None:
        width = self._window.width() - SPACE * 4
        height = max(self.heightForWidth(width), self.sizeHint().height())
        self.setGeometry(SPACE * 2, self._window.height() - height - SPACE * 2, width, height)
