"""The planner is asked when it says so, or each minute: what comes of a day is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from calmtray.schedule.local import instant
from calmtray.schedule.occurrences import Gap, Kind, Known, Occurrence, OfferRow, Outcome
from calmtray.schedule.planner import Facts, decide
from calmtray.schedule.quiet import QuietReason
from calmtray.schedule.rules import ClockTime, Range, Rules
from calmtray.schedule.simulate import Answer, Life, live

PARIS = ZoneInfo("Europe/Paris")
THURSDAY = date(2026, 11, 26)
MORNING, EVENING = instant(THURSDAY, 8 * 60 + 50, PARIS), instant(THURSDAY, 17 * 60 + 30, PARIS)
WEEK = {day: (Range(9 * 60, 17 * 60),) for day in range(7)}

rules = st.builds(
    Rules,
    on=st.just(True),
    week=st.just(WEEK),
    rhythm=st.sampled_from([None, *(timedelta(minutes=minutes) for minutes in (20, 45, 60, 90))]),
    clock_times=st.lists(st.builds(ClockTime, minute=st.sampled_from([0, 10, 30, 50]), hour=st.none()), max_size=2).map(
        tuple
    ),
    day_start=st.booleans(),
    day_end=st.booleans(),
    a_day=st.sampled_from([1, 2, 6, 20]),
    apart=st.sampled_from([timedelta(minutes=minutes) for minutes in (15, 45, 60)]),
    held=st.sampled_from([timedelta(minutes=minutes) for minutes in (0, 15)]),
)


def became(rows: list[OfferRow]) -> dict[Occurrence, QuietReason | Outcome]:
    told = {row.occurrence: row.reason or row.outcome for row in rows}
    assert len(told) == len(rows), "one outcome each"
    return told


def minute_by_minute(chosen: Rules, outcome: Outcome) -> list[OfferRow]:
    rows: list[OfferRow] = []
    held: dict[Occurrence, QuietReason] = {}
    since = now = MORNING
    while now < EVENING:
        decision = decide(chosen, now.astimezone(PARIS), Facts(Known(since, rows), held))
        rows = [*rows, *decision.rows]
        held, since = dict(decision.held), now
        if decision.offer is not None:
            made = decision.offer.occurrence
            rows.append(OfferRow(made.kind, made.due, outcome, now))
        now += timedelta(minutes=1)
    return rows


@settings(max_examples=20)
@given(rules, st.sampled_from([Outcome.TAKEN, Outcome.PASSED, Outcome.EXPIRED]))
def test_asked_when_it_says_so_it_does_as_asked_each_minute(chosen: Rules, outcome: Outcome):
    # Nobody rests afterwards, so that an answer takes no time of its own.
    life = Life(zone=lambda _at: PARIS, answer=lambda _offer, _at: Answer(outcome, lasts=timedelta()))
    assert became(live(chosen, life, MORNING, EVENING).rows) == became(minute_by_minute(chosen, outcome))


def offered(chosen: Rules, outcome: Outcome) -> list[datetime]:
    life = Life(zone=lambda _at: PARIS, answer=lambda _offer, _at: Answer(outcome))
    return [made.at for made in live(chosen, life, MORNING, EVENING).offers]


@given(rules)
def test_after_three_that_were_passed_by_half_as_many_come(chosen: Rules):
    chosen = replace(chosen, a_day=99)
    usual, fewer = offered(chosen, Outcome.EXPIRED), offered(chosen, Outcome.PASSED)
    assert fewer[:3] == usual[:3]
    # One at the end of the day has a time of its own, and may fall into either half.
    assert abs(len(fewer[3:]) - len(usual[3:]) / 2) <= 1


def test_what_follows_from_what_reached_the_cap_is_accounted_for_too():
    chosen = Rules(on=True, week=WEEK, rhythm=timedelta(minutes=60), a_day=2)
    rows = minute_by_minute(chosen, Outcome.TAKEN)
    capped = [row for row in rows if row.reason is QuietReason.CAP_REACHED]
    assert [row.due.astimezone(PARIS).hour for row in capped] == [12, 13, 14, 15, 16, 17]
    assert {row.kind for row in capped} == {Kind.RHYTHM}


naps = st.tuples(st.integers(9 * 60, 16 * 60), st.integers(5, 300)).map(
    lambda nap: (nap[0], min(nap[0] + nap[1], 17 * 60))
)


@given(st.sampled_from([20, 30, 60, 90]), st.lists(naps, max_size=2), st.sampled_from([Outcome.TAKEN, Outcome.EXPIRED]))
def test_a_rhythm_goes_on_whoever_looks_and_none_of_it_is_lost(
    every: int, gaps: list[tuple[int, int]], outcome: Outcome
):
    """So much after the last offer, or after the last one that could not be made."""
    chosen = Rules(on=True, week=WEEK, rhythm=timedelta(minutes=every), a_day=99, apart=timedelta(minutes=15))
    asleep = [Gap(instant(THURSDAY, a, PARIS), instant(THURSDAY, b, PARIS), QuietReason.ASLEEP) for a, b in gaps]
    life = Life(zone=lambda _at: PARIS, answer=lambda _offer, _at: Answer(outcome, lasts=timedelta()), asleep=asleep)
    rows = sorted(live(chosen, life, MORNING, EVENING).rows, key=lambda row: row.due)
    last = instant(THURSDAY, 9 * 60, PARIS)
    for row in rows:
        assert row.due == last + timedelta(minutes=every)
        last = row.settled if row.shown else row.due
    assert last + timedelta(minutes=every) > instant(THURSDAY, 17 * 60, PARIS)


def test_who_says_yes_at_eleven_is_offered_the_next_one():
    chosen = Rules(on=True, week=WEEK, rhythm=timedelta(minutes=90))
    eleven = instant(THURSDAY, 11 * 60, PARIS)
    life = Life(zone=lambda _at: PARIS, answer=lambda _offer, _at: Answer(Outcome.EXPIRED))
    offers = live(chosen, life, eleven, EVENING).offers
    assert [f"{made.at.astimezone(PARIS):%H:%M}" for made in offers] == ["12:00", "13:30", "15:00", "16:30"]
