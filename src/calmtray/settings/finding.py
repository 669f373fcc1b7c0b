"""What the settings say to ``suggest``: what was asked the last time, and what is permitted."""

from __future__ import annotations

from calmtray.practice.model import Need, Where
from calmtray.practice.moment import Asked, Permitted
from calmtray.settings.model import DEFAULTS, Settings


def remembered(settings: Settings) -> Asked:
    """What was chosen on the Now page."""
    where = Where(settings.now_where) if settings.now_where != DEFAULTS.now_where else None
    return Asked(frozenset(map(Need, settings.now_needs)), settings.now_seconds or None, where)


def permitted(settings: Settings) -> Permitted:
    """Breath holds, what is hidden, and favourites."""
    return Permitted(settings.breath_holds, frozenset(settings.hidden), frozenset(settings.favourites))
