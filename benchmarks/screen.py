"""A screen of our own with a window manager and a tray, and the programs measured on it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageGrab

WIDTH, HEIGHT = 1024, 768
TRAY_PX = 30


class Screen:
    """Xvfb with openbox and trayer; the tray sits in the lower right corner and is empty at first."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self._programs = [
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"],
                pass_fds=[write],
                stderr=subprocess.DEVNULL,
            )
        ]
        os.close(write)
        with os.fdopen(read) as number:
            self.name = f":{number.readline().strip()}"
        self._home = tempfile.TemporaryDirectory()
        self.env = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "DBUS_", "QT_"))},
            "DISPLAY": self.name,
            "HOME": self._home.name,
            "QT_QPA_PLATFORM": "xcb",
        }
        self._start("openbox")
        self._start(
            "trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", str(TRAY_PX)
        )
        wait_for(self._owner_of_tray, 10, "the tray to start")

    def close(self) -> None:
        """End everything on it."""
        for program in reversed(self._programs):
            program.terminate()
            program.wait()
        self._home.cleanup()

    def folder(self) -> Path:
        """A fresh folder for a program's files."""
        return Path(tempfile.mkdtemp(dir=self._home.name))

    def picture(self) -> Image.Image:
        """What is on the screen now."""
        return ImageGrab.grab(xdisplay=self.name)

    def tray(self) -> bytes:
        """The pixels of the corner where the first icon appears."""
        return self.picture().crop((WIDTH - TRAY_PX, HEIGHT - TRAY_PX, WIDTH, HEIGHT)).tobytes()

    def middle(self) -> bytes:
        """The pixels of the middle, where windows open."""
        return self.picture().crop((WIDTH // 2 - 40, HEIGHT // 2 - 40, WIDTH // 2 + 40, HEIGHT // 2 + 40)).tobytes()

    def point_at_tray(self) -> None:
        """Move the pointer onto the icon."""
        self.do("mousemove", str(WIDTH - TRAY_PX // 2), str(HEIGHT - TRAY_PX // 2))

    def click(self) -> None:
        """Click where the pointer is; does not wait for anything."""
        self._programs.append(subprocess.Popen(["xdotool", "click", "1"], env=self.env))

    def do(self, *words: str) -> None:
        """Move, click or type."""
        subprocess.run(["xdotool", *words], env=self.env, check=True)

    @contextlib.contextmanager
    def running(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program on this screen, ended afterwards."""
        program = subprocess.Popen(command, env=self.env)
        try:
            yield program
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait()

    def _start(self, *command: str) -> None:
        quiet = subprocess.DEVNULL
        self._programs.append(subprocess.Popen(command, env=self.env, stdout=quiet, stderr=quiet))

    def _owner_of_tray(self) -> bool:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--class", "trayer"], env=self.env, capture_output=True, check=False
        )
        return bool(found.stdout.strip())


def wait_for(condition: Callable[[], bool], limit_s: float, what: str, every_s: float = 0.002) -> float:
    """Look again and again until it is so; the seconds it took."""
    began = time.perf_counter()
    while not condition():
        if time.perf_counter() - began > limit_s:
            sys.exit(f"bench: waited {limit_s} s in vain for {what}")
        time.sleep(every_s)
    return time.perf_counter() - began
