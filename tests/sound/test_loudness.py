"""The benchmarks' own measure of loudness, against the figures of the recommendation."""

import math

import numpy as np
import pytest

from benchmarks.loudness import RATE, lufs


def sine(seconds, db, hz=997.0, channels=1):
    """A sine whose peaks reach ``db`` of full scale, the same in each channel."""
    wave = 10 ** (db / 20) * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)
    return np.repeat(wave[:, None], channels, axis=1)


@pytest.mark.parametrize(
    ("db", "channels", "expected"), [(0, 1, -3.01), (-20, 1, -23.01), (-20, 2, -20.0), (-23, 2, -23.0), (-40, 2, -40.0)]
)
def test_a_sine_of_997_hz_is_as_loud_as_the_recommendation_says(db, channels, expected):
    assert lufs(sine(20, db, channels=channels)) == pytest.approx(expected, abs=0.05)


def test_silence_around_a_sound_does_not_count():
    alone = lufs(sine(10, -20))
    quiet = np.zeros((20 * RATE, 1))
    assert lufs(np.concatenate([quiet, sine(10, -20), quiet])) == pytest.approx(alone, abs=0.15)
    assert lufs(quiet) == -math.inf


def test_what_is_far_below_the_rest_does_not_count():
    """As in EBU Tech 3341, case 3, in half the time: -36 LUFS for 5 s, -23 for 30 s, -36 for 5 s are -23 together."""
    parts = [sine(5, -36, 1_000, 2), sine(30, -23, 1_000, 2), sine(5, -36, 1_000, 2)]
    assert lufs(np.concatenate(parts)) == pytest.approx(-23.0, abs=0.1)


def test_deep_tones_count_less_and_high_ones_more():
    assert lufs(sine(5, -20, hz=40)) < lufs(sine(5, -20)) - 4
    assert lufs(sine(5, -20, hz=4_000)) == pytest.approx(lufs(sine(5, -20)) + 3.3, abs=0.5)


def test_what_is_shorter_than_a_block_has_no_loudness():
    with pytest.raises(ValueError, match="400 ms"):
        lufs(sine(0.3, -20))
