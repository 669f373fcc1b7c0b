"""What the settings say to ``suggest``: what was asked the last time, and what is permitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from calmtray.practice.model import Need, Where
from calmtray.practice.moment import Asked, Permitted
from calmtray.settings.model import DEFAULTS, Settings


def of_today(settings: Settings, today: date) -> Settings:
    """The same, without how things were on another day; time and place are remembered for good."""
    return settings if settings.now_day == today.isoformat() else replace(settings, now_needs=DEFAULTS.now_needs)


def remembered(settings: Settings) -> Asked:
    """What was chosen on the Now page."""
    where = Where(settings.now_where) if settings.now_where != DEFAULTS.now_where else None
    return Asked(frozenset(map(Need, settings.now_needs)), settings.now_seconds or None, where)


def permitted(settings: Settings) -> Permitted:
    """Breath holds, what is hidden, and favourites."""
    return Permitted(settings.breath_holds, frozenset(settings.hidden), frozenset(settings.favourites))
