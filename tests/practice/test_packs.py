"""Packs: what is shared arrives as it was, what is hostile changes nothing, and everything can be undone."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from calmtray.practice import moves, packs
from calmtray.practice.archive import Refused
from calmtray.practice.library import Library, Origin, load
from calmtray.practice.packs import CHOICES, Choice, Pack, Standing, Taken, make, show, take, undo
from calmtray.words.pack_texts import refusal_text
from tests.practice.bundled import FILES, PRACTICES, SHARED
from tests.practice.packing import MINE, SPOKEN, Member, good, manifest, members, pack, wav, zipped
from tests.practice.spoiling import pack_spoiled, text_spoiled, watched
from tests.practice.trying import is_sentence, try_pack, try_practice


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Where the practices come from that are shared."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for name, data in SPOKEN.items():
        (folder / Path(name).name).write_bytes(data)
    return folder


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def shown(path: Path, own: Path) -> Pack:
    return show(path, PRACTICES, own)


def taken(path: Path, own: Path, **choices: Choice) -> Taken:
    return take(shown(path, own), PRACTICES, own, choices)


def library(own: Path) -> Library:
    return load(PRACTICES, own)


def inside(own: Path) -> Mapping[str, bytes]:
    """What a library may see of a folder."""
    return {
        path.relative_to(own).as_posix(): path.read_bytes()
        for path in own.rglob("*")
        if path.is_file() and not path.relative_to(own).parts[0].startswith(".")
    }


def refusal(path: Path, own: Path) -> str:
    with pytest.raises(Refused) as caught:
        shown(path, own)
    assert all(is_sentence(line) for line in refusal_text(caught.value.problems).splitlines())
    return caught.value.problems[0].code


# Sharing.


def test_what_is_shared_is_shown_elsewhere(elsewhere, own, tmp_path):
    out = tmp_path / "ours.calmpack"
    made = make([elsewhere / "mine.toml", FILES[0]], PRACTICES, out)
    seen = shown(out, own)
    assert [(each.practice.id, each.standing) for each in seen.practices] == [
        *sorted([("mine", Standing.NEW), (FILES[0].stem, Standing.SAME)])
    ]
    (mine,) = (each for each in seen.practices if each.practice.id == "mine")
    assert mine.practice.title == {"en": "A good one", "fr": "Un bon"}
    assert [(each.step, each.lang, each.length_ms) for each in mine.recordings] == [(1, None, 500), (1, "fr", 700)]
    assert seen.size == out.stat().st_size == made.size
    assert seen.path == made.path == out


def test_a_pack_has_the_same_bytes_whenever_it_is_made(elsewhere, tmp_path):
    files = [elsewhere / "mine.toml", *FILES[:3]]
    for name, order in (("a", files), ("b", files[::-1])):
        make(order, PRACTICES, tmp_path / name)
        for path in elsewhere.iterdir():
            os.utime(path, (1, 1))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_other_programs_can_open_a_pack(elsewhere, tmp_path):
    make([elsewhere / "mine.toml"], PRACTICES, tmp_path / "a.calmpack")
    with zipfile.ZipFile(tmp_path / "a.calmpack") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["manifest.json", *sorted(SPOKEN)]
        assert archive.read("practices/mine.toml") == SPOKEN["practices/mine.toml"]


def test_all_bundled_practices_go_into_one_pack(own, tmp_path):
    made = make(FILES, PRACTICES, tmp_path / "all.calmpack")
    assert len(made.practices) == len(FILES)
    assert {each.standing for each in shown(tmp_path / "all.calmpack", own).practices} == {Standing.SAME}


def test_a_recording_that_is_never_heard_stays_at_home(elsewhere, tmp_path):
    shutil.copy(elsewhere / "mine.1.wav", elsewhere / "mine.9.wav")
    shutil.copy(elsewhere / "mine.1.wav", elsewhere / "mine.1.de.wav")
    made = make([elsewhere / "mine.toml"], PRACTICES, tmp_path / "a.calmpack")
    assert [each.suffix for each in made.practices[0].recordings] == [".1.wav", ".1.fr.wav"]


def test_what_could_not_be_taken_is_not_made(elsewhere, tmp_path):
    def code(*files: Path, out: Path = tmp_path / "a.calmpack") -> str:
        with pytest.raises(Refused) as caught:
            make(files, PRACTICES, out)
        assert is_sentence(refusal_text(caught.value.problems[:1]))
        assert list(tmp_path.glob("*.calmpack")) + list(tmp_path.glob(".*")) == []
        return caught.value.problems[0].code

    assert code() == "pack-empty"
    assert code(elsewhere / "gone.toml") == "not-found"
    assert code(written(elsewhere / "bad.toml", b"not [ toml")) == "not-toml"
    assert code(elsewhere / "mine.toml", written(elsewhere / "twin.toml", good())) == "pack-twice"
    assert code(written(elsewhere / "a.toml", good("con"))) == "pack-name-odd"
    assert code(written(elsewhere / "a.toml", good("a" * 61))) == "pack-name-odd"
    many = [written(elsewhere / f"n{number}.toml", good(f"n{number}")) for number in range(101)]
    assert code(*many) == "pack-too-many"
    assert code(elsewhere / "mine.toml", out=tmp_path / "nowhere" / "a.calmpack") == "pack-unwritable"
    written(elsewhere / "mine.1.wav", b"no sound")
    assert code(elsewhere / "mine.toml") == "pack-recording-not-audio"
    with (elsewhere / "mine.1.wav").open("wb") as file:
        file.truncate(packs.LARGEST_RECORDING + 1)
    assert code(elsewhere / "mine.toml") == "pack-file-too-large"


def test_five_recordings_may_be_more_than_a_pack_holds(elsewhere, tmp_path, monkeypatch):
    monkeypatch.setattr(packs, "LARGEST_PACK", 5_000)
    with pytest.raises(Refused, match="pack-too-large"):
        make([elsewhere / "mine.toml"], PRACTICES, tmp_path / "a.calmpack")


# Taking in.


def test_what_is_taken_in_is_there_word_by_word_and_can_be_undone(own, tmp_path):
    path = written(tmp_path / "a.calmpack", pack({**SPOKEN, "practices/other.toml": good("other")}))
    done = taken(path, own)
    assert (done.added, done.replaced, done.skipped) == (("mine", "other"), (), ())
    assert inside(own) == {
        "mine.toml": good(),
        "mine.1.wav": SPOKEN["recordings/mine.1.wav"],
        "mine.1.fr.wav": SPOKEN["recordings/mine.1.fr.wav"],
        "other.toml": good("other"),
    }
    assert library(own).origins["mine"] is Origin.OWN
    assert {each.standing for each in shown(path, own).practices} == {Standing.SAME}
    undo(done, own)
    assert inside(own) == {}
    # Nothing is deleted.
    assert (own / ".set-aside" / "1" / "mine.1.wav").read_bytes() == SPOKEN["recordings/mine.1.wav"]
    assert not list(own.glob(".taking-*"))


def test_showing_writes_nothing(own, tmp_path):
    path = written(tmp_path / "a.calmpack", pack(SPOKEN))
    with watched(tmp_path / "nobody") as seen:
        shown(path, own)
    assert seen == []
    assert list(own.iterdir()) == []


@pytest.fixture
def clash(own: Path, tmp_path: Path) -> Path:
    """A pack with an id of the user's own and one of the bundled; theirs say something else."""
    (own / "mine").mkdir()
    (own / "mine" / "old.toml").write_bytes(good().replace(b"A good one", b"The old one"))
    (own / "mine" / "old.1.wav").write_bytes(wav(40))
    (own / "mine" / "old.7.fr.WAV").write_bytes(wav(40))
    (own / "mine" / "older.toml").write_bytes(good("older"))
    bundled = good(FILES[0].stem)
    return written(tmp_path / "clash.calmpack", pack({**SPOKEN, f"practices/{FILES[0].stem}.toml": bundled}))


