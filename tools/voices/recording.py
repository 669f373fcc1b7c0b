"""One text in one voice -> one clip: spoken, slowed to a walking pace, cleaned, paused, levelled, written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from calmtray.sound import clips
from calmtray.sound.rate import RATE
from tools.voices import kokoro, master
from tools.voices.cast import Voice
from tools.voices.measures import sounding
from tools.voices.pace import SHORT, Plan, Spoken, planned
from tools.voices.recipe import HIGHEST_DBTP, LUFS, SPEED
from tools.voices.stretch import stretched
from tools.voices.texts import words

if TYPE_CHECKING:
    from pydub import AudioSegment

MARGIN_MS = (60, 120)
"""Quiet kept before and after a sentence."""

PACES = (143, 162)
"""Words a minute that a finished sentence may have: two or three short of the limits, for what Opus moves."""

PAUSE_S, LONGEST_PAUSE_S = 0.15, 0.32
"""A silence from here on is a comma's, no closing of the lips; longer, it would be taken for the end of the sentence.
Slowed with the sentence, they grow to about 0.2 and 0.45 s."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the manifest says of a clip, measured after decoding it."""

    ms: int
    lufs: float
    peak_dbtp: float


def record(voice: Voice, sentences: list[str], phonemes: list[str], path: Path) -> Recorded:
    """Make the clip and write it. Raises BadSpeech."""
    spoken = [_composed(kokoro.speak(voice, line, SPEED)) for line in phonemes]
    plan = planned([as_spoken(speech, sentence) for speech, sentence in zip(spoken, sentences, strict=True)])
    return _written(_joined(spoken, plan, [*map(words, sentences)]), path, voice.opus_level)


def _composed(speech: kokoro.Speech) -> kokoro.Speech:
    """Without the middle of a comma's silence where it is too long."""
    kept = round(LONGEST_PAUSE_S * kokoro.RATE / 2)
    parts, done = [], 0
    for start, end in _silences(speech):
        if end - start > 2 * kept:
            parts.append(speech[done : start + kept])
            done = end - kept
    return np.concatenate([*parts, speech[done:]])


def _silences(speech: kokoro.Speech) -> list[tuple[int, int]]:
    """Where the commas' silences begin and end, in frames."""
    frame = kokoro.RATE // 200
    loud = np.abs(speech[: len(speech) // frame * frame]).reshape(-1, frame).max(axis=1)
    heard = np.concatenate([[True], loud > kokoro.AUDIBLE * np.abs(speech).max(), [True]])
    changes = np.flatnonzero(np.diff(heard.astype(np.int8))) * frame
    runs = zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True)
    return [(start, end) for start, end in runs if end - start >= PAUSE_S * kokoro.RATE]


def as_spoken(speech: kokoro.Speech, sentence: str) -> Spoken:
    """How long it takes, and how long of that it sounds."""
    silent = sum(end - start for start, end in _silences(speech))
    return Spoken(words(sentence), len(speech) / kokoro.RATE, (len(speech) - silent) / kokoro.RATE)


def _joined(spoken: list[kokoro.Speech], plan: Plan, counts: list[int]) -> master.Sound:
    """All sentences at one loudness, with their pauses; ``counts``: the words of each."""
    segments = [_paced(speech, tempo, count) for speech, tempo, count in zip(spoken, plan.tempos, counts, strict=True)]
    pauses = [round(plan.pause * 1000) - sum(MARGIN_MS)] * (len(segments) - 1)
    return clips.samples(clips.join(segments, pauses))[:, 0] / 32_768.0


def _paced(speech: kokoro.Speech, tempo: float, count: int) -> AudioSegment:
    """One sentence, slowed until its pace is right where it is measured: stretching moves the ends of its silences."""
    for _ in range(4):
        segment = _slowed(speech, tempo)
        spans = sounding(clips.samples(segment)[:, 0] / 32_768.0)
        pace = count * 60 * RATE / sum(end - start for start, end in spans)
        right = min(max(pace, PACES[0]), PACES[1])
        if count <= SHORT or abs(pace - right) < 0.5:
            break
        tempo *= right / pace
    return segment


def _slowed(speech: kokoro.Speech, tempo: float) -> AudioSegment:
    quiet = np.zeros(kokoro.RATE // 2, dtype=np.float32)
    slow = np.concatenate([quiet, stretched(speech, kokoro.RATE, tempo), quiet])
    sound = clips.resample(master.cleaned(slow, kokoro.RATE)[:, None], kokoro.RATE)[:, 0]
    even = master.raised(sound, LUFS, HIGHEST_DBTP)
    trimmed = clips.trim(clips.segment(_whole(even)), *MARGIN_MS)
    return clips.fade(trimmed)


def _written(sound: master.Sound, path: Path, opus_level: float) -> Recorded:
    """Written until it is right when read back: Opus moves loudness and peaks by some tenths of a decibel."""
    lufs, highest = LUFS, HIGHEST_DBTP - 0.3
    for _ in range(9):
        clips.write_opus(_whole(master.raised(sound, lufs, highest)), path, opus_level)
        heard = clips.read(path)[:, 0] / 32_768.0
        got, peak = master.loudness(heard), master.true_peak(heard)
        if abs(got - LUFS) <= 0.3 and peak <= HIGHEST_DBTP - 0.05:
            break
        lufs += LUFS - got
        highest -= max(0.0, peak - HIGHEST_DBTP + 0.2)
    return Recorded(clips.length_ms(path), round(got, 1), round(peak, 1))


def _whole(sound: master.Sound) -> clips.Samples:
    return np.rint(sound * 32_767).astype(np.int16)[:, None]
