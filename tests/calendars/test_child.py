"""The child that reads calendars, really run: what it says, what it keeps to itself, and how it is stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from calmtray.calendars import child
from calmtray.calendars.bounds import MEMORY
from calmtray.settings.model import Settings
from calmtray.settings.offering import question as asked_by
from tests.calendars.asked import calendar, codes, entry, lines, question

SECRET = "Zebulon Quatermain"


def said(written: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    program, arguments = child.command()
    return subprocess.run([program, *options, *arguments], input=written, capture_output=True, timeout=60)


def test_no_word_of_a_calendar_leaves_the_child(tmp_path):
    path = tmp_path / "some.ics"
    rows = ("DTSTART;TZID=/x/Europe/Paris:20260330T100000", "DTEND;TZID=/x/Europe/Paris:20260330T110000")
    broken = entry("DTSTART:20260330T100000Z", f"RRULE:FREQ={SECRET}", uid=SECRET)
    path.write_text(calendar(entry(*rows, uid=SECRET, summary=f"Client {SECRET}"), broken, f"BEGIN:{SECRET}"))
    done = said(question(path).written())
    assert (done.returncode, done.stderr) == (0, b"")
    assert [*map(json.loads, done.stdout.splitlines())] == [
        {"file": str(path)},
        {
            "events": [[1774857600, 1774861200, "client-session"]],
            "problems": [["agenda-unclear", str(path), {"count": 1}]],
        },
        "done",
    ]


def test_it_says_nothing_of_what_it_does_not_understand():
    done = said(f"not a question: {SECRET}".encode())
    assert (done.stdout, done.stderr) == (b"", b"")
    assert done.returncode != 0


def test_what_lies_where_somebody_stands_is_not_imported(tmp_path, monkeypatch):
    (tmp_path / "icalendar.py").write_text("raise SystemExit('imported')")
    (tmp_path / "some.ics").write_text(calendar(entry("DTSTART:20260330T100000Z", "DURATION:PT1H")))
    monkeypatch.chdir(tmp_path)
    assert lines(child.read_now(question("some.ics"))) == ["12:00-13:00 client"]


@pytest.mark.parametrize("begun", [b'{"file": "a.ics"}\n', None])
def test_a_child_that_takes_too_long_is_stopped(monkeypatch, begun):
    def run(command, timeout, **_others):
        assert timeout == child.PATIENCE_S
        raise subprocess.TimeoutExpired(command, timeout, output=begun)

    monkeypatch.setattr(subprocess, "run", run)
    found = child.read_now(question("a.ics"))
    assert (found.events, codes(found)) == ([], [child.TOO_LONG])
    assert found.problems[0].file == ("a.ics" if begun else "")


def test_a_child_that_breaks_off_is_noticed(monkeypatch):
    program = 'import sys; sys.stdin.read(); print(\'{"file": "a.ics"}\'); raise SystemExit(1)'
    monkeypatch.setattr(child, "command", lambda: (sys.executable, ["-c", program]))
    found = child.read_now(question("a.ics"))
    assert (found.events, codes(found), found.problems[0].file) == ([], [child.GAVE_UP], "a.ics")


@pytest.mark.skipif(
    sys.platform == "win32", reason="there the time and the size of a file are bounded, and that is all"
)
def test_it_keeps_within_its_bounds():
    program = (
        "from calmtray.calendars.bounds import keep_within_bounds; keep_within_bounds()\n"
        "import os, resource; print(resource.getrlimit(resource.RLIMIT_AS)[0], os.nice(0))\n"
        "try: bytes(2 * 1024 ** 3)\n"
        "except MemoryError: print('no more')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    memory, nice, no_more = done.stdout.split(maxsplit=2)
    assert (int(memory) <= MEMORY, int(nice) >= 10, no_more.strip()) == (True, True, "no more")


def test_the_settings_ask_for_yesterday_and_three_days_more_by_the_clock_of_here():
    settings = Settings(agenda=("a.ics",), client_words=("rdv",), agenda_all_busy=True)
    halifax = ZoneInfo("America/Halifax")
    asked = asked_by(settings, datetime(2026, 3, 7, 23, 30, tzinfo=halifax))
    first, last = (at.astimezone(halifax) for at in (asked.first, asked.last))
    assert (first.date(), last.date(), first.hour, last.hour) == (date(2026, 3, 6), date(2026, 3, 10), 0, 0)
    assert (asked.zone, asked.paths, asked.marks.client, asked.marks.all_busy) == (
        "America/Halifax",
        ("a.ics",),
        ("rdv",),
        True,
    )
