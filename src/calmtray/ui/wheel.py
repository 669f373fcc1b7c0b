"""A wheel turned over a field changes it only for somebody who is in it: the others are scrolling the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _PageScrolls(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the page."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def scroll_page_over(field: QWidget) -> None:
    """Let the page scroll under the pointer, unless the field has the keyboard; a wheel does not give it that."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_PageScrolls(field))
