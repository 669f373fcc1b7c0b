"""What keeps calmtray quiet: a switch for each sense, and what it can tell on this machine now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from calmtray.presence.sense import Answer, Name
from calmtray.settings.model import SETTINGS
from calmtray.ui.parts import button, label
from calmtray.ui.setting_rows import SettingRows
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.presence_texts import answer_text

AGAIN_MS = 5_000
"""How often it is looked while the list is on the screen; never while it is not."""


class SensesList(QWidget):
    """Asks for a look; whoever hears that shows what was found (``show_answers``)."""

    look_asked = Signal()

    def __init__(self, rows: SettingRows) -> None:
        super().__init__()
        self._said: dict[Name, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        about = _("Under each, what this machine tells just now. It is asked when an offer is due, and while you look.")
        column.addWidget(label(about, "quiet"))
        settings = {setting.name: setting for setting in SETTINGS}
        for name in Name:
            column.addSpacing(SPACE)
            rows.add(column, settings[name.setting])
            said = self._said[name] = label(_("Looking…"), "quiet")
            column.addWidget(said)
        self._look = button(_("Look now"))
        self._look.setObjectName("look-now")
        self._look.clicked.connect(self.look_asked)
        column.addSpacing(SPACE)
        column.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeft)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.setTimerType(Qt.TimerType.CoarseTimer)
        self._again.timeout.connect(self._on_again_timeout)

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Say what each sense says."""
        for answer in answers:
            self._said[answer.name].setText(answer_text(answer))

    def showEvent(self, event: QShowEvent) -> None:
        """Look at once, so that there is something to read when somebody comes to it."""
        super().showEvent(event)
        self._again.start()
        self.look_asked.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever does not look wants nothing to be looked for."""
        super().hideEvent(event)
        self._again.stop()

    def _on_again_timeout(self) -> None:
        # Somebody may be reading further up.
        if not self.window().isMinimized() and not self.visibleRegion().isEmpty():
            self.look_asked.emit()
