"""The past as ``suggest`` reads it, from the journal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from calmtray.journal.store import Ended, Journal
from calmtray.practice.moment import Past, Taken

REACHES_BACK = timedelta(days=32)
"""A whole month of the calendar, and a day for zones that changed."""


def read_past(journal: Journal, now: datetime, apart: Collection[str] = ()) -> Past:
    """What was taken, as far back as ``suggest`` looks. ``apart``: ids set apart. Raises JournalError."""
    rows = journal.sessions(since=now - REACHES_BACK)
    sessions = tuple(
        Taken(row.practice, row.began, row.planned_ms, row.played_ms, row.ending is Ended.STOPPED) for row in rows
    )
    # A journal that is not begun yet is known: nothing was taken. One that can't be read is not.
    known = journal.is_open or not journal.path.exists()
    return Past(sessions, frozenset(journal.practices_taken()), frozenset(apart), known)
