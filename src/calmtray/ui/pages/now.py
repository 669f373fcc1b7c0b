"""Now: two or three practices, each with its reason, one click from beginning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from calmtray.practice.suggest import Suggestion
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _, language
from calmtray.words.texts import length_text, reason_text, title_text


class NowPage(Page):
    """Offers, and says what somebody should know (``notices``), quietly, above them."""

    practice_chosen = Signal(str)
    others_asked = Signal()

    def __init__(self, suggestions: Sequence[Suggestion], notices: Sequence[str]) -> None:
        super().__init__(_("A minute for you?"))
        for notice in notices:
            frame, layout = card("notice")
            layout.addWidget(label(notice))
            self.column.addWidget(frame)
        self.column.addWidget(label(_("One of these, or none of them. Stopping whenever you like is fine."), "quiet"))
        for suggestion in suggestions:
            self._add(suggestion)
        others = button(_("Show others"))
        others.clicked.connect(self.others_asked)
        row = QHBoxLayout()
        row.addWidget(others)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _add(self, suggestion: Suggestion) -> None:
        practice = suggestion.practice
        frame, layout = card()
        title = title_text(practice)
        facts = f"{length_text(practice.length_ms)} · {reason_text(suggestion.reason)}"
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(label(title, "heading"))
        words.addWidget(label(practice.summary[practice.language(language())]))
        words.addWidget(label(facts, "quiet"))
        open_ = button(_("Open"), "primary", spoken=_("Open: {title}").format(title=title))
        open_.clicked.connect(partial(self._on_open_clicked, practice.id))
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.addLayout(words, 1)
        row.addWidget(open_)
        layout.addLayout(row)
        self.column.addWidget(frame)

    def _on_open_clicked(self, id_: str) -> None:
        self.practice_chosen.emit(id_)
