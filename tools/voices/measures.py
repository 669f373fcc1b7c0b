"""What can be measured of one clip: pace, pauses, edges, floor, naturalness by machine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from calmtray.sound.rate import RATE
from tools.voices.pace import SHORT
from tools.voices.proof import Measures
from tools.voices.texts import sentences, words

if TYPE_CHECKING:
    # Its libraries are the recorder's alone.
    from tools.voices import master

QUIET_DB = -45.0
"""Below the loudest 5 ms of a clip by this much, nobody speaks."""

FRAME = RATE * 5 // 1000
PAUSE_FRAMES = 40
BLIP = RATE * 6 // 100
"""What sounds for less, with silence on both sides, is no word: it belongs to the pause, whose floor tells of it."""

EDGE = RATE // 100
ENOUGH_WORDS = 14
"""Fewer words, in two sentences or three, are as slow as the least pause between them makes them."""

DYING, RISING = RATE // 5, RATE // 10
Span = tuple[int, int]
NOT_SOUNDED = frozenset(' ˈˌː\u0303.,;:!?…—“”"()')


def measured(sound: master.Sound, text: str, phonemes: list[str]) -> Measures:
    """All of them for one channel at 48 kHz."""
    from tools.voices import master

    parts = sentences(text)
    phones = [*map(signs, phonemes)]
    spans = spoken(sound, phones)
    lengths = [sum(end - start for start, end in span) / RATE for span in spans]
    whole = (spans[-1][-1][1] - spans[0][0][0]) / RATE
    quiet = _quiet_parts(sound, spans)
    return Measures(
        lufs=master.loudness(sound),
        peak_dbtp=master.true_peak(sound),
        edge_db=max(_db(sound[:EDGE]), _db(sound[-EDGE:])),
        floor_db=max(map(_db, quiet)),
        # A click is a jump where nobody speaks: at the ends, and where sentences were joined.
        step_db=max(float(20 * np.log10(np.abs(np.diff(part)).max() + 1e-5)) for part in quiet),
        clipped=int((np.abs(sound) > 0.999).sum()),
        begins_ms=spans[0][0][0] * 1000 / RATE,
        within_wpm=tuple(
            words(part) * 60 / length for part, length in zip(parts, lengths, strict=True) if words(part) > SHORT
        ),
        every_wpm=tuple(
            words(part) * 60 * RATE / (span[-1][1] - span[0][0]) for part, span in zip(parts, spans, strict=True)
        ),
        short=sum(words(part) <= SHORT for part in parts),
        whole_wpm=words(text) * 60 / whole if len(parts) > 1 and words(text) >= ENOUGH_WORDS else None,
        pauses_s=tuple((after[0][0] - before[-1][1]) / RATE for before, after in pairwise(spans)),
        phonemes_a_second=sum(phones) / sum(lengths),
        p808=naturalness(sound),
    )


def sounding(sound: master.Sound) -> list[Span]:
    """Where it sounds, in frames, without the silences of 0.2 s and more."""
    whole = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    loud = np.abs(whole).max(axis=1)
    heard = np.flatnonzero(loud > loud.max() * 10 ** (QUIET_DB / 20))
    ends = [*np.flatnonzero(np.diff(heard) > PAUSE_FRAMES).tolist(), len(heard) - 1]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [(int(heard[start]) * FRAME, (int(heard[end]) + 1) * FRAME) for start, end in zip(starts, ends, strict=True)]


def spoken(sound: master.Sound, weights: Sequence[int]) -> list[list[Span]]:
    """The sounding parts of each sentence, in frames.

    Silences of 0.2 s and more divide them. Those of a comma may be as long as those between two sentences, therefore
    the sentences' phonemes (``weights``) decide which is which: every sentence sounds for about as long as they ask.
    """
    parts = sounding(sound)
    said = [part for part in parts if part[1] - part[0] >= BLIP]
    parts = said if len(said) >= len(weights) else parts
    lengths = [end - start for start, end in parts]
    wanted = [weight * sum(lengths) / sum(weights) for weight in weights]

    def miss(cuts: tuple[int, ...]) -> float:
        bounds = pairwise((0, *cuts, len(parts)))
        return sum((sum(lengths[a:b]) - want) ** 2 for (a, b), want in zip(bounds, wanted, strict=True))

    best = min(combinations(range(1, len(parts)), len(weights) - 1), key=miss)
    return [parts[a:b] for a, b in pairwise((0, *best, len(parts)))]


def naturalness(sound: master.Sound) -> float:
    """DNSMOS P.808, about 1 to 5. It was made to judge noise suppression: it knows clean from unclean, not warmth."""
    from scipy import signal
    from speechmos import dnsmos

    down = signal.resample_poly(sound, 1, 3)
    return float(dnsmos.run(0.7 * down / np.abs(down).max(), sr=16_000)["p808_mos"])


def signs(line: str) -> int:
    """How many sounds a line of phonemes asks for."""
    return sum(sign not in NOT_SOUNDED for sign in line)


def _quiet_parts(sound: master.Sound, spans: list[list[Span]]) -> list[master.Sound]:
    """The ends, and the pauses without the moments in which a voice dies away or draws breath."""
    gaps = [(before[-1][1] + DYING, after[0][0] - RISING) for before, after in pairwise(spans)]
    return [sound[:EDGE], sound[-EDGE:], *(sound[start:end] for start, end in gaps if end - start > EDGE)]


def _db(sound: NDArray[np.float64]) -> float:
    return float(10 * np.log10((sound**2).mean() + 1e-10))