def test_a_clash_is_shown_before(clash, own):
    standing = {each.practice.id: each.standing for each in shown(clash, own).practices}
    assert standing == {"mine": Standing.OWN, FILES[0].stem: Standing.BUNDLED}


@pytest.mark.parametrize("choices", [{}, {"mine": Choice.SKIP}])
def test_unless_said_what_is_there_stays(clash, own, choices):
    before = inside(own)
    done = taken(clash, own, **choices)
    assert done.skipped == tuple(sorted(("mine", FILES[0].stem)))
    assert inside(own) == before


def test_what_is_replaced_is_set_aside_with_its_recordings_and_comes_back(clash, own):
    before = inside(own)
    done = taken(clash, own, mine=Choice.REPLACE)
    assert done.replaced == ("mine",)
    assert inside(own) == {
        "mine/old.toml": good(),
        "mine/old.1.wav": SPOKEN["recordings/mine.1.wav"],
        "mine/old.1.fr.wav": SPOKEN["recordings/mine.1.fr.wav"],
        "mine/older.toml": good("older"),
    }
    assert {path.name for path in (own / ".set-aside/1/mine").iterdir()} == {"old.toml", "old.1.wav", "old.7.fr.WAV"}
    undo(done, own)
    assert inside(own) == before
    assert {path.name for path in (own / ".set-aside/2/mine").iterdir()} == {"old.toml", "old.1.wav", "old.1.fr.wav"}


