"""The words of offering: why now, why not now, and the client session somebody is in.

A client who glances at the screen may read any of it.
"""

from __future__ import annotations

from datetime import datetime

from calmtray.schedule.occurrences import Kind, OfferRow, Outcome
from calmtray.schedule.quiet import QuietReason
from calmtray.words.language import _


def clock_text(at: datetime) -> str:
    """A time of the day, ``at`` in the zone that is meant."""
    return f"{at:%H:%M}"


def why_text(kind: Kind, until: datetime | None) -> str:
    """Why something is offered now. ``until``: when the next appointment begins, as the clock there shows it."""
    if kind is Kind.AFTER_SESSION:
        if until is not None:
            return _("Session over. A minute before {at}?").format(at=clock_text(until))
        return _("Session over. A minute before what comes next?")
    return {
        Kind.LATER: _("You asked to be asked again. Now?"),
        Kind.BACK: _("Welcome back. A minute before you go on?"),
        Kind.CLOCK: _("The time you chose. A minute?"),
        Kind.DAY_START: _("The day begins. A minute first?"),
        Kind.DAY_END: _("The day is nearly over. A minute to close it?"),
        Kind.RHYTHM: _("A while has gone by. A minute?"),
    }[kind]


def kind_text(kind: Kind) -> str:
    """What was planned, in a list."""
    return {
        Kind.AFTER_SESSION: _("after a client session"),
        Kind.LATER: _("put off until now"),
        Kind.BACK: _("back after a while away"),
        Kind.CLOCK: _("at a time you chose"),
        Kind.DAY_START: _("the start of the day"),
        Kind.DAY_END: _("the end of the day"),
        Kind.RHYTHM: _("after a while of work"),
    }[kind]


def outcome_text(row: OfferRow) -> str:
    """What became of it."""
    if row.outcome is Outcome.QUIET:
        assert row.reason is not None
        return _("stayed quiet: {reason}").format(reason=quiet_text(row.reason))
    return answer_text(row.outcome)


def answer_text(outcome: Outcome) -> str:
    """What somebody made of an offer."""
    return {
        Outcome.TAKEN: _("offered and taken"),
        Outcome.LATER: _("offered and put off"),
        Outcome.PASSED: _("offered and passed by"),
        Outcome.EXPIRED: _("offered; it went by itself"),
        Outcome.NOT_TODAY: _("offered; no more today"),
    }[outcome]


def waiting_text(reason: QuietReason) -> str:
    """That it may come yet, and what it waits for the end of, as it is just now."""
    now = {
        QuietReason.TOO_CLOSE: _("it is too soon after the last one"),
        QuietReason.CLIENT_SESSION: _("you are in a client session"),
        QuietReason.MEETING: _("your agenda has you in a meeting"),
        QuietReason.NEXT_IS_NEAR: _("the next appointment is less than two minutes away"),
        QuietReason.PRACTISING: _("a practice is open"),
        QuietReason.OUTSIDE_HOURS: _("outside your working hours"),
        QuietReason.TYPING: _("you are typing"),
        QuietReason.MICROPHONE: _("the microphone is in use"),
        QuietReason.CAMERA: _("the camera is in use"),
        QuietReason.DO_NOT_DISTURB: _("“do not disturb” is on"),
        QuietReason.FULL_SCREEN: _("something fills the screen"),
        QuietReason.SCREEN_SHARED: _("the screen is being shared"),
        QuietReason.AWAY: _("you are away"),
        QuietReason.LOCKED: _("the screen is locked"),
        QuietReason.JUST_RESUMED: _("the computer has just woken up"),
    }
    return _("waiting for a better moment: {reason}").format(reason=now[reason])


def quiet_text(reason: QuietReason) -> str:
    """Why it stayed quiet."""
    return {
        QuietReason.OFF: _("offers are off"),
        QuietReason.OUTSIDE_HOURS: _("outside your working hours"),
        QuietReason.DAY_OFF: _("a day off"),
        QuietReason.NOT_TODAY: _("you said “not today”"),
        QuietReason.CAP_REACHED: _("there had been as many as you want in a day"),
        QuietReason.TOO_CLOSE: _("it would have come too soon after the last one"),
        QuietReason.PASSED_BY: _("several had been passed by, so every other one is left out today"),
        QuietReason.CLIENT_SESSION: _("you were in a client session"),
        QuietReason.MEETING: _("your agenda had you in a meeting"),
        QuietReason.NEXT_IS_NEAR: _("the next appointment was less than two minutes away"),
        QuietReason.PRACTISING: _("a practice was open"),
        QuietReason.NOTHING_FITS: _("no practice fitted what you chose"),
        QuietReason.NOT_RUNNING: _("calmtray was not running"),
        QuietReason.TYPING: _("you were typing"),
        QuietReason.MICROPHONE: _("the microphone was in use"),
        QuietReason.CAMERA: _("the camera was in use"),
        QuietReason.DO_NOT_DISTURB: _("“do not disturb” was on"),
        QuietReason.FULL_SCREEN: _("something filled the screen"),
        QuietReason.SCREEN_SHARED: _("the screen was being shared"),
        QuietReason.AWAY: _("you were away"),
        QuietReason.LOCKED: _("the screen was locked"),
        QuietReason.ASLEEP: _("the computer was asleep"),
        QuietReason.CLOCK_SET: _("the clock was set"),
        QuietReason.JUST_RESUMED: _("the computer had just woken up"),
    }[reason]


def too_far_text() -> str:
    """That nobody is with a client until then."""
    return _("That is more than eight hours away. Choose a time that comes sooner.")


def in_session_text(until: datetime) -> str:
    """That somebody is with a client, until when they think."""
    return _("In session until {at}").format(at=clock_text(until))


def circle_text(at: datetime, label: str) -> str:
    """That a meeting with peers is near."""
    name = label or _("Meeting with peers")
    return _("{at} · {name}").format(at=clock_text(at), name=name)
