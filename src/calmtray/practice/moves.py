"""Files of the user's own moved within the practices folder: all of them or none, whatever happens meanwhile.

What is about to be moved is written down first. A change that was cut short is taken back by whoever looks at the
folder next, so that the practices are those from before it. Folders whose names begin with a dot are no part of the
library: what is replaced or taken back is kept in one of them, and nothing is deleted.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EEXIST
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import IO, TypeAlias

from calmtray.practice.library import UNDER_WAY

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Move: TypeAlias = tuple[str, str]
"""From where to where, both below the practices folder and written with ``/``."""

SET_ASIDE = ".set-aside"
LOCK = ".lock"
STAGE = ".taking-"


class Busy(Exception):
    """Another process is changing the practices folder."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else changes the folder meanwhile, and nothing is left of a change that was cut short.

    Raises Busy, or OSError where the folder can't be written. The system gives the lock back even after a kill.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as lock:
        try:
            _lock_file(lock)
        except (BlockingIOError, PermissionError):
            raise Busy from None
        _take_back(folder)
        yield


def settle(folder: Path) -> None:
    """Take back a change that was cut short, if there is one and nobody is at it."""
    if (folder / UNDER_WAY).exists():
        with suppress(Busy, OSError), alone(folder):
            pass


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder that the library passes by, for files that are not to be seen yet. What is still in it then goes."""
    stage = folder / Path(mkdtemp(prefix=STAGE, dir=folder)).name
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def carry_out(folder: Path, moves: Sequence[Move]) -> None:
    """Move all of these, within ``alone``. Raises OSError, and then nothing has moved.

    Nothing is written over: FileExistsError where something is in the way.
    """
    _write_down(folder / UNDER_WAY, moves)
    try:
        for here, there in moves:
            _move(folder / here, folder / there)
        (folder / UNDER_WAY).unlink()
    except BaseException:
        _take_back(folder)
        raise


def _move(here: Path, there: Path) -> None:
    if os.path.lexists(there):
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(there))
    there.parent.mkdir(parents=True, exist_ok=True)
    here.rename(there)


def new_set_aside(folder: Path) -> str:
    """The name of a folder below the practices folder, not there yet, for what is set aside together."""
    number = 1
    while (folder / SET_ASIDE / str(number)).exists():
        number += 1
    return f"{SET_ASIDE}/{number}"


def _write_down(path: Path, moves: Sequence[Move]) -> None:
    """Whole or not at all: half a list would take back half a change."""
    unfinished = path.with_name(f"{path.name}.partial")
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(moves, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _take_back(folder: Path) -> None:
    for here, there in reversed(_written_down(folder / UNDER_WAY)):
        if os.path.lexists(folder / there) and not os.path.lexists(folder / here):
            _move(folder / there, folder / here)
    (folder / UNDER_WAY).unlink(missing_ok=True)
    for stage in folder.glob(f"{STAGE}*"):
        shutil.rmtree(stage, ignore_errors=True)


def _written_down(path: Path) -> list[Move]:
    """The moves as they were written down; none where somebody else wrote this."""
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        return [(here, there) for here, there in listed if _is_below(here) and _is_below(there)]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, RecursionError):
        return []


def _is_below(name: object) -> bool:
    if not isinstance(name, str) or "\\" in name or ":" in name:
        return False
    parts = PurePosixPath(name).parts
    return bool(parts) and ".." not in parts and not name.startswith("/")


def _lock_file(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
