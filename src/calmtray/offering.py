"""When a practice is offered: the beat that asks the planner, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from calmtray.client_sessions import MORE, ClientSessions
from calmtray.desktop import clock
from calmtray.journal.store import Journal, JournalError
from calmtray.offer_stage import Answer, OfferStage
from calmtray.schedule.agenda import Agenda
from calmtray.schedule.circles import TOLD_BEFORE, circle_to_tell, circles_of_today
from calmtray.schedule.local import DAY, instant
from calmtray.schedule.occurrences import (
    LONGEST_SESSION,
    Gap,
    Known,
    Occurrence,
    OfferRow,
    Outcome,
    Stretch,
    client_sessions,
    meetings,
)
from calmtray.schedule.planner import Decision, Facts, Offer, Senses, decide, later_times, spoilt
from calmtray.schedule.quiet import QuietReason
from calmtray.schedule.rules import Rules
from calmtray.settings.model import Settings
from calmtray.settings.offering import rules
from calmtray.suggestions import Suggestions
from calmtray.words.offer_texts import circle_text, in_session_text, why_text

BEAT_MS = 60_000
HELD_BEAT_MS = 10_000
"""While an offer waits for the end of a call, it is looked for a little more often."""

LEAST_BEAT_MS = 1_000
NEXT_WITHIN = timedelta(hours=2)
"""What begins later than this does not limit what is suggested now."""

LATER_MINUTES = (5, 10, 20)
"""For so long something can be put off, where somebody is still at work then."""

NOTICED_GAP = timedelta(minutes=2)
"""A beat that comes so much later than it was due: the machine slept, or its clock was set on."""

AWAY, TOO_LONG_AWAY = timedelta(minutes=20), timedelta(minutes=120)
"""Who comes back after so long may like a minute; after longer than that, a new day has begun."""


class Offering(QObject):
    """``senses``: asked only when an offer is due; ``practising``: whether a practice is open.

    ``agenda``: the appointments around an instant; ``dress``: called before something is shown. ``changed``: what the
    tray and the pages show of it is different. ``rows_changed``: what became of today's offers, or waits, is.
    ``practice_taken``: its id, and how long it is to be (ms). ``resumed``: the computer has slept till now.
    """

    practice_taken = Signal(str, int)
    setting_changed = Signal(str, object)
    resumed = Signal()
    changed = Signal()
    rows_changed = Signal()

    def __init__(
        self,
        suggestions: Suggestions,
        journal: Journal,
        on_journal_error: Callable[[JournalError], None],
        senses: Senses,
        practising: Callable[[], bool],
        agenda: Callable[[datetime], Agenda],
        dress: Callable[[], None],
        now: Callable[[], datetime] = clock.zoned_now,
        instant_now: Callable[[], datetime] = clock.now,
        asleep_s: Callable[[], float | None] = clock.asleep_s,
    ) -> None:
        super().__init__()
        self._suggestions = suggestions
        self._journal = journal
        self._on_journal_error = on_journal_error
        self._senses = senses
        self._practising = practising
        self._agenda = agenda
        self._now = now
        self._instant_now = instant_now
        self._asleep_s = asleep_s
        self._asleep_before: float | None = None
        self._shown_session = ""
        self._started = False
        self.sessions = ClientSessions(journal, on_journal_error)
        self.stage = OfferStage(dress)
        self.stage.answered.connect(self._on_stage_answered)
        self.stage.others_asked.connect(self._on_stage_others_asked)
        self.stage.changed.connect(self.changed)
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._beat.timeout.connect(self.look)
        self._due_beat: datetime | None = None
        self._since: datetime | None = None
        self._held: dict[Occurrence, QuietReason] = {}
        self._unwritten: list[OfferRow] = []
        self._gaps: list[Gap] = []
        self._back: list[datetime] = []
        self._told: set[datetime] = set()

    # Coming and going.

    def start(self) -> None:
        """Take up the day where the journal has it, and beat from now on."""
        self._started = True
        if self.settings.offers == "on":
            self._since = _midnight(self._now())
        # Which zone this is takes a megabyte to know: whoever wants no offers is not made to carry it.
        self.sessions.recall(self._instant_now().astimezone(UTC))
        self.look()

    def close(self) -> None:
        """Beat no more. What is offered just now goes by itself."""
        self._beat.stop()
        if self.stage.offer is not None:
            self._settle(Outcome.EXPIRED)
        self.stage.withdraw()

    def choose(self) -> None:
        """Follow other settings. What was due before somebody said yes is nobody's business."""
        if self.settings.offers == "on":
            self._since = self._since or self._now().astimezone(UTC)
        else:
            self._since = None
            if self.stage.offer is not None:
                self._settle(Outcome.EXPIRED)
                self.stage.withdraw()
            at = self._now().astimezone(UTC)
            self._keep([OfferRow(e.kind, e.due, Outcome.QUIET, at, QuietReason.OFF) for e in self._held])
            self._held = {}
        self.look()

    @property
    def settings(self) -> Settings:
        """Those of now."""
        return self._suggestions.settings

    # What others show.

    @property
    def session_text(self) -> str:
        """Until when somebody is in session, by their own word or by the agenda, in words; empty where they are not."""
        if self._idle:
            return ""
        now = self._now()
        current = self._session_now(now) or self.sessions.current
        return in_session_text(current.end.astimezone(now.tzinfo)) if current is not None else ""

    def _session_now(self, now: datetime) -> Stretch | None:
        """The client session under way, whoever knows of it."""
        known = Known(since=now, sessions=self.sessions.all, agenda=self._agenda(now))
        return next((each for each in client_sessions(known) if now in each), None)

    @property
    def not_today(self) -> bool | None:
        """Whether offers were sent away for today; None where they are off."""
        if self.settings.offers != "on":
            return None
        now = self._now()
        return self._sent_away(now, self._rows(_midnight(now)))

    def circles(self) -> list[str]:
        """Today's meetings with peers, a line each."""
        if self._idle:
            return []
        now = self._now()
        events = circles_of_today(self._rules, self._agenda(now), now)
        return [circle_text(event.start.astimezone(now.tzinfo), event.label) for event in events]

    def next_begins(self) -> datetime | None:
        """When the next appointment begins, by the clock here; None where none is known in the next two hours."""
        if self._idle:
            return None
        now = self._now()
        agenda = self._agenda(now)
        known = (*agenda.events, *circles_of_today(self._rules, agenda, now))
        coming = [event.start for event in known if now < event.start <= now + NEXT_WITHIN]
        return min(coming).astimezone(now.tzinfo) if coming else None

    def todays_rows(self) -> list[OfferRow]:
        """What became of today's offers, in order; their times as the clock here shows them."""
        if self._idle:
            return []
        now = self._now()
        rows = sorted(self._rows(_midnight(now)), key=lambda row: row.due)
        # A clock that was ahead has left some behind that are yet to come.
        return [replace(row, due=row.due.astimezone(now.tzinfo)) for row in rows if row.due <= now]

    def todays_waiting(self) -> list[tuple[Occurrence, QuietReason]]:
        """What is due and waits for a better moment, in order, and why; its time as the clock here shows it."""
        zone = self._now().tzinfo
        waiting = sorted(self._held.items())
        return [(replace(occurrence, due=occurrence.due.astimezone(zone)), reason) for occurrence, reason in waiting]

    # What somebody says.

    def begin_session(self, minutes: int) -> None:
        """They are in session for so long."""
        self._begin_session(self._now() + timedelta(minutes=minutes), by_clock=False)

    def begin_session_until(self, hour: int, minute: int) -> bool:
        """They are in session until the clock shows this, today or, where that is over, tomorrow.

        False where that is further ahead than any session: nothing begins.
        """
        now = self._now()
        until = instant(now.date(), hour * 60 + minute, now.tzinfo or UTC)
        until = until if until > now else until + DAY
        if until - now > LONGEST_SESSION:
            return False
        self._begin_session(until, by_clock=True)
        return True

    def extend_session(self) -> None:
        """It goes on for ten more minutes."""
        now = self._now()
        planned = self._session_now(now) if self.sessions.current is None else None
        if planned is not None:
            self.sessions.begin(now.astimezone(UTC), planned.end + MORE)
        else:
            self.sessions.extend(now.astimezone(UTC))
        self.look()
        self.changed.emit()

    def end_session(self) -> None:
        """It is over, whoever knew of it."""
        now = self._now()
        planned = self._session_now(now) if self.sessions.current is None else None
        if planned is not None:
            self.sessions.begin(planned.start, planned.end)
        self.sessions.end(now.astimezone(UTC))
        self.look()
        self.changed.emit()

    def send_away(self, away: bool) -> None:
        """Nothing more is to be offered today; or, on second thoughts, it may be."""
        self.setting_changed.emit("offers_today", f"{self._now().date()} {'off' if away else 'on'}")
        if away and self.stage.offer is not None:
            self._settle(Outcome.NOT_TODAY)
            self.stage.withdraw()
        self.look()
        self.changed.emit()

    def note_return(self, away: timedelta) -> None:
        """Somebody touches something again after so long."""
        at = self._now().astimezone(UTC)
        if AWAY <= away <= TOO_LONG_AWAY and not any(at - back < AWAY for back in self._back):
            self._back.append(at)
            self.look()

    def step_aside(self) -> None:
        """Somebody opens a practice of their own accord: what is offered just now would only lie over it."""
        self._withdraw(QuietReason.PRACTISING)

    def _withdraw(self, reason: QuietReason) -> None:
        if self.stage.offer is not None:
            self._settle(Outcome.QUIET, reason=reason)
            self.stage.withdraw()
        self.stage.drop_notice()

    def _hold(self, reason: QuietReason) -> None:
        """A call may be short: what was on the screen comes again, as if it had not come yet."""
        if self.stage.offer is not None:
            self._held[self.stage.offer.occurrence] = reason
            self.stage.withdraw()
        self.stage.drop_notice()

    def _begin_session(self, until: datetime, *, by_clock: bool) -> None:
        self._withdraw(QuietReason.CLIENT_SESSION)
        self.sessions.begin(self._now().astimezone(UTC), until.astimezone(UTC), by_clock=by_clock)
        self.look()
        self.changed.emit()

    # The beat.

    def look(self) -> None:
        """Ask the planner, do what it says, and come back. With offers off, and nobody in session, nothing beats."""
        self._beat.stop()
        if not self._started or self._idle:
            self._due_beat = None
            return
        # Should anything go wrong, it is looked for again all the same.
        self._beat.start(BEAT_MS)
        now = self._now()
        self._note_gap(now)
        self.sessions.look(now.astimezone(UTC))
        shown, self._shown_session = self._shown_session, self.session_text
        if self._shown_session != shown:
            self.changed.emit()
        decision = Decision()
        if (self.stage.offer is not None or self.stage.has_notice) and self._agenda(now).read:
            spoils = spoilt(self._rules, now, Facts(self._known(now, now.astimezone(UTC)), senses=self._senses))
            if spoils is not None:
                if self.stage.has_notice:
                    # It is told once this is over.
                    self._told.clear()
                if spoils in (QuietReason.CLIENT_SESSION, QuietReason.MEETING):
                    self._withdraw(spoils)
                else:
                    self._hold(spoils)
        # Before the agenda is read, nobody knows whether this is a bad moment: it tells when it is.
        if self.stage.offer is None and self._since is not None and self._agenda(now).read:
            decision = self._decided(now, self._since)
            if decision.offer is not None:
                self._make(decision.offer, now)
        self._tell_circle(now)
        self._wait(now, decision)

    @property
    def _idle(self) -> bool:
        settings = self.settings
        return not (settings.offers == "on" or self.sessions.current or settings.circles or settings.agenda)

    @property
    def _rules(self) -> Rules:
        return rules(self.settings)

    def _decided(self, now: datetime, since: datetime) -> Decision:
        known = self._known(now, since)
        facts = Facts(known, self._held, self._sent_away(now, known.rows), self._practising(), self._senses)
        decision = decide(self._rules, now, facts)
        self._keep(decision.rows)
        held, self._held = self._held, dict(decision.held)
        self._since = now.astimezone(UTC)
        if decision.rows or held != self._held:
            self.rows_changed.emit()
        return decision

    def _known(self, now: datetime, since: datetime) -> Known:
        first = min(_midnight(now), since) - DAY
        return Known(
            since=since,
            rows=self._rows(first),
            practices=self._practices(first),
            sessions=self.sessions.all,
            agenda=self._agenda(now),
            gaps=self._gaps,
            back=self._back,
        )

    def _practices(self, since: datetime) -> list[Stretch]:
        try:
            rows = self._journal.sessions(since=since)
        except JournalError as error:
            self._on_journal_error(error)
            return []
        began = ((row.began.astimezone(UTC), timedelta(milliseconds=row.played_ms)) for row in rows)
        return [Stretch(at, at + played) for at, played in began]

    def _rows(self, since: datetime) -> list[OfferRow]:
        try:
            written = self._journal.offers(since)
        except JournalError as error:
            self._on_journal_error(error)
            written = []
        unwritten = {row.occurrence: row for row in self._unwritten if row.due >= since}
        return [*(row for row in written if row.occurrence not in unwritten), *unwritten.values()]

    def _keep(self, rows: Sequence[OfferRow]) -> None:
        """What can't be written is kept in mind, so that nothing is offered twice, and is tried again."""
        self._unwritten += rows
        if not self._unwritten:
            return
        try:
            self._journal.keep_offers(self._unwritten, self._now().utcoffset() or timedelta())
            self._unwritten = []
        except JournalError as error:
            self._on_journal_error(error)

    def _note_gap(self, now: datetime) -> None:
        """A beat that comes far too late: nobody looked in between."""
        due, at = self._due_beat, now.astimezone(UTC)
        if due is not None and due - at > NOTICED_GAP:
            self.sessions.follow_clock(at - due)
        # What lies ahead was noticed by a clock that has been set back since.
        self._gaps = [gap for gap in self._gaps if at - DAY < gap.end <= at]
        self._back = [back for back in self._back if at - DAY < back <= at]
        if due is None or at - due < NOTICED_GAP:
            return
        asleep, before = self._asleep_s(), self._asleep_before
        if asleep is not None and before is not None and asleep - before < NOTICED_GAP.total_seconds():
            # It was awake all the time: nobody comes back, the clock was set.
            self._gaps.append(Gap(due, at, QuietReason.CLOCK_SET))
            self.sessions.follow_clock(at - due)
            return
        self._gaps.append(Gap(due, at, QuietReason.ASLEEP))
        if AWAY <= at - due <= TOO_LONG_AWAY:
            self._back.append(at)
        self.resumed.emit()

    def _wait(self, now: datetime, decision: Decision) -> None:
        """Until the next beat."""
        current = self.sessions.current
        if self._idle:
            self._due_beat = None
            self._beat.stop()
            return
        shown = self.stage.offer is not None or self.stage.has_notice
        ms = HELD_BEAT_MS if self._held or shown else BEAT_MS
        at = now.astimezone(UTC)
        for change in (decision.next_at, current.end if current is not None else None):
            if change is not None:
                ms = min(ms, max(LEAST_BEAT_MS, int((change - at) / timedelta(milliseconds=1)) + 1))
        self._due_beat = at + timedelta(milliseconds=ms)
        self._asleep_before = self._asleep_s()
        self._beat.start(ms)

    def _sent_away(self, now: datetime, rows: Sequence[OfferRow]) -> bool:
        """Whether that was said today; ``rows``: today's, and what came before."""
        today, midnight = now.date(), _midnight(now)
        if self.settings.offers_today in (f"{today} on", f"{today} off"):
            return self.settings.offers_today.endswith("off")
        return any(row.outcome is Outcome.NOT_TODAY and midnight <= row.settled for row in rows)

    # The offer.

    def _make(self, offer: Offer, now: datetime) -> None:
        suggestions = self._suggestions.to_offer(offer)
        if not suggestions:
            self._settle(Outcome.QUIET, offer, reason=QuietReason.NOTHING_FITS)
            return
        until = offer.until.astimezone(now.tzinfo) if offer.until is not None else None
        laters = later_times(self._rules, now, LATER_MINUTES)
        self.stage.show(offer, why_text(offer.occurrence.kind, until), suggestions, laters, self.settings)

    def _on_stage_others_asked(self) -> None:
        offer = self.stage.offer
        if offer is not None:
            others = self._suggestions.others_to_offer(offer)
            if others:
                self.stage.show_others(others)

    def _on_stage_answered(self, answer: Answer) -> None:
        if answer.not_yet:
            self._settle(Outcome.QUIET, reason=QuietReason.CLIENT_SESSION)
            self.sessions.extend(self._now().astimezone(UTC))
        else:
            again = timedelta(minutes=answer.later) if answer.later else None
            self._settle(answer.outcome, practice=answer.practice, again=again)
        if answer.outcome is Outcome.TAKEN:
            self.practice_taken.emit(answer.practice, answer.length_ms)
        # Once the card has gone.
        QTimer.singleShot(0, self, self.look)

    def _settle(
        self,
        outcome: Outcome,
        offer: Offer | None = None,
        *,
        reason: QuietReason | None = None,
        practice: str = "",
        again: timedelta | None = None,
    ) -> None:
        """Write down what became of the offer."""
        made = offer or self.stage.offer
        assert made is not None
        at, each = self._now().astimezone(UTC), made.occurrence
        self._keep([OfferRow(each.kind, each.due, outcome, at, reason, practice, at + again if again else None)])

    def _tell_circle(self, now: datetime) -> None:
        """A meeting with peers is near: one line, once nobody is with a client, in a meeting or on a call."""
        agenda = self._agenda(now)
        # Shortly before midnight it is one of tomorrow's.
        days = {at.date(): at for at in (now, now + TOLD_BEFORE)}.values()
        coming = [circle for at in days for circle in circles_of_today(self._rules, agenda, at)]
        near = circle_to_tell(coming, now, self._told)
        if near is None or self.stage.offer is not None or self._practising():
            return
        known = Known(since=now, sessions=self.sessions.all, agenda=agenda)
        busy = (*client_sessions(known), *meetings(known))
        if any(now in each for each in busy) or self._senses.quiet() is not None:
            return
        self._told.add(near.start)
        text, left = circle_text(near.start.astimezone(now.tzinfo), near.label), near.start - now
        self.stage.tell(text, int(left / timedelta(milliseconds=1)), self.settings)


def _midnight(now: datetime) -> datetime:
    """When the day began, in UTC."""
    return instant(now.date(), 0, now.tzinfo or UTC)
