"""The rows of the agenda on the page about offers."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from calmtray.settings.model import MOST_CALENDARS, Settings
from calmtray.ui.pages.offers import OffersPage


@pytest.fixture
def page(qtbot: QtBot) -> OffersPage:
    made = OffersPage(Settings(agenda=("one.ics", "two")), date(2026, 3, 30), ["one.ics: not there"])
    qtbot.addWidget(made)
    made.show()
    return made


def press(page: QWidget, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


def said(page: QWidget) -> list[str]:
    # What is added to a window that is open is shown by an event.
    QApplication.processEvents()
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def test_they_list_what_there_is_and_what_is_wrong(page):
    assert {"one.ics", "two", "one.ics: not there"} <= set(said(page))
    page.show_agenda_problems([])
    assert "one.ics: not there" not in said(page)


def test_one_is_removed_and_the_others_stay(page, qtbot):
    with qtbot.waitSignal(page.setting_changed) as told:
        press(page, "agenda-remove-0")
    assert told.args == ["agenda", ("two",)]
    assert "one.ics" not in said(page)
    assert "two" in said(page)
    assert page.focusWidget().objectName() == "agenda-file"


@pytest.mark.parametrize("name", ["agenda-file", "agenda-folder"])
def test_one_is_added_once(page, qtbot, name):
    told: list[object] = []
    page.setting_changed.connect(lambda _name, value: told.append(value))
    for path in ("three", "two"):
        press(page, name)
        (dialog,) = (each for each in page.findChildren(QFileDialog) if each.isVisible())
        dialog.fileSelected.emit(path)
        dialog.reject()
    assert told == [("one.ics", "two", "three")]


def test_there_is_room_for_so_many_and_no_more(page):
    page.show_settings(Settings(agenda=tuple(f"{number}.ics" for number in range(MOST_CALENDARS))))
    buttons = [page.findChild(QPushButton, name) for name in ("agenda-file", "agenda-folder")]
    assert [each.isEnabled() for each in buttons] == [False, False]
    press(page, "agenda-remove-0")
    assert [each.isEnabled() for each in buttons] == [True, True]


def test_what_was_changed_elsewhere_is_shown(page):
    page.show_settings(Settings(agenda=("four.ics",)))
    assert "four.ics" in said(page)
    assert "one.ics" not in said(page)


def test_words_are_written_with_commas_between_them(page, qtbot):
    field = page.findChild(QLineEdit, "client_words")
    assert isinstance(field, QLineEdit)
    assert field.text().startswith("client, patient, ")
    with qtbot.waitSignal(page.setting_changed) as told:
        field.setText(" rdv ,, séance,rdv,")
        field.editingFinished.emit()
    assert told.args == ["client_words", ("rdv", "séance")]
    assert field.text() == "rdv, séance"
    with qtbot.assertNotEmitted(page.setting_changed):
        field.editingFinished.emit()


def test_words_that_somebody_is_writing_are_theirs_until_they_are_done(page):
    field = page.findChild(QLineEdit, "circle_words")
    assert isinstance(field, QLineEdit)
    field.setText("supervision, re")
    page.show_settings(Settings())
    assert field.text() == "supervision, re"
