"""The beat, the card and the journal together, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QPushButton

from calmtray.desktop.paths import bundled
from calmtray.journal.store import Ended, Journal
from calmtray.offering import BEAT_MS, HELD_BEAT_MS, Offering
from calmtray.practice.library import Reader
from calmtray.practice.model import Need
from calmtray.schedule.agenda import Agenda, Event, EventKind
from calmtray.schedule.occurrences import Outcome
from calmtray.schedule.planner import Senses
from calmtray.schedule.quiet import QuietReason
from calmtray.settings.model import Settings, Value
from calmtray.suggestions import Suggestions
from calmtray.words.finding_texts import reason_text
from calmtray.words.texts import length_text, title_text

HALIFAX = ZoneInfo("America/Halifax")
WILLING = Settings(offers="on", working_hours=("mon-sun 00:00-24:00",), clock_times=("10:50", "11:50"))


class Machine:
    """One user's calmtray, as far as offers go."""

    def __init__(self, folder: Path, settings: Settings = WILLING) -> None:
        self.time = datetime(2026, 3, 3, 10, 0, tzinfo=HALIFAX)
        self.sensed: QuietReason | None = None
        self.asleep_s: float | None = None
        self.asked = 0
        self.practising = False
        self.agenda = Agenda()
        self.taken: list[tuple[str, int]] = []
        self.errors: list[str] = []
        self.notified: list[tuple[str, str]] = []
        self.journal = Journal(folder / "journal.sqlite3")
        self.journal.open()
        reader = Reader(bundled("practices"), folder / "own")
        self.suggestions = Suggestions(reader, self.journal, self._on_error, lambda: self.time)
        self.suggestions.settings = settings
        self.offering = self._made_offering()

    def _made_offering(self) -> Offering:
        made = Offering(
            self.suggestions,
            self.journal,
            self._on_error,
            Senses(self._sense, lambda: None),
            lambda: self.practising,
            lambda _now: self.agenda,
            lambda: None,
            lambda: self.time,
            lambda: self.time,
            lambda: self.asleep_s,
        )
        made.setting_changed.connect(self._on_setting_changed)
        made.practice_taken.connect(lambda id_, ms: self.taken.append((id_, ms)))
        made.stage.notified.connect(lambda *said: self.notified.append(said))
        return made

    def restart(self) -> None:
        """calmtray ends, and is started again."""
        self.offering.close()
        self.offering = self._made_offering()
        self.offering.start()

    def _on_setting_changed(self, name: str, value: Value) -> None:
        self.suggestions.settings = self.suggestions.settings.with_(name, value)

    def at(self, clock: str) -> Machine:
        """Beat every minute until the clock shows this."""
        hour, minute = map(int, clock.split(":"))
        until = self.time.replace(hour=hour, minute=minute)
        while self.time < until:
            self.pass_by(timedelta(minutes=1))
        return self

    def pass_by(self, time: timedelta) -> None:
        """So much later, and only then, the next beat comes."""
        self.time += time
        self.offering.look()

    def card(self) -> Any:
        """What is on the screen of it."""
        return self.offering.stage._card

    def notice(self) -> Any:
        """The line that wants no answer, if one is there."""
        return self.offering.stage._notice

    def rows(self) -> list[str]:
        return [f"{row.due:%H:%M} {row.kind} {row.reason or row.outcome}" for row in self.offering.todays_rows()]

    def settings(self, **chosen) -> None:
        for name, value in chosen.items():
            self.suggestions.settings = self.suggestions.settings.with_(name, value)
        self.offering.choose()

    def _sense(self) -> QuietReason | None:
        self.asked += 1
        return self.sensed

    def _on_error(self, error: object) -> None:
        self.errors.append(str(error))


@pytest.fixture
def machine(qapp, tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path)
    made.offering.start()
    yield made
    made.offering.close()
    made.journal.close()


def test_a_card_comes_at_its_time_and_what_is_taken_is_begun_and_written_down(machine):
    machine.at("10:49")
    assert machine.card() is None
    machine.at("10:50")
    first = machine.card()._lines[0].suggestion
    assert first.length_ms <= 120_000
    machine.card().taken.emit(first.practice.id)
    assert machine.taken == [(first.practice.id, first.length_ms)]
    assert machine.card() is None
    assert machine.rows() == ["10:50 clock taken"]
    (row,) = machine.journal.offers(machine.time - timedelta(hours=1))
    assert row.practice == first.practice.id


