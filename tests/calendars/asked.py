"""Questions to calendars, and answers as a person would write them down."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from calmtray.calendars.asking import Question, agenda
from calmtray.calendars.kinds import Marks
from calmtray.calendars.reading import answer
from calmtray.schedule.agenda import Agenda, EventKind
from calmtray.settings.model import CIRCLE_WORDS, CLIENT_WORDS

AGENDAS = Path(__file__).parent / "agendas"
MARKS = Marks(CLIENT_WORDS, CIRCLE_WORDS)
MONDAY = date(2026, 3, 30)
SHORT = {EventKind.CLIENT_SESSION: "client", EventKind.CIRCLE: "circle", EventKind.BUSY: "busy"}


def question(
    *paths: Path | str, zone: str = "Europe/Paris", day: date = MONDAY, days: int = 1, marks: Marks = MARKS
) -> Question:
    """What keeps somebody busy on this day, by the clock of this zone."""
    here = ZoneInfo(zone)
    first, last = (datetime.combine(each, time(), here) for each in (day, day + timedelta(days=days)))
    return Question(tuple(map(str, paths)), first, last, zone, marks)


def heard(asked: Question) -> Agenda:
    """The answer, in this very process."""
    return agenda("\n".join(answer(asked)).encode(), "agenda-gave-up")


def lines(found: Agenda, zone: str = "Europe/Paris") -> list[str]:
    """Each appointment in a line: ``09:00-09:50 client``."""
    here = ZoneInfo(zone)
    return [
        f"{each.start.astimezone(here):%H:%M}-{each.end.astimezone(here):%H:%M} {SHORT[each.kind]}"
        for each in found.events
    ]


def codes(found: Agenda) -> list[str]:
    """What is wrong."""
    return [problem.code for problem in found.problems]


def entry(*rows: str, uid: str = "1", summary: str = "Client") -> str:
    """One entry of a calendar."""
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", *rows, f"SUMMARY:{summary}", "END:VEVENT"))


def calendar(*entries: str) -> str:
    """A whole one."""
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN", *entries, "END:VCALENDAR", ""))


PRACTICE = (
    "BEGIN:VEVENT\r\nUID:{day}-{hour}@practice\r\nDTSTAMP:20260301T120000Z\r\n"
    "DTSTART;TZID=Europe/Paris:{day}T{hour}0000\r\nDTEND;TZID=Europe/Paris:{day}T{hour}5000\r\n"
    "SUMMARY:Séance individuelle\r\nDESCRIPTION:Une note qui est assez longue pour que le programme\r\n"
    "  la replie sur une deuxième ligne\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nBEGIN:VALARM\r\n"
    "ACTION:DISPLAY\r\nTRIGGER:-PT10M\r\nDESCRIPTION:Rappel\r\nEND:VALARM\r\nEND:VEVENT\r\n"
)


def many(number: int, around: date = MONDAY) -> str:
    """A calendar as a program of a practice exports it: six sessions each working day, for as long as it takes."""
    made: list[str] = []
    day = around + timedelta(days=20)
    while len(made) < number:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            made += [PRACTICE.format(day=f"{day:%Y%m%d}", hour=f"{hour:02}") for hour in (9, 10, 11, 14, 15, 16)]
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Practice//FR\r\n"
    return head + "".join(made[:number]) + "END:VCALENDAR\r\n"
