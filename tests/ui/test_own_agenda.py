"""The agenda as the app has it: asked of a child, kept until files or settings change, never waited for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from calmtray import own_agenda
from calmtray.calendars.asking import Question
from calmtray.own_agenda import LOOK_AGAIN, OwnAgenda
from calmtray.schedule.agenda import Agenda
from calmtray.settings.model import Settings
from tests.calendars.asked import calendar, codes, entry, lines

MONDAY = datetime(2026, 3, 30, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
AT_TEN = ("DTSTART;TZID=Europe/Paris:20260330T100000", "DURATION:PT50M")
LATER = ("DTSTART;TZID=Europe/Paris:20260331T100000", "DURATION:PT50M")
TEN = ["10:00-10:50 client"]


class CountedAgenda(OwnAgenda):
    """One that tells how often a child was asked."""

    asks = 0

    def _ask(self, asked: Question) -> None:
        self.asks += 1
        super()._ask(asked)


class Desk:
    """Somebody's settings, a calendar of theirs, and the agenda that follows both."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.file = folder / "some.ics"
        self.file.write_text(calendar(entry(*AT_TEN)))
        self.settings = Settings(offers="on", agenda=(str(self.file),))
        self.agenda = CountedAgenda(lambda: self.settings)
        self._qtbot = qtbot

    def asked(self, now: datetime = MONDAY) -> Agenda:
        """What is known once the child has answered; fails where none was asked."""
        assert not self.at_rest(now)
        self.answered()
        return self.agenda.around(now)

    def answered(self) -> None:
        """Wait for the child that is asked."""
        self._qtbot.waitUntil(lambda: self.agenda._child is None, timeout=30_000)

    def at_rest(self, now: datetime) -> bool:
        """Whether nobody is asked then, once the files were looked at."""
        asks = self.agenda.asks
        self.agenda.around(now)
        self._qtbot.waitUntil(lambda: self.agenda._look is None, timeout=30_000)
        return self.agenda.asks == asks

    def asking(self) -> QProcess:
        """Ask, and give the child that answers."""
        assert not self.at_rest(MONDAY)
        child = self.agenda._child
        assert child is not None
        return child

    def choose(self, name: str, value: object) -> None:
        self.settings = self.settings.with_(name, value)  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.agenda.close()


def test_it_is_unread_until_a_child_has_answered_and_then_known(desk):
    assert desk.agenda.around(MONDAY) == Agenda(read=False)
    found = desk.asked()
    assert (lines(found), codes(found), found.read) == (TEN, [], True)


def test_while_nothing_changes_nobody_is_asked_again(desk):
    desk.asked()
    assert [desk.at_rest(MONDAY + timedelta(minutes=minutes)) for minutes in range(0, 600, 7)] == [True] * 86


def test_a_file_that_changes_is_read_again_and_what_was_known_stays_until_then(desk):
    desk.asked()
    desk.file.write_text(calendar(entry(*AT_TEN), entry(*LATER, uid="2")))
    assert desk.at_rest(MONDAY + LOOK_AGAIN / 2)
    assert lines(desk.agenda.around(MONDAY + LOOK_AGAIN)) == TEN
    assert len(desk.asked(MONDAY + LOOK_AGAIN).events) == 2


@pytest.mark.parametrize("whole", [True, False])
def test_a_file_that_is_away_for_a_moment_takes_no_session_along(desk, whole):
    before = desk.file.read_text()
    desk.asked()
    if whole:
        desk.file.unlink()
    else:
        # Another program is just writing it.
        desk.file.write_text(before[: before.index("SUMMARY")])
    found = desk.asked(MONDAY + LOOK_AGAIN)
    assert (lines(found), codes(found)) == (TEN, ["agenda-missing" if whole else "agenda-cut-short"])
    desk.file.write_text(calendar(entry(*LATER)))
    found = desk.asked(MONDAY + LOOK_AGAIN * 2)
    assert ([event.start.day for event in found.events], codes(found)) == ([31], [])


def test_what_is_no_longer_ones_agenda_is_forgotten(desk, tmp_path):
    desk.asked()
    desk.choose("agenda", (str(tmp_path / "another.ics"),))
    assert desk.asked().events == []


def test_a_file_that_changes_while_it_is_read_is_read_once_more(desk):
    desk.asking()
    desk.file.write_text(calendar(entry(*AT_TEN), entry(*LATER, uid="2")))
    desk.answered()
    assert len(desk.asked(MONDAY + LOOK_AGAIN).events) == 2


