"""The user's own pace in a line: what it is, look for it, forget it, and take that back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from calmtray.session.comfort import NO_PACE
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.pace_texts import my_pace_text


class PaceRow(QWidget):
    """``searchable``: whether it leads to where a pace is looked for, as it need not where one is there already."""

    search_asked = Signal()
    pace_changed = Signal(str)

    def __init__(self, my_pace: str, searchable: bool) -> None:
        super().__init__()
        self._pace = my_pace
        self._forgotten = NO_PACE
        self._line = label("")
        self._search = button("")
        self._search.setObjectName("find_my_pace")
        self._search.clicked.connect(self.search_asked)
        self._forget = button(_("Forget it"), spoken=_("Forget my pace"))
        self._forget.clicked.connect(self._on_forget_clicked)
        self._undo = button(_("Undo"), spoken=_("Undo: keep my pace"))
        self._undo.clicked.connect(self._on_undo_clicked)
        self._searchable = searchable
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for made in (self._search, self._forget, self._undo):
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        layout.addWidget(self._line)
        layout.addLayout(row)
        self.show_pace(my_pace)

    def show_pace(self, pace: str) -> None:
        """Show this one, whoever chose it."""
        self._pace = pace
        kept = pace != NO_PACE
        # Hidden under the hand, a button gives the keyboard to whatever comes next: here to the one beside it.
        held = self._forget.hasFocus(), self._undo.hasFocus()
        self._line.setText(my_pace_text(pace))
        self._search.setText(_("Find it again") if kept else _("Find my pace"))
        self._search.setAccessibleName(_("Find my pace again") if kept else _("Find my pace"))
        self._search.setVisible(self._searchable)
        undoable = not kept and self._forgotten != NO_PACE
        self._undo.setVisible(undoable)
        self._forget.setVisible(kept)
        if held[0] and undoable:
            self._undo.setFocus()
        elif held[1] and kept:
            self._forget.setFocus()

    def _on_forget_clicked(self) -> None:
        self._forgotten = self._pace
        self._change(NO_PACE)

    def _on_undo_clicked(self) -> None:
        self._change(self._forgotten)

    def _change(self, pace: str) -> None:
        self.show_pace(pace)
        self.pace_changed.emit(pace)
