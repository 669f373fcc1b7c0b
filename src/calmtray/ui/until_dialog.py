"""Until when? One time of the day."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from calmtray.ui.icons import app_icon
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _


class UntilDialog(QDialog):
    """Asks until when somebody is in session. ``chosen``: the hour and the minute."""

    chosen = Signal(int, int)

    def __init__(self, suggested: QTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("page")
        self.setWindowIcon(app_icon())
        self.setWindowTitle(_("In session"))
        said = label(_("In session until"))
        self._time = QTimeEdit(suggested)
        self._time.setDisplayFormat("HH:mm")
        self._time.setAccessibleName(said.text())
        self._time.setMinimumHeight(self._time.fontMetrics().height() * 2)
        ahead = QHBoxLayout()
        ahead.setSpacing(SPACE * 2)
        ahead.addWidget(said, 1)
        ahead.addWidget(self._time)
        leave, begin = button(_("Cancel")), button(_("Begin"), "primary")
        leave.clicked.connect(self.reject)
        begin.clicked.connect(self.accept)
        begin.setDefault(True)
        below = QHBoxLayout()
        below.addWidget(leave)
        below.addStretch(1)
        below.addWidget(begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        column.setSpacing(SPACE * 3)
        column.addLayout(ahead)
        column.addLayout(below)
        self.accepted.connect(self._on_self_accepted)

    def _on_self_accepted(self) -> None:
        self.chosen.emit(self._time.time().hour(), self._time.time().minute())
