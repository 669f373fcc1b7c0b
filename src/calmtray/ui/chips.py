"""Choices as small buttons that wrap like words: one of them, or as many as one likes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from calmtray.ui.flow import FlowLayout
from calmtray.ui.parts import button
from calmtray.ui.theme import SPACE

GAP = SPACE * 3 // 4


class Chips(QWidget):
    """``texts``: what each choice is called, by its value; ``many``: whether several may be chosen, or none.

    ``name`` is said before each choice by a screen reader, which hears nothing of the question above them. Tab reaches
    every chip of many, and the chosen one of a single choice; the arrow keys go from chip to chip.
    """

    changed = Signal()

    def __init__(self, name: str, texts: Mapping[str, str], many: bool) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(GAP, self)
        self._group = None if many else QButtonGroup(self)
        self._chips: dict[str, QPushButton] = {}
        for value, text in texts.items():
            chip = button(text, "chip", spoken=f"{name}: {text}")
            flow.addWidget(chip)
            chip.setCheckable(True)
            chip.clicked.connect(self.changed)
            if self._group is not None:
                self._group.addButton(chip)
            self._chips[value] = chip

    @property
    def values(self) -> tuple[str, ...]:
        """What is chosen now, in the order of the chips."""
        return tuple(value for value, chip in self._chips.items() if chip.isChecked())

    def show_values(self, values: Collection[str]) -> None:
        """Show these as chosen, and no others."""
        for value, chip in self._chips.items():
            chip.setChecked(value in values)

    def offer(self, value: str, offered: bool) -> None:
        """Have this choice there, or not for now."""
        self._chips[value].setVisible(offered)
