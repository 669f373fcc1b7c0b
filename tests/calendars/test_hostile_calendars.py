"""Files that are broken, or made to do harm: each gives a problem, and none of them takes more than its share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.calendars.asking import UNREAD
from calmtray.words.agenda_texts import agenda_problem_text
from tests.calendars.asked import AGENDAS, calendar, codes, entry, heard, lines, question

AT_TEN = ("DTSTART;TZID=Europe/Paris:20260330T100000", "DTEND;TZID=Europe/Paris:20260330T105000")
GOOD = entry(*AT_TEN, uid="good")
TEN = ["10:00-10:50 client"]


def read(folder: Path, data: str | bytes, **asked):
    path = folder / "some.ics"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return heard(question(path, **asked))


def recurring(rule: str, start: str = "20260301T100000Z") -> str:
    return entry(f"DTSTART:{start}", "DURATION:PT50M", f"RRULE:{rule}")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "agenda-not-a-calendar"),
        (b"\x89PNG\r\n\x1a\n\x00\x00" * 1_000, "agenda-not-a-calendar"),
        (b"<html><body>Sign in</body></html>", "agenda-not-a-calendar"),
        (calendar(GOOD).encode("utf-16"), "agenda-not-a-calendar"),
        (b"\n" * 1_000_000, "agenda-not-a-calendar"),
    ],
    ids=["empty", "picture", "web page", "utf-16", "line ends"],
)
def test_what_is_no_calendar_is_said_to_be_none(tmp_path, data, code):
    found = read(tmp_path, data)
    assert (found.events, codes(found)) == ([], [code])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (calendar(GOOD, entry("DTSTART:20261399T100000Z")), "agenda-unclear"),
        (calendar(GOOD, entry("DTSTART:20260330T996100Z", "DURATION:PT1H")), "agenda-unclear"),
        (calendar(GOOD, entry("DTSTART:99999999T999999Z", "DTEND:99999999T999999Z")), "agenda-unclear"),
        (
            calendar(GOOD, entry("DTSTART:00000101T000000Z", "DTEND:00000101T010000Z", "RRULE:FREQ=DAILY")),
            "agenda-unclear",
        ),
        (calendar(GOOD, entry("DTSTART:20260332T100000Z")), "agenda-unclear"),
        (calendar(GOOD, entry("DTSTART:20260331T100000", "RRULE:FREQ=DAILY;BYDAY=XX")), "agenda-unclear"),
        (calendar(GOOD, entry("SUMMARY:no date at all")), "agenda-unclear"),
        (calendar(GOOD, entry("DTSTART:20260330T150000Z", "DTEND:tomorrow")), "agenda-unclear"),
        (calendar(GOOD, recurring("FREQ=SOMETIMES")), "agenda-unclear"),
        (calendar(GOOD, recurring("")), "agenda-unclear"),
        (calendar(GOOD, recurring("FREQ=DAILY;INTERVAL=0")), "agenda-unclear"),
        (calendar(GOOD, recurring("FREQ=DAILY;INTERVAL=-1")), "agenda-unclear"),
        (calendar(GOOD, recurring("FREQ=DAILY;INTERVAL=999999999999")), "agenda-unclear"),
        (calendar(GOOD, recurring("FREQ=DAILY;COUNT=999999999999")), "agenda-unclear"),
        (calendar(GOOD, recurring("FREQ=YEARLY;BYYEARDAY=" + ",".join(["366"] * 10_000))), "agenda-unclear"),
        (calendar(GOOD, recurring("FREQ=SECONDLY")), "agenda-endless"),
        (calendar(GOOD, recurring("FREQ=SECONDLY;COUNT=5")), "agenda-endless"),
        (calendar(GOOD, recurring("FREQ=MINUTELY;BYSECOND=" + ",".join(map(str, range(60))))), "agenda-endless"),
        (calendar(GOOD, recurring("FREQ=HOURLY", "16010101T000000Z")), "agenda-endless"),
        (calendar(GOOD, *(recurring("FREQ=HOURLY", "20000101T000000Z") for _ in range(40))), "agenda-endless"),
        (calendar(GOOD, *(recurring("FREQ=HOURLY", "20250101T000000Z") for _ in range(60))), "agenda-recurs-too-much"),
        (calendar(GOOD, entry("DTSTART;TZID=Mars/Olympus:20260331T100000", "DURATION:PT1H")), "agenda-unknown-zone"),
        (calendar(GOOD).replace("END:VCALENDAR", ""), "agenda-cut-short"),
        (calendar(GOOD, entry(*AT_TEN))[:-60], "agenda-cut-short"),
        (calendar(GOOD).encode() + "Séance".encode("latin-1"), "agenda-not-utf8"),
        (calendar(GOOD, *(entry(*AT_TEN, uid=str(uid)) for uid in range(4_000))), "agenda-too-full"),
    ],
)
def test_what_is_wrong_is_left_out_and_said_and_the_rest_is_used(tmp_path, text, code):
    found = read(tmp_path, text)
    assert codes(found) == [code]
    assert set(lines(found)) >= set(TEN)
    assert code not in UNREAD
    assert agenda_problem_text(found.problems[0]).startswith(str(tmp_path))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=30",
        "FREQ=WEEKLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=DAILY;INTERVAL=999999",
        "FREQ=DAILY;COUNT=999999",
        "FREQ=YEARLY;BYYEARDAY=" + ",".join(["366"] * 200),
    ],
)
def test_a_rule_that_never_comes_true_costs_nothing(tmp_path, rule):
    found = read(tmp_path, calendar(GOOD, recurring(rule)))
    assert set(lines(found)) >= set(TEN)
    assert codes(found) == []


def test_a_zone_with_rules_of_its_own_invention_is_not_followed(tmp_path):
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE"
    )
    found = read(tmp_path, calendar(zone, GOOD, entry("DTSTART;TZID=Mine:20260330T150000", "DURATION:PT20M", uid="2")))
    # Its times are taken as those of here, and that is said.
    assert lines(found) == [*TEN, "15:00-15:20 client"]
    assert codes(found) == ["agenda-unknown-zone"]


def test_a_bomb_of_dates_is_as_long_as_these_days(tmp_path):
    dates = ",".join(f"20{year:02}{month:02}15T080000Z" for year in range(100) for month in range(1, 13))
    bomb = entry("DTSTART:20200101T100000Z", "DURATION:PT1H", *(f"RDATE:{dates}" for _ in range(300)))
    found = read(tmp_path, calendar(GOOD, bomb))
    assert (lines(found), codes(found)) == (TEN, [])


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("BEGIN:VALARM\n" * 300_000, ""),
        ("END:VALARM\n" * 300_000, ""),
        ("", "BEGIN:VTIMEZONE\n" * 300_000),
        ("DESCRIPTION:" + "a\n " * 300_000 + "\n", ""),
        ("ATTENDEE" + ';X="a"' * 300_000 + ":mailto:a\n", ""),
    ],
)
def test_what_begins_a_thousand_times_and_never_ends(tmp_path, inside, outside):
    """Looked through once, not once for each beginning: that would take hours."""
    good = GOOD.replace("SUMMARY", f"{inside}SUMMARY")
    found = read(tmp_path, calendar(good, outside))
    assert found.events or inside.startswith(("BEGIN", "END"))
    assert codes(found) == []


def test_of_all_calendars_together_a_thousand_appointments_are_kept(tmp_path):
    for name in ("one.ics", "two.ics"):
        several = (entry(*AT_TEN, uid=str(number)) for number in range(600))
        (tmp_path / name).write_text(calendar(*several))
    found = heard(question(tmp_path))
    assert codes(found) == ["agenda-too-full"]
    assert found.problems[0].details == {"most": 1_000}


def test_a_file_of_too_many_entries_is_not_read(tmp_path):
    found = read(tmp_path, "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nEND:VEVENT\n" * 200_001 + "END:VCALENDAR\n")
    assert (found.events, codes(found)) == ([], ["agenda-too-many"])


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.ics"
    with path.open("wb") as file:
        # It takes no room on the disk.
        file.truncate(64 * 1024 * 1024 + 1)
    assert codes(heard(question(path))) == ["agenda-too-large"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such links and pipes")
def test_links_in_rings_and_pipes_that_nobody_feeds(tmp_path):
    folder = tmp_path / "calendars"
    folder.mkdir()
    (folder / "ring.ics").symlink_to(folder / "ring.ics")
    (folder / "round").symlink_to(tmp_path, target_is_directory=True)
    (folder / "here.ics").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.ics")
    (folder / "gone.ics").symlink_to(folder / "nowhere")
    (folder / "zero.ics").symlink_to("/dev/zero")
    (folder / "tomorrow.ics").write_text(calendar(GOOD))
    found = heard(question(folder, folder / "ring.ics"))
    assert lines(found) == TEN
    assert sorted(codes(found)) == ["agenda-not-a-file"] * 2 + ["agenda-unreadable"] * 4


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("nowhere", "agenda-missing"),
        ("empty", "agenda-nothing-here"),
        ("a\0b", "agenda-unreadable"),
        ("x" * 5_000, "agenda-unreadable"),
    ],
)
def test_a_path_that_leads_nowhere(tmp_path, path, code):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("")
    assert codes(heard(question(str(tmp_path / path)))) == [code]


AGENDA_BYTES = [path.read_bytes() for path in sorted(AGENDAS.iterdir())]


@given(
    st.sampled_from(AGENDA_BYTES),
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12) | st.sampled_from([b"\n", b"99", b";", b"T0"])
        )
    ),
)
def test_whatever_is_changed_in_a_file_an_answer_comes(tmp_path_factory, data, changes):
    for where, cut, put in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + cut :]
    path = tmp_path_factory.getbasetemp() / "changed.ics"
    path.write_bytes(data)
    found = heard(question(path))
    assert "agenda-gave-up" not in codes(found)
    for problem in found.problems:
        assert agenda_problem_text(problem)
