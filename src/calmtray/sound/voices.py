"""Words -> a clip: the user's own recording, else the recorded voice, else the operating system's voice.

A timeline knows clips by their text. Where two steps of a practice say the same and have different recordings, the
first recording is heard in both.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calmtray.practice.model import Practice
from calmtray.practice.problem import Problem
from calmtray.sound.clip_cache import ClipCache
from calmtray.sound.score import Clip
from calmtray.sound.system_voice import Program, find_program, sentences

if TYPE_CHECKING:
    from calmtray.sound.clips import Samples

MANIFEST = "manifest.json"

LOUDNESS_DBFS = -20.0
"""The RMS of a clip made here; the recorded ones have -20 LUFS."""

PAUSE_MS = 850
"""Between two sentences of the operating system's voice."""

RECIPE = "1"
"""Part of every key in the cache: another recipe, another clip."""


class Source(StrEnum):
    """Who speaks."""

    OWN = "own"
    RECORDED = "recorded"
    SYSTEM = "system"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Voice:
    """A recorded voice that comes with calmtray: ``kind`` is woman or man, ``clips`` are its recordings by text."""

    id: str
    lang: str
    name: str
    kind: str
    clips: Mapping[str, Clip]


@dataclass(frozen=True, slots=True)
class Narration:
    """Who says what in one practice.

    ``clips`` and ``sources`` go by text. ``missing``: texts without a clip. ``unmade``: texts for which ``make`` would
    try to prepare a clip, or a better one. ``problems``: recordings that can't be used.
    """

    clips: Mapping[str, Clip]
    sources: Mapping[str, Source]
    missing: tuple[str, ...] = ()
    unmade: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def lengths(self) -> dict[str, int]:
        """The length of each clip in ms, as ``build_timeline`` takes them."""
        return {text: clip.ms for text, clip in self.clips.items()}

    @property
    def source(self) -> Source:
        """Who says most of it."""
        most = Counter(self.sources.values()).most_common(1)
        return most[0][0] if most else Source.NONE


class Voices:
    """Every voice there is. ``bundled``: the folder ``assets/voices``; ``cache``: where clips that are made here go."""

    def __init__(self, bundled: Path, cache: Path, find: Callable[[], Program | None] = find_program) -> None:
        self._bundled = bundled
        self._cache = ClipCache(cache)
        self._find = find

    @cached_property
    def recorded(self) -> tuple[Voice, ...]:
        """The recorded voices, by language and name."""
        return bundled_voices(self._bundled)

    def choose(self, lang: str, voice_id: str | None) -> Voice | None:
        """The wanted voice where this language has it, else the first one of the language."""
        voices = [voice for voice in self.recorded if voice.lang == lang]
        wanted = (voice for voice in voices if voice.id == voice_id)
        return next(wanted, voices[0] if voices else None)

    def known(self, practice: Practice, lang: str, voice_id: str | None, own_file: Path | None) -> Narration:
        """What can be heard at once. No program is started, and nothing is decoded.

        ``own_file``: the file of a practice of the user's own, beside which recordings may lie.
        """
        return self._narration(practice, lang, voice_id, own_file, making=False)

    def make(self, practice: Practice, lang: str, voice_id: str | None, own_file: Path | None) -> Narration:
        """As ``known``, with everything prepared that can be. Takes its time: to be called in a thread."""
        return self._narration(practice, lang, voice_id, own_file, making=True)

    def _narration(
        self, practice: Practice, lang: str, voice_id: str | None, own_file: Path | None, *, making: bool
    ) -> Narration:
        lang = practice.language(lang)
        texts = dict.fromkeys(text for step in practice.steps if (text := step.say.get(lang)))
        recordings = _recordings(practice, lang, own_file)
        voice = self.choose(lang, voice_id)
        telling = _Telling(self._cache, self._find(), lang, making)
        for text in texts:
            recorded = voice.clips.get(text) if voice else None
            telling.add(text, recordings.get(text), recorded)
        return Narration(
            telling.clips,
            telling.sources,
            tuple(text for text in texts if text not in telling.clips),
            tuple(dict.fromkeys(telling.unmade)),
            tuple(telling.problems),
        )


