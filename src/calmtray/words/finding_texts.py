"""The words of finding a practice: how things are, how long, where, and why one is suggested."""

from __future__ import annotations

from collections.abc import Collection

from calmtray.practice.model import Category, Need, Practice, Where
from calmtray.practice.reasons import Because, Reason
from calmtray.practice.suggest import Suggestion
from calmtray.words.language import _
from calmtray.words.texts import length_text


def need_text(need: Need) -> str:
    """How things are, as somebody might say it of themselves."""
    return {
        Need.AFTER_HEAVY_SESSION: _("That was a heavy session"),
        Need.AGITATED: _("Wound up"),
        Need.BEFORE_DIFFICULT_CALL: _("A hard call is next"),
        Need.BETWEEN_BACK_TO_BACK: _("Back to back"),
        Need.BODY_BASICS: _("My body has been waiting"),
        Need.CELEBRATING: _("Something went well"),
        Need.END_OF_DAY: _("End of the day"),
        Need.FOGGY: _("Foggy"),
        Need.HUNGRY_THIRSTY: _("Hungry or thirsty"),
        Need.LONELY: _("Lonely"),
        Need.NUMB: _("Numb, far away"),
        Need.ONE_MINUTE_OR_LESS: _("A minute at most"),
        Need.OVERWHELMED: _("All too much"),
        Need.SCREEN_WEARY: _("Tired of screens"),
        Need.SELF_CRITICAL: _("Hard on myself"),
        Need.START_OF_DAY: _("Start of the day"),
        Need.TIRED: _("Tired"),
    }[need]


def where_text(where: Where) -> str:
    """Where somebody is, in their words."""
    return {
        Where.DESK: _("At my desk"),
        Where.STANDING: _("Standing"),
        Where.WATCHED: _("Someone may see or hear"),
        Where.PARKED_CAR: _("In a parked car"),
    }[where]


def asked_text(needs: Collection[Need], seconds: int, where: Where | None) -> str:
    """Everything that was said, in a line; empty where nothing was. ``seconds``: 0 for no answer."""
    said = [need_text(need) for need in needs]
    if seconds:
        said.append(length_text(seconds * 1_000))
    if where is not None:
        said.append(where_text(where))
    return " · ".join(said)


def reason_text(because: Because) -> str:
    """Why a practice is suggested, in a few words."""
    if because.reason is Reason.NEED:
        return _need_reason(Need(str(because.details["need"])))
    if because.reason is Reason.KIND:
        return _kind_text(Category(str(because.details["category"])))
    if because.reason is Reason.THIS_MONTH and because.details["number"] == 2:
        return _("taken twice this month")
    sentence = {
        Reason.OUTWARD_FIRST: _("outward first, after a heavy session"),
        Reason.MOVING: _("some movement, after a heavy session"),
        Reason.FITS_BEFORE: _("fits before your {at}"),
        Reason.NOT_INWARD: _("needs no looking inward"),
        Reason.NO_BREATH: _("leaves the breath alone"),
        Reason.FAVOURITE: _("a favourite of yours"),
        Reason.THIS_MONTH: _("taken {number} times this month"),
        Reason.UNNOTICED: _("nobody would notice"),
        Reason.PARKED: _("can be done in a parked car"),
        Reason.STANDING: _("can be done standing"),
        Reason.AT_THE_DESK: _("can be done at the desk"),
        Reason.TODAY: _("today’s one a day"),
        Reason.RESTED: _("not taken for a while"),
        Reason.OUTWARD: _("looks outward"),
        Reason.NEW: _("not taken yet"),
    }[because.reason]
    return sentence.format(**because.details)


def _need_reason(need: Need) -> str:
    return {
        Need.AFTER_HEAVY_SESSION: _("made for the time after a heavy session"),
        Need.AGITATED: _("made for a restless moment"),
        Need.BEFORE_DIFFICULT_CALL: _("made for the minutes before a hard call"),
        Need.BETWEEN_BACK_TO_BACK: _("made for the gap between two sessions"),
        Need.BODY_BASICS: _("made for what a body needs"),
        Need.CELEBRATING: _("made for when something went well"),
        Need.END_OF_DAY: _("made for the end of the day"),
        Need.FOGGY: _("made for a foggy head"),
        Need.HUNGRY_THIRSTY: _("made for hunger and thirst"),
        Need.LONELY: _("made for a lonely moment"),
        Need.NUMB: _("made for when little is felt"),
        Need.ONE_MINUTE_OR_LESS: _("made for a minute at most"),
        Need.OVERWHELMED: _("made for when it is all too much"),
        Need.SCREEN_WEARY: _("made for eyes weary of screens"),
        Need.SELF_CRITICAL: _("made for a harsh inner voice"),
        Need.START_OF_DAY: _("made for the start of the day"),
        Need.TIRED: _("made for a tired moment"),
    }[need]


def _kind_text(category: Category) -> str:
    return {
        Category.BREATH: _("something with the breath"),
        Category.ORIENTATION: _("a look around"),
        Category.SENSORY: _("something for the senses"),
        Category.MOVEMENT: _("a little movement"),
        Category.PLAY: _("a little play"),
        Category.SELF_COMPASSION: _("some kindness for yourself"),
        Category.BODY_NEEDS: _("something the body needs"),
        Category.SMALL_WIN: _("a small win"),
        Category.CONNECTION: _("a word with somebody"),
        Category.TRANSITION: _("from one thing to the next"),
    }[category]


def facts_text(suggestion: Suggestion) -> str:
    """How long it takes, and why it is suggested, in a line."""
    length = fitted_text(suggestion.practice, suggestion.length_ms)
    return f"{length} · {reason_text(suggestion.because)}"


def fitted_text(practice: Practice, length_ms: int) -> str:
    """How long a practice would be, and whether it is made shorter for that than it is written."""
    length = length_text(length_ms)
    return _("{length}, made shorter").format(length=length) if length_ms < practice.length_ms else length


def nothing_fits_text() -> str:
    """Why nothing is suggested, and what there is instead."""
    return _(
        "Nothing here fits all of that just now. A little more time, or another place, brings others; the Practices"
        " page has them all."
    )
