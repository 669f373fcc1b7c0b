"""What the day holds: appointments as the planner sees them, without a word of what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calmtray.practice.problem import Problem


class EventKind(StrEnum):
    """What an appointment is to calmtray."""

    CLIENT_SESSION = "client-session"
    CIRCLE = "circle"
    BUSY = "busy"


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One appointment, from ``start`` up to ``end`` (both with their UTC offset).

    ``label`` is what the user typed in beside the agenda; an agenda's own text is never kept.
    """

    start: datetime
    end: datetime
    kind: EventKind
    label: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The appointments of some days, in order of their start, and what could not be read.

    ``read``: False while it is read for the first time: nobody knows then what the day holds.
    """

    events: Sequence[Event] = ()
    problems: Sequence[Problem] = ()
    read: bool = True
