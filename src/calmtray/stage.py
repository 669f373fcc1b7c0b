"""Where sessions are played, one at a time: introduces a practice to its window, its sound and the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPixmapCache

from calmtray.desktop import clock
from calmtray.journal.feeling import is_asked, is_pleasure_first
from calmtray.journal.session_log import SessionLog, Unwritten
from calmtray.journal.store import Journal, JournalError
from calmtray.practice.model import Pattern, Practice, Prop
from calmtray.session.runner import SessionRunner
from calmtray.session.timeline import Choices, build_timeline
from calmtray.settings.model import SECTIONS, PacerKind, Settings
from calmtray.sound.chosen import sound_choices, with_own_song
from calmtray.sound.collector import collect
from calmtray.sound.ensemble import Ensemble
from calmtray.sound.live_voice import LiveVoice
from calmtray.sound.memory import give_back
from calmtray.sound.performer import Performer
from calmtray.sound.player import Player
from calmtray.sound.playhead import Playhead
from calmtray.sound.score import Ambience, BreathSet, SoundChoices, gain, placements
from calmtray.sound.voices import Narration, Source, Voices
from calmtray.ui.session_window import SessionWindow
from calmtray.ui.tuning import Tuning
from calmtray.words.language import _, language
from calmtray.words.texts import problem_text, sound_text, voice_text

if TYPE_CHECKING:
    # Most sessions are not asked about.
    from calmtray.ui.asked_feelings import AskedFeelings

    # Most practices have no props.
    from calmtray.ui.props.place import PropPlace

LOAD_AFTER_MS = 250
"""The window is on the screen by then; loading before it would only keep it waiting."""

MADE_FROM = frozenset(("breath_holds", "ramp", "my_pace", "at_my_pace"))
LEAVE_BE = frozenset(
    name for name, section in SECTIONS.items() if section not in ("words", "looks", "sound") and name not in MADE_FROM
)
"""What may change while a window waits, which then stays where it is."""

COLLECT_AFTER_MS = 1_000
"""The sound has faded by then."""

FADE_S = 0.7
"""How long the app waits, when it ends, for the sound to have faded."""


@dataclass(slots=True)
class _Session:
    """One session: what is played, and everybody who takes part in it."""

    practice: Practice
    own_file: Path | None
    lang: str
    window: SessionWindow
    runner: SessionRunner
    player: Player
    performer: Performer
    live_voice: LiveVoice
    narration: Narration
    tuning: Tuning
    voice: str | None = None
    """The recorded voice that was chosen for it."""

    wished_ms: int | None = None
    """The length asked for, or None for the practice's own."""

    tried: bool = False
    """Whether it is only tried, while somebody writes it."""

    live_asked: bool = False
    live: bool = False
    """Whether the desktop's own voice speaks what no clip says."""

    audible: bool = True
    props: PropPlace | None = None
    reduced_motion: bool = False
    song_flaw: str = ""
    """Why the user's song can't be played, as far as it is known."""


