"""Offers and client sessions in the journal: what was written is read again, once each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from calmtray.journal.store import Journal, JournalError
from calmtray.schedule.occurrences import Kind, OfferRow, Outcome, Told
from calmtray.schedule.quiet import QuietReason

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HALIFAX = timedelta(hours=-4)

TAKEN = OfferRow(Kind.AFTER_SESSION, NOON, Outcome.TAKEN, NOON + HOUR / 60, practice="five-five")
QUIET = OfferRow(Kind.CLOCK, NOON + HOUR, Outcome.QUIET, NOON + HOUR, QuietReason.MICROPHONE)
LATER = OfferRow(Kind.RHYTHM, NOON + 2 * HOUR, Outcome.LATER, NOON + 2 * HOUR, again=NOON + 3 * HOUR)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "journal.sqlite3")
    opened.open()
    yield opened
    opened.close()


def test_every_outcome_is_read_as_it_was_written(journal):
    rows = [replace(QUIET, reason=reason, due=NOON - number * HOUR) for number, reason in enumerate(QuietReason)]
    others = [o for o in Outcome if o not in (Outcome.QUIET, Outcome.LATER)]
    rows += [replace(TAKEN, outcome=o, due=NOON - number * HOUR) for number, o in enumerate(others)]
    journal.keep_offers([LATER, *rows], HALIFAX)
    assert set(journal.offers(NOON - 99 * HOUR)) == {LATER, *rows}


def test_they_come_in_order_and_from_the_time_that_was_asked_for(journal):
    journal.keep_offers([LATER, TAKEN, QUIET], HALIFAX)
    assert journal.offers(NOON) == [TAKEN, QUIET, LATER]
    assert journal.offers(NOON + HOUR) == [QUIET, LATER]


def test_one_occurrence_has_one_row_and_keeps_the_first(journal):
    journal.keep_offers([TAKEN], HALIFAX)
    journal.keep_offers([replace(TAKEN, outcome=Outcome.EXPIRED), QUIET], HALIFAX)
    assert journal.offers(NOON) == [TAKEN, QUIET]


def test_silence_that_a_clock_wrote_ahead_of_its_time_gives_way_to_what_came(journal):
    came = replace(TAKEN, kind=QUIET.kind, due=QUIET.due, settled=QUIET.settled - HOUR)
    journal.keep_offers([QUIET], HALIFAX)
    journal.keep_offers([came], HALIFAX)
    assert journal.offers(NOON) == [came]
    journal.keep_offers([replace(QUIET, settled=came.settled - HOUR)], HALIFAX)
    assert journal.offers(NOON) == [came]


def test_the_offset_of_the_place_is_kept(journal):
    journal.keep_offers([TAKEN], HALIFAX)
    with closing(sqlite3.connect(journal.path)) as db:
        assert db.execute("SELECT due_utc, utc_offset_minutes FROM offers").fetchall() == [
            ("2026-03-04T12:00:00.000", -240)
        ]


def test_all_are_written_or_none(journal):
    journal.keep_offers([TAKEN], HALIFAX)
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="locked"):
            journal.keep_offers([QUIET, LATER], HALIFAX)
    assert journal.offers(NOON) == [TAKEN]
    journal.keep_offers([QUIET, LATER], HALIFAX)
    assert journal.offers(NOON) == [TAKEN, QUIET, LATER]


def test_a_client_session_is_kept_and_its_end_may_move(journal):
    row = journal.begin_client_session(Told(NOON, NOON + HOUR))
    assert journal.client_sessions(NOON) == [(row, Told(NOON, NOON + HOUR))]
    journal.keep_client_session(row, Told(NOON, NOON + 2 * HOUR, ended=True))
    assert journal.client_sessions(NOON + HOUR) == [(row, Told(NOON, NOON + 2 * HOUR, ended=True))]
    assert journal.client_sessions(NOON + 3 * HOUR) == []


def test_a_journal_that_is_not_open_has_none_and_takes_none(tmp_path):
    journal = Journal(tmp_path / "journal.sqlite3")
    assert (journal.offers(NOON), journal.client_sessions(NOON)) == ([], [])
    with pytest.raises(JournalError):
        journal.keep_offers([TAKEN], HALIFAX)
    with pytest.raises(JournalError):
        journal.begin_client_session(Told(NOON, NOON))
