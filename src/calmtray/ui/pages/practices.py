"""Practices: all of them by category, and what could not be read."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from calmtray.practice.library import Library, Origin
from calmtray.practice.model import Category, Practice
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _, plural
from calmtray.words.texts import category_name, length_text, problem_text, title_text


class PracticesPage(Page):
    """Lists what can be opened. Practices with breath holds wait until somebody switches holds on."""

    practice_chosen = Signal(str)

    def __init__(self, library: Library, holds: bool) -> None:
        super().__init__(_("Practices"))
        shown = [practice for practice in library if holds or not practice.has_hold]
        for category in Category:
            practices = [practice for practice in shown if practice.category is category]
            if practices:
                self.column.addSpacing(SPACE)
                self.column.addWidget(label(category_name(category), "heading"))
                frame, layout = card()
                layout.setSpacing(SPACE)
                for practice in practices:
                    layout.addLayout(self._row(practice, library.origins[practice.id] is Origin.OWN))
                self.column.addWidget(frame)
        hidden = len(library) - len(shown)
        if hidden:
            text = plural(
                "{number} practice with breath holds is not shown. Settings can show it.",
                "{number} practices with breath holds are not shown. Settings can show them.",
                hidden,
            )
            self.column.addWidget(label(text.format(number=hidden), "quiet"))
        if library.problems:
            self.column.addWidget(label(_("Files that can’t be read"), "heading"))
            for problem in library.problems:
                self.column.addWidget(label(problem_text(problem), "quiet"))
        self.column.addStretch(1)

    def _row(self, practice: Practice, own: bool) -> QHBoxLayout:
        title = title_text(practice)
        length = length_text(practice.length_ms)
        row = QHBoxLayout()
        row.addWidget(label(title), 1)
        facts = label(_("yours · {length}").format(length=length) if own else length, "quiet")
        facts.setWordWrap(False)
        row.addWidget(facts)
        open_ = button(_("Open"), spoken=_("Open: {title}").format(title=title))
        open_.clicked.connect(partial(self._on_open_clicked, practice.id))
        row.addWidget(open_)
        return row

    def _on_open_clicked(self, id_: str) -> None:
        self.practice_chosen.emit(id_)
