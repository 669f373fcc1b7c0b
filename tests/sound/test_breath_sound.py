"""A phase of a breath -> its sound: follows the level, tells in from out, never clicks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.session.breath import ease
from calmtray.sound.breath_sound import FLOOR, ROOT_HZ, breath_samples
from calmtray.sound.score import LEVEL_EVERY_MS, BreathSet, BreathShape, BreathSound
from tests.sound.own_sounds import RATE, breath_bed, centroid, db, pitch, rms, windows
from tools.sounds.loudness import lufs

HEARD = (BreathSet.SWELL, BreathSet.TONE)
SHORTEST_FADE_MS = 80
HIGHEST_PEAK = 0.25


def phase(kind, levels, ms, shape=BreathShape.FOLLOW, inward=True):
    """One phase; ``levels`` are any number of points along it."""
    times = [*range(0, ms, LEVEL_EVERY_MS), ms]
    along = np.interp(np.array(times) / max(ms, 1), np.linspace(0, 1, len(levels)), levels)
    return BreathSound(kind, shape, inward, tuple(along.tolist()), ms)


def drawn_in(kind, ms=6_000, **more):
    """An in-breath as the pacer draws it."""
    return phase(kind, [ease(share / 600) for share in range(601)], ms, **more)


def drawn_out(kind, ms=6_000, **more):
    return phase(kind, [1 - ease(share / 600) for share in range(601)], ms, inward=False, **more)


def heard(sound):
    return breath_samples(sound, breath_bed)


def evenly(name):
    """No noise but a constant, that shows the gain and nothing else."""
    return np.ones(480, np.float32)


levels = st.lists(st.floats(0, 1), min_size=1, max_size=6)
sounds = st.builds(
    phase,
    kind=st.sampled_from(BreathSet),
    levels=levels,
    ms=st.integers(1, 1_500),
    shape=st.sampled_from(BreathShape),
    inward=st.booleans(),
)


# Whatever the phase.


@given(sounds)
def test_a_phase_has_its_length_and_begins_and_ends_in_silence(sound):
    samples = heard(sound)
    assert samples.shape == (sound.ms * 48,)
    assert samples.dtype == np.float32
    assert np.all(np.isfinite(samples))
    assert samples[0] == 0
    assert samples[-1] == 0
    assert np.max(np.abs(samples)) < HIGHEST_PEAK


@given(sounds)
def test_the_same_phase_sounds_the_same_to_the_last_bit(sound):
    assert heard(sound).tobytes() == heard(sound).tobytes()


@given(levels, st.integers(1, 1_500))
def test_both_ends_of_any_phase_fade_for_80_ms_or_half_of_it(points, ms):
    samples = breath_samples(phase(BreathSet.SWELL, points, ms), evenly)
    fade = min(SHORTEST_FADE_MS * 48, len(samples) // 2)
    most = (1 - np.cos(np.pi * np.arange(fade) / fade)) / 2 + 1e-6
    assert np.all(samples[:fade] <= most)
    assert np.all(samples[::-1][:fade] <= most)


@given(levels, st.integers(400, 1_500))
def test_loudness_rises_where_the_level_rises(points, ms):
    samples = breath_samples(phase(BreathSet.SWELL, sorted(points), ms), evenly)
    inner = samples[120 * 48 : -120 * 48]
    assert np.all(np.diff(inner) >= -1e-6)
    assert np.min(inner) >= FLOOR - 1e-6


@given(sounds)
def test_in_reverse_a_phase_sounds_like_its_mirror(sound):
    upside_down = tuple(1 - level for level in sound.levels)
    mirrored = BreathSound(sound.kind, BreathShape.REVERSE, sound.inward, upside_down, sound.ms)
    straight = BreathSound(sound.kind, BreathShape.FOLLOW, sound.inward, sound.levels, sound.ms)
    assert np.allclose(heard(mirrored), heard(straight), atol=1e-5)


@given(sounds)
def test_in_loudness_only_nothing_tells_in_from_out(sound):
    inward, outward = (
        BreathSound(sound.kind, BreathShape.LOUDNESS, inward, sound.levels, sound.ms) for inward in (True, False)
    )
    assert np.array_equal(heard(inward), heard(outward))


def test_switched_off_there_is_silence():
    assert not np.any(heard(drawn_in(BreathSet.OFF)))


def test_a_phase_of_no_length_is_no_sound():
    assert len(heard(BreathSound(BreathSet.TONE, BreathShape.FOLLOW, True, (0.5,), 0))) == 0


# A breath as it is drawn.


@pytest.mark.parametrize("kind", HEARD)
def test_loudness_follows_the_drawn_level(kind):
    rising = [rms(window) for window in windows(heard(drawn_in(kind)), 200)]
    falling = [rms(window) for window in windows(heard(drawn_out(kind)), 200)][::-1]
    for loudness in (rising, falling):
        within = loudness[1:-1]  # the fades
        assert all(db(later / earlier) > -0.5 for earlier, later in pairwise(within))
        assert db(within[-1] / within[0]) > 15


@pytest.mark.parametrize("kind", HEARD)
def test_in_reverse_the_in_breath_sinks(kind):
    loudness = [rms(window) for window in windows(heard(drawn_in(kind, shape=BreathShape.REVERSE)), 200)]
    assert all(db(later / earlier) < 0.5 for earlier, later in pairwise(loudness[1:-1]))


@pytest.mark.parametrize("kind", HEARD)
@pytest.mark.parametrize("shape", BreathShape)
@pytest.mark.parametrize("inward", [True, False])
def test_a_full_breath_is_as_loud_in_one_set_as_in_the_other(kind, shape, inward):
    full = phase(kind, [0.0 if shape is BreathShape.REVERSE else 1.0], 6_000, shape, inward)
    assert lufs(heard(full)[RATE:-RATE].astype(np.float64)) == pytest.approx(-30, abs=1)


@pytest.mark.parametrize("shape", [BreathShape.FOLLOW, BreathShape.REVERSE])
def test_a_swell_is_bright_on_the_in_breath_and_dark_on_the_out_breath(shape):
    inward, outward = drawn_in(BreathSet.SWELL, shape=shape), drawn_out(BreathSet.SWELL, shape=shape)
    assert centroid(heard(inward)) > 1.5 * centroid(heard(outward))


@pytest.mark.parametrize(
    ("made", "shape", "first", "last"),
    [
        (drawn_in, BreathShape.FOLLOW, 1.0, 1.5),
        (drawn_out, BreathShape.FOLLOW, 1.5, 1.0),
        (drawn_in, BreathShape.REVERSE, 1.5, 1.0),
        (drawn_out, BreathShape.REVERSE, 1.0, 1.5),
        (drawn_in, BreathShape.LOUDNESS, 1.0, 1.0),
        (drawn_out, BreathShape.LOUDNESS, 1.0, 1.0),
    ],
)
def test_a_tone_rises_and_falls_by_a_fifth_at_most(made, shape, first, last):
    pitches = [pitch(window) / ROOT_HZ for window in windows(heard(made(BreathSet.TONE, shape=shape)), 200)]
    assert pitches[0] == pytest.approx(first, abs=0.01)
    assert pitches[-1] == pytest.approx(last, abs=0.01)
    assert min(pitches) >= 0.995
    assert max(pitches) <= 1.505
    turn = np.sign(last - first)
    assert all((later - earlier) * turn >= -0.003 for earlier, later in pairwise(pitches))


def test_a_tone_is_rounder_on_the_out_breath():
    full = [phase(BreathSet.TONE, [1.0], 3_000, inward=inward) for inward in (True, False)]
    inward, outward = (centroid(heard(sound)) for sound in full)
    assert inward > 1.05 * outward


def test_a_part_of_a_phase_goes_on_at_the_pitch_where_the_whole_one_would_be():
    whole = drawn_in(BreathSet.TONE)
    part = BreathSound(BreathSet.TONE, BreathShape.FOLLOW, True, whole.levels[300:], 3_000)
    later, rest = windows(heard(whole)[RATE * 3 :], 200), windows(heard(part), 200)
    assert [pitch(window) for window in rest] == pytest.approx([pitch(window) for window in later], rel=0.01)
