"""The app under test: a process of its own, asked through its socket and its command line, seen on the desktop."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from calmtray.desktop.paths import bundled, user_paths
from calmtray.desktop.single_instance import ask
from calmtray.practice.library import Library, load
from calmtray.practice.model import Practice
from calmtray.practice.suggest import outward_first
from tests.desktop import programs
from tests.desktop.desk import Desk, Window
from tests.desktop.seeing import primary_buttons
from tests.desktop.waiting import wait_for

BREATH = "longer-out-breath"


class Calm:
    """One calmtray, on a desktop, with a home of its own."""

    def __init__(self, desk: Desk, home: Path) -> None:
        self.desk = desk
        self.home = home
        self.paths = user_paths(home)
        self.log = home.parent / f"{home.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    # Coming and going.

    def start(self, *arguments: str) -> None:
        """Start it, and wait until it answers."""
        assert self._process is None
        self._process = programs.start(self._command(*arguments), self.desk.env, self.log)
        wait_for(lambda: self.status() or self._has_ended(), "calmtray to answer")

    def decline_offers(self) -> None:
        """Somebody has answered the question of the first start."""
        self.paths.config.mkdir(parents=True, exist_ok=True)
        self.paths.settings.write_text('offers = "off"\n', encoding="utf-8")

    def start_twice_at_once(self) -> int:
        """Start it twice, whichever gets there first; the exit status of the one that found the other there."""
        assert self._process is None
        both = [programs.start(self._command(), self.desk.env, self.log) for _ in range(2)]
        ended = wait_for(lambda: next((p for p in both if p.poll() is not None), None), "one of two to hand over")
        both.remove(ended)
        (self._process,) = both
        return programs.exit_status(ended, "it to end")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another call of ``calmtray`` for the same home, to its end."""
        command = self._command(*arguments)
        return subprocess.run(command, env=self.desk.env, capture_output=True, text=True, timeout=60)

    def score(self, id_: str, *arguments: str) -> dict[str, Any]:
        """A practice's timeline, as it is played."""
        score: dict[str, Any] = json.loads(self.run("timeline", id_, "--json", *arguments).stdout)
        return score

    def exit_status(self) -> int:
        """Wait for it to end by itself."""
        assert self._process is not None
        status = programs.exit_status(self._process, "calmtray to end")
        self._process = None
        return status

    def signal(self, number: int) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def close(self) -> None:
        """End it, if the test has not, and see that it had nothing to complain of."""
        if self._process is not None:
            ask(self.paths.run, {"do": "quit"})
            assert self.exit_status() == 0, self.said()
        assert self.said() == "", "calmtray wrote to its terminal"

    def kill(self) -> None:
        """Whatever happens, it is gone after this."""
        if self._process is not None:
            programs.stop(self._process)
            self._process = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def said(self) -> str:
        """What it wrote to its terminal."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "calmtray", "--home", str(self.home), *arguments]

    def _has_ended(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"calmtray ended with status {self._process.returncode}: {self.said()}")
        return False

    # What it says of itself.

    def status(self) -> dict[str, Any] | None:
        """The answer to ``calmtray status``, without the cost of a process; None where it does not answer."""
        with suppress(ConnectionError):
            return ask(self.paths.run, {"do": "status"})
        return None

    def session(self) -> dict[str, Any]:
        """The session on the screen; empty where there is none."""
        return (self.status() or {}).get("session") or {}

    def position_ms(self) -> int:
        """The playhead."""
        return int(self.session().get("position_ms", -1))

    def wait_for_session(self, status: str) -> dict[str, Any]:
        """Wait until there is a session that stands like this."""
        wait_for(lambda: self.session().get("status") == status, f"a session that is {status}")
        return self.session()

    def wait_for_position(self, ms: float) -> int:
        """Wait until the playhead has come this far."""
        return wait_for(
            lambda: max(0, self.position_ms()) if self.position_ms() >= ms else 0,
            f"the playhead to reach {ms:g} ms",
            ms / 1000 + 20,
        )

    def wait_for_end(self) -> None:
        """Wait until no session is on the screen."""
        wait_for(lambda: not self.session(), "the session to be gone")

    def journal(self) -> list[dict[str, Any]]:
        """The journal by the command line, newest first."""
        done = self.run("journal", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    def journal_file(self) -> list[dict[str, Any]]:
        """The journal by SQLite, newest first, after a look whether the file is whole."""
        with closing(sqlite3.connect(self.paths.journal)) as db:
            db.row_factory = sqlite3.Row
            assert [tuple(row) for row in db.execute("PRAGMA integrity_check")] == [("ok",)]
            return [dict(row) for row in db.execute("SELECT * FROM sessions ORDER BY id DESC")]

    # What is on the screen.

    def window(self, title: str) -> Window:
        """Wait for its window with this title to be on the screen."""
        return wait_for(lambda: self.find(title), f"a window “{title}”")

    def find(self, title: str) -> Window | None:
        """Its window with this title, if it is on the screen."""
        return next((w for w in self.windows() if w.title == title), None)

    def windows(self) -> list[Window]:
        """Its windows on the screen."""
        return [window for window in self.desk.windows() if window.pid == self.pid and window.seen]

    def click_icon(self, button: int = 1) -> None:
        """Click on its icon in the tray, once it is painted there."""
        left, top, right, bottom = wait_for(self.desk.icon, "the icon in the tray")
        self.desk.click((left + right) // 2, (top + bottom) // 2, button)

    def press_primary(self, window: Window, number: int = 0) -> None:
        """Click on a primary button of the window, counted from the top."""
        box = wait_for(
            lambda: dict(enumerate(primary_buttons(self.desk.picture(window.box)))).get(number),
            f"primary button {number} of “{window.title}”",
        )
        self.desk.click(window.box[0] + (box[0] + box[2]) // 2, window.box[1] + (box[1] + box[3]) // 2)
        self.desk.park_mouse()

    def open_breath(self) -> Window:
        """A breath practice, opened by the command line and brought to the keyboard; not begun."""
        done = self.run("start", BREATH)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        window = self.window(title(BREATH))
        self.desk.raise_(window)
        wait_for(lambda: self.desk.has_keyboard(window), "the session window to have the keyboard")
        return window

    def play_breath(self) -> Window:
        """The same, begun, and gone on to its breaths."""
        window = self.open_breath()
        self.desk.press("Return")
        self.wait_for_session("playing")
        self.desk.press("Right")
        self.wait_for_position(15_000)
        return window


def library() -> Library:
    """The practices that come with the app."""
    return load(bundled("practices"), bundled("practices") / "there are no others")


def practice(id_: str) -> Practice:
    """One of them."""
    return library().practices[id_]


def title(id_: str, lang: str = "en") -> str:
    """How it is called."""
    return practice(id_).title[lang]


def outward() -> Practice:
    """The one that the tray's menu begins with."""
    found = outward_first(library())
    assert found is not None
    return found


class Clocked(Calm):
    """calmtray, and the clock that it reads."""

    def set_ahead(self, wall_s: float, monotonic_s: float) -> None:
        """Move both clocks, and let it look at them: a beat comes once a minute."""
        whole = self.home.parent / "ahead"
        new = whole.with_suffix(".new")
        new.write_text(f"{wall_s} {monotonic_s}")
        new.replace(whole)
        if self._process is not None:
            assert self.run("pause", "end").returncode == 0

    def _command(self, *arguments: str) -> list[str]:
        program = [sys.executable, "-m", "tests.desktop.clocked", str(self.home.parent / "ahead")]
        return [*program, "--home", str(self.home), *arguments]
