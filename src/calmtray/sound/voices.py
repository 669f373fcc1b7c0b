"""Words -> a clip: the user's own recording, else the recorded voice, else the operating system's voice.

A timeline knows clips by their text. Where several steps of a practice say the same, the first recording of it is
heard in all of them that have none of their own.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
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
from calmtray.session.timeline import said_in
from calmtray.sound.clip_cache import ClipCache
from calmtray.sound.score import Clip
from calmtray.sound.system_voice import Program, find_program, sentences

if TYPE_CHECKING:
    from calmtray.sound.clips import Samples

MANIFEST = "manifest.json"

PAUSE_MS = 850
"""Between two sentences of the operating system's voice."""

RECIPE = "2"
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

    ``clips`` and ``sources`` go by text; recordings that one step alone has are among the clips by ``said_in`` that
    step. ``missing``: texts without a clip. ``unmade``: texts for which ``make`` would
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
        self._cache = _Cache(cache)
        self._find = find
        self._hung: set[tuple[str, str]] = set()

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
        telling = _Telling(self._cache, self._find(), lang, making, self._hung)
        for text in texts:
            recorded = voice.clips.get(text) if voice else None
            telling.add(text, recordings.get(text, {}), recorded)
        return Narration(
            telling.clips,
            telling.sources,
            tuple(text for text in texts if text not in telling.clips),
            tuple(dict.fromkeys(telling.unmade)),
            tuple(telling.problems),
        )


class _Cache:
    """The clips that were made, and where their folder can't be written, those of this run of the app beside it."""

    def __init__(self, folder: Path) -> None:
        self._kept = ClipCache(folder)
        self.folder = folder

    def known(self, key: str) -> Clip | None:
        """The clip of this key, if there is one."""
        clip = self._kept.known(key)
        return self._spare.known(key) if clip is None and "_spare" in self.__dict__ else clip

    def keep(self, key: str, samples: Samples) -> tuple[Clip, OSError | None]:
        """The clip, and why it is gone when the app ends, if it is. Raises OSError where it could be kept nowhere."""
        try:
            return self._kept.keep(key, samples), None
        except OSError as error:
            return self._spare.keep(key, samples), error

    @cached_property
    def _spare(self) -> ClipCache:
        folder = tempfile.mkdtemp(prefix="calmtray-voices-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return ClipCache(Path(folder))


@dataclass(slots=True)
class _Telling:
    """A narration as it is put together, one text after the other.

    ``hung``: the programs that hung, each with the language it was to speak. They keep nobody waiting again.
    """

    cache: _Cache
    program: Program | None
    lang: str
    making: bool
    hung: set[tuple[str, str]]
    clips: dict[str, Clip] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    unmade: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, text: str, recordings: Mapping[int, Path], recorded: Clip | None) -> None:
        """Find the best clip there is for a text; ``recordings``: the user's own, by the step that they are for."""
        own = {step: clip for step, path in recordings.items() if (clip := self._own(text, path)) is not None}
        for source, clip in self._offered(text, next(iter(own.values()), None), recorded):
            if clip is not None:
                self.clips[text], self.sources[text] = clip, source
                break
        self.clips |= {said_in(step, text): clip for step, clip in own.items() if clip != self.clips[text]}

    def _offered(self, text: str, own: Clip | None, recorded: Clip | None) -> Iterator[tuple[Source, Clip | None]]:
        yield Source.OWN, own
        if recorded is not None and _is_sound(recorded):
            yield Source.RECORDED, recorded
        if self.program is not None and (self.program.name, self.lang) not in self.hung and sentences(text):
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
            clip, flaw = self.cache.keep(key, made)
        except OSError as error:
            flaw = error
        if flaw is not None:
            details = {"reason": flaw.strerror or str(flaw)}
            self._report(Problem("clips-unkept", file=str(self.cache.folder), details=details))
        return clip

    def _prepared(self, recording: Path) -> Samples | None:
        from calmtray.sound import clips

        try:
            return clips.recording(recording)
        except clips.ClipError as error:
            if error.reason is not clips.Flaw.MISSING:
                self._report(Problem(f"recording-{error.reason}", file=str(recording)))
            return None

    def _spoken(self, text: str, program: Program) -> Samples | None:
        from calmtray.sound import clips

        said = []
        try:
            with tempfile.TemporaryDirectory(prefix="calmtray-") as folder:
                for number, sentence in enumerate(sentences(text)):
                    path = Path(folder, f"{number}.wav")
                    if not program.speak(sentence, self.lang, path):
                        # What fails once would keep people waiting at every step.
                        self.program = None
                        return None
                    said.append(clips.fade(clips.trim(clips.segment(clips.read(path, mono=True)))))
        except TimeoutError:
            # It would hang at the next practice as well.
            self.hung.add((program.name, self.lang))
            return None
        except (clips.ClipError, OSError):
            return None
        joined = clips.join(said, [PAUSE_MS] * (len(said) - 1))
        return clips.samples(clips.level(joined, clips.LOUDNESS_DBFS))

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


def beside(own_file: Path) -> dict[tuple[str, str], Path]:
    """The user's recordings beside a practice, by the number of their step and their language, as they are written.

    ``<stem>.<step>.<lang>.wav``, or ``<stem>.<step>.wav`` for every language (""). Of several with the same name but
    for the case of *.wav*, as some recorders write it large, the one in small letters counts.
    """
    named = re.compile(rf"{re.escape(own_file.stem)}\.(\d+)(?:\.([^.]+))?\.(?i:wav)")
    try:
        names = sorted(entry.name for entry in os.scandir(own_file.absolute().parent) if entry.is_file())
    except OSError:
        return {}
    matches = (match for name in names if (match := named.fullmatch(name)))
    return {(match[1], match[2] or ""): own_file.with_name(match[0]) for match in matches}


def _recordings(practice: Practice, lang: str, own_file: Path | None) -> dict[str, dict[int, Path]]:
    """The user's recordings by text, and then by the step (its index) that they are for."""
    found: dict[str, dict[int, Path]] = {}
    there = beside(own_file) if own_file is not None else {}
    for index, step in enumerate(practice.steps):
        path = there.get((str(index + 1), lang)) or there.get((str(index + 1), ""))
        if path is not None and lang in step.say:
            found.setdefault(step.say[lang], {})[index] = path
    return found


def _is_sound(clip: Clip) -> bool:
    """Whether the file of a recorded voice begins as an Ogg file does."""
    try:
        with Path(clip.path).open("rb") as file:
            return file.read(4) == b"OggS"
    except OSError:
        return False
