"""calmtray that can't start says so in a window, and calmtray that runs goes on after something went wrong."""

from __future__ import annotations

import pytest

from calmtray.words.language import use_language
from calmtray.words.trouble_texts import could_not_start
from tests.desktop import programs
from tests.desktop.waiting import wait_for

NO_LIBRARY = "raise ImportError('libGL.so.1: cannot open shared object file: No such file or directory')\n"
BROKEN = "raise RuntimeError('a word of somebody’s')\n"


@pytest.fixture
def broken(calm, tmp_path):
    """An installation in which a library is damaged."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "qasync.py").write_text(BROKEN)
    return calm.desk.env | {"PYTHONPATH": str(tmp_path / "broken")}


@pytest.fixture
def damaged(calm, tmp_path):
    """An installation in which what reads practices is damaged."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "tomllib.py").write_text(BROKEN)
    return calm.desk.env | {"PYTHONPATH": str(tmp_path / "broken")}


@pytest.fixture
def damaged_app(calm, tmp_path):
    """An installation in which what is loaded after the icon is damaged."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "sqlite3.py").write_text(BROKEN)
    return calm.desk.env | {"PYTHONPATH": str(tmp_path / "broken")}


@pytest.fixture
def without_qt(calm, tmp_path):
    """An installation in which Qt is damaged."""
    (tmp_path / "broken" / "PySide6").mkdir(parents=True)
    (tmp_path / "broken" / "PySide6" / "__init__.py").write_text(NO_LIBRARY)
    return calm.desk.env | {"PYTHONPATH": str(tmp_path / "broken")}


@pytest.fixture
def without_a_plugin(calm):
    """A screen that this Qt has no way to draw on."""
    return calm.desk.env | {"QT_QPA_PLATFORM": "none-such"}


@pytest.mark.parametrize("environ", ["without_qt", "without_a_plugin"])
def test_where_qt_is_what_is_broken_a_window_of_the_systems_own_says_so(calm, request, tmp_path, environ):
    said = tmp_path / "said.log"
    calm._process = programs.start(calm._command(), request.getfixturevalue(environ), said)
    window = wait_for(lambda: next(iter(calm.desk.windows()), None), "the window that says so")
    assert calm.paths.log.exists()
    calm.desk.raise_(window)
    wait_for(lambda: calm.desk.has_keyboard(window), "it to have the keyboard")
    calm.desk.press("Return")
    assert calm.exit_status() == 1
    told = said.read_text(encoding="utf-8")
    assert told.startswith("calmtray: calmtray could not start.")
    assert "Traceback" not in told
    assert ({"without_qt": "libGL.so.1", "without_a_plugin": "none-such"}[environ]) in told


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_fails_at_the_start_is_said_in_a_window_and_logged(calm, broken, tmp_path, lang):
    said = tmp_path / "said.log"
    calm._process = programs.start(calm._command("--lang", lang), broken, said)
    window = wait_for(lambda: next(iter(calm.windows()), None), "the window that says so")
    written = calm.paths.log.read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "somebody" not in written
    calm.desk.raise_(window)
    calm.desk.press("Escape")
    assert calm.exit_status() == 1
    use_language(lang)
    told = said.read_text(encoding="utf-8")
    assert told.startswith(f"calmtray: {could_not_start()}")
    assert str(calm.paths.log) in told
    assert "Traceback" not in told


def test_what_is_damaged_is_said_in_a_window_whichever_way_it_is_started(calm, damaged, tmp_path):
    said = tmp_path / "said.log"
    calm._process = programs.start(calm._command("start", "look-around-the-room"), damaged, said)
    window = wait_for(lambda: next(iter(calm.windows()), None), "the window that says so")
    calm.desk.raise_(window)
    calm.desk.press("Escape")
    assert calm.exit_status() == 1
    assert said.read_text(encoding="utf-8").startswith(f"calmtray: {could_not_start()}")


def test_no_dead_icon_stays_beside_the_window(calm, damaged_app, tmp_path):
    calm._process = programs.start(calm._command(), damaged_app, tmp_path / "said.log")
    window = wait_for(lambda: next(iter(calm.windows()), None), "the window that says so")
    wait_for(lambda: not calm.desk.items(), "the icon to be gone")
    calm.desk.raise_(window)
    calm.desk.press("Escape")
    assert calm.exit_status() == 1
