"""How much a practice may hold the breath: long holds four times, any of them for five minutes."""

from __future__ import annotations

import pytest

from calmtray.practice.held import held_too_much
from calmtray.practice.model import Phase
from tests.making import BOX, FOUR_SIX, breath, breathing, quiet
from tests.practice.bundled import SHARED

FOUR_SEVEN_EIGHT = SHARED.patterns["four_seven_eight"]
OWN = breath((Phase.IN, 2_000), (Phase.HOLD, 4_100), (Phase.OUT, 4_000))
JUST = breath((Phase.IN, 2_000), (Phase.HOLD, 4_000), (Phase.OUT, 4_000))
TWO_HOLDS = breath(
    (Phase.IN, 2_000),
    (Phase.HOLD, 5_000),
    (Phase.OUT, 4_000),
    (Phase.IN, 2_000),
    (Phase.HOLD, 5_000),
    (Phase.OUT, 4_000),
)
BOX_4 = SHARED.patterns["box_4"]


def ms(rounds: int, pattern=FOUR_SEVEN_EIGHT) -> int:
    return rounds * int(pattern.length_ms)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([breathing(FOUR_SEVEN_EIGHT, 4)], []),
        ([breathing(FOUR_SEVEN_EIGHT, 5)], [("too-many-long-holds", "steps[0].breathe.rounds")]),
        # What counts is the hold, not its name.
        ([breathing(OWN, 5)], [("too-many-long-holds", "steps[0].breathe.rounds")]),
        ([breathing(JUST, 5)], []),
        ([breathing(TWO_HOLDS, 2)], []),
        ([breathing(TWO_HOLDS, 3)], [("too-many-long-holds", "steps[0].breathe.rounds")]),
        # Several steps are counted together.
        (
            [breathing(FOUR_SEVEN_EIGHT, 3), quiet(20_000), breathing(FOUR_SEVEN_EIGHT, 2), breathing(OWN, 9)],
            [("too-many-long-holds", "steps[2].breathe.rounds")],
        ),
        # As long as somebody may make it.
        ([breathing(FOUR_SEVEN_EIGHT, 3, "", (ms(2), ms(5) - 1))], []),
        ([breathing(FOUR_SEVEN_EIGHT, 3, "", (ms(2), ms(5)))], [("too-many-long-holds", "steps[0].scale")]),
        ([breathing(FOUR_SEVEN_EIGHT, 5, "", (ms(2), ms(6)))], [("too-many-long-holds", "steps[0].breathe.rounds")]),
        (
            [breathing(FOUR_SEVEN_EIGHT, 2, "", (ms(2), ms(4))), breathing(FOUR_SEVEN_EIGHT, 1)],
            [("too-many-long-holds", "steps[1].breathe.rounds")],
        ),
        # Any hold, five minutes.
        ([breathing(BOX_4, 18)], []),
        ([breathing(BOX, 25)], []),
        ([breathing(BOX_4, 19)], [("held-too-long", "steps[0].breathe.rounds")]),
        ([breathing(BOX, 8, "", (36_000, 312_000))], [("held-too-long", "steps[0].scale")]),
        ([breathing(BOX, 20), breathing(BOX_4, 4)], [("held-too-long", "steps[1].breathe.rounds")]),
        # Without a hold there is no limit.
        ([breathing(FOUR_SIX, 100), quiet(600_000)], []),
    ],
)
def test_a_practice_holds_the_breath_no_more_than_it_may(steps, found):
    assert [(problem.code, problem.where) for problem in held_too_much(steps)] == found
