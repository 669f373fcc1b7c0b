"""How loud a sound is to people: integrated loudness by ITU-R BS.1770-4, with its two gates."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tools.sounds.loudness import HEAD, LOW_CUT

RATE = 48_000
BLOCK = RATE * 400 // 1_000
HOP = BLOCK // 4
ABSOLUTE_GATE = -70.0
RELATIVE_GATE = -10.0
RINGING = RATE
"""The longest memory of the two filters: the high-pass at 38 Hz forgets within some 50 ms."""


def lufs(sound: NDArray[np.floating]) -> float:
    """The integrated loudness of (frames, channels) at 48 kHz, full scale 1; -inf where nothing passes the gates.

    The channels are left and right, or one: their powers add up. Raises ValueError below 400 ms.
    """
    if len(sound) < BLOCK:
        raise ValueError(f"{len(sound)} frames are shorter than one block of 400 ms")
    power = np.concatenate(([0.0], np.cumsum((_weighted(sound.astype(np.float64)) ** 2).sum(axis=1))))
    starts = np.arange(0, len(sound) - BLOCK + 1, HOP)
    blocks = np.maximum(power[starts + BLOCK] - power[starts], 0.0) / BLOCK
    blocks = blocks[_loudness(blocks) > ABSOLUTE_GATE]
    if not len(blocks):
        return -math.inf
    blocks = blocks[_loudness(blocks) > _loudness(blocks.mean()) + RELATIVE_GATE]
    return float(_loudness(blocks.mean()))


def _weighted(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """K-weighted: the head's shelf, then the low cut, by their response at each frequency."""
    frames = 1 << (len(sound) + RINGING - 1).bit_length()
    spectrum = np.fft.rfft(sound, frames, axis=0)
    spectrum *= _response(frames)[:, None]
    weighted: NDArray[np.float64] = np.fft.irfft(spectrum, frames, axis=0)[: len(sound)]
    return weighted


@lru_cache(maxsize=4)
def _response(frames: int) -> NDArray[np.complex128]:
    """Of both filters, at the frequencies of so many frames, kept: it takes as long as using it."""
    turn = np.exp(-2j * np.pi * np.arange(frames // 2 + 1) / frames)
    response: NDArray[np.complex128] = np.ones_like(turn)
    for (b0, b1, b2), (a1, a2) in (HEAD, LOW_CUT):
        response = response * (b0 + turn * (b1 + turn * b2)) / (1 + turn * (a1 + turn * a2))
    return response


def _loudness(power: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    loudness: NDArray[np.float64] = -0.691 + 10 * np.log10(np.maximum(power, 1e-20))
    return loudness
