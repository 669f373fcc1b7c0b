"""``calmtray session``, ``plan`` and ``simulate``: client sessions, and when practices are offered."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calmtray.desktop.paths import Paths
from calmtray.words.language import _
from calmtray.words.offer_texts import too_far_text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from calmtray.schedule.agenda import Agenda
    from calmtray.schedule.planner import Offer
    from calmtray.settings.model import Settings

Ask = Callable[[dict[str, Any]], dict[str, Any] | None]
"""Asks the running app; gives None where none is running."""

OK, FAILED, MISTAKE = 0, 1, 2

LONGEST_SESSION_MINUTES = 8 * 60
MOST_DAYS = 3_660
FIRST_YEAR, LAST_YEAR = 1970, 2200
"""Before and after, systems and calendars know of no rules for the clock."""

USUAL_MINUTES = 5
"""How long a practice is offered at the most, where neither the settings nor an appointment limit it."""


def add_session(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``session``."""
    parser.add_argument(
        "what",
        nargs="?",
        default="status",
        metavar=_("MINUTES|until|more|end|status"),
        help=_("for so long, until a time, ten minutes more, over, or how it stands"),
    )
    parser.add_argument("at", nargs="?", metavar="HH:MM", help=_("the time, with until"))


def session(options: argparse.Namespace, ask: Ask, start: Callable[[dict[str, Any]], int]) -> int:
    """Tell the running app of a client session, or ask it; ``start`` it where a session begins and none is running."""
    request = _session_request(options)
    if request is None:
        return _mistake(
            _(
                "“{got}” is not clear. Try calmtray session 50, session until 14:50, session more or session end."
            ).format(got=" ".join(filter(None, (options.what, options.at))))
        )
    if "until" in request and _is_too_far(*request["until"]):
        return _mistake(too_far_text())
    answer = ask(request)
    if answer is None:
        if "minutes" in request or "until" in request:
            return start(request)
        print(_("calmtray is not running."))
        return OK if request["do"] == "status" else FAILED
    if "error" in answer:
        return _mistake(str(answer["error"]))
    print(answer.get("in_session" if request["do"] == "status" else "session") or _("Not in session."))
    return OK


def add_pause(parser: argparse.ArgumentParser) -> None:
    """The argument of ``pause``."""
    parser.add_argument(
        "what", nargs="?", default="today", choices=("today", "end"), help=_("for the rest of today, or no longer")
    )


def pause(options: argparse.Namespace, ask: Ask) -> int:
    """Send offers away for today, as *No offers today* in the icon's menu does, or call them back."""
    answer = ask({"do": "pause", "on": options.what == "today"})
    if answer is None:
        print(_("calmtray is not running, so nothing is offered."))
        return FAILED
    if "error" in answer:
        return _mistake(str(answer["error"]))
    print(_("No offers today.") if options.what == "today" else _("Offers may come again."))
    return OK


def _session_request(options: argparse.Namespace) -> dict[str, Any] | None:
    """What to ask the running app, or None where that is not clear."""
    what, at = options.what, options.at
    if what == "until" and at is not None:
        try:
            until = datetime.strptime(at, "%H:%M")  # noqa: DTZ007 - a time of the day, on any day
        except ValueError:
            return None
        return {"do": "session", "until": [until.hour, until.minute]}
    if at is not None:
        return None
    if what in ("more", "end"):
        return {"do": "session", what: True}
    if what == "status":
        return {"do": "status"}
    if what.isdecimal() and 0 < int(what) <= LONGEST_SESSION_MINUTES:
        return {"do": "session", "minutes": int(what)}
    return None


def _is_too_far(hour: int, minute: int) -> bool:
    """Whether no client is there for so long: 13:00, typed at 13:01, is meant otherwise."""
    from calmtray.desktop import clock

    now = clock.zoned_now()
    ahead = (hour * 60 + minute - now.hour * 60 - now.minute) % (24 * 60)
    return ahead > LONGEST_SESSION_MINUTES or ahead == 0


