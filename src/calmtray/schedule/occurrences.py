"""What a day would bring: every time at which an offer is due, by the rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from calmtray.schedule.agenda import Agenda, Event, EventKind
from calmtray.schedule.local import after_working, instant, spans
from calmtray.schedule.quiet import QuietReason
from calmtray.schedule.rules import MIDNIGHT, Range, Rules

BEFORE_THE_END = timedelta(minutes=10)
"""What closes the day is offered so long before working hours are over."""


class Kind(StrEnum):
    """Why an offer is due."""

    AFTER_SESSION = "after-session"
    LATER = "later"
    BACK = "back"
    CLOCK = "clock"
    DAY_START = "day-start"
    DAY_END = "day-end"
    RHYTHM = "rhythm"


PRIORITY = tuple(Kind)
"""Of several that wait, the first of these is offered."""


class Outcome(StrEnum):
    """What became of it."""

    TAKEN = "taken"
    LATER = "later"
    PASSED = "passed"
    EXPIRED = "expired"
    NOT_TODAY = "not-today"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time at which an offer is due, in UTC."""

    due: datetime
    kind: Kind


@dataclass(frozen=True, slots=True)
class OfferRow:
    """What became of an occurrence, and when that was settled (UTC).

    ``reason``: why it stayed quiet; ``practice``: what was taken; ``again``: when it comes again, if it was put off.
    """

    kind: Kind
    due: datetime
    outcome: Outcome
    settled: datetime
    reason: QuietReason | None = None
    practice: str = ""
    again: datetime | None = None

    @property
    def occurrence(self) -> Occurrence:
        """Which one it was."""
        return Occurrence(self.due, self.kind)

    @property
    def shown(self) -> bool:
        """Whether an offer came, whatever was made of it."""
        return self.outcome is not Outcome.QUIET

    @property
    def made(self) -> bool:
        """Whether an offer was shown and answered, or not answered, for good."""
        return self.shown and self.outcome is not Outcome.LATER


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """From ``start`` up to ``end``, both in UTC."""

    start: datetime
    end: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class Told(Stretch):
    """A client session that somebody told of. ``ended``: they said that it was over, it did not just run out."""

    ended: bool = False


LONGEST_SESSION = timedelta(hours=8)
"""Nobody is with a client for longer: what is said to end later is a slip."""


@dataclass(frozen=True, slots=True)
class Gap(Stretch):
    """A stretch in which nobody looked: the machine slept, or calmtray did not run."""

    reason: QuietReason = QuietReason.NOT_RUNNING


@dataclass(frozen=True, slots=True)
class Known:
    """What the planner knows of the time around now; all in UTC.

    ``since``: what falls due from then on wants an outcome. ``rows``: of the days from ``since`` on; ``practices``:
    those that were taken; ``sessions``: client sessions that somebody told of, the one under way among them (its end is
    yet to come); ``back``: when somebody came back from a long while away.
    """

    since: datetime
    rows: Sequence[OfferRow] = ()
    practices: Sequence[Stretch] = ()
    sessions: Sequence[Told] = ()
    agenda: Agenda = field(default_factory=Agenda)
    gaps: Sequence[Gap] = ()
    back: Sequence[datetime] = ()


def client_sessions(known: Known) -> list[Stretch]:
    """Every client session, those that were told of and those of the agenda; those that touch are one.

    One of the agenda is over as soon as somebody says so. One that they told of and that merely runs out, or runs on
    into the next one, takes nothing from it: the client may well be there.
    """
    planned = _events(known.agenda, EventKind.CLIENT_SESSION)
    for told in known.sessions:
        if told.ended:
            planned = _without_the_rest(planned, told)
    said = (Stretch(each.start, each.end) for each in known.sessions)
    joined: list[Stretch] = []
    for each in sorted((*said, *planned)):
        if joined and each.start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, each.end))
        else:
            joined.append(each)
    return joined


def meetings(known: Known) -> list[Stretch]:
    """Everything else that the agenda says somebody is busy with."""
    return [*_events(known.agenda, EventKind.BUSY), *_events(known.agenda, EventKind.CIRCLE)]


