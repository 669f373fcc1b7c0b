"""``calmtray pack``: made, shown and taken on the command line, and refused in one line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from calmtray.cli import FAILED, MISTAKE, OK
from calmtray.desktop.paths import Paths
from tests.practice.bundled import FILES
from tests.practice.packing import SPOKEN, good, pack


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "theirs.calmpack"
    path.write_bytes(pack(SPOKEN))
    return path


@pytest.fixture
def mine(paths: Paths) -> Path:
    """A practice of the user's own with the id that is in the pack."""
    paths.practices.mkdir(parents=True)
    path = paths.practices / "mine.toml"
    path.write_bytes(good().replace(b"A good one", b"The old one"))
    return path


def ids(calmtray) -> set[str]:
    return {each["id"] for each in json.loads(calmtray("list", "--json").out)} - {file.stem for file in FILES}


def test_what_is_made_here_is_shown_there(calmtray, mine, tmp_path):
    out = tmp_path / "out.calmpack"
    said = calmtray("pack", "make", "mine", FILES[0].stem, "--out", str(out))
    assert (said.status, said.err) == (OK, "")
    assert said.out.startswith("2 practices, ")
    said = calmtray("pack", "show", str(out))
    assert said.status == OK
    practices = said.out.split("\n\n")[1:]
    assert [each.split(":")[0] for each in practices] == sorted(("mine", FILES[0].stem))


def test_what_is_shown_is_everything_that_a_practice_says_and_asks_for(calmtray, theirs):
    said = calmtray("pack", "show", str(theirs)).out
    for told in ("A good one", "A file to spoil.", "55 s · English + Français · 2 recordings", "Here is a word."):
        assert told in said
    assert "Breath holds: none · Attention: a little inward" in said
    assert "Small, soft breaths" in said
    assert "It goes against 3 rules of content, and does not say why:\n    ends turned inward (step 2)" in said


def test_a_pack_as_json_says_what_a_program_wants_to_know(calmtray, mine, theirs):
    shown = json.loads(calmtray("pack", "show", str(theirs), "--json").out)
    assert (shown["path"], shown["size"]) == (str(theirs), theirs.stat().st_size)
    (packed,) = shown["practices"]
    assert (packed["id"], packed["standing"], packed["length_ms"]) == ("mine", "own", 55_000)
    assert packed["title"] == {"en": "A good one", "fr": "Un bon"}
    assert (packed["inward"], packed["cautions"], packed["caution"]) == (1, ["inward", "slow"], {})
    assert packed["steps"][0] == {"length_ms": 15_000, "say": {"en": "Here is a word.", "fr": "Voici un mot."}}
    assert packed["against"][0] == {"rule": "no-way-out", "where": "steps[1]", "reason": None}
    assert [(each["step"], each["lang"], each["length_ms"]) for each in packed["recordings"]] == [
        (1, None, 500),
        (1, "fr", 700),
    ]


def test_a_pack_is_taken(calmtray, theirs, paths):
    said = calmtray("pack", "take", str(theirs), "--yes")
    assert (said.status, said.err) == (OK, "")
    assert "Here is a word." in said.out
    assert said.out.splitlines()[-1] == "1 practice added."
    assert ids(calmtray) == {"mine"}
    assert (paths.practices / "mine.1.wav").read_bytes() == SPOKEN["recordings/mine.1.wav"]


def test_a_clash_has_to_be_decided(calmtray, mine, theirs):
    before = mine.read_bytes()
    said = calmtray("pack", "take", str(theirs))
    assert said.status == MISTAKE
    assert said.err == "calmtray: These ids are taken: mine. Say what to do: --skip, --replace or --keep-both.\n"
    assert "You have another practice with the id “mine”." in said.out
    assert mine.read_bytes() == before


@pytest.mark.parametrize(
    ("choice", "sentence", "there"),
    [
        ("--skip", "1 practice left out.", {"mine"}),
        ("--replace", "1 practice replaced.", {"mine"}),
        ("--keep-both", "1 practice added.", {"mine", "mine-2"}),
    ],
)
def test_a_clash_is_decided_in_three_ways(calmtray, mine, theirs, choice, sentence, there):
    said = calmtray("pack", "take", str(theirs), choice, "--yes")
    assert (said.status, said.out.splitlines()[-1]) == (OK, sentence)
    assert ids(calmtray) == there
    assert (b"The old one" in mine.read_bytes()) is (choice != "--replace")


@pytest.mark.parametrize("there", [(), ("stdin",), ("stdout",)])
def test_where_nobody_can_be_asked_nothing_is_added_unsaid(calmtray, theirs, monkeypatch, there):
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(getattr(sys, name), "isatty", lambda name=name: name in there)
    said = calmtray("pack", "take", str(theirs))
    assert said.status == MISTAKE
    assert said.err == "calmtray: Nobody can be asked here, so nothing was added; --yes adds it without asking.\n"
    assert "Here is a word." in said.out
    assert ids(calmtray) == set()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "options", "there"),
    [
        ("y\n", (), {"mine"}),
        ("Oui\n", (), {"mine"}),
        ("n\n", (), set()),
        ("\n", (), set()),
        ("", (), set()),
        ("", ("--yes",), {"mine"}),
    ],
)
def test_at_a_terminal_it_asks_first(calmtray, theirs, monkeypatch, answer, options, there):
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    said = calmtray("pack", "take", str(theirs), *options)
    assert said.status == OK
    assert ("Nothing was added." in said.out) is not bool(there)
    assert ids(calmtray) == there


def test_every_refusal_is_one_line_and_a_status(calmtray, paths, tmp_path):
    bad = tmp_path / "bad.calmpack"
    bad.write_bytes(b"hello")
    cases = {
        ("pack", "show", str(bad)): MISTAKE,
        ("pack", "take", str(bad)): MISTAKE,
        ("pack", "show", str(tmp_path / "gone")): MISTAKE,
        ("pack", "show", str(tmp_path)): MISTAKE,
        ("pack", "make", FILES[0].stem, "--out", str(tmp_path / "a.zip")): MISTAKE,
        ("pack", "make", "no-such", "--out", str(tmp_path / "a.calmpack")): MISTAKE,
        ("pack", "make", FILES[0].stem, "--out", str(tmp_path / "no" / "a.calmpack")): FAILED,
        ("pack", "make", FILES[0].stem, FILES[0].stem, "--out", str(tmp_path / "a.calmpack")): MISTAKE,
        ("pack", "take", str(bad), "--skip", "--replace"): MISTAKE,
        ("pack",): MISTAKE,
    }
    for command, status in cases.items():
        said = calmtray(*command)
        assert (said.status, said.out) == (status, ""), command
        assert said.err.startswith("calmtray: "), command
        assert len(said.err.splitlines()) == 1, command
    assert not paths.practices.exists() or list(paths.practices.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["bad.calmpack"]


def test_mistakes_in_the_practices_of_a_pack_are_named(calmtray, tmp_path):
    path = tmp_path / "a.calmpack"
    path.write_bytes(pack({"practices/mine.toml": good().replace(b"= 15", b"= 1e9").replace(b"inward = 1", b"x = 1")}))
    said = calmtray("pack", "show", str(path))
    assert said.status == MISTAKE
    assert len(said.err.splitlines()) == 3
    assert "practices/mine.toml: steps[0].seconds: " in said.err
