"""Where sessions are played, one at a time: introduces a practice to its window, its sound and the journal."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from calmtray.desktop import clock
from calmtray.journal.session_log import SessionLog
from calmtray.journal.store import Journal, JournalError
from calmtray.practice.model import Practice
from calmtray.session.runner import SessionRunner
from calmtray.session.timeline import Choices, Timeline, build_timeline
from calmtray.settings.model import SETTINGS, PacerKind, Settings
from calmtray.sound.ensemble import Ensemble
from calmtray.sound.live_voice import LiveVoice
from calmtray.sound.performer import Performer
from calmtray.sound.player import Player
from calmtray.sound.playhead import Playhead
from calmtray.sound.score import Ambience, BreathSet, BreathShape, SoundChoices, gain, placements
from calmtray.sound.voices import Narration, Source, Voices
from calmtray.ui.session_window import SessionWindow
from calmtray.words.language import _, language
from calmtray.words.texts import problem_text, sound_text, voice_text

LOAD_AFTER_MS = 250
"""The window is on the screen by then; loading before it would only keep it waiting."""

SECTIONS = {setting.name: setting.section for setting in SETTINGS}

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
    narration: Narration
    live: bool = False
    """Whether the desktop's own voice speaks what no clip says."""

    audible: bool = True


class Stage(QObject):
    """``sounds``: the folder with bells, breaths and beds."""

    closed = Signal()
    _narrated = Signal(object, object)
    _audible_changed = Signal(object, bool)

    def __init__(
        self,
        journal: Journal,
        voices: Voices,
        sounds: Path,
        on_journal_error: Callable[[JournalError], None],
    ) -> None:
        super().__init__()
        self._journal = journal
        self._voices = voices
        self._sounds = sounds
        self._on_journal_error = on_journal_error
        self._settings = Settings()
        self._session: _Session | None = None
        self._last_player: Player | None = None
        self._live: LiveVoice | None = None
        # Both come from threads that know no Qt.
        self._narrated.connect(self._on_self_narrated, Qt.ConnectionType.QueuedConnection)
        self._audible_changed.connect(self._on_self_audible_changed, Qt.ConnectionType.QueuedConnection)

    @property
    def window(self) -> SessionWindow | None:
        """The window of the session that is open."""
        return self._session.window if self._session is not None else None

    def open(
        self, practice: Practice, own_file: Path | None, settings: Settings, reduced_motion: bool, asked_by_click: bool
    ) -> None:
        """Open a practice, ready to begin; another one that waits for its beginning makes room."""
        self._let_go()
        self._settings = settings
        self._session = session = self._made(practice, own_file, reduced_motion)
        window = session.window
        window.closed.connect(self._on_window_closed)
        window.mute_toggled.connect(self._on_window_mute_toggled)
        window.come_forward(asked_by_click)
        _watch_cover(window)
        if not settings.discreet:
            QTimer.singleShot(LOAD_AFTER_MS, window, lambda: session.performer.prepare(session.runner.timeline))
        if session.narration.unmade:
            window.keep_waiting(True)
            wanted = settings.voice(practice.language(session.lang))
            Thread(target=self._make_clips, args=(session, wanted), name="voices", daemon=True).start()
        elif session.narration.missing and not settings.discreet:
            self._speak_live(session)

    def choose(self, settings: Settings, reduced_motion: bool) -> None:
        """Other settings. A session under way keeps its words, its voice and its language; all else follows at once."""
        changed = {name for name in SECTIONS if getattr(settings, name) != getattr(self._settings, name)}
        self._settings = settings
        session = self._session
        if session is None or not changed:
            return
        session.window.set_audible(not settings.discreet)
        if session.window.running:
            if {SECTIONS[name] for name in changed} & {"words", "looks"}:
                session.window.draw_as(settings.pacer, reduced_motion)
            self._hear(session)
        elif session.window.ready:
            if {SECTIONS[name] for name in changed} == {"sound"} and "discreet" not in changed:
                session.performer.choose(sound_choices(settings), 0)
                known = self._known(session.practice, session.lang, session.own_file)
                self._narrate(session, replace(known, problems=session.narration.problems))
            else:
                self.open(session.practice, session.own_file, settings, reduced_motion, asked_by_click=False)

    def close(self) -> None:
        """End what is under way, and let its sound fade."""
        if self._session is not None:
            self._session.window.close()
        if self._last_player is not None:
            self._last_player.join(FADE_S)
        self._close_live()

    def status(self) -> dict[str, object] | None:
        """Where the session stands, as JSON-ready values; ``clock_ms``: the monotonic clock at this reading."""
        if self._session is None:
            return None
        at = clock.monotonic_ms()
        pose = self._session.runner.pose
        heard = {"audible": self._session.audible, "missed_ms": self._session.player.missed_ms}
        return {**self._session.window.status(), "clock_ms": at, "exact_ms": pose.ms, "level": pose.level, **heard}

    # Making one.

    def _made(self, practice: Practice, own_file: Path | None, reduced_motion: bool) -> _Session:
        settings, lang = self._settings, language()
        narration = self._known(practice, lang, own_file)
        timeline = build_timeline(practice, narration.lengths, Choices(lang))
        playhead = Playhead(clock.monotonic_ms)
        player = Player(self._sounds, playhead, clock.monotonic_ms, lambda audible: self._hear_of(player, audible))
        performer = Performer(player, sound_choices(settings), narration.clips)
        pacer = settings.pacer if practice.patterns else PacerKind.WORDS.value
        log = SessionLog(self._journal, pacer, clock.now, self._on_journal_error)
        runner = SessionRunner(timeline, playhead.now_ms, log, performer)
        window = SessionWindow(
            practice,
            runner,
            clock.monotonic_ms,
            settings.pacer,
            reduced_motion,
            self._sound_text(timeline, narration, live=False),
            audible=not settings.discreet,
        )
        session = _Session(practice, own_file, lang, window, runner, player, performer, narration)
        self._tell_spoken(session)
        return session

    def _known(self, practice: Practice, lang: str, own_file: Path | None) -> Narration:
        return self._voices.known(practice, lang, self._settings.voice(practice.language(lang)), own_file)

    def _sound_text(self, timeline: Timeline, narration: Narration, live: bool) -> str:
        choices = sound_choices(self._settings)
        heard = placements(timeline, choices, narration.clips) if choices is not None else ()
        voice = self._voices.choose(timeline.lang, self._settings.voice(timeline.lang))
        spoken = choices is not None and choices.volume * choices.voice_volume > 0
        source = Source.SYSTEM if live else narration.source
        line = sound_text(
            voice_text(source, voice.name if voice else "") if spoken else "",
            choices.breath_sound if choices and timeline.breath and choices.breath_volume else BreathSet.OFF,
            bool(choices and choices.bells_volume),
            choices.ambience if choices and choices.ambience_volume else Ambience.OFF,
            silent=not heard and not live,
        )
        return "\n".join([line, *map(problem_text, narration.problems)])

    # The voice, where it has to be made first.

    def _make_clips(self, session: _Session, wanted: str | None) -> None:
        """On a thread of its own."""
        narration = session.narration
        try:
            narration = self._voices.make(session.practice, session.lang, wanted, session.own_file)
        finally:
            # Whatever happened: *Begin* waits for this.
            self._narrated.emit(session, narration)

    def _on_self_narrated(self, session: _Session, narration: Narration) -> None:
        if session is self._session and session.window.ready:
            self._narrate(session, narration)
            if narration.missing and not self._settings.discreet:
                self._speak_live(session)
            session.window.keep_waiting(False)

    def _narrate(self, session: _Session, narration: Narration) -> None:
        """Before *Begin*: let these clips be heard, and the timeline be as long as they need."""
        session.narration = narration
        session.performer.clips = narration.clips
        timeline = build_timeline(session.practice, narration.lengths, Choices(session.lang))
        session.runner.prepare(timeline)
        session.window.show_facts(self._sound_text(timeline, narration, session.live))
        self._tell_spoken(session)

    def _speak_live(self, session: _Session) -> None:
        """Where no program makes clips, Qt's own voices may speak at the cue."""
        live = self._live = self._live or LiveVoice()
        live.recorded = frozenset(session.narration.clips)
        live.set_volume(self._voice_gain(session))
        live.ready.connect(lambda there: self._on_live_ready(session, there), Qt.ConnectionType.SingleShotConnection)
        session.runner.prepare(session.runner.timeline, Ensemble(session.performer, live))
        live.open(session.practice.language(session.lang))

    def _on_live_ready(self, session: _Session, there: bool) -> None:
        if session is self._session:
            session.live = there
            self._tell_spoken(session)
            if there and session.window.ready:
                session.window.show_facts(self._sound_text(session.runner.timeline, session.narration, live=True))

    def _choices(self, session: _Session) -> SoundChoices | None:
        """What is to be heard just now."""
        return None if session.window.muted else sound_choices(self._settings)

    def _voice_gain(self, session: _Session) -> float:
        choices = self._choices(session)
        return gain(choices.volume) * gain(choices.voice_volume) if choices is not None else 0.0

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
        if self._live is not None:
            self._live.set_volume(self._voice_gain(session))

    def _on_window_mute_toggled(self, muted: bool) -> None:
        del muted
        if self._session is not None:
            self._hear(self._session)

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
            self._session.window.deleteLater()
            self._session = None
        self._close_live()
        # A session is full of circles, and the collector was kept out of it (see ``Engine.run``).
        QTimer.singleShot(COLLECT_AFTER_MS, self, gc.collect)
        self.closed.emit()

    def _close_live(self) -> None:
        """It would keep a thread, and the speech server's memory."""
        if self._live is not None:
            self._live.close()
            self._live = None

    def _let_go(self) -> None:
        """Close a window that another one takes the place of, without a word to anybody."""
        if self._session is not None:
            window = self._session.window
            window.closed.disconnect(self._on_window_closed)
            window.close()
            window.deleteLater()
            self._session = None
            self._close_live()


def sound_choices(settings: Settings) -> SoundChoices | None:
    """What these settings let be heard; None where that is nothing at all."""
    if settings.discreet:
        return None
    return SoundChoices(
        BreathSet(settings.breath_sound),
        BreathShape(settings.breath_shape),
        Ambience(settings.ambience),
        settings.volume,
        settings.voice_volume,
        settings.breath_volume,
        settings.bells_volume,
        settings.ambience_volume,
    )


def _watch_cover(window: SessionWindow) -> None:
    if QGuiApplication.platformName() == "xcb":
        from calmtray.desktop.x11 import WindowCover

        cover = WindowCover(int(window.winId()), window)
        cover.covered_changed.connect(window.set_covered)
        window.closed.connect(cover.stop)
        cover.start()
