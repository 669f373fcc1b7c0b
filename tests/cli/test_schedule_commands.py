"""The command line of offers: a client session, a day ahead, and a year of a made-up life."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from calmtray import cli

SETTINGS = """\
working_hours = ["mon-sun 09:00-17:00"]
clock_times = ["01:30", "02:30", "10:50", "16:50"]
after_sessions = false
"""


@pytest.fixture
def chosen(tmp_path: Path) -> str:
    path = tmp_path / "chosen.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    return str(path)


def run(capsys, tmp_path: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit status, and what was printed."""
    try:
        status = cli.main(["--home", str(tmp_path / "home"), "--lang", "en", *arguments])
    except SystemExit as ended:
        status = int(ended.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_day_on_which_the_clock_is_put_on(capsys, tmp_path, chosen):
    arguments = ("plan", "--date", "2026-03-29", "--tz", "Europe/Paris", "--settings", chosen, "--json")
    status, out, err = run(capsys, tmp_path, *arguments)
    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "date": "2026-03-29",
        "tz": "Europe/Paris",
        "offers": [
            {"at": "2026-03-29T10:50:00+02:00", "why": "clock", "minutes": 2.0},
            {"at": "2026-03-29T16:50:00+02:00", "why": "clock", "minutes": 2.0},
        ],
        "quiet": [
            {"at": "2026-03-29T01:30:00+01:00", "reason": "outside-hours"},
            {"at": "2026-03-29T03:30:00+02:00", "reason": "outside-hours"},
        ],
    }


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART;TZID=Romance Standard Time:{begin}
DTEND;TZID=Romance Standard Time:{end}
SUMMARY:Client
END:VEVENT
{more}
END:VCALENDAR
"""


def test_a_day_with_an_agenda(capsys, tmp_path, chosen):
    """The night the clock is put on; what was due in the session waits until it is over, and a problem is told."""
    file = tmp_path / "my.ics"
    broken = "BEGIN:VEVENT\nDTSTART:tomorrow\nEND:VEVENT"
    file.write_text(CALENDAR.format(begin="20260329T100000", end="20260329T105500", more=broken), encoding="utf-8")
    arguments = ("plan", "--date", "2026-03-29", "--tz", "Europe/Paris", "--settings", chosen, "--json")
    status, out, err = run(capsys, tmp_path, *arguments, "--agenda", str(file))
    assert status == 0
    assert [each["at"] for each in json.loads(out)["offers"]] == [
        "2026-03-29T10:55:00+02:00",
        "2026-03-29T16:50:00+02:00",
    ]
    assert err == (
        f"{file}: Entries that make no sense were left out (1). The others are used; exporting it again may help.\n"
    )


def test_the_agenda_of_the_settings_is_planned_with_and_another_takes_its_place(capsys, tmp_path):
    mine, other, settings = tmp_path / "mine.ics", tmp_path / "other.ics", tmp_path / "settings.toml"
    mine.write_text(CALENDAR.format(begin="20260330T100000", end="20260330T105500", more=""), encoding="utf-8")
    other.write_text(CALENDAR.format(begin="20260330T140000", end="20260330T145500", more=""), encoding="utf-8")
    settings.write_text(f"agenda = ['{mine}']\n", encoding="utf-8")
    arguments = ("plan", "--date", "2026-03-30", "--tz", "Europe/Paris", "--settings", str(settings))
    assert run(capsys, tmp_path, *arguments) == (0, "10:55  after a client session, 2 min at most\n", "")
    files = [str(other)] * 30
    planned = "14:55  after a client session, 2 min at most\n"
    assert run(capsys, tmp_path, *arguments, "--agenda", *files) == (0, planned, "")
    # What the settings name may come back: it is told, and the day is planned all the same.
    mine.unlink()
    status, out, err = run(capsys, tmp_path, *arguments)
    assert (status, out) == (0, "Nothing would be offered on this day.\n")
    assert err.startswith(f"{mine}: There is no such file or folder.")


def test_the_same_for_people(capsys, tmp_path, chosen):
    arguments = ("plan", "--date", "2026-03-30", "--tz", "America/Halifax", "--settings", chosen)
    _, out, _ = run(capsys, tmp_path, *arguments)
    assert out.splitlines()[0] == "01:30  at a time you chose: quiet, outside your working hours"
    assert out.splitlines()[2] == "10:50  at a time you chose, 2 min at most"


def test_a_day_without_anything_says_so(capsys, tmp_path):
    status, out, _ = run(capsys, tmp_path, "plan")
    nothing, why = out.splitlines()
    assert (status, nothing) == (0, "Nothing would be offered on this day.")
    assert why.startswith("With these settings an offer comes after a client session")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not toml at all", "can’t be read as a settings file."),
        ("rhythm = 5\nworking_hours = ['never']\n", "values that calmtray does not take: rhythm, working_hours."),
    ],
)
def test_a_settings_file_that_makes_no_sense_is_a_mistake_and_not_another_day(capsys, tmp_path, text, said):
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    status, out, err = run(capsys, tmp_path, "plan", "--settings", str(path))
    assert (status, out) == (2, "")
    assert err.rstrip().endswith(said)
    assert str(path) in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plan", "--date", "2026-02-30"), "“2026-02-30” is no date such as 2026-03-29"),
        (("plan", "--tz", "Nowhere/Land"), "“Nowhere/Land” is no time zone such as Europe/Paris"),
        (("plan", "--tz", "../etc/passwd"), "is no time zone such as Europe/Paris"),
        (("plan", "--settings", "not-there.toml"), "There is no file not-there.toml."),
        (("plan", "--agenda"), "--agenda"),
        (("plan", "--agenda", "not-there.ics"), "not-there.ics: There is no such file or folder."),
        (("plan", "--agenda", cli.__file__), "This is not a calendar (iCalendar, .ics)."),
        (("simulate", "--days", "0"), "0 is not a number of days from 1 to 3660"),
        (("session", "soon"), "“soon” is not clear"),
        (("session", "0"), "“0” is not clear"),
        (("session", "50", "minutes"), "“50 minutes” is not clear"),
        (("session", "until"), "“until” is not clear"),
        (("session", "until", "25:00"), "“until 25:00” is not clear"),
    ],
)
def test_a_mistake_is_said_in_a_sentence(capsys, tmp_path, arguments, said):
    status, out, err = run(capsys, tmp_path, *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(("arguments", "status"), [((), 0), (("more",), 1), (("end",), 1)])
def test_without_a_running_calmtray_nobody_is_in_session(capsys, tmp_path, arguments, status):
    assert run(capsys, tmp_path, "session", *arguments)[:2] == (status, "calmtray is not running.\n")


def test_some_days_of_a_made_up_life(capsys, tmp_path):
    status, out, _ = run(capsys, tmp_path, "simulate", "--days", "14", "--seed", "3", "--json")
    counted = json.loads(out)
    assert status == 0
    assert (counted["days"], counted["seed"]) == (14, 3)
    assert sum(counted["offers"].values()) > 14
    assert run(capsys, tmp_path, "simulate", "--days", "14", "--seed", "3", "--json")[1] == out
    told = run(capsys, tmp_path, "simulate", "--days", "14", "--seed", "3")[1]
    assert "after a client session" in told
    assert not any(f"  {name}\n" in told for name in (*counted["offers"], *counted["outcomes"]))


IN_AN_HOUR = (datetime.now().astimezone() + timedelta(hours=1)).strftime("%H:%M")


def test_a_session_until_a_time_that_is_over_is_a_slip(capsys, tmp_path):
    ago = (datetime.now().astimezone() - timedelta(minutes=1)).strftime("%H:%M")
    status, out, err = run(capsys, tmp_path, "session", "until", ago)
    assert (status, out) == (2, "")
    assert "more than eight hours away" in err


@pytest.mark.parametrize("arguments", [("50",), ("until", IN_AN_HOUR)])
def test_a_session_begins_by_starting_calmtray_where_there_is_a_screen(capsys, tmp_path, monkeypatch, arguments):
    for name in cli.SCREENS:
        monkeypatch.delenv(name, raising=False)
    status, out, err = run(capsys, tmp_path, "session", *arguments)
    assert (status, out) == (1, "")
    assert "There is no screen to show calmtray on" in err


@pytest.mark.parametrize("arguments", [(), ("today",), ("end",)])
def test_without_a_running_calmtray_nothing_is_there_to_pause(capsys, tmp_path, arguments):
    assert run(capsys, tmp_path, "pause", *arguments)[:2] == (1, "calmtray is not running, so nothing is offered.\n")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_without_a_clock_is_no_day_to_plan(capsys, tmp_path, day):
    status, _out, err = run(capsys, tmp_path, "plan", "--date", day)
    assert (status, day in err) == (2, True)


def test_on_a_day_off_it_says_that_it_is_one(capsys, tmp_path):
    _status, out, _err = run(capsys, tmp_path, "plan", "--date", "2026-03-29", "--tz", "Europe/Paris")
    assert out == "Nothing would be offered on this day.\nBy your working hours it is a day off.\n"


def test_a_folder_with_one_file_that_is_no_calendar_is_planned_with_the_rest(capsys, tmp_path):
    folder = tmp_path / "calendars"
    folder.mkdir()
    (folder / "foreign.ics").write_text("no calendar")
    status, _out, err = run(capsys, tmp_path, "plan", "--date", "2026-03-30", "--agenda", str(folder))
    assert status == 0
    assert "foreign.ics" in err
    assert run(capsys, tmp_path, "plan", "--agenda", str(folder / "foreign.ics"))[0] == 2


def test_what_ones_own_settings_have_wrong_is_told_and_the_rest_is_planned(capsys, tmp_path):
    (tmp_path / "home/config").mkdir(parents=True)
    (tmp_path / "home/config/settings.toml").write_text('clock_times = ["10:50"]\nrhythm_minutes = 5\n')
    status, out, err = run(capsys, tmp_path, "plan", "--date", "2026-03-30", "--tz", "Europe/Paris")
    assert (status, "10:50" in out) == (0, True)
    assert "rhythm_minutes" in err
