"""The playhead: a clock that a device may lead, and that never goes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.sound.playhead import FASTEST, LONGEST_HOLD_MS, Playhead


class Hand:
    """A clock that the test moves."""

    def __init__(self, ms=5_000.0):
        self.ms = ms

    def __call__(self):
        return self.ms


@pytest.fixture
def hand():
    return Hand()


def test_left_alone_it_is_the_clock(hand):
    playhead = Playhead(hand)
    assert playhead.now_ms() == 5_000
    hand.ms += 1_234.5
    assert playhead.now_ms() == 6_234.5


def test_it_stands_still_until_the_sound_is_heard(hand):
    playhead = Playhead(hand)
    hold = playhead.hold()
    hand.ms += 40
    assert playhead.now_ms() == 5_000
    playhead.release(hold, at_clock_ms=hand.ms + 20)
    hand.ms += 20
    assert playhead.now_ms() == 5_000
    hand.ms += 7
    assert playhead.now_ms() == 5_007


def test_sound_that_was_on_its_way_already_counts_from_when_it_was_heard(hand):
    playhead = Playhead(hand)
    hold = playhead.hold()
    hand.ms += 60
    playhead.release(hold, at_clock_ms=hand.ms - 15)
    assert playhead.now_ms() == 5_015


def test_only_the_sound_that_is_waited_for_ends_the_waiting(hand):
    playhead = Playhead(hand)
    old = playhead.hold()
    playhead.hold()
    playhead.release(old, at_clock_ms=hand.ms)
    hand.ms += 300
    assert playhead.now_ms() == 5_000


def test_nobody_waits_for_ever(hand):
    playhead = Playhead(hand)
    playhead.hold()
    given_up = []
    playhead.on_given_up = lambda: given_up.append(playhead.held)
    hand.ms += LONGEST_HOLD_MS + 250
    assert playhead.now_ms() == 5_250
    playhead.now_ms()
    assert given_up == [False]


def test_a_sound_that_comes_is_not_given_up(hand):
    playhead = Playhead(hand)
    playhead.on_given_up = lambda: pytest.fail("given up")
    hold = playhead.hold()
    hand.ms += 100
    playhead.release(hold, at_clock_ms=hand.ms)
    hand.ms += LONGEST_HOLD_MS
    assert playhead.now_ms() == 5_000 + LONGEST_HOLD_MS


def test_a_device_that_runs_slow_is_followed_within_a_millisecond(hand):
    playhead = Playhead(hand)
    start = hand.ms
    for beat in range(1, 400):
        hand.ms = start + beat * 50
        # 100 ppm is more than any sound card is off.
        playhead.lead(hand.ms, start + beat * 50 * 0.9999)
    assert playhead.now_ms() == pytest.approx(start + 399 * 50 * 0.9999, abs=1.0)


def test_late_reports_hardly_move_it(hand):
    playhead = Playhead(hand)
    start = hand.ms
    for beat in range(1, 200):
        hand.ms = start + beat * 50 + (12 if beat % 5 == 0 else 0)
        playhead.lead(hand.ms, start + beat * 50)
    assert playhead.now_ms() == pytest.approx(hand.ms, abs=5)


def test_a_gap_in_the_sound_is_waited_for(hand):
    playhead = Playhead(hand)
    start = hand.ms
    for beat in range(1, 120):
        hand.ms = start + beat * 50
        playhead.lead(hand.ms, hand.ms - 101)
    assert playhead.now_ms() == pytest.approx(hand.ms - 101, abs=2)


def test_set_free_it_runs_on_with_the_clock(hand):
    playhead = Playhead(hand)
    playhead.lead(hand.ms, hand.ms - 200)
    playhead.free()
    hand.ms += 1_000
    assert playhead.now_ms() == 6_000


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["wait", "lead", "hold", "release", "free"]), st.floats(0, 900), st.floats(-2e3, 2e3)
        ),
        max_size=60,
    )
)
def test_it_never_goes_back_and_never_runs_away(story):
    hand = Hand()
    playhead = Playhead(hand)
    hold = playhead.hold()
    shown, seen = playhead.now_ms(), hand.ms
    for what, waited, by in story:
        hand.ms += waited
        if what == "lead":
            playhead.lead(hand.ms, hand.ms + by)
        elif what == "hold":
            hold = playhead.hold()
        elif what == "release":
            playhead.release(hold, hand.ms)
        elif what == "free":
            playhead.free()
        now = playhead.now_ms()
        assert now >= shown
        assert now - shown <= (hand.ms - seen) * (1 + FASTEST) + 1e-6
        shown, seen = now, hand.ms


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=30))
def test_a_clock_that_goes_back_does_not_take_it_along(steps):
    hand = Hand()
    playhead = Playhead(hand)
    shown = playhead.now_ms()
    for step in steps:
        hand.ms += step
        assert playhead.now_ms() >= shown
        shown = playhead.now_ms()
