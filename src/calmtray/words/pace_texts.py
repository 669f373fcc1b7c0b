"""What is said of lengths and paces: on the page before *Begin*, in the settings, and where a pace is looked for."""

from __future__ import annotations

from calmtray.session.comfort import NO_PACE, RATES, Comfort, Effort
from calmtray.words.language import _, language, plural

_POINTS = {"en": ".", "fr": ","}
"""How a number is divided from its tenths."""


def rate_text(pace: str) -> str:
    """How fast a pace is: ``5.5 breaths a minute``."""
    number = f"{RATES[pace]:g}".replace(".", _POINTS[language()])
    return _("{number} breaths a minute").format(number=number)


def my_pace_text(pace: str) -> str:
    """The user's own pace, in a line; or that there is none."""
    if pace == NO_PACE:
        return _("My pace: not looked for yet, or forgotten")
    return _("My pace: {rate}").format(rate=rate_text(pace))


def at_my_pace_text(pace: str) -> str:
    """The switch on the page before *Begin*."""
    return _("At my pace ({rate})").format(rate=rate_text(pace))


def ramp_text() -> str:
    """What the ramp does to this practice."""
    return _("It begins with a few quicker breaths.")


def usual_seconds_text() -> str:
    """Why the words may name other seconds than the pacer shows."""
    return _("Where the words count seconds, they mean the usual pace: the pacer leads.")


def trial_text(number: int, of: int) -> str:
    """Which pace is being tried."""
    return _("Pace {number} of {of}").format(number=number, of=of)


RESTS_MIN = 3
"""The rests between the paces, and the answers, in minutes."""


def minutes_each_text(minutes: int, of: int) -> str:
    """How long each pace is tried, and about how long that takes in all."""
    whole = of * minutes + RESTS_MIN
    each = plural("{minutes} minute each", "{minutes} minutes each", minutes).format(minutes=minutes)
    return _("{each} (about {whole} min in all)").format(each=each, whole=whole)


def comfort_text(comfort: Comfort) -> str:
    """An answer to “Was it comfortable?”."""
    return {Comfort.YES: _("Yes"), Comfort.PARTLY: _("In between"), Comfort.NO: _("Not really")}[comfort]


def effort_text(effort: Effort) -> str:
    """An answer to “How much effort did it take?”."""
    return {Effort.LITTLE: _("Hardly any"), Effort.SOME: _("A little"), Effort.MUCH: _("Quite a bit")}[effort]


def found_text(pace: str | None) -> str:
    """What the answers come to."""
    if pace is None:
        return _("No pace stood out, and that is fine. The slow breaths keep their usual ones.")
    return _("Of those you tried, {rate} came out as the most comfortable.").format(rate=rate_text(pace))
