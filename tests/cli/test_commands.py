"""Every command: what it says when all is well, and in one line when it is not."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calmtray.cli import FAILED, MISTAKE, OK
from calmtray.desktop import single_instance
from calmtray.desktop.paths import Paths
from calmtray.journal.feeling import Feeling
from calmtray.journal.store import Ended, Journal
from calmtray.settings.file import SettingsFile
from calmtray.settings.model import Settings
from calmtray.words.language import use_language
from calmtray.words.trouble_texts import could_not_start_text
from tests.practice.bundled import FILES, GOOD
from tests.sound.speakers import write_speech

COMMANDS = ("start", "list", "suggest", "timeline", "check", "journal", "status", "quit", "voices", "render")
ST_JOHNS = ZoneInfo("America/St_Johns")


def put(paths: Paths, name: str, text: str) -> Path:
    paths.practices.mkdir(parents=True, exist_ok=True)
    path = paths.practices / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("command", "status"), [("quit", OK), ("no-such", MISTAKE)])
def test_without_a_terminal_it_does_as_it_is_told_and_says_nothing(home, command, status):
    """A program of Windows that has a window has none."""
    text = "import sys; sys.stdout = sys.stderr = None; from calmtray.cli import main; sys.exit(main(sys.argv[1:]))"
    told = subprocess.run([sys.executable, "-c", text, "--home", str(home), command], capture_output=True)
    assert (told.returncode, told.stdout, told.stderr) == (status, b"", b"")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_should_not_happen_is_logged_and_told_in_a_sentence(calmtray, paths, monkeypatch, lang):
    def damaged(_folder: Path) -> None:
        raise ValueError("Marie")

    monkeypatch.setattr("calmtray.practice.library.read_shared", damaged)
    said = calmtray("--lang", lang, "list")
    assert (said.status, said.out) == (FAILED, "")
    use_language(lang)
    assert said.err == f"calmtray: {could_not_start_text(str(paths.log))}\n"
    written = paths.log.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "Marie" not in written


# list


def test_list_has_a_line_for_each_practice(calmtray):
    said = calmtray("list")
    assert (said.status, said.err) == (OK, "")
    assert [line.split()[0] for line in said.out.splitlines()] == [path.stem for path in FILES]
    look = next(line for line in said.out.splitlines() if line.startswith("look-around"))
    assert look.split(maxsplit=5) == ["look-around-the-room", "1", "min", "30", "s", "Look around the room"]


def test_list_shows_the_users_own_and_names_the_broken_ones(calmtray, paths):
    put(paths, "mine.toml", GOOD)
    broken = put(paths, "broken.toml", "not [ toml")
    said = calmtray("list")
    assert said.status == OK
    assert "a-good-one" in said.out
    assert said.err.startswith(f"{broken}:1: ")
    assert len(said.err.splitlines()) == 1


def test_list_as_json_says_what_a_program_wants_to_know(calmtray):
    said = calmtray("list", "--json")
    listed = json.loads(said.out)
    assert [each["id"] for each in listed] == [path.stem for path in FILES]
    look = next(each for each in listed if each["id"] == "look-around-the-room")
    assert look == {
        "id": "look-around-the-room",
        "category": "orientation",
        "title": "Look around the room",
        "length_ms": 90_000,
        "needs": ["after-heavy-session", "numb", "agitated", "between-back-to-back"],
        "has_hold": False,
        "inward": 0,
        "discreet": "yes",
        "eyes": "open",
    }


@pytest.mark.parametrize(
    "arguments", [("--lang", "fr", "list"), ("list", "--lang", "fr"), ("--lang=fr", "list"), ("list", "--lang=fr")]
)
def test_french_may_be_asked_for_before_the_command_and_after(calmtray, arguments):
    assert "Faire le tour de la pièce du regard" in calmtray(*arguments).out


@pytest.mark.parametrize(
    ("name", "value"), [("LANG", "fr_CA.UTF-8"), ("LC_ALL", "fr_FR"), ("LC_MESSAGES", "fr"), ("LANGUAGE", "de:fr")]
)
def test_the_environment_chooses_the_language(calmtray, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert "Faire le tour de la pièce du regard" in calmtray("list").out


def test_the_settings_choose_before_the_environment_and_the_command_line_before_both(calmtray, paths, monkeypatch):
    SettingsFile(paths.settings).save(Settings(language="fr"))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "Faire le tour de la pièce du regard" in calmtray("list").out
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert "Look around the room" in calmtray("--lang", "en", "list").out


# timeline


def test_timeline_shows_every_cue(calmtray):
    said = calmtray("timeline", "look-around-the-room")
    assert said.status == OK
    first, second, *_ = said.out.splitlines()
    assert first == "00:00.000-00:03.000  bell   begin"
    # As it is played: the voice lets the bell speak first.
    assert second.startswith("00:01.500-")
    assert second.endswith("words  Ninety seconds, eyes open. The chair or floor can hold you.")
    assert said.out.splitlines()[-1].endswith("  bell   end")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_timeline_as_json_has_the_same_shape_for_every_practice(calmtray, path):
    data = json.loads(calmtray("timeline", path.stem, "--json", "--lang", "fr").out)
    assert data.keys() == {"practice", "lang", "length_ms", "cues"}
    assert (data["practice"], data["lang"]) == (path.stem, "fr")
    more = {"words": {"text"}, "breath": {"phase", "from_level", "to_level"}, "bell": {"bell"}}
    for cue in data["cues"]:
        assert cue.keys() == {"at_ms", "until_ms", "lane", "step"} | more[cue["lane"]]
    starts = [cue["at_ms"] for cue in data["cues"]]
    assert starts == sorted(starts)
    assert data["cues"][-1]["until_ms"] == data["length_ms"]


def test_the_breath_of_five_five_rises_and_falls_every_ten_seconds(calmtray):
    cues = json.loads(calmtray("timeline", "five-five", "--json").out)["cues"]
    breaths = [(cue["phase"], cue["from_level"], cue["to_level"]) for cue in cues if cue["lane"] == "breath"]
    assert set(breaths) == {("in", 0.0, 1.0), ("out", 1.0, 0.0)}
    begins = [cue["at_ms"] for cue in cues if cue["lane"] == "breath" and cue["phase"] == "in"]
    assert {later - earlier for earlier, later in pairwise(begins)} == {10_000}


@pytest.mark.parametrize(
    ("seconds", "length_ms"), [("60", 120_000), ("180", 180_000), ("240", 240_000), ("3600", 300_000)]
)
def test_a_practice_comes_as_near_to_the_length_asked_for_as_it_can(calmtray, seconds, length_ms):
    assert json.loads(calmtray("timeline", "five-five", "--json", "--seconds", seconds).out)["length_ms"] == length_ms


def test_the_timeline_is_the_one_that_is_played_with_its_ramp_and_at_the_users_pace(calmtray, paths):
    paths.config.mkdir(parents=True, exist_ok=True)
    paths.settings.write_text('ramp = true\nmy_pace = "pace_45"\n', encoding="utf-8")
    cues = json.loads(calmtray("timeline", "five-five", "--json").out)["cues"]
    begins = [cue["at_ms"] for cue in cues if cue["lane"] == "breath" and cue["phase"] == "in"]
    lengths = [later - earlier for earlier, later in pairwise(begins)]
    assert list(dict.fromkeys(lengths)) == [8_500, 10_700, 13_300]


# check


def test_check_says_that_all_is_right(calmtray):
    assert calmtray("check", str(FILES[0])).out == "1 practice is right.\n"
    said = calmtray("check", *map(str, FILES))
    assert (said.status, said.out, said.err) == (OK, f"{len(FILES)} practices are right.\n", "")


def test_check_names_every_mistake_on_its_own_line(calmtray, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace('"open"', '"closed"').replace("inward = 1", "inward = 3"))
    said = calmtray("check", str(FILES[0]), str(file), str(tmp_path / "gone.toml"))
    assert (said.status, said.out) == (MISTAKE, "")
    assert said.err.splitlines() == [
        f"{file}: eyes: “closed” is not one of: open, optional.",
        f"{file}: inward: 3 is out of bounds. Choose from 0 to 2.",
        f"{tmp_path / 'gone.toml'}: There is no such file. Check its name.",
    ]


MENDED = (
    GOOD
    + """