def test_a_folder_is_followed_too(desk, tmp_path):
    desk.choose("agenda", (str(tmp_path),))
    desk.asked()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "other.ics").write_text(calendar(entry(*LATER)))
    assert len(desk.asked(MONDAY + LOOK_AGAIN).events) == 2


def test_a_link_to_nothing_in_a_folder_keeps_nobody_from_the_others(desk, tmp_path):
    (tmp_path / "a.ics").symlink_to(tmp_path / "nowhere")
    desk.choose("agenda", (str(tmp_path),))
    desk.asked()
    desk.file.write_text(calendar(entry(*AT_TEN), entry(*LATER, uid="2")))
    assert len(desk.asked(MONDAY + LOOK_AGAIN).events) == 2


def test_another_day_and_other_words_are_asked_for_at_once(desk):
    desk.asked()
    desk.choose("client_words", ("séance",))
    assert lines(desk.asked()) == ["10:00-10:50 busy"]
    desk.choose("agenda_all_busy", True)
    assert lines(desk.asked()) == TEN
    assert desk.asked(MONDAY + timedelta(days=20)).events == []


def test_without_a_calendar_nothing_is_asked_and_nothing_kept(desk, monkeypatch):
    desk.asked()
    desk.choose("agenda", ())
    monkeypatch.setattr(own_agenda, "fingerprint", lambda _paths: pytest.fail("a file was looked at"))
    assert desk.agenda.around(MONDAY) == Agenda()
    assert desk.at_rest(MONDAY + timedelta(days=3))


def test_with_offers_off_an_agenda_still_says_what_comes_next(desk):
    desk.choose("offers", "off")
    assert lines(desk.asked()) == TEN


def test_a_disk_that_hangs_makes_nobody_wait_and_is_read_once_it_answers(desk, monkeypatch, qtbot):
    answers = Event()
    monkeypatch.setattr(own_agenda, "fingerprint", lambda _paths: 1 if answers.wait(30) else 0)
    desk.agenda.around(MONDAY)
    assert desk.agenda.around(MONDAY + LOOK_AGAIN) == Agenda(read=False)
    with qtbot.waitSignal(desk.agenda.changed, timeout=30_000):
        desk.agenda._patience.timeout.emit()
    assert (codes(desk.agenda.known), desk.agenda.known.read) == (["agenda-too-long"], True)
    answers.set()
    assert lines(desk.asked(MONDAY + LOOK_AGAIN)) == TEN


@pytest.mark.parametrize(
    ("program", "arguments", "code"),
    [
        ("no-such-program", [], "agenda-gave-up"),
        (sys.executable, ["-c", "raise SystemExit(1)"], "agenda-gave-up"),
        (sys.executable, ["-c", "import os; os.abort()"], "agenda-gave-up"),
    ],
)
def test_a_child_that_can_not_answer_is_a_problem(desk, monkeypatch, program, arguments, code):
    monkeypatch.setattr(own_agenda, "command", lambda: (program, arguments))
    found = desk.asked()
    assert (found.events, codes(found), found.read) == ([], [code], True)
    assert desk.at_rest(MONDAY + timedelta(hours=1))


ENDLESS = 'import sys; sys.stdin.read(); print(\'{"file": "a.ics"}\', flush=True)\nwhile True: pass'


def test_a_child_that_never_ends_is_stopped(desk, monkeypatch, qtbot):
    monkeypatch.setattr(own_agenda, "command", lambda: (sys.executable, ["-c", ENDLESS]))
    child = desk.asking()
    qtbot.waitUntil(lambda: child.bytesAvailable() > 0, timeout=30_000)
    # Its time is over.
    with qtbot.waitSignal(desk.agenda.changed, timeout=30_000):
        desk.agenda._patience.timeout.emit()
    assert [(each.code, each.file) for each in desk.agenda.known.problems] == [("agenda-too-long", "a.ics")]


def test_whoever_quits_leaves_no_child_behind(desk, monkeypatch, qtbot):
    monkeypatch.setattr(own_agenda, "command", lambda: (sys.executable, ["-c", ENDLESS]))
    child = desk.asking()
    qtbot.waitUntil(lambda: child.bytesAvailable() > 0, timeout=30_000)
    number = child.processId()
    desk.agenda.close()
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
