"""*One more minute*: the step under way grows at its end, and what comes later comes later."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calmtray.practice.model import Pattern, Phase, Practice, Step
from calmtray.session.breath import level_at, phase_level
from calmtray.session.timeline import BELL_MS, Bell, Choices, Timeline, build_timeline, ease_pace, lengthen
from tests.making import BOX, FOUR_SIX, IN, OUT, SIGH, breath, breathing, clips, practice, practices, quiet, words

MINUTE_MS = 60_000
LONG_BREATHS = breath((IN, 20_000), (OUT, 25_000))
ENDLESS = breath((IN, 60_000), (OUT, 90_000))


def timeline_of(made: Practice, recorded: dict[str, int] | None = None) -> Timeline:
    return build_timeline(made, recorded or {}, Choices())


def step_lengths(timeline: Timeline) -> list[int]:
    return [end - start for start, end in pairwise((*timeline.starts_ms, timeline.length_ms))]


def grown(step: Step, rounds: int) -> Step:
    """The step as somebody would have written it who wanted it that much longer."""
    if step.pattern is None:
        return replace(step, ms=step.ms + MINUTE_MS)
    return replace(step, ms=step.ms + rounds * step.pattern.length_ms, rounds=step.rounds + rounds)


def as_said(timeline: Timeline) -> Timeline:
    """Without the ends of words that no recording tells: in a longer step they are reckoned with more room."""
    return replace(timeline, words=tuple(replace(cue, until_ms=cue.at_ms + 1) for cue in timeline.words))


def held_enough(timeline: Timeline, pattern: Pattern) -> bool:
    """Whether a minute more of this breath would be more than four long holds, or five minutes, in all."""
    held = [cue for cue in timeline.breath if cue.pattern.has_hold]
    holds = [cue for cue in held if cue.phase is Phase.HOLD and cue.part[0] == 0]
    longs = [cue for cue in holds if cue.pattern.spans[cue.span].ms > 4_000]
    minute = [pattern] * max(1, round(MINUTE_MS / pattern.length_ms))
    many = len(longs) + sum(span.phase is Phase.HOLD and span.ms > 4_000 for each in minute for span in each.spans)
    ms = sum(cue.until_ms - cue.at_ms for cue in held) + sum(each.length_ms for each in minute)
    return pattern.has_hold and (many > max(4, len(longs)) or ms > 300_000)


def assert_longer(before: Timeline, after: Timeline, at_ms: float) -> None:
    """Everything that *one more minute* promises, whenever it is pressed."""
    here = before.step_at(at_ms)
    end = (*before.starts_ms, before.length_ms)[here + 1]
    more = after.length_ms - before.length_ms
    assert more > 0
    # The place reached is the same place, and what has been there is unchanged, the rest of the step as well.
    assert after.step_at(at_ms) == here
    for lane in ("words", "breath", "bells"):
        kept = [cue for cue in getattr(before, lane) if cue.step <= here and getattr(cue, "bell", None) != Bell.END]
        assert list(getattr(after, lane)[: len(kept)]) == kept
        moved = [cue for cue in getattr(before, lane) if cue not in kept]
        later = getattr(after, lane)[len(getattr(after, lane)) - len(moved) :]
        assert list(later) == [replace(cue, at_ms=cue.at_ms + more, until_ms=cue.until_ms + more) for cue in moved]
    # Only this step has grown.
    assert after.starts_ms == tuple(ms + more if index > here else ms for index, ms in enumerate(before.starts_ms))
    assert (after.bells[-1].bell, after.bells[-1].until_ms) == (Bell.END, after.length_ms)
    # The breaths go on as the step breathed at its end, in whole rounds and without a gap.
    row = [cue for cue in after.breath if cue.step == here]
    if not row or (len(after.breath) == len(before.breath) and held_enough(before, row[-1].pattern)):
        assert more == MINUTE_MS
        return
    assert (row[0].at_ms, row[-1].until_ms) == (after.starts_ms[here], end + more)
    for one, other in pairwise(row):
        assert one.until_ms == other.at_ms
        assert phase_level(one, one.until_ms) == pytest.approx(phase_level(other, other.at_ms), abs=1e-6)
    last = next(cue for cue in reversed(row) if cue.until_ms <= end)
    added = [cue for cue in row if cue.at_ms >= end]
    assert all(cue.pattern == last.pattern for cue in added)
    assert [cue.span for cue in added] == [n % len(last.pattern.spans) for n in range(len(added))]
    assert more % last.pattern.length_ms == 0
    assert abs(more - MINUTE_MS) <= last.pattern.length_ms / 2 or more == last.pattern.length_ms


@st.composite
def scores(draw: st.DrawFn) -> Timeline:
    made = draw(practices())
    return timeline_of(made, draw(clips(made)))


@st.composite
def moments(draw: st.DrawFn, timeline: Timeline) -> float:
    """Any instant of a session; often the first or the last of a step."""
    edges = [edge for ms in (*timeline.starts_ms, timeline.length_ms) for edge in (ms - 1, ms) if edge >= 0]
    return draw(st.sampled_from(edges) | st.floats(0, timeline.length_ms))


@given(st.data())
def test_the_step_under_way_grows_and_the_others_move(data):
    before = data.draw(scores())
    at_ms = data.draw(moments(before))
    assert_longer(before, lengthen(before, at_ms), at_ms)


@given(st.data())
def test_it_is_the_session_that_would_have_been_written_with_a_longer_step(data):
    made = data.draw(practices())
    before = timeline_of(made)
    at_ms = data.draw(moments(before))
    here = before.step_at(at_ms)
    pattern = made.steps[here].pattern
    assume(pattern is None or not held_enough(before, pattern))
    rounds = max(1, round(MINUTE_MS / pattern.length_ms)) if pattern else 0
    written = [grown(step, rounds) if index == here else step for index, step in enumerate(made.steps)]
    assert as_said(lengthen(before, at_ms)) == as_said(timeline_of(replace(made, steps=tuple(written))))


@given(st.data())
def test_again_and_again_with_easier_in_between(data):
    now = data.draw(scores())
    for _ in range(4):
        at_ms = data.draw(moments(now))
        cue = now.breath_at(at_ms)
        easier = cue.pattern.easier() if cue else None
        if easier is not None and data.draw(st.booleans()):
            now = ease_pace(now, int(at_ms), easier)
        else:
            longer = lengthen(now, at_ms)
            assert_longer(now, longer, at_ms)
            now = longer


@given(st.data())
def test_what_has_been_followed_stays_as_it_was(data):
    before = data.draw(scores())
    at_ms = data.draw(moments(before))
    after = lengthen(before, at_ms)
    for ms in range(0, int(at_ms), max(1, int(at_ms) // 100)):
        assert level_at(after, ms) == level_at(before, ms)


@pytest.mark.parametrize(
    ("pattern", "rounds"),
    [
        (FOUR_SIX, 6),  # 60 s
        (BOX, 5),  # 60 s
        (SIGH, 6),  # 63 s: nearer than 52.5 s
        (breath((IN, 4_000), (OUT, 5_000)), 7),  # 63 s: nearer than 54 s
        (LONG_BREATHS, 1),  # 45 s: nearer than 90 s
        (ENDLESS, 1),  # 150 s: none would be nearer, but no minute at all
    ],
)
def test_a_minute_of_breaths_is_the_nearest_number_of_rounds_and_never_none(pattern, rounds):
    before = timeline_of(practice(breathing(pattern, 2), quiet(20_000)))
    after = lengthen(before, 1_000)
    assert after.length_ms - before.length_ms == rounds * pattern.length_ms
    assert after.starts_ms[1] == (2 + rounds) * pattern.length_ms


@pytest.mark.parametrize(("at_ms", "lengths"), [(0, [80, 30, 50]), (20_000, [20, 90, 50]), (99_000, [20, 30, 110])])
def test_only_the_present_step_of_a_ramp_grows(at_ms, lengths):
    ramp = [breathing(breath((IN, ms * 4), (OUT, ms * 6)), rounds) for ms, rounds in ((500, 4), (1_000, 3), (1_000, 5))]
    after = lengthen(timeline_of(practice(*ramp)), at_ms)
    assert step_lengths(after) == [seconds * 1_000 for seconds in lengths]


def test_a_quiet_step_is_quiet_for_a_minute_more():
    before = timeline_of(practice(quiet(20_000, words(0, 5)), quiet(10_000, words(1, 5))))
    after = lengthen(before, 5_000)
    assert step_lengths(after) == [80_000, 10_000]
    assert after.words[0] == before.words[0]
    assert after.words[1].at_ms == 80_000


def test_a_quiet_step_after_a_breath_stays_quiet():
    after = lengthen(timeline_of(practice(breathing(FOUR_SIX, 2), quiet(10_000))), 25_000)
    assert step_lengths(after) == [20_000, 70_000]
    assert after.breath[-1].until_ms == 20_000


@pytest.mark.parametrize("at_ms", [28_000, 27_000, 29_999.9, 30_000])
@pytest.mark.parametrize("last", [quiet(10_000), breathing(FOUR_SIX, 1)])
def test_an_end_bell_that_rings_already_rings_when_the_session_ends(last, at_ms):
    before = timeline_of(practice(quiet(20_000), last))
    after = lengthen(before, at_ms)
    assert after.length_ms == 90_000
    assert [cue.bell for cue in after.bells] == [Bell.BEGIN, Bell.STEP, Bell.END]
    assert (after.bells[-1].at_ms, after.bells[-1].until_ms) == (90_000 - BELL_MS, 90_000)


def test_after_easier_the_minute_is_breathed_at_the_easier_pace():
    easier = FOUR_SIX.easier()
    assert easier is not None
    eased = ease_pace(timeline_of(practice(breathing(FOUR_SIX, 6), quiet(20_000))), 12_345, easier)
    # Gone back to a place before the pace changed: the minute still comes at the end, at the pace found there.
    for at_ms in (0, 12_345, 40_000):
        after = lengthen(eased, at_ms)
        assert_longer(eased, after, at_ms)
        assert all(cue.pattern == easier for cue in after.breath if cue.at_ms >= 12_345)


def test_easier_after_one_more_minute_eases_the_minute_as_well():
    easier = FOUR_SIX.easier()
    assert easier is not None
    longer = lengthen(timeline_of(practice(breathing(FOUR_SIX, 6), quiet(20_000))), 1_000)
    after = ease_pace(longer, 20_000, easier)
    assert all(cue.pattern == easier for cue in after.breath if cue.at_ms >= 20_000)
    assert after.starts_ms[1] == 20_000 + 13 * 8_000  # 100 s were left: twelve breaths of 8 s and a half


LONG_HOLD = breath((Phase.IN, 4_000), (Phase.HOLD, 7_000), (Phase.OUT, 8_000))


@pytest.mark.parametrize(
    ("pattern", "rounds", "added"),
    [
        (LONG_HOLD, 1, 3),  # 57 s: four long holds in all
        (LONG_HOLD, 2, 0),
        (LONG_HOLD, 4, 0),
        (BOX, 20, 5),  # 4 min, and 5 with the minute
        (BOX, 21, 0),
    ],
)
def test_the_breath_is_held_no_more_than_is_enough_and_the_minute_is_quiet_then(pattern, rounds, added):
    before = timeline_of(practice(breathing(pattern, rounds), quiet(10_000)))
    after = lengthen(before, 3_000)
    assert len(after.breath) - len(before.breath) == added * len(pattern.spans)
    assert after.length_ms - before.length_ms == (added * pattern.length_ms or 60_000)
    assert after.starts_ms[1] == before.starts_ms[1] + after.length_ms - before.length_ms


def test_another_length_can_be_asked_for():
    before = timeline_of(practice(quiet(20_000), breathing(FOUR_SIX, 3)))
    assert lengthen(before, 0, 30_000).length_ms - before.length_ms == 30_000
    assert lengthen(before, 20_000, 30_000).length_ms - before.length_ms == 30_000


def test_the_timeline_that_was_stays_as_it_was():
    made = practice(breathing(FOUR_SIX, 6), quiet(10_000))
    before = timeline_of(made)
    lengthen(before, 15_000)
    assert before == timeline_of(made)


@pytest.mark.parametrize("pattern", [FOUR_SIX, BOX, SIGH])
def test_each_press_adds_the_same_again(pattern: Pattern):
    now = timeline_of(practice(breathing(pattern, 3), quiet(10_000)))
    lengths = [now.length_ms]
    for _ in range(5):
        now = lengthen(now, 7_000)
        lengths.append(now.length_ms)
    assert len({other - one for one, other in pairwise(lengths)}) == 1
    # Round n starts at n times its length, whatever was added when.
    begins = [cue.at_ms for cue in now.breath if cue.span == 0]
    assert begins == [number * pattern.length_ms for number in range(len(begins))]
