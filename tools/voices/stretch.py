"""Slower at the same pitch: WSOLA.

W. Verhelst and M. Roelands, "An overlap-add technique based on waveform similarity (WSOLA) for high quality time-scale
modification of speech", ICASSP 1993, vol. 2, pp. 554-557.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WINDOW_S = 0.030
REACH_S = 0.010
"""How far from its place a window may be taken, to fit onto the one before."""


def stretched(speech: NDArray[np.float32], rate: int, tempo: float) -> NDArray[np.float32]:
    """``speech`` at ``tempo`` times its speed; below 1 it grows longer.

    Windows of 30 ms are laid half over one another in the output. Each comes from about where it belongs in the input:
    there where it is most like (normalised correlation) what followed the window before it.
    """
    size = int(WINDOW_S * rate) // 2 * 2
    half, reach = size // 2, int(REACH_S * rate)
    window = np.hanning(size + 1)[:size]
    length = int(len(speech) / tempo)
    source = np.pad(speech.astype(np.float64), (size, 2 * size + 2 * reach))
    out, weight = np.zeros(length + size), np.zeros(length + size)
    taken = size
    for place in range(0, length, half):
        if place:
            start = max(0, int(place * tempo) + size - reach)
            around = source[start : start + 2 * reach + size]
            wanted = source[taken + half : taken + half + size]
            likeness = np.correlate(around, wanted, "valid")
            energy = np.cumsum(np.concatenate([[0.0], around**2]))
            taken = start + int(np.argmax(likeness / np.sqrt(energy[size:] - energy[:-size] + 1e-9)))
        out[place : place + size] += source[taken : taken + size] * window
        weight[place : place + size] += window
    return (out / np.maximum(weight, 1e-3))[:length].astype(np.float32)
