"""The two questions that the editor asks: what becomes of unsaved words, and why some advice does not hold here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from calmtray.practice.model import Overrule, Rule
from calmtray.practice.problem import Problem
from calmtray.ui.editor.fields import Named, TextField
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, label, resize_within_screen
from calmtray.ui.theme import SPACE
from calmtray.words.editor_texts import finding_text
from calmtray.words.language import _

LEAST_REASON, MOST_REASON = 8, 300


class Leaving(QDialog):
    """Unsaved changes: save them, let them go, or go on. Esc goes on."""

    save_asked = Signal()
    discard_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Unsaved changes"))
        self.setObjectName("page")
        self.save = button(_("Save"), "primary")
        self.discard = button(_("Discard"))
        self.stay = button(_("Keep editing"))
        self.save.clicked.connect(lambda: self._answer(self.save_asked))
        self.discard.clicked.connect(lambda: self._answer(self.discard_asked))
        self.stay.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addStretch(1)
        for each in (self.stay, self.discard, self.save):
            row.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        column.setSpacing(SPACE * 2)
        column.addWidget(label(_("What you changed is not saved yet.")))
        column.addLayout(row)

    def _answer(self, answer: SignalInstance) -> None:
        self.accept()
        answer.emit()


class Advice(QDialog):
    """What might be written otherwise, with room for the reason why it is right as it is."""

    overruled = Signal(tuple)

    def __init__(self, findings: Sequence[Problem], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Before it is saved"))
        self.setObjectName("page")
        page = Page(_("Before it is saved"))
        page.column.addWidget(
            label(
                _(
                    "This is advice, no more. You might go back and write it otherwise, or save it as it is and say in"
                    " a few words why it is right here; the reason is kept in the file."
                )
            )
        )
        self._places = _places(findings)
        self.reasons: dict[Rule, TextField] = {}
        self._named: dict[Rule, Named] = {}
        for rule in self._places:
            frame, layout = card()
            layout.setSpacing(SPACE)
            for finding in findings:
                if finding.code == rule:
                    layout.addWidget(label(finding_text(finding)))
            self.reasons[rule] = TextField(1)
            named = self._named[rule] = Named(_("Why it is right here"), self.reasons[rule])
            layout.addWidget(named)
            page.column.addWidget(frame)
        page.column.addStretch(1)
        self.back = button(_("Go back"), "primary")
        self.back.clicked.connect(self.reject)
        self.anyway = button(_("Save anyway"))
        self.anyway.clicked.connect(self._on_anyway_clicked)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE * 2)
        row.setSpacing(SPACE)
        row.addStretch(1)
        row.addWidget(self.anyway)
        row.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page, 1)
        column.addLayout(row)
        line = self.fontMetrics().height()
        resize_within_screen(self, QSize(line * 34, line * 28))

    def _on_anyway_clicked(self) -> None:
        wanting = []
        for rule, field in self.reasons.items():
            letters = len(" ".join(field.toPlainText().split()))
            sentence = ""
            if letters < LEAST_REASON:
                sentence = _("A few words of why are wanted here: {number} letters at least.").format(
                    number=LEAST_REASON
                )
            elif letters > MOST_REASON:
                sentence = _("A shorter reason is wanted here: {number} letters at most.").format(number=MOST_REASON)
            self._named[rule].show_mistake(sentence)
            if sentence:
                wanting.append(field)
        if wanting:
            wanting[0].setFocus()
            return
        self.accept()
        self.overruled.emit(
            tuple(
                Overrule(rule, field.toPlainText().strip(), where)
                for rule, field in self.reasons.items()
                for where in self._places[rule]
            )
        )


def _places(findings: Sequence[Problem]) -> dict[Rule, dict[str, None]]:
    """Where each rule is gone against: the steps, whatever the language; of the other texts, which one.

    A reason that was given for these places is none for a mistake that somebody makes later in another.
    """
    places: dict[Rule, dict[str, None]] = {}
    for finding in findings:
        step = re.match(r"steps\[\d+\]", finding.where)
        places.setdefault(Rule(finding.code), {})[step[0] if step else finding.where] = None
    return places