def test_both_are_kept_under_two_ids(clash, own):
    before = inside(own)
    done = taken(clash, own, mine=Choice.KEEP_BOTH, **{FILES[0].stem: Choice.KEEP_BOTH})
    assert done.added == tuple(sorted(("mine-2", f"{FILES[0].stem}-2")))
    now = library(own)
    assert now.problems == ()
    assert now.practices["mine"].title["en"] == "The old one"
    assert now.practices["mine-2"].title["en"] == "A good one"
    # Word by word, but for the id.
    assert (own / "mine-2.toml").read_bytes() == good("mine-2")
    assert (own / "mine-2.1.fr.wav").read_bytes() == SPOKEN["recordings/mine.1.fr.wav"]
    undo(done, own)
    assert inside(own) == before


def test_a_bundled_practice_is_never_replaced(clash, own):
    done = taken(clash, own, **{FILES[0].stem: Choice.REPLACE})
    assert FILES[0].stem in done.skipped
    assert library(own).origins[FILES[0].stem] is Origin.BUNDLED
    assert Choice.REPLACE not in CHOICES[Standing.BUNDLED]


@pytest.mark.parametrize(
    "text",
    [
        good().replace(b'id = "mine"', b'"id" = "mine"'),
        good().replace(b'id = "mine"', b'id = """mine"""'),
        good().replace(b'id = "mine"', b"id='mine'  # mine"),
        good().replace(b'id = "mine"', b'summary.en = """\nid = "mine" """\nsummary.fr = "x"\nid = "mine"').replace(
            b'summary = { en = "A file to spoil.", fr = "Un fichier \xc3\xa0 g\xc3\xa2cher." }\n', b""
        ),
    ],
)  # fmt: skip
def test_however_an_id_is_written_another_can_be_given(own, tmp_path, text):
    (own / "mine.toml").write_bytes(good().replace(b"A good one", b"The old one"))
    path = written(tmp_path / "a.calmpack", pack({"practices/mine.toml": text}))
    packed = shown(path, own).practices[0]
    assert taken(path, own, mine=Choice.KEEP_BOTH).added == ("mine-2",)
    assert library(own).practices["mine-2"] == replace(packed.practice, id="mine-2")


