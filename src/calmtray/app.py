"""The composition root: everyone who takes part, introduced to each other, from the first icon to the last."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTime, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from calmtray import __version__
from calmtray.desktop import clock
from calmtray.desktop.autostart import autostart_here
from calmtray.desktop.paths import Paths, bundled
from calmtray.desktop.single_instance import Instance, Message
from calmtray.journal.store import Journal, JournalError
from calmtray.looks import Looks, reduced_motion
from calmtray.open_at_login import OpenAtLogin
from calmtray.own_work import OwnWork
from calmtray.practice.library import Library, Origin, Reader, read_shared
from calmtray.practice.model import Practice
from calmtray.practice.moment import Asked
from calmtray.settings.file import SettingsFile
from calmtray.settings.finding import permitted, remembered
from calmtray.settings.model import Settings, Value, concerns_offers
from calmtray.settings.policy import read_policy
from calmtray.suggestions import Suggestions
from calmtray.ui.tray import USUAL_SESSION_MINUTES, Standing, Tray
from calmtray.ui.tray_host import TrayHost
from calmtray.words.language import _, language
from calmtray.words.texts import (
    holds_off_text,
    journal_error_text,
    login_error_text,
    menu_line,
    set_aside_text,
    settings_error_text,
    title_text,
)

if TYPE_CHECKING:
    # Windows are imported when one is opened: most days pass with the icon alone.
    from calmtray.coming_back import ComingBack
    from calmtray.offer_call import OfferCall
    from calmtray.offering import Offering
    from calmtray.own_agenda import OwnAgenda
    from calmtray.pace_stage import PaceStage
    from calmtray.presence.everything import Presence
    from calmtray.schedule.agenda import Agenda
    from calmtray.schedule.quiet import QuietReason
    from calmtray.sound.voices import Voices
    from calmtray.sound_sample import SoundSample
    from calmtray.stage import Stage
    from calmtray.ui.main_window import MainWindow
    from calmtray.ui.pace_window import PaceWindow
    from calmtray.ui.pages.now import NowPage
    from calmtray.ui.pages.page import Page
    from calmtray.ui.pages.settings import SettingsPage
    from calmtray.ui.sensing import Sensing
    from calmtray.ui.session_window import SessionWindow

READY_MS = 300
"""How long after a window opened the Practices page is loaded, before somebody turns to it."""

TRAY_GONE_MS = 10_000
"""How long a tray may be away (a panel that restarts) before the window opens instead."""

ONCE_MORE_MS = 10_000
"""How long what has to wait for somebody to be done waits before it looks again."""

AT_LOGIN_MS = 120_000
"""How long a desktop that is starting may take to bring its tray."""


class App(QObject):
    """The running app. ``tray`` is there already where there is a tray to put an icon into."""

    def __init__(
        self,
        qt: QApplication,
        paths: Paths,
        lang: str | None,
        instance: Instance,
        tray_host: TrayHost,
        tray: Tray | None,
    ) -> None:
        super().__init__()
        self._paths = paths
        self._instance = instance
        self._ended = asyncio.Event()
        self._anew: Sequence[str] | None = None
        self._closing = False
        self._policy = read_policy(paths.policy)
        self._settings_file = SettingsFile(paths.settings, self._policy)
        self._at_login = OpenAtLogin(autostart_here(paths), paths.login_fixed)
        self._at_login.settled.connect(self._on_at_login_settled)
        self._journal = Journal(paths.journal)
        reader = Reader(bundled("practices"), paths.practices, paths.shared_practices)
        # Asked for by pages that are being made: they take the notice along.
        self._suggestions = Suggestions(reader, self._journal, self._note_journal_error)
        self._own_work = OwnWork(
            paths, self._suggestions, self._reduced_motion, self._try_out, lambda: self._main, self._dress
        )
        self._own_work.changed.connect(self._on_own_work_changed)
        self._own_work.closed.connect(self._on_own_work_closed)
        self._made_offering: Offering | None = None
        self._made_agenda: OwnAgenda | None = None
        self._notices: dict[str, str] = {}
        self._unfolded: bool | None = None
        self._asks = False
        self._looks = Looks(qt, lang)
        self._tray_host = tray_host
        self._tray = tray
        self._tray_gone = QTimer(self)
        self._tray_gone.setSingleShot(True)
        self._main: MainWindow | None = None
        self._made_senses: Presence | None = None
        self._sensing: Sensing | None = None
        self._offer_call: OfferCall | None = None
        self._coming_back: ComingBack | None = None
        self._sample: SoundSample | None = None
        self._stage: Stage | None = None
        self._pace_stage: PaceStage | None = None
        self._back_to: tuple[str, int | None] | None = None

    # From the first icon to the last.

    async def live(self, request: Message) -> Sequence[str] | None:
        """Start, serve, and end when somebody quits.

        Gives None; or, where an upgrade has replaced the program, the arguments with which the new one is to go on.
        """
        self._load_settings()
        self._speak()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_hints_color_scheme_changed)
        self._watch_tray()
        await self._instance.listen(self._on_instance_asked)
        loop = asyncio.get_running_loop()
        if sys.platform != "win32":
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self._ended.set)
        self._settle(request)
        self._watch_program()
        await self._ended.wait()
        anew = self._anew
        self.close()
        return anew

    def _settle(self, request: Message) -> None:
        self._open_journal()
        settings = self._settings
        if settings.offers == "on" or settings.circles or settings.agenda or self._was_in_session():
            self._make_offering()
        self._fill_tray()
        if not self._tray_host.present:
            if request["do"] == "wait":
                self._tray_gone.start(AT_LOGIN_MS)
            else:
                self._open_without_tray(asked_by_click=True)
        if request["do"] == "open":
            self._open_page("now")
        elif request["do"] == "start":
            self._open_practice(request["id"], asked_by_click=False, wished_ms=request.get("wished_ms"))
        elif request["do"] == "session":
            self._on_instance_asked(request)

    def _watch_program(self) -> None:
        from calmtray.desktop.replaced import ReplacedWatch, program_file

        program = program_file()
        if program is not None:
            self._replaced = ReplacedWatch(program)
            self._replaced.replaced.connect(partial(self._leave, go_on=True))
            self._replaced.removed.connect(partial(self._leave, go_on=False))

    def _leave(self, go_on: bool) -> None:
        """Once nothing is lost by it, end what can load nothing more; ``go_on``: as the new program."""
        offering, main = self._made_offering, self._main
        offered = offering is not None and offering.stage.offer is not None
        shown = main is not None and main.isVisible()
        writing = self._own_work.under_way or (main is not None and main.in_hand)
        if self._session_window is not None or writing or offered:
            QTimer.singleShot(ONCE_MORE_MS, self, partial(self._leave, go_on))
            return
        if go_on:
            self._anew = ("start",) if shown else ("--at-login",)
        self._ended.set()

    def close(self) -> None:
        """End what is under way, and put everything away; a second time does nothing."""
        if self._closing:
            return
        self._closing = True
        shown = (self._made_offering, self._made_agenda, self._own_work, self._main)
        for part in shown:
            if part is not None:
                part.close()
        if self._tray is not None:
            self._tray.hide()
        # Last: what is heard may take a moment to fade.
        heard = (self._coming_back, self._sensing, self._offer_call, self._sample, self._stage, self._pace_stage)
        for each in heard:
            if each is not None:
                each.close()
        self._journal.close()

    # The tray.

    def _watch_tray(self) -> None:
        self._tray_host.present_changed.connect(self._on_tray_host_present_changed)
        self._tray_gone.timeout.connect(self._on_tray_gone_timeout)
        if self._tray is not None:
            self._listen_to(self._tray)

    def _listen_to(self, tray: Tray) -> None:
        tray.menu_opening.connect(self._on_tray_menu_opening)
        tray.now_asked.connect(lambda: self._open_page("now"))
        tray.page_asked.connect(self._open_page)
        tray.practice_asked.connect(self._begin_suggested)
        tray.discreet_toggled.connect(lambda on: self._on_settings_setting_changed("discreet", on))
        tray.session_begun.connect(self._on_session_begun)
        tray.session_until_asked.connect(self._ask_until)
        tray.session_extended.connect(self._on_session_extended)
        tray.session_ended.connect(self._on_session_ended)
        tray.offer_asked.connect(self._on_offer_asked)
        tray.message_clicked.connect(self._on_offer_asked)
        tray.not_today_toggled.connect(self._on_not_today_toggled)
        tray.quit_asked.connect(self._end)

    def _fill_tray(self) -> None:
        if self._tray is not None:
            moment = self._suggestions.moment()
            outward, known = self._suggestions.outward(), moment.ever
            first = [(outward, outward.length_ms)] if outward else []
            others = [(each.practice, each.length_ms) for each in self._suggestions.beside(outward, moment)]
            first_lines, other_lines = (
                [(practice.id, menu_line(practice, ms, practice.id in known)) for practice, ms in each]
                for each in (first, others)
            )
            standing = Standing(self._settings.discreet, discreet_fixed="discreet" in self._policy.fixed)
            if (offering := self._made_offering) is not None:
                standing = replace(
                    standing,
                    in_session=offering.session_text,
                    waiting=offering.stage.waiting,
                    line=offering.stage.line,
                    not_today=offering.not_today,
                )
            self._tray.fill(first_lines, other_lines, standing)

    def _shown_in_tray(self) -> tuple[object, ...]:
        """What the settings say in the tray's menu: while it stays the same, a slider's every step leaves it alone."""
        settings = self._settings
        return language(), settings.discreet, remembered(settings), permitted(settings), settings.offers

    def _on_tray_host_present_changed(self, present: bool) -> None:
        if present:
            self._tray_gone.stop()
            self._notices.pop("tray", None)
            if self._tray is None:
                self._tray = Tray()
                self._listen_to(self._tray)
            self._tray.show()
            self._fill_tray()
            self._refresh_page("now")
        else:
            self._tray_gone.start(TRAY_GONE_MS)

    def _on_tray_gone_timeout(self) -> None:
        if not self._tray_host.present:
            self._open_without_tray()

    def _open_without_tray(self, asked_by_click: bool = False) -> None:
        """Nobody is left with a running app and no way in."""
        self._notices["tray"] = _(
            "There is no tray to put the icon into, so calmtray opened its window. The icon appears by itself when a"
            " tray comes. Closing this window ends calmtray."
        )
        # A session that is open is a way in as well: the window then comes after it.
        if self._session_window is None:
            self._open_page("now", asked_by_click)

    # Offers, and the client session somebody is in.

    @property
    def _offering(self) -> Offering:
        """Who plans and makes offers, made when it is first asked for."""
        return self._made_offering if self._made_offering is not None else self._make_offering()

    def _make_offering(self) -> Offering:
        """Whoever wants no offers, and is not in session, is not made to carry what makes them."""
        from calmtray.coming_back import ComingBack
        from calmtray.offer_call import OfferCall
        from calmtray.offering import AWAY, Offering
        from calmtray.schedule.planner import Senses

        self._made_offering = offering = Offering(
            self._suggestions,
            self._journal,
            self._on_journal_error,
            Senses(self._sensed, self._idle_s),
            lambda: self._session_window is not None,
            self._agenda_around,
            self._dress,
        )
        offering.changed.connect(self._on_offering_changed)
        offering.rows_changed.connect(lambda: self._refresh_page("journal"))
        offering.practice_taken.connect(self._on_offering_practice_taken)
        offering.setting_changed.connect(self._keep_setting)
        offering.resumed.connect(self._on_offering_resumed)
        self._offer_call = OfferCall(offering.stage, lambda: self._settings, self._tell_by_tray)
        self._coming_back = ComingBack(os.environ, AWAY)
        self._coming_back.came_back.connect(offering.note_return)
        self._suggestions.next_begins = offering.next_begins
        offering.start()
        self._watch_for_return()
        return offering

    def _watch_for_return(self) -> None:
        if self._coming_back is not None:
            settings = self._settings
            wanted = settings.offers == "on" and settings.after_sessions and settings.sense_away
            self._coming_back.watch(wanted)

    def _was_in_session(self) -> bool:
        """Whether a client session was under way when calmtray ended."""
        try:
            return bool(self._journal.client_sessions(clock.now()))
        except JournalError as error:
            self._on_journal_error(error)
            return False

    def _on_tray_menu_opening(self) -> None:
        if self._looks.dress(self._settings):
            # Qt has measured it before it was dressed; filled again, it is measured again.
            self._fill_tray()

    def _on_offering_resumed(self) -> None:
        self._senses.note_resumed()

    @property
    def _senses(self) -> Presence:
        """What tells a bad moment; made when an offer is due for the first time."""
        if self._made_senses is None:
            from calmtray.presence.everything import presence_here

            self._made_senses = presence_here(os.environ, running=True)
        return self._made_senses

    def _sensed(self) -> QuietReason | None:
        return self._senses.first_reason(self._settings)

    def _idle_s(self) -> float | None:
        return self._senses.idle_s()

    def _on_offering_changed(self) -> None:
        if not self._closing:
            self._fill_tray()
            self._refresh_page("now")
            self._refresh_page("journal")

    def _agenda_around(self, now: datetime) -> Agenda:
        """What the user's calendars say; whoever names none is not made to carry what follows them."""
        if self._made_agenda is None:
            if not self._settings.agenda:
                from calmtray.schedule.agenda import Agenda

                return Agenda()
            from calmtray.own_agenda import OwnAgenda

            self._made_agenda = OwnAgenda(lambda: self._settings)
            self._made_agenda.changed.connect(self._on_agenda_changed)
        return self._made_agenda.around(now)

    def _on_agenda_changed(self) -> None:
        if self._closing:
            return
        self._offering.look()
        # What is suggested fits before what comes next.
        self._fill_tray()
        self._refresh_page("now")
        if self._main is not None:
            self._main.show_agenda_problems(self._agenda_problems())

    def _agenda_problems(self, unread_alone: bool = False) -> list[str]:
        """What is wrong with the agenda's files, in sentences.

        ``unread_alone``: only that nothing is known of one; who relies on it would be offered a practice in a session.
        """
        if self._made_agenda is None:
            return []
        from calmtray.calendars.asking import UNREAD
        from calmtray.words.agenda_texts import agenda_problem_text

        problems = self._made_agenda.known.problems
        return [agenda_problem_text(each) for each in problems if not unread_alone or each.code in UNREAD]

    def _on_offering_practice_taken(self, id_: str, length_ms: int) -> None:
        self._begin_known(id_, length_ms)

    # Named, and not the methods themselves: those would make what they belong to.

    def _on_session_begun(self, minutes: int) -> None:
        self._offering.begin_session(minutes)

    def _on_main_session_toggled(self) -> None:
        if self._made_offering is not None and self._made_offering.session_text:
            self._on_session_ended()
        else:
            self._on_session_begun(USUAL_SESSION_MINUTES)

    def _on_until_chosen(self, hour: int, minute: int) -> None:
        self._offering.begin_session_until(hour, minute)

    def _on_session_extended(self) -> None:
        self._offering.extend_session()

    def _on_session_ended(self) -> None:
        self._offering.end_session()

    def _on_offer_asked(self) -> None:
        self._offering.stage.show_card()

    def _on_not_today_toggled(self, away: bool) -> None:
        self._offering.send_away(away)

    def _tell_by_tray(self, why: str) -> bool:
        if self._tray is not None:
            self._tray.tell("calmtray", why)
        return self._tray is not None

    def _on_now_offers_answered(self, yes: bool) -> None:
        self._on_settings_setting_changed("offers", "on" if yes else "off")
        self._refresh_page("now")

    def _ask_until(self) -> None:
        from calmtray.ui.until_dialog import UntilDialog

        self._dress()
        dialog = UntilDialog(QTime.currentTime(), self._main)
        dialog.chosen.connect(self._on_until_chosen)
        dialog.open()
        dialog.activateWindow()

    # Windows.

    def _open_page(self, name: str, asked_by_click: bool = True) -> None:
        """Open a page, unless a session is under way: it lies above all else, and is what is looked for then."""
        under_way = self._session_window
        if under_way is not None and under_way.running:
            under_way.come_forward(asked_by_click)
            return
        self._dress()
        if self._main is None:
            from calmtray.ui.main_window import MainWindow
            from calmtray.ui.pack_drop import PackDrop

            pages = {"now": self._now_page, "practices": self._practices_page}
            pages |= {"journal": self._journal_page, "settings": self._settings_page, "offers": self._offers_page}
            pages["about"] = self._about_page
            self._main = MainWindow(pages)
            self._main.closed.connect(self._on_main_closed)
            self._main.quit_asked.connect(self._end)
            self._main.session_toggled.connect(self._on_main_session_toggled)
            PackDrop(self._main).dropped.connect(self._own_work.take_in)
        self._main.open_page(name)
        self._main.come_forward(asked_by_click)
        self._own_work.show_discarded(self._main)
        QTimer.singleShot(READY_MS, make_practices_ready)

    def _refresh_page(self, name: str) -> None:
        if self._main is not None and self._main.isVisible() and self._main.current == name:
            self._main.open_page(name)

    def _on_main_closed(self) -> None:
        if self._main is not None:
            # Shown again it is made anew; waiting hidden it would only cost memory.
            self._main.deleteLater()
            self._main = None
        if self._asks and self._settings.offers == "unasked":
            # Asked once. Whoever says nothing is not asked again; the page of offers says the same.
            self._on_settings_setting_changed("offers", "off")
        # A panel that restarts takes its tray along for a moment: that is no reason to end.
        gone = not self._tray_host.present and not self._tray_gone.isActive()
        if gone and self._session_window is None and not self._own_work.under_way:
            self._ended.set()

    def _now_page(self) -> Page:
        from calmtray.ui.pages.now import Day, NowPage

        suggestions = self._suggestions
        moment = suggestions.moment()
        # What has no row could not be changed any more.
        asks = self._settings.offers == "unasked" and "offers" not in self._policy.hidden
        self._asks = self._asks or asks
        if self._unfolded is None and not asks:
            # Who comes for the first time finds the questions open, once the one about offers is answered.
            self._unfolded = moment.asked == Asked() and not moment.ever
        notices = [*self._notices.values(), *self._agenda_problems(unread_alone=True)]
        day = Day(asks=asks)
        if (offering := self._made_offering) is not None:
            day = replace(day, in_session=offering.session_text, circles=offering.circles())
        shown = suggestions.now(moment), suggestions.today(moment)
        page = NowPage(*shown, self._settings, notices, bool(self._unfolded), day)
        page.practice_chosen.connect(self._open_suggested)
        page.others_asked.connect(lambda: self._on_now_others_asked(page))
        page.setting_changed.connect(lambda name, value: self._on_now_setting_changed(page, name, value))
        page.unfolded.connect(self._on_now_unfolded)
        page.session_begun.connect(self._on_session_begun)
        page.session_until_asked.connect(self._ask_until)
        page.session_extended.connect(self._on_session_extended)
        page.session_ended.connect(self._on_session_ended)
        page.offers_answered.connect(self._on_now_offers_answered)
        page.offers_asked.connect(lambda: self._open_page("offers"))
        return page

    def _practices_page(self) -> Page:
        from calmtray.ui.pages.practices import PracticesPage

        page = PracticesPage(self._read_library(), self._settings, self._own_work.left(), self._policy.exports)
        page.practice_chosen.connect(self._on_page_practice_chosen)
        page.setting_changed.connect(self._on_settings_setting_changed)
        self._own_work.serve(page)
        return page

    def _journal_page(self) -> Page:
        from calmtray.ui.pages.journal import MOST, JournalPage

        titles = {practice.id: title_text(practice) for practice in self._read_library()}
        try:
            rows = self._journal.sessions(MOST)
        except JournalError as error:
            self._on_journal_error(error)
            rows = []
        offering = self._made_offering
        offers = offering.todays_rows() if offering is not None else ()
        waiting = offering.todays_waiting() if offering is not None else ()
        page = JournalPage(rows, titles, str(self._paths.journal), offers, waiting, self._settings.offers == "on")
        page.offers_asked.connect(lambda: self._open_page("offers"))
        return page

    def _settings_page(self) -> Page:
        from calmtray.ui.pages.settings import SettingsPage

        files = (
            (_("Settings"), str(self._paths.settings)),
            (_("Journal"), str(self._paths.journal)),
            (_("Practices of your own"), str(self._paths.practices)),
            (
                _("Deleted or replaced practices, kept until you throw them away yourself"),
                str(self._paths.set_aside),
            ),
        )
        page = SettingsPage(self._settings, files, self._policy)
        page.listen_asked.connect(lambda on: self._on_page_listen_asked(page, on))
        if self._sample is not None:
            self._sample.playing_changed.connect(page.show_listening)
        page.setting_changed.connect(self._on_settings_setting_changed)
        page.pace_search_asked.connect(self._open_pace_search)
        page.offers_asked.connect(lambda: self._open_page("offers"))
        page.about_asked.connect(lambda: self._open_page("about"))
        return page

    def _about_page(self) -> Page:
        from calmtray.ui.pages.about import AboutPage

        page = AboutPage()
        if self._main is not None:
            page.left.connect(self._main.go_up)
        return page

    def _offers_page(self) -> Page:
        from calmtray.ui.pages.offers import OffersPage
        from calmtray.ui.sensing import Sensing

        if self._sensing is None:
            self._sensing = Sensing(lambda: partial(self._senses.report, self._settings))
        today = clock.zoned_now().date()
        page = OffersPage(self._settings, today, self._agenda_problems(), self._policy)
        page.setting_changed.connect(self._on_settings_setting_changed)
        page.why_asked.connect(lambda: self._open_page("journal"))
        page.look_asked.connect(self._sensing.look)
        # A page that has gone hears no more of it.
        self._sensing.answered.connect(page.show_answers)
        if self._main is not None:
            page.left.connect(self._main.go_up)
        return page

    def _on_page_listen_asked(self, page: SettingsPage, on: bool) -> None:
        if self._sample is None:
            from calmtray.sound_sample import SoundSample, sample_of

            shared = read_shared(bundled("practices"))
            sample = sample_of(self._read_library().practices["three-easy-breaths"], shared.patterns["slow_4_6"])
            self._sample = SoundSample(bundled("assets") / "sounds", self._made_voices(), sample)
            self._sample.playing_changed.connect(page.show_listening)
        if on:
            self._sample.start(self._settings)
        else:
            self._sample.stop()

    def _on_now_others_asked(self, page: NowPage) -> None:
        found = self._suggestions.ask_for_others()
        self._fill_tray()
        self._show_suggestions(page)
        if not found:
            page.tell_no_others()

    def _on_now_setting_changed(self, page: NowPage, name: str, value: Value) -> None:
        self._suggestions.ask_anew()
        if name == "now_needs":
            # How things are is said of a while, not for ever.
            self._settings = self._settings.with_("now_said", clock.now().isoformat(timespec="minutes"))
        self._on_settings_setting_changed(name, value)
        self._show_suggestions(page)

    def _on_now_unfolded(self, on: bool) -> None:
        self._unfolded = on

    def _show_suggestions(self, page: NowPage) -> None:
        moment = self._suggestions.moment()
        page.show_suggestions(self._suggestions.now(moment), self._suggestions.today(moment))

    # Sessions.

    def _open_suggested(self, id_: str) -> None:
        """Open what was suggested, as long as there is time for."""
        self._open_practice(id_, asked_by_click=True, wished_ms=self._suggestions.fitted_ms(id_))

    def _begin_suggested(self, id_: str) -> None:
        """The same, and begin what the user knows."""
        self._begin_known(id_, self._suggestions.fitted_ms(id_))

    def _begin_known(self, id_: str, wished_ms: int | None) -> None:
        """Open a practice, and begin it: who has not taken it yet reads first what it asks."""
        known = id_ in self._suggestions.moment().ever
        self._open_practice(id_, asked_by_click=True, wished_ms=wished_ms)
        if known and self._stage is not None:
            self._stage.begin(id_)

    def _open_practice(self, id_: str, asked_by_click: bool, wished_ms: int | None = None) -> str:
        """Open a practice, ready to begin; the answer is empty, or why that can’t be. ``wished_ms``: how long."""
        library = self._read_library()
        practice = library.practices.get(id_)
        if practice is None:
            return _("There is no practice “{id}”.").format(id=id_)
        # Recordings may lie beside it, where it did not come with calmtray.
        own_file = library.files[id_] if library.origins[id_] is not Origin.BUNDLED else None
        return self._play(practice, own_file, asked_by_click, wished_ms)

    def _play(
        self,
        practice: Practice,
        own_file: Path | None,
        asked_by_click: bool,
        wished_ms: int | None = None,
        tried: bool = False,
    ) -> str:
        """Open a practice that is listed, or ``tried`` while it is written, and answer as ``_open_practice`` does."""
        if practice.has_hold and not self._settings.breath_holds:
            return holds_off_text(practice.id)
        under_way = self._session_window
        if under_way is not None and under_way.running:
            under_way.come_forward(asked_by_click)
            return "" if under_way.practice_id == practice.id else _("Another practice is under way. End it first.")
        self._dress()
        if not self._journal.is_open:
            # Whatever was in the way when calmtray started may be gone.
            self._open_journal()
        if self._stage is None:
            self._stage = self._made_stage()
        if self._made_offering is not None:
            self._made_offering.step_aside()
        if self._pace_stage is not None:
            self._pace_stage.withdraw()
        if self._sample is not None:
            self._sample.stop()
        self._stage.open(practice, own_file, self._settings, self._reduced_motion(), asked_by_click, wished_ms, tried)
        return ""

    def _made_stage(self) -> Stage:
        from calmtray.stage import Stage

        sounds, patterns = bundled("assets") / "sounds", read_shared(bundled("practices")).patterns
        stage = Stage(self._journal, self._made_voices(), sounds, self._on_journal_error, patterns)
        stage.closed.connect(self._on_stage_closed)
        stage.setting_changed.connect(self._on_settings_setting_changed)
        stage.pace_search_asked.connect(self._open_pace_search)
        return stage

    def _made_voices(self) -> Voices:
        from calmtray.sound.voices import Voices

        return Voices(bundled("assets") / "voices", self._paths.voices)

    @property
    def _session_window(self) -> SessionWindow | PaceWindow | None:
        """What breathes with the user, or waits to: what is under way comes first."""
        windows = [stage.window for stage in (self._stage, self._pace_stage) if stage is not None and stage.window]
        return next((window for window in windows if window.running), windows[0] if windows else None)

    def _open_pace_search(self, back_to: str = "", wished_ms: int | None = None) -> None:
        """Look for a comfortable pace; a practice that was waiting (``back_to``) waits again afterwards, as long."""
        under_way = self._session_window
        if under_way is not None and under_way.running:
            under_way.come_forward(asked_by_click=True)
            return
        self._dress()
        if self._stage is not None:
            self._stage.withdraw()
        if self._pace_stage is None:
            from calmtray.pace_stage import PaceStage

            patterns = read_shared(bundled("practices")).patterns
            self._pace_stage = PaceStage(patterns, bundled("assets") / "sounds")
            self._pace_stage.pace_changed.connect(self._on_pace_stage_pace_changed)
            self._pace_stage.closed.connect(self._on_pace_stage_closed)
        self._back_to = (back_to, wished_ms) if back_to else None
        self._pace_stage.open(self._settings, self._reduced_motion(), asked_by_click=True)

    def _on_pace_stage_pace_changed(self, pace: str) -> None:
        self._on_settings_setting_changed("my_pace", pace)
        if pace != "none":
            # Who keeps a pace wants to breathe at it.
            self._on_settings_setting_changed("at_my_pace", True)

    def _on_pace_stage_closed(self) -> None:
        back_to, self._back_to = self._back_to, None
        if back_to is not None and not self._closing:
            self._open_practice(back_to[0], asked_by_click=True, wished_ms=back_to[1])
        else:
            self._on_stage_closed()

    def _on_stage_closed(self) -> None:
        if self._closing:
            return
        if self._made_offering is not None:
            self._made_offering.look()
        self._fill_tray()
        self._refresh_page("now")
        self._refresh_page("journal")
        if not self._tray_host.present and not self._tray_gone.isActive() and self._main is None:
            self._open_without_tray()

    # Practices of one's own.

    def _on_page_practice_chosen(self, id_: str, wished_ms: int | None) -> None:
        self._open_practice(id_, asked_by_click=True, wished_ms=wished_ms)

    def _try_out(self, practice: Practice, own_file: Path | None) -> str:
        return self._play(practice, own_file, asked_by_click=True, tried=True)

    def _on_own_work_changed(self) -> None:
        self._fill_tray()
        self._refresh_page("practices")
        self._refresh_page("now")

    def _on_own_work_closed(self) -> None:
        if not (self._closing or self._tray_host.present or self._main or self._session_window):
            self._open_without_tray()

    def _end(self) -> None:
        """End, once nothing is left unsaved that somebody would rather keep."""
        if self._own_work.may_end(self._end):
            self._ended.set()

    # Practices and the journal.

    @property
    def _settings(self) -> Settings:
        return self._suggestions.settings

    @_settings.setter
    def _settings(self, settings: Settings) -> None:
        self._suggestions.settings = settings

    def _read_library(self) -> Library:
        return self._suggestions.library()

    def _open_journal(self) -> None:
        try:
            self._journal.open()
            self._notices.pop("journal", None)
        except JournalError as error:
            self._on_journal_error(error)

    def _on_journal_error(self, error: JournalError) -> None:
        self._note_journal_error(error)
        self._refresh_page("now")

    def _note_journal_error(self, error: JournalError) -> None:
        self._notices["journal"] = journal_error_text(error.code, str(error.path), error.reason)

    # Settings, language and looks.

    def _load_settings(self) -> None:
        try:
            loaded = self._settings_file.load()
            self._settings = loaded.settings
            fixed = "open_at_login" in self._policy.fixed
            self._at_login.begin(self._settings.open_at_login, fixed)
            if not fixed:
                # The desktop has a switch of its own for this: where they differ, that one is true.
                self._settings = self._settings.with_("open_at_login", self._at_login.on)
            if loaded.set_aside is not None:
                self._settings_file.save(loaded.settings)
                self._notices["settings"] = set_aside_text(loaded.names, str(loaded.set_aside))
        except OSError as error:
            self._on_settings_error(error)

    def _on_settings_setting_changed(self, name: str, value: Value) -> None:
        if name in self._policy.fixed:
            if self._main is not None:
                self._main.show_settings(self._settings)
            return
        if name == "open_at_login":
            self._at_login.wish(bool(value))
            value = self._at_login.on
        self._keep_setting(name, value)

    def _keep_setting(self, name: str, value: Value) -> None:
        shown = self._shown_in_tray()
        # Made before the change: what was due before somebody said yes is nobody's business.
        offering = self._offering if concerns_offers(name) else None
        self._settings = self._settings.with_(name, value)
        try:
            self._settings_file.save(self._settings)
            self._notices.pop("settings", None)
        except OSError as error:
            self._on_settings_error(error)
        looks = self._looks.now
        self._speak()
        self._dress()
        if offering is not None:
            offering.choose()
            self._watch_for_return()
        if self._shown_in_tray() != shown:
            self._fill_tray()
        if self._main is not None:
            # A page that is made anew would take the slider away from under the hand.
            if self._looks.now != looks:
                self._main.refresh()
            else:
                self._main.show_settings(self._settings)
                self._main.show_agenda_problems(self._agenda_problems())
        if self._looks.now[1] != looks[1]:
            self._own_work.rescale()
        if self._stage is not None:
            self._stage.choose(self._settings, self._reduced_motion())
        if self._sample is not None:
            self._sample.choose(self._settings)

    def _on_at_login_settled(self, on: bool, refused: str) -> None:
        """Not as wished, where the desktop's way to say so can't be written."""
        if refused:
            self._notices["login"] = login_error_text(refused)
        else:
            self._notices.pop("login", None)
        if self._settings.open_at_login != on and "open_at_login" not in self._policy.fixed:
            self._keep_setting("open_at_login", on)
        self._refresh_page("now")

    def _on_hints_color_scheme_changed(self) -> None:
        """The desktop turned light or dark."""
        if self._looks.follow_desktop(self._settings) and self._main is not None:
            self._main.refresh()

    def _on_settings_error(self, error: OSError) -> None:
        self._notices["settings"] = settings_error_text(str(self._paths.settings), error.strerror or str(error))

    def _speak(self) -> None:
        self._looks.speak(self._settings, language_is_fixed="language" in self._policy.fixed)

    def _dress(self) -> None:
        self._looks.dress(self._settings)

    def _reduced_motion(self) -> bool:
        return reduced_motion(self._settings)

    # Requests from the command line.

    def _on_instance_asked(self, request: Message) -> Message:
        match request:
            case {"do": "wait"}:
                return {"ok": True}
            case {"do": "raise" | "open"}:
                self._open_page(self._main.current if self._main else "now")
                return {"ok": True}
            case {"do": "start", "id": str(id_), **more}:
                wished_ms = more.get("wished_ms")
                wished_ms = wished_ms if isinstance(wished_ms, int) else None
                refused = self._open_practice(id_, asked_by_click=False, wished_ms=wished_ms)
                return {"error": refused} if refused else {"ok": True}
            case {"do": "status"}:
                return self._status()
            case {"do": "session", **told}:
                return self._hear_of_session(told)
            case {"do": "pause", "on": bool(on)}:
                if self._settings.offers != "on":
                    return {"error": _("Offers are off.")}
                self._offering.send_away(on)
                return {"ok": True}
            case {"do": "quit"}:
                self._ended.set()
                return {"ok": True}
            case _:
                return self._unknown()

    def _hear_of_session(self, told: Message) -> Message:
        """A client session begins, goes on or is over."""
        match told:
            case {"minutes": int(minutes)}:
                self._offering.begin_session(minutes)
            case {"until": [int(hour), int(minute)]}:
                if not self._offering.begin_session_until(hour, minute):
                    from calmtray.words.offer_texts import too_far_text

                    return {"error": too_far_text()}
            case {"more": True}:
                self._offering.extend_session()
            case {"end": True}:
                self._offering.end_session()
            case _:
                return self._unknown()
        return {"ok": True, "session": self._offering.session_text}

    def _unknown(self) -> Message:
        return {"error": _("The running calmtray does not know this request. Quit it and start it again.")}

    def _status(self) -> Message:
        offering = self._made_offering
        return {
            "running": True,
            "version": __version__,
            "lang": language(),
            "tray": self._tray_host.present,
            "page": self._main.current if self._main is not None else None,
            "session": self._stage.status() if self._stage is not None else None,
            "in_session": offering.session_text if offering is not None else "",
            "not_today": bool(offering is not None and offering.not_today),
            "offered": offering is not None and offering.stage.offer is not None,
        }


def make_practices_ready() -> None:
    """Load the Practices page: what a list needs of Qt is made when first named, and takes as long as the page."""
    import calmtray.ui.pages.practices  # noqa: F401
