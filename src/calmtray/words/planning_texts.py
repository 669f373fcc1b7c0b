"""When offers may come, in words: hours, days of the week, times of the clock, meetings with peers."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from calmtray.schedule.rules import EVERY_DAY, Circle, ClockTime, Range, day_runs, joined, time_text, week
from calmtray.settings.model import Settings
from calmtray.words.language import _, marked, plural
from calmtray.words.texts import length_text

WEEKDAYS = tuple(range(7))

_DAYS = (
    marked("Monday"),
    marked("Tuesday"),
    marked("Wednesday"),
    marked("Thursday"),
    marked("Friday"),
    marked("Saturday"),
    marked("Sunday"),
)
_SHORT = (marked("Mon"), marked("Tue"), marked("Wed"), marked("Thu"), marked("Fri"), marked("Sat"), marked("Sun"))

A_SPAN = 3
"""So many days in a row are said as a span."""


def day_name(day: int) -> str:
    """A day of the week; 0 is Monday."""
    return _(_DAYS[day])


def day_heading(day: int) -> str:
    """The same, where it begins a line."""
    name = day_name(day)
    return name[:1].upper() + name[1:]


def short_day_name(day: int) -> str:
    """The same, where there is little room."""
    return _(_SHORT[day])


def days_text(days: Collection[int]) -> str:
    """Days of the week, three or more in a row as a span."""
    if set(days) == EVERY_DAY:
        return _("every day")
    return ", ".join(name for run in day_runs(days) for name in _run_names(run))


def ranges_text(ranges: Iterable[Range]) -> str:
    """The hours of a day."""
    said = (_("{start}–{end}").format(start=time_text(each.start), end=time_text(each.end)) for each in joined(ranges))
    return ", ".join(said) or _("off")


def clock_time_text(at: ClockTime) -> str:
    """A time of the clock, and on which days."""
    if at.hour is None:
        past = plural(
            "{minutes} minute past each working hour", "{minutes} minutes past each working hour", at.minute
        ).format(minutes=at.minute)
        time = past if at.minute else _("each working hour, on the hour")
    else:
        time = time_text(at.hour * 60 + at.minute)
    return _("{when} · {days}").format(when=time, days=days_text(at.days))


def circle_line(circle: Circle, day: str) -> str:
    """A meeting with peers. ``day``: the day it is on in words, where it is but once."""
    return _("{label} · {days}, {time}").format(
        label=circle.label, days=day or days_text(circle.days), time=time_text(circle.at)
    )


def spell_text(first: str, last: str, ranges: Collection[Range]) -> str:
    """Single days and their hours; ``first`` and ``last`` in words, alike where it is one day."""
    return _("{when} · {hours}").format(when=span_text(first, last), hours=ranges_text(ranges))


def span_text(first: str, last: str) -> str:
    """Days from the first to the last, in words; alike where it is one day."""
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def removed_text(what: str) -> str:
    """That something was taken out of the rules."""
    return _("Removed: {what}").format(what=what)


def at_most_text(seconds: int) -> str:
    """How long what is offered may be."""
    return length_text(seconds * 1_000) if seconds else _("Any length")


def first_step_text(settings: Settings) -> str:
    """What somebody has to do for an offer to come; empty where times alone bring one."""
    if settings.rhythm or settings.clock_times or settings.day_start or settings.day_end:
        return ""
    if not settings.after_sessions:
        return _("With these settings no offer comes: choose times on the page Offers.")
    return _(
        "With these settings an offer comes after a client session: say when one is on, name your calendars, or choose"
        " other times on the page Offers."
    )


def rules_text(settings: Settings) -> str:
    """What the rules come to, in a line or two."""
    chosen = week(settings.working_hours)
    hours: dict[tuple[Range, ...], list[int]] = {}
    for day in sorted(chosen):
        hours.setdefault(chosen[day], []).append(day)
    said = [_("{days} {hours}").format(days=days_text(days), hours=ranges_text(each)) for each, days in hours.items()]
    moments = (
        (settings.after_sessions, _("after a client session")),
        (settings.rhythm, _("after {minutes} minutes of work").format(minutes=settings.rhythm_minutes)),
        (bool(settings.clock_times), _("at times you chose")),
        (settings.day_start, _("at the start of the day")),
        (settings.day_end, _("at the end of the day")),
    )
    said += [text for chosen_too, text in moments if chosen_too]
    times = settings.offers_a_day
    said.append(plural("at most {times} time a day", "at most {times} times a day", times).format(times=times))
    text = " · ".join(said)
    return text[:1].upper() + text[1:]


def _run_names(run: list[int]) -> Iterable[str]:
    if len(run) < A_SPAN:
        return map(day_name, run)
    return (span_text(day_name(run[0]), day_name(run[-1])),)
