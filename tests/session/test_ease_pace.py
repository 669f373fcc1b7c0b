"""*Easier*: the pace changes at this very instant, and nobody notices a seam."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calmtray.practice.model import Pattern, Practice
from calmtray.session.breath import level_at, phase_level
from calmtray.session.timeline import (
    FIRST_WORDS_AFTER_MS,
    BellCue,
    BreathCue,
    Choices,
    Timeline,
    WordsCue,
    build_timeline,
    ease_pace,
)
from tests.making import BOX, FOUR_SIX, OUT, REST, SIGH, breathing, clips, practice, practices, quiet, words

EVERY_SHAPE = [FOUR_SIX, BOX, SIGH]


def quicker(pattern: Pattern, factor: float = 0.8) -> Pattern:
    spans = tuple(replace(span, ms=max(1, round(span.ms * factor))) for span in pattern.spans)
    return replace(pattern, spans=spans)


def timeline_of(made: Practice, recorded: dict[str, int] | None = None) -> Timeline:
    return build_timeline(made, recorded or {}, Choices())


def end_of(timeline: Timeline, step: int) -> int:
    return (*timeline.starts_ms, timeline.length_ms)[step + 1]


def told(timeline: Timeline, until_ms: int) -> list[float]:
    """The level at two hundred instants up to here: what the user has already followed."""
    return [level_at(timeline, ms) for ms in range(0, until_ms, max(1, until_ms // 200))]


def assert_seamless(before: Timeline, after: Timeline, at_ms: int, pattern: Pattern) -> None:
    """Everything that *easier* promises, whenever it is pressed."""
    eased = before.breath_at(at_ms)
    assert eased is not None
    # Nothing that has been is changed, and the level goes on from where it is.
    assert told(after, at_ms) == pytest.approx(told(before, at_ms), abs=1e-9)
    assert level_at(after, at_ms) == pytest.approx(level_at(before, at_ms), abs=1e-6)
    assert level_at(after, at_ms - 1e-6) == pytest.approx(level_at(after, at_ms), abs=1e-6)
    # The step is still one unbroken row of phases, and meets itself at every boundary.
    row = [cue for cue in after.breath if cue.step == eased.step]
    assert row[0].at_ms == after.starts_ms[eased.step]
    assert row[-1].until_ms == end_of(after, eased.step)
    for one, other in pairwise(row):
        assert one.until_ms == other.at_ms
        assert phase_level(one, one.until_ms) == pytest.approx(phase_level(other, other.at_ms), abs=1e-6)
    # From here on the new pattern, ending with a whole breath.
    paced = [cue for cue in row if cue.at_ms >= at_ms]
    assert all(cue.pattern == pattern for cue in paced)
    assert paced[-1].span == len(pattern.spans) - 1
    assert [cue.span for cue in paced] == [
        number % len(pattern.spans) for number in range(eased.span, eased.span + len(paced))
    ]
    assert all(cue.until_ms - cue.at_ms == pattern.spans[cue.span].ms for cue in paced[1:])
    # What comes later comes later, by one and the same time.
    moved = after.length_ms - before.length_ms
    end = end_of(before, eased.step)
    assert after.starts_ms == tuple(ms + moved if ms >= end else ms for ms in before.starts_ms)
    assert [cue for cue in after.breath if cue.step > eased.step] == [
        shifted(cue, moved) for cue in before.breath if cue.step > eased.step
    ]
    assert after.words == tuple(shifted(cue, moved) if cue.step > eased.step else cue for cue in before.words)
    assert after.bells[:-1] == tuple(shifted(cue, moved) if cue.step > eased.step else cue for cue in before.bells[:-1])
    assert after.bells[-1] == shifted(before.bells[-1], moved)
    # No words run into the next ones.
    assert all(one.until_ms <= other.at_ms for one, other in pairwise(after.words))


def shifted(cue: WordsCue | BreathCue | BellCue, by: int) -> WordsCue | BreathCue | BellCue:
    return replace(cue, at_ms=cue.at_ms + by, until_ms=cue.until_ms + by)


@st.composite
def moments(draw: st.DrawFn, timeline: Timeline) -> int:
    """An instant within a breath; often the very first or last millisecond of a phase."""
    cue = draw(st.sampled_from(timeline.breath))
    inside = st.integers(cue.at_ms, cue.until_ms - 1)
    return draw(inside | st.sampled_from((cue.at_ms, cue.until_ms - 1)))


@given(st.data())
def test_the_pace_changes_without_a_seam(data):
    made = data.draw(practices())
    assume(made.patterns)
    before = timeline_of(made, data.draw(clips(made)))
    at_ms = data.draw(moments(before))
    cue = before.breath_at(at_ms)
    assert cue is not None
    pattern = cue.pattern.easier() or quicker(cue.pattern)
    assert_seamless(before, ease_pace(before, at_ms, pattern), at_ms, pattern)


@given(st.data())
def test_the_pace_changes_again_and_again_without_a_seam(data):
    made = data.draw(practices())
    assume(made.patterns)
    before = timeline_of(made)
    for _ in range(3):
        at_ms = data.draw(moments(before))
        cue = before.breath_at(at_ms)
        assert cue is not None
        pattern = quicker(cue.pattern, data.draw(st.floats(0.6, 1.0)))
        # A step eased before may be paced by two patterns: what the user hears from here on is one.
        eased = ease_pace(before, at_ms, pattern)
        assert_seamless(before, eased, at_ms, pattern)
        before = eased


@pytest.mark.parametrize("pattern", EVERY_SHAPE)
@pytest.mark.parametrize("round_", [0, 1, 2])
def test_in_every_phase_of_every_shape_and_on_every_boundary(pattern, round_):
    before = timeline_of(practice(quiet(10_000), breathing(pattern, 3), quiet(10_000)))
    eased = pattern.easier()
    assert eased is not None
    begins = [cue.at_ms for cue in before.breath if cue.at_ms >= 10_000 + round_ * pattern.length_ms]
    for at in begins[: len(pattern.spans)]:
        for at_ms in (at, at + 1, at + 333, at - 1):
            if before.breath_at(at_ms) is not None:
                assert_seamless(before, ease_pace(before, at_ms, eased), at_ms, eased)


@pytest.mark.parametrize("at_ms", [0, 9_999, 40_000, 45_000, 49_999, 50_000, 99_999, -1])
def test_where_nothing_is_paced_nothing_changes(at_ms):
    before = timeline_of(practice(quiet(10_000), breathing(FOUR_SIX, 3), quiet(10_000)))
    assert ease_pace(before, at_ms, quicker(FOUR_SIX)) is before


def test_in_the_last_breath_only_that_breath_is_eased():
    before = timeline_of(practice(quiet(10_000), breathing(FOUR_SIX, 2)))
    after = ease_pace(before, 24_000, quicker(FOUR_SIX))
    # Half of the last out-breath is left: 4 s of 6, now at 0.8 of its time.
    assert after.length_ms == 24_000 + round(0.8 * 6_000)
    assert after.breath[-1].phase is OUT
    assert after.breath[-1].until_ms == after.length_ms


def test_in_the_last_millisecond_there_is_at_least_one_millisecond_left():
    before = timeline_of(practice(quiet(10_000), breathing(BOX, 2)))
    after = ease_pace(before, before.length_ms - 1, quicker(BOX))
    assert after.breath[-1].phase is REST
    assert after.length_ms == before.length_ms


def test_the_step_keeps_its_length_as_nearly_as_whole_breaths_allow():
    before = timeline_of(practice(quiet(10_000), breathing(FOUR_SIX, 9)))
    after = ease_pace(before, 10_000, quicker(FOUR_SIX))
    assert after.length_ms - 10_000 == 11 * 8_000  # 90 s are 11 breaths of 8 s and a quarter


def test_twice_in_a_row_at_one_instant_is_as_good_as_once_with_the_second_pace():
    before = timeline_of(practice(quiet(10_000), breathing(FOUR_SIX, 9), quiet(10_000)))
    once, twice = quicker(FOUR_SIX), quicker(quicker(FOUR_SIX))
    after = ease_pace(ease_pace(before, 12_000, once), 12_000, twice)
    assert_seamless(before, after, 12_000, twice)


def test_a_step_whose_words_are_still_being_said_gets_breaths_enough_for_them():
    made = practice(breathing(FOUR_SIX, 1, words(0, 16)), quiet(20_000, words(1, 3)))
    before = timeline_of(made, {words(0, 16): 8_400 - FIRST_WORDS_AFTER_MS})
    after = ease_pace(before, 0, quicker(FOUR_SIX))
    # One breath of 8 s would cut the voice off.
    assert after.words[0].until_ms == 8_400
    assert after.words[1].at_ms == 16_000


def test_the_timeline_that_was_stays_as_it_was():
    made = practice(breathing(FOUR_SIX, 6), quiet(10_000))
    before = timeline_of(made)
    ease_pace(before, 15_000, quicker(FOUR_SIX))
    assert before == timeline_of(made)
