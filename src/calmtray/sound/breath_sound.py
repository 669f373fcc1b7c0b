"""One phase of a breath -> what is heard of it: a swell of air, or a soft tone. No file is read here.

What tells in from out with closed eyes: the swell is bright on the in-breath and dark on the out-breath; the tone
rises and falls, and is rounder on the out-breath. Either grows and shrinks with the level that the pacer draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from calmtray.sound.rate import FRAMES_PER_MS
from calmtray.sound.score import LEVEL_EVERY_MS, BreathSet, BreathShape, BreathSound

LOUDNESS_EXPONENT = 0.6
"""What is heard grows as the sound pressure to this power (S. S. Stevens, The measurement of loudness, 1955)."""

FLOOR = 0.1
"""Amplitude at level 0: soft, yet there, so that a turn of the breath is heard when it comes."""

FADE_MS = 120
"""At both ends of every phase; half of what is shorter than two of them."""

ROOT_HZ = 220.0
"""The A of the bells and the drone."""

FIFTH = 1.5
TONE_AMPLITUDE = 0.049
"""With the harmonics below, a tone at full level is as loud as the swell, about -30 LUFS."""

IN_HARMONICS = (1.0, 0.32, 0.14, 0.06)
OUT_HARMONICS = (1.0, 0.16, 0.04)

Noise = Callable[[str], NDArray[np.float32]]
"""``"in"`` or ``"out"`` -> that bed, a loop in mono, at the loudness of a full breath."""


def breath_samples(sound: BreathSound, noise: Noise) -> NDArray[np.float32]:
    """The sound of one phase: (frames,) in mono, 48 frames to a millisecond, full scale 1, 0 at both ends.

    Loudness follows the level (or 1 - level when reversed), so that it is heard to grow as the drawing grows;
    a tone's pitch goes with it, up to a fifth above its root. *Loudness only* has one colour and one pitch for
    in and out. A ``sound`` of the set ``OFF`` is silence.
    """
    frames = sound.ms * FRAMES_PER_MS
    if sound.kind is BreathSet.OFF or not frames:
        return np.zeros(frames, np.float32)
    levels = np.clip(np.array(sound.levels), 0.0, 1.0)
    if sound.shape is BreathShape.REVERSE:
        levels = 1.0 - levels
    loud = FLOOR + (1 - FLOOR) * levels ** (1 / LOUDNESS_EXPONENT)
    voice = _tone(sound, levels, frames) if sound.kind is BreathSet.TONE else _swell(sound, noise, frames)
    heard = (voice * _along(loud, sound.ms)).astype(np.float32)
    fade = _fade(min(FADE_MS * FRAMES_PER_MS, frames // 2))
    heard[: len(fade)] *= fade
    heard[frames - len(fade) :] *= fade[::-1]
    return heard


def _swell(sound: BreathSound, noise: Noise, frames: int) -> NDArray[np.float32]:
    bright = sound.inward and sound.shape is not BreathShape.LOUDNESS
    return np.resize(noise("in" if bright else "out"), frames)


def _tone(sound: BreathSound, levels: NDArray[np.float64], frames: int) -> NDArray[np.float32]:
    still = sound.shape is BreathShape.LOUDNESS
    pitch = np.full(frames, ROOT_HZ) if still else _along(ROOT_HZ * FIFTH**levels, sound.ms)
    turns = np.cumsum(pitch) / (1000 * FRAMES_PER_MS)
    # Counted in float64, for a slip would be heard; within one turn half the digits are plenty, at a third of the time.
    phase = (2 * np.pi * (turns - np.floor(turns))).astype(np.float32)
    harmonics = IN_HARMONICS if sound.inward and not still else OUT_HARMONICS
    together = TONE_AMPLITUDE / math.hypot(*harmonics)
    tone = np.zeros(frames, np.float32)
    for number, share in enumerate(harmonics, 1):
        tone += together * share * np.sin(number * phase)
    return tone


def _along(values: NDArray[np.float64], ms: int) -> NDArray[np.float64]:
    """Values ``LEVEL_EVERY_MS`` apart -> one for each frame of the phase."""
    at_ms = np.minimum(np.arange(len(values)) * LEVEL_EVERY_MS, ms)
    return np.interp(np.arange(ms * FRAMES_PER_MS) / FRAMES_PER_MS, at_ms, values)


def _fade(frames: int) -> NDArray[np.float32]:
    """Half a cosine from 0 up."""
    return ((1 - np.cos(np.pi * np.arange(frames) / max(frames, 1))) / 2).astype(np.float32)
