"""The client session that somebody says they are in: until when, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from calmtray.journal.store import Journal, JournalError
from calmtray.schedule.local import DAY
from calmtray.schedule.occurrences import Told

MORE = timedelta(minutes=10)


class ClientSessions:
    """Those of yesterday and today, in UTC. A journal that fails costs nothing but the memory of a restart."""

    def __init__(self, journal: Journal, on_journal_error: Callable[[JournalError], None]) -> None:
        self._journal = journal
        self._on_journal_error = on_journal_error
        self._row: int | None = None
        self._by_clock = True
        self.current: Told | None = None
        self.past: list[Told] = []

    @property
    def all(self) -> list[Told]:
        """Those that are over, and the one under way."""
        return [*self.past, *([self.current] if self.current is not None else [])]

    def recall(self, now: datetime) -> None:
        """Take up what was going on when calmtray ended."""
        try:
            for row, session in self._journal.client_sessions(now - DAY):
                if now in session:
                    self._row, self.current = row, session
                else:
                    self.past.append(session)
        except JournalError as error:
            self._on_journal_error(error)

    def begin(self, now: datetime, until: datetime, *, by_clock: bool = True) -> None:
        """One begins, in the place of the one before: who says that it is shorter or longer has not said it is over.

        ``by_clock``: its end was said as a time, and not as a length.
        """
        self._by_clock = by_clock
        if self.current is not None:
            self._keep(min(now, self.current.end))
            self.look(self.current.end)
        self.current = Told(now, max(now, until))
        try:
            self._row = self._journal.begin_client_session(self.current)
        except JournalError as error:
            self._on_journal_error(error)

    def extend(self, now: datetime) -> None:
        """It goes on for ten more minutes; where none is under way, one begins."""
        if self.current is None:
            self.begin(now, now + MORE)
        else:
            self._keep(self.current.end + MORE)

    def end(self, now: datetime) -> None:
        """It is over."""
        if self.current is not None:
            self._keep(min(now, self.current.end), ended=True)
            self.look(self.current.end)

    def follow_clock(self, jump: timedelta) -> None:
        """The clock was set: fifty minutes stay fifty minutes, and ten to three stays ten to three."""
        if self.current is not None and not self._by_clock:
            self.current = replace(self.current, start=self.current.start + jump)
            self._keep(self.current.end + jump)

    def look(self, now: datetime) -> bool:
        """Whether it has ended by now."""
        # A clock that is set back ends nothing.
        if self.current is None or now < self.current.end:
            return False
        self.past = [each for each in self.past if each.end > now - DAY]
        self.past.append(self.current)
        self.current = self._row = None
        return True

    def _keep(self, end: datetime, ended: bool = False) -> None:
        assert self.current is not None
        self.current = Told(self.current.start, max(end, self.current.start), ended)
        if self._row is not None:
            try:
                self._journal.keep_client_session(self._row, self.current)
            except JournalError as error:
                self._on_journal_error(error)
