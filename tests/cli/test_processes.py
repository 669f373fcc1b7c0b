"""The command line as a process of its own: what it loads, what it touches, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest

from tests.practice.bundled import FILES

QUIET_COMMANDS = [
    ("list",),
    ("list", "--json"),
    ("list", "--need", "numb"),
    ("suggest",),
    ("timeline", "five-five"),
    ("check", str(FILES[0])),
    ("journal",),
    ("status",),
    ("quit",),
    ("voices",),
    ("voices", "--json"),
]

LOADED = """
import sys
from zoneinfo import ZoneInfo
from calmtray.cli import main
status = main(sys.argv[1:])
heavy = {"PySide6", "shiboken6", "qasync", "asyncio", "tomli_w", "pydub", "numpy", "soundfile",
         "miniaudio", "calmtray.app", "calmtray.ui"}
print(*sorted(heavy & set(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize("command", QUIET_COMMANDS, ids=" ".join)
def test_a_command_without_a_window_loads_nothing_that_windows_need(python, tmp_path, command):
    said = python("-c", LOADED, "--home", str(tmp_path / "home"), *command)
    assert (said.status, said.err.strip()) == (0, "")


@pytest.mark.parametrize("command", QUIET_COMMANDS, ids=" ".join)
def test_a_command_that_only_looks_leaves_no_file_behind(python, tmp_path, command):
    said = python("-m", "calmtray", "--home", str(tmp_path / "home"), *command)
    assert (said.status, said.err) == (0, "")
    assert not (tmp_path / "home").exists()


def test_without_home_the_users_own_folders_are_looked_into_and_left_alone(python):
    for command in QUIET_COMMANDS:
        assert python("-m", "calmtray", *command).status == 0


@pytest.mark.parametrize("command", [("list", "--lang", "fr"), ("timeline", "five-five", "--lang", "fr"), ("--help",)])
def test_a_terminal_that_can_only_show_ascii_gets_question_marks(python, command):
    said = python("-m", "calmtray", *command, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (said.status, said.err) == (0, "")
    assert said.out.isascii()


def test_a_mistake_on_such_a_terminal_is_still_one_line(python):
    said = python("-m", "calmtray", "start", "five-fiv", PYTHONIOENCODING="ascii")
    assert (said.status, said.err) == (
        2,
        "calmtray: There is no practice ?five-fiv?. Did you mean ?five-five??\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no broken pipes")
@pytest.mark.parametrize(
    ("command", "unbuffered"),
    [
        (("list",), "1"),
        (("status",), "1"),
        (("--help",), "1"),
        (("timeline", "five-five", "--json"), "1"),
        (("timeline", "five-five", "--json"), ""),
        (("list",), ""),
        (("status",), ""),
        (("--help",), ""),
    ],
)
def test_a_reader_who_had_enough_ends_the_command_quietly(command, unbuffered, tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "calmtray", "--home", str(tmp_path), *command],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=writing,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_installed_command_is_the_same(process):
    script = os.path.join(os.path.dirname(sys.executable), "calmtray")  # noqa: PTH118, PTH120 - must not be resolved
    if not os.path.exists(script):  # noqa: PTH110
        pytest.skip("calmtray is not installed as a script here")
    assert process(script, "--version").out.startswith("calmtray ")


def test_a_settings_file_that_can_not_be_read_is_no_reason_not_to_answer(python, tmp_path):
    (tmp_path / "config" / "settings.toml").mkdir(parents=True)
    assert python("-m", "calmtray", "--home", str(tmp_path), "status").out == "calmtray is not running.\n"


@pytest.mark.parametrize(
    ("tz", "offset"),
    [
        ("CET-1CEST,M3.5.0,M10.5.0/3", "+02:00"),
        ("EST5EDT4,M3.2.0,M11.1.0", "-04:00"),
        # To the system a name that it does not know is UTC.
        ("Nonsense/Zone", "+00:00"),
    ],
)
def test_a_zone_without_a_name_is_one_with_the_same_clock(tmp_path, tz, offset):
    (tmp_path / "settings.toml").write_text('offers = "on"\nclock_times = ["10:50"]\n', encoding="utf-8")
    plan = ["plan", "--date", "2026-03-30", "--json", "--settings", str(tmp_path / "settings.toml")]
    command = [sys.executable, "-m", "calmtray", "--home", str(tmp_path / "home"), *plan]
    told = subprocess.run(command, env={**os.environ, "TZ": tz}, capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")
    planned = json.loads(told.stdout)
    assert [offer["at"] for offer in planned["offers"]] == [f"2026-03-30T10:50:00{offset}"]
    assert ZoneInfo(planned["tz"]).key == planned["tz"]
