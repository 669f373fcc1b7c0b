"""Two beds of noise from which a breath's swell is cut: air for the in-breath, distant surf for the out-breath."""

from __future__ import annotations

from tools.sounds.loudness import at_lufs
from tools.sounds.noise import RATE, Wave, band, noise, steady

SECONDS = 12
LUFS = -30.0
STEADY_S = 0.15
"""Their loudness does not waver: what rises and falls is the breath, and nothing else may seem to."""

BEDS = {
    "in": (31, band(560, 2_500, tilt=-2, steepness=2.5)),
    "out": (32, band(150, 750, tilt=-3, steepness=2.5)),
}


def bed(name: str) -> Wave:
    """One bed, as a loop."""
    seed, shape = BEDS[name]
    return at_lufs(steady(noise(SECONDS * RATE, seed, shape), STEADY_S), LUFS)
