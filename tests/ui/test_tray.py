"""The tray's menu: practices, the client session somebody is in, what is offered, and the way out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from calmtray.ui.icons import IconState, app_icon, sizes
from calmtray.ui.tray import Standing, Tray


def texts(tray: Tray) -> list[str]:
    return [action.text() or "-" for action in tray._menu.actions()]


def entry(tray: Tray, text: str) -> QAction:
    found = [action for action in tray._menu.actions() if action.text() == text]
    menus = [menu for action in tray._menu.actions() if isinstance(menu := action.menu(), QMenu)]
    found += [action for menu in menus for action in menu.actions() if action.text() == text]
    (only,) = found
    return only


@pytest.fixture
def tray(qtbot: QtBot) -> Tray:
    return Tray()


def filled(tray: Tray, **standing) -> Tray:
    tray.fill([("a", "A")], [("b", "B")], Standing(**standing))
    return tray


def test_the_menu_begins_with_a_way_out_and_ends_with_quit(tray):
    assert texts(filled(tray)) == [
        "A", "-", "B", "-", "In session for 50 min", "In session for…", "-",
        "Now", "Practices", "Journal", "Settings", "-",
        "Discreet (no sound)", "-", "Quit",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "minutes"), [("In session for 50 min", 50), ("25 min", 25), ("80 min", 80)])
def test_one_click_says_that_a_client_is_there(qtbot: QtBot, tray, text, minutes):
    with qtbot.waitSignal(filled(tray).session_begun) as begun:
        entry(tray, text).trigger()
    assert begun.args == [minutes]


def test_until_a_time(qtbot: QtBot, tray):
    with qtbot.waitSignal(filled(tray).session_until_asked):
        entry(tray, "Until a time…").trigger()


def test_in_session_the_menu_says_so_and_so_does_the_icon(qtbot: QtBot, tray):
    filled(tray, in_session="In session until 14:50")
    assert "In session until 14:50" in texts(tray)
    assert tray._icon.toolTip() == "calmtray: In session until 14:50"
    with qtbot.waitSignal(tray.session_ended):
        entry(tray, "End it now").trigger()
    with qtbot.waitSignal(tray.session_extended):
        entry(tray, "Ten more minutes").trigger()
    filled(tray)
    assert tray._icon.toolTip() == "calmtray"


def test_what_waits_is_shown_on_the_icon_and_a_click_shows_it(qtbot: QtBot, tray):
    filled(tray, waiting=True)
    assert tray._icon.toolTip() == "calmtray: something is offered"
    with qtbot.waitSignal(tray.offer_asked):
        entry(tray, "Show the offer").trigger()
    with qtbot.waitSignal(tray.offer_asked), qtbot.assertNotEmitted(tray.now_asked):
        tray._icon.activated.emit(tray._icon.ActivationReason.Trigger)
    with qtbot.waitSignal(filled(tray).now_asked):
        tray._icon.activated.emit(tray._icon.ActivationReason.Trigger)


@pytest.mark.parametrize("away", [False, True])
def test_offers_can_be_sent_away_for_today_and_called_back(qtbot: QtBot, tray, away):
    tick = entry(filled(tray, not_today=away), "No offers today")
    assert tick.isChecked() is away
    with qtbot.waitSignal(tray.not_today_toggled) as toggled:
        tick.trigger()
    assert toggled.args == [not away]


def test_the_icon_has_a_picture_of_every_size_in_every_state(qapp):
    for state in IconState:
        icon = app_icon(state)
        assert {size.width() for size in icon.availableSizes()} == set(sizes(state))
        assert not icon.pixmap(16).isNull()


def test_a_menu_filled_anew_leaves_nothing_of_the_one_before(tray, qapp):
    for _ in range(3):
        filled(tray)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(tray._menu.findChildren(QMenu)) == 1
