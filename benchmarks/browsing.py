"""The Practices page with a thousand practices of one's own: how fast they are read, how long the page stands still.

Prints a line of JSON: the seconds to read everything, and for each thing done the longest pause of the event loop (ms),
once for each time it was done. Needs a screen.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPushButton, QWidget

from calmtray.app import make_practices_ready
from calmtray.desktop.paths import bundled
from calmtray.practice.library import Reader
from calmtray.settings.model import Settings
from calmtray.ui.main_window import MainWindow
from calmtray.ui.pages.page import Page
from calmtray.ui.theme import apply_theme

W = TypeVar("W", bound=QWidget)

OWN = 1_000
SETTLE_S = 0.15


def write_practices(folder: Path) -> None:
    """A thousand practices as full as the bundled ones, each with an id of its own."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(bundled("practices").glob("*/*.toml"))]
    for number in range(OWN):
        text = re.sub(r'^id = "(.+)"$', rf'id = "\1-{number}"', texts[number % len(texts)], count=1, flags=re.MULTILINE)
        (folder / f"{number:04}.toml").write_text(text, encoding="utf-8")


def seconds_to_read(folder: Path) -> float:
    """Every file, as when calmtray starts."""
    began = time.perf_counter()
    library = Reader(bundled("practices"), folder).read()
    took = time.perf_counter() - began
    assert len(library) > OWN, library.problems[:1]
    return took


class Pauses:
    """A beat as fast as the event loop can be: what lies between two of them is a pause."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._longest = self._last = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start(0)

    def after(self, act: Callable[[], object]) -> float:
        """Do this, and let everything that follows from it happen: the longest pause, in ms."""
        self._settle()
        self._longest, self._last = 0.0, time.perf_counter()
        act()
        self._settle()
        return self._longest * 1000

    def _settle(self) -> None:
        until = time.perf_counter() + SETTLE_S
        while time.perf_counter() < until:
            self._app.processEvents()

    def _on_timer_timeout(self) -> None:
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now


def pauses(app: QApplication, folder: Path, times: int) -> dict[str, list[float]]:
    """The page as the app opens it, under a user's hands."""
    apply_theme(app, "light", 100)
    reader = Reader(bundled("practices"), folder)
    reader.read()
    window = MainWindow({"now": lambda: Page("Now"), "practices": lambda: _practices_page(reader)})
    window.open_page("now")
    window.come_forward(asked_by_click=True)
    measured = Pauses(app)
    found: dict[str, list[float]] = {}

    def did(what: str, act: Callable[[], object]) -> None:
        found.setdefault(what, []).append(measured.after(act))

    did("getting ready, once", make_practices_ready)
    did("first opening", partial(window.open_page, "practices"))
    for _ in range(times):
        window.open_page("now")
        did("opening", partial(window.open_page, "practices"))
        search = _part(window, QLineEdit, "search")
        did("first letter", partial(QTest.keyClick, search, "l"))
        for letter in "ong":
            did("letter", partial(QTest.keyClick, search, letter))
        QTest.keyClick(search, Qt.Key.Key_Escape)
        did("by need", partial(_click, _button(window, "By need")))
        for text in ("while seated", "eyes open", "2 min"):
            did("filter", partial(_click, _button(window, text)))
        shown = _part(window, QListView, "practices")
        did("favourite", partial(QTest.keyClick, shown, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier))
        did("hiding one", partial(QTest.keyClick, shown, Qt.Key.Key_Delete))
        did("opening one", partial(QTest.keyClick, shown, Qt.Key.Key_Return))
        did("going back", partial(_click, _part(window, QPushButton, "back")))
    window.close()
    return found


def _practices_page(reader: Reader) -> Page:
    from calmtray.ui.pages.practices import PracticesPage

    return PracticesPage(reader.read(), Settings())


def _part(window: QWidget, kind: type[W], name: str) -> W:
    part = window.findChild(kind, name)
    assert isinstance(part, kind)
    return part


def _button(window: QWidget, text: str) -> QPushButton:
    return next(button for button in window.findChildren(QPushButton) if button.text() == text)


def _click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def main() -> None:
    """Measure and print."""
    times = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_practices(folder)
        seconds = [seconds_to_read(folder) for _ in range(times)]
        found = pauses(QApplication(sys.argv[:1]), folder, times)
    print(json.dumps({"seconds": seconds, "pauses": found}), flush=True)


if __name__ == "__main__":
    main()
