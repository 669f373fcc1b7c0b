"""What can be measured of one clip: pace, pauses, edges, floor, naturalness by machine."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from calmtray.sound.rate import RATE
from tools.voices import master
from tools.voices.pace import SHORT
from tools.voices.texts import sentences, words

QUIET_DB = -45.0
"""Below the loudest 5 ms of a clip by this much, nobody speaks."""

FRAME = RATE * 5 // 1000
PAUSE_FRAMES = 40
EDGE = RATE // 100
ENOUGH_WORDS = 14
"""Fewer words, in two sentences or three, are as slow as the least pause between them makes them."""

DYING, RISING = RATE // 5, RATE // 10
Span = tuple[int, int]
NOT_SOUNDED = frozenset(' ˈˌː\u0303.,;:!?…—“”"()')


@dataclass(frozen=True, slots=True)
class Measures:
    """One clip. Levels in dBFS, paces in words a minute; ``whole_wpm`` is None for one sentence, and for a few words.

    ``every_wpm`` leaves nothing out: each sentence from its first to its last sound, ``short`` of them being too short
    for ``within_wpm``.
    """

    lufs: float
    peak_dbtp: float
    edge_db: float
    floor_db: float
    step_db: float
    clipped: int
    begins_ms: float
    within_wpm: tuple[float, ...]
    every_wpm: tuple[float, ...]
    short: int
    whole_wpm: float | None
    pauses_s: tuple[float, ...]
    phonemes_a_second: float
    p808: float


def measured(sound: master.Sound, text: str, phonemes: list[str]) -> Measures:
    """All of them for one channel at 48 kHz."""
    parts = sentences(text)
    spans = spoken(sound, len(parts))
    sounding = [sum(end - start for start, end in span) / RATE for span in spans]
    whole = (spans[-1][-1][1] - spans[0][0][0]) / RATE
    sounded = sum(sign not in NOT_SOUNDED for line in phonemes for sign in line)
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
            words(part) * 60 / length for part, length in zip(parts, sounding, strict=True) if words(part) > SHORT
        ),
        every_wpm=tuple(
            words(part) * 60 * RATE / (span[-1][1] - span[0][0]) for part, span in zip(parts, spans, strict=True)
        ),
        short=sum(words(part) <= SHORT for part in parts),
        whole_wpm=words(text) * 60 / whole if len(parts) > 1 and words(text) >= ENOUGH_WORDS else None,
        pauses_s=tuple((after[0][0] - before[-1][1]) / RATE for before, after in pairwise(spans)),
        phonemes_a_second=sounded / sum(sounding),
        p808=naturalness(sound),
    )


def spoken(sound: master.Sound, count: int) -> list[list[Span]]:
    """The sounding parts of each of ``count`` sentences, in frames.

    Silences of 0.2 s and more divide them, and the longest of these stand between two sentences.
    """
    whole = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    loud = np.abs(whole).max(axis=1)
    heard = np.flatnonzero(loud > loud.max() * 10 ** (QUIET_DB / 20))
    gaps = np.diff(heard)
    longest = set(np.argsort(gaps, kind="stable")[len(gaps) - count + 1 :].tolist())
    spans: list[list[Span]] = [[]]
    start = int(heard[0])
    for place in [*np.flatnonzero(gaps > PAUSE_FRAMES).tolist(), len(gaps)]:
        spans[-1].append((start * FRAME, (int(heard[place]) + 1) * FRAME))
        if place in longest:
            spans.append([])
        if place < len(gaps):
            start = int(heard[place + 1])
    return spans


def naturalness(sound: master.Sound) -> float:
    """DNSMOS P.808, about 1 to 5. It was made to judge noise suppression: it knows clean from unclean, not warmth."""
    from scipy import signal
    from speechmos import dnsmos

    down = signal.resample_poly(sound, 1, 3)
    return float(dnsmos.run(0.7 * down / np.abs(down).max(), sr=16_000)["p808_mos"])


def _quiet_parts(sound: master.Sound, spans: list[list[Span]]) -> list[master.Sound]:
    """The ends, and the pauses without the moments in which a voice dies away or draws breath."""
    gaps = [(before[-1][1] + DYING, after[0][0] - RISING) for before, after in pairwise(spans)]
    return [sound[:EDGE], sound[-EDGE:], *(sound[start:end] for start, end in gaps if end - start > EDGE)]


def _db(sound: NDArray[np.float64]) -> float:
    return float(10 * np.log10((sound**2).mean() + 1e-10))
