"""What the settings say to suggestions."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from calmtray.practice.model import Need, Where
from calmtray.practice.moment import Asked, Permitted
from calmtray.settings.finding import permitted, remembered, still_so
from calmtray.settings.model import DEFAULTS, Settings


def test_nothing_was_said_and_nothing_is_special():
    assert remembered(DEFAULTS) == Asked()
    assert permitted(DEFAULTS) == Permitted()


def test_what_was_said_is_remembered():
    said = Settings(now_needs=("numb", "tired"), now_seconds=120, now_where="parked-car")
    assert remembered(said) == Asked(frozenset({Need.NUMB, Need.TIRED}), 120, Where.PARKED_CAR)


def test_holds_favourites_and_what_is_hidden():
    chosen = Settings(breath_holds=True, hidden=("a",), favourites=("b", "c"))
    assert permitted(chosen) == Permitted(True, frozenset({"a"}), frozenset({"b", "c"}))


@pytest.mark.parametrize(
    ("said", "minutes", "holds"),
    [
        ("2026-03-04T10:00-04:00", 0, True),
        ("2026-03-04T10:00-04:00", 119, True),
        ("2026-03-04T10:00-04:00", 120, False),
        ("2026-03-04T14:00+00:00", 60, True),
        ("2026-03-04T10:01-04:00", 0, False),  # the clock was set back
        ("2026-03-03T10:00-04:00", 0, False),
        ("2026-03-04T10:00", 0, False),
        ("2026-03-04", 0, False),
        ("this morning", 0, False),
        ("", 0, False),
    ],
)
def test_how_things_were_two_hours_ago_is_not_how_they_are(said, minutes, holds):
    now = datetime(2026, 3, 4, 10, tzinfo=timezone(timedelta(hours=-4))) + timedelta(minutes=minutes)
    settings = Settings(now_needs=("numb",), now_said=said, now_seconds=120, now_where="parked-car")
    needs = frozenset({Need.NUMB}) if holds else frozenset()
    assert remembered(still_so(settings, now)) == Asked(needs, 120, Where.PARKED_CAR)
