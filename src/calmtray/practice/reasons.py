"""Why a practice is suggested: each reason with what makes it true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from calmtray.practice.model import Category, Need, Practice, Where
from calmtray.practice.moment import Moment
from calmtray.practice.one_a_day import one_a_day
from calmtray.practice.suggest_rules import breathes, outward, unnoticed

Details: TypeAlias = Mapping[str, str | int]
"""What a sentence needs beside its code."""


class Reason(StrEnum):
    """Why a practice is suggested."""

    OUTWARD_FIRST = "outward-first"
    MOVING = "moving"
    FITS_BEFORE = "fits-before"
    NOT_INWARD = "not-inward"
    NO_BREATH = "no-breath"
    FAVOURITE = "favourite"
    THIS_MONTH = "this-month"
    NEED = "need"
    UNNOTICED = "unnoticed"
    PARKED = "parked"
    STANDING = "standing"
    AT_THE_DESK = "at-the-desk"
    TODAY = "today"
    RESTED = "rested"
    OUTWARD = "outward"
    NEW = "new"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Because:
    """A reason, and what its sentence needs: ``need``, ``category``, the ``number`` of times, or ``at`` (HH:MM)."""

    reason: Reason
    details: Details


@dataclass(frozen=True, slots=True)
class Row:
    """``holds`` gives the details where the reason is true, else None.

    It is asked about a practice that is permitted, the ``ms`` it would take, and the moment.
    """

    reason: Reason
    holds: Callable[[Practice, int, Moment], Details | None]


def _if(true: bool) -> Details | None:
    return {} if true else None


def _heavy(moment: Moment) -> bool:
    return Need.AFTER_HEAVY_SESSION in moment.asked.needs


def _before(practice: Practice, ms: int, moment: Moment) -> Details | None:
    if moment.until is None or moment.gap_ms is None or ms > moment.gap_ms:
        return None
    return {"at": f"{moment.until.astimezone(moment.now.tzinfo):%H:%M}"}


def _this_month(practice: Practice, ms: int, moment: Moment) -> Details | None:
    number = moment.this_month[practice.id]
    return {"number": number} if number > 1 else None


def _need(practice: Practice, ms: int, moment: Moment) -> Details | None:
    return next(({"need": need.value} for need in practice.needs if need in moment.asked.needs), None)


def _where(where: Where) -> Callable[[Practice, int, Moment], Details | None]:
    # What is not suited to the place is not suggested.
    return lambda p, ms, m: _if(m.asked.where is where)


REASONS = (
    Row(Reason.OUTWARD_FIRST, lambda p, ms, m: _if(_heavy(m) and outward(p, m))),
    Row(Reason.MOVING, lambda p, ms, m: _if(_heavy(m) and p.category is Category.MOVEMENT)),
    Row(Reason.FITS_BEFORE, _before),
    Row(Reason.NOT_INWARD, lambda p, ms, m: _if(Need.NUMB in m.asked.needs and outward(p, m))),
    Row(Reason.NO_BREATH, lambda p, ms, m: _if(Need.AGITATED in m.asked.needs and not breathes(p, m))),
    Row(Reason.FAVOURITE, lambda p, ms, m: _if(p.id in m.permitted.favourites)),
    Row(Reason.THIS_MONTH, _this_month),
    Row(Reason.NEED, _need),
    Row(Reason.UNNOTICED, lambda p, ms, m: _if(m.asked.where is Where.WATCHED and unnoticed(p))),
    Row(Reason.PARKED, _where(Where.PARKED_CAR)),
    Row(Reason.STANDING, _where(Where.STANDING)),
    Row(Reason.AT_THE_DESK, _where(Where.DESK)),
    Row(Reason.TODAY, lambda p, ms, m: _if(p.id == one_a_day(m.now.date()))),
    Row(Reason.RESTED, lambda p, ms, m: _if(p.id in m.rested)),
    Row(Reason.OUTWARD, lambda p, ms, m: _if(outward(p, m))),
    Row(Reason.NEW, lambda p, ms, m: _if(m.past.known and p.id not in m.ever)),
    Row(Reason.UNNOTICED, lambda p, ms, m: _if(unnoticed(p))),
    Row(Reason.KIND, lambda p, ms, m: {"category": p.category.value}),
)
"""The most telling first; the last is true of any practice."""


def reasons(practice: Practice, ms: int, moment: Moment) -> tuple[Because, ...]:
    """Everything that is true, the most telling first; never empty."""
    found = ((row.reason, row.holds(practice, ms, moment)) for row in REASONS)
    return tuple(Because(reason, details) for reason, details in found if details is not None)