def occurrences(
    rules: Rules, zone: tzinfo, known: Known, sessions: Iterable[Stretch], until: datetime
) -> Iterator[Occurrence]:
    """Everything due from ``known.since`` up to ``until``, day by day; within a day in no order.

    ``sessions``: the ``client_sessions`` of what is known.
    """
    day, last = known.since.astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        for each in _of_a_day(rules, day, zone, known, until):
            if known.since <= each.due <= until:
                yield each
        day += timedelta(days=1)
    if rules.after_sessions:
        for session in sessions:
            if known.since <= session.end <= until:
                yield Occurrence(session.end, Kind.AFTER_SESSION)
        for at in known.back:
            if known.since <= at <= until:
                yield Occurrence(at, Kind.BACK)
    for row in known.rows:
        if row.again is not None and known.since <= row.again <= until:
            yield Occurrence(row.again, Kind.LATER)


def _of_a_day(rules: Rules, day: date, zone: tzinfo, known: Known, until: datetime) -> Iterator[Occurrence]:
    working, hours = spans(rules, day, zone), rules.hours(day)
    for at in rules.clock_times:
        if day.weekday() not in at.days:
            continue
        if at.hour is not None:
            yield Occurrence(instant(day, at.hour * 60 + at.minute, zone), Kind.CLOCK)
        else:
            # An hour that is left out in spring would come at the same instant as the next.
            past = {instant(day, at_, zone): None for at_ in range(at.minute, MIDNIGHT, 60) if _within(at_, hours)}
            yield from (Occurrence(due, Kind.CLOCK) for due in past)
    if not working:
        return
    if rules.day_start:
        yield Occurrence(working[0][0], Kind.DAY_START)
    if rules.day_end:
        yield Occurrence(max(working[-1][0], working[-1][1] - BEFORE_THE_END), Kind.DAY_END)
    if rules.rhythm is not None:
        yield from _rhythm(rules, rules.rhythm, day, zone, known, until)


def _rhythm(
    rules: Rules, every: timedelta, day: date, zone: tzinfo, known: Known, until: datetime
) -> Iterator[Occurrence]:
    """Those that were settled, and the next ones: so much working time after the last offer, or the last practice.

    Several are next where nobody looked for a while; whatever comes of the first moves those that follow.
    """
    first = spans(rules, day, zone)[0][0]
    of_this_day = [row for row in known.rows if row.due.astimezone(zone).date() == day]
    settled = [row.due for row in of_this_day if row.kind is Kind.RHYTHM]
    made = [row.settled for row in of_this_day if row.made]
    rested = [each.end for each in known.practices if each.end.astimezone(zone).date() == day]
    due = after_working(rules, day, zone, max([first, *settled, *made, *rested]), every)
    yield from (Occurrence(each, Kind.RHYTHM) for each in settled)
    while due is not None and due <= until:
        yield Occurrence(due, Kind.RHYTHM)
        due = after_working(rules, day, zone, due, every)


def _within(minutes: int, hours: Iterable[Range]) -> bool:
    return any(each.start <= minutes < each.end for each in hours)


def _events(agenda: Agenda, kind: EventKind) -> list[Stretch]:
    return [_stretch(event) for event in agenda.events if event.kind is kind]


def _stretch(event: Event) -> Stretch:
    return Stretch(event.start.astimezone(UTC), event.end.astimezone(UTC))


def _without_the_rest(planned: list[Stretch], told: Told) -> list[Stretch]:
    """What was planned, and of the session that somebody said was over only what was before.

    It is the one that has most in common with what they told of, and of several the one that begins nearest; half of
    the shorter of the two at least is common. One that stands in two calendars is one.
    """

    def likeness(each: Stretch) -> tuple[timedelta, timedelta]:
        return min(each.end, told.end) - max(each.start, told.start), -abs(each.start - told.start)

    most = max(map(likeness, planned), default=None)
    return [
        Stretch(each.start, min(each.end, told.end))
        if likeness(each) == most and most[0] >= min(told.end - told.start, each.end - each.start) / 2
        else each
        for each in planned
    ]