[[steps]]
seconds = 15
say = { en = "One thing you can see.", fr = "Une chose que vous voyez." }
"""
    + """
[caution]
en = "Small and soft; less air than you think. Dizzy: smaller, or stop."
fr = "Petit et doux; moins d’air qu’on pense. La tête tourne : plus petit, ou on arrête."
"""
)


def test_check_ends_with_1_where_there_is_nothing_but_advice(calmtray, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(MENDED.replace("Here is a word.", "Try to relax."), encoding="utf-8")
    said = calmtray("check", str(FILES[0]), str(file))
    assert (said.status, said.out) == (FAILED, "2 practices can be used as they are; the rest is advice.\n")
    first, second = said.err.splitlines()
    assert first.startswith(f"{file}: steps[0].say.en: “relax” tells people what to feel")
    assert second.startswith(f"{file}: steps[0].say.en: “try to” pushes")
    assert second.endswith("To keep it, overrule “pressure” in the file, with a reason.")


def test_check_is_content_with_what_a_file_overrules(calmtray, tmp_path):
    file = tmp_path / "mine.toml"
    overrule = '[[overrules]]\nrule = "pressure"\nreason = "It quotes somebody."\n'
    file.write_text(MENDED.replace("Here is a word.", "Try to look.") + overrule, encoding="utf-8")
    assert calmtray("check", str(file)).out == "1 practice is right.\n"


def test_check_takes_folders_and_the_users_own_one_unless_told_otherwise(calmtray, paths, tmp_path):
    nothing = calmtray("check")
    assert (nothing.status, nothing.err) == (OK, "")
    assert nothing.out == f"There are no practices in {paths.practices}.\n"
    (paths.practices / "deep").mkdir(parents=True)
    (paths.practices / "mine.toml").write_text(MENDED, encoding="utf-8")
    (paths.practices / "deep" / "other.toml").write_text("no [ toml", encoding="utf-8")
    own = calmtray("check")
    assert own.status == MISTAKE
    assert "other.toml:1: " in own.err
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.toml").write_text(MENDED, encoding="utf-8")
    assert calmtray("check", str(tmp_path / "folder")).out == "1 practice is right.\n"


def test_check_says_advice_after_mistakes_and_ends_with_2(calmtray, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(MENDED.replace("Here is a word.", "Relax."), encoding="utf-8")
    said = calmtray("check", str(file), str(tmp_path / "gone.toml"))
    assert (said.status, said.out) == (MISTAKE, "")
    assert [line.split(": ")[0] for line in said.err.splitlines()] == [str(tmp_path / "gone.toml"), str(file)]


def test_check_listens_to_the_recordings_beside_a_practice(calmtray, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(MENDED, encoding="utf-8")
    write_speech(tmp_path / "mine.1.wav", 500)
    assert calmtray("check", str(file)).status == OK
    (tmp_path / "mine.3.fr.wav").write_bytes(b"RIFF")
    said = calmtray("--lang", "fr", "check", str(file))
    assert said.status == FAILED
    place, sentence = said.err.split(": ")
    assert place == str(tmp_path / "mine.3.fr.wav")
    assert sentence.startswith("Ce n’est pas un son que calmtray sait lire, il est donc laissé de côté.")


# journal


@pytest.fixture
def journal(paths: Paths):
    opened = Journal(paths.journal)
    opened.open()
    yield opened
    opened.close()


def begin(journal: Journal, practice: str, hour: int, ending: Ended, played_ms: int = 65_000) -> None:
    began = datetime(2026, 3, 4, hour, 5, tzinfo=ST_JOHNS)
    journal.keep_session(journal.begin_session(practice, began, 90_000, "en", "circle"), played_ms, 90_000, ending)


def test_a_journal_without_a_session_says_so_and_is_not_begun(calmtray, home):
    assert calmtray("journal").out == "Nothing yet. What you take is listed here from the first time on.\n"
    assert calmtray("journal", "--json").out == "[]\n"
    assert not home.exists()


def test_journal_lists_the_newest_first_at_the_time_of_its_place(calmtray, journal):
    begin(journal, "five-five", 9, Ended.FINISHED, 90_000)
    begin(journal, "one-small-win", 15, Ended.STOPPED)
    lines = calmtray("journal").out.splitlines()
    assert [line.split() for line in lines] == [
        ["2026-03-04", "15:05", "1", "min", "5", "s", "one-small-win", "(ended", "when", "you", "chose)"],
        ["2026-03-04", "09:05", "1", "min", "30", "s", "five-five", "(to", "the", "end)"],
    ]


def test_journal_as_json_has_every_row(calmtray, journal):
    begin(journal, "five-five", 9, Ended.FINISHED, 90_000)
    assert json.loads(calmtray("journal", "--json").out) == [
        {
            "id": 1,
            "practice": "five-five",
            "began": "2026-03-04T09:05:00-03:30",
            "planned_ms": 90_000,
            "played_ms": 90_000,
            "ending": "finished",
            "lang": "en",
            "pacer": "circle",
            "before": None,
            "after": None,
        }
    ]


def test_journal_as_a_table_has_how_it_felt_in_columns_of_its_own(calmtray, journal):
    begin(journal, "five-five", 9, Ended.FINISHED, 90_000)
    journal.keep_feelings(1, Feeling(0.3, 0.8), Feeling(0.5, 0.25))
    begin(journal, "look-around-the-room", 10, Ended.STOPPED, 5_000)
    assert calmtray("journal", "--csv").out.splitlines() == [
        "began,practice,planned_ms,played_ms,ending,lang,pacer,pleasure_before,arousal_before,pleasure_after,arousal_after",
        "2026-03-04T10:05:00-03:30,look-around-the-room,90000,5000,stopped,en,circle,,,,",
        "2026-03-04T09:05:00-03:30,five-five,90000,90000,finished,en,circle,0.3,0.8,0.5,0.25",
    ]


def test_a_session_cut_short_by_a_crash_is_told_as_such_and_the_journal_left_alone(calmtray, journal, paths):
    begin(journal, "five-five", 9, Ended.OPEN)
    assert "(interrupted)" in calmtray("journal").out
    assert json.loads(calmtray("journal", "--json").out)[0]["ending"] == "interrupted"
    assert [row.ending for row in journal.sessions()] == [Ended.OPEN]


def test_a_session_under_way_is_told_as_such_while_calmtray_runs(calmtray, journal, running):
    begin(journal, "five-five", 9, Ended.OPEN)
    assert "(under way)" in calmtray("journal").out
    assert running.asked == [{"do": "status"}]


def test_a_damaged_journal_is_told_in_one_line(calmtray, paths):
    paths.journal.parent.mkdir(parents=True)
    paths.journal.write_bytes(b"no database " * 1_000)
    said = calmtray("journal")
    assert said.status == FAILED
    assert str(paths.journal) in said.err
    assert len(said.err.splitlines()) == 1


# status, quit and start, with nobody there and with somebody.


def test_when_nothing_runs_status_and_quit_say_so(calmtray, home):
    assert calmtray("status") == calmtray("quit")
    assert calmtray("status").out == "calmtray is not running.\n"
    assert json.loads(calmtray("status", "--json").out) == {"running": False}
    assert calmtray("quit").status == OK
    assert not home.exists()


def test_status_says_what_the_running_calmtray_is_doing(calmtray, running):
    session = {"practice": "five-five", "status": "playing", "length_ms": 300_000, "position_ms": 30_000}
    running.answer = {"running": True, "session": session, "in_session": "", "not_today": False}
    assert calmtray("status").out == "“five-five” is playing: 4 min 30 s left.\n"
    assert json.loads(calmtray("status", "--json").out) == running.answer
    assert running.asked == [{"do": "status"}] * 2


def test_quit_is_asked_of_the_running_calmtray(calmtray, running):
    said = calmtray("quit")
    assert (said.status, said.out, said.err) == (OK, "", "")
    assert running.asked == [{"do": "quit"}]


@pytest.mark.parametrize(
    ("arguments", "request_"),
    [
        ((), {"do": "raise"}),
        (("start",), {"do": "open"}),
        (("start", "five-five"), {"do": "start", "id": "five-five"}),
        (("start", "five-five", "--seconds", "180"), {"do": "start", "id": "five-five", "wished_ms": 180_000}),
    ],
)
def test_starting_is_handed_to_the_running_calmtray(calmtray, running, arguments, request_):
    said = calmtray(*arguments)
    assert (said.status, said.out, said.err) == (OK, "", "")
    assert running.asked == [request_]


def test_a_refusal_of_the_running_calmtray_is_passed_on(calmtray, running):
    running.answer = {"error": "Another practice is under way. End it first."}
    said = calmtray("start", "five-five")
    assert (said.status, said.err) == (MISTAKE, "calmtray: Another practice is under way. End it first.\n")


# Mistakes: one line, exit status 2.


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("frobnicate",), "'frobnicate'"),
        (("start", "nope"), "There is no practice “nope”. calmtray list shows all of them."),
        (("start", "five-fiv"), "Did you mean “five-five”?"),
        (("timeline", "five-fiv"), "Did you mean “five-five”?"),
        (("timeline", ""), "There is no practice “”."),
        (("timeline",), "ID"),
        (("timeline", "five-five", "--seconds", "0"), "0 is not a number of seconds from 1 to 3600"),
        (("start", "five-five", "--seconds", "3601"), "3601 is not a number of seconds"),
        (("render", "five-five", "--out", "x.wav", "--seconds", "two"), "two is not a number of seconds"),
        (("list", "--bogus"), "--bogus"),
        (("list", "five-five"), "five-five"),
        (("--lang", "de", "list"), "'de'"),
        (("list", "--lang"), "--lang"),
        (("list", "--home"), "--home"),
        (("list", "--home", "/dev/null"), "/dev/null is not a folder"),
        (("list", "--home", "x" * 300), "can’t be looked into (File name too long)"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_mistake_is_told_in_one_line(calmtray, arguments, part, lang):
    said = calmtray("--lang", lang, *arguments)
    assert (said.status, said.out) == (MISTAKE, "")
    assert len(said.err.splitlines()) == 1
    assert said.err.startswith("calmtray: ")
    if lang == "en":
        assert part in said.err


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(calmtray, command, lang):
    said = calmtray("--lang", lang, command, "--help")
    assert (said.status, said.err) == (OK, "")
    assert "--home" in said.out


def test_help_lists_every_command(calmtray):
    helped = calmtray("--help").out
    assert [name for name in COMMANDS if name not in helped] == []


def test_the_version_is_told(calmtray):
    assert calmtray("--version").out.startswith("calmtray 0.")


def test_every_component_is_told_with_its_version_and_licence(calmtray):
    lines = calmtray("--version", "--verbose").out.splitlines()
    assert lines[0] == calmtray("--version").out.strip()
    assert [line for line in lines[1:] if not re.fullmatch(r"\S.* \S+ \([^?]+\)", line)] == []
    assert any(line.startswith("numpy ") for line in lines)


def test_a_package_lists_more_than_python_knows_of(calmtray, monkeypatch, tmp_path):
    listed = [{"name": name, "version": "1", "licence": "MIT"} for name in ("calmtray", "ICU")]
    (tmp_path / "components.json").write_text(json.dumps(listed), encoding="utf-8")
    monkeypatch.setattr("calmtray.components.bundled", lambda folder: tmp_path / folder)
    assert calmtray("--version", "--verbose").out.splitlines()[1:] == ["ICU 1 (MIT)"]


def test_at_login_nothing_is_asked_of_a_calmtray_that_runs_but_to_stay(calmtray, running):
    assert calmtray("--at-login").status == 0
    assert running.asked[0]["do"] == "wait"


def test_a_practice_with_holds_is_refused_while_holds_are_off(calmtray):
    said = calmtray("start", "soft-box")
    assert (said.status, said.out) == (MISTAKE, "")
    assert said.err.startswith("calmtray: “soft-box” has breath holds")
    assert said.err.count("\n") == 1


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="Windows talks over a port")
def test_an_app_that_does_not_answer_is_not_taken_for_one_that_does_not_run(calmtray, paths, monkeypatch):
    monkeypatch.setattr(single_instance, "ANSWER_WITHIN_S", 0.05)
    paths.run.mkdir(parents=True)
    monkeypatch.chdir(paths.run)  # the whole path may be longer than an address can be
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind("socket")
        silent.listen()
        for command in ("status", "quit", "start"):
            said = calmtray(command)
            assert (said.status, said.out) == (FAILED, "")
            assert said.err == "calmtray: calmtray is running, but does not answer. End it and start it again.\n"
