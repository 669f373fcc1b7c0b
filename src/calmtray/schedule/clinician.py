"""A made-up clinician's life: client sessions, calls, sleep and travel, the same every time for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from calmtray.schedule.agenda import Agenda, Event, EventKind
from calmtray.schedule.local import DAY, instant
from calmtray.schedule.occurrences import Gap, Outcome, Stretch, Told
from calmtray.schedule.planner import Offer
from calmtray.schedule.quiet import QuietReason
from calmtray.schedule.rules import ClockTime, Range, Rules
from calmtray.schedule.simulate import Answer, Life, live

HOME, AWAY = ZoneInfo("America/Halifax"), ZoneInfo("Europe/Paris")
FIRST_DAY = date(2026, 1, 1)
RULES = Rules(
    on=True,
    rhythm=timedelta(minutes=90),
    clock_times=(ClockTime(50),),
    day_start=True,
    day_end=True,
    week=dict.fromkeys(range(5), (Range(9 * 60, 12 * 60), Range(13 * 60, 17 * 60 + 30))),
)
ANSWERS = (
    Answer(Outcome.TAKEN, timedelta(minutes=2)),
    Answer(Outcome.TAKEN, timedelta(minutes=1)),
    Answer(Outcome.EXPIRED),
    Answer(Outcome.EXPIRED),
    Answer(Outcome.PASSED),
    Answer(Outcome.LATER, later=timedelta(minutes=10)),
)


@dataclass(frozen=True, slots=True)
class Way:
    """How calmtray comes to know of a client session: ``planned`` in the agenda, and told of in the menu or not.

    ``longer``: so much later than planned it is over; ``ended``: because somebody says so.
    """

    planned: bool = True
    longer: timedelta | None = None
    ended: bool = False

    def told(self, planned: Stretch) -> list[Told]:
        """What is told of it."""
        if self.longer is None:
            return []
        return [Told(planned.start, max(planned.start, planned.end + self.longer), self.ended)]


WAYS = (
    Way(),
    Way(),
    Way(),
    Way(planned=False, longer=timedelta()),
    Way(longer=timedelta(minutes=10)),
    Way(longer=timedelta(minutes=-25)),
    Way(longer=timedelta(minutes=-7), ended=True),
)


class Chance:
    """Numbers without an order, from a seed: a linear congruential generator (Knuth, MMIX)."""

    def __init__(self, seed: int) -> None:
        self._state = seed
        for _turn in range(8):
            self.below(2)

    def below(self, most: int) -> int:
        """A whole number from 0 up to ``most``, without it."""
        self._state = (6_364_136_223_846_793_005 * self._state + 1_442_695_040_888_963_407) % 2**64
        return (self._state >> 33) % most


@dataclass(frozen=True, slots=True)
class Year:
    """What came of so many days: offers by kind, and outcomes, the reasons for silence among them, by name."""

    days: int
    offers: Mapping[str, int]
    outcomes: Mapping[str, int]


def a_year(days: int, seed: int) -> Year:
    """Live so many days of such a life, from the first of January 2026 on."""
    end = datetime.combine(FIRST_DAY + days * DAY, time(), UTC)
    lived = live(RULES, life_of(days, seed), datetime.combine(FIRST_DAY, time(), UTC), end)
    offers: dict[str, int] = {}
    outcomes: dict[str, int] = {}
    for made in lived.offers:
        kind = made.offer.occurrence.kind.value
        offers[kind] = offers.get(kind, 0) + 1
    for row in lived.rows:
        name = (row.reason or row.outcome).value
        outcomes[name] = outcomes.get(name, 0) + 1
    return Year(days, dict(sorted(offers.items())), dict(sorted(outcomes.items())))


def life_of(days: int, seed: int) -> Life:
    """Such a life, day by day."""
    chance = Chance(seed)
    agenda: list[Event] = []
    sessions: list[Told] = []
    asleep: list[Gap] = []
    quiet: list[tuple[Stretch, QuietReason]] = []
    typing: list[Stretch] = []
    for number in range(-1, days + 1):
        day = FIRST_DAY + number * DAY
        zone = zone_of(day)
        if day.weekday() < 5:
            for stretch in _appointments(day, zone, chance):
                way = chance.below(len(WAYS))
                if WAYS[way].planned:
                    agenda.append(Event(stretch.start, stretch.end, EventKind.CLIENT_SESSION))
                sessions += WAYS[way].told(stretch)
                typing.append(Stretch(stretch.end, stretch.end + timedelta(minutes=chance.below(8))))
            quiet += _disturbances(day, zone, chance)
        # The lid is closed in the evening, and now and then in the middle of the day.
        start, end = 17 * 60 + 30 + chance.below(120), 32 * 60 + chance.below(60)
        asleep.append(Gap(instant(day, start, zone), instant(day, end, zone), QuietReason.ASLEEP))
        if chance.below(4) == 0:
            nap = 9 * 60 + chance.below(400)
            reason = (QuietReason.ASLEEP, QuietReason.NOT_RUNNING)[chance.below(2)]
            asleep.append(Gap(instant(day, nap, zone), instant(day, nap + 10 + chance.below(90), zone), reason))
    answering = Chance(seed + 1)
    return Life(
        zone=lambda at: zone_of(at.date()),
        agenda=Agenda(agenda),
        sessions=sessions,
        asleep=asleep,
        quiet=quiet,
        typing=typing,
        answer=lambda _offer, _at: answer(answering, _offer),
    )


def zone_of(day: date) -> ZoneInfo:
    """Two weeks of every quarter are spent elsewhere."""
    return AWAY if day.timetuple().tm_yday % 91 < 14 else HOME


def answer(chance: Chance, _offer: Offer) -> Answer:
    """One of several, by chance; seldom it is the last of the day."""
    return Answer(Outcome.NOT_TODAY) if chance.below(60) == 0 else ANSWERS[chance.below(len(ANSWERS))]


def _appointments(day: date, zone: ZoneInfo, chance: Chance) -> Iterator[Stretch]:
    at = 9 * 60
    while at < 16 * 60:
        if chance.below(4):
            yield Stretch(instant(day, at, zone), instant(day, at + (25, 50, 50, 80)[chance.below(4)], zone))
        at += 60 if chance.below(3) else 90


def _disturbances(day: date, zone: ZoneInfo, chance: Chance) -> Iterator[tuple[Stretch, QuietReason]]:
    reasons = (QuietReason.MICROPHONE, QuietReason.FULL_SCREEN, QuietReason.DO_NOT_DISTURB, QuietReason.AWAY)
    for _number in range(chance.below(5)):
        start = 9 * 60 + chance.below(8 * 60)
        stretch = Stretch(instant(day, start, zone), instant(day, start + 5 + chance.below(55), zone))
        yield stretch, reasons[chance.below(len(reasons))]
