"""The computer sleeps and wakes up, through the app's own clock: nothing comes at once, then a card, and one row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

from calmtray.desktop import clock
from tests.desktop.calm import Calm
from tests.desktop.listening import choose
from tests.desktop.waiting import wait_for

OFFER = "An offer"


def rows(calm: Calm) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(calm.paths.journal)) as db:
        return db.execute("SELECT kind, outcome FROM offers ORDER BY id").fetchall()


def asleep(calm: Calm) -> list[str]:
    with closing(sqlite3.connect(calm.paths.journal)) as db:
        return [due for (due,) in db.execute("SELECT due_utc FROM offers WHERE reason = 'asleep'")]


def test_after_a_sleep_a_moment_passes_and_then_somebody_is_welcomed_back(trayer, clocked):
    choose(clocked, offers="on", working_hours=("mon-sun 00:00-24:00",))
    clocked.start()
    # A minute in which it looks, as it does awake.
    clocked.set_ahead(60, 60)
    clocked.set_ahead(60 + 2_400, 60)
    assert clocked.find(OFFER) is None
    clocked.set_ahead(60 + 2_400 + 61, 60 + 61)
    card = wait_for(lambda: clocked.find(OFFER), "a card a minute after waking up")
    trayer.raise_(card)
    trayer.press("Escape")
    wait_for(lambda: rows(clocked) == [("back", "passed")], "one row, and no more")


def test_after_a_night_nobody_is_welcomed_and_what_fell_due_says_why(trayer, clocked):
    times = [f"{clock.now() + timedelta(hours=hours):%H:%M}" for hours in (3, 5)]
    choose(clocked, offers="on", working_hours=("mon-sun 00:00-24:00",), clock_times=tuple(times))
    clocked.start()
    clocked.set_ahead(60, 60)
    clocked.set_ahead(60 + 10 * 3_600, 60)
    wait_for(lambda: len(asleep(clocked)) == 2, "a row for each of both times")
    assert clocked.find(OFFER) is None
