"""A year of a made-up clinician's life: nothing at a wrong moment, and everything accounted for."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from calmtray.schedule.clinician import FIRST_DAY, RULES, a_year, life_of, zone_of
from calmtray.schedule.local import spans
from calmtray.schedule.occurrences import Kind, Outcome, Stretch
from calmtray.schedule.quiet import QuietReason
from calmtray.schedule.simulate import live

DAYS = 365
START = datetime(2026, 1, 1, tzinfo=UTC)
LIFE = life_of(DAYS, seed=1)


@pytest.fixture(scope="module")
def lived():
    return live(RULES, LIFE, START, START + timedelta(days=DAYS))


def local_day(at):
    return at.astimezone(LIFE.zone(at)).date()


def test_there_is_something_to_look_at(lived):
    kinds = Counter(made.offer.occurrence.kind for made in lived.offers)
    assert all(kinds[kind] > 10 for kind in Kind if kind is not Kind.BACK), kinds
    reasons = Counter(row.reason for row in lived.rows)
    for reason in (QuietReason.MICROPHONE, QuietReason.CLIENT_SESSION, QuietReason.ASLEEP, QuietReason.PASSED_BY):
        assert reasons[reason] > 5, reasons


def test_never_in_a_client_session_a_call_or_full_screen(lived):
    sessions = [*LIFE.sessions, *(stretch for stretch, _ in LIFE.quiet), *LIFE.asleep]
    # A session of the agenda is over before its time only where somebody says so.
    ended = {told.start: told.end for told in LIFE.sessions if told.ended}
    assert len(ended) > 50
    sessions += [Stretch(event.start, ended.get(event.start, event.end)) for event in LIFE.agenda.events]
    for made in lived.offers:
        near = [s for s in sessions if abs(s.start - made.at) < timedelta(days=1)]
        assert not any(s.start <= made.at < s.end for s in near), made


def test_never_outside_hours_and_never_more_or_closer_than_was_chosen(lived):
    for made in lived.offers:
        zone = LIFE.zone(made.at)
        working = spans(RULES, made.at.astimezone(zone).date(), zone)
        assert any(start <= made.at < end for start, end in working), made
    asked = [made for made in lived.offers if made.offer.occurrence.kind is not Kind.LATER]
    assert max(Counter(local_day(made.at) for made in asked).values()) <= RULES.a_day
    for before, after in pairwise(lived.offers):
        # Somebody who puts one off has said when it is to come again.
        if after.offer.occurrence.kind is not Kind.LATER:
            assert after.at - before.at >= RULES.apart, after


def test_after_not_today_nothing_more_comes_on_that_day(lived):
    days = [local_day(made.at) for made in lived.offers if made.answer.outcome is Outcome.NOT_TODAY]
    last = {local_day(made.at): made for made in lived.offers}
    assert len(days) > 5
    assert all(last[day].answer.outcome is Outcome.NOT_TODAY for day in days)


def test_nothing_is_offered_right_before_the_next_appointment(lived):
    for made in lived.offers:
        if made.offer.until is not None:
            assert made.offer.until - made.at >= timedelta(minutes=2)
            assert made.offer.most is not None
            assert made.offer.most <= max(timedelta(seconds=30), made.offer.until - made.at - timedelta(minutes=2))


def test_every_occurrence_ends_in_exactly_one_row(lived):
    rows = Counter(row.occurrence for row in lived.rows)
    assert set(rows.values()) == {1}
    # Counted once more, by hand: past every working hour, and at the beginning and the end of the day.
    clock = Counter(local_day(row.due) for row in lived.rows if row.kind is Kind.CLOCK)
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        # 9:50, 10:50, 11:50, and 13:50 to 16:50; on the days of a flight the clock jumps.
        if zone_of(day) == zone_of(day + timedelta(days=1)) == zone_of(day - timedelta(days=1)):
            assert clock[day] == (7 if day.weekday() < 5 else 0), day


def test_after_every_session_there_is_a_row(lived):
    told = [row.due for row in lived.rows if row.kind is Kind.AFTER_SESSION]
    sessions = [(s.start, s.end) for s in LIFE.sessions]
    others = sessions + [(event.start, event.end) for event in LIFE.agenda.events]
    ended = [end for _, end in sessions if START < end < START + timedelta(days=DAYS)]
    for end in ended:
        goes_on = any(begins <= end <= ends for begins, ends in others if ends != end)
        assert end in told or goes_on


def test_the_same_seed_gives_the_same_year_and_another_one_another():
    assert a_year(60, 1) == a_year(60, 1)
    assert a_year(60, 1) != a_year(60, 2)
    assert sum(a_year(60, 1).offers.values()) > 60
