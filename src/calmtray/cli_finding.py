"""``calmtray suggest``, and the filters of ``calmtray list``: what fits now, on the command line."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from calmtray.desktop.paths import Paths
from calmtray.practice.model import Need, Practice, Where
from calmtray.words.language import _

if TYPE_CHECKING:
    from calmtray.practice.moment import Moment, Past
    from calmtray.practice.suggest import Suggestion

LONGEST_MINUTES = 60

PASSED_FOR = timedelta(hours=12)
"""A time that the clock showed within so long has passed; one of longer ago is meant of tomorrow."""


def add_filters(parser: argparse.ArgumentParser) -> None:
    """What may be said of the moment. Minutes and seconds say the same thing, and the last one counts."""
    parser.add_argument(
        "--need",
        type=_need,
        action="append",
        default=[],
        metavar=_("NEED"),
        help=_("how things are: {needs}; may be said several times").format(needs=", ".join(Need)),
    )
    parser.add_argument("--minutes", dest="room_s", type=_minutes, metavar="M", help=_("how many minutes there are"))
    parser.add_argument("--seconds", dest="room_s", type=_seconds, metavar="S", help=_("how many seconds there are"))
    parser.add_argument(
        "--where", type=_where, metavar=_("WHERE"), help=_("where you are: {places}").format(places=", ".join(Where))
    )
    parser.add_argument("--before", type=_coming, metavar="HH:MM", help=_("when something begins"))


def _need(text: str) -> Need:
    if text not in list(Need):
        raise argparse.ArgumentTypeError(_not_one_of(text, Need))
    return Need(text)


def _where(text: str) -> Where:
    if text not in list(Where):
        raise argparse.ArgumentTypeError(_not_one_of(text, Where))
    return Where(text)


def _not_one_of(text: str, known: Iterable[str]) -> str:
    return _("“{got}” is not one of: {choices}").format(got=text, choices=", ".join(known))


def _minutes(text: str) -> float:
    """Minutes on the command line -> seconds."""
    sentence = _("{got} is not a number of minutes from 0.5 to {most}")
    return _number(text, 0.5, LONGEST_MINUTES, sentence) * 60


def _seconds(text: str) -> float:
    return _number(text, 1, LONGEST_MINUTES * 60, _("{got} is not a number of seconds from 1 to {most}"))


def _number(text: str, least: float, most: int, sentence: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(sentence.format(got=text, most=most))
    return number


def _coming(text: str) -> datetime:
    """A time of the clock -> when it shows that next. A time just past is a slip, not tomorrow's."""
    from calmtray.desktop import clock

    try:
        wanted = datetime.strptime(text, "%H:%M")  # noqa: DTZ007 - a time of the day, on any day
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{got}” is no time such as 14:00").format(got=text)) from None
    now = clock.now()
    at = now.replace(hour=wanted.hour, minute=wanted.minute, second=0, microsecond=0)
    if now - PASSED_FOR < at <= now:
        sentence = _("{got} has passed: it is {now}. Name a time that is still to come")
        raise argparse.ArgumentTypeError(sentence.format(got=text, now=f"{now:%H:%M}"))
    return at if at > now else at + timedelta(days=1)


def is_filtered(options: argparse.Namespace) -> bool:
    """Whether anything was said of the moment."""
    return bool(options.need) or not options.room_s is options.where is options.before is None


def filtered(
    options: argparse.Namespace, paths: Paths, practices: Iterable[Practice]
) -> tuple[tuple[Practice, int], ...]:
    """What is permitted and made for one of the needs, with the length (ms) it would have, the best first."""
    from calmtray.practice.suggest import fitted_ms, ordered

    wanted = frozenset(options.need)
    made_for = (practice for practice in practices if not wanted or wanted.intersection(practice.needs))
    moment = _moment(options, paths)
    return tuple((practice, fitted_ms(practice, moment)) for practice in ordered(made_for, moment))


def suggestions(options: argparse.Namespace, paths: Paths, practices: Iterable[Practice]) -> tuple[Suggestion, ...]:
    """Two or three, or none where nothing fits."""
    from calmtray.practice.suggest import suggest

    return suggest(practices, _moment(options, paths))


def listed(suggestion: Suggestion) -> dict[str, Any]:
    """One suggestion as a program reads it."""
    from calmtray.words.finding_texts import reason_text
    from calmtray.words.texts import title_text

    return {
        "id": suggestion.practice.id,
        "category": suggestion.practice.category,
        "title": title_text(suggestion.practice),
        "length_ms": suggestion.length_ms,
        "reason": suggestion.because.reason,
        "details": dict(suggestion.because.details),
        "text": reason_text(suggestion.because),
    }


def _moment(options: argparse.Namespace, paths: Paths) -> Moment:
    from calmtray.desktop import clock
    from calmtray.practice.moment import Asked, Moment
    from calmtray.settings.file import read_settings
    from calmtray.settings.finding import permitted
    from calmtray.settings.policy import read_policy

    now = clock.now()
    asked = Asked(frozenset(options.need), options.room_s, options.where)
    settings = read_settings(paths.settings, read_policy(paths.policy))
    return Moment(now, asked, permitted(settings), _past(paths, now), options.before)


def _past(paths: Paths, now: datetime) -> Past:
    from calmtray.journal.past import read_past
    from calmtray.journal.store import Journal, JournalError
    from calmtray.practice.moment import Past
    from calmtray.words.texts import journal_error_text

    journal = Journal(paths.journal)
    try:
        journal.open_to_read()
        return read_past(journal, now)
    except JournalError as error:
        # Suggestions don't hang on the past.
        print(journal_error_text(error.code, str(error.path), error.reason), file=sys.stderr)
        return Past(known=False)
    finally:
        journal.close()
