"""Writes one session into the journal as it goes. A journal that fails never stops a session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from calmtray.journal.feeling import Feeling
from calmtray.journal.store import Ended, Journal, JournalError
from calmtray.session.state import Ending
from calmtray.session.timeline import Timeline

TRIES_AT_THE_END = 4
"""A file that is locked for a moment does not cost a session its end."""


class Unwritten:
    """The log of a session that is only tried: nothing of it is kept."""

    def begin(self, timeline: Timeline) -> None:
        """Nothing."""

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        """Nothing."""

    def end(self, played_ms: int, timeline: Timeline, ending: Ending) -> None:
        """Nothing."""


class SessionLog:
    """The row of one session.

    ``now`` gives the wall time; ``on_error`` hears, once, why nothing could be written. What could not be written is
    tried again with the next line, so that trouble that passes costs nothing.
    """

    def __init__(
        self, journal: Journal, pacer: str, now: Callable[[], datetime], on_error: Callable[[JournalError], None]
    ) -> None:
        self._journal = journal
        self._pacer = pacer
        self._now = now
        self._on_error = on_error
        self._began: datetime | None = None
        self._row: int | None = None
        self._told = False
        self._before: Feeling | None = None
        self._after: Feeling | None = None

    def feel(self, feeling: Feeling, after: bool) -> None:
        """Write how it feels: before the session begins, or after its end, which is written by then."""
        if after:
            self._after = feeling
            self._write_feelings()
        else:
            self._before = feeling

    def begin(self, timeline: Timeline) -> None:
        """Write the row."""
        self._began = self._now()
        self._write(0, timeline, Ended.OPEN)
        self._write_feelings()

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        """Write how far it has come."""
        self._write(played_ms, timeline, Ended.OPEN)

    def end(self, played_ms: int, timeline: Timeline, ending: Ending) -> None:
        """Write how it ended."""
        for _ in range(TRIES_AT_THE_END):
            if self._write(played_ms, timeline, Ended(ending)):
                # Where they could not be written at the beginning.
                self._write_feelings()
                return

    def _write(self, played_ms: int, timeline: Timeline, ended: Ended) -> bool:
        """Whether it could be written."""
        try:
            if self._row is None:
                began = self._began or self._now()
                self._row = self._journal.begin_session(
                    timeline.practice, began, timeline.length_ms, timeline.lang, self._pacer
                )
            self._journal.keep_session(self._row, played_ms, timeline.length_ms, ended)
        except JournalError as error:
            self._tell(error)
            return False
        return True

    def _write_feelings(self) -> None:
        if self._row is None or (self._before is None and self._after is None):
            return
        try:
            self._journal.keep_feelings(self._row, self._before, self._after)
        except JournalError as error:
            self._tell(error)

    def _tell(self, error: JournalError) -> None:
        if not self._told:
            self._told = True
            self._on_error(error)
