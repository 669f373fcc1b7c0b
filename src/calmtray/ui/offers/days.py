"""The days of the week to choose from."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from calmtray.schedule.rules import EVERY_DAY
from calmtray.ui.chips import Chips
from calmtray.words.language import _
from calmtray.words.planning_texts import WEEKDAYS, day_name, short_day_name


def day_chips(days: frozenset[int] = EVERY_DAY) -> Chips:
    """A chip for each day; these are chosen."""
    chips = Chips(_("Days"), {str(day): short_day_name(day) for day in WEEKDAYS}, many=True)
    for day, chip in zip(WEEKDAYS, chips.findChildren(QPushButton), strict=True):
        chip.setAccessibleName(day_name(day))
    chips.show_values([str(day) for day in days])
    return chips


def chosen_days(chips: Chips) -> frozenset[int]:
    """Those that are chosen."""
    return frozenset(map(int, chips.values))