def test_files_that_lie_about_are_not_touched_and_not_adopted(own, tmp_path):
    written(own / "mine.1.wav", b"somebody's")
    written(own / "Other.TOML", b"somebody's")
    path = written(tmp_path / "a.calmpack", pack({**MINE, "practices/other.toml": good("other")}))
    taken(path, own)
    assert sorted(inside(own)) == ["Other.TOML", "mine-2.toml", "mine.1.wav", "other-2.toml"]
    assert {"mine", "other"} < library(own).practices.keys()


def test_other_recordings_make_another_practice(own, tmp_path):
    taken(written(tmp_path / "a.calmpack", pack(SPOKEN)), own)
    path = written(tmp_path / "b.calmpack", pack({**SPOKEN, "recordings/mine.1.wav": wav(501)}))
    assert shown(path, own).practices[0].standing is Standing.OWN
    same_length = SPOKEN["recordings/mine.1.wav"][:-1] + b"\0"
    path = written(tmp_path / "c.calmpack", pack({**SPOKEN, "recordings/mine.1.wav": same_length}))
    assert shown(path, own).practices[0].standing is Standing.OWN


def test_undoing_passes_by_what_is_gone_and_keeps_what_has_changed(own, tmp_path):
    done = taken(written(tmp_path / "a.calmpack", pack(SPOKEN)), own)
    (own / "mine.1.wav").unlink()
    (own / "mine.toml").write_bytes(good().replace(b"A good one", b"Mended"))
    undo(done, own)
    assert inside(own) == {}
    assert b"Mended" in (own / ".set-aside/1/mine.toml").read_bytes()


def test_a_pack_that_changed_after_it_was_shown_is_not_taken(own, tmp_path):
    path = written(tmp_path / "a.calmpack", pack(MINE))
    seen = shown(path, own)
    written(path, pack({"practices/mine.toml": good().replace(b"A good one", b"Quite another")}))
    with pytest.raises(Refused, match="pack-changed"):
        take(seen, PRACTICES, own, {})
    assert inside(own) == {}


# All or nothing.


@pytest.mark.parametrize("last", range(1, 6))
def test_a_move_that_fails_leaves_the_library_as_it_was(clash, own, last, monkeypatch):
    before, seen, count = inside(own), shown(clash, own), 0
    rename = Path.rename

    def failing(path: Path, there: Path) -> Path:
        nonlocal count
        count += 1
        if count == last:
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(path, there)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(Refused, match="pack-not-taken") as caught:
        take(seen, PRACTICES, own, {"mine": Choice.REPLACE})
    assert "No space left" in refusal_text(caught.value.problems)
    assert inside(own) == before
    assert not list(own.glob(".taking-*"))


class Killed(BaseException):
    """The process is gone: nobody cleans up."""


@pytest.mark.parametrize("last", range(1, 6))
def test_a_crash_leaves_the_library_as_it_was(clash, own, last, monkeypatch):
    before, seen, count = inside(own), shown(clash, own), 0
    rename = Path.rename

    def failing(path: Path, there: Path) -> Path:
        nonlocal count
        count += 1
        if count == last:
            raise Killed
        return rename(path, there)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", failing)
        patched.setattr(moves, "_take_back", lambda folder: None)
        patched.setattr(shutil, "rmtree", lambda path, ignore_errors: None)
        with pytest.raises(Killed):
            take(seen, PRACTICES, own, {"mine": Choice.REPLACE})
    assert (own / ".moving.json").exists()
    assert library(own).practices["mine"].title["en"] == "The old one"
    assert inside(own) == before
    assert not (own / ".moving.json").exists()
    assert not list(own.glob(".taking-*"))


