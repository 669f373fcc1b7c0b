"""Whether to offer a practice now. Ask as often as you like: every answer follows from the journal and from now.

A beat reads the clock, gathers what is known, and asks ``decide``. It writes the rows that come back into the journal
and shows the offer, if there is one; while something waits (``held``), it beats more often and hands ``held`` back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from calmtray.schedule.circles import typed_circles
from calmtray.schedule.local import DAY, instant, spans
from calmtray.schedule.occurrences import (
    PRIORITY,
    Kind,
    Known,
    Occurrence,
    OfferRow,
    Outcome,
    Stretch,
    client_sessions,
    meetings,
    occurrences,
)
from calmtray.schedule.quiet import QuietReason
from calmtray.schedule.rules import Rules

SHORTEST_HOLD = timedelta(minutes=2)
"""However short an offer may be held: a beat comes once a minute."""

LEAST_GAP = timedelta(minutes=2)
"""Nothing is offered when less time is left before the next appointment, and a practice leaves as much of it."""

SHORTEST = timedelta(seconds=30)
"""No practice is shorter."""

PAUSE_S = 20.0
"""After a session an offer waits until nobody has typed for so long: notes take their time."""

LONGEST_GAP = timedelta(days=366)
"""Nobody looks away for longer: then the clock was wrong, and the day begins anew."""

AHEAD = timedelta(minutes=2)
"""What was written so much later than now was written by a clock that was ahead and has been set back since."""

SOON = timedelta(seconds=1)
"""When to look again at what is due already."""

PASSED_IN_A_ROW = 3
"""After so many offers that somebody put out of sight, every other one is left out for the rest of the day."""


@dataclass(frozen=True, slots=True)
class Senses:
    """What is asked only when an offer is due: a reason to stay quiet, and how long nobody has typed (s)."""

    quiet: Callable[[], QuietReason | None] = lambda: None
    idle_s: Callable[[], float | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known now. ``held``: what waited at the last beat, and why; ``practising``: a practice is open."""

    known: Known
    held: Mapping[Occurrence, QuietReason] = field(default_factory=dict)
    not_today: bool = False
    practising: bool = False
    senses: Senses = field(default_factory=Senses)


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer a practice now, that lasts ``most`` at the longest; ``until``: when the next appointment begins (UTC)."""

    occurrence: Occurrence
    most: timedelta | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do: an offer or none, what to write down, what waits and why, and when to look again at the latest."""

    offer: Offer | None = None
    rows: Sequence[OfferRow] = ()
    held: Mapping[Occurrence, QuietReason] = field(default_factory=dict)
    next_at: datetime | None = None


def decide(rules: Rules, now: datetime, facts: Facts) -> Decision:
    """What to do now. ``now`` carries the zone by whose clock the rules are meant."""
    if not rules.on or now.tzinfo is None:
        return Decision()
    return _Beat(rules, now.astimezone(UTC), now.tzinfo, facts).decision()


def spoilt(rules: Rules, now: datetime, facts: Facts) -> QuietReason | None:
    """Why what is on the screen just now has to go: a client session or a call has begun meanwhile."""
    assert now.tzinfo is not None
    return _Beat(rules, now.astimezone(UTC), now.tzinfo, facts).spoilt()


def later_times(rules: Rules, now: datetime, minutes: Iterable[int]) -> tuple[int, ...]:
    """Those of so many minutes after which, by the clock of ``now``, somebody is still at work."""
    assert now.tzinfo is not None
    at = now.astimezone(UTC)
    return tuple(each for each in minutes if _working(rules, at + timedelta(minutes=each), now.tzinfo))


def window(rules: Rules) -> timedelta:
    """How long after its time an offer may still come."""
    return max(rules.held, SHORTEST_HOLD)


