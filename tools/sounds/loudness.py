"""How loud a sound is to people: the K-weighting of ITU-R BS.1770-5, without its gates."""

from __future__ import annotations

import numpy as np

from tools.sounds.noise import RATE, Wave, frequencies

# BS.1770-5, annex 1, tables 1 and 2: b0 b1 b2, then a1 a2, at 48 kHz.
HEAD = (1.53512485958697, -2.69169618940638, 1.19839281085285), (-1.69065929318241, 0.73248077421585)
LOW_CUT = (1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621)


def lufs(wave: Wave) -> float:
    """The loudness of a steady sound, taken as a loop; the channels add up."""
    frames = len(wave)
    spectrum = np.fft.rfft(wave, axis=0)
    turn = np.exp(-2j * np.pi * frequencies(frames) / RATE)
    for (b0, b1, b2), (a1, a2) in (HEAD, LOW_CUT):
        response = (b0 + turn * (b1 + turn * b2)) / (1 + turn * (a1 + turn * a2))
        spectrum = (spectrum.T * response).T
    power = 2 * float(np.sum(np.abs(spectrum) ** 2)) / frames**2
    return -0.691 + 10 * float(np.log10(power))


def at_lufs(wave: Wave, wanted: float) -> Wave:
    """The same sound as loud as wanted."""
    return wave * 10 ** ((wanted - lufs(wave)) / 20)
