"""The sounds that ship with calmtray, measured as they are heard."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from tests.sound.own_sounds import (
    LOOPS,
    RATE,
    SOUNDS,
    bell,
    centroid,
    db,
    levels_db,
    loop,
    pitch,
    power,
    rms,
    share_within,
    windows,
)
from tools.sounds.loudness import lufs

BELLS = ("begin", "step", "end")
AMBIENCES = ("room", "rain", "wind", "drone")
NOISES = ("room", "rain", "wind")


def test_loudness_is_what_the_standard_says_of_its_own_example():
    """BS.1770-5: a sine of 997 Hz at full scale in one channel reads -3.01."""
    assert lufs(np.sin(2 * np.pi * 997 * np.arange(RATE) / RATE)) == pytest.approx(-3.01, abs=0.01)


# Bells.


@pytest.mark.parametrize(("name", "most_s", "peak_db"), [("begin", 4, -14), ("step", 2, -20), ("end", 4, -14)])
def test_a_bell_is_short_and_soft(name, most_s, peak_db):
    info = soundfile.info(SOUNDS / "bells" / f"{name}.flac")
    assert (info.samplerate, info.channels, info.subtype) == (RATE, 1, "PCM_16")
    assert info.duration < most_s
    assert db(np.max(np.abs(bell(name)))) == pytest.approx(peak_db, abs=0.1)


@pytest.mark.parametrize("name", BELLS)
def test_a_bell_is_touched_not_struck(name):
    sound = np.abs(bell(name))
    peak = np.max(sound)
    assert sound[0] == 0
    assert np.max(sound[: 5 * 48]) < 0.1 * peak
    assert np.max(sound[: 15 * 48]) < 0.6 * peak
    assert np.max(sound[: 45 * 48]) > 0.9 * peak


@pytest.mark.parametrize("name", BELLS)
def test_a_bell_dies_away_to_nothing(name):
    sound = bell(name)
    assert sound[-1] == 0
    tail = [rms(window) for window in windows(sound[-300 * 48 :], 50)]
    assert tail == sorted(tail, reverse=True)
    assert db(tail[0]) < -38
    assert db(tail[-1]) < -70


@pytest.mark.parametrize("name", BELLS)
def test_a_bell_is_a_bowl_and_nothing_in_it_is_shrill(name):
    sound = bell(name)
    root = pitch(sound)
    hz, strength = power(sound)
    above = hz > 1.5 * root
    assert hz[above][np.argmax(strength[above])] / root == pytest.approx(2.72, abs=0.03)
    assert share_within(sound, 3_000, RATE / 2) < 1e-6


def test_the_bells_differ():
    assert pitch(bell("end")) < pitch(bell("begin")) < pitch(bell("step"))
    assert len(bell("end")) > len(bell("begin")) > len(bell("step"))


# What the breath is cut from.


@pytest.mark.parametrize(("name", "low", "high"), [("in", 500, 3_000), ("out", 120, 900)])
def test_a_bed_of_breath_lies_in_its_band_and_does_not_waver(name, low, high):
    bed = loop(f"breath/{name}")
    assert bed.shape == (12 * RATE, 1)
    assert share_within(bed[:, 0], low, high) > 0.85
    for offset in (0, 100 * 48):
        assert np.max(np.abs(levels_db(np.roll(bed, offset), 200))) < 1.5


def test_in_and_out_differ_in_colour_and_not_in_loudness():
    inward, outward = loop("breath/in")[:, 0], loop("breath/out")[:, 0]
    assert centroid(inward) > 2 * centroid(outward)
    assert lufs(inward) == pytest.approx(-30, abs=0.7)
    assert lufs(outward) == pytest.approx(lufs(inward), abs=1)


# Ambiences.


@pytest.mark.parametrize("name", AMBIENCES)
def test_an_ambience_is_quiet_and_long(name):
    bed = loop(f"ambience/{name}")
    assert bed.shape[1] == 2
    assert 24 * RATE <= len(bed) <= 32 * RATE
    assert lufs(bed) == pytest.approx(-34, abs=0.7)
    assert db(np.max(np.abs(bed))) < -16


@pytest.mark.parametrize("name", AMBIENCES)
def test_an_ambience_has_no_hiss_and_nothing_that_catches_the_ear(name):
    bed = loop(f"ambience/{name}")
    assert share_within(bed[:, 0], 8_000, RATE / 2) < 1e-5
    assert np.max(levels_db(bed, 50)) < 5


@pytest.mark.parametrize("name", NOISES)
def test_a_noise_is_wide(name):
    left, right = loop(f"ambience/{name}").T
    assert 0 <= np.corrcoef(left, right)[0, 1] < 0.6
    assert db(rms(left) / rms(right)) == pytest.approx(0, abs=1)


@pytest.mark.parametrize("name", AMBIENCES)
def test_folded_to_mono_an_ambience_stays_itself(name):
    bed = loop(f"ambience/{name}")
    folded = bed.mean(axis=1)
    assert -2 < db(rms(folded) / rms(bed)) <= 0
    assert centroid(folded) == pytest.approx(centroid(bed[:, 0]), rel=0.1)


@pytest.mark.parametrize("name", NOISES)
def test_a_noise_does_not_hum(name):
    """No line of the spectrum stands out of its neighbours, in the average of all seconds."""
    strength = np.mean([power(second)[1] for second in windows(loop(f"ambience/{name}")[:, 0], 1000)], axis=0)
    lines = strength[50:8_000]
    around = np.convolve(strength, np.ones(21) / 21, "same")[50:8_000]
    assert 10 * np.log10(np.max(lines / around)) < 5


def test_the_wind_comes_and_goes_within_6_to_10_s():
    loudness = levels_db(np.concatenate([loop("ambience/wind")] * 2), 100)
    smoothed = np.convolve(loudness, np.hanning(21) / np.sum(np.hanning(21)), "same")
    inner = smoothed[1:-1]
    lulls = 1 + np.flatnonzero((inner < smoothed[:-2]) & (inner <= smoothed[2:]) & (inner < -1))
    assert len(lulls) >= 7
    assert all(5.5 <= seconds <= 10.5 for seconds in np.diff(lulls) / 10)


def test_the_drone_is_a_low_a_with_fifth_and_octave():
    hz, strength = power(loop("ambience/drone")[:, 0])
    found = {
        wanted: 10 * np.log10(np.sum(strength[abs(hz - wanted) < 2]) / np.sum(strength)) for wanted in (110, 165, 220)
    }
    assert pitch(loop("ambience/drone")[:, 0]) == pytest.approx(110, abs=1)
    assert all(share_db > -15 for share_db in found.values())
    assert share_within(loop("ambience/drone")[:, 0], 100, 500) > 0.99


# Seams.


def spectral_jumps(bed):
    """From each 10 ms to the next, and from the last to the first: the distance of their spectra in dB."""
    pieces = windows(bed.mean(axis=1), 10)
    lines = db(np.abs(np.fft.rfft(pieces * np.hanning(pieces.shape[1]), axis=1))[:, 1:80] + 1e-4)
    return np.sqrt(np.mean((np.roll(lines, -1, axis=0) - lines) ** 2, axis=1))


@pytest.mark.parametrize("name", LOOPS)
def test_no_seam_is_heard_where_a_loop_closes(name):
    bed = loop(name)
    steps = np.max(np.abs(np.roll(bed, -1, axis=0) - bed), axis=1)
    assert steps[-1] <= np.percentile(steps[:-1], 99)
    jumps = spectral_jumps(bed)
    assert jumps[-1] <= np.percentile(jumps[:-1], 99)


@pytest.mark.parametrize("name", LOOPS)
def test_a_cut_elsewhere_would_be_heard(name):
    """The check of the seam can fail: a quarter of a second or more lost from the end shows more often than not."""
    bed = loop(name)
    steps = np.max(np.abs(np.roll(bed, -1, axis=0) - bed), axis=1)
    lost = [np.max(np.abs(bed[0] - bed[-1 - cut])) for cut in range(12_000, 36_000, 7)]
    assert np.mean(np.array(lost) > np.percentile(steps, 99)) > 0.5
