"""The packed program is replaced under the one that runs, as an upgrade does it, or removed.

A packed program reads its own modules from its file when they are first named. Once another file lies there, whatever
was not named before is out of reach: a click would do nothing until the next login.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

SETTLED_MS = 10_000
"""An upgrade brings its files one after the other; after so long without a change all of them are there."""


class ReplacedWatch(QObject):
    """``replaced``: another file lies where ``program`` was, and has settled; ``removed``: none does any more."""

    replaced = Signal()
    removed = Signal()

    def __init__(self, program: Path) -> None:
        super().__init__()
        self._program = program
        self._before = _identity(program)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._on_settled_timeout)
        # The folder: a file that is put in the place of another takes its watch along.
        self._watcher = QFileSystemWatcher([str(program.parent)], self)
        self._watcher.directoryChanged.connect(self._on_watcher_directory_changed)

    def _on_watcher_directory_changed(self) -> None:
        if _identity(self._program) != self._before:
            self._settled.start()

    def _on_settled_timeout(self) -> None:
        (self.removed if _identity(self._program) is None else self.replaced).emit()


def program_file() -> Path | None:
    """The packed program; None where Python runs from its sources, or the system does not let go of a running file."""
    return Path(sys.executable) if getattr(sys, "frozen", False) and sys.platform != "win32" else None


def begin_anew(arguments: Sequence[str]) -> None:
    """Become the program that lies there now. Raises OSError where it can't be started."""
    # PyInstaller would take it for a child of its own, and give it what the old one has unpacked.
    environ = {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    os.execve(sys.executable, [sys.executable, *arguments], environ)


def _identity(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns
