"""Until when? One time of the day."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from calmtray.schedule.occurrences import LONGEST_SESSION
from calmtray.ui.icons import app_icon
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.ui.tray import USUAL_SESSION_MINUTES
from calmtray.words.language import _
from calmtray.words.offer_texts import too_far_text

DAY_S = 24 * 60 * 60


class UntilDialog(QDialog):
    """Asks until when somebody is in session. ``chosen``: the hour and the minute."""

    chosen = Signal(int, int)

    def __init__(self, now: QTime, parent: QWidget | None = None) -> None:
        """``now``: what the clock shows."""
        super().__init__(parent)
        self._now = now
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("page")
        self.setWindowIcon(app_icon())
        self.setWindowTitle(_("In session"))
        said = label(_("In session until"))
        self._time = QTimeEdit(now.addSecs(USUAL_SESSION_MINUTES * 60))
        self._time.setDisplayFormat("HH:mm")
        self._time.setAccessibleName(said.text())
        self._time.setMinimumHeight(self._time.fontMetrics().height() * 2)
        ahead = QHBoxLayout()
        ahead.setSpacing(SPACE * 2)
        ahead.addWidget(said, 1)
        ahead.addWidget(self._time)
        self._far = label(too_far_text(), "quiet")
        keep = self._far.sizePolicy()
        # The buttons stay where they are under the hand.
        keep.setRetainSizeWhenHidden(True)
        self._far.setSizePolicy(keep)
        leave, begin = button(_("Cancel")), button(_("Begin"), "primary")
        leave.clicked.connect(self.reject)
        begin.clicked.connect(self.accept)
        begin.setDefault(True)
        self._begin = begin
        below = QHBoxLayout()
        below.addWidget(leave)
        below.addStretch(1)
        below.addWidget(begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        column.setSpacing(SPACE * 3)
        column.addLayout(ahead)
        column.addWidget(self._far)
        column.addLayout(below)
        self.accepted.connect(self._on_self_accepted)
        self._time.timeChanged.connect(self._on_time_changed)
        self._on_time_changed(self._time.time())

    def _on_time_changed(self, time: QTime) -> None:
        far = self._now.secsTo(time) % DAY_S > LONGEST_SESSION.total_seconds()
        self._far.setVisible(far)
        self._begin.setEnabled(not far)

    def _on_self_accepted(self) -> None:
        self.chosen.emit(self._time.time().hour(), self._time.time().minute())
