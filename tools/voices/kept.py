"""What was measured of each clip, kept: only what was recorded anew is measured again, and a test can hold the rest
against docs/voices.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tools.voices import manifest
from tools.voices.cast import Voice
from tools.voices.manifest import Clip
from tools.voices.proof import Heard, Measures

VERSION = 1
"""Raise it when a change to measures.py or hearing.py gives other figures: everything is then measured again."""

FOLDER = Path(__file__).parent / "measured"
DIGITS = 4


def read(voice: Voice) -> list[Heard]:
    """What is kept of the clips of today, in the order of their texts."""
    path = FOLDER / f"{voice.id}.json"
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    found = ((clip, rows.get(key(voice, clip))) for clip in manifest.read(voice).values())
    return [_heard(voice, clip, row) for clip, row in found if row is not None]


def write(voice: Voice, heard: Iterable[Heard]) -> None:
    """Keep these, and nothing else of this voice."""
    FOLDER.mkdir(exist_ok=True)
    rows = {key(voice, one.clip): _row(one) for one in sorted(heard, key=lambda one: one.clip.text)}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in rows.items())
    (FOLDER / f"{voice.id}.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def key(voice: Voice, clip: Clip) -> str:
    """Differs with the sound of the clip, and with what measures it."""
    sound = (voice.folder / clip.file).read_bytes()
    return hashlib.sha256(f"{VERSION}|{clip.text}|".encode() + sound).hexdigest()[:16]


def _row(one: Heard) -> dict[str, Any]:
    row: dict[str, Any] = {name: _rounded(value) for name, value in asdict(one.measures).items()}
    return row | {
        "unstretched": _rounded(one.unstretched),
        "words": one.words,
        "wrong": one.wrong,
        "understood": one.understood,
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_rounded(each) for each in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def _heard(voice: Voice, clip: Clip, row: dict[str, Any]) -> Heard:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    rest: dict[str, Any] = {name: values.pop(name) for name in ("unstretched", "words", "wrong", "understood")}
    return Heard(voice, clip, Measures(**values), **rest)
