"""A slider: whole grains, one hand at a time, and not a word too many."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSlider, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from calmtray.ui.slider import Slider

ADD, SUB = QSlider.SliderAction.SliderSingleStepAdd, QSlider.SliderAction.SliderSingleStepSub
PAGE_ADD, PAGE_SUB = QSlider.SliderAction.SliderPageStepAdd, QSlider.SliderAction.SliderPageStepSub
FIRST, LAST = QSlider.SliderAction.SliderToMinimum, QSlider.SliderAction.SliderToMaximum


class Told:
    """A slider from 0 to 100 by 5, what it told, and a pause that ends when the test says so."""

    def __init__(self, qtbot: QtBot, value: int) -> None:
        self.slider = Slider(0, 100, 5, value)
        qtbot.addWidget(self.slider)
        self.values: list[int] = []
        self.slider.chosen.connect(self.values.append)
        self.slider._pause.setInterval(3_600_000)

    def end_pause(self) -> None:
        self.slider._pause.stop()
        self.slider._pause.timeout.emit()


@pytest.mark.parametrize(
    ("value", "action", "wanted"),
    [
        (50, ADD, 55),
        (50, SUB, 45),
        (50, PAGE_ADD, 70),
        (50, PAGE_SUB, 30),
        (50, FIRST, 0),
        (50, LAST, 100),
        (100, ADD, 100),
        (0, SUB, 0),
        (95, PAGE_ADD, 100),
        # From between two grains to the next one, not past it.
        (37, ADD, 40),
        (37, SUB, 35),
        (37, PAGE_ADD, 55),
        (37, PAGE_SUB, 20),
        (98, ADD, 100),
        (3, SUB, 0),
    ],
)
def test_every_step_lands_on_a_grain(qtbot: QtBot, value, action, wanted) -> None:
    told = Told(qtbot, value)
    told.slider.triggerAction(action)
    assert told.slider.value() == wanted
    assert told.values == ([wanted] if wanted != value else [])


def test_a_value_between_two_grains_stays_until_somebody_moves_it(qtbot: QtBot) -> None:
    told = Told(qtbot, 37)
    assert told.slider.value() == 37
    told.slider.hide()
    told.end_pause()
    assert told.values == []


def test_a_hand_hears_the_first_value_at_once_then_one_for_a_pause_and_always_the_last(qtbot: QtBot) -> None:
    told = Told(qtbot, 50)
    told.slider.setSliderDown(True)
    for position in range(51, 73):
        told.slider.setSliderPosition(position)
    assert told.slider.value() == 70
    assert told.values == [55]
    told.end_pause()
    assert told.values == [55, 70]
    told.end_pause()
    assert told.values == [55, 70]
    for position in range(70, 89):
        told.slider.setSliderPosition(position)
    assert told.values == [55, 70, 75]
    told.slider.setSliderDown(False)
    assert told.values == [55, 70, 75, 90]


def test_the_knob_is_drawn_by_the_mouse_from_grain_to_grain(qtbot: QtBot) -> None:
    told = Told(qtbot, 50)
    told.slider.resize(300, 40)
    told.slider.show()
    middle = told.slider.rect().center()
    qtbot.mousePress(told.slider, Qt.MouseButton.LeftButton, pos=middle)
    seen = set()
    for x in range(0, 90, 3):
        qtbot.mouseMove(told.slider, middle + QPoint(x, 0))
        seen.add(told.slider.value())
    qtbot.mouseRelease(told.slider, Qt.MouseButton.LeftButton, pos=middle + QPoint(90, 0))
    assert len(seen) > 4
    assert all(value % 5 == 0 for value in seen)
    assert told.values == [55, told.slider.value()]


def test_a_held_key_is_told_no_more_often_than_a_hand(qtbot: QtBot) -> None:
    told = Told(qtbot, 50)
    for _ in range(8):
        qtbot.keyClick(told.slider, Qt.Key.Key_Right)
    assert (told.slider.value(), told.values) == (90, [55])
    told.end_pause()
    assert told.values == [55, 90]


def test_back_where_it_was_there_is_nothing_to_tell(qtbot: QtBot) -> None:
    told = Told(qtbot, 50)
    told.slider.triggerAction(ADD)
    told.slider.triggerAction(ADD)
    told.slider.triggerAction(SUB)
    told.end_pause()
    assert told.values == [55]


@pytest.mark.parametrize("leave", ["hide", "clearFocus"])
def test_whoever_leaves_in_the_middle_of_a_pause_has_chosen(qtbot: QtBot, leave) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told = Told(qtbot, 50)
    layout = QVBoxLayout(window)
    layout.addWidget(told.slider)
    layout.addWidget(QLineEdit())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    told.slider.setFocus()
    told.slider.triggerAction(ADD)
    told.slider.triggerAction(ADD)
    assert told.values == [55]
    getattr(told.slider, leave)()
    assert told.values == [55, 60]


def test_what_was_chosen_elsewhere_is_shown_and_not_told(qtbot: QtBot) -> None:
    told = Told(qtbot, 50)
    told.slider.show_value(20)
    told.end_pause()
    assert (told.slider.value(), told.values) == (20, [])


def test_what_is_being_chosen_here_is_not_taken_out_of_the_hand(qtbot: QtBot) -> None:
    told = Told(qtbot, 50)
    told.slider.setSliderDown(True)
    told.slider.setSliderPosition(60)
    told.slider.show_value(50)
    assert told.slider.value() == 60
    told.slider.setSliderPosition(80)
    told.slider.setSliderDown(False)
    assert told.values == [60, 80]
    # Nor what was chosen by a key and not told yet.
    told.slider.triggerAction(ADD)
    told.slider.show_value(80)
    assert told.slider.value() == 85


@pytest.mark.parametrize(("turns", "wanted"), [([120], 55), ([-120, -120], 40), ([40, 40, 40], 55), ([119], 50)])
def test_a_wheel_moves_a_slider_that_has_the_keyboard_by_a_grain_for_a_notch(qtbot: QtBot, turns, wanted) -> None:
    told = Told(qtbot, 50)
    with qtbot.waitActive(told.slider):
        told.slider.show()
        told.slider.activateWindow()
    told.slider.setFocus()
    assert all(wheel(told.slider, turned) for turned in turns)
    assert told.slider.value() == wanted


def test_a_wheel_over_a_slider_without_the_keyboard_scrolls_the_page(qtbot: QtBot) -> None:
    told = Told(qtbot, 50)
    assert not wheel(told.slider, 120)
    assert not told.slider.hasFocus()
    assert told.slider.value() == 50


def wheel(widget: QWidget, turned: int) -> bool:
    """Turn the wheel over a widget, in eighths of a degree; whether it took the turn for itself."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()
