"""One a day: the 31 core practices, one for each day of a month."""

from __future__ import annotations

from datetime import date

ONE_A_DAY = (
    "look-around-the-room",
    "shoulders-and-neck",
    "three-easy-breaths",
    "water-break",
    "one-small-win",
    "green-minute",
    "say-hello",
    "doorway-pause",
    "colour-hunt",
    "supportive-hold",
    "here-and-now-facts",
    "desk-stretch",
    "longer-out-breath",
    "bathroom-break",
    "three-good-moments",
    "five-senses-countdown",
    "set-it-down",
    "hallway-lap",
    "self-compassion-pause",
    "one-minute-doodle",
    "feet-and-chair",
    "five-five",
    "two-minute-check-in",
    "close-the-session",
    "light-body-scan",
    "something-to-eat",
    "shake-it-out",
    "before-a-hard-call",
    "loving-kindness-mini",
    "cyclic-sighing",
    "leave-work-at-work",
)
"""In an order in which no kind comes twice in a row. The shorter months leave the last ones to the longer."""


def one_a_day(day: date) -> str:
    """The id of that day's practice."""
    return ONE_A_DAY[day.day - 1]
