"""How it feels, as the Affective Slider asks it, and when that is asked.

The scale: A. Betella and P. F. M. J. Verschure, “The Affective Slider: A Digital Self-Assessment Scale for the
Measurement of Human Emotions”, PLoS ONE 11(2), 2016, e0148037.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EVERY = 5
"""About one session in so many is asked about: a question each time would become a duty."""

LOW, OFTEN = 0.1, 3
"""So little pleasure, so many times in a row, is worth a word about people and rest."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """``pleasure``: from unhappy, 0, to happy, 1; ``arousal``: from sleepy, 0, to wide awake, 1."""

    pleasure: float
    arousal: float


def is_asked(sessions: int) -> bool:
    """Whether the next session is asked about, after so many. The first one never is."""
    return sessions % EVERY == 1


def is_pleasure_first(sessions: int) -> bool:
    """Which of the two comes first; the other one the next time, so that the order has no say in the answers."""
    return sessions // EVERY % 2 == 0


def often_low(feelings: Sequence[Feeling]) -> bool:
    """Whether the last ones, the newest first, were all of very little pleasure."""
    return len(feelings) >= OFTEN and all(each.pleasure <= LOW for each in feelings[:OFTEN])
