"""A sentence -> the phonemes that Kokoro was taught, by way of espeak-ng.

espeak-ng writes IPA; the model knows one capital letter for each diphthong and one sign for each affricate, as misaki
(hexgrad, Apache-2.0), the phonemiser of its training, puts them. espeak-ng and phonemizer are GPL-3: they belong to
the recorder alone, and only a sentence without a line in its book needs them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

TIE = "^"
"""Stands between the two letters of one sound, so that they are not taken for two."""

LANGUAGES = {"en-gb": "en-gb", "en-us": "en-us", "fr": "fr-fr"}

PAIRS = {"a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "ɔ^ɪ": "Y", "d^ʒ": "ʤ", "t^ʃ": "ʧ"}
ENGLISH = {**PAIRS, "ə^l": "ᵊl", "ɚ": "əɹ", "r": "ɹ", "x": "k", "ç": "k", "ɐ": "ə", "ɬ": "l", "\u0303": ""}
BRITISH = {**ENGLISH, "e^ə": "ɛː", "i^ə": "ɪə", "iə": "ɪə", "ə^ʊ": "Q", "o": "ɔ", "ɾ": "T", "ʔ": "t"}
AMERICAN = {
    **ENGLISH,
    "o^ʊ": "O",
    "ɜːɹ": "ɜɹ",
    "ɜː": "ɜɹ",
    "ɪ^ə": "iə",
    "ɪə": "iə",
    "o": "ɔ",
    "ɾ": "T",
    "ʔ": "t",
    "ː": "",
}
SIGNS = {"en-gb": BRITISH, "en-us": AMERICAN, "fr": {**PAIRS, "d^z": "ʣ", "t^s": "ʦ", "-": ""}}


def phonemes(accent: str, sentence: str) -> str:
    """What espeak-ng makes of a plain sentence, its punctuation kept, in the signs of the model."""
    quoted = sentence.replace("«", "“").replace("»", "”")
    heard: str = _backend(accent).phonemize([quoted])[0].strip()
    heard = re.sub("(\\S)\u0329", "ᵊ\\1", heard)  # a consonant that is its own syllable
    signs = SIGNS[accent]
    longest_first = sorted(signs, key=len, reverse=True)
    heard = re.sub("|".join(map(re.escape, longest_first)), lambda found: signs[found[0]], heard)
    return heard.replace(TIE, "").replace("əɹɹ", "əɹ")


@cache
def _backend(accent: str) -> Any:
    import espeakng_loader
    from phonemizer.backend import EspeakBackend
    from phonemizer.backend.espeak.wrapper import EspeakWrapper

    EspeakWrapper.set_library(espeakng_loader.get_library_path())
    EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
    return EspeakBackend(
        LANGUAGES[accent], preserve_punctuation=True, with_stress=True, tie=TIE, language_switch="remove-flags"
    )
