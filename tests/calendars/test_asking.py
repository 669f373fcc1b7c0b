"""A question sent, and an answer heard, whole or broken off anywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from calmtray.calendars.asking import agenda, done_line, found_line, opened_line, read_question
from calmtray.calendars.kinds import Marks
from calmtray.practice.problem import Problem
from calmtray.schedule.agenda import Agenda, Event, EventKind
from tests.calendars.asked import question

TEN = datetime(2026, 3, 30, 10, tzinfo=UTC)
CLIENT = Event(TEN, TEN + timedelta(minutes=50), EventKind.CLIENT_SESSION)
CIRCLE = Event(TEN - timedelta(hours=1), TEN, EventKind.CIRCLE)
FULL = Problem("agenda-too-full", file="a.ics", details={"most": 10})
ANSWER = "\n".join(
    (
        opened_line("a.ics"),
        found_line([CLIENT], [FULL]),
        opened_line("b.ics"),
        found_line([CIRCLE, CLIENT], []),
        done_line(),
    )
).encode()


def test_a_question_arrives_as_it_was_sent():
    asked = question("a.ics", "séances\udcff.ics", marks=Marks(("é",), (), all_busy=True))
    assert read_question(asked.written()) == asked


def test_an_answer_has_each_appointment_once_in_order():
    assert agenda(ANSWER, "agenda-gave-up") == Agenda([CIRCLE, CLIENT], [FULL])


@pytest.mark.parametrize("length", range(0, len(ANSWER) - len(done_line()) + 1, 7))
def test_an_answer_that_breaks_off_blames_the_file_that_was_open(length):
    heard = agenda(ANSWER[:length], "agenda-too-long")
    last = heard.problems[-1]
    assert last.code == "agenda-too-long"
    assert last.file == ("b.ics" if length >= ANSWER.index(b"b.ics") + 7 else "a.ics" if length >= 17 else "")
    assert CIRCLE not in heard.events or length > ANSWER.index(b"b.ics")
