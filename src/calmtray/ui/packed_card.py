"""One practice of a pack, to be looked at: what it asks for, every word it says, and what becomes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from calmtray.practice.model import Practice
from calmtray.practice.packs import CHOICES, Packed, Standing
from calmtray.ui.chips import Chips
from calmtray.ui.parts import button, card, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.pack_texts import choice_text, facts_text, standing_text
from calmtray.words.packed_texts import asks_text, good_to_know_text, rules_texts, steps_texts
from calmtray.words.practice_texts import summary_text
from calmtray.words.texts import title_text


class Steps(QWidget):
    """A practice's steps with their words, folded until somebody wants to read them."""

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._said: QWidget | None = None
        self.fold = button("", "plain")
        self.fold.setCheckable(True)
        # Enter unfolds only what the keyboard is at.
        self.fold.setAutoDefault(False)
        self.fold.toggled.connect(self._on_fold_toggled)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._name()

    def _name(self) -> None:
        text = _("Hide the steps") if self.fold.isChecked() else _("Show the steps")
        self.fold.setText(text)
        self.fold.setAccessibleName(_("{title}: {button}").format(title=title_text(self._practice), button=text))

    def _on_fold_toggled(self, on: bool) -> None:
        if self._said is None:
            # Not before: a pack may have a hundred practices.
            self._said = _told(self._practice)
            self._column.addWidget(self._said)
        self._said.setVisible(on)
        self._name()


def _told(practice: Practice) -> QWidget:
    said = QWidget()
    column = QVBoxLayout(said)
    column.setContentsMargins(SPACE, 0, 0, 0)
    column.setSpacing(SPACE // 2)
    for heading, words in steps_texts(practice):
        column.addWidget(label(heading, "quiet"))
        if words:
            column.addWidget(label(words))
        column.addSpacing(SPACE // 2)
    return said


class PackedCard(QFrame):
    """``choice``: what becomes of it, where its id is taken; else None."""

    def __init__(self, packed: Packed) -> None:
        super().__init__()
        practice = packed.practice
        self.choice: Chips | None = None
        frame, layout = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        layout.addWidget(label(title_text(practice), "heading"))
        layout.addWidget(label(summary_text(practice)))
        layout.addWidget(label(facts_text(packed), "quiet"))
        layout.addWidget(label(asks_text(practice), "quiet"))
        if good_to_know_text(practice):
            layout.addSpacing(SPACE // 2)
            layout.addWidget(label(_("Good to know"), "quiet"))
            layout.addWidget(label(good_to_know_text(practice)))
        for sentence, lines in rules_texts(practice):
            layout.addSpacing(SPACE // 2)
            layout.addWidget(label(sentence, "quiet"))
            for line in lines:
                layout.addWidget(label(line))
        layout.addWidget(Steps(practice))
        if packed.standing is not Standing.NEW:
            layout.addSpacing(SPACE // 2)
            layout.addWidget(label(standing_text(packed.standing, practice.id)))
        possible = CHOICES[packed.standing]
        if possible:
            chips = self.choice = Chips(
                title_text(practice), {choice: choice_text(choice) for choice in possible}, many=False
            )
            chips.show_values(possible[:1])
            chips.setObjectName(practice.id)
            layout.addSpacing(SPACE // 2)
            layout.addWidget(chips)
