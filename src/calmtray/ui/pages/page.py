"""What every page is: a title and a column that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from calmtray.settings.model import Settings
from calmtray.ui.parts import label
from calmtray.ui.theme import SPACE

WIDEST_LETTERS = 90
"""Longer lines are hard to read."""


class _Column(QWidget):
    """As high as its words need at its width: their least height, at their least width, is of no interest."""

    def minimumSizeHint(self) -> QSize:
        """None of its own."""
        return QSize(0, 0)


class Page(QScrollArea):
    """A page; subclasses fill ``column``, which lies in ``body``."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(title)
        body = self.body = _Column()
        body.setMaximumWidth(body.fontMetrics().averageCharWidth() * WIDEST_LETTERS)
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        self.column.setSpacing(SPACE * 2)
        self.title = label(title, "title")
        self.column.addWidget(self.title)
        self.setWidget(body)
        # A keyboard alone must be able to scroll.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_settings(self, settings: Settings) -> None:
        """Show these settings from now on, in place. What a page does not show does not change it."""

    def show_agenda_problems(self, problems: Sequence[str]) -> None:
        """Show what is wrong with the agenda, where the page has something to say of it."""

    def state(self) -> object:
        """Where somebody is on this page, for the same page made anew; None where there is nothing to keep."""
        return None

    def restore(self, state: object) -> None:
        """Be where somebody was."""

    @property
    def in_hand(self) -> bool:
        """Whether something is being written that would be lost if the page were made anew."""
        return False

    def go_back(self) -> bool:
        """Go a step back within the page; False where there is none."""
        return False
