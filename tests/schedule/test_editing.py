"""What the editor of the rules is told, and what it tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.schedule.editing import USUAL, Spell, next_range, range_of, spells, week_texts
from calmtray.schedule.rules import MIDNIGHT, Range, joined, week

TIMES = st.integers(0, MIDNIGHT - 1)


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (540, 1_020, Range(540, 1_020)),
        (540, 0, Range(540, MIDNIGHT)),
        (0, 0, Range(0, MIDNIGHT)),
        (540, 540, None),
        (1_020, 540, None),
    ],
)
def test_hours_from_two_times_of_which_the_second_may_be_midnight(start, end, found):
    assert range_of(start, end) == found


@pytest.mark.parametrize(
    ("ranges", "found"),
    [
        ((), USUAL),
        ((Range(540, 720),), Range(780, 1_020)),
        ((Range(840, 1_200), Range(540, 720)), Range(1_260, MIDNIGHT)),
        ((Range(540, 1_380),), None),
        ((Range(0, MIDNIGHT),), None),
    ],
)
def test_the_hours_that_may_follow(ranges, found):
    assert next_range(ranges) == found


def test_days_with_the_same_hours_stand_together():
    morning, whole = (Range(540, 720),), (Range(540, 720), Range(780, 1_020))
    assert week_texts({4: morning, 0: whole, 1: whole, 2: whole, 3: whole, 5: ()}) == (
        "mon-thu 09:00-12:00 13:00-17:00",
        "fri 09:00-12:00",
    )
    assert week_texts({}) == ()


@given(st.dictionaries(st.integers(0, 6), st.lists(st.tuples(TIMES, TIMES), max_size=3)))
def test_a_week_comes_back_from_its_texts(days):
    found = {day: joined(filter(None, (range_of(start, end) for start, end in pairs))) for day, pairs in days.items()}
    assert week(week_texts(found)) == {day: ranges for day, ranges in found.items() if ranges}


def test_days_in_a_row_with_the_same_hours_are_one_spell():
    christmas = date(2026, 12, 24)
    days = [christmas + timedelta(days=each) for each in range(4)]
    morning = (Range(540, 720),)
    assert spells({days[3]: morning, days[1]: (), days[0]: ()}) == [
        Spell(days[0], days[1], ()),
        Spell(days[3], days[3], morning),
    ]
    assert spells({days[0]: (), days[1]: morning}) == [Spell(days[0], days[0], ()), Spell(days[1], days[1], morning)]
    assert list(Spell(days[0], days[2], ()).days()) == days[:3]
