"""All practices on this machine: bundled and the user's own. A broken file is listed, never fatal."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from calmtray.practice.format import Invalid, parse, parse_patterns
from calmtray.practice.model import Pattern, Practice
from calmtray.practice.problem import Problem

LARGEST_BYTES = 256 * 1024
"""A practice file is a few kilobytes; anything far beyond is not one, and is not read."""

PATTERNS_FILE = "patterns.toml"
SOURCES_FILE = "sources.toml"
_SHARED = (PATTERNS_FILE, SOURCES_FILE)


class Origin(StrEnum):
    """Where a practice comes from."""

    BUNDLED = "bundled"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Library:
    """The practices by id, in order of their files (``files``), and what could not be read."""

    practices: Mapping[str, Practice]
    origins: Mapping[str, Origin]
    problems: tuple[Problem, ...]
    files: Mapping[str, Path]

    def __iter__(self) -> Iterator[Practice]:
        return iter(self.practices.values())

    def __len__(self) -> int:
        return len(self.practices)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all practice files may refer to: named patterns and known sources."""

    patterns: Mapping[str, Pattern]
    sources: frozenset[str]


def read_shared(bundled: Path) -> Shared:
    """The bundled patterns and sources. They ship with the app: a mistake in them is a bug, and raises Invalid."""
    patterns = parse_patterns((bundled / PATTERNS_FILE).read_text(encoding="utf-8"))
    sources = tomllib.loads((bundled / SOURCES_FILE).read_text(encoding="utf-8"))
    return Shared(patterns, frozenset(sources))


def load(bundled: Path, own: Path) -> Library:
    """Read every practice file. The bundled ones come first, so that none of the user's can take their ids."""
    shared = read_shared(bundled)
    practices: dict[str, Practice] = {}
    origins: dict[str, Origin] = {}
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for origin, folder in ((Origin.BUNDLED, bundled), (Origin.OWN, own)):
        for path in _files(folder, problems):
            try:
                practice = read_practice(path, shared)
            except Invalid as error:
                problems.extend(error.problems)
                continue
            if practice.id in practices:
                details = {"id": practice.id, "other": str(files[practice.id])}
                problems.append(Problem("duplicate-id", "id", file=str(path), details=details))
                continue
            practices[practice.id] = practice
            origins[practice.id] = origin
            files[practice.id] = path
    return Library(practices, origins, tuple(problems), files)


def stamp(folder: Path) -> tuple[tuple[str | int, ...], ...]:
    """What changes when a file of the folder does: every name, with its size and its time of change (ns)."""
    return tuple((str(path), *_age(path)) for path in _files(folder, []))


def _age(path: Path) -> tuple[int, ...]:
    try:
        info = path.stat()
    except OSError:
        # Gone meanwhile, or a link to nothing.
        return ()
    return info.st_size, info.st_mtime_ns


def read_practice(path: Path, shared: Shared) -> Practice:
    """Read one file. Raises Invalid; each Problem names the file."""
    try:
        return parse(_read_text(path), shared.patterns, shared.sources)
    except Invalid as error:
        raise Invalid([replace(problem, file=str(path)) for problem in error.problems]) from None


@dataclass(frozen=True, slots=True)
class Checked:
    """Mistakes, which keep a practice from being listed, and advice, which keeps it from nothing."""

    mistakes: tuple[Problem, ...]
    advice: tuple[Problem, ...]


def check(paths: Iterable[Path], bundled: Path, advise: Callable[[Practice, Path], Iterable[Problem]]) -> Checked:
    """Everything wrong in these files, and ids that two of them share or that a bundled practice has.

    ``advise`` is asked about every practice that could be read, with its file.
    """
    shared = read_shared(bundled)
    problems: list[Problem] = []
    advice: list[Problem] = []
    seen = {read_practice(path, shared).id: path for path in _files(bundled, [])}
    for path in paths:
        try:
            practice = read_practice(path, shared)
        except Invalid as error:
            problems.extend(error.problems)
            continue
        advice.extend(replace(found, file=found.file or str(path)) for found in advise(practice, path))
        other = seen.setdefault(practice.id, path)
        if other.resolve() != path.resolve():
            details = {"id": practice.id, "other": str(other)}
            problems.append(Problem("duplicate-id", "id", file=str(path), details=details))
    return Checked(tuple(problems), tuple(advice))


def _files(folder: Path, problems: list[Problem]) -> list[Path]:
    """Every .toml below a folder, in a steady order; a folder that is not there is an empty one."""
    found: list[Path] = []

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            reason = error.strerror or str(error)
            problems.append(Problem("unreadable", file=str(error.filename), details={"reason": reason}))

    for where, folders, names in os.walk(folder, onerror=unreadable):
        # A folder named x.toml was meant as a file: it is read as one, and says what is wrong with it.
        as_files = [name for name in folders if name.endswith(".toml")]
        folders[:] = sorted(name for name in folders if name not in as_files)
        found.extend(
            Path(where, name)
            for name in sorted(names + as_files)
            if name.endswith(".toml") and (Path(where) != folder or name not in _SHARED)
        )
    return found


def _read_text(path: Path) -> str:
    try:
        if path.is_dir():
            raise Invalid([Problem("is-a-folder")])
        # A pipe or a device would be waited for, or never end.
        if path.exists() and not path.is_file():
            raise Invalid([Problem("not-a-file")])
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        code = "not-found" if isinstance(error, FileNotFoundError) else "unreadable"
        raise Invalid([Problem(code, details={"reason": error.strerror or str(error)})]) from None
    if len(data) > LARGEST_BYTES:
        raise Invalid([Problem("too-large", details={"most": LARGEST_BYTES // 1024})])
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Invalid([Problem("not-utf8", line=line)]) from None
