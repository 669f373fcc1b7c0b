"""The row of one session. A journal that fails never stops the session."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calmtray.journal.session_log import SessionLog
from calmtray.journal.store import Ended, Journal, JournalError
from calmtray.session.runner import SessionRunner
from calmtray.session.state import Ending
from calmtray.session.timeline import Choices, Timeline, build_timeline
from tests.making import FOUR_SIX, breathing, practice, quiet

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
TIMELINE: Timeline = build_timeline(practice(quiet(10_000, "Arrive."), breathing(FOUR_SIX, 3)), {}, Choices())


@pytest.fixture
def journal(tmp_path: Path):
    opened = Journal(tmp_path / "journal.sqlite3")
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def errors() -> list[JournalError]:
    return []


@pytest.fixture
def log(journal, errors) -> SessionLog:
    return SessionLog(journal, "wave", lambda: NOON, errors.append)


def test_a_session_leaves_one_row(journal, log, errors):
    log.begin(TIMELINE)
    log.keep(3_000, TIMELINE)
    log.end(40_000, TIMELINE, Ending.FINISHED)
    (row,) = journal.sessions()
    assert (row.practice, row.began, row.planned_ms, row.played_ms) == ("made-up", NOON, 40_000, 40_000)
    assert (row.ending, row.lang, row.pacer) == (Ended.FINISHED, "en", "wave")
    assert errors == []


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_of_a_session_has_its_word_in_the_journal(journal, log, ending):
    log.begin(TIMELINE)
    log.end(1_000, TIMELINE, ending)
    assert journal.sessions()[0].ending == ending.value


def test_a_journal_that_can_not_begin_a_row_is_told_once_and_left_alone(journal, log, errors):
    journal.close()
    log.begin(TIMELINE)
    log.keep(3_000, TIMELINE)
    log.end(40_000, TIMELINE, Ending.STOPPED)
    assert [error.code for error in errors] == ["journal-closed"]


def test_a_journal_that_fails_on_the_way_is_told_once_and_the_rest_goes_unwritten(journal, log, errors):
    log.begin(TIMELINE)
    log.keep(3_000, TIMELINE)
    journal.close()
    log.keep(6_000, TIMELINE)
    log.end(9_000, TIMELINE, Ending.STOPPED)
    assert [error.code for error in errors] == ["journal-closed"]
    journal.open()
    (row,) = journal.sessions()
    assert (row.played_ms, row.ending) == (3_000, Ended.INTERRUPTED)


def test_the_session_goes_on_to_its_end_without_a_journal(journal, log, errors):
    journal.close()
    now = 0.0
    runner = SessionRunner(TIMELINE, lambda: now, log)
    runner.begin()
    for _ in range(50):
        now += 1_000
        runner.tick()
    assert runner.state.ending is Ending.FINISHED
    assert len(errors) == 1


def test_a_session_made_easier_is_written_with_its_new_length(journal, log):
    now = 0.0
    runner = SessionRunner(TIMELINE, lambda: now, log)
    runner.begin()
    now = 12_000.0
    runner.easier()
    runner.stop()
    (row,) = journal.sessions()
    assert (row.planned_ms, row.played_ms) == (runner.timeline.length_ms, 12_000)
    assert row.planned_ms != TIMELINE.length_ms


def test_trouble_that_passes_costs_a_session_nothing(journal, log, errors):
    """Another program holds the file while the session begins and while it is kept."""
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        log.begin(TIMELINE)
        log.keep(3_000, TIMELINE)
        other.execute("ROLLBACK")
        log.keep(6_000, TIMELINE)
        other.execute("BEGIN IMMEDIATE")
        log.keep(9_000, TIMELINE)
        other.execute("ROLLBACK")
        log.end(40_000, TIMELINE, Ending.FINISHED)
    (row,) = journal.sessions()
    assert (row.began, row.played_ms, row.ending) == (NOON, 40_000, Ended.FINISHED)
    assert [error.code for error in errors] == ["journal-unwritable"]