class _Beat:
    """One question. Every instant is in UTC; ``zone`` is whose clock the rules go by."""

    def __init__(self, rules: Rules, now: datetime, zone: tzinfo, facts: Facts) -> None:
        self.rules, self.now, self.zone, self.facts = rules, now, zone, facts
        self.known = _believed(facts.known, now)
        self.rows: list[OfferRow] = []
        self.by_day: dict[date, list[OfferRow]] = {}
        for row in self.known.rows:
            self.by_day.setdefault(self._day(row.due), []).append(row)
        self.window = window(rules)
        self.sessions, self.meetings = client_sessions(self.known), self._meetings()
        coming = (each for each in (*self.sessions, *self.meetings) if each.start > now)
        self.following = min(coming, default=None)

    def decision(self) -> Decision:
        open_ = self._settle(self._pending())
        if not open_:
            return Decision(rows=self.rows, next_at=self._next(()))
        held = {each: reason for each in open_ if (reason := self._waits(each)) is not None}
        free = [each for each in open_ if each not in held]
        if free:
            # Asked only now that something would be offered.
            sensed = self.facts.senses.quiet()
            if sensed is None:
                return self._made(free, held, open_)
            held |= dict.fromkeys(free, sensed)
        return Decision(None, self.rows, held, self._next(open_))

    def _made(
        self, free: Sequence[Occurrence], held: Mapping[Occurrence, QuietReason], open_: Sequence[Occurrence]
    ) -> Decision:
        """The most telling of those that may come is offered, or left out where every other one is; the rest waits."""
        best = min(free, key=lambda each: (PRIORITY.index(each.kind), each.due))
        rest = {each: QuietReason.TOO_CLOSE for each in free if each is not best}
        offer = None if best.kind is not Kind.LATER and self._left_out(self._day(best.due)) else self._offer(best)
        if offer is None:
            self._write(OfferRow(best.kind, best.due, Outcome.QUIET, self.now, QuietReason.PASSED_BY))
        return Decision(offer, self.rows, {**held, **rest}, self._next(open_))

    def _meetings(self) -> list[Stretch]:
        """Those of the agenda, and those that somebody typed in."""
        today = self._day(self.now)
        typed = (
            each for day in (today - DAY, today, today + DAY) for each in typed_circles(self.rules, day, self.zone)
        )
        return [*meetings(self.known), *(Stretch(each.start, each.end) for each in typed)]

    def spoilt(self) -> QuietReason | None:
        """Why nothing may be on the screen."""
        busy = self._busy() or self.facts.senses.quiet()
        # Whoever is not there is disturbed by nothing.
        return None if busy in (QuietReason.AWAY, QuietReason.LOCKED) else busy

    def _busy(self) -> QuietReason | None:
        if any(self.now in session for session in self.sessions):
            return QuietReason.CLIENT_SESSION
        if any(self.now in meeting for meeting in self.meetings):
            return QuietReason.MEETING
        return None

    def _pending(self) -> list[Occurrence]:
        settled = {row.occurrence for row in self.known.rows}
        due = {*self._due_by(self.now), *self.facts.held}
        return sorted(each for each in due if each not in settled and each.due <= self.now)

    def _due_by(self, until: datetime) -> Iterable[Occurrence]:
        """``until`` then, with what has just been settled."""
        known = replace(self.known, rows=[*self.known.rows, *self.rows]) if self.rows else self.known
        return occurrences(self.rules, self.zone, known, self.sessions, until)

    def _settle(self, pending: Iterable[Occurrence]) -> list[Occurrence]:
        """Write down what can't come any more; what still can is left."""
        left = []
        for each in pending:
            final = self._never(each)
            if final is None and self.now < each.due + self.window:
                left.append(each)
                continue
            reason = final or self.facts.held.get(each) or self._missed(each)
            self._write(OfferRow(each.kind, each.due, Outcome.QUIET, self.now, reason))
        return left

    def _write(self, row: OfferRow) -> None:
        self.rows.append(row)
        self.by_day.setdefault(self._day(row.due), []).append(row)

    def _never(self, each: Occurrence) -> QuietReason | None:
        """Why it can't come, however long it waits."""
        day = self._day(each.due)
        working = spans(self.rules, day, self.zone)
        if not working:
            return QuietReason.DAY_OFF
        if not any(start <= each.due <= end for start, end in working):
            return QuietReason.OUTSIDE_HOURS
        if self.facts.not_today and day == self._day(self.now):
            return QuietReason.NOT_TODAY
        if each.kind is Kind.LATER:
            return None
        # One that comes again because somebody put it off was counted when it came first.
        shown = [row for row in self._rows_of(day) if row.shown and row.kind is not Kind.LATER]
        return QuietReason.CAP_REACHED if len(shown) >= self.rules.a_day else None

    def _left_out(self, day: date) -> bool:
        """Whether, after several were passed by, what would come now is the one of two that is left out.

        One that went by itself counts as nothing: nobody may have seen it. What would not have come anyway is not
        counted either: half of that would be as much as before.
        """
        passed, alternate = 0, False
        for row in self._rows_of(day):
            if alternate:
                if row.made or row.reason is QuietReason.PASSED_BY:
                    passed += 1
            elif row.made and row.outcome is not Outcome.EXPIRED:
                passed = passed + 1 if row.outcome is Outcome.PASSED else 0
                if passed == PASSED_IN_A_ROW:
                    alternate, passed = True, 0
        return alternate and passed % 2 == 0

    def _rows_of(self, day: date) -> list[OfferRow]:
        return sorted(self.by_day.get(day, ()), key=lambda row: row.settled)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _missed(self, each: Occurrence) -> QuietReason:
        """Why nobody looked while it could have come."""
        whole = Stretch(each.due, each.due + self.window)
        gaps = (gap for gap in self.known.gaps if gap.start < whole.end and whole.start < gap.end)
        return next((gap.reason for gap in gaps), QuietReason.NOT_RUNNING)

    def _waits(self, each: Occurrence) -> QuietReason | None:
        """Why it has to wait, as far as agenda and journal tell."""
        if self.facts.practising:
            return QuietReason.PRACTISING
        if not _working(self.rules, self.now, self.zone):
            return QuietReason.OUTSIDE_HOURS
        busy = self._busy()
        if busy is not None:
            return busy
        if self.following is not None and self.following.start - self.now < LEAST_GAP:
            return QuietReason.NEXT_IS_NEAR
        if each.kind is not Kind.LATER and self.now < self._close_until():
            return QuietReason.TOO_CLOSE
        if each.kind is Kind.AFTER_SESSION or (each.kind is not Kind.LATER and self._just_over()):
            idle_s = self.facts.senses.idle_s()
            if idle_s is not None and idle_s < PAUSE_S:
                return QuietReason.TYPING
        return None

    def _just_over(self) -> bool:
        """Whether a client session was over not long ago: notes may be written."""
        return any(session.end <= self.now < session.end + self.window for session in self.sessions)

    def _close_until(self) -> datetime:
        """Until when an offer would come too close on the last one, on the one left out instead, or on a practice."""
        rows = (*self.known.rows, *self.rows)
        shown = (row.settled for row in rows if row.shown or row.reason is QuietReason.PASSED_BY)
        rested = (practice.end for practice in self.known.practices)
        # What lies further ahead was written by a clock that was wrong.
        last = (at for at in (*shown, *rested) if at <= self.now + self.rules.apart)
        return max(last, default=self.now - self.rules.apart) + self.rules.apart

    def _offer(self, each: Occurrence) -> Offer:
        if self.following is None:
            return Offer(each)
        most = max(self.following.start - self.now - LEAST_GAP, SHORTEST)
        return Offer(each, most, self.following.start)

    def _next(self, open_: Iterable[Occurrence]) -> datetime:
        """When something may be different: something falls due, may come no more, or need not wait any longer."""
        today = self._day(self.now)
        times = [instant(today + DAY, 0, self.zone), *(each.due + self.window for each in open_)]
        edges = (edge for working in spans(self.rules, today, self.zone) for edge in working)
        appointments = (at for each in (*self.sessions, *self.meetings) for at in (each.start, each.end))
        waits = [self._close_until(), *edges, *appointments]
        settled = {row.occurrence for row in (*self.known.rows, *self.rows)}
        coming = (each.due for each in self._due_by(max(times)) if each not in settled and each not in open_)
        # What follows from what has just been settled may be due already.
        return min((*(at for at in (*times, *waits) if at > self.now), *(max(at, self.now + SOON) for at in coming)))


def _working(rules: Rules, at: datetime, zone: tzinfo) -> bool:
    """Whether this instant (UTC) lies within working hours."""
    return any(start <= at < end for start, end in spans(rules, at.astimezone(zone).date(), zone))


def _believed(known: Known, now: datetime) -> Known:
    """Without what a clock that was wrong has left behind: silence in times that are yet to come, or for ages."""
    rows = [row for row in known.rows if row.shown or row.settled <= now + AHEAD]
    return replace(known, since=known.since if now - known.since <= LONGEST_GAP else now, rows=rows)
