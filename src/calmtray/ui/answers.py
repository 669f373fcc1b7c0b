"""The answers to one question, large and side by side, of which one is given, or none."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from calmtray.ui.parts import button
from calmtray.ui.theme import SPACE


class Answers(QWidget):
    """``texts``: what each answer is called, by its value. Each one is reached by Tab and given by Space or a click.

    ``question`` is said before each of them by a screen reader. Unlike the choices of a button group, an answer can be
    taken back: pressed again it is open.
    """

    def __init__(self, question: str, texts: Mapping[int, str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        self._buttons: dict[int, QPushButton] = {}
        for answer, text in texts.items():
            made = button(text, "answer", spoken=f"{question} {text}")
            made.setCheckable(True)
            made.toggled.connect(lambda on, answer=answer: self._on_button_toggled(answer, on))
            row.addWidget(made, 1)
            self._buttons[answer] = made

    @property
    def value(self) -> int | None:
        """The answer, or None as long as there is none."""
        return next((answer for answer, made in self._buttons.items() if made.isChecked()), None)

    def clear(self) -> None:
        """Ask anew."""
        for made in self._buttons.values():
            made.setChecked(False)

    def _on_button_toggled(self, answer: int, on: bool) -> None:
        if on:
            for other, made in self._buttons.items():
                made.setChecked(other == answer)
