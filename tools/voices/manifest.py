"""The list of a voice's clips: ``assets/voices/<lang>/<voice>/manifest.json``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from tools.voices.cast import MODEL, Voice

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip. ``recipe`` tells what it was made from, and changes whenever it has to be made again."""

    file: str
    text: str
    ms: int
    lufs: float
    peak_dbtp: float
    recipe: str


def read(voice: Voice) -> dict[str, Clip]:
    """The clips by their texts; none before the first recording."""
    path = voice.folder / NAME
    if not path.exists():
        return {}
    listed = json.loads(path.read_text(encoding="utf-8"))["clips"]
    return {clip["text"]: Clip(**clip) for clip in listed}


def write(voice: Voice, clips: Iterable[Clip]) -> None:
    """In the order of their texts, so that what did not change stays where it was."""
    about = {
        "voice": voice.id,
        "lang": voice.lang,
        "name": voice.name,
        "kind": voice.kind,
        "model": MODEL,
        "licence": voice.licence,
        "credit": voice.credit,
        "clips": [asdict(clip) for clip in sorted(clips, key=lambda clip: clip.text)],
    }
    text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
    (voice.folder / NAME).write_text(text, encoding="utf-8")


def file_name(voice: Voice, speed: float, text: str) -> str:
    """Sixteen hexadecimal digits that no other voice, speed or text has."""
    return hashlib.sha256(f"{voice.id}|{speed}|{text}".encode()).hexdigest()[:16] + ".opus"