@pytest.mark.parametrize(
    ("signal", "outcome"), [("passed", "passed"), ("expired", "expired"), ("not_today_chosen", "not-today")]
)
def test_every_answer_is_written_down_once(machine, signal, outcome):
    machine.at("10:50")
    getattr(machine.card(), signal).emit()
    machine.at("10:51").at("10:52")
    assert machine.card() is None
    assert machine.rows() == [f"10:50 clock {outcome}"]


def test_the_end_of_a_call_releases_what_it_held(machine):
    machine.sensed = QuietReason.MICROPHONE
    machine.at("10:50")
    assert machine.card() is None
    assert machine.offering._beat.interval() == HELD_BEAT_MS
    ((waiting, reason),) = machine.offering.todays_waiting()
    assert (f"{waiting.due:%H:%M}", waiting.kind, reason) == ("10:50", "clock", QuietReason.MICROPHONE)
    machine.sensed = None
    machine.at("10:58")
    assert machine.card() is not None
    assert machine.rows() == []
    assert machine.offering.todays_waiting() == []


def test_the_senses_are_not_asked_while_nothing_is_due(machine):
    for clock in ("10:10", "10:20", "10:30", "10:49"):
        machine.at(clock)
    assert machine.asked == 0
    assert machine.offering._beat.interval() <= BEAT_MS


def test_in_session_nothing_comes_and_afterwards_a_minute_is_offered(machine):
    machine.at("10:45")
    machine.offering.begin_session(25)
    assert machine.offering.session_text == "In session until 11:10"
    machine.at("10:50").at("11:00")
    assert machine.card() is None
    machine.at("11:10")
    assert machine.offering.session_text == ""
    assert machine.card()._why == "Session over. A minute before what comes next?"
    needs = machine.card()._lines[0].suggestion.practice.needs
    assert Need.BETWEEN_BACK_TO_BACK in needs


def test_a_session_until_a_time_today_or_tomorrow(machine):
    machine.offering.begin_session_until(14, 50)
    assert machine.offering.session_text == "In session until 14:50"
    # Typed a minute too late, it would be tomorrow's.
    assert not machine.offering.begin_session_until(9, 30)
    assert machine.offering.session_text == "In session until 14:50"
    machine.at("22:00")
    assert machine.offering.begin_session_until(0, 30)
    assert machine.offering.sessions.current is not None
    assert machine.offering.sessions.current.end == datetime(2026, 3, 4, 0, 30, tzinfo=HALIFAX)


def test_a_session_that_begins_takes_the_card_away(machine):
    machine.at("10:50")
    machine.offering.begin_session(50)
    assert machine.card() is None
    assert machine.rows() == ["10:50 clock client-session"]


def test_not_yet_goes_on_for_ten_minutes_and_asks_again(machine):
    machine.settings(clock_times=())
    machine.offering.begin_session(25)
    machine.at("10:25")
    machine.card().not_yet_chosen.emit()
    assert machine.offering.session_text == "In session until 10:35"
    machine.at("10:30")
    assert machine.card() is None
    machine.at("10:35")
    assert machine.card() is not None
    assert machine.rows() == ["10:25 after-session client-session"]


def test_ten_more_minutes_and_the_end(machine):
    machine.settings(clock_times=())
    machine.offering.begin_session(25)
    machine.offering.extend_session()
    assert machine.offering.session_text == "In session until 10:35"
    machine.at("10:20")
    machine.offering.end_session()
    assert machine.card() is not None


def test_later_comes_again(machine):
    machine.at("10:50")
    machine.card().later_chosen.emit(10)
    machine.at("10:59")
    assert machine.card() is None
    machine.at("11:00")
    assert machine.card()._why == "You asked to be asked again. Now?"
    assert machine.rows() == ["10:50 clock later"]


def test_not_today_and_on_second_thoughts(machine):
    machine.offering.send_away(True)
    assert machine.offering.not_today is True
    machine.at("10:50")
    assert machine.rows() == ["10:50 clock not-today"]
    machine.offering.send_away(False)
    machine.at("11:50")
    assert machine.card() is not None


