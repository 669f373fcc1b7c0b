"""The files that somebody named as their agenda, or that lie in the folders they named."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence

from calmtray.practice.problem import Problem

LARGEST = 64 * 1024 * 1024
MOST_FILES = 50_000
"""Programs that keep calendars in sync make a file of each entry: six clients a day for thirty years."""

DEEPEST = 3
"""A program that keeps calendars in sync makes a folder of each, or a folder of folders."""


def files_of(paths: Sequence[str]) -> Iterator[str | Problem]:
    """Every calendar file once, or what is wrong with a path."""
    seen: set[str] = set()
    for path in paths:
        found = False
        try:
            if not os.path.isdir(path):  # noqa: PTH112 - no object for each of ten thousand files
                os.stat(path)  # noqa: PTH116 - as above
            for file in _files(path):
                found = True
                real = os.path.realpath(file)
                if real in seen:
                    continue
                if len(seen) == MOST_FILES:
                    yield Problem("agenda-too-many-files", file=path, details={"most": MOST_FILES})
                    return
                seen.add(real)
                yield file
        except FileNotFoundError:
            yield Problem("agenda-missing", file=path)
            continue
        except (OSError, ValueError) as error:
            yield Problem("agenda-unreadable", file=path, details={"reason": _reason(error)})
            continue
        if not found:
            yield Problem("agenda-nothing-here", file=path)


def bytes_of(file: str) -> bytes | Problem:
    """What is in a file, or why that can't be known. Opening it never waits: it may be a pipe that nobody feeds."""
    try:
        # Windows has pipes elsewhere, and text files unless told otherwise.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(file, flags), "rb") as opened:  # noqa: PTH123 - a descriptor, no path
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                return Problem("agenda-not-a-file", file=file)
            data = opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        return Problem("agenda-unreadable", file=file, details={"reason": _reason(error)})
    if len(data) > LARGEST:
        return Problem("agenda-too-large", file=file, details={"most": LARGEST // 1024 // 1024})
    return data


def fingerprint(paths: Sequence[str]) -> int:
    """Another number when a file changed, came or went. Cheap, for it is asked for once a minute."""
    seen: list[tuple[str, int, int]] = []
    for path in paths:
        try:
            for file in _files(path):
                seen.append(_age(file))
                if len(seen) > MOST_FILES:
                    break
        except (OSError, ValueError):
            seen.append((path, 0, -1))
    return hash(tuple(seen))


def _age(file: str) -> tuple[str, int, int]:
    """What changes with a file. One that can't be looked at, a link to nothing say, keeps nobody from the others."""
    try:
        found = os.stat(file)  # noqa: PTH116 - as above
    except OSError:
        return file, 0, -1
    return file, found.st_mtime_ns, found.st_size


def _files(path: str, depth: int = 0) -> Iterator[str]:
    """The path itself, or the calendars in it, in order. Folders that are links may lead in rings: not followed.

    Raises OSError where the path itself can't be looked into; a folder in it that can't is passed over.
    """
    if not os.path.isdir(path):  # noqa: PTH112 - as above
        yield path
        return
    try:
        with os.scandir(path) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        if depth:
            # Another one's, or one of the system's, as at the top of a disk.
            return
        raise
    for entry in listed:
        if entry.name.startswith("."):
            # What editors and other systems leave beside a file.
            continue
        if entry.is_dir(follow_symlinks=False):
            if depth < DEEPEST:
                yield from _files(entry.path, depth + 1)
        elif entry.name.lower().endswith(".ics"):
            yield entry.path


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
