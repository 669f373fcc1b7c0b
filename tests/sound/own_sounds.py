"""calmtray's own sounds as they are heard, and what can be measured of them."""

from __future__ import annotations

from functools import cache

import numpy as np
import soundfile

from calmtray.desktop.paths import bundled
from calmtray.sound.reader import LoopReader

RATE = 48_000
LOOPS = ("breath/in", "breath/out", "ambience/room", "ambience/rain", "ambience/wind", "ambience/drone")
SOUNDS = bundled("assets") / "sounds"


def loop_file(name):
    """The file of a bed: the breath's are without loss."""
    return SOUNDS / f"{name}{'.flac' if name.startswith('breath/') else '.ogg'}"


@cache
def loop(name):
    """One bed as it goes round, full scale 1: (frames, channels)."""
    assert soundfile.info(loop_file(name)).samplerate == RATE
    reader = LoopReader(loop_file(name))
    return reader.read(0, reader.loop_frames) / 32_768


@cache
def bell(name):
    """One bell, full scale 1: (frames,)."""
    samples, rate = soundfile.read(SOUNDS / "bells" / f"{name}.flac")
    assert rate == RATE
    return samples


def breath_bed(name):
    """What the breath's sound is cut from, as the mixer hands it over."""
    return loop(f"breath/{name}")[:, 0].astype(np.float32)


def db(ratio):
    return 20 * np.log10(np.maximum(ratio, 1e-9))


def rms(samples):
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


def windows(samples, ms):
    """Cut into windows of this length, the rest left out: (windows, frames, ...)."""
    frames = ms * RATE // 1000
    whole = len(samples) // frames
    return samples[: whole * frames].reshape(whole, frames, *samples.shape[1:])


def levels_db(samples, ms):
    """The loudness of each window, in dB about that of the whole."""
    whole = rms(samples)
    return np.array([db(rms(window) / whole) for window in windows(samples, ms)])


def power(samples):
    """(Hz, power) of each line of the spectrum."""
    return np.fft.rfftfreq(len(samples), 1 / RATE), np.abs(np.fft.rfft(samples)) ** 2


def centroid(samples):
    """The middle of the spectrum by power, in Hz: how bright a sound is."""
    hz, strength = power(samples)
    return float(np.sum(hz * strength) / np.sum(strength))


def share_within(samples, low, high):
    """How much of the power lies between two frequencies, 0..1."""
    hz, strength = power(samples)
    return float(np.sum(strength[(hz >= low) & (hz <= high)]) / np.sum(strength))


def pitch(samples):
    """The strongest frequency in Hz, to a third of one."""
    frames = 3 * RATE
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), frames))
    return float(np.argmax(spectrum) * RATE / frames)