def test_a_note_of_moves_that_somebody_else_wrote_moves_nothing_out_of_the_folder(own, tmp_path):
    outside = written(tmp_path / "outside.txt", b"not yours")
    for text in ('[["x.toml", "../outside.txt"]]', '[["../x.toml", "a"]]', "[[1, 2]]", "[", "5", "[" * 9_999, '["a"]'):
        (own / ".moving.json").write_text(text)
        assert library(own).problems == ()
        assert not (own / ".moving.json").exists()
    assert outside.read_bytes() == b"not yours"
    assert list(tmp_path.glob("x.toml")) == []


def test_two_at_once_wait_for_each_other(own, tmp_path):
    path = written(tmp_path / "a.calmpack", pack(MINE))
    with moves.alone(own), pytest.raises(Refused, match="pack-busy"):
        taken(path, own)
    done = taken(path, own)
    with moves.alone(own), pytest.raises(Refused, match="pack-busy"):
        undo(done, own)
    with moves.alone(own):
        written(own / ".moving.json", b"[]")
        assert "mine" in library(own).practices


def test_undoing_where_something_else_stands_now_changes_nothing(clash, own):
    done = taken(clash, own, mine=Choice.REPLACE)
    (own / "mine" / "old.7.fr.WAV").write_bytes(b"new")
    before = inside(own)
    with pytest.raises(Refused, match="pack-not-undone"):
        undo(done, own)
    assert inside(own) == before


def test_a_folder_that_is_a_file_is_said(tmp_path):
    path = written(tmp_path / "a.calmpack", pack(MINE))
    own = written(tmp_path / "own", b"")
    with pytest.raises(Refused, match="pack-not-taken"):
        take(shown(path, own), PRACTICES, own, {})


# Hostile ones: the zip itself is looked at in test_archive.


def with_list(**changes: object) -> bytes:
    return pack(MINE, **changes)


def listing(**changes: object) -> bytes:
    """A pack in whose list one file is told otherwise."""
    import json

    listed = json.loads(manifest(MINE))
    listed["files"][0] |= changes
    return zipped([Member("manifest.json", json.dumps(listed).encode()), *members(MINE)[1:]])


def raw_list(text: bytes) -> bytes:
    return zipped([Member("manifest.json", text), *members(MINE)[1:]])


