"""What the app asks of the child that reads calendars, and what it hears: lines of JSON, without any title."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from calmtray.calendars.kinds import Marks
from calmtray.practice.problem import Problem
from calmtray.schedule.agenda import Agenda, Event, EventKind

DONE = "done"

UNREAD = frozenset(
    {
        *("agenda-missing", "agenda-unreadable", "agenda-not-a-file", "agenda-nothing-here", "agenda-too-large"),
        *("agenda-too-many", "agenda-too-much", "agenda-too-long", "agenda-gave-up", "agenda-not-a-calendar"),
    }
)
"""Problems after which nothing is known of a file or folder; after the others, something is."""


@dataclass(frozen=True, slots=True)
class Question:
    """Read these files and folders, from one instant to another (UTC). ``zone``: whose clock it is here."""

    paths: tuple[str, ...]
    first: datetime
    last: datetime
    zone: str
    marks: Marks = field(default_factory=Marks)

    def written(self) -> bytes:
        """As it is sent."""
        data = {
            "paths": self.paths,
            "span": [int(self.first.timestamp()), int(self.last.timestamp())],
            "zone": self.zone,
            "client": self.marks.client,
            "circle": self.marks.circle,
            "all_busy": self.marks.all_busy,
        }
        return json.dumps(data).encode()


def read_question(written: bytes) -> Question:
    """The question that was sent."""
    data = json.loads(written)
    first, last = (datetime.fromtimestamp(at, UTC) for at in data["span"])
    marks = Marks(tuple(data["client"]), tuple(data["circle"]), data["all_busy"])
    return Question(tuple(data["paths"]), first, last, data["zone"], marks)


def opened_line(file: str) -> str:
    """That this file is read now: should it be the last that is heard of it, we know which one it was."""
    return json.dumps({"file": file})


def found_line(events: Sequence[Event], problems: Sequence[Problem]) -> str:
    """What was found in it."""
    told = [[int(each.start.timestamp()), int(each.end.timestamp()), each.kind] for each in events]
    wrong = [[each.code, each.file, dict(each.details)] for each in problems]
    return json.dumps({"events": told, "problems": wrong}, separators=(",", ":"))


def done_line() -> str:
    """That this is all."""
    return json.dumps(DONE)


def agenda(answer: bytes, otherwise: str) -> Agenda:
    """What an answer says. Where it breaks off, ``otherwise`` is the code of what stopped it."""
    events: set[Event] = set()
    problems: list[Problem] = []
    file = ""
    for said in _said(answer):
        if said == DONE:
            break
        file = said.get("file", file)
        events |= {Event(_at(start), _at(end), EventKind(kind)) for start, end, kind in said.get("events", ())}
        problems += [Problem(code, file=where, details=details) for code, where, details in said.get("problems", ())]
    else:
        problems.append(Problem(otherwise, file=file))
    return Agenda(sorted(events), problems)


def _said(answer: bytes) -> Iterator[Any]:
    for line in answer.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            # It was stopped in the middle of a line.
            return


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
