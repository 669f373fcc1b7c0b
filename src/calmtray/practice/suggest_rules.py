"""What is suggested, and what is not, as tables: a rule is a row with a name, when it holds, and what it does.

The sources are sections 3.1 and 4.2 of the reference; where a figure is a matter of judgement, this is where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from calmtray.practice.model import Category, Caution, Discreet, Need, Place, Posture, Practice, Where
from calmtray.practice.moment import Moment
from calmtray.session.timeline import shortest_ms

When: TypeAlias = Callable[[Moment], bool]
Which: TypeAlias = Callable[[Practice, Moment], bool]

# Words that the tables are written in.

NOON = 12


def _always(moment: Moment) -> bool:
    return True


def _asked(moment: Moment) -> bool:
    return bool(moment.asked.needs)


def _unsaid_before_noon(moment: Moment) -> bool:
    return not _asked(moment) and moment.now.hour < NOON


def _unsaid_after_noon(moment: Moment) -> bool:
    return not _asked(moment) and moment.now.hour >= NOON


def _said(need: Need) -> When:
    return lambda moment: need in moment.asked.needs


def outward(practice: Practice, moment: Moment) -> bool:
    """Whether it leaves attention outside."""
    return practice.inward == 0


def slow(practice: Practice, moment: Moment) -> bool:
    """Whether any of its breaths is a slow one."""
    return Caution.SLOW in practice.cautions


def breathes(practice: Practice, moment: Moment) -> bool:
    """Whether it is about the breath."""
    return practice.category is Category.BREATH or bool(practice.patterns)


def _marked_inward(practice: Practice, moment: Moment) -> bool:
    return practice.inward > 1


def _any(practice: Practice, moment: Moment) -> bool:
    return True


def unnoticed(practice: Practice) -> bool:
    """Whether somebody beside the user would neither see nor hear it."""
    return practice.discreet is Discreet.YES and practice.silent


# How long.


@dataclass(frozen=True, slots=True)
class Limit:
    """Nothing longer than ``most_ms`` (None: no limit). A practice that can be made short enough fits."""

    name: str
    most_ms: Callable[[Moment], float | None]


SOON_MS, SOON_MOST_MS = 5 * 60_000, 120_000
MINUTE_MS = 60_000

SETTLING_MS = 5_000
"""Before something begins: a voice that takes its time makes the bundled practices up to so much longer."""

LIMITS = (
    Limit("the time that was asked for", lambda m: None if m.asked.seconds is None else m.asked.seconds * 1_000),
    Limit("the time until something begins", lambda m: None if m.gap_ms is None else m.gap_ms - SETTLING_MS),
    Limit(
        "two minutes, when something begins within five",
        lambda m: SOON_MOST_MS if m.gap_ms is not None and m.gap_ms < SOON_MS else None,
    ),
    Limit("a minute, for a minute at most", lambda m: MINUTE_MS if Need.ONE_MINUTE_OR_LESS in m.asked.needs else None),
)


def room_ms(moment: Moment) -> float | None:
    """How long a practice may last now, in ms, or None where nothing limits it."""
    return min((most for limit in LIMITS if (most := limit.most_ms(moment)) is not None), default=None)


def too_long(practice: Practice, moment: Moment) -> bool:
    """Whether even its shortest form takes longer than there is time."""
    room = room_ms(moment)
    return room is not None and practice.length_ms > room and shortest_ms(practice) > room


# Where.


@dataclass(frozen=True, slots=True)
class Spot:
    """What suits somebody's place: one of these postures, one of these places (None: any), nothing to see or hear."""

    postures: frozenset[Posture] | None = None
    places: frozenset[Place] | None = None
    unnoticed: bool = False

    def suits(self, practice: Practice) -> bool:
        """Whether the practice can be done there."""
        return (
            (self.postures is None or not self.postures.isdisjoint(practice.posture))
            and (self.places is None or not self.places.isdisjoint(practice.places))
            and (not self.unnoticed or unnoticed(practice))
        )


