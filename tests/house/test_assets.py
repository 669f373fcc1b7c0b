"""What ships with calmtray: where each file comes from, that it can be made again, and what it all weighs."""

from __future__ import annotations

import tomllib
from collections import Counter

import numpy as np
import pytest

import dev
from tests.house.source import ROOT
from tools.sounds.making import SOUNDS, decode, write

ASSETS = ROOT / "assets"
ENTRIES = tomllib.loads((ASSETS / "SOURCES.toml").read_text(encoding="utf-8"))["asset"]
ABOUT_THE_REST = {ASSETS / "LICENSE", ASSETS / "SOURCES.toml", *(ASSETS / "licences").rglob("*.txt")}

MOST_BYTES = 30e6
MOST_SOUND_BYTES = 2.5e6
MOST_AMBIENCE_BYTES = 500e3


def all_files():
    return {path for path in ASSETS.rglob("*") if path.is_file()} - ABOUT_THE_REST


def weight(paths):
    return sum(path.stat().st_size for path in paths)


def test_every_file_has_one_origin():
    origins = Counter(path for entry in ENTRIES for path in ASSETS.glob(entry["files"]))
    assert {path: origins[path] for path in all_files() if origins[path] != 1} == {}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["files"])
def test_every_origin_is_told_in_full_and_has_its_files(entry):
    assert set(entry) == {"files", "made_by", "author", "licence", "note"}
    assert all(isinstance(value, str) and value.strip() for value in entry.values())
    assert any(path.is_file() for path in ASSETS.glob(entry["files"]))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["files"])
def test_what_is_said_to_make_a_file_is_a_command(entry):
    commands = {f"python3 dev.py {name}" for name in dev.MODULES}
    assert entry["made_by"] in commands | {"hand"}


def test_all_of_it_is_light():
    assert weight(all_files()) < MOST_BYTES
    assert weight((ASSETS / "sounds").rglob("*.*")) < MOST_SOUND_BYTES
    assert max(path.stat().st_size for path in (ASSETS / "sounds" / "ambience").iterdir()) < MOST_AMBIENCE_BYTES


def test_the_sounds_are_those_that_the_command_makes():
    folder = ASSETS / "sounds"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")} == set(SOUNDS)


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_made_again_is_the_same_sound(name, tmp_path):
    write(name, tmp_path)
    again, kept = decode(tmp_path / name), decode(ASSETS / "sounds" / name)
    assert again.shape == kept.shape
    # Vorbis counts in floating point, each machine in its own way to the last digit.
    allowed = 0 if name.endswith(".flac") else 2
    assert np.max(np.abs(again.astype(np.int32) - kept)) <= allowed


def test_a_file_that_sounds_as_it_should_is_left_alone(tmp_path):
    """Else every run would give other bytes: each Vorbis stream has a number of its own."""
    write("ambience/room.ogg", tmp_path)
    before = (tmp_path / "ambience" / "room.ogg").read_bytes()
    write("ambience/room.ogg", tmp_path)
    assert (tmp_path / "ambience" / "room.ogg").read_bytes() == before
    assert [path.name for path in (tmp_path / "ambience").iterdir()] == ["room.ogg"]


def test_a_file_that_sounds_otherwise_is_made_anew(tmp_path):
    target = tmp_path / "bells" / "step.flac"
    write("bells/begin.flac", tmp_path)
    (tmp_path / "bells" / "begin.flac").rename(target)
    write("bells/step.flac", tmp_path)
    assert np.array_equal(decode(target), decode(ASSETS / "sounds" / "bells" / "step.flac"))