def test_not_today_takes_the_card_away_and_outlives_a_restart(machine):
    machine.at("10:50")
    assert machine.card() is not None
    machine.offering.send_away(True)
    assert machine.card() is None
    assert machine.rows() == ["10:50 clock not-today"]
    assert machine.suggestions.settings.offers_today == "2026-03-03 off"
    machine.restart()
    assert machine.offering.not_today is True
    machine.offering.send_away(False)
    machine.restart()
    assert machine.offering.not_today is False


def test_not_today_is_over_tomorrow(machine):
    machine.at("10:50")
    machine.card().not_today_chosen.emit()
    machine.at("11:50")
    assert machine.card() is None
    assert machine.rows()[-1] == "11:50 clock not-today"
    machine.pass_by(timedelta(hours=22))
    machine.at("10:50")
    assert machine.card() is not None


def test_after_a_restart_nothing_comes_twice_and_nothing_is_lost(qapp, tmp_path):
    before = Machine(tmp_path)
    before.offering.start()
    before.at("10:50").card().passed.emit()
    before.at("11:45")
    before.offering.begin_session(50)
    before.offering.close()
    before.journal.close()

    after = Machine(tmp_path)
    after.time = before.time + timedelta(minutes=10)
    after.offering.start()
    assert after.card() is None
    assert after.offering.session_text == "In session until 12:35"
    after.at("12:06")
    assert after.rows() == ["10:50 clock passed", "11:50 clock client-session"]
    after.at("12:35")
    assert after.card() is not None
    after.offering.close()
    after.journal.close()


def test_sleep_is_noticed_and_coming_back_is_a_moment(machine):
    machine.at("10:40").pass_by(timedelta(minutes=40))
    assert machine.rows() == ["10:50 clock asleep"]
    assert machine.card()._why == "Welcome back. A minute before you go on?"


def test_a_clock_that_was_a_day_ahead_for_a_while_costs_no_offer(machine):
    ahead = timedelta(days=1, minutes=30)
    machine.at("10:40").pass_by(ahead)
    assert machine.rows() == ["10:50 clock asleep"]
    machine.pass_by(-ahead)
    assert machine.rows() == []
    for _day in range(2):
        machine.at("10:50").card().expired.emit()
        assert machine.rows() == ["10:50 clock expired"]
        machine.time += timedelta(hours=23)


@pytest.mark.parametrize(("minutes", "welcomed"), [(19, False), (20, True), (120, True), (121, False)])
def test_who_comes_back_to_the_desk_is_welcomed_and_asked_nothing(machine, minutes, welcomed):
    machine.at("10:20")
    machine.offering.note_return(timedelta(minutes=minutes))
    assert (machine.card() is not None) is welcomed
    if welcomed:
        assert machine.card()._why == "Welcome back. A minute before you go on?"
        machine.card().expired.emit()
        # The computer slept meanwhile, and that is noticed as well.
        machine.time += timedelta(minutes=1)
        machine.offering.note_return(timedelta(minutes=minutes))
        assert machine.rows() == ["10:20 back expired"]


def test_that_it_woke_up_is_told(machine):
    told = []
    machine.offering.resumed.connect(lambda: told.append("resumed"))
    machine.at("10:40")
    assert told == []
    machine.pass_by(timedelta(minutes=3))
    assert told == ["resumed"]


def test_after_a_whole_night_nobody_is_welcomed_back(machine):
    machine.at("10:40").pass_by(timedelta(hours=9))
    assert machine.card() is None
    assert [row.split()[-1] for row in machine.rows()] == ["asleep", "asleep"]


def test_the_time_before_the_next_appointment_is_said_and_kept(machine):
    start = machine.time.replace(hour=10, minute=53)
    machine.agenda = Agenda([Event(start, start + timedelta(hours=1), EventKind.CLIENT_SESSION)])
    machine.at("10:50")
    assert {line.suggestion.length_ms for line in machine.card()._lines} <= {30_000, 45_000, 60_000}