MANY = {f"practices/n{number}.toml": good(f"n{number}") for number in range(101)}
LONG = {f"practices/n{number}.toml": good(f"n{number}") + b"#" * 250_000 for number in range(3)}
SIX_MINUTES = wav(360_000, rate=4_000, bits=8)
HOSTILE = {
    "no list": ("not-a-pack", zipped(members(MINE)[1:])),
    "two lists": ("pack-name-twice", zipped([*members(MINE), members(MINE)[0]])),
    "one file twice": ("pack-name-twice", zipped([*members(MINE), members(MINE)[1]])),
    "one file in two cases": ("pack-name-twice", zipped([*members(MINE), Member("practices/Mine.toml", good())])),
    "a newer format": ("pack-newer", with_list(format=2)),
    "a much newer format": ("pack-newer", with_list(format=10**30, surprise="yes")),
    "an older format": ("pack-manifest-wrong", with_list(format=0)),
    "a format that is true": ("pack-manifest-wrong", with_list(format=True)),
    "a format in words": ("pack-manifest-wrong", with_list(format="1")),
    "more than is known": ("pack-manifest-wrong", with_list(script="run me")),
    "a version that is none": ("pack-manifest-wrong", with_list(calmtray="\x1b[2J")),
    "a version that is a number": ("pack-manifest-wrong", with_list(calmtray=1)),
    "files that are none": ("pack-manifest-wrong", with_list(files={"a": 1})),
    "a file that is none": ("pack-manifest-wrong", with_list(files=["a"])),
    "a list that is none": ("pack-manifest-wrong", raw_list(b"[]")),
    "a list of noise": ("pack-manifest-wrong", raw_list(b"\xff\xfe{")),
    "a deep list": ("pack-manifest-wrong", raw_list(b"[" * 200_000)),
    "an endless number": ("pack-manifest-wrong", raw_list(b'{"format": ' + b"1" * 100_000 + b"}")),
    "a key twice": ("pack-manifest-wrong", raw_list(manifest(MINE).replace(b"{", b'{"format": 2, ', 1))),
    "a large list": ("pack-manifest-wrong", raw_list(b" " * (packs.LARGEST_TEXT + 1))),
    "nothing in it": ("pack-empty", pack({})),
    "sound alone": ("pack-empty", pack({"recordings/mine.1.wav": wav()})),
    "a wrong size": ("pack-damaged", listing(size=7)),
    "a wrong hash": ("pack-damaged", listing(sha256="0" * 64)),
    "a hash that is none": ("pack-manifest-wrong", listing(sha256=None)),
    "a size that is none": ("pack-manifest-wrong", listing(size="7")),
    "a path that is none": ("pack-manifest-wrong", listing(path=["a"])),
    "a very long path": ("pack-manifest-wrong", listing(path="a" * 100_000)),
    "another kind": ("pack-name-odd", listing(kind="recording")),
    "a kind that is none": ("pack-name-odd", listing(kind=["practice"])),
    "more said of a file": ("pack-manifest-wrong", listing(mode="0777")),
    "a file listed that is missing": ("pack-file-missing", listing(path="practices/other.toml")),
    "the list lists itself": ("pack-damaged", zipped([Member("manifest.json", manifest({"manifest.json": b""}))])),
    "a file that is not listed": ("pack-unlisted", zipped([*members(MINE), Member("practices/x.toml", good("x"))])),
    "code": ("pack-unlisted", zipped([*members(MINE), Member("setup.py", b"import os")])),
    "listed code": ("pack-name-odd", pack({**MINE, "practices/evil.py": b"import os"})),
    "another folder": ("pack-name-odd", pack({**MINE, "evil.toml": good("evil")})),
    "a folder below": ("pack-name-odd", pack({**MINE, "practices/a/evil.toml": good("evil")})),
    "a hidden file": ("pack-name-odd", pack({**MINE, "practices/.evil.toml": good("evil")})),
    "capitals": ("pack-name-odd", pack({"practices/MINE.toml": good()})),
    "a device of Windows": ("pack-name-odd", pack({"practices/nul.toml": good("nul")})),
    "another device": ("pack-name-odd", pack({"practices/com1.toml": good("com1")})),
    "the patterns of the library": ("pack-name-odd", pack({"practices/patterns.toml": good("patterns")})),
    "a long id": ("pack-name-odd", pack({f"practices/{'a' * 61}.toml": good("a" * 61)})),
    "the id of another": ("pack-name-of-another", pack({"practices/mine.toml": good("yours")})),
    "a mistake in a practice": ("out-of-bounds", pack({"practices/mine.toml": good().replace(b"= 15", b"= 1e9")})),
    "a newer practice": ("newer-format", pack({"practices/mine.toml": good().replace(b"format = 1", b"format = 2")})),
    "a practice in another encoding": ("not-utf8", pack({"practices/mine.toml": good().decode().encode("utf-16")})),
    "a practice of nothing": ("missing", pack({"practices/mine.toml": b""})),
    "a large practice": ("pack-file-too-large", pack({"practices/mine.toml": good() + b"#" * 300_000})),
    "too many practices": ("pack-too-many", pack(MANY)),
    "too much text": ("pack-too-many", pack(LONG)),
    "a recording of nothing": ("pack-recording-of-nothing", pack({**MINE, "recordings/yours.1.wav": wav()})),
    "a recording of no step": ("pack-recording-of-nothing", pack({**MINE, "recordings/mine.9.wav": wav()})),
    "a recording of a silent step": ("pack-recording-of-nothing", pack({**MINE, "recordings/mine.2.wav": wav()})),
    "step nought": ("pack-name-odd", pack({**MINE, "recordings/mine.0.wav": wav()})),
    "a step with a nought": ("pack-name-odd", pack({**MINE, "recordings/mine.01.wav": wav()})),
    "a language that is none": ("pack-name-odd", pack({**MINE, "recordings/mine.1.de.wav": wav()})),
    "no sound": ("pack-recording-not-audio", pack({**MINE, "recordings/mine.1.wav": b"#!/bin/sh"})),
    "sound of another kind": ("pack-recording-not-audio", pack({**MINE, "recordings/mine.1.wav": b"OggS" + bytes(99)})),
    "silence of no length": ("pack-recording-empty", pack({**MINE, "recordings/mine.1.wav": wav(0)})),
    "six minutes": ("pack-recording-too-long", pack({**MINE, "recordings/mine.1.wav": SIX_MINUTES})),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_pack_is_refused_and_the_library_is_as_before(kind, own, tmp_path):
    code, data = HOSTILE[kind]
    (own / "older.toml").write_bytes(good("older"))
    before = library(own)
    path = written(tmp_path / "evil.calmpack", data)
    with watched(own) as seen:
        assert refusal(path, own) == code
        unseen = Pack(path, len(data), "0.1.0", "", ())
        with pytest.raises(Refused):
            take(unseen, PRACTICES, own, {})
    assert seen == []
    assert library(own) == before
    assert sorted(path.name for path in own.iterdir()) == [".lock", "older.toml"]


def test_a_practice_in_one_language_takes_no_recording_in_the_other(own, tmp_path):
    text = good().replace(b"format = 1", b'format = 1\nlanguages = ["en"]').decode()
    for french in (
        ', fr = "Un bon"',
        ', fr = "Un fichier à gâcher."',
        ', fr = "On ne sait pas."',
        ', fr = "Voici un mot."',
    ):
        text = text.replace(french, "")
    files = {"practices/mine.toml": text.encode()}
    assert shown(written(tmp_path / "a", pack(files)), own).practices[0].practice.languages == ("en",)
    files["recordings/mine.1.fr.wav"] = wav()
    assert refusal(written(tmp_path / "b", pack(files)), own) == "pack-recording-of-nothing"


def test_what_is_no_file_is_not_opened(own, tmp_path):
    assert refusal(tmp_path / "nowhere", own) == "not-found"
    assert refusal(tmp_path, own) == "pack-no-file"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert refusal(tmp_path / "pipe", own) == "pack-no-file"
        (tmp_path / "round").symlink_to("round")
        assert refusal(tmp_path / "round", own) in {"not-found", "pack-unreadable"}


# By chance: benchmarks/fuzz.py tries 10,000 of them.


@pytest.mark.parametrize("number", range(150))
def test_a_spoiled_file_is_read_or_refused_with_a_sentence(number, tmp_path):
    chance = Random(number)
    data = text_spoiled(chance.choice(FILES).read_text(encoding="utf-8"), chance)
    with watched(tmp_path) as seen:
        try_practice(tmp_path / "spoiled.toml", data, SHARED)
    assert seen == []


@pytest.mark.parametrize("number", range(150))
def test_a_spoiled_pack_is_taken_whole_or_refused_with_a_sentence(number, own, tmp_path):
    chance = Random(number)
    (own / "mine.toml").write_bytes(good().replace(b"A good one", b"Another one"))
    data = pack_spoiled(dict(SPOKEN), chance)
    path = tmp_path / "spoiled.calmpack"
    with watched(own, path) as seen:
        try_pack(path, data, own, chance)
    assert seen == []


def test_writing_elsewhere_would_be_noticed(tmp_path, own):
    with watched(own) as seen:
        (own / "fine").write_text("")
        (tmp_path / "not fine").write_text("")
        (own / "fine").rename(tmp_path / "gone")
        (tmp_path / "made").mkdir()
    assert [line.split()[0] for line in seen] == ["open", "os.rename", "os.mkdir"]
