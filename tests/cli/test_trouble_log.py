"""The log of what should not have happened: it says where, and holds nothing of the user's."""

from __future__ import annotations

import runpy
import sys
import threading
import zlib

import pytest

from calmtray.desktop.plain_box import commands
from calmtray.desktop.trouble_log import LARGEST_BYTES, TroubleLog, described

PRIVATE = "Marie, séance de 10 h"


@pytest.fixture
def log(tmp_path):
    return TroubleLog(tmp_path / "state" / "calmtray.log")


def fail(error: Exception, cause: Exception | None = None) -> None:
    raise error from cause


def failed(error: Exception, cause: Exception | None = None) -> Exception:
    """The error, once it was raised in here."""
    try:
        fail(error, cause)
    except type(error) as caught:
        return caught
    raise AssertionError


def chained() -> Exception:
    return failed(RuntimeError(PRIVATE), failed(KeyError(PRIVATE)))


def test_it_says_where_and_what_kind_in_the_order_in_which_it_came_about(log):
    assert log.note(chained())
    lines = log.path.read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in lines if not line.startswith("  ")][1:] == ["KeyError", "RuntimeError"]
    assert [line.rpartition(" ")[2] for line in lines if line.startswith("  ")] == ["failed", "fail"] * 2
    assert lines[0].startswith("20")
    assert "calmtray" in lines[0]


@pytest.mark.parametrize(
    "error",
    [
        chained(),
        failed(ValueError(PRIVATE)),
        failed(FileNotFoundError(2, "No such file", f"/home/{PRIVATE}/x.ics")),
    ],
)
def test_nothing_of_what_an_error_says_is_in_it(log, error):
    log.note(error)
    written = log.path.read_text(encoding="utf-8")
    assert PRIVATE not in written
    assert "Marie" not in written
    assert "/home" not in written


def test_a_number_of_the_system_says_more_than_a_kind():
    assert described(failed(OSError(28, "No space left on device"))).endswith("OSError 28")


def test_a_library_of_the_systems_that_is_missing_is_named():
    text = "libEGL.so.1: cannot open shared object file: No such file or directory"
    assert described(failed(ImportError(text))).endswith("ImportError libEGL.so.1")
    assert described(failed(ImportError("Marie’s libEGL.so.1"))).endswith("ImportError")


def test_a_kind_says_whose_it_is():
    assert described(failed(zlib.error("x"))).endswith("\nzlib.error")


def test_what_lies_before_a_package_is_left_out(tmp_path):
    folder = tmp_path / "Marie" / "site-packages" / "library"
    folder.mkdir(parents=True)
    (folder / "part.py").write_text("def act():\n    raise ValueError('in a library')\n")
    with pytest.raises(ValueError, match="library") as caught:
        runpy.run_path(str(folder / "part.py"))["act"]()
    assert "  library/part.py:2 act" in described(caught.value)
    assert "Marie" not in described(caught.value)


def test_neither_the_folder_of_a_checkout_nor_that_of_a_file_of_ones_own_is_told(tmp_path):
    folder = tmp_path / "src" / "Marie" / "calmtray" / "notes"
    folder.mkdir(parents=True)
    (folder / "part.py").write_text("from calmtray.desktop.paths import bundled\nbundled(None)\n")
    with pytest.raises(TypeError) as caught:
        runpy.run_path(str(folder / "part.py"))
    told = described(caught.value)
    assert "  part.py:2 <module>" in told
    assert "  calmtray/desktop/paths.py:" in told
    assert "Marie" not in told


def test_the_same_again_is_written_once(log):
    for _ in range(3):
        log.note(failed(ValueError()))
    once = log.path.read_text(encoding="utf-8")
    log.note(failed(TypeError()))
    assert once.count("ValueError") == 1
    assert log.path.read_text(encoding="utf-8").count("TypeError") == 1


def test_it_never_grows_beyond_two_files_of_a_quarter_megabyte(log):
    log.note(failed(ValueError()))
    log.path.write_bytes(b"x" * (LARGEST_BYTES + 1))
    log.note(failed(TypeError()))
    assert log.path.stat().st_size < 1_000
    assert log.put_aside.read_bytes() == b"x" * (LARGEST_BYTES + 1)
    log.path.write_bytes(b"y" * (LARGEST_BYTES + 1))
    log.note(failed(KeyError()))
    assert log.put_aside.read_bytes()[:1] == b"y"
    assert sorted(each.name for each in log.path.parent.iterdir()) == ["calmtray.1.log", "calmtray.log"]


def test_where_it_can_not_be_written_nothing_more_happens(tmp_path):
    (tmp_path / "file").write_text("")
    assert not TroubleLog(tmp_path / "file" / "calmtray.log").note(failed(ValueError()))


def test_what_nobody_catches_is_noted_and_told_as_ever(log, monkeypatch):
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *args: told.append(args[0]))
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_type))
    log.watch()
    sys.excepthook(ValueError, failed(ValueError()), None)
    thread = threading.Thread(target=fail, args=(IndexError(),))
    thread.start()
    thread.join()
    assert told == [ValueError, IndexError]
    written = log.path.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "IndexError" in written


# Where Qt is what is broken.


def test_each_system_has_a_window_of_its_own():
    said = "L’écran\n\nœuvre " + "mot " * 40
    (macos,) = commands("darwin", "calmtray", said)
    assert macos[0] == "osascript"
    assert macos[-2:] == ("calmtray", said)
    zenity, kdialog, old = commands("linux", "calmtray", said)
    assert (zenity[0], zenity[-1]) == ("zenity", f"--text={said}")
    assert (kdialog[0], kdialog[-1]) == ("kdialog", said)
    assert isinstance(old[-1], bytes)
    lines = old[-1].decode("latin-1").splitlines()
    assert lines[:2] == ["L'écran", ""]
    assert max(map(len, lines)) <= 80