@pytest.mark.parametrize(("minutes", "known"), [(0, False), (3, True), (120, True), (121, False)])
def test_what_is_suggested_fits_before_the_next_appointment(machine, minutes, known):
    begins = machine.time + timedelta(minutes=minutes)
    later = begins + timedelta(hours=5)
    machine.agenda = Agenda([Event(each, each + timedelta(hours=1), EventKind.BUSY) for each in (later, begins)])
    machine.suggestions.next_begins = machine.offering.next_begins
    moment = machine.suggestions.moment()
    assert moment.until == (begins if known else None)
    if known and minutes < 5:
        assert all(each.length_ms <= 120_000 for each in machine.suggestions.now(moment))
        assert reason_text(machine.suggestions.now(moment)[0].because) == "fits before your 10:03"


def test_a_meeting_with_peers_limits_it_too_and_nothing_does_with_offers_off(machine):
    machine.suggestions.settings = replace(WILLING, circles=("tue 10:30 Supervision",))
    machine.offering.choose()
    assert machine.offering.next_begins() == machine.time + timedelta(minutes=30)
    machine.suggestions.settings = replace(WILLING, offers="off")
    machine.offering.choose()
    assert machine.offering.next_begins() is None


def test_an_open_practice_is_not_interrupted(machine):
    machine.practising = True
    machine.at("10:50")
    assert machine.card() is None
    machine.practising = False
    machine.at("10:55")
    assert machine.card() is not None


def test_another_shows_others(machine):
    machine.at("10:50")
    before = [line.suggestion.practice.id for line in machine.card()._lines]
    machine.card().another_asked.emit()
    after = [line.suggestion.practice.id for line in machine.card()._lines]
    assert set(before).isdisjoint(after)
    assert machine.card().isVisible()


def test_discreetly_there_is_but_a_dot_until_somebody_asks(machine):
    machine.settings(discreet=True)
    machine.at("10:50")
    assert machine.card() is None
    assert machine.offering.stage.waiting
    assert machine.notified == []
    machine.offering.stage.show_card()
    assert machine.card().isVisible()
    machine.card().passed.emit()
    assert not machine.offering.stage.waiting


def test_what_waits_goes_by_itself(machine):
    machine.settings(discreet=True)
    machine.at("10:50")
    machine.offering.stage._patience.timeout.emit()
    assert machine.rows() == ["10:50 clock expired"]
    assert not machine.offering.stage.waiting


def test_by_the_systems_notification(machine):
    machine.settings(offer_as="notification")
    machine.at("10:50")
    ((why, first),) = machine.notified
    assert why == "The time you chose. A minute?"
    offered = machine.offering.stage._suggestions[0]
    assert first == f"{title_text(offered.practice)} · {length_text(offered.length_ms)}"
    assert machine.card() is None


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("take_first", "10:50 clock taken"),
        ("put_off", "10:50 clock later"),
        ("send_away", "10:50 clock not-today"),
        ("pass_by", "10:50 clock passed"),
    ],
)
def test_a_notification_is_answered_like_a_card_and_once(machine, said, row):
    machine.settings(offer_as="notification")
    machine.at("10:50")
    answer = getattr(machine.offering.stage, said)
    answer()
    answer()
    assert machine.rows() == [row]
    assert not machine.offering.stage.waiting
    assert len(machine.taken) == (said == "take_first")


def test_a_card_that_is_on_the_screen_is_answered_there(machine):
    machine.settings(offer_as="notification")
    machine.at("10:50")
    machine.offering.stage.show_card()
    for said in ("take_first", "put_off", "send_away", "pass_by"):
        getattr(machine.offering.stage, said)()
    assert machine.rows() == []
    assert machine.card().isVisible()


def test_a_card_that_comes_by_itself_says_so(machine):
    came = []
    machine.offering.stage.came.connect(lambda: came.append(machine.time))
    machine.at("10:50")
    assert len(came) == 1
    machine.card().passed.emit()
    machine.settings(offer_as="notification")
    machine.at("11:50")
    machine.offering.stage.show_card()
    assert len(came) == 1


def test_offers_that_are_switched_off_are_gone_at_once(machine):
    machine.at("10:50")
    machine.settings(offers="off")
    assert machine.card() is None
    assert not machine.offering._beat.isActive()
    assert machine.offering.not_today is None