class Stage(QObject):
    """``sounds``: the folder with bells, breaths and beds. ``patterns``: the named ones, the user's pace among them."""

    closed = Signal()
    setting_changed = Signal(str, object)
    pace_search_asked = Signal(str, object)
    _narrated = Signal(object, object, object)
    _audible_changed = Signal(object, bool)
    _song_examined = Signal(object, str, str)

    def __init__(
        self,
        journal: Journal,
        voices: Voices,
        sounds: Path,
        on_journal_error: Callable[[JournalError], None],
        patterns: Mapping[str, Pattern],
    ) -> None:
        super().__init__()
        self._patterns = patterns
        self._journal = journal
        self._voices = voices
        self._sounds = sounds
        self._on_journal_error = on_journal_error
        self._settings = Settings()
        self._session: _Session | None = None
        self._last_player: Player | None = None
        self._clearing = QTimer(self)
        self._clearing.setSingleShot(True)
        self._clearing.setInterval(COLLECT_AFTER_MS)
        self._clearing.timeout.connect(_clear_up)
        # Both come from threads that know no Qt.
        self._narrated.connect(self._on_self_narrated, Qt.ConnectionType.QueuedConnection)
        self._audible_changed.connect(self._on_self_audible_changed, Qt.ConnectionType.QueuedConnection)
        self._song_examined.connect(self._on_self_song_examined, Qt.ConnectionType.QueuedConnection)

    @property
    def window(self) -> SessionWindow | None:
        """The window of the session that is open."""
        return self._session.window if self._session is not None else None

    def open(
        self,
        practice: Practice,
        own_file: Path | None,
        settings: Settings,
        reduced_motion: bool,
        asked_by_click: bool,
        wished_ms: int | None = None,
        tried: bool = False,
    ) -> None:
        """Open a practice, ready to begin; another one that waits for its beginning makes room.

        ``wished_ms``: how long it should be, as near as it can; None: as it is written. ``tried``: it is still being
        written, so the journal does not hear of it.
        """
        self.withdraw()
        if self._clearing.isActive():
            # Sessions that follow each other at once would never be cleared up after.
            self._clearing.stop()
            _clear_up()
        self._settings = settings
        self._session = session = self._made(practice, own_file, reduced_motion, wished_ms, tried)
        window = session.window
        window.closed.connect(self._on_window_closed)
        window.mute_toggled.connect(self._on_window_mute_toggled)
        self._examine_song(session)
        window.come_forward(asked_by_click)
        _watch_cover(window)
        if not settings.discreet:
            QTimer.singleShot(LOAD_AFTER_MS, window, lambda: session.performer.prepare(session.runner.timeline))
        self._seek_voice(session)

    def begin(self, id_: str) -> None:
        """Begin this practice, where it is the one that waits."""
        if self._session is not None and self._session.practice.id == id_ and self._session.window.ready:
            self._session.window.begin()

    def choose(self, settings: Settings, reduced_motion: bool) -> None:
        """Other settings. A session under way keeps its words, its voice and its language; all else follows at once."""
        changed = {name for name in SECTIONS if getattr(settings, name) != getattr(self._settings, name)}
        self._settings = settings
        session = self._session
        if session is None or not changed:
            return
        session.window.set_audible(not settings.discreet)
        session.reduced_motion = reduced_motion
        self._show_given(session)
        if "song" in changed:
            self._examine_song(session)
        if session.window.running:
            if {SECTIONS[name] for name in changed} & {"words", "looks"}:
                session.window.draw_as(settings.pacer, reduced_motion)
            self._hear(session)
        elif session.window.ready:
            if {SECTIONS[name] for name in changed} == {"sound"} and "discreet" not in changed:
                self._choose_voice(session)
                self._hear(session)
            elif changed == {"at_my_pace"}:
                self._retime(session)
            elif changed <= LEAVE_BE:
                session.performer.choose(self._choices(session), 0)
                self._show_facts(session)
            else:
                practice, own_file = session.practice, session.own_file
                self.open(practice, own_file, settings, reduced_motion, False, session.wished_ms, session.tried)

    def close(self) -> None:
        """End what is under way, and let its sound fade."""
        if self._session is not None:
            self._session.window.close()
        if self._last_player is not None:
            self._last_player.join(FADE_S)

    def status(self) -> dict[str, object] | None:
        """Where the session stands, as JSON-ready values; ``clock_ms``: the monotonic clock at this reading."""
        if self._session is None:
            return None
        at = clock.monotonic_ms()
        pose = self._session.runner.pose
        heard = {"audible": self._session.audible, "missed_ms": self._session.player.missed_ms}
        return {**self._session.window.status(), "clock_ms": at, "exact_ms": pose.ms, "level": pose.level, **heard}

    # Making one.

    def _made(
        self, practice: Practice, own_file: Path | None, reduced_motion: bool, wished_ms: int | None, tried: bool
    ) -> _Session:
        settings, lang = self._settings, language()
        narration = self._known(practice, lang, own_file)
        timeline = build_timeline(practice, narration.lengths, self._timeline_choices(lang, wished_ms))
        playhead = Playhead(clock.monotonic_ms)
        player = Player(self._sounds, playhead, clock.monotonic_ms, lambda audible: self._hear_of(player, audible))
        performer = Performer(player, self._sound_choices(practice), narration.clips)
        pacer = settings.pacer if practice.patterns else PacerKind.WORDS.value
        log = Unwritten() if tried else SessionLog(self._journal, pacer, clock.now, self._on_journal_error)
        live = LiveVoice(playhead.now_ms)
        runner = SessionRunner(timeline, playhead.now_ms, log, Ensemble(performer, live))
        tuning = Tuning(practice, wished_ms, settings.my_pace, settings.at_my_pace)
        props = self._made_props(practice, reduced_motion)
        feelings = self._asked_feelings() if self._settings.feelings and not tried else None
        window = SessionWindow(
            practice,
            runner,
            clock.monotonic_ms,
            settings.pacer,
            reduced_motion,
            audible=not settings.discreet,
            tuning=tuning,
            props=props,
            feelings=feelings,
        )
        if isinstance(log, SessionLog):
            window.felt.connect(log.feel)
        tuning.show_timeline(timeline)
        session = _Session(practice, own_file, lang, window, runner, player, performer, live, narration, tuning)
        session.voice, session.wished_ms, session.tried = self._voice(practice, lang), wished_ms, tried
        live.recorded = narration.clips
        live.ready.connect(lambda there: self._on_live_ready(session, there))
        session.props, session.reduced_motion = props, reduced_motion
        tuning.length_chosen.connect(self._on_tuning_length_chosen)
        tuning.at_my_pace_toggled.connect(lambda on: self.setting_changed.emit("at_my_pace", on))
        tuning.search_asked.connect(lambda: self.pace_search_asked.emit(practice.id, session.wished_ms))
        self._show_facts(session)
        self._tell_spoken(session)
        return session

    def _asked_feelings(self) -> AskedFeelings | None:
        """How it feels, where this is a session that is asked about."""
        try:
            sessions = self._journal.count_sessions()
        except JournalError as error:
            self._on_journal_error(error)
            return None
        if not is_asked(sessions):
            return None
        from calmtray.ui.asked_feelings import AskedFeelings

        return AskedFeelings(is_pleasure_first(sessions))

    def _known(self, practice: Practice, lang: str, own_file: Path | None) -> Narration:
        return self._voices.known(practice, lang, self._voice(practice, lang), own_file)

    def _voice(self, practice: Practice, lang: str) -> str | None:
        return self._settings.voice(practice.language(lang))

    def _show_facts(self, session: _Session) -> None:
        problems = session.narration.problems
        told = (problem_text(replace(problem, file=Path(problem.file).name)) for problem in problems)
        files = "\n".join(problem.file for problem in problems)
        session.window.show_facts(self._sound_text(session), "\n".join(told), files)

    def _sound_text(self, session: _Session) -> str:
        timeline, narration, live = session.runner.timeline, session.narration, session.live
        choices = self._sound_choices(session.practice)
        heard = placements(timeline, choices, narration.clips) if choices is not None else ()
        voice = self._voices.choose(timeline.lang, self._settings.voice(timeline.lang))
        spoken = choices is not None and choices.volume * choices.voice_volume > 0
        source = Source.SYSTEM if live and len(narration.missing) > len(narration.clips) else narration.source
        return sound_text(
            voice_text(source, voice.name if voice else "") if spoken else "",
            choices.breath_sound if choices and timeline.breath and choices.breath_volume else BreathSet.OFF,
            bool(choices and choices.bells_volume),
            choices.ambience if choices and choices.ambience_volume else Ambience.OFF,
            silent=not heard and not live,
            song=bool(choices and choices.song and choices.volume and not session.song_flaw),
            unsaid=bool(narration.missing) and not live,
            timed=any(step.prop is Prop.TIMER for step in session.practice.steps),
        )

    # The voice, where it has to be made first.

    def _seek_voice(self, session: _Session) -> None:
        """What nobody has said yet is made, or left to the live voice."""
        if session.narration.unmade:
            session.window.keep_waiting(True)
            args = (session, session.voice, session.narration)
            Thread(target=self._make_clips, args=args, name="voices", daemon=True).start()
        else:
            self._speak_live(session)
            session.window.keep_waiting(False)

    def _choose_voice(self, session: _Session) -> None:
        """Before *Begin*: the voice of the settings. What is being made for another one is no longer waited for."""
        voice = self._voice(session.practice, session.lang)
        if voice == session.voice:
            self._narrate(session, session.narration)
            return
        session.voice = voice
        known = self._known(session.practice, session.lang, session.own_file)
        self._narrate(session, replace(known, problems=session.narration.problems))
        self._seek_voice(session)

    def _make_clips(self, session: _Session, voice: str | None, narration: Narration) -> None:
        """On a thread of its own."""
        try:
            narration = self._voices.make(session.practice, session.lang, voice, session.own_file)
        finally:
            # Whatever happened: *Begin* waits for this.
            self._narrated.emit(session, voice, narration)

    def _on_self_narrated(self, session: _Session, voice: str | None, narration: Narration) -> None:
        if session is self._session and session.window.ready and voice == session.voice:
            self._narrate(session, narration)
            self._speak_live(session)
            session.window.keep_waiting(False)

    def _narrate(self, session: _Session, narration: Narration) -> None:
        """Before *Begin*: let these clips be heard, and the timeline be as long as they need."""
        session.narration = narration
        session.performer.clips = session.live_voice.recorded = narration.clips
        self._retime(session)
        self._tell_spoken(session)

    # Before *Begin*: another length, another pace.

    def _timeline_choices(self, lang: str, wished_ms: int | None) -> Choices:
        return Choices(lang, wished_ms, self._settings.ramp, self._patterns.get(self._settings.pace))

    def _retime(self, session: _Session) -> None:
        choices = self._timeline_choices(session.lang, session.wished_ms)
        timeline = build_timeline(session.practice, session.narration.lengths, choices)
        session.runner.prepare(timeline)
        self._show_facts(session)
        session.tuning.show_timeline(timeline)

    def _on_tuning_length_chosen(self, ms: int) -> None:
        session = self._session
        if session is not None and session.window.ready:
            session.wished_ms = ms if ms != session.practice.length_ms else None
            self._retime(session)

    def _speak_live(self, session: _Session) -> None:
        """Where no program makes clips, Qt's own voices may speak at the cue. They are looked for once, if at all."""
        volume = self._voice_gain(session)
        if session.narration.missing and volume and not session.live_asked:
            session.live_asked = True
            session.live_voice.set_volume(volume)
            session.live_voice.open(session.practice.language(session.lang))

    def _on_live_ready(self, session: _Session, there: bool) -> None:
        if session is self._session:
            session.live = there
            self._tell_spoken(session)
            if there:
                session.performer.give_way(session.runner.position_ms)
            if session.window.ready:
                self._show_facts(session)

    def _choices(self, session: _Session) -> SoundChoices | None:
        """What is to be heard just now."""
        return None if session.window.muted else self._sound_choices(session.practice)

    def _sound_choices(self, practice: Practice) -> SoundChoices | None:
        """What the settings let be heard of this practice: the user's own song is part of one that asks for it."""
        choices = sound_choices(self._settings)
        return with_own_song(choices, practice, self._settings.song) if choices is not None else None

    def _voice_gain(self, session: _Session) -> float:
        choices = self._choices(session)
        return gain(choices.volume) * gain(choices.voice_volume) if choices is not None else 0.0

    # What steps show beside their words.

    def _made_props(self, practice: Practice, reduced_motion: bool) -> PropPlace | None:
        if not any(step.prop for step in practice.steps):
            return None
        from calmtray.ui.props.base import Given
        from calmtray.ui.props.place import PropPlace

        props = PropPlace(practice, Given(self._settings, clock.now, reduced_motion))
        props.setting_changed.connect(self.setting_changed)
        return props

    def _show_given(self, session: _Session) -> None:
        if session.props is not None:
            choices = self._choices(session)
            session.props.show_given(
                replace(
                    session.props.given,
                    settings=self._settings,
                    reduced_motion=session.reduced_motion,
                    song_flaw=session.song_flaw,
                    audible=choices is not None and choices.volume > 0,
                )
            )

    def _examine_song(self, session: _Session) -> None:
        """Find out whether the user's song can be played: on a thread, for it may lie on a disk that sleeps."""
        session.song_flaw = ""
        self._show_given(session)
        choices = self._sound_choices(session.practice)
        if choices is not None and choices.song is not None:
            Thread(target=self._look_into, args=(session, choices.song.path), name="song", daemon=True).start()

    def _look_into(self, session: _Session, path: str) -> None:
        """On a thread of its own."""
        try:
            from calmtray.sound.song import song_flaw
        except (ImportError, OSError):
            # Then there is no sound at all, and the player says so.
            return
        self._song_examined.emit(session, path, song_flaw(path) or "")

    def _on_self_song_examined(self, session: _Session, path: str, flaw: str) -> None:
        if session is self._session and path == self._settings.song:
            session.song_flaw = flaw
            self._show_given(session)
            if session.window.ready:
                self._show_facts(session)

    # What happens.

    def _tell_spoken(self, session: _Session) -> None:
        """Tell the window which texts are heard: the others are left to the screen reader."""
        heard: set[str] = set()
        if self._voice_gain(session):
            heard = set(session.narration.clips) if session.audible else set()
            heard |= set(session.narration.missing) if session.live else set()
        session.window.spoken = frozenset(heard)

    def _hear(self, session: _Session) -> None:
        session.performer.choose(self._choices(session), session.runner.position_ms)
        self._tell_spoken(session)
        session.live_voice.set_volume(self._voice_gain(session))
        if not session.narration.unmade:
            self._speak_live(session)

    def _on_window_mute_toggled(self, muted: bool) -> None:
        del muted
        if self._session is not None:
            self._hear(self._session)
            self._show_given(self._session)

    def _hear_of(self, player: Player, audible: bool) -> None:
        """On whatever thread notices it."""
        self._audible_changed.emit(player, audible)

    def _on_self_audible_changed(self, player: Player, audible: bool) -> None:
        if self._session is not None and self._session.player is player:
            self._session.audible = audible
            self._tell_spoken(self._session)
            self._session.window.tell("" if audible else _("No sound just now; words and pacer go on."))

    def _on_window_closed(self) -> None:
        if self._session is not None:
            self._last_player = self._session.player
            self._let_go(self._session)
        # A session is full of circles, and the collector was kept out of it (see ``Engine.run``).
        self._clearing.start()
        self.closed.emit()

    def withdraw(self) -> None:
        """Close a window that another one takes the place of, without a word to anybody."""
        if self._session is not None:
            self._session.window.closed.disconnect(self._on_window_closed)
            self._session.window.close()
            self._let_go(self._session)

    def _let_go(self, session: _Session) -> None:
        """Leave nothing of it behind."""
        # Open, it would keep a thread, and the speech server's memory.
        session.live_voice.close()
        # Through Qt it holds the session, which holds it: no collector sees that circle.
        session.live_voice.ready.disconnect()
        session.window.deleteLater()
        self._session = None


def _clear_up() -> None:
    collect()
    # What a window was painted with goes with it.
    QPixmapCache.clear()
    give_back()


def _watch_cover(window: SessionWindow) -> None:
    if QGuiApplication.platformName() == "xcb":
        from calmtray.desktop.x11 import WindowCover

        cover = WindowCover(int(window.winId()), window)
        cover.covered_changed.connect(window.set_covered)
        window.closed.connect(cover.stop)
        cover.start()
