"""Choices that wrap: one of them or many, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from calmtray.ui.chips import GAP, Chips

TEXTS = {"a": "One", "b": "A second one", "c": "Yet another of them", "d": "& the last"}


@pytest.fixture
def shown(qtbot: QtBot):
    """Chips in a window of this width."""

    def show(many: bool, width: int = 900) -> Chips:
        window = QWidget()
        layout = QVBoxLayout(window)
        chips = Chips("How?", TEXTS, many)
        layout.addWidget(chips)
        layout.addStretch(1)
        qtbot.addWidget(window)
        window.resize(width, 500)
        window.show()
        qtbot.waitExposed(window)
        # Kept alive by its chips.
        chips.held = window  # type: ignore[attr-defined]
        return chips

    return show


def chip(chips: Chips, number: int) -> QPushButton:
    return chips.findChildren(QPushButton)[number]


def rows(chips: Chips) -> list[int]:
    return sorted({each.y() for each in chips.findChildren(QPushButton)})


@pytest.mark.parametrize("many", [True, False])
def test_as_many_rows_as_it_takes_and_nothing_outside_nor_on_top_of_each_other(shown, many):
    counts = []
    for width in (900, 400, 260, 120):
        chips = shown(many, width)
        places = [each.geometry() for each in chips.findChildren(QPushButton)]
        assert all(chips.rect().contains(place) for place in places)
        assert not any(one.intersects(other) for n, one in enumerate(places) for other in places[:n])
        assert chips.height() == chips.heightForWidth(chips.width())
        counts.append(len(rows(chips)))
    assert counts[0] == 1
    assert counts == sorted(counts)
    assert counts[-1] > 2


def test_one_row_is_as_wide_as_its_hint(shown):
    chips = shown(many=True)
    united = QRect()
    for each in chips.findChildren(QPushButton):
        united = united.united(each.geometry())
    assert united.size() == chips.sizeHint()
    assert chips.minimumSizeHint().width() == max(each.width() for each in chips.findChildren(QPushButton))
    first, second = (chip(chips, number).geometry() for number in (0, 1))
    assert second.left() - first.right() - 1 == GAP


def test_many_may_be_chosen_and_none(qtbot: QtBot, shown):
    chips = shown(many=True)
    told: list[tuple[str, ...]] = []
    chips.changed.connect(lambda: told.append(chips.values))
    for number in (2, 0, 2, 0):
        qtbot.mouseClick(chip(chips, number), Qt.MouseButton.LeftButton)
    assert told == [("c",), ("a", "c"), ("a",), ()]


def test_of_one_choice_there_is_always_one(qtbot: QtBot, shown):
    chips = shown(many=False)
    chips.show_values(["a"])
    told: list[tuple[str, ...]] = []
    chips.changed.connect(lambda: told.append(chips.values))
    qtbot.mouseClick(chip(chips, 1), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(chip(chips, 1), Qt.MouseButton.LeftButton)
    assert set(told) == {("b",)}
    chips.show_values(["d"])
    assert chips.values == ("d",)


def test_what_is_shown_is_no_news(shown):
    chips = shown(many=True)
    told: list[None] = []
    chips.changed.connect(lambda: told.append(None))
    chips.show_values(["a", "d", "gone"])
    assert (chips.values, told) == (("a", "d"), [])


@pytest.mark.parametrize("many", [True, False])
def test_the_arrow_keys_go_from_chip_to_chip_and_space_chooses(qtbot: QtBot, shown, many):
    chips = shown(many)
    chips.show_values(["a"])
    with qtbot.waitActive(chips.window()):
        chips.window().activateWindow()
    chip(chips, 0).setFocus()
    qtbot.keyClick(chip(chips, 0), Qt.Key.Key_Right)
    assert chips.window().focusWidget() is chip(chips, 1)
    if many:
        qtbot.keyClick(chip(chips, 1), Qt.Key.Key_Space)
    assert "b" in chips.values


def test_a_screen_reader_hears_the_question_before_each(shown):
    names = [each.accessibleName() for each in shown(many=True).findChildren(QPushButton)]
    assert names == [f"How?: {text}" for text in TEXTS.values()]
    assert chip(shown(many=True), 3).text() == "&& the last"
