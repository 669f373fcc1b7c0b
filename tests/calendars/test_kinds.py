"""What a title says of an appointment."""

from __future__ import annotations

import pytest

from calmtray.calendars.effort import effort
from calmtray.calendars.kinds import Kinds, Marks
from calmtray.schedule.agenda import EventKind
from calmtray.settings.model import CIRCLE_WORDS, CLIENT_WORDS
from tests.calendars.asked import MARKS

CLIENT, CIRCLE, BUSY = EventKind.CLIENT_SESSION, EventKind.CIRCLE, EventKind.BUSY


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Client: A. B.", CLIENT),
        ("CLIENTS", CLIENT),
        ("client·e de 10 h", CLIENT),
        ("Seance", CLIENT),
        ("SÉANCE individuelle", CLIENT),
        ("se\u0301ance", CLIENT),
        ("(session 3)", CLIENT),
        ("Home visit, Mrs D.", CLIENT),
        ("Obsession", BUSY),
        ("Team meeting", BUSY),
        ("", BUSY),
        ("Supervision", CIRCLE),
        ("Supervision: client questions", CIRCLE),
        ("Analyse des pratiques (APP)", CIRCLE),
        ("Peer consultation", CIRCLE),
        ("Dinner \nTherapy", CLIENT),
    ],
)
def test_words_mark_it(title, kind):
    assert Kinds(MARKS).of(title) is kind


def test_whatever_keeps_busy_may_be_a_client_session():
    kinds = Kinds(Marks(CLIENT_WORDS, CIRCLE_WORDS, all_busy=True))
    assert [kinds.of(title) for title in ("Dentist", "", "Supervision")] == [CLIENT, CLIENT, CIRCLE]


def test_without_words_nothing_is_marked():
    assert Kinds(Marks(("", " "), ())).of("client ") is BUSY
    assert Kinds(Marks(("a.c",), ())).of("abc") is BUSY


@pytest.mark.parametrize(
    ("rule", "steps"),
    [
        ("FREQ=DAILY", 832 + 1),
        ("FREQ=WEEKLY;BYDAY=MO", 832 + 1),
        ("freq=daily;interval=2", 416 + 1),
        ("FREQ=DAILY;BYHOUR=1,2;BYMINUTE=0,15,30", 833 * 6),
        ("FREQ=DAILY;BYHOUR=" + ",".join(["1"] * 400), 833 * 24),
        ("FREQ=HOURLY", 832 * 96 + 1),
        ("FREQ=SECONDLY;INTERVAL=86400", 832 * 4 + 1),
        ("FREQ=DAILY;INTERVAL=0", None),
        ("FREQ=DAILY;INTERVAL=", None),
        ("FREQ=DAILY;INTERVAL=²", None),
        ("FREQ=NEVER", None),
        ("BYDAY", None),
        ("FREQ=DAILY;BYHOUR=" + "1," * 600, None),
    ],
)
def test_the_effort_of_a_rule_is_counted(rule, steps):
    assert effort(rule, 100) == steps


def test_a_rule_that_begins_later_costs_no_less_than_one_of_today():
    assert effort("FREQ=DAILY", -50) == effort("FREQ=DAILY", 0)
