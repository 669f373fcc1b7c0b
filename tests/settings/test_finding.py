"""What the settings say to suggestions."""

from __future__ import annotations

from datetime import date

from calmtray.practice.model import Need, Where
from calmtray.practice.moment import Asked, Permitted
from calmtray.settings.finding import of_today, permitted, remembered
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


def test_how_things_were_is_not_how_they_are_the_day_after():
    said = Settings(now_needs=("numb",), now_day="2026-03-04", now_seconds=120, now_where="parked-car")
    assert of_today(said, date(2026, 3, 4)) == said
    later = of_today(said, date(2026, 3, 5))
    assert remembered(later) == Asked(frozenset(), 120, Where.PARKED_CAR)
