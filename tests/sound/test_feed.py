"""What lies ready for the device can be replaced up to the very next frame, without a step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.sound.feed import Feed
from calmtray.sound.playhead import Hold

HOLD = Hold(1, 0.0)


def block(frames, value):
    return np.full((frames, 2), value, np.float32)


def rise(frames):
    return (np.arange(frames, dtype=np.float32) / max(1, frames))[:, None]


def taken(feed, frames):
    return feed.take(frames).samples[:, 0]


@given(st.lists(st.integers(1, 40), max_size=10), st.lists(st.integers(1, 60), max_size=10))
def test_what_goes_in_comes_out_in_order_however_it_is_cut(blocks, takes):
    feed = Feed()
    whole = np.arange(1, sum(blocks) + 1, dtype=np.float32)
    start = 0
    for frames in blocks:
        feed.add(np.repeat(whole[start : start + frames, None], 2, axis=1))
        start += frames
    out = np.concatenate([np.zeros(0, np.float32), *(taken(feed, frames) for frames in takes)])
    given_out = min(sum(takes), sum(blocks))
    assert (out[:given_out] == whole[:given_out]).all()
    assert not out[given_out:].any()
    assert feed.ready == sum(blocks) - given_out


def test_the_new_takes_over_with_the_next_frame_and_crosses_over():
    feed = Feed()
    feed.add(block(100, 1.0))
    feed.take(30)
    assert feed.splice(block(50, 0.5), rise(20)) == 30
    out = taken(feed, 50)
    share = np.arange(20) / 20
    assert out[:20] == pytest.approx(0.5 * share + 1.0 * (1 - share), abs=1e-6)
    assert (out[20:] == 0.5).all()


def test_the_same_sound_crosses_over_into_itself():
    feed = Feed()
    sound = np.random.default_rng(1).uniform(-1, 1, (400, 2)).astype(np.float32)
    feed.add(sound)
    feed.take(100)
    feed.splice(sound[80:], rise(50), due=80)
    assert taken(feed, 300) == pytest.approx(sound[100:, 0], abs=1e-6)


def test_what_was_taken_meanwhile_is_left_out_of_a_block_with_a_place():
    feed = Feed()
    feed.add(block(100, 0.0))
    due = feed.taken
    feed.take(48)
    feed.splice(np.repeat(np.arange(200, dtype=np.float32)[:, None], 2, axis=1), rise(0), due)
    assert taken(feed, 3).tolist() == [48, 49, 50]


def test_the_mark_counts_from_where_something_new_begins():
    feed = Feed()
    feed.add(block(100, 0.0))
    feed.take(60)
    feed.start(block(500, 1.0), rise(0), HOLD, offset=20)
    first, mark, _ = feed.take(10)
    assert (first, mark) == (60, (80, HOLD))


def test_while_something_plays_frames_that_are_missing_are_missed_and_come_later():
    feed = Feed()
    feed.start(block(10, 1.0), rise(0), HOLD)
    assert taken(feed, 25).tolist() == [1.0] * 10 + [0.0] * 15
    assert (feed.missed, feed.taken) == (15, 10)
    feed.add(block(10, 1.0))
    assert feed.take(10).first == 10


def test_in_silence_nothing_is_missed():
    feed = Feed()
    feed.start(block(10, 1.0), rise(0), HOLD)
    feed.finish()
    assert feed.mark is None
    feed.take(25)
    assert (feed.missed, feed.taken) == (0, 25)
