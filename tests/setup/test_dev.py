"""dev.py, as far as it can be tried without making a .venv: what it decides, and what it says."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import dev

ROOT = Path(dev.__file__).parent


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_python_that_suits_is_taken(version):
    dev.check_python(version)


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 14), (4, 0)])
def test_a_python_that_does_not_suit_is_named(version):
    with pytest.raises(dev.Trouble, match=rf"this is {version[0]}\.{version[1]}\.$"):
        dev.check_python(version)


def test_trouble_is_told_in_a_sentence_and_status_2(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert dev.main(["run"]) == 2
    assert capsys.readouterr().err.endswith("and this is 3.10.\n")


@pytest.mark.parametrize(("arguments", "status"), [([], 0), (["--help"], 0), (["dance"], 2)])
def test_the_commands_are_listed_when_asked_or_mistaken(arguments, status, capsys):
    assert dev.main(arguments) == status
    assert "python3 dev.py run" in capsys.readouterr().out


def test_every_command_is_listed():
    listed = dev.__doc__ or ""
    assert [name for name in [*dev.MODULES, "test", "messages"] if name not in listed] == []


def test_a_set_up_serves_what_needs_less_of_it_but_not_the_other_way_round():
    app, full, recording = dev.stamp("app"), dev.stamp("dev"), dev.stamp("voices")
    assert dev.serves(app, app)
    assert dev.serves(full, app)
    assert dev.serves(full, full)
    assert dev.serves(recording, app)
    assert dev.serves(recording, full)
    assert not dev.serves(app, full)
    assert not dev.serves(full, recording)
    assert not dev.serves("", app)


@pytest.mark.parametrize("changed", dev.SET_UP_READS)
def test_the_stamp_changes_with_each_file_that_a_set_up_reads(changed, tmp_path, monkeypatch):
    for name in dev.SET_UP_READS:
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    before = dev.stamp("app")
    assert dev.stamp("app") == before
    (tmp_path / changed).write_text("something else")
    assert dev.stamp("app") != before


def test_the_stamp_changes_with_the_place(tmp_path, monkeypatch):
    stamps = set()
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        for name in dev.SET_UP_READS:
            (tmp_path / place / name).touch()
        monkeypatch.setattr(dev, "ROOT", tmp_path / place)
        stamps.add(dev.stamp("app"))
    assert len(stamps) == 2


def test_a_stamp_without_its_python_counts_for_nothing(tmp_path, monkeypatch):
    python, stamp = tmp_path / "python", tmp_path / "ready"
    monkeypatch.setattr(dev, "PYTHON", python)
    monkeypatch.setattr(dev, "STAMP", stamp)
    assert dev.read_stamp() == ""
    stamp.write_text("3.11 abc app")
    assert dev.read_stamp() == ""
    python.touch()
    assert dev.read_stamp() == "3.11 abc app"


def test_a_set_up_that_fails_leaves_no_stamp(tmp_path, monkeypatch):
    python, stamp = tmp_path / "python", tmp_path / "ready"
    python.touch()
    stamp.write_text(f"{dev.PYTHON_VERSION} old app")
    monkeypatch.setattr(dev, "PYTHON", python)
    monkeypatch.setattr(dev, "STAMP", stamp)
    monkeypatch.setattr(dev, "require_packages", lambda packages: None)

    def fail(project):
        raise dev.Trouble("no network")

    monkeypatch.setattr(dev, "install", fail)
    with pytest.raises(dev.Trouble, match="no network"):
        dev.set_up("app", "wanted")
    assert not stamp.exists()


def test_a_full_disk_is_told_in_a_sentence(monkeypatch):
    def fail():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dev, "require_packages", lambda packages: None)
    monkeypatch.setattr(dev, "read_stamp", lambda: "")
    monkeypatch.setattr(dev, "make_venv", fail)
    with pytest.raises(dev.Trouble, match="No space left on device"):
        dev.set_up("app", "wanted")


def test_a_command_that_fails_shows_what_it_said_and_what_it_means():
    failing = [sys.executable, "-c", "print('the reason'); raise SystemExit(1)"]
    with pytest.raises(dev.Trouble, match=r"the reason\n\nWhat to do\."):
        dev.run_quietly(failing, "What to do.")


def test_a_command_that_succeeds_is_quiet(capfd):
    dev.run_quietly([sys.executable, "-c", "print('chatter')"], "")
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def bare_linux(monkeypatch):
    """A Linux system on which nothing is installed, and whose user is not root."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "is_there", lambda file: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(shutil, "which", lambda program: f"/usr/bin/{program}")
    return monkeypatch


