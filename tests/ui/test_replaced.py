"""An upgrade puts another program in the place of the one that runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from calmtray.desktop.replaced import SETTLED_MS, ReplacedWatch, begin_anew, program_file


@pytest.fixture
def program(tmp_path: Path) -> Path:
    made = tmp_path / "calmtray"
    made.write_text("the one that runs")
    return made


@pytest.fixture
def watch(qapp, program) -> Iterator[ReplacedWatch]:
    made = ReplacedWatch(program)
    yield made
    made.deleteLater()


def upgrade(program: Path) -> None:
    """As dpkg does it: the new file beside the old one, and then in its place."""
    new = program.with_name("calmtray.dpkg-new")
    new.write_text("the next one")
    new.replace(program)


def test_another_program_in_its_place_is_told_of_once_all_is_there(qtbot: QtBot, program, watch):
    upgrade(program)
    qtbot.waitUntil(watch._settled.isActive)
    # More of the upgrade comes: it is waited for.
    watch._settled.stop()
    upgrade(program)
    qtbot.waitUntil(watch._settled.isActive)
    assert watch._settled.interval() == SETTLED_MS
    with qtbot.waitSignal(watch.replaced):
        watch._settled.timeout.emit()


def test_what_is_only_taken_away_is_nothing_to_go_on_with(qtbot: QtBot, program, watch):
    program.unlink()
    qtbot.waitUntil(watch._settled.isActive)
    with qtbot.assertNotEmitted(watch.replaced), qtbot.waitSignal(watch.removed):
        watch._settled.timeout.emit()


def test_so_is_what_goes_with_its_folder(qtbot: QtBot, program, watch):
    program.unlink()
    program.parent.rmdir()
    qtbot.waitUntil(watch._settled.isActive)
    with qtbot.waitSignal(watch.removed):
        watch._settled.timeout.emit()


def test_other_files_beside_it_are_nobodys_business(qtbot: QtBot, program, watch):
    with qtbot.waitSignal(watch._watcher.directoryChanged):
        program.with_name("another").write_text("")
    assert not watch._settled.isActive()


def test_only_a_packed_program_is_watched(monkeypatch):
    assert program_file() is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program_file() == Path(sys.executable)
    monkeypatch.setattr(sys, "platform", "win32")
    assert program_file() is None


def test_it_begins_anew_and_not_as_a_child_of_the_old_one(monkeypatch):
    became = []
    monkeypatch.setattr(os, "execve", lambda *all_: became.append(all_))
    begin_anew(["--at-login"])
    ((program, arguments, environ),) = became
    assert (program, arguments) == (sys.executable, [sys.executable, "--at-login"])
    assert environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
