"""A whole day's use, with the kernel as the witness: calmtray speaks to this machine alone."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from calmtray.ui.main_window import PAGES
from tests.calendars.asked import calendar, entry
from tests.desktop import programs
from tests.desktop.calm import BREATH, Calm, title
from tests.desktop.listening import begin, choose, open_ready
from tests.desktop.sounding import MadeUp, Part
from tests.desktop.waiting import let_pass, wait_for

WITNESS = ("strace", "-D", "-f", "-A", "-qq", "-e", "trace=%network", "-o")
"""Follows a program and whatever it starts, and notes every call that has to do with sockets."""

LOCAL = {"AF_UNIX", "AF_LOCAL"}
"""The bus, the screen, the sound server, and calmtray's own commands."""


class WatchedCalm(Calm):
    """The app, and each of its commands, under the eyes of the witness."""

    def _command(self, *arguments: str) -> list[str]:
        return [*WITNESS, str(self.seen), *super()._command(*arguments)]

    @property
    def seen(self) -> Path:
        """What it noted."""
        return self.home.parent / "seen.log"


def families(path: Path) -> dict[str, str]:
    """The kinds of addresses that were used, each with a line that shows it."""
    found: dict[str, str] = {}
    for line in path.read_text(errors="replace").splitlines():
        for family in re.findall(r"\b[AP]F_[A-Z0-9]+", line):
            found.setdefault(family, line)
    return found


def shows(calm: Calm, page: str) -> bool:
    """Whether this page is open."""
    status = calm.status()
    return status is not None and status["page"] == page


@pytest.fixture
def calm(desk, tmp_path):
    app = WatchedCalm(desk, tmp_path / "calm")
    try:
        yield app
        app.close()
    finally:
        app.kill()


def test_the_witness_sees_a_socket_to_elsewhere(desk, tmp_path):
    log = tmp_path / "seen.log"
    reach_out = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    program = programs.start([*WITNESS, str(log), sys.executable, "-c", reach_out], desk.env, tmp_path / "said")
    programs.exit_status(program, "it to end")
    wait_for(lambda: "AF_INET" in families(log), "the witness to have written")


def test_a_day_with_calmtray_reaches_nobody_outside_this_machine(trayer, calm, speakers, tmp_path):
    later = datetime.now(UTC) + timedelta(hours=5)
    agenda = tmp_path / "agenda.ics"
    agenda.write_text(calendar(entry(f"DTSTART:{later:%Y%m%dT%H%M%SZ}", "DURATION:PT50M")), encoding="utf-8")
    own = MadeUp("of-my-own", [Part(30, "A word that the system says.")])
    own.write(calm.paths.practices)
    choose(calm, offers="on", working_hours=("mon-sun 00:00-24:00",), agenda=(str(agenda),))
    calm.start()

    # Every page, by the keyboard.
    calm.click_icon()
    window = wait_for(lambda: next(iter(calm.windows()), None), "the window")
    trayer.raise_(window)
    for number, page in enumerate(PAGES, 1):
        trayer.press(f"ctrl+{number}")
        wait_for(partial(shows, calm, page), f"the page {page}")
    trayer.press("Escape")

    # A client session, and the offer after it, for which every sense is asked.
    calm.run("session", "25")
    calm.run("session", "end")
    wait_for(lambda: calm.status()["offered"], "the offer", 60)

    # Practices with sound, recorded and said by the system.
    for id_, name in ((BREATH, title(BREATH)), (own.id, own.title)):
        window = open_ready(calm, id_, name)
        begin(calm, window)
        wait_for(speakers.streams, "sound")
        let_pass(0.5)
        trayer.press("Escape")
        calm.wait_for_end()

    for arguments in (
        ("suggest",),
        ("plan",),
        ("doctor",),
        ("check",),
        ("voices",),
        ("pause",),
        ("render", BREATH, "--out", str(tmp_path / "breath.ogg")),
        ("pack", "make", BREATH, "--out", str(tmp_path / "breath.calmpack")),
        ("pack", "show", str(tmp_path / "breath.calmpack")),
        ("quit",),
    ):
        done = calm.run(*arguments)
        assert (done.returncode, done.stderr) == (0, ""), arguments
    assert calm.exit_status() == 0

    seen = families(calm.seen)
    assert "AF_UNIX" in seen
    assert {family: line for family, line in seen.items() if family not in LOCAL} == {}
