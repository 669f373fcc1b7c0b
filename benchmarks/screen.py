"""The desktop that calmtray and its baselines are measured on: the one of the desktop tests, looked at faster."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.desktop import programs
from tests.desktop.desk import SIZE, Desk

LOOK_EVERY_S = 0.002
TRAY = (SIZE[0] - 24, 0, SIZE[0], 24)
"""Where the first icon appears."""

MIDDLE = (SIZE[0] // 2 - 40, SIZE[1] // 2 - 40, SIZE[0] // 2 + 40, SIZE[1] // 2 + 40)
"""Where windows open."""


class Screen(Desk):
    """A desktop with a tray for X11 icons."""

    def tray(self) -> bytes:
        """What is seen where the first icon appears."""
        return self.picture(TRAY).tobytes()

    def middle(self) -> bytes:
        """What is seen where windows open."""
        return self.picture(MIDDLE).tobytes()

    def point_at_tray(self) -> None:
        """Move the mouse onto the icon."""
        self.ask("xdotool", "mousemove", str(SIZE[0] - 12), "12")

    @contextmanager
    def running(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program on this screen, ended afterwards."""
        program = self.start(*command)
        try:
            yield program
        finally:
            programs.stop(program)

    def home(self) -> str:
        """A fresh folder for a program's files."""
        return tempfile.mkdtemp(dir=self.folder)


@contextmanager
def open_screen() -> Iterator[Screen]:
    """Bring it up, and put it away."""
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(Path(folder))
        try:
            screen.open()
            screen.start_trayer()
            yield screen
        finally:
            screen.close()


def seconds_until(seen: Callable[[], bool], what: str, limit_s: float = 20) -> float:
    """Look again and again until it is so; the seconds it took."""
    began = time.perf_counter()
    while not seen():
        if time.perf_counter() - began > limit_s:
            sys.exit(f"bench: waited {limit_s:g} s in vain for {what}")
        time.sleep(LOOK_EVERY_S)
    return time.perf_counter() - began
