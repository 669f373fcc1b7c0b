"""What is suggested now, to every place that offers it: the library, the settings, the past and *Another* together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from calmtray.desktop import clock
from calmtray.journal.past import read_past
from calmtray.journal.store import Journal, JournalError
from calmtray.practice.library import Library, Reader
from calmtray.practice.model import Practice
from calmtray.practice.moment import Moment, Past
from calmtray.practice.suggest import (
    Suggestion,
    apart_for_others,
    fitted_ms,
    outward_first,
    suggest,
    suggested_ids,
    todays_one,
)
from calmtray.settings.finding import of_today, permitted, remembered
from calmtray.settings.model import Settings


class Suggestions:
    """Asks ``suggest`` about this moment. ``settings``: those of now; ``on_journal_error``: why the past is unknown."""

    def __init__(self, reader: Reader, journal: Journal, on_journal_error: Callable[[JournalError], None]) -> None:
        self._reader = reader
        self._journal = journal
        self._on_journal_error = on_journal_error
        self._apart: frozenset[str] = frozenset()
        self._apart_on: date | None = None
        self.settings = Settings()

    def library(self) -> Library:
        """The practices as their files are now."""
        return self._reader.read()

    def moment(self) -> Moment:
        """What was asked and is permitted, and what was, as of now."""
        now = clock.now()
        if now.date() != self._apart_on:
            # What was passed by yesterday may be welcome today.
            self._apart, self._apart_on = frozenset(), now.date()
        self.settings = of_today(self.settings, now.date())
        return Moment(now, remembered(self.settings), permitted(self.settings), self._past(now))

    def outward(self) -> Practice | None:
        """The way out of any state."""
        return outward_first(self.library())

    def now(self) -> tuple[Suggestion, ...]:
        """Two or three, each with its reason."""
        return suggest(self.library(), self.moment())

    def today(self) -> Suggestion | None:
        """The one for today."""
        return todays_one(self.library(), self.moment())

    def beside(self, outward: Practice | None) -> tuple[Suggestion, ...]:
        """Those for a menu that begins with ``outward``."""
        return suggest((practice for practice in self.library() if practice is not outward), self.moment())

    def fitted_ms(self, id_: str) -> int | None:
        """How long to make a practice so that it fits; None where it fits as it is written, or is not there."""
        practice = self.library().practices.get(id_)
        fitted = fitted_ms(practice, self.moment()) if practice is not None else 0
        return fitted if practice is not None and fitted < practice.length_ms else None

    def ask_for_others(self) -> bool:
        """Set apart what is suggested now. Whether that brought others."""
        library, moment = tuple(self.library()), self.moment()
        self._apart = apart_for_others(library, moment)
        return suggested_ids(library, moment) != suggested_ids(library, self.moment())

    def ask_anew(self) -> None:
        """Another answer is another question: what was set apart before may be just right for it."""
        self._apart = frozenset()

    def _past(self, now: datetime) -> Past:
        try:
            return read_past(self._journal, now, self._apart)
        except JournalError as error:
            self._on_journal_error(error)
            return Past(apart=self._apart, known=False)
