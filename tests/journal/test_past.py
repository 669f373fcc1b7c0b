"""The past as suggestions read it: a month of sessions, and every practice that was ever taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from calmtray.journal.past import REACHES_BACK, read_past
from calmtray.journal.store import Ended, Journal, JournalError
from calmtray.practice.moment import Past, Taken

NOW = datetime(2026, 11, 22, 13, 20, tzinfo=timezone(timedelta(hours=-4)))


@pytest.fixture
def journal(tmp_path: Path):
    opened = Journal(tmp_path / "journal.sqlite3")
    opened.open()
    yield opened
    opened.close()


def had(journal: Journal, practice: str, days_ago: float, played_ms: int, ending: Ended) -> datetime:
    began = NOW - timedelta(days=days_ago)
    row = journal.begin_session(practice, began, 60_000, "en", "circle")
    journal.keep_session(row, played_ms, 60_000, ending)
    return began


def test_the_newest_come_first_with_what_was_played_and_who_ended_it(journal):
    first = had(journal, "five-five", 3, 60_000, Ended.FINISHED)
    second = had(journal, "water-break", 2, 5_000, Ended.STOPPED)
    third = had(journal, "five-five", 1, 5_000, Ended.INTERRUPTED)
    past = read_past(journal, NOW, {"soft-box"})
    assert past == Past(
        (
            Taken("five-five", third, 60_000, 5_000, stopped=False),
            Taken("water-break", second, 60_000, 5_000, stopped=True),
            Taken("five-five", first, 60_000, 60_000, stopped=False),
        ),
        frozenset({"five-five", "water-break"}),
        frozenset({"soft-box"}),
        known=True,
    )
    assert [taken.skipped for taken in past.sessions] == [False, True, False]


def test_what_is_older_than_a_month_is_known_and_no_more(journal):
    reach = REACHES_BACK.days
    had(journal, "long-ago", reach + 0.01, 60_000, Ended.FINISHED)
    had(journal, "just", reach, 60_000, Ended.FINISHED)
    past = read_past(journal, NOW)
    assert [taken.practice for taken in past.sessions] == ["just"]
    assert past.ever == {"long-ago", "just"}


def test_a_whole_month_is_within_reach_in_every_zone():
    last = datetime(2026, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=14)))
    first = datetime(2026, 12, 1, tzinfo=timezone(timedelta(hours=14)))
    assert last - REACHES_BACK <= first


def test_sessions_since_a_time_in_whatever_zone_it_is_said(journal):
    began = had(journal, "five-five", 1, 1_000, Ended.STOPPED)
    assert len(journal.sessions(since=began)) == 1
    assert len(journal.sessions(since=began.astimezone(UTC))) == 1
    assert journal.sessions(since=began + timedelta(milliseconds=1)) == []
    assert len(journal.sessions(1, since=began)) == 1


def test_a_journal_not_begun_yet_is_known_to_be_empty_and_one_that_is_closed_is_not_known(journal, tmp_path):
    assert read_past(Journal(tmp_path / "none.sqlite3"), NOW) == Past()
    journal.close()
    assert read_past(journal, NOW) == Past(known=False)


def test_a_journal_that_fails_says_so(journal, tmp_path):
    had(journal, "five-five", 1, 1_000, Ended.STOPPED)
    journal._db.execute("DROP TABLE sessions")
    with pytest.raises(JournalError):
        read_past(journal, NOW)
