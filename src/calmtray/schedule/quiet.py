"""Why no offer is made. The sentences for people are in ``words``."""

from __future__ import annotations

from enum import StrEnum


class QuietReason(StrEnum):
    """Why it stays quiet. The first ones are seen in rules and journal, the others are sensed (``presence``)."""

    OFF = "off"
    OUTSIDE_HOURS = "outside-hours"
    DAY_OFF = "day-off"
    NOT_TODAY = "not-today"
    CAP_REACHED = "cap-reached"
    TOO_CLOSE = "too-close"
    PASSED_BY = "passed-by"
    CLIENT_SESSION = "client-session"
    MEETING = "meeting"
    NEXT_IS_NEAR = "next-is-near"
    PRACTISING = "practising"
    NOTHING_FITS = "nothing-fits"
    NOT_RUNNING = "not-running"

    TYPING = "typing"
    MICROPHONE = "microphone"
    CAMERA = "camera"
    DO_NOT_DISTURB = "do-not-disturb"
    FULL_SCREEN = "full-screen"
    SCREEN_SHARED = "screen-shared"
    AWAY = "away"
    LOCKED = "locked"
    ASLEEP = "asleep"
    CLOCK_SET = "clock-set"
    JUST_RESUMED = "just-resumed"
