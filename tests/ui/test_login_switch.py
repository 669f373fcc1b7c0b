"""The switch *Open at login*, whichever way the desktop has."""

from __future__ import annotations

import errno
import queue
from typing import ClassVar

import pytest
from pytestqt.qtbot import QtBot

from calmtray.desktop.autostart import DesktopEntry
from calmtray.open_at_login import OpenAtLogin


class Way:
    """A desktop's way that somebody is asked about, who answers when the test says so."""

    ASKS_SOMEBODY: ClassVar[bool] = True

    def __init__(self) -> None:
        self.opens = False
        self.asked: list[bool] = []
        self.answers: queue.Queue[str] = queue.Queue()

    def is_on(self) -> bool:
        return self.opens

    def set(self, on: bool) -> None:
        self.asked.append(on)
        if refused := self.answers.get():
            raise OSError(errno.EACCES, refused)
        self.opens = on


@pytest.fixture
def switch(qapp, tmp_path):
    way = Way()
    login, told = OpenAtLogin(way, tmp_path / "login-fixed"), []
    login.settled.connect(lambda on, refused: told.append((on, refused)))
    yield way, login, told
    # Whoever still waits for an answer gets one.
    way.answers.put("")


def test_a_file_is_written_at_once(qapp, tmp_path):
    made, told = OpenAtLogin(DesktopEntry(tmp_path / "calmtray.desktop", ["calmtray"]), tmp_path / "login-fixed"), []
    made.settled.connect(lambda on, refused: told.append((on, refused)))
    made.wish(True)
    assert (made.on, told) == (True, [(True, "")])


def test_whoever_asks_somebody_waits_for_no_answer(qtbot: QtBot, switch):
    way, login, told = switch
    login.wish(True)
    assert login.on
    assert not way.is_on()
    with qtbot.waitSignal(login.settled):
        way.answers.put("")
    assert (login.on, told) == (True, [(True, "")])


def test_what_is_refused_goes_back(qtbot: QtBot, switch):
    way, login, told = switch
    login.wish(True)
    with qtbot.waitSignal(login.settled):
        way.answers.put("no")
    assert (login.on, told) == (False, [(False, "no")])


def test_the_last_wish_is_the_one_that_counts(qtbot: QtBot, switch):
    way, login, told = switch
    for on in (True, False, True, False):
        login.wish(on)
    assert not login.on
    way.answers.put("")
    with qtbot.waitSignal(login.settled):
        way.answers.put("")
    assert (way.asked, told) == ([True, False], [(False, "")])


def test_nobody_is_asked_for_what_is_so(switch):
    way, login, told = switch
    login.wish(False)
    assert (way.asked, told) == ([], [])


@pytest.mark.parametrize(("own", "fixed"), [(False, True), (True, False), (False, False), (True, True)])
def test_what_the_organisation_has_settled_goes_with_its_policy(qapp, tmp_path, own, fixed):
    entry = DesktopEntry(tmp_path / "calmtray.desktop", ["calmtray"])
    entry.set(own)

    def begun(wish: bool, is_fixed: bool) -> bool:
        login = OpenAtLogin(entry, tmp_path / "state" / "login-fixed")
        login.begin(wish, is_fixed)
        return login.on

    assert begun(own, False) is own
    assert begun(fixed, True) is fixed
    assert begun(fixed, True) is fixed
    assert begun(own, False) is own
    # From now on it is the desktop's own switch again that is believed.
    entry.set(not own)
    assert begun(own, False) is not own