def test_with_offers_off_nothing_beats_unless_somebody_is_in_session(qapp, tmp_path):
    machine = Machine(tmp_path, Settings())
    machine.offering.start()
    assert not machine.offering._beat.isActive()
    machine.offering.begin_session(25)
    assert machine.offering._beat.isActive()
    machine.at("10:25")
    assert machine.card() is None
    assert not machine.offering._beat.isActive()
    machine.offering.close()
    machine.journal.close()


def test_what_was_due_before_somebody_said_yes_is_not_made_up_for(machine):
    machine.settings(offers="off")
    machine.pass_by(timedelta(minutes=55))
    machine.settings(offers="on")
    assert (machine.card(), machine.rows()) == (None, [])
    machine.at("11:50")
    assert machine.card() is not None


def test_a_practice_of_ones_own_counts_as_rest(machine):
    row = machine.journal.begin_session("five-five", machine.time.replace(minute=30), 60_000, "en", "circle")
    machine.journal.keep_session(row, 60_000, 60_000, Ended.FINISHED)
    machine.at("10:50")
    assert machine.card() is None
    assert list(machine.offering._held.values()) == [QuietReason.TOO_CLOSE]


def test_where_nothing_fits_it_says_so(machine):
    machine.settings(hidden=tuple(practice.id for practice in machine.suggestions.library()))
    machine.at("10:50")
    assert machine.card() is None
    assert machine.rows() == ["10:50 clock nothing-fits"]


@pytest.mark.parametrize("offered", ["favourites", "one-a-day"])
def test_what_is_offered_is_what_was_chosen(machine, offered):
    # One that is short enough for an offer.
    machine.settings(offered=offered, favourites=("water-break", "doorway-pause"))
    machine.at("10:50")
    ids = {line.suggestion.practice.id for line in machine.card()._lines}
    today = machine.suggestions.today(machine.suggestions.moment())
    if offered == "favourites":
        assert ids == {"water-break", "doorway-pause"}
    else:
        assert today is None or today.length_ms > 120_000 or today.practice.id in ids


def test_a_meeting_with_peers_is_told_of_once_ten_minutes_ahead(machine):
    machine.settings(circles=("tue 10:45 Supervision",), clock_times=())
    assert machine.offering.circles() == ["10:45 · Supervision"]
    machine.at("10:34")
    assert machine.notice() is None
    machine.at("10:35")
    notice = machine.notice()
    assert notice is not None
    assert notice._text == "10:45 · Supervision"
    notice.passed.emit()
    machine.at("10:36")
    assert machine.notice() is None


def test_nobody_is_told_of_a_meeting_while_a_client_is_there(machine):
    machine.settings(circles=("tue 10:45 Supervision",), clock_times=())
    machine.offering.begin_session(50)
    machine.at("10:36")
    assert machine.notice() is None


def appointment(begin: str, end: str, kind: EventKind = EventKind.CLIENT_SESSION) -> Event:
    """One of the third of March, by the clock of Halifax."""
    start, stop = (datetime.fromisoformat(f"2026-03-03T{at}:00-04:00") for at in (begin, end))
    return Event(start.astimezone(UTC), stop.astimezone(UTC), kind)


def test_whoever_opens_a_practice_of_their_own_accord_has_no_card_lying_over_it(machine):
    machine.at("10:50")
    machine.offering.step_aside()
    assert machine.card() is None
    assert machine.rows() == ["10:50 clock practising"]


def test_what_is_taken_from_the_card_is_taken_though_its_practice_opens(machine):
    machine.offering.practice_taken.connect(lambda *_: machine.offering.step_aside())
    machine.at("10:50")
    machine.card().taken.emit(machine.card()._lines[0].suggestion.practice.id)
    assert machine.rows() == ["10:50 clock taken"]


def test_a_meeting_in_the_agenda_is_listed_and_told_of_once_nobody_is_with_a_client(machine):
    machine.settings(clock_times=())
    machine.agenda = Agenda([appointment("10:00", "10:53"), appointment("11:00", "12:00", EventKind.CIRCLE)])
    assert machine.offering.circles() == ["11:00 · Meeting with peers"]
    machine.at("10:52")
    assert machine.notice() is None
    # First things first: the session is over.
    machine.at("10:53").card().expired.emit()
    assert machine.notice() is None
    machine.practising = True
    machine.at("10:54")
    assert machine.notice() is None
    machine.practising = False
    machine.at("10:55")
    assert machine.notice()._text == "11:00 · Meeting with peers"
    machine.offering.step_aside()
    assert machine.notice() is None


