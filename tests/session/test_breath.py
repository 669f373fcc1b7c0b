"""Timeline -> Pose: what is drawn, at any instant, is a function of time alone and never jumps."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calmtray.practice.model import TOP_UP_FROM, Pattern, Phase
from calmtray.session.breath import (
    CAPTION_LETTERS,
    CAPTION_LINGERS_MS,
    LEAD_IN_MS,
    LEAD_OUT_MS,
    NEXT_PHASE_AHEAD_MS,
    WAITING_PRESENCE,
    captions,
    ease,
    level_at,
    next_change_ms,
    pose_at,
)
from calmtray.session.timeline import Choices, Timeline, build_timeline, ease_pace, spoken_ms
from tests.making import BOX, FOUR_SIX, HOLD, IN, OUT, SIGH, TOP_UP, breath, breathing, practice, practices, quiet


def score(*steps) -> Timeline:
    return build_timeline(practice(*steps), {}, Choices())


ORDINARY = score(quiet(10_000, "Arrive."), breathing(FOUR_SIX, 3, "Breathe."), quiet(10_000), quiet(10_000, "Last."))


@st.composite
def instants(draw: st.DrawFn) -> tuple[Timeline, float]:
    made = draw(practices())
    timeline = build_timeline(made, {}, Choices())
    edges = [0, timeline.length_ms, *timeline.starts_ms, *(cue.at_ms for cue in timeline.breath)]
    anywhere = st.floats(-5_000, timeline.length_ms + 5_000)
    at_an_edge = st.tuples(st.sampled_from(edges), st.sampled_from((-1.0, -0.5, 0.0, 0.5, 1.0))).map(sum)
    return timeline, draw(anywhere | at_an_edge)


# The level.


@given(instants())
def test_level_and_presence_stay_between_nothing_and_all(instant):
    timeline, ms = instant
    pose = pose_at(timeline, ms)
    assert 0.0 <= pose.level <= 1.0
    assert 0.0 <= pose.presence <= 1.0
    assert pose.level == level_at(timeline, pose.ms)


@given(instants())
def test_nothing_jumps_between_one_millisecond_and_the_next(instant):
    timeline, ms = instant
    here, there = pose_at(timeline, ms), pose_at(timeline, ms + 1)
    # The shortest phase takes half a second, the lead-in three.
    assert abs(here.level - there.level) <= math.pi / 2 / 500 + 1e-9
    assert abs(here.presence - there.presence) <= math.pi / 2 / LEAD_IN_MS + 1e-9


@given(instants())
def test_before_the_beginning_and_after_the_end_the_picture_stands_still(instant):
    timeline, ms = instant
    pose = pose_at(timeline, ms)
    assert 0.0 <= pose.ms <= timeline.length_ms
    assert pose.left_ms == timeline.length_ms - pose.ms
    assert pose_at(timeline, -1e9) == pose_at(timeline, 0)
    assert pose_at(timeline, 1e9) == pose_at(timeline, timeline.length_ms)


def test_the_breath_turns_softly_at_both_ends():
    assert (ease(0.0), ease(0.5), ease(1.0)) == pytest.approx((0.0, 0.5, 1.0))
    assert ease(0.25) == pytest.approx((1 - math.cos(math.pi / 4)) / 2)
    shares = [number / 100 for number in range(101)]
    assert all(ease(one) < ease(other) for one, other in pairwise(shares))
    assert ease(0.001) < 1e-5
    assert 1 - ease(0.999) < 1e-5


def test_an_in_breath_rises_like_a_raised_cosine_and_an_out_breath_falls_the_same_way():
    for share in (0.0, 0.1, 0.5, 0.9):
        assert level_at(ORDINARY, 10_000 + share * 4_000) == pytest.approx(ease(share))
        assert level_at(ORDINARY, 14_000 + share * 6_000) == pytest.approx(1 - ease(share))


def test_a_top_up_goes_from_three_quarters_to_full():
    timeline = score(breathing(SIGH, 3))
    assert level_at(timeline, 2_500) == pytest.approx(TOP_UP_FROM)
    assert level_at(timeline, 3_000) == pytest.approx((TOP_UP_FROM + 1) / 2)
    assert level_at(timeline, 3_500) == pytest.approx(1.0)


def test_a_hold_stays_full_and_a_rest_stays_empty():
    timeline = score(breathing(BOX, 3))
    assert {level_at(timeline, ms) for ms in range(3_000, 6_000, 100)} == {1.0}
    assert {level_at(timeline, ms) for ms in range(9_000, 12_000, 100)} == {0.0}


# The phases.


def test_each_phase_says_how_long_it_lasts_and_what_is_left():
    pose = pose_at(ORDINARY, 15_000)
    assert (pose.phase, pose.phase_ms, pose.phase_left_ms) == (OUT, 6_000, 5_000)
    nothing = pose_at(ORDINARY, 5_000)
    assert (nothing.phase, nothing.phase_ms, nothing.phase_left_ms) == (None, 0, 0.0)


@pytest.mark.parametrize(
    ("ms", "next_phase"),
    [
        (9_199, None),  # the first in-breath is announced too
        (9_200, IN),
        (9_999, IN),
        (10_000, None),
        (13_199, None),
        (13_200, OUT),
        (13_999.9, OUT),
        (14_000, None),
        (19_200, IN),
        (39_200, None),  # after the last out-breath comes nothing
        (39_999, None),
        (40_000, None),
        (69_999, None),
    ],
)
def test_the_next_phase_is_known_from_exactly_eight_tenths_of_a_second_ahead(ms, next_phase):
    assert pose_at(ORDINARY, ms).next_phase == next_phase


def test_a_phase_shorter_than_that_is_announced_all_the_same_and_never_passed_over():
    timeline = score(breathing(breath((IN, 500), (TOP_UP, 600), (HOLD, 500), (OUT, 3_000)), 5))
    told: list[tuple[Phase | None, Phase | None]] = []
    for ms in range(0, 4_600, 10):
        pose = pose_at(timeline, ms)
        if pose.next_phase is not None:
            told.append((pose.phase, pose.next_phase))
    assert list(dict.fromkeys(told)) == [(IN, TOP_UP), (TOP_UP, HOLD), (HOLD, OUT), (OUT, IN)]


@given(instants())
def test_the_next_phase_is_the_one_that_begins_next(instant):
    timeline, ms = instant
    pose = pose_at(timeline, ms)
    following = next((cue for cue in timeline.breath if cue.at_ms > pose.ms), None)
    due = following is not None and following.at_ms - pose.ms <= NEXT_PHASE_AHEAD_MS
    assert pose.next_phase == (following.phase if following and due else None)


def test_going_back_over_a_change_of_pace_announces_no_phase_that_is_already_there():
    eased = FOUR_SIX.easier()
    assert eased is not None
    timeline = ease_pace(score(breathing(FOUR_SIX, 3)), 2_000, eased)
    told = [pose_at(timeline, ms).next_phase for ms in (1_200, 1_999, 2_000, 2_700, 2_900)]
    assert told == [None, None, None, None, OUT]
    late = ease_pace(score(breathing(FOUR_SIX, 3)), 3_800, eased)  # 160 ms of the in-breath are left
    assert [pose_at(late, ms).next_phase for ms in (3_000, 3_200, 3_799, 3_800, 3_959)] == [None, *[OUT] * 4]


# Presence: is the pacer to be followed?


def test_the_pacer_comes_forward_before_the_first_breath_and_steps_back_after_the_last():
    first, last = 10_000, 40_000
    assert pose_at(ORDINARY, 0).presence == WAITING_PRESENCE
    assert pose_at(ORDINARY, first - LEAD_IN_MS).presence == pytest.approx(WAITING_PRESENCE)
    assert pose_at(ORDINARY, first - LEAD_IN_MS / 2).presence == pytest.approx((1 + WAITING_PRESENCE) / 2)
    assert {pose_at(ORDINARY, ms).presence for ms in range(first, last, 500)} == {1.0}
    assert pose_at(ORDINARY, last).presence == pytest.approx(1.0)
    assert pose_at(ORDINARY, last + LEAD_OUT_MS / 2).presence == pytest.approx((1 + WAITING_PRESENCE) / 2)
    assert pose_at(ORDINARY, last + LEAD_OUT_MS).presence == pytest.approx(WAITING_PRESENCE)


def test_a_practice_without_breaths_shows_no_pacer():
    timeline = score(quiet(60_000, "Look around."))
    assert {pose_at(timeline, ms).presence for ms in range(0, 60_001, 1_000)} == {0.0}


def test_between_two_breathing_steps_close_together_it_never_steps_back_all_the_way():
    timeline = score(breathing(FOUR_SIX, 2), quiet(3_000), breathing(FOUR_SIX, 2))
    between = [pose_at(timeline, ms).presence for ms in range(20_000, 23_000)]
    assert min(between) > (1 + WAITING_PRESENCE) / 2


@given(practices())
def test_whatever_breathes_is_fully_present(made):
    timeline = build_timeline(made, {}, Choices())
    assume(timeline.breath)
    assert all(pose_at(timeline, cue.at_ms).presence == 1.0 for cue in timeline.breath)


# The caption.


@pytest.mark.parametrize(
    ("ms", "step", "caption"),
    [
        (0, 0, "Arrive."),
        (9_999, 0, "Arrive."),
        (10_000, 1, "Breathe."),
        (10_000 + spoken_ms("Breathe.") + CAPTION_LINGERS_MS, 1, "Breathe."),
        (10_000 + spoken_ms("Breathe.") + CAPTION_LINGERS_MS + 1, 1, ""),  # the breath alone
        (40_000, 2, ""),
        (50_000, 3, "Last."),
        (60_000, 3, "Last."),
    ],
)
def test_words_stay_until_their_step_is_over_or_the_breath_has_taken_over(ms, step, caption):
    pose = pose_at(ORDINARY, ms)
    assert (pose.step, pose.caption) == (step, caption)


SENTENCES = ["You might look around. ", "There is nothing to find. ", "Perhaps a window? ", "Any answer will do! "]


@given(st.lists(st.sampled_from(SENTENCES) | st.text("word. ?\u202f", max_size=200), max_size=12))
def test_long_words_are_shown_in_whole_sentences_and_nothing_is_lost(sentences):
    text = " ".join("".join(sentences).split(" "))
    pieces = captions(text)
    assert [word for piece in pieces for word in piece.split(" ") if word] == [word for word in text.split(" ") if word]
    for piece in pieces:
        assert len(piece) <= CAPTION_LETTERS or not re.search(r"[.?!][ \t\n]+\S", piece)


def test_short_sentences_stand_together_as_far_as_they_fit():
    one, many = "Here. Now. Look.", "".join(SENTENCES * 3).strip()
    assert captions(one) == (one,)
    pieces = captions(many)
    assert len(pieces) > 1
    assert all(len(one) + len(other) >= CAPTION_LETTERS - len(max(SENTENCES)) for one, other in pairwise(pieces))


def test_each_sentence_is_shown_while_it_is_said_and_the_last_one_stays():
    text = "".join(SENTENCES * 4).strip()
    timeline = build_timeline(practice(quiet(60_000, text), quiet(10_000)), {text: 40_000}, Choices())
    shown = [pose_at(timeline, ms).caption for ms in range(0, 60_000, 100)]
    assert tuple(dict.fromkeys(shown)) == captions(text)
    for piece in captions(text):
        assert shown.count(piece) * 100 >= 40_000 * len(piece) / len(text) - 100
    assert shown[-1] == captions(text)[-1]


@given(instants(), st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_until_the_next_change_the_same_is_read(instant, share):
    timeline, ms = instant
    ms = min(max(ms, 0.0), float(timeline.length_ms))
    after = next_change_ms(timeline, ms)
    assert after > ms or ms == timeline.length_ms == after
    here, there = pose_at(timeline, ms), pose_at(timeline, ms + (after - ms) * share)
    assert here.step == there.step
    # The moment at which words are taken away still shows them.
    assert there.caption in (here.caption, "")


def test_every_piece_of_long_words_is_a_change():
    text = "".join(SENTENCES * 4).strip()
    timeline = build_timeline(practice(quiet(60_000, text), quiet(10_000)), {text: 40_000}, Choices())
    shown, ms = [], 0.0
    while ms < 60_000:
        shown.append(pose_at(timeline, ms).caption)
        ms = next_change_ms(timeline, ms)
    assert tuple(dict.fromkeys(shown)) == captions(text)
    assert len(shown) == len(captions(text)) + 1, "and one look when the last words might go"
    assert ms == 60_000


def test_a_phase_that_takes_no_more_than_a_millisecond_still_has_a_level():
    tiny: Pattern = breath((IN, 1), (OUT, 1))
    timeline = score(quiet(20_000), breathing(tiny, 3))
    assert [round(level_at(timeline, 20_000 + half / 2), 6) for half in range(5)] == [0.0, 0.5, 1.0, 0.5, 0.0]
