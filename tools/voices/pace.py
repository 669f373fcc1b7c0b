"""How slowly: words a minute within a sentence, and with all pauses.

Words are counted between spaces (``texts.words``). Within a sentence they run through the time in which it sounds, from
its first to its last audible moment without the silences of 0.2 s and more that its commas ask for. A sentence of up to
four words has no pace worth the name ("Last part." is half a second of sound): it is slowed like those around it. The
pace of the whole counts everything from the first sound to the last.
"""

from __future__ import annotations

from dataclasses import dataclass

SHORT = 4
SHORT_TEMPO = 0.78
"""For a text that has nothing but short sentences."""

WITHIN = (150, 148, 152, 146, 154, 144, 156)
"""Words a minute within the sentences of a text, the best first."""

SLOWEST, QUICKEST = 146, 160
"""What a single sentence may come to, so that all of a text can be slowed nearly alike."""

WHOLE = 117.0
WHOLE_NEAR = 5.0
TEMPOS = (0.62, 0.8)
PAUSES_S = (0.6, 2.2)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as the model spoke it: from first to last sound, and the part of it that sounds, in seconds."""

    words: int
    length: float
    sounding: float

    @property
    def pace(self) -> float:
        """Words a minute within it."""
        return self.words * 60 / self.sounding


@dataclass(frozen=True, slots=True)
class Plan:
    """For each sentence its tempo (below 1: slower than it was spoken), and the pause between two in seconds."""

    tempos: tuple[float, ...]
    pause: float


def planned(spoken: list[Spoken]) -> Plan:
    """The best pace within sentences at which the whole comes near its own."""
    best, best_miss = Plan((), 0.0), float("inf")
    for pace in WITHIN:
        tempos = _tempos(spoken, pace)
        sound = sum(one.length / tempo for one, tempo in zip(spoken, tempos, strict=True))
        words, gaps = sum(one.words for one in spoken), len(spoken) - 1
        pause = min(max((words * 60 / WHOLE - sound) / gaps, PAUSES_S[0]), PAUSES_S[1]) if gaps else 0.0
        miss = abs(words * 60 / (sound + gaps * pause) - WHOLE) if gaps else 0.0
        if miss < best_miss - 0.01:
            best, best_miss = Plan(tempos, pause), miss
        if best_miss <= WHOLE_NEAR:
            break
    return best


def _tempos(spoken: list[Spoken], pace: float) -> tuple[float, ...]:
    """One tempo for the text, bent for a sentence only as far as its own pace demands."""
    long = [one for one in spoken if one.words > SHORT]
    alike = pace * sum(one.sounding for one in long) / sum(60 * one.words for one in long) if long else SHORT_TEMPO
    alike = _within(alike, TEMPOS)
    return tuple(
        _within(alike, (SLOWEST / one.pace, QUICKEST / one.pace)) if one.words > SHORT else alike for one in spoken
    )


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])
