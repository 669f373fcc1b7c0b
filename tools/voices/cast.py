"""Who speaks: the voices, what they are made of, and where their recordings stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ASSETS = ROOT / "assets" / "voices"
STYLES = HERE / "styles"

MODEL = "Kokoro-82M v1.0, int8 ONNX"
KOKORO_CREDIT = "Kokoro-82M by hexgrad, Apache-2.0"
SIWIS_CREDIT = "SIWIS French Speech Synthesis Database, University of Edinburgh, CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice.

    ``accent`` names its phonemes: two voices of one language may pronounce it differently. ``opus_level`` is how hard
    its clips are pressed (0 to 1, see ``clips.write_opus``): as hard as its naturalness bears.
    """

    id: str
    lang: str
    name: str
    kind: str
    accent: str
    style: str
    opus_level: float = 0.95
    licence: str = "Apache-2.0"
    credit: str = KOKORO_CREDIT

    @property
    def folder(self) -> Path:
        """Where its clips and its manifest stand."""
        return ASSETS / self.lang / self.id

    @property
    def style_file(self) -> Path:
        """Its style vectors, one for each number of phonemes: float32, (510, 256)."""
        return STYLES / f"{self.style}.bin"


CAST = (
    Voice("emma", "en", "Emma", "woman", "en-gb", "bf_emma"),
    Voice("michael", "en", "Michael", "man", "en-us", "am_michael"),
    Voice(
        "siwis",
        "fr",
        "Siwis",
        "woman",
        "fr",
        "ff_siwis",
        opus_level=0.81,
        licence="Apache-2.0, CC BY 4.0",
        credit=f"{KOKORO_CREDIT}; {SIWIS_CREDIT}",
    ),
)
