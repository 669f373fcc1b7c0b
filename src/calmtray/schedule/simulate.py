"""A day, or a year, without waiting: the planner asked at every instant at which its answer may change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Generic, TypeVar

from calmtray.schedule.agenda import Agenda, Event
from calmtray.schedule.local import DAY
from calmtray.schedule.occurrences import Gap, Known, Occurrence, OfferRow, Outcome, Stretch, Told
from calmtray.schedule.planner import Facts, Offer, Senses, decide
from calmtray.schedule.quiet import QuietReason
from calmtray.schedule.rules import Rules

T = TypeVar("T", bound="Event | Stretch")

AROUND = 2 * DAY
"""No stretch matters that is over longer before, or begins longer after."""

BEAT = timedelta(minutes=1)
LONG_IDLE_S = 3_600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody makes of an offer. ``lasts``: how long the practice takes; ``later``: when to come again."""

    outcome: Outcome = Outcome.TAKEN
    lasts: timedelta = timedelta(minutes=1)
    later: timedelta | None = None


def always_taken(_offer: Offer, _at: datetime) -> Answer:
    """Somebody who takes whatever is offered, for a minute."""
    return Answer()


@dataclass(frozen=True)
class Life:
    """What happens to somebody, in UTC. ``sessions``: client sessions that they tell of; ``quiet``: what is sensed."""

    zone: Callable[[datetime], tzinfo]
    agenda: Agenda = field(default_factory=Agenda)
    sessions: Sequence[Told] = ()
    asleep: Sequence[Gap] = ()
    quiet: Sequence[tuple[Stretch, QuietReason]] = ()
    typing: Sequence[Stretch] = ()
    answer: Callable[[Offer, datetime], Answer] = always_taken


@dataclass(frozen=True, slots=True)
class Made:
    """An offer that was made, when (UTC), and what came of it."""

    at: datetime
    offer: Offer
    answer: Answer


@dataclass(slots=True)
class Lived:
    """What came of a while: every row of the journal, and every offer."""

    rows: list[OfferRow] = field(default_factory=list)
    offers: list[Made] = field(default_factory=list)


def live(rules: Rules, life: Life, start: datetime, end: datetime) -> Lived:
    """Live from ``start`` up to ``end`` (UTC), and account for everything that falls due in between."""
    lived = Lived()
    practices: list[Stretch] = []
    held: dict[Occurrence, QuietReason] = {}
    changes = sorted({*_changes(life), end})
    agenda, sessions, asleep = _Sorted(life.agenda.events), _Sorted(life.sessions), _Sorted(life.asleep)
    quiet, typing = _Sorted([_Sensed(each.start, each.end, why) for each, why in life.quiet]), _Sorted(life.typing)
    since, now = start, start
    while now < end:
        nap = next((gap for gap in asleep.around(now) if now in gap), None)
        if nap is not None:
            now = nap.end
            continue
        known = Known(
            since=since,
            rows=[row for row in lived.rows[-60:] if row.due > now - AROUND],
            practices=practices[-3:],
            # Nobody tells of a session before it begins.
            sessions=[each for each in sessions.around(now) if each.start <= now],
            agenda=Agenda(agenda.around(now)),
            gaps=[gap for gap in asleep.around(now, since) if gap.start <= now],
        )
        senses = _senses([each for each in quiet.around(now) if now in each], any(now in t for t in typing.around(now)))
        here = now.astimezone(life.zone(now))
        sent_away = any(
            row.outcome is Outcome.NOT_TODAY and row.settled.astimezone(here.tzinfo).date() == here.date()
            for row in known.rows
        )
        decision = decide(rules, here, Facts(known, held, sent_away, senses=senses))
        lived.rows += decision.rows
        held, since = dict(decision.held), now
        if decision.offer is not None:
            answer = life.answer(decision.offer, now)
            lived.offers.append(Made(now, decision.offer, answer))
            lived.rows.append(_row(decision.offer, answer, now))
            if answer.outcome is Outcome.TAKEN:
                practices.append(Stretch(now, now + answer.lasts))
            now += BEAT
            continue
        change = changes[bisect_left(changes, now + timedelta(microseconds=1))]
        now = min(change, decision.next_at or end)
    return lived


def _row(offer: Offer, answer: Answer, now: datetime) -> OfferRow:
    again = now + answer.later if answer.later is not None else None
    return OfferRow(offer.occurrence.kind, offer.occurrence.due, answer.outcome, now, again=again)


def _senses(quiet: Sequence[_Sensed], typing: bool) -> Senses:
    return Senses(lambda: quiet[0].reason if quiet else None, lambda: 0.0 if typing else LONG_IDLE_S)


@dataclass(frozen=True, slots=True)
class _Sensed(Stretch):
    reason: QuietReason


class _Sorted(Generic[T]):
    """Stretches by their start, so that those around an instant are found without looking at a whole year."""

    def __init__(self, stretches: Iterable[T]) -> None:
        self._all = sorted(stretches, key=lambda each: each.start)
        self._starts = [each.start for each in self._all]
        self._longest = max((each.end - each.start for each in self._all), default=timedelta())

    def around(self, now: datetime, since: datetime | None = None) -> list[T]:
        """All that go on until two days before (``since``, if that was earlier) or begin until two days after."""
        first = min(since or now, now) - max(AROUND, self._longest)
        return self._all[bisect_left(self._starts, first) : bisect_left(self._starts, now + AROUND)]


def _changes(life: Life) -> Iterable[datetime]:
    for stretch in (*life.sessions, *life.asleep, *(each for each, _ in life.quiet), *life.typing):
        yield stretch.start
        yield stretch.end
    for event in life.agenda.events:
        yield event.start
        yield event.end