def test_a_meeting_is_told_of_as_offers_are(machine):
    machine.settings(clock_times=(), circles=("tue 11:00 Supervision", "tue 12:00 Supervision"), discreet=True)
    standing = []
    machine.offering.changed.connect(lambda: standing.append(machine.offering.stage.line))
    machine.at("10:50")
    assert (machine.notice(), machine.offering.stage.waiting) == (None, True)
    assert standing[-1] == "11:00 · Supervision"
    machine.offering.stage.show_card()
    assert (machine.notice()._text, machine.offering.stage.waiting) == ("11:00 · Supervision", False)
    machine.settings(discreet=False, offer_as="notification")
    told: list[str] = []
    machine.offering.stage.told.connect(told.append)
    machine.at("11:50")
    assert told == ["12:00 · Supervision"]


def test_what_nobody_looked_at_is_old_once_the_meeting_begins(machine):
    machine.settings(clock_times=(), circles=("tue 11:00 Supervision",), discreet=True)
    machine.at("10:50")
    stage = machine.offering.stage
    assert stage._line_lasts.remainingTime() > 599_000
    stage._line_lasts.timeout.emit()
    assert (stage.waiting, stage.line) == (False, "")


@pytest.mark.parametrize(("until", "laters"), [("17:00", ["5", "10", "20"]), ("11:02", ["5", "10"]), ("10:56", ["5"])])
def test_what_would_come_after_work_can_not_be_put_off_so_long(machine, until, laters):
    machine.settings(working_hours=(f"tue 09:00-{until}",))
    machine.at("10:50")
    (menu,) = [each.menu() for each in machine.card().findChildren(QPushButton) if each.menu()]
    assert ["".join(filter(str.isdigit, action.text())) for action in menu.actions()] == laters


def test_a_favourite_that_is_alone_comes_first(machine):
    machine.settings(offered="favourites", favourites=("one-small-win",))
    machine.at("10:50")
    first, second = (line.suggestion.practice.id for line in machine.card()._lines)
    assert (first, second == "one-small-win") == ("one-small-win", False)


def test_without_a_favourite_others_are_offered(machine):
    machine.settings(offered="favourites", favourites=())
    machine.at("10:50")
    assert all(line.suggestion is not None for line in machine.card()._lines)


def test_where_nothing_can_be_put_off_nothing_says_later(machine):
    machine.settings(working_hours=("tue 09:00-10:53",))
    machine.at("10:50")
    assert not any(each.menu() for each in machine.card().findChildren(QPushButton))
    machine.offering.stage.put_off()
    assert machine.card() is not None


@pytest.mark.parametrize(
    ("sensed", "goes"), [(QuietReason.MICROPHONE, True), (QuietReason.SCREEN_SHARED, True), (QuietReason.AWAY, False)]
)
def test_a_card_goes_when_a_call_begins(machine, sensed, goes):
    machine.at("10:50")
    assert machine.card() is not None
    assert machine.offering._beat.interval() == HELD_BEAT_MS
    machine.sensed = sensed
    machine.pass_by(timedelta(seconds=10))
    assert (machine.card() is None) is goes
    assert machine.rows() == []
    if goes:
        # A short one: it comes again, and nothing else besides.
        machine.sensed = None
        machine.pass_by(timedelta(seconds=30))
        assert machine.card() is not None
        machine.sensed = sensed
        machine.pass_by(timedelta(seconds=10))
        machine.at("11:10")
        assert machine.rows() == [f"10:50 clock {sensed}"]


def test_a_beat_that_fails_is_not_the_last_one(machine, monkeypatch):
    def fail(*_given: object) -> None:
        raise OSError("a zone that can't be read just now")

    with monkeypatch.context() as broken:
        broken.setattr(machine.offering, "_note_gap", fail)
        with pytest.raises(OSError, match="zone"):
            machine.pass_by(timedelta(minutes=1))
    assert machine.offering._beat.isActive()


def test_a_card_goes_when_the_client_is_due(machine):
    machine.agenda = Agenda([appointment("10:53", "11:40")])
    machine.at("10:52")
    assert machine.card() is not None
    machine.at("10:53")
    assert machine.card() is None
    assert machine.rows() == ["10:50 clock client-session"]


