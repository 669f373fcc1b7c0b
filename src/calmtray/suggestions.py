"""What is suggested now, to every place that offers it: the library, the settings, the past and *Another* together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from calmtray.desktop import clock
from calmtray.journal.past import read_past
from calmtray.journal.store import Journal, JournalError
from calmtray.practice.library import Library, Origin, Reader
from calmtray.practice.model import Need, Practice
from calmtray.practice.moment import Moment, Past
from calmtray.practice.suggest import (
    Suggestion,
    alone,
    apart_for_others,
    fitted_ms,
    outward_first,
    suggest,
    suggested_ids,
    todays_one,
)
from calmtray.settings.finding import permitted, remembered, still_so
from calmtray.settings.model import Settings

if TYPE_CHECKING:
    # Most trays offer nothing.
    from calmtray.schedule.planner import Offer

NONE: frozenset[Need] = frozenset()
NEEDS = {
    "after-session": frozenset({Need.BETWEEN_BACK_TO_BACK}),
    "day-start": frozenset({Need.START_OF_DAY}),
    "day-end": frozenset({Need.END_OF_DAY}),
}
"""What an offer of this kind is made for, where nobody said how things are."""


class Suggestions:
    """Asks ``suggest`` about this moment. ``settings``: those of now; ``on_journal_error``: why the past is unknown."""

    def __init__(
        self,
        reader: Reader,
        journal: Journal,
        on_journal_error: Callable[[JournalError], None],
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._reader = reader
        self._journal = journal
        self._on_journal_error = on_journal_error
        self._now = now
        self._apart: frozenset[str] = frozenset()
        self._apart_on: date | None = None
        self.settings = Settings()
        self.next_begins: Callable[[], datetime | None] = lambda: None
        """When something begins, as far as that is known."""

    def library(self) -> Library:
        """The practices as their files are now."""
        return self._reader.read()

    def moment(self) -> Moment:
        """What was asked and is permitted, and what was, as of now."""
        now = self._now()
        if now.date() != self._apart_on:
            # What was passed by yesterday may be welcome today.
            self._apart, self._apart_on = frozenset(), now.date()
        self.settings = still_so(self.settings, now)
        asked, allowed = remembered(self.settings), permitted(self.settings)
        return Moment(now, asked, allowed, self._past(now), self.next_begins())

    def outward(self) -> Practice | None:
        """The way out of any state: one that comes with calmtray and that nobody has hidden."""
        library = self.library()
        bundled = (practice for practice in library if library.origins[practice.id] is Origin.BUNDLED)
        return outward_first(practice for practice in bundled if practice.id not in self.settings.hidden)

    def now(self, moment: Moment) -> tuple[Suggestion, ...]:
        """Two or three, each with its reason."""
        return suggest(self.library(), moment)

    def today(self, moment: Moment) -> Suggestion | None:
        """The one for today."""
        return todays_one(self.library(), moment)

    def beside(self, outward: Practice | None, moment: Moment) -> tuple[Suggestion, ...]:
        """Those for a menu that begins with ``outward``."""
        return suggest((practice for practice in self.library() if practice is not outward), moment)

    def to_offer(self, offer: Offer) -> tuple[Suggestion, ...]:
        """Those for an offer, as the settings want them.

        Beside a favourite that is alone, and beside the one for today, others are offered; so they are where none fits.
        """
        moment, library = self._moment_of(offer), tuple(self.library())
        found = suggest(library, moment)
        first = None
        if self.settings.offered == "favourites":
            favourites = [practice for practice in library if practice.id in self.settings.favourites]
            if several := suggest(favourites, moment):
                return several
            first = alone(favourites, moment)
        elif self.settings.offered == "one-a-day":
            first = todays_one(library, moment)
        return (first, *(each for each in found if each.practice.id != first.practice.id)) if first else found

    def others_to_offer(self, offer: Offer) -> tuple[Suggestion, ...]:
        """Others than those, as long as there are any."""
        self._apart = apart_for_others(tuple(self.library()), self._moment_of(offer))
        return self.to_offer(offer)

    def _moment_of(self, offer: Offer) -> Moment:
        """No longer than the settings, the offer and what was said on the Now page allow."""
        moment, settings = self.moment(), self.settings
        most = offer.most.total_seconds() if offer.most is not None else None
        limits = (settings.offered_seconds or None, moment.asked.seconds, most)
        usual = NEEDS.get(offer.occurrence.kind.value, NONE)
        asked = replace(
            moment.asked,
            needs=frozenset(map(Need, settings.offered_needs)) or moment.asked.needs or usual,
            seconds=min((each for each in limits if each is not None), default=None),
        )
        until = offer.until.astimezone(moment.now.tzinfo) if offer.until is not None else None
        return replace(moment, asked=asked, until=until)

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
