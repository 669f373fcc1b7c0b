"""``calmtray suggest`` and the filters of ``calmtray list``."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest

from calmtray.cli import MISTAKE, OK
from calmtray.desktop import clock
from calmtray.journal.store import Ended, Journal
from calmtray.practice.library import read_practice
from calmtray.practice.model import Need, Where
from calmtray.session.timeline import shortest_ms
from calmtray.settings.file import SettingsFile
from calmtray.settings.model import Settings
from tests.practice.bundled import FILES, SHARED

NOW = datetime(2026, 11, 22, 13, 20, 30, tzinfo=timezone(timedelta(hours=-4)))
BY_ID = {path.stem: read_practice(path, SHARED) for path in FILES}


@pytest.fixture(autouse=True)
def _at_twenty_past_one(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def found(said) -> list[str]:
    assert (said.status, said.err) == (OK, "")
    return [each["id"] for each in json.loads(said.out)]


# suggest


def test_suggest_prints_two_or_three_with_their_reasons(calmtray):
    said = calmtray("suggest", "--need", "numb", "--minutes", "2")
    assert (said.status, said.err) == (OK, "")
    assert said.out.splitlines() == [
        "here-and-now-facts  Here-and-now facts · 1 min · needs no looking inward",
        "colour-hunt         Colour hunt · 1 min · made for when little is felt",
        "shake-it-out        Shake it out · 45 s · not taken yet",
    ]


def test_suggest_as_json_says_what_a_program_wants_to_know(calmtray):
    data = json.loads(calmtray("suggest", "--need", "agitated", "--need", "tired", "--minutes", "2", "--json").out)
    lap = next(each for each in data if each["id"] == "hallway-lap")
    assert lap == {
        "id": "hallway-lap",
        "category": "movement",
        "title": "Hallway or stairs",
        "length_ms": 120_000,
        "reason": "no-breath",
        "details": {},
        "text": "leaves the breath alone",
    }


def test_suggest_speaks_french(calmtray):
    said = calmtray("suggest", "--need", "numb", "--lang", "fr", "--json")
    assert json.loads(said.out)[0]["title"] == "Les faits d’ici et maintenant"


@pytest.mark.parametrize("need", Need)
@pytest.mark.parametrize("where", Where)
def test_suggest_always_has_two_or_three(calmtray, need, where):
    for length in (("--seconds", "30"), ("--minutes", "5"), ()):
        assert len(found(calmtray("suggest", "--need", need, "--where", where, *length, "--json"))) in (2, 3)


def test_suggest_knows_what_begins_next(calmtray):
    said = calmtray("suggest", "--before", "13:24", "--need", "hungry-thirsty", "--json")
    assert all(each["length_ms"] <= 120_000 for each in json.loads(said.out))
    assert json.loads(said.out)[0]["text"] == "fits before your 13:24"
    # Thirteen hours ago: tomorrow's is meant.
    assert "bathroom-break" in found(calmtray("suggest", "--before", "00:20", "--need", "hungry-thirsty", "--json"))


def test_suggest_says_so_where_nothing_fits(calmtray):
    said = calmtray("suggest", "--seconds", "12")
    assert (said.status, said.err) == (OK, "")
    assert said.out.startswith("Nothing here fits all of that")
    assert json.loads(calmtray("suggest", "--seconds", "12", "--json").out) == []


def test_the_last_length_counts(calmtray):
    assert found(calmtray("suggest", "--seconds", "12", "--minutes", "0,5", "--json"))
    assert found(calmtray("suggest", "--minutes", "5", "--seconds", "12", "--json")) == []


def test_suggest_keeps_to_the_settings(calmtray, paths):
    SettingsFile(paths.settings).save(Settings(hidden=("here-and-now-facts",), favourites=("pocket-texture",)))
    data = json.loads(calmtray("suggest", "--need", "numb", "--json").out)
    assert "here-and-now-facts" not in [each["id"] for each in data]
    data = json.loads(calmtray("suggest", "--json").out)
    assert (data[0]["id"], data[0]["text"]) == ("pocket-texture", "a favourite of yours")


def test_suggest_reads_the_journal(calmtray, paths):
    journal = Journal(paths.journal)
    journal.open()
    for practice, ending, played in (
        ("here-and-now-facts", Ended.STOPPED, 5_000),
        ("colour-hunt", Ended.FINISHED, 60_000),
    ):
        for days in (1, 2):
            row = journal.begin_session(practice, NOW - timedelta(days=days), 60_000, "en", "circle")
            journal.keep_session(row, played, 60_000, ending)
    for hours in range(3):
        row = journal.begin_session("five-five", NOW - timedelta(hours=hours), 60_000, "en", "circle")
        journal.keep_session(row, 60_000, 60_000, Ended.FINISHED)
    journal.close()
    said = {each["id"]: each["text"] for each in json.loads(calmtray("suggest", "--need", "numb", "--json").out)}
    assert "here-and-now-facts" not in said
    assert said["colour-hunt"] in ("needs no looking inward", "taken twice this month")


def test_suggest_does_not_hang_on_a_damaged_journal(calmtray, paths):
    paths.journal.parent.mkdir(parents=True)
    paths.journal.write_bytes(b"this is no journal" * 1_000)
    said = calmtray("suggest", "--need", "self-critical", "--json")
    assert said.status == OK
    assert said.err.startswith("The journal can’t be read")
    assert "new" not in [each["reason"] for each in json.loads(said.out)]


@pytest.mark.parametrize("command", ["suggest", "list"])
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--need", "sad"), "argument --need: “sad” is not one of: after-heavy-session, agitated, "),
        (("--where", "moon"), "argument --where: “moon” is not one of: desk, standing, watched, parked-car."),
        (("--minutes", "ten"), "argument --minutes: ten is not a number of minutes from 0.5 to 60."),
        (("--minutes", "nan"), "argument --minutes: nan is not a number of minutes from 0.5 to 60."),
        (("--minutes", "61"), "argument --minutes: 61 is not a number of minutes"),
        (("--seconds", "0"), "argument --seconds: 0 is not a number of seconds from 1 to 3600."),
        (("--seconds", "inf"), "argument --seconds: inf is not a number of seconds"),
        (("--before", "2 pm"), "argument --before: “2 pm” is no time such as 14:00."),
        (("--before", "13:20"), "argument --before: 13:20 has passed: it is 13:20. Name a time that is still to come."),
        (("--before", "9:05"), "argument --before: 9:05 has passed: it is 13:20. Name a time that is still to come."),
        (("--before", "24:00"), "argument --before: “24:00” is no time such as 14:00."),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(calmtray, command, arguments, sentence):
    said = calmtray(command, *arguments)
    assert (said.status, said.out) == (MISTAKE, "")
    assert said.err.startswith(f"calmtray: {sentence}")
    assert len(said.err.splitlines()) == 1


# list


def test_a_filtered_list_is_in_the_order_of_the_suggestions(calmtray):
    listed = found(calmtray("list", "--need", "numb", "--minutes", "2", "--json"))
    assert listed[:3] == found(calmtray("suggest", "--need", "numb", "--minutes", "2", "--json"))
    short = {id_ for id_, each in BY_ID.items() if Need.NUMB in each.needs and shortest_ms(each) <= 120_000}
    assert set(listed) == short
    lines = calmtray("list", "--need", "numb", "--minutes", "2").out.splitlines()
    assert [line.split()[0] for line in lines] == listed


def test_several_needs_mean_any_of_them(calmtray):
    both = found(calmtray("list", "--need", "numb", "--need", "tired", "--json"))
    assert set(both) == {id_ for id_, each in BY_ID.items() if {Need.NUMB, Need.TIRED} & {*each.needs}}


def test_a_filtered_list_shows_what_is_permitted(calmtray, paths):
    assert "soft-box" not in found(calmtray("list", "--need", "agitated", "--json"))
    SettingsFile(paths.settings).save(Settings(breath_holds=True, hidden=("feet-and-chair",)))
    listed = found(calmtray("list", "--need", "agitated", "--json"))
    assert "soft-box" in listed
    assert "feet-and-chair" not in listed
    assert "colour-hunt" not in found(calmtray("list", "--need", "numb", "--need", "after-heavy-session", "--json"))


def test_a_list_that_holds_nothing_says_so(calmtray):
    assert calmtray("list", "--seconds", "5").out.startswith("Nothing here fits all of that")
    assert found(calmtray("list", "--seconds", "5", "--json")) == []


@pytest.mark.parametrize("arguments", [("--where", "desk"), ("--before", "14:00"), ("--minutes", "1")])
def test_any_filter_filters(calmtray, arguments):
    assert 2 <= len(found(calmtray("list", *arguments, "--json"))) < len(BY_ID)
