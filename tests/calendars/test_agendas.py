"""Six agendas by the rules of the programs that make them, read and planned as a person would."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from calmtray import cli
from calmtray.calendars.child import read_now
from tests.calendars.asked import AGENDAS, MONDAY, codes, heard, lines, many, question

READ = {
    # Monday’s session has moved to the afternoon, another is cancelled, lunch is free time.
    "google-weekly.ics": ("Europe/Paris", ["11:00-12:00 circle", "14:00-14:50 client"]),
    # The zone that Outlook made is half an hour off; what is cancelled or lasts all day keeps nobody busy.
    "outlook-zones.ics": (
        "America/Halifax",
        ["09:00-09:50 client", "11:00-11:30 busy", "13:00-14:00 circle"],
    ),
    "floating.ics": ("America/Halifax", ["10:00-10:50 client", "10:53-11:23 busy"]),
    "evolution-dates.ics": (
        "Europe/Paris",
        ["10:30-11:20 client", "14:15-15:05 client", "17:00-17:20 busy", "18:00-18:30 busy"],
    ),
    # One day of a list of whole days was given an hour.
    "whole-days.ics": ("Europe/Paris", ["15:00-15:30 client"]),
    "2000.ics": ("Europe/Paris", [f"{hour:02}:00-{hour:02}:50 client" for hour in (9, 10, 11, 14, 15, 16)]),
}

PLANNED = {
    "google-weekly.ics": [("14:50", 5.0)],
    "outlook-zones.ics": [("09:50", 5.0)],
    # Three minutes are left before the call: a practice of one.
    "floating.ics": [("10:50", 1.0)],
    "evolution-dates.ics": [("11:20", 5.0), ("15:05", 5.0)],
    "whole-days.ics": [("15:30", 5.0)],
    "2000.ics": [
        (f"{hour:02}:50", most) for hour, most in ((9, 5.0), (10, 5.0), (11, 5.0), (14, 5.0), (15, 5.0), (16, 5.0))
    ],
}


@pytest.fixture
def agendas(tmp_path: Path) -> Path:
    for file in AGENDAS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "2000.ics").write_text(many(2_000), encoding="utf-8", newline="")
    return tmp_path


@pytest.mark.parametrize("name", READ)
def test_it_is_read_as_a_person_would(agendas, name):
    zone, expected = READ[name]
    found = heard(question(agendas / name, zone=zone))
    assert (lines(found, zone), codes(found)) == (expected, [])


@pytest.mark.parametrize("name", PLANNED)
def test_it_is_planned_as_a_person_would(agendas, name, capsys):
    chosen = agendas / "chosen.toml"
    chosen.write_text('working_hours = ["mon-fri 09:00-17:00"]\noffered_seconds = 0\n', encoding="utf-8")
    asked = ["plan", "--date", "2026-03-30", "--tz", READ[name][0], "--settings", str(chosen), "--json"]
    status = cli.main(["--home", str(agendas / "home"), "--lang", "en", *asked, "--agenda", str(agendas / name)])
    said = capsys.readouterr()
    offers = json.loads(said.out)["offers"]
    assert (status, said.err) == (0, "")
    assert [(each["at"][11:16], each["minutes"]) for each in offers if each["why"] == "after-session"] == PLANNED[name]


def test_all_of_them_together_are_one_agenda(agendas):
    found = heard(question(agendas))
    assert codes(found) == []
    assert len(found.events) > 12
    assert heard(question(agendas, agendas, *agendas.iterdir())).events == found.events


def test_a_child_says_the_same(agendas):
    assert read_now(question(agendas)) == heard(question(agendas))


def test_fifty_thousand_entries_are_read_for_the_few_that_matter(tmp_path):
    (tmp_path / "long.ics").write_text(many(50_000, MONDAY + timedelta(days=400)), encoding="utf-8", newline="")
    found = read_now(question(tmp_path))
    assert (lines(found), codes(found)) == (READ["2000.ics"][1], [])
