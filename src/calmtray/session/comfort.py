"""Which pace was the most comfortable: answers -> a pace.

A comfort test (reference, section 1.3): without a sensor nothing is measured, so nothing is called resonance, and
nobody gets a score. Each pace is breathed for a minute or two and followed by two questions, which may stay open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from calmtray.practice.model import (
    LANGUAGES,
    Category,
    Discreet,
    Eyes,
    Grade,
    Pattern,
    Place,
    Posture,
    Practice,
    Step,
    Why,
)

RATES: Mapping[str, float] = {"pace_65": 6.5, "pace_60": 6.0, "pace_55": 5.5, "pace_50": 5.0, "pace_45": 4.5}
"""The paces that are tried, in breaths a minute, by the id of their pattern: the quickest first, as they come."""

NO_PACE = "none"
"""The value of the setting where no pace was found, or it was forgotten."""

TRIAL_ID = "find-my-pace"
"""No practice of the library has it: a try is not written into the journal."""

REST_MS = 30_000
"""Natural breathing before each pace. The laboratory gives two minutes; here the questions are answered first, which
takes time as well, and the whole shall fit between two client sessions."""

SETTLE_MS = 10_000
"""Before the first one there is nothing to rest from."""

MINUTES_EACH = (1, 2)
"""How long each pace is breathed: the quick way, and the laboratory's."""


class Comfort(IntEnum):
    """“Was it comfortable?” More is better."""

    NO = 0
    PARTLY = 1
    YES = 2


class Effort(IntEnum):
    """“How much effort did it take?” Less is better."""

    LITTLE = 0
    SOME = 1
    MUCH = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said of one pace; None where they said nothing."""

    comfort: Comfort | None = None
    effort: Effort | None = None


def best_pace(answers: Mapping[str, Answer]) -> str | None:
    """The pace (a key of ``RATES``) with the best comfort and, among these, the least effort; a tie: the quicker one.

    A question left open counts as its middle answer, and a pace of which nothing was said is left out. A pace that was
    not comfortable is nobody's: where no other is left, the answer is None.
    """
    told = {pace: answer for pace, answer in answers.items() if answer != Answer()}
    good = {pace: answer for pace, answer in told.items() if answer.comfort is not Comfort.NO}
    return min(good, key=lambda pace: _rank(pace, good[pace])) if good else None


def _rank(pace: str, answer: Answer) -> tuple[int, int, float]:
    comfort = Comfort.PARTLY if answer.comfort is None else answer.comfort
    effort = Effort.SOME if answer.effort is None else answer.effort
    return -comfort, effort, -RATES[pace]


def trial(pace: Pattern, minutes: int, first: bool) -> Practice:
    """One try: a rest with natural breathing, then this pace for about so many minutes, in whole breaths.

    It has no words of its own: what is said of it stands on the screen.
    """
    rounds = round(minutes * 60_000 / pace.length_ms)
    rest = Step(SETTLE_MS if first else REST_MS, {})
    return Practice(
        id=TRIAL_ID,
        category=Category.BREATH,
        languages=LANGUAGES,
        title={},
        summary={},
        needs=(),
        posture=(Posture.SEATED,),
        places=(Place.ANYWHERE,),
        discreet=Discreet.YES,
        silent=True,
        eyes=Eyes.OPTIONAL,
        inward=1,
        core=False,
        why=Why(Grade.D, {}),
        caution={},
        steps=(rest, Step(rounds * pace.length_ms, {}, pace, rounds)),
    )
