"""What there is to hear on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path

from calmtray.practice.model import LANGUAGES
from calmtray.sound.score import Ambience, BreathSet
from calmtray.sound.system_voice import Program, find_program
from calmtray.sound.voices import Voice, Voices


@dataclass(frozen=True, slots=True)
class Inventory:
    """Recorded voices; the system's program for speech and its languages; whether Qt could speak; sounds by name."""

    recorded: tuple[Voice, ...]
    program: str | None
    program_langs: tuple[str, ...]
    live: bool
    ambiences: tuple[str, ...]
    breaths: tuple[str, ...]


def take_inventory(assets: Path, cache: Path) -> Inventory:
    """Look at everything; the system's program may be started to ask for its languages. Qt is not imported."""
    program = find_program()
    sounds = assets / "sounds"
    swell = all((sounds / "breath" / f"{name}.flac").is_file() for name in ("in", "out"))
    return Inventory(
        recorded=Voices(assets / "voices", cache).recorded,
        program=program.name if program else None,
        program_langs=tuple(lang for lang in LANGUAGES if program and _speaks(program, lang)),
        live=_has_qts_voices(),
        ambiences=tuple(each.value for each in Ambience if (sounds / "ambience" / f"{each.value}.ogg").is_file()),
        breaths=((BreathSet.SWELL.value,) if swell else ()) + (BreathSet.TONE.value,),
    )


def _speaks(program: Program, lang: str) -> bool:
    try:
        return program.available(lang)
    except TimeoutError:
        return False


def _has_qts_voices() -> bool:
    """Whether Qt's module is installed: found beside its package, which is not imported."""
    package = find_spec("PySide6")
    places = package.submodule_search_locations if package else None
    return bool(places) and PathFinder.find_spec("QtTextToSpeech", places) is not None
