"""All practices on this machine, whatever lies in their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from calmtray.practice.format import Invalid
from calmtray.practice.library import (
    LARGEST_BYTES,
    Checked,
    Library,
    Origin,
    Reader,
    check,
    files_in,
    load,
    read_practice,
    stamp,
)
from calmtray.practice.model import Practice
from calmtray.practice.problem import Problem
from calmtray.words.texts import problem_text
from tests.practice.bundled import FILES, GOOD, PRACTICES, SHARED


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "practices"
    folder.mkdir()
    return folder


def good(id_: str) -> str:
    return GOOD.replace("a-good-one", id_)


def loaded(own: Path) -> Library:
    return load(PRACTICES, own)


def told(library: Library) -> list[tuple[str, str]]:
    return [(Path(problem.file).name, problem.code) for problem in library.problems]


# What is there.


def test_without_a_folder_of_ones_own_there_are_the_bundled_ones(tmp_path):
    library = loaded(tmp_path / "nowhere")
    assert len(library) == len(FILES)
    assert set(library.origins.values()) == {Origin.BUNDLED}
    assert library.problems == ()


def test_ones_own_practices_follow_the_bundled_ones_from_folders_below_too(own):
    (own / "deep" / "er").mkdir(parents=True)
    (own / "b.toml").write_text(good("second"))
    (own / "a.toml").write_text(good("first"))
    (own / "deep" / "er" / "c.toml").write_text(good("third"))
    library = loaded(own)
    assert [practice.id for practice in library][len(FILES) :] == ["first", "second", "third"]
    assert library.origins["third"] is Origin.OWN
    assert library.files["third"] == own / "deep" / "er" / "c.toml"
    assert library.files["five-five"] == PRACTICES / "breath" / "five-five.toml"
    assert list(library.files) == list(library.practices)
    assert library.problems == ()


@pytest.mark.parametrize("name", ["My.TOML", "my.Toml", "MY.TOML"])
def test_the_ending_may_be_written_in_letters_of_any_size(own, name):
    before = stamp(own)
    (own / name).write_text(good("mine"))
    (own / "Patterns.TOML").write_text("not = read")
    assert loaded(own).files["mine"] == own / name
    assert loaded(own).problems == ()
    assert stamp(own) != before
    assert files_in([own, own / name]) == [own / name, own / name]


def test_a_practice_of_ones_own_adds_no_day_to_the_one_a_day(own):
    (own / "a.toml").write_text(good("mine").replace("posture", "core = true\nposture"))
    library = loaded(own)
    assert not library.practices["mine"].core
    assert sum(practice.core for practice in library) == 31


def test_other_files_are_passed_by(own):
    for name in ("notes.txt", "x.toml~", ".x.toml.swp", "toml", "patterns.toml", "Patterns.TOML", "sources.toml"):
        (own / name).write_text("not [ toml")
    assert told(loaded(own)) == []


def test_patterns_of_ones_own_further_down_are_taken_for_a_practice(own):
    (own / "mine").mkdir()
    (own / "mine" / "patterns.toml").write_text("not [ toml")
    assert told(loaded(own)) == [("patterns.toml", "not-toml")]


def test_a_file_may_begin_with_a_byte_order_mark_and_have_the_line_ends_of_windows(own):
    (own / "a.toml").write_bytes(b"\xef\xbb\xbf" + good("from-windows").replace("\n", "\r\n").encode())
    assert "from-windows" in loaded(own).practices


# What is wrong with a file never hides the others.


def test_one_bad_file_never_hides_the_others(own):
    (own / "a.toml").write_text("not [ toml")
    (own / "b.toml").write_text(good("a-good-one").replace("inward = 1", "inward = 9"))
    (own / "c.toml").write_text(good("last"))
    library = loaded(own)
    assert told(library) == [("a.toml", "not-toml"), ("b.toml", "out-of-bounds")]
    assert "last" in library.practices
    assert len(library) == len(FILES) + 1


def write_noise(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)  # 50 MB that take no room on the disk


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_a_folder(path: Path) -> None:
    folder = path.with_name("elsewhere")
    folder.mkdir()
    path.symlink_to(folder)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nothing")


def link_to_noise_without_end(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither fifos nor links for everybody")
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (Path.mkdir, "is-a-folder"),
        (link_to_a_folder, "is-a-folder"),
        (make_fifo, "not-a-file"),
        (link_to_noise_without_end, "not-a-file"),
        (link_to_itself, "unreadable"),
        (link_to_nothing, "not-found"),
        (write_noise, "too-large"),
        (lambda path: path.write_bytes(good("x").encode("utf-16")), "not-utf8"),
    ],
)
def test_what_is_no_text_file_is_listed_and_waited_for_never(own, make, code):
    make(own / "odd.toml")
    (own / "zz.toml").write_text(good("last"))
    library = loaded(own)
    assert told(library) == [("odd.toml", code)]
    assert "last" in library.practices
    assert problem_text(library.problems[0]).startswith(str(own / "odd.toml"))


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(own):
    text = good("large")
    filler = "#" * (LARGEST_BYTES - len(text.encode()) - 1)
    (own / "a.toml").write_text(text + filler + "\n")
    assert loaded(own).problems == ()
    (own / "a.toml").write_text(text + filler + "#\n")
    (problem,) = loaded(own).problems
    assert (problem.code, problem.details) == ("too-large", {"most": 256})


def test_a_wrong_encoding_is_told_with_its_line(own):
    (own / "a.toml").write_bytes(good("latin").replace("Un bon", "Un été").encode("latin-1"))
    (problem,) = loaded(own).problems
    line = GOOD[: GOOD.index("Un bon")].count("\n") + 1
    assert (problem.code, problem.line) == ("not-utf8", line)
    assert f"a.toml:{line}: " in problem_text(problem)


def test_the_bundled_practice_keeps_its_id_and_the_first_of_ones_own_keeps_its(own):
    (own / "a.toml").write_text(good("five-five"))
    (own / "b.toml").write_text(good("mine"))
    (own / "c.toml").write_text(good("mine"))
    library = loaded(own)
    assert library.origins["five-five"] is Origin.BUNDLED
    assert [(Path(p.file).name, Path(str(p.details["other"])).name) for p in library.problems] == [
        ("a.toml", "five-five.toml"),
        ("c.toml", "b.toml"),
    ]
    assert {problem.code for problem in library.problems} == {"duplicate-id"}
    assert problem_text(library.problems[1]) == (
        f"{own / 'c.toml'}: id: The id “mine” is taken by {own / 'b.toml'}. Give this practice another one."
    )


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "practices").write_text("")
    (problem,) = loaded(tmp_path / "practices").problems
    assert (problem.code, problem.file) == ("unreadable", str(tmp_path / "practices"))


def test_a_folder_linked_in_a_circle_is_not_walked_for_ever(own):
    (own / "round").symlink_to(own)
    (own / "a.toml").write_text(good("once"))
    assert loaded(own).problems == ()


# When to read again.


def test_the_stamp_changes_with_every_file_and_with_none_else(own):
    seen = [stamp(own)]
    assert stamp(own) == seen[-1]

    def changed() -> bool:
        seen.append(stamp(own))
        return seen[-1] not in seen[:-1]

    file = own / "a.toml"
    file.write_text(good("a"))
    assert changed()
    os.utime(file, ns=(1, 1))
    assert changed()
    (own / "below").mkdir()
    file.rename(own / "below" / "a.toml")
    assert changed()
    (own / "notes.txt").write_text("not a practice")
    assert not changed()


def test_a_file_replaced_by_another_of_the_same_age_changes_the_stamp(own):
    (own / "a.toml").write_text(good("a"))
    (own / "b.tmp").write_text(good("quite-another"))
    for file in own.iterdir():
        os.utime(file, ns=(1, 1))
    before = stamp(own)
    (own / "b.tmp").replace(own / "a.toml")
    assert stamp(own) != before


def test_a_link_changes_with_the_file_it_leads_to(own, tmp_path):
    (tmp_path / "elsewhere.toml").write_text("")
    (own / "a.toml").symlink_to(tmp_path / "elsewhere.toml")
    before = stamp(own)
    (tmp_path / "elsewhere.toml").write_text(good("a"))
    assert stamp(own) != before


def test_a_file_that_goes_while_the_folder_is_looked_at_is_not_there(own, monkeypatch):
    (own / "a.toml").write_text(good("a"))
    monkeypatch.setattr("calmtray.practice.library._files", lambda folder, problems: [str(own / "gone.toml")])
    assert stamp(own) == stamp(own)


def test_no_folder_has_a_stamp_too(tmp_path):
    assert stamp(tmp_path / "nowhere") == ()


# Read again and again.


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """The names of the files that are read, in order."""
    names = []

    def counted(path, shared):
        names.append(path.name)
        return read_practice(path, shared)

    monkeypatch.setattr("calmtray.practice.library.read_practice", counted)
    return names


def test_nothing_is_read_again_while_nothing_changes(own, parsed):
    (own / "a.toml").write_text(good("a"))
    reader = Reader(PRACTICES, own)
    library = reader.read()
    assert sorted(parsed) == sorted([path.name for path in FILES] + ["a.toml"])
    assert reader.read() is library
    assert len(parsed) == len(FILES) + 1


def test_only_what_changed_is_read_again_and_the_library_is_as_if_all_of_it_were(own, parsed):
    for name in ("a", "b", "c", "d"):
        (own / f"{name}.toml").write_text(good(name) if name != "d" else "not [ toml")
    reader = Reader(PRACTICES, own)
    reader.read()
    parsed.clear()
    (own / "a.toml").write_text(good("quite-new"))
    (own / "b.toml").unlink()
    (own / "below").mkdir()
    (own / "below" / "c.toml").write_text(good("c"))
    library = reader.read()
    assert sorted(parsed) == ["a.toml", "c.toml"]
    assert library == loaded(own)
    assert {"quite-new", "c"} <= set(library.practices)
    assert told(library) == [("d.toml", "not-toml"), ("c.toml", "duplicate-id")]


def test_a_practice_that_gave_its_id_away_comes_back_when_it_can(own):
    (own / "a.toml").write_text(good("twin"))
    (own / "b.toml").write_text(good("twin"))
    reader = Reader(PRACTICES, own)
    assert told(reader.read()) == [("b.toml", "duplicate-id")]
    (own / "a.toml").unlink()
    library = reader.read()
    assert library.files["twin"] == own / "b.toml"
    assert library.problems == ()


def test_the_library_knows_every_work_that_is_cited(own):
    library = loaded(own)
    for practice in library:
        for id_ in practice.why.sources:
            work = library.works[id_]
            assert work.id == id_
            assert work.author
            assert work.title
            assert work.published
            assert 1800 < work.year < 2100


# One file, and some files.


def test_one_file_is_read_by_itself():
    assert read_practice(FILES[0], SHARED).id == FILES[0].stem


def test_a_problem_names_its_file(tmp_path):
    (tmp_path / "a.toml").write_text("nonsense = 1\n")
    with pytest.raises(Invalid) as caught:
        read_practice(tmp_path / "a.toml", SHARED)
    assert {problem.file for problem in caught.value.problems} == {str(tmp_path / "a.toml")}


def nothing(practice: Practice, path: Path) -> tuple[Problem, ...]:
    return ()


def test_checking_tells_of_a_bundled_practice_that_is_damaged(tmp_path):
    for name in ("patterns.toml", "sources.toml"):
        (tmp_path / name).write_bytes((PRACTICES / name).read_bytes())
    damaged = tmp_path / "breath" / "damaged.toml"
    damaged.parent.mkdir()
    damaged.write_text("format = 1\n", encoding="utf-8")
    checked = check([damaged], tmp_path, nothing)
    assert {problem.file for problem in checked.mistakes} == {str(damaged)}


def test_checking_finds_nothing_wrong_with_the_bundled_practices():
    assert check(FILES, PRACTICES, nothing) == Checked((), ())


def test_checking_tells_everything_wrong_with_every_file(tmp_path):
    paths = [tmp_path / name for name in ("a.toml", "b.toml", "c.toml", "gone.toml")]
    for path in paths[:3]:
        path.write_text(good("twin"))
    paths[1].write_text("not [ toml")
    found = [(Path(problem.file).name, problem.code) for problem in check(paths, PRACTICES, nothing).mistakes]
    assert found == [("b.toml", "not-toml"), ("c.toml", "duplicate-id"), ("gone.toml", "not-found")]


def test_advice_is_asked_for_whatever_can_be_read_and_names_its_file(tmp_path):
    paths = [tmp_path / name for name in ("a.toml", "b.toml", "c.toml")]
    for path in paths:
        path.write_text(good("twin"))
    paths[1].write_text("not [ toml")

    def advise(practice: Practice, path: Path) -> list[Problem]:
        return [Problem("pressure", f"{practice.id}"), Problem("recording-silent", file=f"{path}.wav")]

    checked = check(paths, PRACTICES, advise)
    assert [problem.code for problem in checked.mistakes] == ["not-toml", "duplicate-id"]
    assert [(problem.where, Path(problem.file).name) for problem in checked.advice] == [
        ("twin", "a.toml"),
        ("", "a.toml.wav"),
        ("twin", "c.toml"),
        ("", "c.toml.wav"),
    ]


# The sentences.


def test_a_name_or_a_key_with_line_breaks_or_commands_for_a_terminal_stays_on_its_line():
    text = problem_text(Problem("unknown-key", "a\nb\x1b[2J", file="x\ny.toml", details={"key": "a\nb\x1b[2J"}))
    assert text == "x y.toml: a b [2J: “a b [2J” means nothing here. Take it out or mend its name."