def test_who_is_not_root_gets_the_command_to_type(bare_linux):
    with pytest.raises(dev.Trouble, match=r"\nsudo apt-get update && sudo apt-get install .* libegl1 xvfb$"):
        dev.require_packages({"libegl1": "libEGL.so.1", "xvfb": "Xvfb"})


def test_without_apt_the_missing_files_are_named(bare_linux):
    bare_linux.setattr(shutil, "which", lambda program: None)
    with pytest.raises(dev.Trouble, match=r"lacks: libEGL\.so\.1\n"):
        dev.require_packages({"libegl1": "libEGL.so.1"})


def test_root_has_only_what_is_missing_installed_and_the_lists_renewed_once(bare_linux):
    asked = []
    bare_linux.setattr(os, "geteuid", lambda: 0, raising=False)
    bare_linux.setattr(dev, "is_there", lambda file: file == "Xvfb")
    bare_linux.setattr(dev, "apt_get", lambda *arguments: asked.append(arguments))
    dev.require_packages({"libegl1": "libEGL.so.1", "xvfb": "Xvfb"})
    assert asked == [("update",), ("install", "--yes", "--no-install-recommends", "libegl1")]


def test_a_python_without_venv_asks_for_it(bare_linux):
    bare_linux.setattr(importlib.util, "find_spec", lambda module: None)
    assert list(dev.missing_packages({})) == [f"python{dev.PYTHON_VERSION}-venv"]


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_need_no_packages(platform, bare_linux):
    bare_linux.setattr(sys, "platform", platform)
    dev.require_packages({"libegl1": "libEGL.so.1"})


def test_a_program_or_a_library_is_there_or_not():
    assert dev.is_there(Path(sys.executable).name) or dev.is_there("python3")
    assert not dev.is_there("no-such-program")
    assert not dev.is_there("libnosuch.so.1")


def test_a_catalogue_is_compiled_when_new_or_changed_and_not_otherwise(tmp_path):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, compiled = folder / "calmtray.po", folder / "calmtray.mo"
    assert not dev.has_stale_catalogue(tmp_path)
    source.touch()
    assert dev.has_stale_catalogue(tmp_path)
    compiled.touch()
    os.utime(source, (1, 1))
    assert not dev.has_stale_catalogue(tmp_path)
    os.utime(compiled, (0, 0))
    assert dev.has_stale_catalogue(tmp_path)


def test_a_check_tells_its_name_its_outcome_and_its_time(capfd, monkeypatch):
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    assert dev.run_check("Style", ["-c", ""])[0]
    passed, verdict = dev.run_check("Types", ["-c", "raise SystemExit(1)"])
    assert not passed
    assert re.fullmatch(r"Types +FAILED +\d+\.\d s", verdict)
    assert capfd.readouterr().out.startswith("\n=== Style\nStyle ")


def test_all_checks_run_even_if_one_fails(monkeypatch, capsys):
    ran = []

    def check(name, arguments):
        ran.append(name)
        return name != "Style", f"verdict on {name}"

    monkeypatch.setattr(dev, "get_ready", lambda depth: None)
    monkeypatch.setattr(dev, "run_check", check)
    assert dev.run_checks() == 1
    assert ran == list(dev.CHECKS)
    assert capsys.readouterr().out.count("verdict on") == len(dev.CHECKS)


def pinned():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def with_all_they_need(requirements):
    """The names of these libraries and, all the way down, of those that they ask for on this machine."""
    found, ahead = set(), [Requirement(line) for line in requirements]
    while ahead:
        one = ahead.pop()
        if plain(one.name) in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        found.add(plain(one.name))
        ahead += [Requirement(line) for line in requires(one.name) or []]
    return found


def test_constraints_are_names_and_versions_and_nothing_else():
    version = re.compile(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*( ; sys_platform == \"win32\")?")
    assert [line for line in pinned() if not version.fullmatch(line)] == []


def test_every_library_that_is_installed_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    assert with_all_they_need(asked) - {plain(line.split("==")[0]) for line in pinned()} == set()


def test_dev_py_needs_only_the_standard_library():
    check = "import sys; sys.path.insert(0, sys.argv[1]); import dev"
    subprocess.run([sys.executable, "-I", "-S", "-c", check, str(ROOT)], check=True)


def test_the_readme_names_the_libraries_that_a_wheel_wants_of_the_system():
    readme = (Path(dev.__file__).parent / "README.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"    apt install ((?:[a-z0-9.+-]+|\\\n|\s)+)\n\n", readme)
    assert named.replace("\\", "").split() == list(dev.APP_PACKAGES)
