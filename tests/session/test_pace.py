"""Other paces: a ramp of quicker breaths before the slow ones, and the user's own pace in their place."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calmtray.practice.model import Caution, Pattern, Phase
from calmtray.session.breath import level_at
from calmtray.session.pace import (
    RAMP_BREATHS,
    RAMP_SHARE,
    at_pace,
    practice_takes_pace,
    ramp_step,
    ramped,
    step_at_pace,
    takes_pace,
)
from calmtray.session.timeline import QUIET_AFTER_WORDS_MS, Choices, Timeline, build_timeline, ease_pace, lengthen
from tests.making import BOX, FOUR_SIX, IN, OUT, SIGH, breath, breathing, clips, practice, practices, quiet, words
from tests.practice.bundled import SHARED

NAMED = SHARED.patterns
SLOW_4_6, SLOW_5_5, PACE_55 = NAMED["slow_4_6"], NAMED["slow_5_5"], NAMED["pace_55"]
PACES = [pattern for id_, pattern in NAMED.items() if id_.startswith("pace_")]
MINE = {"slow_4_6", "slow_5_5", "coherent_5_5_5_5", "slow_44_56", "slow_3_7"}
SHORT = breath((IN, 2_000), (OUT, 2_900))

RAMP = Choices(ramp=True)


def spans(pattern: Pattern) -> tuple[int, ...]:
    return tuple(span.ms for span in pattern.spans)


def rows(timeline: Timeline, step: int) -> list[tuple[Pattern, int]]:
    """What a step breathes: each pattern with its rounds."""
    begun = [cue.pattern for cue in timeline.breath if cue.step == step and cue.span == 0]
    return [(pattern, len(list(group))) for pattern, group in groupby(begun)]


def bounds(timeline: Timeline, step: int) -> tuple[int, int]:
    ends = (*timeline.starts_ms, timeline.length_ms)
    return ends[step], ends[step + 1]


def assert_whole(timeline: Timeline) -> None:
    """The breaths of each step fill it without a gap; breath n of a pattern begins at n times its length."""
    for step in {cue.step for cue in timeline.breath}:
        cues = [cue for cue in timeline.breath if cue.step == step]
        at, end = bounds(timeline, step)
        assert all(type(ms) is int for cue in cues for ms in (cue.at_ms, cue.until_ms))
        assert all(one.until_ms == other.at_ms for one, other in pairwise(cues))
        for pattern, rounds in rows(timeline, step):
            begun = [cue.at_ms for cue in cues if cue.pattern == pattern and cue.span == 0]
            assert begun == [at + number * pattern.length_ms for number in range(rounds)]
            at += rounds * pattern.length_ms
        assert at == end == cues[-1].until_ms


# The ramp.


@pytest.mark.parametrize(
    ("pattern", "ms", "expected"),
    [
        # Three minutes and more: five breaths at each of two paces, as in the reference.
        (SLOW_4_6, 280_000, [((2600, 3800), 5), ((3200, 4800), 5), ((4000, 6000), 21)]),
        (SLOW_5_5, 280_000, [((3200, 3200), 5), ((4000, 4000), 5), ((5000, 5000), 21)]),
        # Shorter: a third of the step at most.
        (SLOW_4_6, 90_000, [((2600, 3800), 2), ((3200, 4800), 2), ((4000, 6000), 6)]),
        (SLOW_4_6, 50_000, [((2600, 3800), 1), ((3200, 4800), 1), ((4000, 6000), 4)]),
        # Too short for one breath at each.
        (SLOW_4_6, 40_000, [((4000, 6000), 4)]),
        # The shape is the pattern's own, whatever it is.
        (NAMED["cyclic_sigh"], 252_000, [((1600, 600, 4500), 5), ((2000, 800, 5600), 5), ((2500, 1000, 7000), 17)]),
        (NAMED["box_4"], 160_000, [((2600,) * 4, 2), ((3200,) * 4, 2), ((4000,) * 4, 7)]),
        # Two breaths a round: half the rounds.
        (
            NAMED["alt_nostril_6"],
            300_000,
            [((2600, 3800) * 2, 2), ((3200, 4800) * 2, 2), ((4000, 6000) * 2, 12)],
        ),
    ],
)
def test_slow_breaths_begin_more_quickly(pattern, ms, expected):
    assert [(spans(pace), rounds) for pace, rounds in ramped(pattern, ms, 0)] == expected


def test_a_pattern_that_nothing_is_quicker_than_begins_as_it_is():
    marked = replace(SHORT, cautions=frozenset({Caution.SLOW}))
    assert ramped(marked, 98_000, 0) == ((marked, 20),)


def test_no_breath_is_quicker_than_twelve_a_minute_or_slower_than_the_next():
    for pattern in NAMED.values():
        lengths = [pace.length_ms / pace.breaths for pace, _ in ramped(pattern, 300_000, 0)]
        assert lengths == sorted(lengths)
        assert lengths[0] >= min(5_000, pattern.length_ms / pattern.breaths)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((quiet(20_000),), None),
        ((quiet(10_000), breathing(FOUR_SIX, 9)), 1),
        ((breathing(FOUR_SIX, 9), breathing(FOUR_SIX, 9)), 0),
        # It steps down by itself.
        ((breathing(SHORT, 5), breathing(FOUR_SIX, 9)), None),
    ],
)
def test_only_the_first_breaths_have_a_ramp_and_only_where_they_are_slow(steps, expected):
    assert ramp_step(practice(*steps)) == expected


@given(st.data())
def test_a_ramp_keeps_every_promise_of_the_score(data):
    made = data.draw(practices())
    step = ramp_step(made)
    assume(step is not None)
    assert step is not None
    recorded = data.draw(clips(made))
    wish = data.draw(st.none() | st.integers(20_000, 900_000))
    plain = build_timeline(made, recorded, Choices(length_ms=wish))
    timeline = build_timeline(made, recorded, Choices(length_ms=wish, ramp=True))
    assert_whole(timeline)
    (at, end), (was_at, was_end) = bounds(timeline, step), bounds(plain, step)
    target = made.steps[step].pattern
    begun = rows(timeline, step)
    assert begun[-1][0] == target
    assert sum(pattern.length_ms * rounds for pattern, rounds in begun[:-1]) * RAMP_SHARE <= was_end - was_at
    assert all(rounds * pattern.breaths <= RAMP_BREATHS for pattern, rounds in begun[:-1])
    # As near to its length as whole rounds allow, or as long as its voice needs.
    said = [cue.until_ms + QUIET_AFTER_WORDS_MS for cue in timeline.words if cue.step == step and cue.text in recorded]
    assert all(until <= end for until in said)
    assert -target.length_ms / 2 <= (end - at) - (was_end - was_at) < target.length_ms
    # All else is as it would be without.
    moved = timeline.length_ms - plain.length_ms
    for cue, was in zip(timeline.words, plain.words, strict=True):
        assert cue.at_ms - was.at_ms == (moved if cue.step > step else 0)
    for one, other in pairwise(timeline.breath):
        assert level_at(timeline, one.until_ms - 1e-6) == pytest.approx(
            level_at(timeline, one.until_ms) if one.until_ms == other.at_ms else 0.0, abs=1e-5
        )


def test_without_the_setting_there_is_no_ramp():
    made = practice(quiet(10_000), breathing(FOUR_SIX, 9))
    assert rows(build_timeline(made, {}, Choices()), 1) == [(FOUR_SIX, 9)]


def test_easier_on_the_way_stays_at_that_pace_and_does_not_slow_down_again():
    timeline = build_timeline(practice(quiet(10_000), breathing(FOUR_SIX, 28)), {}, RAMP)
    pressed = 10_000 + 3 * 6_400 + 1_000
    now = timeline.breath_at(pressed)
    assert now is not None
    assert spans(now.pattern) == (2_600, 3_800)
    eased = now.pattern.easier()
    assert eased is not None
    after = ease_pace(timeline, pressed, eased)
    assert all(cue.pattern == eased for cue in after.breath if cue.at_ms >= pressed)
    assert abs(after.length_ms - timeline.length_ms) <= eased.length_ms / 2


def test_one_more_minute_is_breathed_at_the_pace_that_was_reached():
    timeline = build_timeline(practice(quiet(10_000), breathing(FOUR_SIX, 28)), {}, RAMP)
    longer = lengthen(timeline, 20_000)
    assert longer.length_ms == timeline.length_ms + 60_000
    assert rows(longer, 1) == [*rows(timeline, 1)[:-1], (FOUR_SIX, rows(timeline, 1)[-1][1] + 6)]
    assert_whole(longer)


# The user's own pace.


def test_my_pace_is_for_the_plain_slow_breaths_and_for_nothing_else():
    assert {id_ for id_, pattern in NAMED.items() if takes_pace(pattern)} == MINE
    # What somebody wrote in seconds stays as written.
    assert not any(map(takes_pace, (FOUR_SIX, BOX, SIGH, None)))


@pytest.mark.parametrize(
    ("pattern", "pace", "expected"),
    [
        ("slow_4_6", "pace_60", (4_000, 6_000)),
        ("slow_4_6", "pace_55", (4_400, 6_500)),
        ("slow_4_6", "pace_45", (5_300, 8_000)),
        ("slow_5_5", "pace_65", (4_600, 4_600)),
        ("slow_5_5", "pace_55", (5_400, 5_500)),
        ("slow_3_7", "pace_50", (3_600, 8_400)),
        ("slow_44_56", "pace_55", (4_800, 6_100)),
        ("coherent_5_5_5_5", "pace_60", (5_000, 5_000)),
    ],
)
def test_a_pattern_keeps_its_share_of_in_and_out(pattern, pace, expected):
    assert spans(at_pace(NAMED[pattern], NAMED[pace])) == expected


@pytest.mark.parametrize("pace", PACES, ids=lambda pace: pace.id)
@pytest.mark.parametrize("name", sorted(MINE))
def test_every_pace_fits_every_pattern_it_is_meant_for(name, pace):
    pattern = NAMED[name]
    paced = at_pace(pattern, pace)
    assert paced.length_ms == pace.length_ms
    share, was = (each.spans[0].ms / each.length_ms for each in (paced, pattern))
    assert share == pytest.approx(was, abs=50.1 / pace.length_ms)
    assert [span.phase for span in paced.spans] == [Phase.IN, Phase.OUT]
    assert (paced.name, paced.cautions, paced.grade) == (pattern.name, pattern.cautions, pattern.grade)


def test_at_the_pace_it_has_a_pattern_is_itself():
    assert at_pace(SLOW_4_6, NAMED["pace_60"]) is SLOW_4_6


@pytest.mark.parametrize(
    ("rounds", "scale", "expected"),
    [
        (9, None, 8),  # 90 s are 8 breaths of 10.9 s and a quarter
        (28, (100_000, 280_000), 25),  # 25.7, but no longer than its scale
        (3, (30_000, 240_000), 3),
        (3, (28_000, 29_000), 2),  # no whole number fits: the nearest below
        (1, None, 1),
        (1, (10_000, 10_000), 1),
    ],
)
def test_a_step_at_another_pace_keeps_its_length_as_nearly_as_it_can(rounds, scale, expected):
    step = step_at_pace(breathing(SLOW_4_6, rounds, scale_ms=scale), PACE_55)
    assert (step.rounds, step.ms) == (expected, expected * 10_900)


@pytest.mark.parametrize("step", [quiet(20_000), breathing(BOX, 3), breathing(FOUR_SIX, 3)])
def test_other_steps_stay_as_they_are(step):
    assert step_at_pace(step, PACE_55) is step
    assert not practice_takes_pace(practice(step))


@given(
    st.sampled_from(sorted(MINE)),
    st.sampled_from(PACES),
    st.integers(1, 30),
    st.none() | st.integers(20_000, 900_000),
    st.booleans(),
    st.integers(0, 60_000),
)
def test_at_my_pace_the_score_keeps_its_promises_too(name, pace, rounds, wish, ramp, spoken):
    pattern = NAMED[name]
    scale = (pattern.length_ms * rounds // 2, pattern.length_ms * rounds * 2)
    made = practice(quiet(10_000), breathing(pattern, rounds, words(1, 9), scale), quiet(10_000, words(2, 3)))
    recorded = {words(1, 9): spoken} if spoken else {}
    assert practice_takes_pace(made)
    timeline = build_timeline(made, recorded, Choices(length_ms=wish, ramp=ramp, pace=pace))
    assert_whole(timeline)
    assert rows(timeline, 1)[-1][0] == at_pace(pattern, pace)
    assert all(one.until_ms <= other.at_ms for one, other in pairwise(timeline.words))


# *Easier*, in every pattern there is.


@pytest.mark.parametrize("pattern", NAMED.values(), ids=NAMED)
def test_every_pattern_slower_than_ten_a_minute_can_be_made_easier_holds_and_all(pattern):
    eased = pattern.easier()
    if pattern.length_ms / pattern.breaths <= 6_000:
        assert eased is None
        return
    assert eased is not None
    assert [span.phase for span in eased.spans] == [span.phase for span in pattern.spans]
    assert all(easy.ms < was.ms for easy, was in zip(eased.spans, pattern.spans, strict=True))
    assert eased.length_ms == pytest.approx(pattern.length_ms * 0.8, abs=50 * len(pattern.spans))
