"""A file with an overlap -> a loop without a seam."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from calmtray.sound.loops import looped


@st.composite
def files(draw):
    """Any samples, in mono or stereo, and an overlap that they have room for."""
    frames = draw(st.integers(1, 200))
    shape = draw(st.sampled_from([(frames,), (frames, 1), (frames, 2)]))
    return draw(some.arrays(np.int16, shape)), draw(st.integers(0, frames // 2))


def test_a_loop_that_no_coding_disturbed_comes_back_as_it_was():
    loop = np.arange(-500, 500, dtype=np.int16)
    assert np.array_equal(looped(np.concatenate([loop, loop[:100]]), 100), loop)


def test_the_tail_crosses_over_to_the_head():
    samples = np.array([0, 0, 0, 0, 7, 7, 7, 100, 100, 100, 100], np.int16)
    assert looped(samples, 4).tolist() == [100, 75, 50, 25, 7, 7, 7]


@given(files())
def test_a_loop_begins_where_the_tail_does_and_keeps_what_lies_behind_the_overlap(file):
    samples, overlap = file
    before = samples.copy()
    loop = looped(samples, overlap)
    assert loop.dtype == np.int16
    assert loop.shape == (len(samples) - overlap, *samples.shape[1:])
    assert np.array_equal(samples, before)
    assert np.array_equal(loop[overlap:], samples[overlap : len(samples) - overlap])
    tail, head = samples[len(samples) - overlap :], samples[:overlap]
    assert np.array_equal(loop[:1], tail[:1] if overlap else samples[:1])
    assert np.all((np.minimum(tail, head) <= loop[:overlap]) & (loop[:overlap] <= np.maximum(tail, head)))


@pytest.mark.parametrize(("frames", "overlap"), [(7, 4), (0, 1), (10, -1), (10, 11)])
def test_what_is_too_short_for_its_overlap_is_no_loop(frames, overlap):
    with pytest.raises(ValueError, match=f"{frames} frames hold no loop with an overlap of {overlap}"):
        looped(np.zeros(frames, np.int16), overlap)
