"""Practices that are being written, kept as they are meanwhile: whatever ends calmtray, nothing of them is lost.

Each has a folder of its own, with ``draft.toml`` and its recordings, which are made there.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tomllib import loads

from calmtray.practice.draft import Draft, draft_of
from calmtray.practice.model import LANGUAGES, Pattern
from calmtray.practice.unfinished import read_unfinished
from calmtray.practice.writing import to_toml

DRAFT = "draft.toml"
THROWN = "unfinished"
_TAKE = re.compile(r"take-\d+\.wav")


@dataclass(frozen=True, slots=True)
class Kept:
    """A practice that was not finished, and the folder that it is kept in. Its id is empty where it is a new one."""

    folder: Path
    draft: Draft


class Workshop:
    """One editor's own folder, made when something is put into it. It stays until it is cleared."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0

    def open(self) -> Path:
        """The folder. Raises OSError where it can't be made."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def new_take(self) -> Path:
        """Where another recording can be made. Raises OSError."""
        folder = self.open()
        while True:
            self._made += 1
            path = folder / f"take-{self._made}.wav"
            if not path.exists():
                return path

    def keep(self, draft: Draft, id_: str) -> None:
        """Write down how far it is: all of it, or it stays as it was. Raises OSError. ``id_``: empty for a new one."""
        places = {key: index for index, key in enumerate(draft.keys)}
        takes = [
            f'"{places[key]}.{lang}" = "{path.name}"'
            for (key, lang), path in sorted(draft.takes.items())
            if path.parent == self.folder
        ]
        # Words in a language that is switched off just now are kept as well.
        whole = to_toml(replace(draft.practice, id=id_, languages=LANGUAGES))
        langs = ", ".join(f'"{lang}"' for lang in draft.practice.languages)
        text = "\n".join([whole, "[kept]", f"languages = [{langs}]", "[kept.takes]", *takes, ""])
        partial = self.open() / f"{DRAFT}.partial"
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self.folder / DRAFT)

    def forget(self) -> None:
        """It is as it was saved, or nothing: there is nothing to come back to."""
        with suppress(OSError):
            (self.folder / DRAFT).unlink(missing_ok=True)

    def clear(self) -> None:
        """Let go of all of it."""
        self.forget()
        shutil.rmtree(self.folder, ignore_errors=True)


class Drafts:
    """``folder``: where they are kept; ``aside``: where those go that are thrown away."""

    def __init__(self, folder: Path, aside: Path) -> None:
        self._folder = folder
        self._aside = aside
        self._in_use: dict[Path, Workshop] = {}

    def workshop(self) -> Workshop:
        """A new one."""
        number = 1
        while (folder := self._folder / str(number)) in self._in_use or folder.exists():
            number += 1
        return self.workshop_of(folder)

    def workshop_of(self, folder: Path) -> Workshop:
        """That of a kept practice, to go on with it."""
        workshop = self._in_use[folder] = Workshop(folder)
        return workshop

    def close(self, workshop: Workshop) -> None:
        """Nobody works there any more. What is kept there waits."""
        self._in_use.pop(workshop.folder, None)

    def left(self, patterns: Callable[[], Mapping[str, Pattern]]) -> tuple[Kept, ...]:
        """What waits to be finished, without what is being written now. What can't be read is left where it is."""
        try:
            folders = sorted(path for path in self._folder.iterdir() if path.is_dir() and path not in self._in_use)
        except OSError:
            return ()
        known = patterns() if folders else {}
        found = []
        for folder in folders:
            if not (folder / DRAFT).exists():
                # An editor's that was killed before anything was changed in it.
                shutil.rmtree(folder, ignore_errors=True)
                continue
            with suppress(OSError, ValueError):
                found.append(Kept(folder, _read(folder, known)))
        return tuple(found)

    def throw_away(self, kept: Kept) -> Path:
        """Set it aside; the answer is where. Raises OSError."""
        self._aside.mkdir(parents=True, exist_ok=True)
        number = 1
        while (there := self._aside / f"{THROWN}-{number}").exists():
            number += 1
        shutil.move(kept.folder, there)
        return there

    def bring_back(self, kept: Kept, aside: Path) -> Path:
        """Undo ``throw_away``; the answer is the folder that it has from now on. Raises OSError."""
        place = kept.folder if not kept.folder.exists() else self.workshop().folder
        self._in_use.pop(place, None)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(aside, place)
        return place


def _read(folder: Path, patterns: Mapping[str, Pattern]) -> Draft:
    """Raises OSError or ValueError."""
    text = (folder / DRAFT).read_text(encoding="utf-8")
    practice = read_unfinished(text, patterns)
    kept = loads(text).get("kept", {})
    langs = tuple(lang for lang in LANGUAGES if lang in kept.get("languages", LANGUAGES)) or LANGUAGES
    draft = draft_of(replace(practice, languages=langs))
    takes = {}
    for place, name in kept.get("takes", {}).items():
        match = re.fullmatch(r"(\d{1,4})\.(\w*)", place)
        path = folder / str(name)
        if match and int(match[1]) < len(draft.keys) and _TAKE.fullmatch(str(name)) and path.is_file():
            takes[int(match[1]), match[2]] = path
    return replace(draft, takes=takes)
