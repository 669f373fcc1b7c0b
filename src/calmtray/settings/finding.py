"""What the settings say to ``suggest``: what was asked the last time, and what is permitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from calmtray.practice.model import Need, Where
from calmtray.practice.moment import Asked, Permitted
from calmtray.settings.model import DEFAULTS, Settings

HOLDS_FOR = timedelta(hours=2)
"""How things are is said of this hour and the next."""


def still_so(settings: Settings, now: datetime) -> Settings:
    """The same, without how things were a good while ago; time and place are remembered for good.

    ``now`` carries its UTC offset.
    """
    try:
        since = now - datetime.fromisoformat(settings.now_said)
    except (ValueError, TypeError):  # never said, or written by hand
        since = HOLDS_FOR
    # Said later than now: the clock was set back.
    return settings if timedelta(0) <= since < HOLDS_FOR else replace(settings, now_needs=DEFAULTS.now_needs)


def remembered(settings: Settings) -> Asked:
    """What was chosen on the Now page."""
    where = Where(settings.now_where) if settings.now_where != DEFAULTS.now_where else None
    return Asked(frozenset(map(Need, settings.now_needs)), settings.now_seconds or None, where)


def permitted(settings: Settings) -> Permitted:
    """Breath holds, what is hidden, and favourites."""
    return Permitted(settings.breath_holds, frozenset(settings.hidden), frozenset(settings.favourites))
