"""Which practices go into one pack."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from calmtray.practice.model import Practice
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, label, lay_out_dialog, resize_within_screen
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.texts import title_text


class SharePage(QDialog):
    """A box to tick for each practice; none is ticked by itself. ``chosen`` comes with the ids. Esc leaves it."""

    chosen = Signal(object)

    def __init__(self, practices: Iterable[Practice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Share practices"))
        self.setObjectName("page")
        page = Page(_("Share practices"))
        page.column.addWidget(label(_("Those you choose go into one file, with your recordings of them.")))
        frame, layout = card()
        layout.setSpacing(SPACE)
        self.boxes: dict[str, QCheckBox] = {}
        for practice in sorted(practices, key=lambda practice: title_text(practice).casefold()):
            box = self.boxes[practice.id] = QCheckBox(title_text(practice).replace("&", "&&"))
            box.setProperty("role", "worded")
            box.setAccessibleName(title_text(practice))
            box.toggled.connect(self._on_box_toggled)
            layout.addWidget(box)
        page.column.addWidget(frame)
        page.column.addStretch(1)
        self.share = button(_("Share as a file…"), "primary")
        self.share.setEnabled(False)
        self.share.clicked.connect(self._on_share_clicked)
        self.leave = button(_("Not now"))
        self.leave.clicked.connect(self.reject)
        lay_out_dialog(self, page, self.leave, self.share)
        next(iter(self.boxes.values())).setFocus()
        line = self.fontMetrics().height()
        resize_within_screen(self, QSize(line * 28, line * 24))

    @property
    def _ids(self) -> tuple[str, ...]:
        return tuple(id_ for id_, box in self.boxes.items() if box.isChecked())

    def _on_box_toggled(self) -> None:
        self.share.setEnabled(bool(self._ids))
        # Enter shares from wherever the keyboard is, once there is something to share.
        self.share.setDefault(True)

    def _on_share_clicked(self) -> None:
        self.accept()
        self.chosen.emit(self._ids)