def test_one_meeting_typed_in_and_in_the_agenda_is_one(machine):
    machine.settings(circles=("tue 11:00 Supervision",))
    machine.agenda = Agenda([appointment("11:00", "12:00", EventKind.CIRCLE)])
    assert machine.offering.circles() == ["11:00 · Supervision"]


def test_a_session_that_runs_on_takes_nothing_from_the_next_one(machine):
    machine.settings(clock_times=(), minutes_apart=20)
    machine.agenda = Agenda([appointment("11:00", "11:50")])
    machine.offering.begin_session(55)
    machine.at("10:55").card().not_yet_chosen.emit()
    machine.at("11:49")
    assert machine.card() is None
    machine.at("11:50")
    assert machine.card() is not None


def test_another_length_for_the_session_takes_nothing_from_what_was_planned(machine):
    machine.settings(clock_times=(), minutes_apart=20)
    machine.agenda = Agenda([appointment("10:00", "11:00")])
    machine.at("10:00")
    machine.offering.begin_session(50)
    machine.at("10:05")
    machine.offering.begin_session(25)
    machine.at("10:40")
    assert machine.card() is None
    machine.at("11:00")
    assert machine.card() is not None


def test_a_clock_that_is_set_forward_is_no_sleep_and_nobody_comes_back(machine):
    machine.asleep_s = 0.0
    machine.at("10:30")
    machine.pass_by(timedelta(hours=1))
    machine.at("11:35")
    assert machine.card() is None
    assert machine.rows() == ["10:50 clock clock-set"]
    # Nor is a sleep that it does not know from a clock.
    machine.asleep_s = 3_600.0
    machine.pass_by(timedelta(hours=1))
    machine.at("12:40")
    assert machine.rows()[1:2] == ["11:50 clock asleep"]


@pytest.mark.parametrize("hours", [1, -1])
def test_fifty_minutes_stay_fifty_minutes_whatever_the_clock_is_set_to(machine, hours):
    machine.settings(clock_times=())
    machine.asleep_s = 0.0
    machine.offering.begin_session(50)
    machine.at("10:10")
    machine.pass_by(timedelta(hours=hours))
    left = machine.offering.sessions.current.end - machine.time
    assert timedelta(minutes=38) <= left <= timedelta(minutes=41)
    assert machine.card() is None


def test_a_time_stays_that_time(machine):
    machine.asleep_s = 0.0
    machine.offering.begin_session_until(10, 50)
    machine.pass_by(timedelta(minutes=20))
    assert machine.offering.session_text == "In session until 10:50"


def test_what_waits_when_offers_are_switched_off_is_settled(machine):
    machine.sensed = QuietReason.MICROPHONE
    machine.settings(circles=("tue 16:00 Supervision",))
    machine.at("10:52")
    assert machine.offering.todays_waiting()
    machine.settings(offers="off")
    assert machine.offering.todays_waiting() == []
    assert machine.rows() == ["10:50 clock off"]
    machine.at("10:54")
    assert machine.offering._beat.interval() > 30_000


def test_a_meeting_just_after_midnight_is_told_of_before_it(machine):
    machine.settings(offers="off", circles=("wed 00:05 Night team",))
    machine.at("23:54")
    assert machine.notice() is None
    machine.at("23:55")
    assert machine.notice()._text == "00:05 · Night team"


def test_the_line_of_a_meeting_waits_for_the_end_of_another_one(machine):
    machine.settings(offers="off", circles=("tue 11:00 Supervision",))
    machine.agenda = Agenda([appointment("10:20", "10:55", EventKind.BUSY)])
    machine.at("10:54")
    assert machine.notice() is None
    machine.at("10:55")
    assert machine.notice() is not None


def test_the_line_of_a_meeting_comes_again_after_a_short_call(machine):
    machine.settings(offers="off", circles=("tue 11:00 Supervision",))
    machine.at("10:50")
    machine.sensed = QuietReason.MICROPHONE
    machine.pass_by(timedelta(seconds=10))
    assert machine.notice() is None
    machine.sensed = None
    machine.pass_by(timedelta(minutes=2))
    assert machine.notice() is not None


