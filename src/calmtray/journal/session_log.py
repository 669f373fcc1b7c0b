"""Writes one session into the journal as it goes. A journal that fails never stops a session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from calmtray.journal.store import Ended, Journal, JournalError
from calmtray.session.state import Ending
from calmtray.session.timeline import Timeline


class SessionLog:
    """The row of one session. ``now`` gives the wall time; ``on_error`` hears why nothing could be written."""

    def __init__(
        self, journal: Journal, pacer: str, now: Callable[[], datetime], on_error: Callable[[JournalError], None]
    ) -> None:
        self._journal = journal
        self._pacer = pacer
        self._now = now
        self._on_error = on_error
        self._row: int | None = None

    def begin(self, timeline: Timeline) -> None:
        """Write the row."""
        try:
            self._row = self._journal.begin_session(
                timeline.practice, self._now(), timeline.length_ms, timeline.lang, self._pacer
            )
        except JournalError as error:
            self._on_error(error)

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        """Write how far it has come."""
        self._write(played_ms, timeline, Ended.OPEN)

    def end(self, played_ms: int, timeline: Timeline, ending: Ending) -> None:
        """Write how it ended."""
        self._write(played_ms, timeline, Ended(ending))

    def _write(self, played_ms: int, timeline: Timeline, ended: Ended) -> None:
        if self._row is None:
            return
        try:
            self._journal.keep_session(self._row, played_ms, timeline.length_ms, ended)
        except JournalError as error:
            self._row = None
            self._on_error(error)
