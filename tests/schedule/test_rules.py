"""The short texts in which the settings hold when somebody may be offered a practice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.schedule import rules as r
from calmtray.schedule.rules import EVERY_DAY, MIDNIGHT, Circle, ClockTime, Range, Rules
from calmtray.settings.model import SETTINGS, Settings
from calmtray.settings.offering import rules

MONDAY_TO_FRIDAY = frozenset(range(5))
NINE, NOON, ONE, FIVE = 540, 720, 780, 1_020


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mon-fri 09:00-17:00", (MONDAY_TO_FRIDAY, (Range(NINE, FIVE),))),
        ("mon-fri 09:00-12:00 13:00-17:00", (MONDAY_TO_FRIDAY, (Range(NINE, NOON), Range(ONE, FIVE)))),
        ("mon,wed-thu,sun 13:00-24:00", (frozenset({0, 2, 3, 6}), (Range(ONE, MIDNIGHT),))),
        ("sat 09:00-13:00 12:00-17:00", (frozenset({5}), (Range(NINE, FIVE),))),
        ("sat 09:00-12:00 12:00-13:00", (frozenset({5}), (Range(NINE, ONE),))),
        ("fri-mon 09:00-17:00", None),
        ("mon 17:00-09:00", None),
        ("mon 09:00-09:00", None),
        ("mon 09:60-10:00", None),
        ("mon 09:00-25:00", None),
        ("mon", None),
        ("monday 09:00-17:00", None),
        ("", None),
    ],
)
def test_working_hours(text, read):
    assert r.read_hours(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-12-24 off", (date(2026, 12, 24), ())),
        ("2024-02-29 09:00-12:00", (date(2024, 2, 29), (Range(NINE, NOON),))),
        ("2026-02-29 off", None),
        ("2026-12-24 12:00-09:00", None),
        ("2026-12-24", None),
    ],
)
def test_a_single_day(text, read):
    assert r.read_other_day(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10:50", ClockTime(50, 10)),
        ("*:50", ClockTime(50)),
        ("mon-fri 10:50", ClockTime(50, 10, MONDAY_TO_FRIDAY)),
        ("mon,wed 14:00", ClockTime(0, 14, frozenset({0, 2}))),
        ("00:00", ClockTime(0, 0)),
        ("24:00", None),
        ("10:60", None),
        ("fri-mon 10:00", None),
        ("ten", None),
    ],
)
def test_a_clock_time(text, read):
    assert r.read_clock_time(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("thu 12:30 Supervision", Circle(750, "Supervision", frozenset({3}))),
        ("2026-12-03 18:00 Community of practice ", Circle(1_080, "Community of practice", day=date(2026, 12, 3))),
        ("thu 24:00 Late", None),
        ("thu 12:61 Late", None),
        ("sun-mon 12:00 Round the corner", None),
        ("2026-13-03 18:00 No month", None),
        ("thu 12:30", None),
    ],
)
def test_a_meeting_with_peers(text, read):
    assert r.read_circle(text) == read


DAYS = st.frozensets(st.integers(0, 6), min_size=1)
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def ranges(draw, least=1):
    ends = sorted(draw(st.lists(st.integers(0, MIDNIGHT), min_size=2 * least, max_size=8, unique=True)))
    return tuple(Range(*pair) for pair in zip(ends[::2], ends[1::2], strict=False))


@given(DAYS, ranges(), DATES, st.integers(0, 23), st.integers(0, 59))
def test_what_is_written_is_read_again(days, working, day, hour, minute):
    assert r.read_hours(r.hours_text(days, working)) == (days, working)
    assert r.read_other_day(r.other_day_text(day, working)) == (day, working)
    assert r.read_other_day(r.other_day_text(day, ())) == (day, ())
    for at in (ClockTime(minute, hour, days), ClockTime(minute, None, days), ClockTime(minute)):
        assert r.read_clock_time(r.clock_time_text(at)) == at
    for circle in (Circle(hour * 60 + minute, "Peers", days), Circle(minute, "Peers", day=day)):
        assert r.read_circle(r.circle_text(circle)) == circle


def test_several_texts_tell_of_one_week_and_what_makes_no_sense_is_left_out():
    texts = ("mon-fri 09:00-12:00", "fri 11:00-15:00", "nonsense", "sat 10:00-11:00")
    found = r.week(texts)
    assert found[0] == (Range(NINE, NOON),)
    assert found[4] == (Range(NINE, 900),)
    assert (found[5], 6 in found) == ((Range(600, 660),), False)


def test_a_single_day_has_hours_of_its_own():
    some = Rules(week={0: (Range(NINE, FIVE),)}, other_days={date(2026, 3, 9): ()})
    assert some.hours(date(2026, 3, 2)) == (Range(NINE, FIVE),)
    assert some.hours(date(2026, 3, 3)) == ()
    assert some.hours(date(2026, 3, 9)) == ()


def test_the_settings_hold_rules_and_refuse_texts_that_make_no_sense():
    assert rules(Settings()) == Rules(week=dict.fromkeys(range(5), (Range(NINE, FIVE),)))
    chosen = Settings(
        offers="on",
        rhythm=True,
        rhythm_minutes=60,
        clock_times=("*:50",),
        other_days=("2026-12-24 off",),
        circles=("thu 12:30 Supervision",),
        working_hours=(),
        minutes_apart=30,
        minutes_held=5,
        offers_a_day=3,
    )
    made = rules(chosen)
    assert (made.on, made.rhythm, made.clock_times) == (True, timedelta(hours=1), (ClockTime(50),))
    assert (made.week, made.other_days) == ({}, {date(2026, 12, 24): ()})
    assert (made.apart, made.held, made.a_day) == (timedelta(minutes=30), timedelta(minutes=5), 3)
    assert made.circles[0].label == "Supervision"
    accepts = {setting.name: setting.accepts for setting in SETTINGS}
    for name in ("clock_times", "working_hours", "other_days", "circles"):
        assert accepts[name](())
        assert not accepts[name](("nonsense",))
        assert not accepts[name]((7,))
    assert accepts["clock_times"](("*:50", "mon 10:00"))


def test_days_are_written_as_short_as_can_be():
    assert r.days_text(EVERY_DAY) == "mon-sun"
    assert r.days_text({0, 1, 3, 4, 5}) == "mon,tue,thu-sat"