SPOTS: Mapping[Where, Spot] = {
    # What can be done without getting up. A video call's waiting room, a chat and a telephone are at the desk, too.
    Where.DESK: Spot(
        frozenset({Posture.ANY, Posture.SEATED, Posture.CALL}),
        frozenset(
            {
                Place.ANYWHERE,
                Place.DESK,
                Place.CLOSED_DOOR,
                Place.WINDOW,
                Place.MEETING,
                Place.WAITING_ROOM,
                Place.CHAT,
                Place.PHONE,
            }
        ),
    ),
    Where.STANDING: Spot(frozenset({Posture.ANY, Posture.STANDING, Posture.WALKING})),
    Where.WATCHED: Spot(unnoticed=True),
    Where.PARKED_CAR: Spot(frozenset({Posture.ANY, Posture.SEATED}), frozenset({Place.ANYWHERE, Place.PARKED_CAR})),
}


# What is never suggested.


@dataclass(frozen=True, slots=True)
class Forbid:
    """While ``when`` holds, none of ``which`` is suggested."""

    name: str
    when: When
    which: Which


FORBIDS = (
    Forbid("hidden", _always, lambda p, m: p.id in m.permitted.hidden),
    Forbid("breath holds, until they are switched on", lambda m: not m.permitted.holds, lambda p, m: p.has_hold),
    Forbid("play, after a heavy session", _said(Need.AFTER_HEAVY_SESSION), lambda p, m: p.category is Category.PLAY),
    Forbid(
        "markedly inward, for the numb and after a heavy session",
        lambda m: not {Need.NUMB, Need.AFTER_HEAVY_SESSION}.isdisjoint(m.asked.needs),
        _marked_inward,
    ),
    Forbid(
        "unsuited to the place",
        lambda m: m.asked.where is not None,
        lambda p, m: m.asked.where is not None and not SPOTS[m.asked.where].suits(p),
    ),
    Forbid("too long", lambda m: room_ms(m) is not None, too_long),
)


# What comes first.

PICKED: Mapping[Need, tuple[str, ...]] = {
    Need.AFTER_HEAVY_SESSION: ("look-around-the-room", "close-the-session", "shake-it-out"),
    Need.AGITATED: ("feet-and-chair", "hallway-lap", "look-around-the-room"),
    Need.BEFORE_DIFFICULT_CALL: ("feet-and-chair", "before-a-hard-call", "longer-out-breath"),
    Need.BETWEEN_BACK_TO_BACK: ("bathroom-break", "doorway-pause", "shoulders-and-neck"),
    Need.BODY_BASICS: ("bathroom-break", "something-to-eat"),
    Need.CELEBRATING: ("one-small-win", "secret-dance", "thank-you-line"),
    Need.END_OF_DAY: ("leave-work-at-work", "three-good-moments", "one-small-win"),
    Need.FOGGY: ("water-break", "green-minute", "hallway-lap"),
    Need.HUNGRY_THIRSTY: ("water-break", "something-to-eat", "bathroom-break"),
    Need.LONELY: ("say-hello", "two-minute-check-in", "loving-kindness-mini"),
    Need.NUMB: ("here-and-now-facts", "colour-hunt", "shake-it-out"),
    Need.ONE_MINUTE_OR_LESS: ("three-easy-breaths", "doorway-pause", "supportive-hold"),
    Need.OVERWHELMED: ("set-it-down", "two-minute-check-in", "one-clear-limit"),
    Need.SCREEN_WEARY: ("green-minute", "shoulders-and-neck", "horizon-gaze"),
    Need.SELF_CRITICAL: ("supportive-hold", "self-compassion-pause", "one-small-win"),
    Need.START_OF_DAY: ("five-five", "find-your-people", "loving-kindness-mini"),
    Need.TIRED: ("water-break", "hallway-lap", "green-minute"),
}
"""Picked by hand for each need, the first one first (reference, section 3.1)."""


