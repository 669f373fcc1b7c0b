"""Practice -> Timeline: the promises of the score, for whatever practice somebody may write."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.model import Pattern, Practice, Step
from calmtray.session.breath import level_at, phase_level
from calmtray.session.timeline import (
    BELL_MS,
    FIRST_WORDS_AFTER_MS,
    QUIET_AFTER_WORDS_MS,
    WORDS_AFTER_BELL_MS,
    Bell,
    BreathCue,
    Choices,
    Timeline,
    build_timeline,
    longest_ms,
    shortest_ms,
    spoken_ms,
)
from tests.making import BOX, FOUR_SIX, breathing, clips, practice, practices, quiet, words

AS_WRITTEN = Choices()
WISHES = st.none() | st.integers(0, 40 * 60_000)


def step_lengths(timeline: Timeline) -> list[int]:
    return [end - start for start, end in pairwise((*timeline.starts_ms, timeline.length_ms))]


def breath_of(timeline: Timeline, step: int) -> list[BreathCue]:
    return [cue for cue in timeline.breath if cue.step == step]


@st.composite
def scores(draw: st.DrawFn) -> tuple[Practice, dict[str, int], Timeline]:
    made = draw(practices())
    recorded = draw(clips(made))
    return made, recorded, build_timeline(made, recorded, Choices(length_ms=draw(WISHES)))


# The score of any practice.


@given(scores())
def test_cues_come_in_order_and_begin_within_the_session(score):
    _, _, timeline = score
    starts = [cue.at_ms for cue in timeline.cues]
    assert starts == sorted(starts)
    assert all(0 <= cue.at_ms < cue.until_ms for cue in timeline.cues)
    assert all(cue.at_ms < timeline.length_ms for cue in timeline.cues)
    assert all(type(ms) is int for cue in timeline.cues for ms in (cue.at_ms, cue.until_ms))


@given(scores())
def test_the_breaths_of_a_step_fill_it_without_a_gap(score):
    made, _, timeline = score
    for index, (step, length) in enumerate(zip(made.steps, step_lengths(timeline), strict=True)):
        cues = breath_of(timeline, index)
        if step.pattern is None:
            assert cues == []
            continue
        assert cues[0].at_ms == timeline.starts_ms[index]
        assert all(before.until_ms == after.at_ms for before, after in pairwise(cues))
        assert cues[-1].until_ms == timeline.starts_ms[index] + length


@given(practices())
def test_the_length_is_the_sum_of_the_steps(made):
    timeline = build_timeline(made, {}, AS_WRITTEN)
    assert timeline.length_ms == made.length_ms
    assert step_lengths(timeline) == [step.ms for step in made.steps]


@given(scores())
def test_the_level_is_the_same_on_both_sides_of_every_boundary(score):
    _, _, timeline = score
    for before, after in pairwise(timeline.breath):
        if before.until_ms == after.at_ms:
            met = phase_level(after, after.at_ms)
        else:
            met = 0.0  # nothing is paced between them: empty
            assert phase_level(after, after.at_ms) == pytest.approx(0.0, abs=1e-6)
        assert phase_level(before, before.until_ms) == pytest.approx(met, abs=1e-6)
    for cue in timeline.breath[:1]:
        assert phase_level(cue, cue.at_ms) == pytest.approx(0.0, abs=1e-6)
    for cue in timeline.breath[-1:]:
        assert phase_level(cue, cue.until_ms) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("pattern", [FOUR_SIX, BOX])
def test_breath_ten_thousand_begins_on_the_millisecond(pattern):
    lead = quiet(7_001)
    timeline = build_timeline(practice(lead, breathing(pattern, 10_000)), {}, AS_WRITTEN)
    phases = len(pattern.spans)
    begins = [cue.at_ms for cue in timeline.breath[::phases]]
    assert begins == [7_001 + number * pattern.length_ms for number in range(10_000)]
    assert timeline.length_ms == 7_001 + 10_000 * pattern.length_ms


@given(scores())
def test_bells_ring_at_the_beginning_at_every_new_step_and_out_at_the_end(score):
    _, _, timeline = score
    begin, *between, end = timeline.bells
    assert (begin.at_ms, begin.step, begin.bell) == (0, 0, Bell.BEGIN)
    assert [(cue.at_ms, cue.bell) for cue in between] == [(ms, Bell.STEP) for ms in timeline.starts_ms[1:]]
    assert (end.until_ms, end.bell) == (timeline.length_ms, Bell.END)
    assert end.until_ms - end.at_ms == min(BELL_MS, timeline.length_ms)


def test_at_one_instant_the_bell_comes_before_the_breath_and_the_breath_before_the_words():
    timeline = build_timeline(practice(breathing(FOUR_SIX, 3, "In and out.")), {}, AS_WRITTEN)
    assert [cue.lane for cue in timeline.cues[:3]] == ["bell", "breath", "words"]


def test_the_words_are_in_the_wished_language_or_in_the_one_there_is():
    both = Step(30_000, {"en": "Here.", "fr": "Ici."})
    two, one = practice(both, languages=("en", "fr")), practice(both, languages=("fr",))
    assert build_timeline(two, {}, Choices("fr")).words[0].text == "Ici."
    assert build_timeline(two, {}, Choices("en")).words[0].text == "Here."
    french = build_timeline(one, {}, Choices("en"))
    assert (french.lang, french.words[0].text) == ("fr", "Ici.")


# Where in the score an instant lies.


def test_an_instant_knows_its_step_and_its_breath():
    timeline = build_timeline(practice(quiet(10_000), breathing(FOUR_SIX, 2), quiet(5_000)), {}, AS_WRITTEN)
    first, second, third, last = timeline.breath
    table = [
        # ms, step, breath at it, breath begun before it, first breath from it on
        (-1.0, 0, None, None, first),
        (0.0, 0, None, None, first),
        (9_999.9, 0, None, None, first),
        (10_000.0, 1, first, first, first),
        (13_999.9, 1, first, first, second),
        (14_000.0, 1, second, second, second),
        (14_000.1, 1, second, second, third),
        (29_999.9, 1, last, last, None),
        (30_000.0, 2, None, last, None),
        (99_999.0, 2, None, last, None),
    ]
    for ms, step, at, before, after in table:
        found = (timeline.step_at(ms), timeline.breath_at(ms), timeline.breath_before(ms), timeline.breath_from(ms))
        assert found == (step, at, before, after), ms


# Words, spoken and reckoned.


def test_words_without_a_clip_are_reckoned_at_115_a_minute():
    assert spoken_ms(" ".join(["word"] * 115)) == 60_000
    assert spoken_ms("") == 0


@given(practices(), st.data())
def test_a_clip_longer_than_its_step_stretches_the_step_and_none_other(made, data):
    recorded = data.draw(clips(made))
    timeline = build_timeline(made, recorded, AS_WRITTEN)
    for index, (step, length) in enumerate(zip(made.steps, step_lengths(timeline), strict=True)):
        clip = recorded.get(step.say.get("en", ""), 0)
        # The end bell is not rung while the voice still speaks.
        ending = BELL_MS if index == len(made.steps) - 1 else 0
        needed = after_bell(index) + clip + QUIET_AFTER_WORDS_MS + ending
        if not clip or needed <= step.ms:
            assert length == step.ms
        elif step.pattern is None:
            assert length == needed
        else:
            assert length % step.pattern.length_ms == 0
            assert needed <= length < needed + step.pattern.length_ms


def after_bell(step):
    return WORDS_AFTER_BELL_MS if step else FIRST_WORDS_AFTER_MS


@given(scores())
def test_words_begin_with_their_step_and_a_voice_after_its_bell_and_never_run_into_the_next(score):
    made, recorded, timeline = score
    assert [cue.text for cue in timeline.words] == [step.say["en"] for step in made.steps if step.say]
    for cue in timeline.words:
        after = after_bell(cue.step) if cue.text in recorded else 0
        assert cue.at_ms == timeline.starts_ms[cue.step] + after
        assert cue.until_ms - cue.at_ms + after <= step_lengths(timeline)[cue.step]
        if cue.text in recorded:
            assert cue.until_ms - cue.at_ms == recorded[cue.text]


def test_a_longer_sentence_moves_ear_and_eye_alike():
    made = practice(quiet(10_000, "A long one."), breathing(FOUR_SIX, 3, "Breathe."))
    plain = build_timeline(made, {}, AS_WRITTEN)
    spoken = build_timeline(made, {"A long one.": 12_000}, AS_WRITTEN)
    moved = FIRST_WORDS_AFTER_MS + 12_000 + QUIET_AFTER_WORDS_MS - 10_000
    assert spoken.length_ms - plain.length_ms == moved
    assert [cue.at_ms - moved for cue in spoken.breath] == [cue.at_ms for cue in plain.breath]
    assert spoken.words[1].at_ms == spoken.breath[0].at_ms


# Shorter and longer.


def grain(step: Step) -> int:
    return step.pattern.length_ms if step.pattern else 1_000


@given(practices(), WISHES)
def test_only_scalable_steps_change_by_whole_rounds_or_seconds_within_their_bounds(made, wish):
    timeline = build_timeline(made, {}, Choices(length_ms=wish))
    for index, (step, length) in enumerate(zip(made.steps, step_lengths(timeline), strict=True)):
        if step.scale_ms is None or wish is None:
            assert length == step.ms
            continue
        assert (length - step.ms) % grain(step) == 0
        assert step.scale_ms[0] <= length <= step.scale_ms[1]
        if step.pattern:
            begins = {cue.at_ms for cue in breath_of(timeline, index) if cue.span == 0}
            assert len(begins) * step.pattern.length_ms == length


@given(practices(), st.integers(0, 40 * 60_000))
def test_no_single_round_or_second_more_or_less_would_come_nearer_to_the_wish(made, wish):
    timeline = build_timeline(made, {}, Choices(length_ms=wish))
    missing = abs(wish - timeline.length_ms)
    for step, length in zip(made.steps, step_lengths(timeline), strict=True):
        if step.scale_ms is None:
            continue
        low, high = step.scale_ms
        for moved in (length - grain(step), length + grain(step)):
            if low <= moved <= high:
                assert abs(wish - (timeline.length_ms - length + moved)) >= missing


@given(practices())
def test_a_wish_beyond_reach_gives_the_shortest_or_the_longest(made):
    assert build_timeline(made, {}, Choices(length_ms=0)).length_ms == shortest_ms(made)
    assert build_timeline(made, {}, Choices(length_ms=10**9)).length_ms == longest_ms(made)
    assert shortest_ms(made) <= made.length_ms <= longest_ms(made)


@given(practices())
def test_wishing_for_the_length_as_written_changes_nothing(made):
    wished = build_timeline(made, {}, Choices(length_ms=made.length_ms))
    assert wished == build_timeline(made, {}, AS_WRITTEN)


def test_the_whole_is_shared_out_in_proportion():
    made = practice(quiet(20_000, scale_ms=(10_000, 80_000)), breathing(FOUR_SIX, 4, scale_ms=(20_000, 160_000)))
    assert step_lengths(build_timeline(made, {}, Choices(length_ms=120_000))) == [40_000, 80_000]
    assert step_lengths(build_timeline(made, {}, Choices(length_ms=30_000))) == [10_000, 20_000]
    assert step_lengths(build_timeline(made, {}, Choices(length_ms=64_000))) == [24_000, 40_000]


def test_a_practice_shrunk_to_two_seconds_still_has_its_bells_inside():
    made = practice(quiet(20_000, scale_ms=(2_000, 20_000)))
    timeline = build_timeline(made, {}, Choices(length_ms=0))
    assert timeline.length_ms == 2_000
    assert [(bell.at_ms, bell.until_ms) for bell in timeline.bells] == [(0, 2_000), (0, 2_000)]


def test_a_scaled_step_is_still_stretched_for_its_clip():
    made = practice(quiet(20_000, words(0, 5), scale_ms=(2_000, 20_000)), quiet(20_000))
    timeline = build_timeline(made, {words(0, 5): 9_000}, Choices(length_ms=22_000))
    assert step_lengths(timeline) == [FIRST_WORDS_AFTER_MS + 9_000 + QUIET_AFTER_WORDS_MS, 20_000]


# A pattern, by itself.


@given(practices())
def test_a_pattern_begins_and_ends_empty(made):
    assert all(pattern.spans[-1].to_level == 0 for pattern in made.patterns)
    timeline = build_timeline(made, {}, AS_WRITTEN)
    assert level_at(timeline, timeline.length_ms) == 0.0


def test_easier_is_one_pace_up_until_twelve_breaths_a_minute():
    paces = []
    pattern: Pattern | None = FOUR_SIX
    while pattern is not None:
        paces.append(tuple(span.ms for span in pattern.spans))
        pattern = pattern.easier()
    assert paces == [(4_000, 6_000), (3_200, 4_800), (2_600, 3_800), (2_100, 3_000)]


def test_easier_keeps_the_shape_and_what_the_pattern_asks():
    named = replace(BOX, name={"en": "Soft box"})
    eased = named.easier()
    assert eased is not None
    assert [span.phase for span in eased.spans] == [span.phase for span in named.spans]
    assert [span.to_level for span in eased.spans] == [span.to_level for span in named.spans]
    assert (eased.name, eased.cautions, eased.id) == (named.name, named.cautions, None)
