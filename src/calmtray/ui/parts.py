"""The few parts that every window is made of."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from calmtray.ui.theme import SPACE

SCALES = {"title": 1.5, "words": 1.6, "caption": 1.2, "large": 2.4}
"""How much larger than the text around them some texts are."""

MOST_OF_SCREEN = 0.9


def label(text: str, role: str = "", parent: QWidget | None = None) -> QLabel:
    """Text that wraps and may be selected. ``role``: title, heading, caption, quiet, or plain."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    _scale(made)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


def rescale(window: QWidget) -> None:
    """Bring the larger texts of an open window to the size of text chosen now."""
    for text in window.findChildren(QLabel):
        _scale(text)


def _scale(text: QLabel) -> None:
    scale = SCALES.get(str(text.property("role")))
    if scale is not None:
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * scale)
        text.setFont(font)


def button(text: str, role: str = "", spoken: str = "") -> QPushButton:
    """A button; ``spoken`` is its name for a screen reader where the text alone would not do."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("role", role)
    made.setAccessibleName(spoken or text)
    made.setAutoDefault(True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def card(role: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A framed group and the layout to fill."""
    frame = QFrame()
    frame.setProperty("role", role)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
    layout.setSpacing(SPACE // 2)
    return frame, layout


def resize_within_screen(dialog: QWidget, wanted: QSize) -> None:
    """Make a dialog as large as wanted, or as nine tenths of the screen that it will open on."""
    parent = dialog.parentWidget()
    screen = parent.screen() if parent is not None else QGuiApplication.primaryScreen()
    dialog.resize(wanted.boundedTo(screen.availableGeometry().size() * MOST_OF_SCREEN))


def centre_on_pointer_screen(window: QWidget) -> None:
    """Put a window that is about to be shown into the middle of the screen in use, within nine tenths of it."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    window.resize(window.sizeHint().boundedTo(room.size() * MOST_OF_SCREEN))
    frame = window.frameGeometry()
    frame.moveCenter(room.center())
    window.move(frame.topLeft())


def lay_out_dialog(dialog: QDialog, page: QWidget, *buttons: QPushButton) -> None:
    """A page, and the buttons that answer it in a row below."""
    row = QHBoxLayout()
    row.setContentsMargins(SPACE * 4, SPACE, SPACE * 4, SPACE * 3)
    row.setSpacing(SPACE)
    row.addStretch(1)
    for each in buttons:
        row.addWidget(each)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(page, 1)
    column.addLayout(row)
