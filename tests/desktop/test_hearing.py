"""The ears themselves: what they find, what they refuse to find, and what they call a click."""

import numpy as np
import pytest

from tests.desktop.hearing import RATE, STEP, NotHeard, Recording
from tests.desktop.speakers import _clock


def noise(frames, seed, volume=0.1):
    """White, and so unlike any other."""
    return (volume * np.random.default_rng(seed).standard_normal(frames)).astype(np.float32)


def tone(frames, hz=220.0, volume=0.3):
    return (volume * np.sin(2 * np.pi * hz * np.arange(frames) / RATE)).astype(np.float32)


def in_16_bits(samples):
    return (np.rint(samples / STEP) * STEP).astype(np.float32)


def recording(*parts):
    """A recording in which the parts follow one another."""
    return Recording(in_16_bits(np.concatenate(parts)), 100.0)


def quiet(frames):
    return np.zeros(frames, np.float32)


@pytest.mark.parametrize("volume", [1.0, 0.3, 0.01])
@pytest.mark.parametrize("beside", [0.0, 0.05, 0.1])
def test_a_sound_is_found_to_the_frame_at_any_volume_and_beside_another_as_loud(volume, beside):
    clip = noise(9_600, 1)
    heard = recording(quiet(30_011), clip * volume, quiet(9_000))
    heard = Recording(heard.samples + noise(len(heard.samples), 2, beside * volume), heard.began)
    found = heard.find(clip, 30_000, 2_000)
    assert found.frame == 30_011
    assert found.likeness == pytest.approx(0.1 / np.hypot(0.1, beside), abs=0.03)


@pytest.mark.parametrize(
    "heard",
    [quiet(40_000), noise(40_000, 3), tone(40_000), np.concatenate([quiet(20_000), -noise(9_600, 1), quiet(9_600)])],
    ids=["silence", "another noise", "a tone", "upside down"],
)
def test_what_is_not_there_is_not_found(heard):
    with pytest.raises(NotHeard):
        recording(heard).find(noise(9_600, 1), 20_000, 5_000)


def test_what_is_elsewhere_is_not_found():
    heard = recording(quiet(20_000), noise(9_600, 1), quiet(20_000))
    with pytest.raises(NotHeard, match="likeness"):
        heard.find(noise(9_600, 1), 10_000, 4_000)
    with pytest.raises(NotHeard, match="ends before"):
        heard.find(noise(9_600, 1), 48_000, 1_000)


def test_one_sound_can_be_taken_out_from_under_another():
    voice, bell = noise(24_000, 1, 0.2), tone(24_000, 330) * np.exp(-np.arange(24_000) / 6_000).astype(np.float32)
    heard = recording(quiet(10_000), voice * 0.7 + bell * 0.1, quiet(10_000))
    with pytest.raises(NotHeard):
        heard.find(bell, 10_000, 3_000)
    heard.take_out(voice, heard.find(voice, 10_000, 3_000).frame)
    assert heard.find(bell, 10_000, 3_000).frame == 10_000


def test_the_first_and_the_last_sound():
    heard = recording(quiet(4_800), tone(4_800), quiet(4_800))
    first, last = heard.first_sound(), heard.last_sound(heard.ended)
    assert first == pytest.approx(100.1, abs=2e-4)
    assert last == pytest.approx(100.2, abs=2e-4)
    assert heard.first_sound(after=100.21) is None
    assert heard.last_sound(100.05) is None
    assert heard.silent(100.0, 100.099)
    assert not heard.silent(100.0, 100.12)
    assert not heard.silent(200.0, 201.0), "what was not recorded is not silent"
    assert heard.level(100.1, 100.2) == pytest.approx(20 * np.log10(0.3 / np.sqrt(2)), abs=0.1)


SOUNDS = {
    "a tone": tone(48_000),
    "a high tone": tone(48_000, 2_000),
    "noise": noise(48_000, 4),
    "dark noise": np.convolve(noise(48_063, 5), np.hanning(64) / 32, "valid").astype(np.float32),
    "a soft tone": tone(48_000, volume=0.004),
}


@pytest.mark.parametrize("sound", SOUNDS.values(), ids=SOUNDS)
@pytest.mark.parametrize("ramp_ms", [10, 30])
def test_a_sound_that_fades_out_and_comes_back_elsewhere_does_not_click(sound, ramp_ms):
    fade = (1 - np.cos(np.pi * np.arange(ramp_ms * 48) / (ramp_ms * 48))).astype(np.float32) / 2
    out, back = sound[:20_000].copy(), sound[25_000:].copy()
    out[-len(fade) :] *= fade[::-1]
    back[: len(fade)] *= fade
    heard = recording(quiet(0), out, quiet(2_000), back)
    assert heard.clicks(100.0, heard.ended) == []


@pytest.mark.parametrize("sound", [SOUNDS["a tone"], SOUNDS["a soft tone"], SOUNDS["dark noise"]])
def test_a_sound_that_is_cut_off_or_torn_clicks(sound):
    peak = 20_000 + int(np.argmax(np.abs(sound[20_000:20_300])))
    torn = recording(sound[:peak], sound[peak + 5_109 :])
    cut = recording(sound[:peak], quiet(5_000))
    missing = recording(sound[:peak], quiet(144), sound[peak + 144 :])
    for heard in (torn, cut, missing):
        # What comes back within 5 ms of a click counts to its surroundings.
        (first, *_others) = heard.clicks(100.0, heard.ended)
        assert 100 + peak / RATE - 1e-4 <= first[0] <= 100 + peak / RATE + 0.0032


def test_a_gap_is_digital_silence_of_a_millisecond():
    heard = recording(tone(10_000), quiet(480), tone(10_000))
    ((at, ms),) = heard.gaps(100.001, heard.ended)
    assert at == pytest.approx(100 + 10_000 / RATE, abs=1e-4)
    assert ms == pytest.approx(10, abs=0.1)
    assert recording(tone(10_000), quiet(30), tone(10_000)).gaps(100.001, 100.4) == []


def stamps(blocks=4_000, frames=240, lost_at=None):
    """What a recorder notes: its clock 50 millionths fast, its blocks up to 6 ms late."""
    counted = np.cumsum(np.full(blocks, frames)).astype(float)
    instants = 50.0 + counted / RATE * (1 - 50e-6) + np.random.default_rng(6).exponential(1.5e-3, blocks)
    if lost_at:
        instants[lost_at:] += 0.02
    return np.stack([counted, np.maximum.accumulate(instants)], axis=1)


def test_the_instants_of_a_recording_are_right_in_spite_of_late_blocks_and_another_clock():
    began, pace = _clock(stamps())
    assert began == pytest.approx(50.0, abs=3e-4)
    assert pace * RATE - 1 == pytest.approx(-50e-6, abs=2e-5)
    began, pace = _clock(stamps(300))
    assert began == pytest.approx(50.0, abs=1e-3)


def test_a_recorder_that_lost_something_says_so():
    with pytest.raises(AssertionError, match="slipped"):
        _clock(stamps(lost_at=2_000))
