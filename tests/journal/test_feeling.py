"""How it feels: when it is asked, and what is worth a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.journal.feeling import EVERY, Feeling, is_asked, is_pleasure_first, often_low

LOW, WELL = Feeling(0.1, 0.5), Feeling(0.11, 0.5)


def test_the_first_session_is_never_asked_about():
    assert not is_asked(0)


@given(st.integers(0, 10_000))
def test_of_any_five_sessions_in_a_row_one_is_asked_about(sessions):
    assert [is_asked(sessions + more) for more in range(EVERY)].count(True) == 1


def test_what_comes_first_changes_from_one_time_to_the_next():
    asked = [sessions for sessions in range(50) if is_asked(sessions)]
    assert [is_pleasure_first(sessions) for sessions in asked] == [True, False] * 5


@pytest.mark.parametrize(
    ("felt", "often"),
    [([], False), ([LOW] * 2, False), ([LOW] * 3, True), ([WELL, LOW, LOW, LOW], False), ([LOW, LOW, LOW, WELL], True)],
)
def test_little_pleasure_several_times_in_a_row_is_worth_a_word(felt, often):
    assert often_low(felt) is often
