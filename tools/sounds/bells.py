"""Three bells: small bowls, touched rather than struck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.sounds.noise import RATE, Wave

PARTIALS = ((1.0, 1.0), (2.72, 0.36), (5.18, 0.10), (8.31, 0.025))
"""Ratio to the root and amplitude. The ratios are those of a bowl's rim, swinging in 2, 3, 4 and 5 waves."""

BEAT_HZ = 0.7
"""No bowl is quite round: each partial is two, so close together that they breathe."""

BEAT_SHARE = 0.3
FADING = 0.75
"""A partial at ``ratio`` dies ``ratio ** FADING`` times as fast as the root."""

ATTACK_MS = 32
TAIL_MS = 300


@dataclass(frozen=True, slots=True)
class Bell:
    root_hz: float
    ms: int
    falls_ms: float
    """In this time the root falls to 1/e."""
    brightness: float
    """By how much the upper partials are heard, 1 as in PARTIALS."""
    peak_db: float


BELLS = {
    # A, E, and the E below: they agree with one another, with the drone and with the tone of the breath.
    # The first one rings as the session fades in, and so it falls the slowest: what is heard of it is its own swell.
    "begin": Bell(root_hz=220.0, ms=3_800, falls_ms=1_300, brightness=1.0, peak_db=-14.0),
    "step": Bell(root_hz=329.6, ms=1_600, falls_ms=320, brightness=0.7, peak_db=-20.0),
    "end": Bell(root_hz=164.8, ms=3_900, falls_ms=900, brightness=1.15, peak_db=-14.0),
}


def ring(bell: Bell) -> Wave:
    """The whole bell, from its first zero to its last."""
    seconds = np.arange(bell.ms * RATE // 1000) / RATE
    sound: Wave = sum((partial(bell, seconds, *one) for one in PARTIALS), np.zeros(len(seconds)))
    attack, tail = rise(ATTACK_MS), rise(TAIL_MS)[::-1]
    sound[: len(attack)] *= attack
    sound[-len(tail) :] *= tail
    return sound * float(10 ** (bell.peak_db / 20) / np.max(np.abs(sound)))


def partial(bell: Bell, seconds: Wave, ratio: float, amplitude: float) -> Wave:
    if ratio > 1:
        amplitude *= bell.brightness
    hz = bell.root_hz * ratio
    pair = np.sin(2 * np.pi * hz * seconds) + BEAT_SHARE * np.sin(2 * np.pi * (hz + BEAT_HZ) * seconds)
    fall: Wave = np.exp(-seconds * 1000 / bell.falls_ms * ratio**FADING)
    return amplitude * pair * fall


def rise(ms: int) -> Wave:
    """Half a cosine from 0 up."""
    frames = ms * RATE // 1000
    half: Wave = (1 - np.cos(np.pi * np.arange(frames) / frames)) / 2
    return half
