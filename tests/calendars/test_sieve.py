"""What is dropped before anything is parsed: never what matters."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.calendars.appointments import appointments
from calmtray.calendars.kinds import Kinds
from calmtray.calendars.sieve import Sieve, Sieved
from tests.calendars.asked import MARKS, MONDAY, calendar, entry, many

PARIS = ZoneInfo("Europe/Paris")


def sieved(text: str, day: date = MONDAY) -> Sieved:
    found = Sieve(day, day + timedelta(days=1)).through(text.encode())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (("DTSTART:20260330T100000Z", "DTEND:20260330T110000Z"), True),
        (("DTSTART:20260320T100000Z", "DTEND:20260320T110000Z"), False),
        (("DTSTART:20260410T100000Z", "DTEND:20260410T110000Z"), False),
        (("DTSTART:20260320T100000Z", "DTEND:20260330T110000Z"), True),
        (("DTSTART:20260320T100000Z", "DURATION:P1W2DT20H"), True),
        (("DTSTART:20260320T100000Z", "DURATION:PT30M"), False),
        (("DTSTART:20260320T100000Z", "DURATION:P99999W999999D"), True),
        (("DTSTART:20260320T100000Z",), False),
        (("DTSTART:20260231T100000Z", "DURATION:P40D"), False),
        (("DTSTART;VALUE=DATE:20260330",), False),
        (("DTSTART:20260330T100000Z", "RECURRENCE-ID:20250330T100000Z", "DURATION:PT1H"), True),
        (("DTSTART:20250330T100000Z", "RECURRENCE-ID:20260330T100000Z", "DURATION:PT1H"), True),
        (("DTSTART:20250330T100000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20250330T100000Z"), True),
        (("DTSTART:20250330T100000Z", "RECURRENCE-ID:20250330T100000Z", "DURATION:PT1H"), False),
        (("DTSTART:20200330T100000Z", "RRULE:FREQ=WEEKLY"), True),
        (("DTSTART:20200330T100000Z", "RRULE:FREQ=WEEKLY;UNTIL=20250101T000000Z"), False),
        (("DTSTART:20200330T100000Z", "RRULE:FREQ=WEEKLY;UNTIL=20250101T000000Z", "RDATE:20260330T100000Z"), True),
        (("DTSTART:20270330T100000Z", "RRULE:FREQ=WEEKLY"), False),
        (("DTSTART:20200330T100000Z", "RDATE:20260330T100000Z"), True),
        (("DTSTART:20200231T100000Z", "RRULE:FREQ=WEEKLY"), False),
    ],
)
def test_an_entry_is_kept_where_it_may_matter(rows, kept):
    assert bool(sieved(calendar(entry(*rows))).series) is kept


def test_what_is_kept_has_no_word_too_many():
    text = calendar(
        entry(
            "DTSTART:20260330T100000Z",
            "DESCRIPTION:a secret",
            "ATTENDEE;CN=Somebody:mailto:somebody@example.org",
            "EXDATE:20010101T000000Z,20260330T120000Z",
            "RDATE:20010101T000000Z",
            "BEGIN:VALARM\nDURATION:PT15M\nDESCRIPTION:a secret\nEND:VALARM",
            summary="x" * 3_000,
        )
    )
    (series,) = sieved(text).series
    assert b"secret" not in series
    assert b"example" not in series
    assert b"DURATION" not in series
    assert b"EXDATE:20260330T120000Z\n" in series
    assert b"RDATE" not in series
    assert len(series) < 800


def test_one_series_stays_together_and_an_entry_without_a_name_is_one_of_its_own():
    rows = ("DTSTART:20260330T100000Z", "DURATION:PT1H")
    nameless = entry(*rows).replace("UID:1\n", "")
    text = calendar(entry(*rows), entry(*rows, "RECURRENCE-ID:20260330T100000Z"), nameless, nameless)
    assert [series.count(b"BEGIN:VEVENT") for series in sieved(text).series] == [2, 1, 1]


def test_names_in_small_letters_lines_that_are_folded_and_a_mark_at_the_beginning():
    text = calendar(entry("DTSTART;TZID=Europe/\n Paris:20260330T10\n\t0000", "DURATION:PT1H"))
    small = text.replace("BEGIN", "begin").replace("VEVENT", "vevent").replace("VCALENDAR", "vcalendar")
    small = small.replace("DTSTART", "dtstart").replace("END:", "end:")
    for each in (text, small, "\ufeff" + text, text.replace("\n", "\r\n")):
        (series,) = sieved(each).series
        assert b"\nDTSTART;TZID=Europe/Paris:20260330T100000\n" in series


@pytest.mark.parametrize("end", ["\r\n", "\r\r\n", "\r", " \r\n", "\t\n"])
def test_line_ends_as_programs_write_them(end):
    plain = calendar(entry("DTSTART:20260330T100000Z", "DTEND:20260330T105000Z", "SUMMARY:a client"))
    assert len(sieved(plain).series) == 1
    assert sieved(plain.replace("\n", end)) == sieved(plain)


def test_what_was_called_off_as_a_whole_keeps_nobody_busy():
    plain = calendar(entry("DTSTART:20260330T100000Z", "DTEND:20260330T105000Z"))
    assert sieved(plain.replace("\nBEGIN:VEVENT", "\nMETHOD:CANCEL\nBEGIN:VEVENT", 1)) == Sieved()


def test_one_calendar_of_two_that_was_called_off_takes_the_other_not_along():
    plain = calendar(entry("DTSTART:20260330T100000Z", "DTEND:20260330T105000Z"))
    off = plain.replace("\nBEGIN:VEVENT", "\nMETHOD:CANCEL\nBEGIN:VEVENT", 1)
    assert len(sieved(plain + off).series) >= 1


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("FREQ=WEEKLY;COUNT=20", False),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=20", False),
        ("FREQ=DAILY;COUNT=300", False),
        ("FREQ=WEEKLY;COUNT=70", True),
        ("FREQ=WEEKLY;INTERVAL=4;COUNT=20", True),
        ("FREQ=DAILY;BYDAY=MO;COUNT=70", True),
        ("FREQ=MONTHLY;COUNT=2", True),
        ("FREQ=WEEKLY;COUNT=x", True),
    ],
)
def test_a_series_whose_number_is_up_long_ago_is_left_behind(rule, kept):
    text = calendar(entry("DTSTART:20250106T100000Z", "DTEND:20250106T105000Z", f"RRULE:{rule}"))
    assert bool(sieved(text).series) is kept


def test_zones_that_a_file_describes_are_kept_where_an_entry_is():
    zone = "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\n{rule}\nEND:STANDARD\nEND:VTIMEZONE"
    good, hourly = zone.format(rule="RRULE:FREQ=YEARLY"), zone.format(rule="RRULE:FREQ=HOURLY")
    here = entry("DTSTART;TZID=Mine:20260330T100000")
    assert len(sieved(calendar(good, here, hourly)).zones) == 1
    assert sieved(calendar(here, "BEGIN:VTIMEZONE\nTZID:Mine")).zones == ()
    assert sieved(calendar(good, entry("DTSTART;TZID=Mine:20250330T100000"))).zones == ()


@pytest.mark.parametrize("rest", ["", ";BYDAY=MO"])
def test_a_rule_that_ends_with_a_day_has_that_day(rest):
    rule = entry("DTSTART:20260302T100000Z", "DURATION:PT1H", f"RRULE:FREQ=WEEKLY;UNTIL=20260330{rest}")
    (series,) = sieved(calendar(rule)).series
    assert f"UNTIL=20260330T235959Z{rest}\n".encode() in series
    timed = rule.replace("20260330", "20260330T090000Z")
    (series,) = sieved(calendar(timed)).series
    assert f"UNTIL=20260330T090000Z{rest}\n".encode() in series


def test_what_is_kept_is_bounded_in_bytes_too():
    dates = ",".join(["20260330T100000Z"] * 100_000)
    long = entry("DTSTART:20260330T100000Z", "DURATION:PT1H", *[f"EXDATE:{dates}"] * 3)
    found = sieved(calendar(long, entry("DTSTART:20260330T100000Z", uid="2")))
    assert len(found.series) == 1
    assert found.left_out == Counter({"agenda-too-full": 1})


def test_all_calendars_together_have_so_much_room_and_no_more():
    sieve = Sieve(MONDAY, MONDAY)
    rows = ("DTSTART:20260330T100000Z", "DURATION:PT1H")
    busy = calendar(*(entry(*rows, uid=str(number)) for number in range(2_500))).encode()
    first, second = sieve.through(busy), sieve.through(busy)
    assert first is not None
    assert second is not None
    assert (len(first.series), len(second.series)) == (2_500, 1_500)
    assert second.left_out == Counter({"agenda-too-full": 1_000})


def test_of_a_long_calendar_a_few_days_are_left():
    assert len(sieved(many(20_000, MONDAY + timedelta(days=100))).series) < 40


# --- by chance: nothing that matters is dropped -----------------------------------------------------------

DAYS = st.integers(-60, 40).map(lambda days: MONDAY + timedelta(days=days))
YEARS = st.integers(-1_200, -60).map(lambda days: MONDAY + timedelta(days=days))
HOURS = st.integers(0, 23)
RULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;BYDAY=MO,TU,WE",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,MO;WKST=SU",
    "FREQ=MONTHLY;BYDAY=-1MO",
]


@st.composite
def entries(draw: st.DrawFn, uid: int) -> list[str]:
    day, hour = draw(st.one_of(DAYS, YEARS)), draw(HOURS)
    zone = draw(st.sampled_from([";TZID=America/St_Johns", ";TZID=Pacific/Kiritimati", ""]))
    end = draw(st.sampled_from(["DURATION:PT50M", "DURATION:P3DT1H", "DURATION:PT26H"]))
    next_day = f"DTEND{zone}:{day + timedelta(days=1):%Y%m%d}T{hour:02}0000"
    rows = [f"DTSTART{zone}:{day:%Y%m%d}T{hour:02}0000", draw(st.sampled_from([end, next_day]))]
    rule = draw(st.sampled_from(["", *RULES]))
    if not rule:
        return [entry(*rows, uid=str(uid))]
    until = draw(st.sampled_from(["", f";UNTIL={draw(DAYS):%Y%m%d}T000000Z", f";COUNT={draw(st.integers(1, 50))}"]))
    moved, to = draw(DAYS), draw(DAYS)
    without = f"EXDATE{zone}:{draw(DAYS):%Y%m%d}T{hour:02}0000"
    exception = entry(
        f"RECURRENCE-ID{zone}:{moved:%Y%m%d}T{hour:02}0000", f"DTSTART{zone}:{to:%Y%m%d}T090000", end, uid=str(uid)
    )
    whole = [entry(*rows, f"RRULE:{rule}{until}", without, uid=str(uid))]
    return [*whole, exception] if draw(st.booleans()) else whole


@given(st.tuples(*(entries(uid) for uid in range(3))))
def test_with_the_sieve_or_without_it_the_answer_is_the_same(made):
    first = datetime.combine(MONDAY, datetime.min.time(), PARIS)
    last = first + timedelta(days=4)
    kinds = Kinds(MARKS)
    found = Sieve(MONDAY, MONDAY + timedelta(days=4)).through(
        calendar(*(each for one in made for each in one)).encode()
    )
    assert found is not None
    whole = Sieved(tuple(b"".join(b"\n" + each.encode() for each in one) for one in made))
    one, other = (
        sorted(appointments(each, first.astimezone(UTC), last.astimezone(UTC), PARIS, kinds, Counter()))
        for each in (found, whole)
    )
    assert one == other


def test_years_of_a_series_are_not_counted():
    rules = ("FREQ=WEEKLY", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;INTERVAL=2;WKST=MO")
    entries = [
        entry("DTSTART:19990329T100000Z", "DURATION:PT1H", f"RRULE:{rules[number % 3]}", uid=str(number))
        for number in range(3_000)
    ]
    found = sieved(calendar(*entries))
    assert not found.left_out
    assert len(found.series) == 3_000
