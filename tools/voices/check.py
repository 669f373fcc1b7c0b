"""Proof without ears: every clip measured, the English ones read back, and the figures written into docs/voices.md."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import fmean, pstdev

from calmtray.sound import clips
from tools.voices import manifest, master
from tools.voices.cast import CAST, ROOT, Voice
from tools.voices.hearing import errors, normal, understood
from tools.voices.manifest import Clip
from tools.voices.measures import Measures, measured
from tools.voices.phonemes import pronounced
from tools.voices.texts import sentences

PAGE = ROOT / "docs" / "voices.md"
FIGURES = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- /figures -->)", re.DOTALL)
PROCESSES = 2

WORST_CLIP = 0.10
WORST_VOICE = 0.02
LOWEST_P808 = 3.8
WITHIN_WPM = (140, 165)
WHOLE_WPM = (105, 125)
LOUDNESS_REACH = 1.0
EDGE_DB = -60.0
FLOOR_DB = -60.0
STEP_DB = -60.0
SOUNDED_REACH = 0.45
"""Phonemes a second: how far from its voice's mean a clip may be. The pace goes by words, and some are long."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One clip with its measures; ``words`` and ``wrong`` are None where no machine understands the language."""

    voice: Voice
    clip: Clip
    measures: Measures
    words: int | None = None
    wrong: int | None = None
    understood: str = ""


def check() -> int:
    """Listen to everything, print what is amiss, write the figures. 0 if nothing is amiss."""
    clips_of = [(voice, clip) for voice in CAST for clip in manifest.read(voice).values()]
    with ProcessPoolExecutor(PROCESSES, initializer=os.nice, initargs=(10,)) as pool:
        heard = list(pool.map(listen, *zip(*clips_of, strict=True)))
    figures = table(heard)
    PAGE.write_text(FIGURES.sub(lambda _: figures, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(figures)
    found = [*amiss(heard), *amiss_on_the_whole(heard)]
    print("\n".join(found) or "Nothing is amiss.")
    return 1 if found else 0


def listen(voice: Voice, clip: Clip) -> Heard:
    """Measure one clip, and read it back if it is English."""
    path = voice.folder / clip.file
    parts = sentences(clip.text)
    book = pronounced(voice.accent, parts)
    measures = measured(clips.read(path)[:, 0] / 32_768.0, clip.text, [book[part] for part in parts])
    if voice.lang != "en":
        return Heard(voice, clip, measures)
    said, text = normal(clip.text), understood(path)
    return Heard(voice, clip, measures, len(said), errors(said, normal(text)), text)


def amiss(heard: list[Heard]) -> list[str]:
    """What is wrong with single clips."""
    rates = {voice.id: fmean(one.measures.phonemes_a_second for one in heard if one.voice == voice) for voice in CAST}
    return [
        f"{one.voice.id} {one.clip.file}: {message}  <- {one.clip.text}"
        for one in heard
        for bad, message in judged(one, rates[one.voice.id])
        if bad
    ]


def judged(one: Heard, rate: float) -> list[tuple[bool, str]]:
    """Whether each thing is wrong with a clip, and how to say so; ``rate`` is its voice's, in phonemes a second."""
    it = one.measures
    paces = ", ".join(f"{pace:.0f}" for pace in it.within_wpm)
    return [
        (misunderstood(one), f"{one.wrong} of {one.words} words: {one.understood}"),
        (abs(it.lufs - master.LUFS) > LOUDNESS_REACH, f"{it.lufs:.1f} LUFS"),
        (it.peak_dbtp >= master.HIGHEST_DBTP, f"peak {it.peak_dbtp:.1f} dBTP"),
        (it.clipped > 0, f"{it.clipped} samples clipped"),
        (it.edge_db > EDGE_DB, f"{it.edge_db:.0f} dBFS at an end"),
        (it.floor_db > FLOOR_DB, f"floor {it.floor_db:.0f} dBFS"),
        (it.step_db > STEP_DB, f"a step of {it.step_db:.0f} dBFS where nobody speaks"),
        (any(outside(pace, WITHIN_WPM) for pace in it.within_wpm), f"{paces} words a minute within sentences"),
        (
            it.whole_wpm is not None and outside(it.whole_wpm, WHOLE_WPM),
            f"{it.whole_wpm or 0:.0f} words a minute with pauses",
        ),
        (abs(it.phonemes_a_second / rate - 1) > SOUNDED_REACH, f"{it.phonemes_a_second:.1f} phonemes a second"),
    ]


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
