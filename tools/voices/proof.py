"""What is asked of the recordings, and whether it holds: figures in, a table and everything amiss out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean, pstdev

from tools.voices.cast import CAST, Voice
from tools.voices.manifest import Clip
from tools.voices.recipe import HIGHEST_DBTP, LUFS

WORST_CLIP = 0.10
WORST_VOICE = 0.02
LOWEST_P808 = 3.8
WITHIN_WPM = (140, 165)
WHOLE_WPM = (105, 125)
LOUDNESS_REACH = 1.0
EDGE_DB = -60.0
FLOOR_DB = -60.0
STEP_DB = -60.0
UNSTRETCHED_REACH = 0.3
"""Phonemes a second, as the model speaks: how far from its voice's mean a sentence may be."""


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


@dataclass(frozen=True, slots=True)
class Heard:
    """One clip with its measures; ``words`` and ``wrong`` are None where no machine understands the language.

    There ``unstretched`` tells, for each sentence of five words and more, how many phonemes a second the model spoke,
    before the sentence was slowed to its pace: where a part is left out, it seems to speak faster.
    """

    voice: Voice
    clip: Clip
    measures: Measures
    unstretched: tuple[float, ...] = ()
    words: int | None = None
    wrong: int | None = None
    understood: str = ""


def amiss(heard: list[Heard]) -> list[str]:
    """What is wrong with single clips."""
    rates = {voice.id: mean_unstretched([one for one in heard if one.voice == voice]) for voice in CAST}
    return [
        f"{one.voice.id} {one.clip.file}: {message}  <- {one.clip.text}"
        for one in heard
        for bad, message in judged(one, rates[one.voice.id])
        if bad
    ]


def judged(one: Heard, rate: float) -> list[tuple[bool, str]]:
    """Whether each thing is wrong with a clip, and how to say so; ``rate``: its voice's phonemes a second."""
    it = one.measures
    paces = ", ".join(f"{pace:.0f}" for pace in it.within_wpm)
    return [
        (misunderstood(one), f"{one.wrong} of {one.words} words: {one.understood}"),
        (abs(it.lufs - LUFS) > LOUDNESS_REACH, f"{it.lufs:.1f} LUFS"),
        (it.peak_dbtp >= HIGHEST_DBTP, f"peak {it.peak_dbtp:.1f} dBTP"),
        (it.clipped > 0, f"{it.clipped} samples clipped"),
        (it.edge_db > EDGE_DB, f"{it.edge_db:.0f} dBFS at an end"),
        (it.floor_db > FLOOR_DB, f"floor {it.floor_db:.0f} dBFS"),
        (it.step_db > STEP_DB, f"a step of {it.step_db:.0f} dBFS where nobody speaks"),
        (any(outside(pace, WITHIN_WPM) for pace in it.within_wpm), f"{paces} words a minute within sentences"),
        (
            it.whole_wpm is not None and outside(it.whole_wpm, WHOLE_WPM),
            f"{it.whole_wpm or 0:.0f} words a minute with pauses",
        ),
        (
            any(abs(each / rate - 1) > UNSTRETCHED_REACH for each in one.unstretched),
            ", ".join(f"{each:.1f}" for each in one.unstretched) + " phonemes a second, as the model speaks",
        ),
    ]


def mean_unstretched(heard: list[Heard]) -> float:
    """Phonemes a second, as the model speaks, over all sentences; 0 where that was not asked."""
    rates = [rate for one in heard for rate in one.unstretched]
    return fmean(rates) if rates else 0.0


def misunderstood(one: Heard) -> bool:
    """More than every tenth word."""
    return one.words is not None and one.wrong is not None and one.wrong > WORST_CLIP * one.words


def amiss_on_the_whole(heard: list[Heard]) -> list[str]:
    """What is wrong with a voice, all its clips together."""
    found = []
    for voice in CAST:
        own = [one for one in heard if one.voice.id == voice.id]
        p808 = fmean(one.measures.p808 for one in own)
        if p808 < LOWEST_P808:
            found.append(f"{voice.id}: DNSMOS {p808:.2f}")
        if voice.lang == "en" and word_error_rate(own) > WORST_VOICE:
            found.append(f"{voice.id}: word error rate {word_error_rate(own):.1%}")
    return found


def outside(value: float, bounds: tuple[float, float]) -> bool:
    """Half a word a minute is left to rounding."""
    return not bounds[0] - 0.5 <= value <= bounds[1] + 0.5


def word_error_rate(heard: list[Heard]) -> float:
    """Errors by words, over all clips."""
    return sum(one.wrong or 0 for one in heard) / sum(one.words or 0 for one in heard)


def table(heard: list[Heard]) -> str:
    """The figures, a column for each voice."""
    columns = [[one for one in heard if one.voice.id == voice.id] for voice in CAST]
    rows: dict[str, Callable[[list[Heard]], str]] = {
        "clips, minutes, MB": _amount,
        "words a minute within a sentence": lambda own: spread(
            [pace for one in own for pace in one.measures.within_wpm]
        ),
        "the same, nothing left out": lambda own: spread([pace for one in own for pace in one.measures.every_wpm]),
        "sentences left out for being short": lambda own: (
            f"{sum(one.measures.short for one in own)} of {sum(len(one.measures.every_wpm) for one in own)}"
        ),
        "words a minute with pauses": lambda own: spread(
            [one.measures.whole_wpm for one in own if one.measures.whole_wpm]
        ),
        "pauses between sentences, s": lambda own: spread([p for one in own for p in one.measures.pauses_s], 1),
        "loudness, LUFS": lambda own: spread([one.measures.lufs for one in own], 1),
        "true peak, dBTP": lambda own: spread([one.measures.peak_dbtp for one in own], 1),
        "speech begins after, ms": lambda own: spread([one.measures.begins_ms for one in own]),
        "first and last 10 ms, dBFS": lambda own: spread([one.measures.edge_db for one in own]),
        "floor between sentences, dBFS": lambda own: spread([one.measures.floor_db for one in own]),
        "largest step in it, dBFS": lambda own: spread([one.measures.step_db for one in own]),
        "phonemes a second": lambda own: spread([one.measures.phonemes_a_second for one in own], 1),
        "the same, as the model speaks": _unstretched,
        "DNSMOS P.808": lambda own: spread([one.measures.p808 for one in own], 2),
        "word error rate": lambda own: f"{word_error_rate(own):.2%}" if own[0].words else "not measured",
        "clips over 10 %": lambda own: str(sum(map(misunderstood, own))) if own[0].words else "not measured",
    }
    lines = [
        "| | " + " | ".join(f"{voice.name} ({voice.lang})" for voice in CAST) + " |",
        "|---|" + "---|" * len(CAST),
        *(f"| {name} | " + " | ".join(figure(own) for own in columns) + " |" for name, figure in rows.items()),
    ]
    return "\n".join(lines) + "\n"


def spread(values: list[float], digits: int = 0) -> str:
    """Mean, spread and extremes."""
    shown = [f"{value:.{digits}f}" for value in (fmean(values), pstdev(values), min(values), max(values))]
    return f"{shown[0]} ± {shown[1]} ({shown[2]} to {shown[3]})"


def _amount(own: list[Heard]) -> str:
    size = sum((one.voice.folder / one.clip.file).stat().st_size for one in own)
    return f"{len(own)}, {sum(one.clip.ms for one in own) / 60_000:.1f}, {size / 1e6:.2f}"


def _unstretched(own: list[Heard]) -> str:
    rates = [rate for one in own for rate in one.unstretched]
    return spread(rates, 1) if rates else "read back instead"
