"""What is in a pack, before anything of it is taken."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QWidget

from calmtray.practice.packs import Choice, Pack, Standing
from calmtray.ui.chips import Chips
from calmtray.ui.packed_card import PackedCard
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, label, lay_out_dialog, resize_within_screen
from calmtray.words.language import _
from calmtray.words.pack_texts import contents_text


class PackPage(QDialog):
    """Shows the practices, asks what becomes of those whose id is taken, and adds nothing by itself. Esc leaves it."""

    add_asked = Signal(object)

    def __init__(self, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Practices from a file"))
        self.setObjectName("page")
        self._choices: dict[str, Chips] = {}
        page = Page(_("Practices from a file"))
        page.column.addWidget(label(f"{pack.path.name} · {contents_text(pack)}", "quiet"))
        page.column.addWidget(label(_("Nothing is added until you say so.")))
        for packed in pack.practices:
            made = PackedCard(packed)
            if made.choice is not None:
                self._choices[packed.practice.id] = made.choice
            page.column.addWidget(made)
        page.column.addStretch(1)
        wanted = any(packed.standing is not Standing.SAME for packed in pack.practices)
        self.add = button(_("Add"), "primary")
        self.add.clicked.connect(self._on_add_clicked)
        self.leave = button(_("Not now") if wanted else _("Close"))
        self.leave.clicked.connect(self.reject)
        lay_out_dialog(self, page, self.leave, self.add)
        self.add.setVisible(wanted)
        # Enter takes the pack in only from somebody who went to the button.
        self.leave.setDefault(True)
        self.leave.setFocus()
        line = self.fontMetrics().height()
        resize_within_screen(self, QSize(line * 36, line * 32))

    def _on_add_clicked(self) -> None:
        choices = {id_: Choice(chips.values[0]) for id_, chips in self._choices.items()}
        self.accept()
        self.add_asked.emit(choices)
