"""Who imports whom, beside the contracts of import-linter: in a fresh interpreter, and by reading the source."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import MODULES, ROOT, TREES, imports_of

PURE = [
    name
    for name in MODULES
    if name.startswith(("calmtray.practice", "calmtray.session", "calmtray.settings.model", "calmtray.schedule"))
    or name in ("calmtray.sound.score", "calmtray.journal.insights")
    or name in [f"calmtray.calendars.{each}" for each in ("asking", "effort", "kinds", "sieve")]
]

# What a pure module may not bring along, not even through another one.
HEAVY = {"PySide6", "asyncio", "pydub", "qasync", "shiboken6", "sqlite3"}
OURS = {"calmtray.app", "calmtray.desktop", "calmtray.journal.store", "calmtray.start", "calmtray.ui"}
# What the standard library may bring along by itself, but none of our own import statements may name.
UNSPOKEN = {"time", "random", "secrets", "logging", "socket", "subprocess"}


def fresh(program: str, *arguments: str, home: Path) -> str:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_"))}
    environ |= {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environ, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


LOADED = """
import importlib, json, sys

for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps([*sys.modules]))
"""


def test_there_are_pure_modules():
    assert len(PURE) > 12


def test_the_pure_modules_bring_nothing_heavy_along(tmp_path):
    loaded = set(json.loads(fresh(LOADED, *PURE, home=tmp_path)))
    assert loaded & (HEAVY | OURS) == set()


def test_the_tray_comes_up_without_anything_of_sound(tmp_path):
    loaded = set(json.loads(fresh(LOADED, "calmtray.start", "calmtray.app", home=tmp_path)))
    assert loaded & {"numpy", "soundfile", "miniaudio", "pydub", "PySide6.QtTextToSpeech", "calmtray.stage"} == set()
    assert {name for name in loaded if name.startswith("calmtray.sound")} == set()


SOURCE_KEPT = """
import json, linecache
from calmtray.desktop.qt_import import import_qt

import_qt()
import calmtray.app, calmtray.start
print(json.dumps([*linecache.cache]))
"""


def test_the_tray_comes_up_without_the_source_of_what_it_imports(tmp_path):
    kept = map(Path, json.loads(fresh(SOURCE_KEPT, home=tmp_path)))
    assert [path for path in kept if path.is_relative_to(ROOT / "src")] == []


def test_who_plans_and_offers_carries_nothing_that_parses_calendars(tmp_path):
    carried = ("calmtray.app", "calmtray.offering", "calmtray.own_agenda", "calmtray.ui.pages.offers")
    loaded = set(json.loads(fresh(LOADED, *carried, home=tmp_path)))
    assert loaded & {"icalendar", "recurring_ical_events", "dateutil", "x_wr_timezone"} == set()


def test_who_has_no_calendar_carries_nothing_that_follows_one(tmp_path):
    loaded = set(json.loads(fresh(LOADED, "calmtray.start", "calmtray.app", "calmtray.offering", home=tmp_path)))
    assert loaded & {"calmtray.own_agenda", "calmtray.calendars.sources", "calmtray.calendars.sieve"} == set()


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_names_no_clock_no_chance_and_no_log(name):
    named = set(imports_of(TREES[name]))
    assert named & (HEAVY | OURS | UNSPOKEN) == set()
    assert {each.split(".")[0] for each in named} & (HEAVY | UNSPOKEN) == set()


WATCHED = """
import importlib, os, sys

touched = []

def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        if writes and path != os.devnull:
            touched.append(f"{event} {path}")
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.symlink", "os.truncate", "sqlite3.connect",
                   "socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.posix_spawn"):
        touched.append(f"{event} {arguments}")

sys.addaudithook(watch)
importlib.import_module(sys.argv[1])
print(*touched, sep="\\n", end="")
"""


def test_a_module_that_writes_a_file_would_be_noticed(tmp_path):
    (tmp_path / "nosy.py").write_text(f"open({str(tmp_path / 'trace')!r}, 'w').close()")
    assert "trace" in fresh(f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{WATCHED}", "nosy", home=tmp_path)


@pytest.mark.parametrize("name", [name for name in MODULES if name != "calmtray.__main__"])
def test_importing_touches_no_file_and_no_network(name, tmp_path):
    if name.endswith(".x11") and sys.platform != "linux":
        pytest.skip("there is no X11 here")
    assert fresh(WATCHED, name, home=tmp_path) == ""
    assert list(tmp_path.iterdir()) == []