@dataclass(frozen=True, slots=True)
class Prefer:
    """While ``when`` holds, a practice gets ``points`` as many times as ``times`` says."""

    name: str
    when: When
    times: Callable[[Practice, Moment], int]
    points: int


def _picks(place: int) -> Callable[[Practice, Moment], int]:
    return lambda p, m: sum(PICKED[need][place : place + 1] == (p.id,) for need in m.asked.needs)


def _all_picks(moment: Moment) -> bool:
    return _asked(moment) and moment.now.toordinal() % 2 == 0


def _picked_lately(practice: Practice, moment: Moment) -> int:
    picked = sum(practice.id in PICKED[need] for need in moment.asked.needs)
    return picked if practice.id in moment.lately - moment.permitted.favourites else 0


def _needs(practice: Practice, moment: Moment) -> int:
    return len(moment.asked.needs.intersection(practice.needs))


AFTER_ALL_OTHERS = -10_000
"""More than all other points together, for all needs at once."""

PREFERS = (
    Prefer("picked first for a need", _asked, _picks(0), 36),
    Prefer("picked second", _asked, _picks(1), 33),
    # Who feels the same every day would otherwise never meet the other ones that are made for it.
    Prefer("picked third, every other day", _all_picks, _picks(2), 30),
    Prefer("picked, no favourite, and taken lately: it makes room", _asked, _picked_lately, -34),
    Prefer("made for a need", _asked, _needs, 8),
    Prefer("a favourite", _always, lambda p, m: p.id in m.permitted.favourites, 4),
    Prefer("not taken yet", _always, lambda p, m: p.id not in m.ever, 1),
    Prefer("taken lately", _always, lambda p, m: p.id in m.lately, -3),
    Prefer("of the evening, in the morning", _unsaid_before_noon, lambda p, m: Need.END_OF_DAY in p.needs, -6),
    Prefer("of the morning, after noon", _unsaid_after_noon, lambda p, m: Need.START_OF_DAY in p.needs, -6),
    Prefer("outward", _always, outward, 1),
    Prefer("markedly inward", _always, _marked_inward, -2),
    Prefer("of the core", _always, lambda p, m: p.core, 1),
    Prefer("skipped lately, or set apart: it rests", _always, lambda p, m: p.id in m.resting, AFTER_ALL_OTHERS),
    Prefer(
        "slow or markedly inward, for the numb",
        _said(Need.NUMB),
        lambda p, m: slow(p, m) or _marked_inward(p, m),
        AFTER_ALL_OTHERS,
    ),
)

SAME_CATEGORY = -5
"""Points for a category that is there already: less than what a pick is ahead of all that is not picked."""


# Who leads.


@dataclass(frozen=True, slots=True)
class Lead:
    """While ``when`` holds, the first is one of ``which[0]``, else of ``which[1]`` …; where there is none, nothing is
    suggested at all.
    """

    name: str
    when: When
    which: tuple[Which, ...]


LEADS = (
    Lead(
        "the numb begin outward, and never with a slow breath or markedly inward",
        _said(Need.NUMB),
        (
            lambda p, m: outward(p, m) and not breathes(p, m),
            lambda p, m: not (_marked_inward(p, m) or slow(p, m)),
        ),
    ),
    Lead(
        "after a heavy session outward or moving comes first",
        _said(Need.AFTER_HEAVY_SESSION),
        (lambda p, m: outward(p, m) or p.category is Category.MOVEMENT, _any),
    ),
)


@dataclass(frozen=True, slots=True)
class Share:
    """While ``when`` holds, at least ``least`` of the first ``among`` are ``which``, as far as there are so many."""

    name: str
    when: When
    which: Which
    least: int
    among: int


SHARES = (
    # The reference asks it of the first four; two or three are shown, so it is asked of these.
    Share("the agitated can leave the breath alone", _said(Need.AGITATED), lambda p, m: not breathes(p, m), 2, 3),
)