def add_plan(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``plan``."""
    parser.add_argument(
        "--date", type=_date, metavar=_("DATE"), help=_("the day, such as 2026-03-29; today unless said")
    )
    parser.add_argument("--tz", type=_zone, metavar=_("ZONE"), help=_("the time zone, such as Europe/Paris"))
    parser.add_argument("--settings", type=Path, metavar=_("FILE"), help=_("another settings file than yours"))
    parser.add_argument(
        "--agenda",
        nargs="+",
        metavar=_("FILE"),
        help=_("calendars (.ics) or folders of them, in place of those in the settings"),
    )


def plan(options: argparse.Namespace, paths: Paths) -> int:
    """Print what a day would bring, as if offers were on and every offer were taken."""
    from calmtray.calendars.asking import UNREAD
    from calmtray.desktop import clock
    from calmtray.schedule.local import instant
    from calmtray.schedule.simulate import Life, live
    from calmtray.settings.file import read_settings
    from calmtray.settings.offering import rules
    from calmtray.settings.policy import NO_POLICY, read_policy
    from calmtray.words.agenda_texts import agenda_problem_text
    from calmtray.words.offer_texts import kind_text, quiet_text
    from calmtray.words.planning_texts import first_step_text

    if options.settings is not None and (unlike := _unlike_settings(options.settings)):
        return _mistake(unlike)
    if options.settings is None and paths.settings.is_file() and (unlike := _unlike_settings(paths.settings)):
        print(unlike, file=sys.stderr)
    now = clock.zoned_now()
    zone = options.tz or now.tzinfo or UTC
    day = options.date or now.astimezone(zone).date()
    policy = NO_POLICY if options.settings else read_policy(paths.policy)
    settings = read_settings(options.settings or paths.settings, policy).with_("offers", "on")
    agenda = _agenda(options.agenda or settings.agenda, settings, datetime.combine(day, time(12), zone))
    # Named here and not read at all, it is a mistake in the request; what the settings have may wait.
    named = {Path(path).absolute() for path in options.agenda or ()}
    wrong = next(
        (each for each in agenda.problems if each.code in UNREAD and Path(each.file).absolute() in named), None
    )
    if wrong is not None:
        return _mistake(agenda_problem_text(wrong))
    for problem in agenda.problems:
        print(agenda_problem_text(problem), file=sys.stderr)
    life = Life(zone=lambda _at: zone, agenda=agenda)
    lived = live(rules(settings), life, instant(day, 0, zone), instant(day + timedelta(days=1), 0, zone))
    quiet = [row for row in lived.rows if row.reason is not None]
    if options.json:
        data = {
            "date": day.isoformat(),
            "tz": str(zone),
            "offers": [
                {
                    "at": made.at.astimezone(zone).isoformat(timespec="seconds"),
                    "why": made.offer.occurrence.kind,
                    "minutes": _minutes(made.offer, settings),
                }
                for made in lived.offers
            ],
            "quiet": [
                {"at": row.due.astimezone(zone).isoformat(timespec="seconds"), "reason": row.reason} for row in quiet
            ],
        }
        print(json.dumps(data, indent=2, ensure_ascii=False))
        return OK
    lines = [(made.at, _offered_text(made.offer, settings)) for made in lived.offers]
    lines += [
        (row.due, _("{kind}: quiet, {reason}").format(kind=kind_text(row.kind), reason=quiet_text(row.reason)))
        for row in quiet
        if row.reason is not None
    ]
    for at, text in sorted(lines):
        print(f"{at.astimezone(zone):%H:%M}  {text}")
    if not lines:
        print(_("Nothing would be offered on this day."))
        if not rules(settings).hours(day):
            print(_("By your working hours it is a day off."))
        elif not agenda.events and not agenda.problems and (hint := first_step_text(settings)):
            print(hint)
    return OK


def _unlike_settings(path: Path) -> str:
    """Why this is no settings file to plan with; empty where it is one."""
    from calmtray.settings.file import refused_names

    if not path.is_file():
        return _("There is no file {path}.").format(path=path)
    names = refused_names(path)
    if names is None:
        return _("{path} can’t be read as a settings file.").format(path=path)
    if names:
        return _("In {path} these have values that calmtray does not take: {names}.").format(
            path=path, names=", ".join(_with_bounds(name) for name in names)
        )
    return ""


def _with_bounds(name: str) -> str:
    """A setting, and what it may be where that is short."""
    from calmtray.settings.model import SETTINGS

    setting = next(each for each in SETTINGS if each.name == name)
    if isinstance(setting.default, int) and setting.high:
        return f"{name} ({setting.low}–{setting.high})"
    return f"{name} ({' | '.join(setting.choices)})" if setting.choices else name


def _agenda(paths: Sequence[str], settings: Settings, at: datetime) -> Agenda:
    """What these calendars say of the days around then."""
    from calmtray.calendars.child import read_now
    from calmtray.schedule.agenda import Agenda
    from calmtray.settings.offering import question

    return read_now(replace(question(settings, at), paths=tuple(paths))) if paths else Agenda()


def add_simulate(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``simulate``."""
    parser.add_argument("--days", type=_days, default=365, metavar="N", help=_("how many days"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("another one gives another life"))


def simulate(options: argparse.Namespace) -> int:
    """Print what a made-up clinician's days bring."""
    from calmtray.schedule.clinician import a_year
    from calmtray.schedule.occurrences import Kind, Outcome
    from calmtray.schedule.quiet import QuietReason
    from calmtray.words.offer_texts import answer_text, kind_text, quiet_text

    year = a_year(options.days, options.seed)
    if options.json:
        data = {"days": year.days, "seed": options.seed, "offers": dict(year.offers), "outcomes": dict(year.outcomes)}
        print(json.dumps(data, indent=2))
        return OK
    print(_("Offers"))
    for kind, number in year.offers.items():
        print(f"  {number:6}  {kind_text(Kind(kind))}")
    print(_("What became of them, and why it was quiet"))
    reasons = {reason.value: quiet_text(reason) for reason in QuietReason}
    for name, number in year.outcomes.items():
        print(f"  {number:6}  {reasons.get(name) or answer_text(Outcome(name))}")
    return OK


def _offered_text(offer: Offer, settings: Settings) -> str:
    """What would be offered, and how long it would be."""
    from calmtray.words.offer_texts import kind_text
    from calmtray.words.texts import length_text

    most_ms = round(_most(offer, settings) / timedelta(milliseconds=1))
    return _("{kind}, {length} at most").format(kind=kind_text(offer.occurrence.kind), length=length_text(most_ms))


def _minutes(offer: Offer, settings: Settings) -> float:
    """The same in minutes."""
    return round(_most(offer, settings) / timedelta(minutes=1), 1)


def _most(offer: Offer, settings: Settings) -> timedelta:
    """How long a practice may be that is offered then."""
    limits = [
        timedelta(seconds=settings.offered_seconds) if settings.offered_seconds else timedelta(minutes=USUAL_MINUTES)
    ]
    if offer.most is not None:
        limits.append(offer.most)
    return min(limits)


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.max
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise argparse.ArgumentTypeError(_("“{got}” is no date such as 2026-03-29").format(got=text))


def _zone(text: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError(_("“{got}” is no time zone such as Europe/Paris").format(got=text)) from None


def _days(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 0 < number <= MOST_DAYS:
        sentence = _("{got} is not a number of days from 1 to {most}")
        raise argparse.ArgumentTypeError(sentence.format(got=text, most=MOST_DAYS))
    return number


def _mistake(sentence: str) -> int:
    print(f"calmtray: {sentence}", file=sys.stderr)
    return MISTAKE