def test_the_later_end_is_the_one_that_is_shown(machine):
    machine.agenda = Agenda([appointment("10:00", "10:50")])
    machine.at("10:05")
    machine.offering.begin_session(25)
    assert machine.offering.session_text == "In session until 10:50"


def test_the_line_of_a_meeting_goes_when_a_session_begins(machine):
    machine.settings(offers="off", circles=("tue 11:00 Supervision",))
    machine.at("10:50")
    assert machine.notice() is not None
    machine.sensed = QuietReason.MICROPHONE
    machine.pass_by(timedelta(seconds=10))
    assert machine.notice() is None


def test_a_session_of_the_agenda_is_shown_goes_on_and_is_over_as_one_that_was_told_of(machine):
    machine.settings(clock_times=(), minutes_apart=20)
    machine.agenda = Agenda([appointment("10:00", "10:50")])
    told = []
    machine.offering.changed.connect(lambda: told.append(machine.offering.session_text))
    machine.at("10:05")
    assert told[-1] == machine.offering.session_text == "In session until 10:50"
    machine.offering.extend_session()
    assert machine.offering.session_text == "In session until 11:00"
    machine.at("10:55")
    assert machine.card() is None
    machine.offering.end_session()
    assert machine.offering.session_text == ""
    assert machine.card() is not None


def test_a_session_of_the_agenda_that_is_over_early_is_over(machine):
    machine.settings(clock_times=(), minutes_apart=20)
    machine.agenda = Agenda([appointment("10:00", "10:50")])
    machine.at("10:30")
    machine.offering.end_session()
    assert machine.offering.session_text == ""
    assert machine.card() is not None
    machine.at("10:50")
    assert [row.split()[1] for row in machine.rows()] in ([], ["after-session"])


def test_a_clock_that_is_set_back_a_little_ends_no_session(machine):
    machine.offering.begin_session(50)
    machine.pass_by(-timedelta(seconds=30))
    assert machine.offering.session_text


def test_a_meeting_in_the_agenda_is_told_of_with_offers_off_as_well(machine):
    machine.agenda = Agenda([appointment("11:00", "12:00", EventKind.CIRCLE)])
    machine.settings(offers="off", agenda=("work.ics",))
    assert machine.offering.circles() == ["11:00 · Meeting with peers"]
    machine.at("10:50")
    assert machine.card() is None
    assert machine.notice()._text == "11:00 · Meeting with peers"


def test_the_journal_hears_when_an_offer_waits_and_when_it_is_not_made(machine):
    told: list[list[str]] = []
    machine.offering.rows_changed.connect(lambda: told.append(machine.rows()))
    machine.sensed = QuietReason.MICROPHONE
    machine.at("10:50")
    assert told == [[]]
    machine.at("11:10")
    assert told == [[], ["10:50 clock microphone"]]


@pytest.mark.parametrize(("following", "longest_ms"), [("10:53", 60_000), ("10:52", 30_000), ("10:51", None)])
def test_the_gap_in_the_agenda_decides_how_long_a_practice_is(machine, following, longest_ms):
    machine.settings(clock_times=())
    machine.agenda = Agenda([appointment("10:00", "10:50"), appointment(following, "11:40", EventKind.BUSY)])
    machine.at("10:50")
    if longest_ms is None:
        assert machine.card() is None
        machine.at("11:05")
        assert machine.rows() == ["10:50 after-session meeting"]
    else:
        assert {line.suggestion.length_ms for line in machine.card()._lines if line.suggestion} <= {
            *range(longest_ms + 1)
        }


def test_nothing_is_offered_before_the_agenda_is_read(machine):
    machine.agenda = Agenda(read=False)
    machine.at("10:52")
    assert machine.card() is None
    machine.agenda = Agenda([appointment("10:00", "10:55")])
    machine.offering.look()
    assert machine.card() is None
    machine.at("10:55")
    assert machine.card() is not None


def test_a_journal_that_fails_is_told_and_nothing_is_offered_twice(machine):
    machine.journal.close()
    machine.at("10:50")
    machine.card().passed.emit()
    machine.at("10:51").at("10:52")
    assert machine.card() is None
    assert machine.errors
    machine.journal.open()
    machine.at("10:53")
    assert [row.outcome for row in machine.journal.offers(machine.time - timedelta(hours=1))] == [Outcome.PASSED]
