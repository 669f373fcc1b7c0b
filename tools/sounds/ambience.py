"""Four quiet beds to sit in: a room, rain, wind in leaves, a low drone. Each is a loop in stereo."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tools.sounds.loudness import at_lufs
from tools.sounds.noise import RATE, Shape, Wave, band, chance, drift, noise, rms

LUFS = -34.0
TOGETHER = 0.4
"""How much of a noise is the same on both sides, 0..1: wide, yet one place, and unharmed when folded to mono."""


def both_sides(frames: int, seed: int, shape: Shape) -> Wave:
    """One noise for each ear, with a part in common."""
    middle, *sides = (noise(frames, seed + side, shape) for side in range(3))
    return np.stack([np.sqrt(TOGETHER) * middle + np.sqrt(1 - TOGETHER) * side for side in sides], axis=1)


def room() -> Wave:
    """The air of a quiet room: warm, and almost nothing."""
    frames = 24 * RATE
    warm = both_sides(frames, 100, band(100, 450, tilt=-3, steepness=2))
    air = both_sides(frames, 110, band(500, 2_500, tilt=-4, steepness=1.5))
    return warm + 0.25 * air


def rain() -> Wave:
    """Steady rain on leaves: a soft rush, and in it many small drops of which none stands out."""
    frames = 26 * RATE
    rush = both_sides(frames, 201, band(500, 4_200, tilt=-3, steepness=1.5))
    drops = both_ears(frames, [drops_of(frames, 210 + 5 * n, hz) for n, hz in enumerate(DROPS_HZ)])
    return rush + 0.6 * drops / rms(drops)


DROPS_HZ = (500.0, 700.0, 950.0, 1_250.0, 1_600.0, 2_000.0, 2_500.0, 3_100.0)
DROPS_A_SECOND = 25
DROP_MS = 90
DROP_RISES_MS, DROP_FALLS_MS = 3.0, 9.0


def drops_of(frames: int, seed: int, hz: float) -> tuple[Wave, Wave]:
    """The drops of one size: when, where between the ears and how hard they fall, all by chance; and their sound."""
    count = DROPS_A_SECOND * frames // RATE
    when = (chance(count, seed) * frames).astype(np.int64)
    where = chance(count, seed + 1) * np.pi / 2
    how_hard = (0.4 + 0.6 * chance(count, seed + 2)) * np.where(chance(count, seed + 3) < 0.5, -1, 1)
    falls = np.zeros((frames, 2))
    np.add.at(falls, when, how_hard[:, np.newaxis] * np.stack([np.cos(where), np.sin(where)], axis=1))
    ms = np.arange(DROP_MS * RATE // 1000) / RATE * 1000
    shape = (1 - np.exp(-ms / DROP_RISES_MS)) ** 2 * np.exp(-ms / DROP_FALLS_MS)
    return falls, shape * noise(len(ms), seed + 4, band(hz / 1.3, hz * 1.3, steepness=3)) / hz**0.5


def both_ears(frames: int, drops: list[tuple[Wave, Wave]]) -> Wave:
    """Every drop where it falls, laid round the loop."""
    heard = (np.fft.rfft(falls, axis=0) * np.fft.rfft(drop, frames)[:, np.newaxis] for falls, drop in drops)
    return np.fft.irfft(sum(heard, np.zeros((frames // 2 + 1, 2))), frames, axis=0)


def wind() -> Wave:
    """Wind in leaves: it comes and goes within 6 to 10 s, and the leaves answer a little later."""
    frames = 30 * RATE
    moving = both_sides(frames, 300, band(170, 750, tilt=-3, steepness=2))
    leaves = both_sides(frames, 310, band(1_300, 4_200, tilt=-3, steepness=1.5))
    gusts = np.stack([swell(frames, late_s) for late_s in (0.0, 0.6)], axis=1)
    answer = np.stack([swell(frames, late_s) for late_s in (0.5, 1.1)], axis=1)
    rustle = np.stack([drift(frames, 320 + side, 0.25) for side in range(2)], axis=1)
    return moving * decibels(4 * gusts) + 0.3 * leaves * decibels(6 * answer + 1.2 * rustle)


def swell(frames: int, late_s: float) -> Wave:
    """-1..1 and back, four times in the loop, each time another length (6 to 10 s) and height: no rhythm."""
    turn = 2 * np.pi * (np.arange(frames) - late_s * RATE) / frames
    height = 0.8 + 0.2 * np.cos(3 * turn + 1)
    return height * np.cos(4 * turn + np.cos(turn + 2))


def decibels(gain: Wave) -> Wave:
    factor: Wave = 10 ** (gain / 20)
    return factor


def drone() -> Wave:
    """A low A with its fifth and octave, each of them several voices that drift through one another."""
    frames = 30 * RATE
    sides = [sum((voice(frames, side, *one) for one in VOICES), np.zeros(frames)) for side in range(2)]
    return np.stack(sides, axis=1)


VOICES = (
    # Turns in 30 s (whole ones, so that the loop closes), amplitude. 3,300 turns are 110 Hz.
    (3_300, 1.0),
    (3_303, 0.5),
    (4_950, 0.5),
    (4_952, 0.3),
    (6_600, 0.42),
    (6_605, 0.22),
    (9_900, 0.14),
    (9_907, 0.09),
    (13_200, 0.05),
)
"""Their beats take 10, 15, 6 and 4.3 s."""


def voice(frames: int, side: int, turns: int, amplitude: float) -> Wave:
    """One voice. Its swells differ from ear to ear, its phase hardly: folded to mono it stays itself."""
    at = np.arange(frames) / frames
    breathing = 1 + 0.25 * np.cos(2 * np.pi * (2 + turns % 3) * at + 2.1 * side + turns)
    return amplitude * breathing * np.sin(2 * np.pi * turns * at + turns + 0.4 * side)


AMBIENCES: dict[str, Callable[[], Wave]] = {"room": room, "rain": rain, "wind": wind, "drone": drone}


def ambience(name: str) -> Wave:
    """One bed, as a loop as loud as all the others."""
    return at_lufs(AMBIENCES[name](), LUFS)
