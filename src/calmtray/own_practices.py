"""The files of the user's own practices: written whole, set aside rather than lost, and put back byte for byte."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EBUSY
from pathlib import Path

from calmtray.practice import moves
from calmtray.practice.draft import Draft, Take
from calmtray.practice.model import LANGUAGES
from calmtray.practice.writing import to_toml
from calmtray.words.language import _

_LANGS = "|".join(LANGUAGES)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Files that were moved into ``folder``: where each was, and where it is."""

    folder: Path
    moved: tuple[tuple[Path, Path], ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The file written, and where the files are kept that it took the place of; None where there were none."""

    file: Path
    aside: Path | None


class OwnPractices:
    """``folder``: where the user's practices are. What they no longer are is set aside there, as packs do.

    Every method raises OSError where the disk refuses, or a pack is being taken in, and then leaves what was there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._aside = folder / moves.SET_ASIDE

    def names(self) -> frozenset[str]:
        """The names that files in the folder itself have, readable or not: none of them is free for a new one."""
        try:
            return frozenset(entry.name.partition(".")[0].casefold() for entry in os.scandir(self._folder))
        except FileNotFoundError:
            return frozenset()

    def save(self, draft: Draft, file: Path | None) -> Saved:
        """Write a finished draft and its recordings, over ``file`` or into a new one named after its id.

        What is overwritten with something else, or no longer belongs to it, is kept aside.
        """
        with self._alone():
            return self._save(draft, file or self._folder / f"{draft.practice.id}.toml")

    def _save(self, draft: Draft, file: Path) -> Saved:
        text = to_toml(draft.practice).encode()
        takes = {file.with_name(name): path for name, path in named_takes(draft, file.stem).items()}
        old = [path for path in (file, *_recordings(file)) if _differs(path, text if path == file else takes.get(path))]
        file.parent.mkdir(parents=True, exist_ok=True)
        # The words come last: with the old ones and new recordings a practice is still one that can be played.
        new = {path: source for path, source in takes.items() if path in old or not path.exists()} | {file: text}
        try:
            for path, content in new.items():
                _write_beside(path, content)
            aside = self._set_aside(file.stem, old, copied=True) if old else None
            for path in new:
                _partial(path).replace(path)
        finally:
            for path in new:
                _partial(path).unlink(missing_ok=True)
        for path in old:
            if path != file and path not in takes:
                path.unlink(missing_ok=True)
        return Saved(file, aside.folder if aside else None)

    def delete(self, file: Path) -> SetAside:
        """Move a practice and its recordings out of the folder."""
        with self._alone():
            return self._set_aside(file.stem, [file, *_recordings(file)], copied=False)

    def put_back(self, aside: SetAside) -> None:
        """Undo ``delete``. Raises FileExistsError, before anything moves, where another file has taken a place."""
        with self._alone():
            taken = next((was for was, _now in aside.moved if was.exists()), None)
            if taken is not None:
                raise FileExistsError(None, "a file with this name is there by now", str(taken))
            # The words come last, so that a practice is never seen without its recordings.
            for was, now in reversed(aside.moved):
                was.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(now, was)
            aside.folder.rmdir()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No pack is taken in meanwhile, by this calmtray or another."""
        try:
            with moves.alone(self._folder):
                yield
        except moves.Busy:
            raise OSError(
                EBUSY, _("a pack is being added just now; try again in a moment"), str(self._folder)
            ) from None

    def _set_aside(self, stem: str, files: list[Path], copied: bool) -> SetAside:
        folder = self._free_folder(stem)
        moved = [(path, folder / path.name) for path in files]
        for was, now in moved:
            if copied:
                shutil.copy2(was, now)
            else:
                shutil.move(was, now)
        return SetAside(folder, tuple(moved))

    def _free_folder(self, stem: str) -> Path:
        self._aside.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            folder = self._aside / (stem if number == 1 else f"{stem}-{number}")
            try:
                folder.mkdir()
            except FileExistsError:
                number += 1
            else:
                return folder


def takes_of(file: Path) -> Mapping[tuple[int, str], Path]:
    """The recordings beside a practice's file, by the place of their step (from 0) and their language."""
    found = {}
    for path in _recordings(file):
        number, _, lang = path.name[len(file.stem) + 1 : -len(".wav")].partition(".")
        found[int(number) - 1, lang] = path
    return found


def named_takes(draft: Draft, stem: str) -> dict[str, Path]:
    """The recordings that will be heard, each under the name that its file has beside the practice."""
    practice = draft.practice
    named = {}
    for number, (key, step) in enumerate(zip(draft.keys, practice.steps, strict=True), 1):
        for lang in ("", *practice.languages):
            take: Take = key, lang
            said = step.say.get(lang, "") if lang else any(step.say.get(each) for each in practice.languages)
            if take in draft.takes and said:
                named[f"{stem}.{number}.{lang}.wav" if lang else f"{stem}.{number}.wav"] = draft.takes[take]
    return named


def _recordings(file: Path) -> Iterator[Path]:
    named = re.compile(rf"{re.escape(file.stem)}\.[1-9]\d*(?:\.(?:{_LANGS}))?\.(?i:wav)")
    try:
        yield from sorted(path for path in file.absolute().parent.iterdir() if named.fullmatch(path.name))
    except FileNotFoundError:
        return


def _differs(path: Path, new: bytes | Path | None) -> bool:
    """Whether a file is there that something else is to take the place of."""
    if not path.exists():
        return False
    if new is None:
        return True
    return path.read_bytes() != (new if isinstance(new, bytes) else new.read_bytes())


def _partial(path: Path) -> Path:
    """The name under which a file is written before it takes its place."""
    return path.with_name(f"{path.name}.partial")


def _write_beside(path: Path, content: bytes | Path) -> None:
    """Write what is to become a file, whole and kept by the disk."""
    partial = _partial(path)
    if isinstance(content, bytes):
        partial.write_bytes(content)
    else:
        shutil.copyfile(content, partial)
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
