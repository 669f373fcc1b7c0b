"""The lengths that a practice is offered in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.fields import LONGEST_MS
from calmtray.session.lengths import MINUTES, lengths, longest_within, nearest
from calmtray.session.timeline import longest_ms, shortest_ms
from tests.making import FOUR_SIX, breathing, practice, practices, quiet

FIXED = practice(quiet(60_000))
BREATHS = practice(quiet(15_000), breathing(FOUR_SIX, 9, scale_ms=(30_000, 240_000)), quiet(15_000))
SONG = practice(quiet(210_000, scale_ms=(120_000, 300_000)))
LONG = practice(quiet(600_000, scale_ms=(60_000, 1_500_000)))


@pytest.mark.parametrize(
    ("made", "wished_s", "expected_s"),
    [
        (FIXED, None, [60]),
        (FIXED, 120, [60]),
        (BREATHS, None, [60, 120, 180, 240]),
        (BREATHS, 90, [60, 90, 120, 180, 240]),
        (BREATHS, 20, [60, 120, 180, 240]),
        # Its own length is among them, even where it is no whole minute.
        (SONG, None, [120, 180, 210, 240, 300]),
        (LONG, None, [60, 120, 180, 240, 300, 360, 480, 600, 900, 1200]),
    ],
)
def test_whole_minutes_within_reach_its_own_length_and_the_wished_one(made, wished_s, expected_s):
    wished = None if wished_s is None else wished_s * 1000
    assert lengths(made, wished) == tuple(seconds * 1000 for seconds in expected_s)


@given(practices(), st.none() | st.integers(0, 2_000_000))
def test_every_length_can_be_reached_and_the_nearest_to_a_wish_is_among_them(made, wished):
    offered = lengths(made, wished)
    assert list(offered) == sorted(set(offered))
    assert made.length_ms in offered
    assert len(offered) <= len(MINUTES) + 2
    assert all(shortest_ms(made) <= ms <= longest_ms(made) for ms in offered)
    if wished is None or shortest_ms(made) <= wished <= longest_ms(made):
        assert nearest(made, wished) in offered
    assert shortest_ms(made) <= nearest(made, wished) <= longest_ms(made)


def test_no_practice_is_longer_than_the_minutes_go():
    assert MINUTES[-1] * 60_000 == LONGEST_MS


@pytest.mark.parametrize(
    ("made", "room_s", "expected_s"),
    [
        (FIXED, 60, 60),
        (FIXED, 90, 60),
        (FIXED, 30, 60),
        (SONG, 150, 150),
        (SONG, 100, 120),
        (BREATHS, 120, 120),
        # Ten breaths would be nearer, nine fit.
        (practice(breathing(FOUR_SIX, 12, scale_ms=(60_000, 120_000))), 98, 90),
    ],
)
def test_within_a_time_it_is_as_long_as_it_can_be(made, room_s, expected_s):
    assert longest_within(made, room_s * 1000) == expected_s * 1000


@given(practices(), st.integers(20_000, 400_000))
def test_what_is_said_to_fit_fits(made, room):
    length = longest_within(made, room)
    assert length <= room or length == shortest_ms(made)
    assert (shortest_ms(made) <= room) is (length <= room)
