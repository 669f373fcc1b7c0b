"""Which practices to suggest now: two or three, each permitted, each with a true reason. The rules: suggest_rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from calmtray.practice.model import Category, Practice
from calmtray.practice.moment import Moment
from calmtray.practice.one_a_day import one_a_day
from calmtray.practice.reasons import Because, Reason, reasons
from calmtray.practice.suggest_rules import FORBIDS, LEADS, PREFERS, SAME_CATEGORY, SHARES, room_ms
from calmtray.session.lengths import longest_within

FEWEST, MOST = 2, 3
SHORT_MS = 60_000

HEAD = 4
"""So many places of the order look at what stands before them; the others go by points alone."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A practice, the length it would have (ms), and why."""

    practice: Practice
    length_ms: int
    because: Because


def outward_first(practices: Iterable[Practice]) -> Practice | None:
    """The way out of any state: an outward-looking practice of at most a minute, orientation before all else."""
    fitting = [p for p in practices if p.inward == 0 and p.length_ms <= SHORT_MS and not p.has_hold]
    return min(fitting, key=lambda p: (p.category is not Category.ORIENTATION, p.length_ms, p.id), default=None)


def suggest(practices: Iterable[Practice], moment: Moment) -> tuple[Suggestion, ...]:
    """Two or three practices, the best first; none where fewer than two are permitted, for one alone is an order."""
    first = ordered(practices, moment)[:MOST]
    if len(first) < FEWEST:
        return ()
    told: list[Because] = []
    for practice in first:
        true = reasons(practice, fitted_ms(practice, moment), moment)
        if told:
            # Only one is the first.
            true = tuple(because for because in true if because.reason is not Reason.OUTWARD_FIRST)
        # Three times the same reason tells nothing; where another one holds as well, it is told.
        told.append(next((because for because in true if because not in told), true[0]))
    return tuple(Suggestion(p, fitted_ms(p, moment), because) for p, because in zip(first, told, strict=True))


def suggested_ids(practices: Sequence[Practice], moment: Moment) -> frozenset[str]:
    """Which practices are suggested now."""
    return frozenset(suggestion.practice.id for suggestion in suggest(practices, moment))


def apart_for_others(practices: Sequence[Practice], moment: Moment) -> frozenset[str]:
    """The ids to set apart when *Another* is asked for: what is suggested now joins those before.

    Once everything was seen, only what is suggested now is set apart, and all the rest comes again.
    """
    shown = suggested_ids(practices, moment)
    apart = shown.union(moment.past.apart)
    others = suggested_ids(practices, replace(moment, past=replace(moment.past, apart=apart)))
    return shown if others <= apart else apart


def permitted(practices: Iterable[Practice], moment: Moment) -> list[Practice]:
    """The practices that no rule forbids now."""
    holding = [rule.which for rule in FORBIDS if rule.when(moment)]
    return [practice for practice in practices if not any(forbids(practice, moment) for forbids in holding)]


def ordered(practices: Iterable[Practice], moment: Moment) -> tuple[Practice, ...]:
    """Everything permitted, the best first; nothing where a rule wants a first one that there is not."""
    # Among equals each day begins with others, so that nobody meets the same three for ever; and whoever is left out
    # moves none of the others.
    today = str(moment.now.toordinal())
    known = sorted(permitted(practices, moment), key=lambda p: (crc32((today + p.id).encode()), p.id))
    prefers = [(rule.times, rule.points) for rule in PREFERS if rule.when(moment)]
    points = {p.id: sum(times(p, moment) * each for times, each in prefers) for p in known}
    left = sorted(known, key=lambda p: -points[p.id])
    head: list[Practice] = []
    while left and len(head) < HEAD:
        candidates = _candidates(left, head, moment)
        if not candidates:
            return ()
        there = {practice.category for practice in head}
        best = max(candidates, key=lambda p: points[p.id] + (SAME_CATEGORY if p.category in there else 0))
        head.append(best)
        left.remove(best)
    return (*head, *left)


def todays_one(practices: Iterable[Practice], moment: Moment) -> Suggestion | None:
    """Today's one of the core practices, where it is permitted now and might as well come first."""
    id_ = one_a_day(moment.now.date())
    for practice in ordered((practice for practice in practices if practice.id == id_), moment):
        return Suggestion(practice, fitted_ms(practice, moment), Because(Reason.TODAY, {}))
    return None


def alone(practices: Iterable[Practice], moment: Moment) -> Suggestion | None:
    """The best of these, where they are too few to be suggested by themselves; None where none is permitted."""
    for practice in ordered(practices, moment):
        ms = fitted_ms(practice, moment)
        return Suggestion(practice, ms, reasons(practice, ms, moment)[0])
    return None


def fitted_ms(practice: Practice, moment: Moment) -> int:
    """The length it would have now: its own, or the longest within its scale that there is time for (ms)."""
    room = room_ms(moment)
    return practice.length_ms if room is None else longest_within(practice, room)


def _candidates(left: Sequence[Practice], head: Sequence[Practice], moment: Moment) -> list[Practice]:
    """Which of those left may take the next place."""
    candidates = list(left)
    if not head:
        for lead in (lead for lead in LEADS if lead.when(moment)):
            groups = ([p for p in candidates if which(p, moment)] for which in lead.which)
            candidates = next((group for group in groups if group), [])
    for share in (share for share in SHARES if share.when(moment)):
        missing = share.least - sum(share.which(practice, moment) for practice in head)
        if 0 < share.among - len(head) <= missing:
            candidates = [p for p in candidates if share.which(p, moment)] or candidates
    return candidates
