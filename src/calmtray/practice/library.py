"""All practices on this machine: bundled, the organisation's, the user's own. A broken file is listed, never fatal."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from calmtray.practice.format import Invalid, parse, parse_patterns
from calmtray.practice.model import Pattern, Practice
from calmtray.practice.problem import Problem
from calmtray.practice.works import Work, parse_works

LARGEST_BYTES = 256 * 1024
"""A practice file is a few kilobytes; anything far beyond is not one, and is not read."""

ENDING = ".toml"
PATTERNS_FILE = "patterns.toml"
SOURCES_FILE = "sources.toml"
_SHARED = (PATTERNS_FILE, SOURCES_FILE)

UNDER_WAY = ".moving.json"
"""Where ``practice.moves`` writes down what it is about to move in the user's own folder."""

Stamp: TypeAlias = tuple[tuple[Any, ...], ...]
_Read: TypeAlias = Practice | tuple[Problem, ...]


class Origin(StrEnum):
    """Where a practice comes from."""

    BUNDLED = "bundled"
    ORGANISATION = "organisation"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Library:
    """The practices by id, in order of their files (``files``), what could not be read, and the works they cite."""

    practices: Mapping[str, Practice]
    origins: Mapping[str, Origin]
    problems: tuple[Problem, ...]
    files: Mapping[str, Path]
    works: Mapping[str, Work] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Practice]:
        return iter(self.practices.values())

    def __len__(self) -> int:
        return len(self.practices)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all practice files may refer to: named patterns and known sources, by their ids."""

    patterns: Mapping[str, Pattern]
    sources: Mapping[str, Work]


def read_shared(bundled: Path) -> Shared:
    """The bundled patterns and sources. They ship with the app: a mistake in them is a bug, and raises Invalid."""
    patterns = parse_patterns((bundled / PATTERNS_FILE).read_text(encoding="utf-8"))
    return Shared(patterns, parse_works((bundled / SOURCES_FILE).read_text(encoding="utf-8")))


def load(bundled: Path, own: Path, organisation: Path | None = None) -> Library:
    """Read every practice file. The bundled ones come first, so that none of the user's can take their ids."""
    return Reader(bundled, own, organisation).read()


class Reader:
    """Reads the library whenever it is asked for, but the bundled files once, and the others when they change.

    ``organisation``: a folder of practices that everybody on this machine has.
    """

    def __init__(self, bundled: Path, own: Path, organisation: Path | None = None) -> None:
        self._bundled = bundled
        self._organisation = organisation
        self._own = own
        self._shared: Shared | None = None
        self._stamp: Stamp = ()
        self._library: Library | None = None
        self._known: dict[str, tuple[tuple[int, ...], _Read]] = {}

    def read(self) -> Library:
        """The practices as their files are now; the same object as long as none of them changes."""
        if (self._own / UNDER_WAY).exists():
            from calmtray.practice.moves import settle

            settle(self._own)
        seen = stamp(self._own)
        if self._organisation is not None:
            seen = (*stamp(self._organisation), *seen)
        if self._library is None or seen != self._stamp:
            self._library, self._stamp = self._gather({path: tuple(age) for path, *age in seen}), seen
        return self._library

    def _gather(self, ages: Mapping[str, tuple[int, ...]]) -> Library:
        if self._shared is None:
            self._shared = read_shared(self._bundled)
        practices: dict[str, Practice] = {}
        origins: dict[str, Origin] = {}
        files: dict[str, Path] = {}
        problems: list[Problem] = []
        known = {}
        for origin, folder in self._folders():
            for path in _files(folder, problems):
                age = ages.get(path, ())
                before = self._known.get(path)
                unchanged = before is not None and before[0] == age
                known[path] = before if before and unchanged else (age, _read(Path(path), self._shared))
                read = known[path][1]
                if isinstance(read, tuple):
                    problems.extend(read)
                elif read.id in practices:
                    details = {"id": read.id, "other": str(files[read.id])}
                    problems.append(Problem("duplicate-id", "id", file=path, details=details))
                else:
                    # The one a day is calmtray's own; a copy, or a friend's pack, adds no day to it.
                    one = replace(read, core=False) if read.core and origin is not Origin.BUNDLED else read
                    practices[read.id], origins[read.id], files[read.id] = one, origin, Path(path)
        self._known = known
        return Library(practices, origins, tuple(problems), files, self._shared.sources)

    def _folders(self) -> Iterator[tuple[Origin, Path]]:
        yield Origin.BUNDLED, self._bundled
        if self._organisation is not None:
            yield Origin.ORGANISATION, self._organisation
        yield Origin.OWN, self._own


def _read(path: Path, shared: Shared) -> _Read:
    try:
        return read_practice(path, shared)
    except Invalid as error:
        return error.problems


def stamp(folder: Path) -> Stamp:
    """What changes when a file of the folder does: every name, with its size and its time of change (ns)."""
    return tuple((path, *_age(path)) for path in _files(folder, []))


def _age(path: str) -> tuple[int, ...]:
    try:
        info = os.stat(path)  # noqa: PTH116 - a thousand times whenever a page opens, and a Path takes five times as long
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
    # One of calmtray's own that is being written may be damaged: it is told of if it is one of these files.
    own = ((_read(path, shared), path) for path in map(Path, _files(bundled, [])))
    seen = {read.id: path for read, path in own if isinstance(read, Practice)}
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


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The practice files meant by these: a file itself, and every one in a folder and those below it."""
    return [
        Path(file)
        for path in paths
        for file in (_files(path, []) if path.is_dir() and not _is_practice(path.name) else [path])
    ]


def _is_practice(name: str) -> bool:
    """Whether a name ends in .toml, in letters of whatever size: to Windows and macOS they are the same."""
    return name.lower().endswith(ENDING)


def _files(folder: Path, problems: list[Problem]) -> list[str]:
    """Every practice file below a folder, in a steady order; a folder that is not there is an empty one."""
    found: list[str] = []

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            reason = error.strerror or str(error)
            problems.append(Problem("unreadable", file=str(error.filename), details={"reason": reason}))

    for where, folders, names in os.walk(folder, onerror=unreadable):
        top = Path(where) == folder
        # A folder named x.toml was meant as a file: it is read as one, and says what is wrong with it.
        as_files = [name for name in folders if _is_practice(name)]
        # What is set aside, or not to be seen yet, lies in folders of such names.
        folders[:] = sorted(name for name in folders if name not in as_files and not name.startswith("."))
        found.extend(
            os.path.join(where, name)  # noqa: PTH118 - as above
            for name in sorted(names + as_files)
            if _is_practice(name) and not (top and name.lower() in _SHARED)
        )
    return found


def _read_text(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Invalid([Problem("is-a-folder")])
        # A pipe or a device would be waited for, or never end.
        if not stat.S_ISREG(mode):
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
