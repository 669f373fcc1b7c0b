"""One practice: what it is, how it goes, what is good to know, why it may help, and where that was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from calmtray.practice.model import Practice
from calmtray.practice.works import Work
from calmtray.ui.flow import FlowLayout
from calmtray.ui.pages.practice_list import favourite_key
from calmtray.ui.parts import button, card, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _, language
from calmtray.words.practice_texts import (
    facts,
    languages_text,
    shared_text,
    step_heading,
    summary_text,
    work_text,
)
from calmtray.words.texts import title_text, why_heading


class PracticeView(QWidget):
    """``works``: those that it cites; ``own``: whether it is the user's, to be changed and deleted; ``hidden``: whether
    it is left out of the list.
    """

    practice_chosen = Signal(str)
    favourite_toggled = Signal(str)
    practice_hidden = Signal(str)
    edit_asked = Signal(str)
    copy_asked = Signal(str)
    delete_asked = Signal(str)
    share_asked = Signal(object)
    left = Signal()

    def __init__(self, practice: Practice, works: Sequence[Work], own: bool, hidden: bool, shareable: bool) -> None:
        super().__init__()
        self._shareable = shareable
        self.practice = practice
        self._works = tuple(works)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE * 2)
        lang = practice.language(language())
        back = self._button("back", _("‹ All practices"), self.left.emit)
        back.setToolTip(_("Back to the list (Esc)"))
        back.setAccessibleName(_("Back to the list"))
        self._add_row(back)
        self._column.addWidget(label(title_text(practice), "title"))
        if summary_text(practice) != title_text(practice):
            self._column.addWidget(label(summary_text(practice)))
        if languages_text(practice):
            self._column.addWidget(label(languages_text(practice), "quiet"))
        self._favourite = self._button("favourite", "", lambda: self.favourite_toggled.emit(practice.id), "toggle")
        self._favourite.setCheckable(True)
        self._favourite.setToolTip(favourite_key())
        self.open_button = self._button("open", _("Open"), lambda: self.practice_chosen.emit(practice.id), "primary")
        self.open_button.setAccessibleName(_("Open: {title}").format(title=title_text(practice)))
        hide_text = _("Show in the list again") if hidden else _("Hide")
        hide = self._button("hide", hide_text, lambda: self.practice_hidden.emit(practice.id))
        self._add_row(self.open_button, self._favourite, hide)
        self._add_facts()
        self._add_steps(lang)
        if practice.caution:
            self._add_card(_("Good to know"), practice.caution[lang])
        self._add_card(why_heading(practice), practice.why.text[lang])
        if works:
            self._add_card(_("Sources"), *map(work_text, works))
        self._copied = label("", "quiet")
        self._add_row(*self._other_buttons(own))
        self._column.addWidget(self._copied)
        self._column.addStretch(1)
        self.show_favourite(False)

    def show_favourite(self, favourite: bool) -> None:
        """Say whether it is one."""
        self._favourite.setChecked(favourite)
        self._favourite.setText(_("★ Favourite") if favourite else _("☆ Favourite"))
        self._favourite.setAccessibleName(_("Favourite"))

    def _other_buttons(self, own: bool) -> list[QPushButton]:
        id_ = self.practice.id
        made = [
            self._button("copy-text", _("Copy the text"), self._on_copy_text_clicked),
            self._button("copy", _("Make a copy to change"), lambda: self.copy_asked.emit(id_)),
        ]
        if self._shareable:
            made.insert(1, self._button("share", _("Share as a file…"), lambda: self.share_asked.emit((id_,))))
        if own:
            made.append(self._button("edit", _("Edit"), lambda: self.edit_asked.emit(id_)))
            made.append(self._button("delete", _("Delete"), lambda: self.delete_asked.emit(id_)))
        return made

    def _button(self, name: str, text: str, clicked: Callable[[], object], role: str = "") -> QPushButton:
        made = button(text, role)
        made.setObjectName(name)
        made.clicked.connect(lambda _on: clicked())
        return made

    def _add_row(self, *buttons: QPushButton) -> None:
        row = QWidget()
        layout = FlowLayout(SPACE, row)
        for each in buttons:
            layout.addWidget(each)
        self._column.addWidget(row)

    def _add_facts(self) -> None:
        frame, layout = card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 3)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        for row, (name, fact) in enumerate(facts(self.practice)):
            named = label(name, "quiet")
            named.setWordWrap(False)
            grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(fact), row, 1)
        layout.addLayout(grid)
        self._column.addWidget(frame)

    def _add_steps(self, lang: str) -> None:
        frame, layout = card()
        layout.setSpacing(SPACE // 2)
        layout.addWidget(label(_("How it goes"), "heading"))
        for number, step in enumerate(self.practice.steps, 1):
            layout.addSpacing(SPACE // 2)
            layout.addWidget(label(step_heading(number, step, lang), "quiet"))
            if step.say.get(lang):
                layout.addWidget(label(step.say[lang]))
        self._column.addWidget(frame)

    def _add_card(self, heading: str, *texts: str) -> None:
        frame, layout = card()
        layout.setSpacing(SPACE)
        layout.addWidget(label(heading, "heading"))
        for text in texts:
            layout.addWidget(label(text))
        self._column.addWidget(frame)

    def _on_copy_text_clicked(self) -> None:
        QGuiApplication.clipboard().setText(shared_text(self.practice, self._works))
        self._copied.setText(_("The text is in the clipboard. It goes nowhere until you paste it."))
