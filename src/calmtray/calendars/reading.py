"""The answer of the child: file by file, what keeps somebody busy, and what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from calmtray.calendars.appointments import appointments, fence
from calmtray.calendars.asking import Question, done_line, found_line, opened_line
from calmtray.calendars.kinds import Kinds
from calmtray.calendars.sieve import MOST_ENTRIES, MOST_KEPT, Sieve
from calmtray.calendars.sources import bytes_of, files_of
from calmtray.practice.problem import Problem
from calmtray.schedule.agenda import Event

MOST_EVENTS = 1_000
"""Of all calendars together: nobody has a thousand appointments in four days."""

DETAILS = {"agenda-too-many": MOST_ENTRIES, "agenda-too-full": MOST_KEPT}


def answer(question: Question) -> Iterator[str]:
    """The lines of the answer, each as soon as it is known."""
    fence(question.last.year + 1)
    reader = _Reader(question)
    room = MOST_EVENTS
    for source in files_of(question.paths):
        if isinstance(source, Problem):
            yield found_line((), [source])
            continue
        yield opened_line(source)
        events, problems = reader.read(source)
        if len(events) > room:
            # Said once, whether there were too many before they were followed or after.
            problems = [each for each in problems if each.code != "agenda-too-full"]
            problems.append(Problem("agenda-too-full", file=source, details={"most": MOST_EVENTS}))
            events = sorted(events)[:room]
        room -= len(events)
        if events or problems:
            yield found_line(events, problems)
    yield done_line()


class _Reader:
    def __init__(self, question: Question) -> None:
        self._question = question
        self._here = ZoneInfo(question.zone)
        self._kinds = Kinds(question.marks)
        self._sieve = Sieve(*(at.astimezone(self._here).date() for at in (question.first, question.last)))

    def read(self, file: str) -> tuple[list[Event], list[Problem]]:
        try:
            data = bytes_of(file)
            if isinstance(data, Problem):
                return [], [data]
            events, problems = self._found(data)
        except MemoryError:
            events, problems = [], [Problem("agenda-too-much")]
        return events, [replace(problem, file=file) for problem in problems]

    def _found(self, data: bytes) -> tuple[list[Event], list[Problem]]:
        sieved = self._sieve.through(data)
        if sieved is None:
            return [], [Problem("agenda-not-a-calendar")]
        left_out: Counter[str] = Counter(sieved.left_out)
        if not _is_text(data):
            left_out["agenda-not-utf8"] += 1
        first, last = self._question.first, self._question.last
        events = appointments(sieved, first, last, self._here, self._kinds, left_out)
        problems = [
            Problem(code, details={"most": DETAILS[code]} if code in DETAILS else {"count": count})
            for code, count in sorted(left_out.items())
            if count
        ]
        return events, problems


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
