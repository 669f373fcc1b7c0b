"""The story of a day, as the clock on the wall shows it, lived through without waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from itertools import pairwise

import pytest

from calmtray.schedule.agenda import Agenda, Event, EventKind
from calmtray.schedule.occurrences import Gap, Kind, Known, Occurrence, OfferRow, Outcome, Stretch
from calmtray.schedule.planner import Decision, Facts, Senses, decide, later_times
from calmtray.schedule.quiet import QuietReason
from calmtray.schedule.rules import Range, Rules, read_circle
from calmtray.schedule.simulate import Answer, Life, live
from tests.schedule.living import HALIFAX, PARIS, TUESDAY, ZONES, Day, answers, some_rules

DAY = Day()
MINUTES = [timedelta(minutes=number) for number in range(61)]


def test_off_until_somebody_says_yes():
    assert DAY.live(Rules(week=some_rules().week, rhythm=MINUTES[20])).rows == []
    assert decide(Rules(), DAY.at("10:00"), Facts(Known(since=DAY.at("09:00")))) == Decision()


def test_at_a_time_of_the_clock():
    lived = DAY.live(some_rules("10:50", "mon 11:50", "18:30"))
    assert DAY.came_of(lived) == ["10:50 clock taken", "18:30 clock outside-hours"]
    assert DAY.offered(lived) == ["10:50"]


def test_past_every_working_hour_as_often_as_is_wanted_of_a_day():
    rules = some_rules("*:50", apart=MINUTES[45], a_day=3)
    lived = DAY.live(rules)
    assert DAY.offered(lived) == ["09:50", "10:50", "11:50"]
    assert DAY.came_of(lived)[3:] == [f"{hour}:50 clock cap-reached" for hour in range(12, 17)]


def test_every_so_much_of_working_time_and_never_while_nobody_works():
    rules = some_rules(rhythm=MINUTES[60] * 1.5, week={1: (Range(540, 720), Range(780, 1_020))})
    # 90 minutes after nine, then after a minute of practice, over the lunch break.
    assert DAY.offered(DAY.live(rules)) == ["10:30", "13:01", "14:32", "16:03"]


def test_the_rhythm_begins_anew_with_every_practice_and_every_other_offer():
    rules = some_rules("10:00", rhythm=MINUTES[60])
    lived = DAY.live(rules)
    assert DAY.offered(lived)[:3] == ["10:00", "11:01", "12:02"]


def test_the_day_is_opened_and_closed():
    rules = some_rules(day_start=True, day_end=True)
    assert DAY.came_of(DAY.live(rules)) == ["09:00 day-start taken", "16:50 day-end taken"]
    # A working day shorter than that is opened and closed at once.
    short = some_rules(day_start=True, day_end=True, week={1: (Range(540, 545),)})
    assert DAY.came_of(DAY.live(short)) == ["09:00 day-start taken", "09:00 day-end outside-hours"]


def test_after_a_client_session_once_nobody_types():
    rules = some_rules(after_sessions=True)
    life = DAY.life(sessions=["10:00-10:50"], typing=["10:40-10:52"])
    lived = DAY.live(rules, life)
    assert DAY.came_of(lived) == ["10:50 after-session taken"]
    assert DAY.offered(lived) == ["10:52"]


@pytest.mark.parametrize(
    ("until", "came"), [("10:58", ["10:50 after-session taken"]), ("11:30", ["10:50 after-session typing"])]
)
def test_notes_are_waited_for_as_long_as_an_offer_may_wait(until, came):
    life = DAY.life(sessions=["10:00-10:50"], typing=[f"10:40-{until}"])
    lived = DAY.live(some_rules(after_sessions=True), life)
    assert DAY.came_of(lived) == came
    assert DAY.offered(lived) == ([until] if until == "10:58" else [])


def test_what_fell_due_in_the_session_waits_for_the_notes_as_well():
    life = DAY.life(sessions=["10:00-10:50"], typing=["10:50-10:58"])
    lived = DAY.live(some_rules("10:45", after_sessions=True), life)
    assert DAY.offered(lived) == ["10:58"]
    assert DAY.came_of(lived) == ["10:45 clock too-close", "10:50 after-session taken"]


def test_the_time_until_the_next_session_decides():
    agenda = [DAY.event(each) for each in ("09:00-09:50", "10:00-10:50", "10:53-11:40", "11:41-12:30")]
    lived = DAY.live(some_rules(after_sessions=True, apart=timedelta()), DAY.life(agenda))
    assert [made.offer.most for made in lived.offers] == [MINUTES[8], MINUTES[1], None]
    assert DAY.came_of(lived) == [
        "09:50 after-session taken",
        "10:50 after-session taken",
        # A minute is left: nothing is offered, and then the next one has begun.
        "11:40 after-session client-session",
        "12:30 after-session taken",
    ]


def test_a_minute_and_a_half_is_still_offered_half_a_minute():
    known = Known(DAY.at("09:00"), agenda=Agenda([DAY.event("09:00-10:00"), DAY.event("10:02-11:00")]))
    decision = decide(some_rules(after_sessions=True), DAY.at("10:00").astimezone(HALIFAX), Facts(known))
    assert decision.offer is not None
    assert decision.offer.most == timedelta(seconds=30)


def test_an_appointment_may_have_begun_weeks_ago():
    long = Event(DAY.at("08:00", days=-30), DAY.at("11:00"), EventKind.BUSY)
    assert DAY.offered(DAY.live(some_rules("10:00", "11:30"), DAY.life([long]))) == ["11:30"]


def test_sessions_without_a_gap_are_one():
    agenda = [DAY.event("09:00-10:00"), DAY.event("10:00-11:00")]
    lived = DAY.live(some_rules(after_sessions=True), DAY.life(agenda))
    assert DAY.came_of(lived) == ["11:00 after-session taken"]


@pytest.mark.parametrize(
    ("agenda", "told", "ends"),
    [
        pytest.param("10:00-10:50", "10:05-11:10", ["11:10"], id="it runs over"),
        pytest.param("10:00-10:50", "10:05-10:30 ended", ["10:30"], id="it is over before its time"),
        pytest.param("10:00-10:50 10:00-10:50", "10:05-10:30 ended", ["10:30"], id="it stands in two calendars"),
        pytest.param("10:00-10:50", "10:45-10:48 ended", ["10:48"], id="told of late, and over"),
        pytest.param("10:00-11:30", "10:00-10:25", ["11:30"], id="what was told of runs out"),
        pytest.param("10:00-10:50", "09:06-10:06", ["10:50"], id="the one before runs on into it"),
        pytest.param("10:00-10:50", "09:06-10:06 ended", ["10:50"], id="the one before is ended in it"),
        pytest.param("09:00-10:20 10:00-10:50", "10:00-10:18 ended", ["10:20"], id="of two, the one that began then"),
        pytest.param("09:00-09:50", "10:00-10:18 ended", ["09:50", "10:18"], id="another one"),
        pytest.param("", "10:00-10:18 ended", ["10:18"], id="no agenda"),
    ],
)
def test_what_somebody_tells_of_a_session_and_what_the_agenda_knows(agenda, told, ends):
    life = DAY.life([DAY.event(each) for each in agenda.split()], sessions=[told])
    came = DAY.came_of(DAY.live(some_rules(after_sessions=True, apart=timedelta()), life))
    assert came == [f"{end} after-session taken" for end in ends]


@pytest.mark.parametrize("kind", [EventKind.BUSY, EventKind.CIRCLE])
def test_a_meeting_is_no_moment_either(kind):
    life = DAY.life([DAY.event("10:30-10:55", kind), DAY.event("11:40-12:30", kind)])
    lived = DAY.live(some_rules("10:50", "11:50"), life)
    assert DAY.came_of(lived) == ["10:50 clock taken", "11:50 clock meeting"]
    assert DAY.offered(lived) == ["10:55"]


@pytest.mark.parametrize("written", ["tue 11:00 Supervision", "2026-03-03 11:00 Supervision"])
def test_nor_is_a_meeting_with_peers_that_was_typed_in(written):
    circle = read_circle(written)
    assert circle is not None
    lived = DAY.live(some_rules("10:57", "10:59", "11:50", circles=(circle,), apart=timedelta()))
    assert DAY.came_of(lived) == ["10:57 clock taken", "10:59 clock meeting", "11:50 clock taken"]
    assert DAY.offered(lived) == ["10:57", "12:00"]
    assert lived.offers[0].offer.most == MINUTES[1]


def test_an_offer_waits_for_the_end_of_a_call_and_not_for_ever():
    life = DAY.life(quiet=[("10:45-10:58", QuietReason.MICROPHONE), ("11:45-12:30", QuietReason.MICROPHONE)])
    lived = DAY.live(some_rules("10:50", "11:50"), life)
    assert DAY.offered(lived) == ["10:58"]
    assert DAY.came_of(lived) == ["10:50 clock taken", "11:50 clock microphone"]


def test_what_waits_past_the_end_of_work_does_not_come():
    life = DAY.life(quiet=[("16:50-17:02", QuietReason.FULL_SCREEN)])
    assert DAY.came_of(DAY.live(some_rules("16:55"), life)) == ["16:55 clock outside-hours"]


def test_not_too_close_on_the_last_one():
    lived = DAY.live(some_rules("10:00", "10:20", "10:40"))
    assert DAY.came_of(lived) == ["10:00 clock taken", "10:20 clock too-close", "10:40 clock taken"]
    assert DAY.offered(lived) == ["10:00", "10:46"]


def test_one_at_a_time_and_the_most_telling_first():
    rules = some_rules("10:50", after_sessions=True)
    lived = DAY.live(rules, DAY.life([DAY.event("10:00-10:50")]))
    assert DAY.came_of(lived) == ["10:50 after-session taken", "10:50 clock too-close"]


def endings(lived):
    return [told.split()[-1] for told in DAY.came_of(lived)]


def test_after_three_that_were_put_out_of_sight_every_other_one_is_left_out():
    rules = some_rules("*:50", a_day=12)
    life = DAY.life(answer=answers(Outcome.PASSED, Outcome.PASSED, Outcome.PASSED, Outcome.EXPIRED))
    assert endings(DAY.live(rules, life)) == [
        "passed", "passed", "passed", "passed-by", "expired", "passed-by", "expired", "passed-by",
    ]  # fmt: skip
    tomorrow = Day(TUESDAY + timedelta(days=1))
    assert tomorrow.offered(tomorrow.live(rules))[0] == "09:50"


def test_one_that_is_taken_in_between_ends_the_count():
    life = DAY.life(answer=answers(Outcome.PASSED, Outcome.PASSED, Outcome.TAKEN, Outcome.PASSED))
    assert endings(DAY.live(some_rules("*:50", a_day=12), life)) == [
        "passed", "passed", "taken", "passed", "passed", "passed", "passed-by", "passed",
    ]  # fmt: skip


def test_those_that_go_by_themselves_count_as_nothing():
    life = DAY.life(answer=answers(Outcome.EXPIRED))
    assert endings(DAY.live(some_rules("*:50", a_day=12), life)) == ["expired"] * 8


def test_later_comes_again_when_it_was_asked_to():
    first = [Answer(Outcome.LATER, later=MINUTES[10])]
    life = DAY.life(answer=lambda offer, at: first.pop() if first else Answer())
    lived = DAY.live(some_rules("10:50"), life)
    assert DAY.came_of(lived) == ["10:50 clock later", "11:00 later taken"]


def test_what_was_put_off_does_not_come_after_work():
    life = DAY.life(answer=lambda _offer, _at: Answer(Outcome.LATER, later=MINUTES[20]))
    lived = DAY.live(some_rules("16:10"), life)
    assert DAY.offered(lived) == ["16:10", "16:30", "16:50"]
    assert DAY.came_of(lived)[-1] == "17:10 later outside-hours"


def test_how_long_something_can_be_put_off():
    def laters(clock):
        return later_times(some_rules(), DAY.at(clock).astimezone(HALIFAX), (5, 10, 20))

    assert [laters(clock) for clock in ("12:00", "16:45", "16:54", "16:56", "08:50")] == [
        (5, 10, 20),
        (5, 10),
        (5,),
        (),
        (10, 20),
    ]


def test_what_was_put_off_is_the_next_to_come_and_counts_once():
    first = [Answer(Outcome.LATER, later=MINUTES[20])]
    life = DAY.life(answer=lambda offer, at: first.pop() if first else Answer())
    lived = DAY.live(some_rules("10:50", "11:00", "12:30", "13:30", a_day=2), life)
    assert DAY.came_of(lived) == [
        "10:50 clock later",
        "11:00 clock too-close",
        "11:10 later taken",
        "12:30 clock taken",
        "13:30 clock cap-reached",
    ]


def test_asleep_or_not_running_it_is_written_down_afterwards():
    asleep = [DAY.gap("10:00-12:00"), DAY.gap("13:00-15:10", QuietReason.NOT_RUNNING)]
    lived = DAY.live(some_rules("10:50", "11:50", "13:50", "15:00"), DAY.life(asleep=asleep))
    assert DAY.came_of(lived) == [
        "10:50 clock asleep",
        "11:50 clock taken",
        "13:50 clock not-running",
        "15:00 clock taken",
    ]
    assert DAY.offered(lived) == ["12:00", "15:10"]


def test_asleep_for_days():
    asleep = [Gap(DAY.at("10:00"), DAY.at("12:00", days=3), QuietReason.ASLEEP)]
    lived = DAY.live(some_rules("10:50"), DAY.life(asleep=asleep), days=5)
    assert DAY.came_of(lived) == ["10:50 clock asleep"] * 4 + ["10:50 clock taken"]


def test_a_free_day_and_a_day_with_other_hours():
    free = some_rules("10:50", day_start=True, other_days={TUESDAY: ()})
    assert DAY.came_of(DAY.live(free)) == ["10:50 clock day-off"]
    other = some_rules(day_start=True, other_days={TUESDAY: (Range(780, 840),)})
    assert DAY.came_of(DAY.live(other)) == ["13:00 day-start taken"]


# --- the clock --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2028, 2, 29), date(2026, 12, 31)], ids=str)
def test_the_same_day_everywhere(zone, day):
    here = Day(day, zone)
    assert here.offered(here.live(some_rules("10:50", "16:50"))) == ["10:50", "16:50"]


SPRING = [(date(2026, 3, 8), HALIFAX), (date(2026, 3, 29), PARIS), (date(2026, 10, 4), ZONES[2])]
AUTUMN = [(date(2026, 11, 1), HALIFAX), (date(2026, 10, 25), PARIS), (date(2026, 4, 5), ZONES[2])]
ALL_DAY = dict.fromkeys(range(7), (Range(0, 1_440),))


@pytest.mark.parametrize(("day", "zone"), SPRING + AUTUMN, ids=str)
def test_when_the_clock_is_put_on_or_back_every_time_comes_once(day, zone):
    here = Day(day, zone)
    rules = some_rules("01:45", "02:30", "03:45", "10:50", week=ALL_DAY, apart=timedelta(), a_day=12)
    lived = here.live(rules)
    assert len(lived.offers) == 4
    assert here.offered(lived)[-1] == "10:50"
    assert len({row.occurrence for row in lived.rows}) == len(lived.rows) == 4


@pytest.mark.parametrize(("day", "zone"), SPRING + AUTUMN, ids=str)
def test_the_rhythm_counts_the_hours_that_there_are(day, zone):
    here = Day(day, zone)
    rules = some_rules(rhythm=MINUTES[60], week=ALL_DAY, apart=timedelta(), a_day=99)
    offers = [made.at for made in here.live(rules).offers]
    # A minute of practice between one hour and the next.
    assert {after - before for before, after in pairwise(offers)} == {MINUTES[60] + MINUTES[1]}


EVERYWHERE = pytest.mark.parametrize("here", [Day(zone=zone) for zone in ZONES], ids=map(str, ZONES))


@EVERYWHERE
def test_around_midnight(here):
    rules = some_rules("23:55", "00:05", week=ALL_DAY, apart=timedelta())
    life = here.life(quiet=[("23:50-23:59", QuietReason.MICROPHONE)])
    lived = here.live(rules, life, days=2)
    assert here.offered(lived) == ["00:05", "23:59", "00:05", "23:55"]


@EVERYWHERE
@pytest.mark.parametrize(
    ("from_", "to", "days", "came"),
    [
        pytest.param("10:49", "10:52", 0, ["taken", "taken"], id="a moment"),
        pytest.param("10:00", "11:00", 0, ["taken", "taken"], id="until within the window"),
        pytest.param("10:00", "11:30", 0, ["asleep", "taken"], id="past one"),
        pytest.param("10:00", "23:00", 0, ["asleep", "asleep"], id="for the rest of the day"),
        pytest.param("10:00", "10:55", 1, ["asleep", "asleep", "taken", "taken"], id="overnight"),
        pytest.param("10:00", "12:30", 6, ["asleep"] * 14, id="a week"),
    ],
)
def test_sleep_of_any_length(here, from_, to, days, came):
    asleep = [Gap(here.at(from_), here.at(to, days=days), QuietReason.ASLEEP)]
    lived = here.live(some_rules("10:50", "11:50"), here.life(asleep=asleep), days=days + 1)
    assert [told.split()[-1] for told in here.came_of(lived)] == came


TRAVELS = [(one, other) for one in ZONES for other in ZONES if one is not other]


@pytest.mark.parametrize(("one", "other"), TRAVELS, ids=[f"{a}-{b}" for a, b in TRAVELS])
def test_while_travelling_the_clock_of_the_place_counts(one, other):
    """Two days at home, then two elsewhere: at each place at its own ten to eleven, and never within the gap."""
    home = Day(zone=one)
    landed = home.at("18:00", days=1)
    life = Life(zone=lambda at: one if at < landed else other)
    lived = live(some_rules("10:50"), life, home.at("00:00"), home.at("00:00", days=4))
    offers = [made.at.astimezone(one if made.at < landed else other) for made in lived.offers]
    assert {(at.hour, at.minute) for at in offers} == {(10, 50)}
    days = [at.date() for at in offers]
    assert 3 <= len(days) <= 4
    assert len({row.occurrence for row in lived.rows}) == len(lived.rows)
    assert all(after - before >= timedelta(minutes=45) for before, after in pairwise(made.at for made in lived.offers))


def beat(now, since, rows=(), zone=HALIFAX, **facts):
    known = Known(since, rows, **facts)
    return decide(some_rules("10:50", "11:50"), now.astimezone(zone), Facts(known))


def taken(text, here=DAY):
    return OfferRow(Kind.CLOCK, here.at(text), Outcome.TAKEN, here.at(text))


@EVERYWHERE
def test_a_clock_that_is_set_back_brings_nothing_twice(here):
    decision = beat(here.at("10:49"), here.at("10:55"), [taken("10:50", here)], here.zone)
    assert (decision.offer, decision.rows) == (None, [])
    decision = beat(here.at("10:51"), here.at("10:49"), [taken("10:50", here)], here.zone)
    assert (decision.offer, decision.rows) == (None, [])


@EVERYWHERE
def test_a_clock_that_is_set_on_leaves_nothing_out(here):
    decision = beat(here.at("11:51"), here.at("10:40"), zone=here.zone)
    assert [(row.due, row.reason) for row in decision.rows] == [(here.at("10:50"), QuietReason.NOT_RUNNING)]
    assert decision.offer is not None
    assert decision.offer.occurrence == Occurrence(here.at("11:50"), Kind.CLOCK)


def quiet(text, settled, days=0):
    return OfferRow(Kind.CLOCK, DAY.at(text, days), Outcome.QUIET, DAY.at(settled, days), QuietReason.ASLEEP)


def test_what_a_clock_that_was_ahead_wrote_down_comes_all_the_same():
    # It was a day ahead for a while, and has been set back.
    ahead = [quiet("10:50", "10:00", days=1), quiet("11:50", "13:00"), taken("13:00")]
    decision = beat(DAY.at("11:51"), DAY.at("11:49"), [taken("10:50"), *ahead])
    assert decision.offer is not None
    assert decision.offer.occurrence.due == DAY.at("11:50")
    # What really was offered is not offered twice.
    decision = beat(DAY.at("11:51"), DAY.at("11:49"), [replace(taken("11:50"), settled=DAY.at("13:00"))])
    assert (decision.offer, decision.rows) == (None, [])
    # And what waited comes at its time, not before.
    waiting = Facts(Known(DAY.at("10:00")), {Occurrence(DAY.at("10:50"), Kind.CLOCK): QuietReason.MICROPHONE})
    assert decide(some_rules("10:50"), DAY.at("10:40").astimezone(HALIFAX), waiting).offer is None


@pytest.mark.parametrize(("days", "missed"), [(1, 2), (40, 80), (366, 732), (367, 0), (20_000, 0)])
def test_however_long_nobody_looked(days, missed):
    # No machine sleeps for more than a year: then its clock was wrong, as that of one without a battery is.
    now = DAY.at("10:45")
    decision = beat(now, now - timedelta(days=days))
    assert (len(decision.rows), decision.offer) == (missed, None)


def test_after_a_flight_the_clock_there_counts():
    # 15:50 in Halifax is 20:50 in Paris: there the working day is over.
    decision = beat(DAY.at("15:50"), DAY.at("15:00"), zone=PARIS)
    assert (decision.offer, decision.rows) == (None, [])
    # And back: 10:50 comes once more, and is not too close on the one in Paris.
    decision = beat(DAY.at("10:50"), DAY.at("10:00"), [taken("05:50")])
    assert decision.offer is not None


def test_after_a_start_in_mid_day_the_journal_is_enough():
    decision = beat(DAY.at("11:52"), DAY.at("00:00"), [taken("10:50")])
    assert decision.offer is not None
    assert decision.offer.occurrence.due == DAY.at("11:50")
    assert decision.rows == []
    rows = [taken("10:50"), taken("11:50")]
    decision = beat(DAY.at("11:53"), DAY.at("00:00"), rows)
    assert (decision.offer, decision.rows, decision.held) == (None, [], {})


# --- asking -----------------------------------------------------------------------------------------------


def test_the_senses_are_asked_only_when_something_would_be_offered():
    asked = []
    senses = Senses(lambda: asked.append("quiet"), lambda: asked.append("idle"))
    for now, practising in (("10:49", False), ("12:30", False), ("10:51", True)):
        facts = Facts(Known(DAY.at("10:45")), practising=practising, senses=senses)
        assert decide(some_rules("10:50"), DAY.at(now).astimezone(HALIFAX), facts).offer is None
    assert asked == []
    facts = Facts(Known(DAY.at("10:45")), senses=senses)
    assert decide(some_rules("10:50"), DAY.at("10:51").astimezone(HALIFAX), facts).offer is not None
    assert asked == ["quiet"]


def test_not_today_and_an_open_practice():
    now = DAY.at("10:51").astimezone(HALIFAX)
    decision = decide(some_rules("10:50"), now, Facts(Known(DAY.at("10:45")), not_today=True))
    assert [row.reason for row in decision.rows] == [QuietReason.NOT_TODAY]
    decision = decide(some_rules("10:50"), now, Facts(Known(DAY.at("10:45")), practising=True))
    assert decision.held == {Occurrence(DAY.at("10:50"), Kind.CLOCK): QuietReason.PRACTISING}


def test_what_waited_when_a_practice_was_taken_is_accounted_for():
    due = Occurrence(DAY.at("10:00"), Kind.RHYTHM)
    known = Known(DAY.at("10:05"), practices=[Stretch(DAY.at("10:04"), DAY.at("10:06"))])
    facts = Facts(known, {due: QuietReason.MICROPHONE})
    decision = decide(some_rules(rhythm=MINUTES[60]), DAY.at("10:06").astimezone(HALIFAX), facts)
    assert decision.held == {due: QuietReason.TOO_CLOSE}
    decision = decide(some_rules(rhythm=MINUTES[60]), DAY.at("10:16").astimezone(HALIFAX), facts)
    assert [(row.occurrence, row.reason) for row in decision.rows] == [(due, QuietReason.MICROPHONE)]


def test_coming_back_after_a_long_while_away_is_like_the_end_of_a_session():
    known = Known(DAY.at("10:45"), back=[DAY.at("09:30"), DAY.at("11:00")])
    decision = decide(some_rules(after_sessions=True), DAY.at("11:00").astimezone(HALIFAX), Facts(known))
    assert decision.offer is not None
    assert decision.offer.occurrence.kind is Kind.BACK


def test_when_to_look_again():
    now = DAY.at("10:00").astimezone(HALIFAX)
    decision = decide(some_rules("10:50"), now, Facts(Known(DAY.at("09:59"))))
    assert decision.next_at == DAY.at("10:50")
    assert decision.next_at.tzinfo is UTC
