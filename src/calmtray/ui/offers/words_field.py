"""Several words in a line, with commas between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

LONGEST, MOST = 2_000, 100


class WordsField(QLineEdit):
    """``changed``: the words are others, as somebody left the line or pressed Enter."""

    changed = Signal(object)

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.setMaxLength(LONGEST)
        self._words: tuple[str, ...] = ()
        self.show_words(words)
        self.editingFinished.connect(self._on_editing_finished)

    def show_words(self, words: Sequence[str]) -> None:
        """These are the words now. What somebody is writing is theirs until they are done."""
        if tuple(words) != self._words:
            self._words = tuple(words)
            self.setText(", ".join(words))
            self.setCursorPosition(0)

    def _on_editing_finished(self) -> None:
        words = tuple(dict.fromkeys(filter(None, map(str.strip, self.text().split(",")))))[:MOST]
        if words != self._words:
            self.show_words(words)
            self.changed.emit(words)