@dataclass(slots=True)
class _Telling:
    """A narration as it is put together, one text after the other."""

    cache: ClipCache
    program: Program | None
    lang: str
    making: bool
    clips: dict[str, Clip] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    unmade: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, text: str, recording: Path | None, recorded: Clip | None) -> None:
        """Find the best clip there is for a text."""
        for source, clip in self._offered(text, recording, recorded):
            if clip is not None:
                self.clips[text], self.sources[text] = clip, source
                return

    def _offered(
        self, text: str, recording: Path | None, recorded: Clip | None
    ) -> Iterator[tuple[Source, Clip | None]]:
        if recording is not None:
            yield Source.OWN, self._own(text, recording)
        if recorded is not None and _is_sound(recorded):
            yield Source.RECORDED, recorded
        if self.program is not None and sentences(text):
            yield Source.SYSTEM, self._system(text, self.program)

    def _own(self, text: str, recording: Path) -> Clip | None:
        try:
            info = recording.stat()
        except OSError:
            return None  # gone meanwhile
        key = f"recording\n{RECIPE}\n{recording.absolute()}\n{info.st_mtime_ns}\n{info.st_size}"
        return self._cached(text, key, lambda: self._prepared(recording))

    def _system(self, text: str, program: Program) -> Clip | None:
        key = f"system\n{RECIPE}\n{program.name}\n{self.lang}\n{text}"
        return self._cached(text, key, lambda: self._spoken(text, program))

    def _cached(self, text: str, key: str, make: Callable[[], Samples | None]) -> Clip | None:
        clip = self.cache.known(key)
        if clip is not None:
            return clip
        if not self.making:
            self.unmade.append(text)
            return None
        made = make()
        if made is None:
            return None
        try:
            return self.cache.keep(key, made)
        except OSError as error:
            details = {"reason": error.strerror or str(error)}
            self._report(Problem("clips-unkept", file=str(self.cache.folder), details=details))
            return None

    def _prepared(self, recording: Path) -> Samples | None:
        from calmtray.sound import clips

        try:
            samples = clips.read(recording)
        except clips.ClipError as error:
            if error.reason is not clips.Flaw.MISSING:
                self._report(Problem(f"recording-{error.reason}", file=str(recording)))
            return None
        sound = clips.trim(clips.segment(samples).set_channels(1))
        return clips.samples(clips.level(clips.fade(sound), LOUDNESS_DBFS))

    def _spoken(self, text: str, program: Program) -> Samples | None:
        from calmtray.sound import clips

        said = []
        try:
            with tempfile.TemporaryDirectory(prefix="calmtray-") as folder:
                for number, sentence in enumerate(sentences(text)):
                    path = Path(folder, f"{number}.wav")
                    if not program.speak(sentence, self.lang, path):
                        # What fails once, or takes too long, would keep people waiting at every step.
                        self.program = None
                        return None
                    sound = clips.trim(clips.segment(clips.read(path)).set_channels(1))
                    said.append(clips.fade(sound))
        except (clips.ClipError, OSError):
            return None
        joined = clips.join(said, [PAUSE_MS] * (len(said) - 1))
        return clips.samples(clips.level(joined, LOUDNESS_DBFS))

    def _report(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def bundled_voices(folder: Path) -> tuple[Voice, ...]:
    """The voices in ``<folder>/<lang>/<voice>/manifest.json``. What is damaged in any of them is left out."""
    read = (_voice(path) for path in sorted(folder.glob(f"*/*/{MANIFEST}")))
    return tuple(voice for voice in read if voice is not None)


def _voice(manifest: Path) -> Voice | None:
    try:
        found: Any = json.loads(manifest.read_text(encoding="utf-8"))
        with os.scandir(manifest.parent) as entries:
            files = {entry.name for entry in entries if entry.is_file() and entry.stat().st_size}
        id_, lang, name, kind = (found[name] for name in ("voice", "lang", "name", "kind"))
        listed = [(clip["text"], clip["file"], clip["ms"]) for clip in found["clips"]]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    if not all(isinstance(value, str) for value in (id_, lang, name, kind)):
        return None
    clips = {
        text: Clip(str(manifest.with_name(file)), ms)
        for text, file, ms in listed
        if isinstance(text, str) and isinstance(file, str) and file in files and type(ms) is int and ms > 0
    }
    return Voice(id_, lang, name, kind, clips)


def _recordings(practice: Practice, lang: str, own_file: Path | None) -> dict[str, Path]:
    """The user's recordings by text: ``<stem>.<step>.<lang>.wav``, or ``<stem>.<step>.wav`` for every language."""
    found: dict[str, Path] = {}
    if own_file is None:
        return found
    for number, step in enumerate(practice.steps, 1):
        names = (f"{own_file.stem}.{number}.{lang}.wav", f"{own_file.stem}.{number}.wav")
        path = next((path for name in names if (path := own_file.with_name(name)).is_file()), None)
        if path is not None and lang in step.say:
            found.setdefault(step.say[lang], path)
    return found


def _is_sound(clip: Clip) -> bool:
    """Whether the file of a recorded voice begins as an Ogg file does."""
    try:
        with Path(clip.path).open("rb") as file:
            return file.read(4) == b"OggS"
    except OSError:
        return False
