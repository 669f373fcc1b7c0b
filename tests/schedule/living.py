"""Days to live through: times as the clock shows them, and what came of the day in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from calmtray.schedule.agenda import Agenda, Event, EventKind
from calmtray.schedule.occurrences import Gap, Outcome, Stretch, Told
from calmtray.schedule.quiet import QuietReason
from calmtray.schedule.rules import Range, Rules, read_clock_time
from calmtray.schedule.simulate import Answer, Life, Lived, always_taken, live

HALIFAX = ZoneInfo("America/Halifax")
PARIS = ZoneInfo("Europe/Paris")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
ZONES = (HALIFAX, PARIS, LORD_HOWE, KATHMANDU)

TUESDAY = date(2026, 3, 3)
WORKING = dict.fromkeys(range(7), (Range(9 * 60, 17 * 60),))


def some_rules(*clock_times: str, **more) -> Rules:
    """Every day from nine to five, nothing offered but at these times."""
    read = tuple(filter(None, map(read_clock_time, clock_times)))
    return Rules(**{"on": True, "week": WORKING, "clock_times": read, "after_sessions": False, **more})


class Day:
    """One day in one place."""

    def __init__(self, day: date = TUESDAY, zone: ZoneInfo = HALIFAX) -> None:
        self.day, self.zone = day, zone

    def at(self, text: str, days: int = 0, fold: int = 0) -> datetime:
        """The instant at which the clock shows this."""
        hour, minute = map(int, text.split(":"))
        day = self.day + timedelta(days=days)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone, fold=fold).astimezone(UTC)

    def stretch(self, text: str) -> Stretch:
        """``10:00-10:50``."""
        start, end = text.split("-")
        return Stretch(self.at(start), self.at(end))

    def told(self, text: str) -> Told:
        """``10:00-10:50``, and ``ended`` where somebody says that it is over."""
        when, _, ended = text.partition(" ")
        stretch = self.stretch(when)
        return Told(stretch.start, stretch.end, bool(ended))

    def gap(self, text: str, reason: QuietReason = QuietReason.ASLEEP) -> Gap:
        """The same, in which nobody looked."""
        stretch = self.stretch(text)
        return Gap(stretch.start, stretch.end, reason)

    def event(self, text: str, kind: EventKind = EventKind.CLIENT_SESSION) -> Event:
        """An appointment."""
        stretch = self.stretch(text)
        return Event(stretch.start, stretch.end, kind)

    def live(self, rules: Rules, life: Life | None = None, days: int = 1) -> Lived:
        """Live through it, from midnight to midnight."""
        midnight = Day(self.day + timedelta(days=days), self.zone)
        return live(rules, life or self.life(), self.at("00:00"), midnight.at("00:00"))

    def life(
        self,
        agenda: Sequence[Event] = (),
        sessions: Sequence[str] = (),
        asleep: Sequence[Gap] = (),
        quiet: Sequence[tuple[str, QuietReason]] = (),
        typing: Sequence[str] = (),
        answer=always_taken,
    ) -> Life:
        """What happens on it."""
        return Life(
            zone=lambda _at: self.zone,
            agenda=Agenda(agenda),
            sessions=[self.told(each) for each in sessions],
            asleep=asleep,
            quiet=[(self.stretch(when), reason) for when, reason in quiet],
            typing=[self.stretch(each) for each in typing],
            answer=answer,
        )

    def came_of(self, lived: Lived) -> list[str]:
        """What came of it: when it was due, why, and what became of it."""
        return [
            f"{row.due.astimezone(self.zone):%H:%M} {row.kind} {row.reason or row.outcome}"
            for row in sorted(lived.rows, key=lambda row: (row.due, row.settled))
        ]

    def offered(self, lived: Lived) -> list[str]:
        """When something was offered, as the clock showed it."""
        return [f"{made.at.astimezone(self.zone):%H:%M}" for made in lived.offers]


def answers(*outcomes: Outcome):
    """One answer after the other, the last one again and again."""
    left = list(outcomes)
    return lambda offer, at: Answer(left.pop(0) if len(left) > 1 else left[0])
