"""The log of what should not have happened: where in the program it was, and nothing of the user's."""

from __future__ import annotations

import platform
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from calmtray import __version__
from calmtray.desktop import clock

PACKAGE = Path(__file__).parents[1]

MISSING = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object file")
"""What Linux says of a library that another one needs."""

LARGEST_BYTES = 256 * 1024
"""A log that has grown beyond this is put aside, and the one put aside before it goes."""


class TroubleLog:
    """One file, written only when something goes wrong; the same trouble again and again is written once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._last = ""

    @property
    def put_aside(self) -> Path:
        """The log before this one."""
        return self.path.with_suffix(f".1{self.path.suffix}")

    def note(self, error: BaseException) -> bool:
        """Write where it came from. Whether that could be done: a disk that is full is no second trouble."""
        where = described(error)
        if where == self._last:
            return True
        self._last = where
        versions = f"calmtray {__version__}, Python {platform.python_version()}, {sys.platform}"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self.path.exists() and self.path.stat().st_size > LARGEST_BYTES:
                self.path.replace(self.put_aside)
            with self.path.open("a", encoding="utf-8") as log:
                log.write(f"{clock.now():%Y-%m-%d %H:%M:%S} {versions}\n{where}\n")
        except OSError:
            return False
        return True

    def last_lines(self, number: int) -> list[str]:
        """The end of it; empty where nothing went wrong, or where it can't be read."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").splitlines()[-number:]
        except OSError:
            return []

    def watch(self) -> None:
        """Note from now on what nobody catches, on any thread, besides whatever is done about it anyway."""
        before, before_in_threads = sys.excepthook, threading.excepthook

        def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            self.note(error)
            before(kind, error, trace)

        def hook_in_threads(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None:
                self.note(args.exc_value)
            before_in_threads(args)

        sys.excepthook, threading.excepthook = hook, hook_in_threads


def described(error: BaseException) -> str:
    """The kinds of an error and of what led to it, and the lines of the program that they came through.

    What they say is left out: it may hold words, names and folders of the user's.
    """
    return "\n".join(line for each in _chain(error) for line in _lines(each))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """What came first, first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _chain(before)
    yield error


def _lines(error: BaseException) -> Iterator[str]:
    for frame, line in walk_tb(error.__traceback__):
        yield f"  {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
    yield f"{_kind(error)} {_detail(error)}".strip()


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _detail(error: BaseException) -> str:
    """What is nobody's: a number of the system's, or the library of the system that is missing."""
    number = getattr(error, "errno", None)
    return str(number) if isinstance(number, int) else missing_library(error)


def missing_library(error: BaseException) -> str:
    """The name of the shared library that an import did not find; empty where it failed for something else."""
    found = MISSING.match(str(error)) if isinstance(error, ImportError) else None
    return found[1] if found else ""


def _place(file: str) -> str:
    """A file of ours or of a library, from its package on: what lies before may name a person."""
    path = Path(file)
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE.parent).as_posix()
    if not path.is_absolute():
        # Packed: from where they lay when they were packed.
        return path.as_posix()
    _before, apart, after = path.as_posix().rpartition("/site-packages/")
    return after if apart else path.name
