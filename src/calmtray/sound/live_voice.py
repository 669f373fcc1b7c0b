"""The last resort: Qt's voices, speaking live at each cue of the words. They can't be written into a file.

On Linux, finding its voices keeps ``QTextToSpeech`` waiting for speech-dispatcher: 1.7 s (measured) where all is
well, for ever where that server hangs, and PySide6 holds Python's lock all the while. So the object is made without an
engine, in a thread of its own, and what may wait is asked of it through that thread's event loop, where no
Python runs: the window stays awake (a timer of 5 ms came 9 ms apart at most, even with a server that hung).
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections.abc import Callable, Collection
from queue import SimpleQueue
from threading import Thread

from PySide6.QtCore import (
    Q_ARG,
    QEventLoop,
    QGenericArgumentHolder,
    QLocale,
    QLoggingCategory,
    QMetaObject,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from calmtray.session.timeline import Timeline, WordsCue, live_words

RATE = -0.2
"""A little slower than the engine's own pace (-1 to 1)."""

TRIM = 10 ** (-6 / 20)
"""At full volume the engine speaks at about -13 dBFS (measured with speech-dispatcher), the clips at -20."""

REGIONS = {"en": ("en_GB", "en_US"), "fr": ("fr_FR", "fr_CA")}

NO_ENGINE = "none"
"""No engine has this name: the object is there at once, and gets its engine where nobody waits for it."""

QUIET_LOGS = "qt.multimedia.symbolsresolver=false"
"""Qt's library of voices brings its one for media, which would tell the terminal that it found no PipeWire."""

PATIENCE_S = 0.5
"""How long ``close`` waits for a thread that may hang in the speech server."""


class LiveVoice(QObject):
    """Says the words of a session at their cues, those in ``recorded`` excepted: the player says them.

    ``clock``: the session's playhead, in ms. Until ``open`` there is no engine and no thread; then ``ready`` tells once
    whether there is a voice for the language. ``close`` it with its session. It follows the same calls as the player:
    play, change, pause, end.
    """

    ready = Signal(bool)

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self.recorded: Collection[str] = ()
        self.available = False
        self._clock = clock
        self._volume = 1.0
        self._thread: Thread | None = None
        self._speech: QObject | None = None
        self._ear: _Ear | None = None
        self._loop: QEventLoop | None = None
        self._timeline: Timeline | None = None
        self._began = 0.0
        self._saying: WordsCue | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)

    def open(self, lang: str, engine: str | None = None) -> None:
        """Look for a voice of this language; ``ready`` tells. ``engine``: Qt's name of one, else the system's own."""
        QLoggingCategory.setFilterRules(QUIET_LOGS)
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError:
            QTimer.singleShot(0, self, lambda: self._on_ear_heard(False))
            return
        if engine is None:
            engine = next(filter(_loads, QTextToSpeech.availableEngines()), NO_ENGINE)
        self._let_go()
        made: SimpleQueue[tuple[QObject, _Ear, QEventLoop]] = SimpleQueue()
        # A thread of Python's: Qt ends a process that leaves a running thread of its own behind.
        self._thread = Thread(target=_live, args=(lang, made), name="live voice", daemon=True)
        self._thread.start()
        self._speech, self._ear, self._loop = made.get()
        self._ear.heard.connect(self._on_ear_heard)
        self._ask("setEngine", Q_ARG("QString", engine))
        QMetaObject.invokeMethod(self._ear, "choose", Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """Be silent, and let go of the engine. A thread that hangs in the speech server is left behind."""
        self.pause()
        self._let_go()

    def set_volume(self, volume: float) -> None:
        """0 to 1, from the next words on; at 0 at once."""
        self._volume = volume
        if not volume:
            self._hush()
        self._ask("setVolume", Q_ARG("double", volume * TRIM))

    def play(self, timeline: Timeline, from_ms: float) -> None:
        """Speak from here on. Words under way here are said from their beginning: half a sentence is no use."""
        self._hush()
        self._timeline, self._began = timeline, self._clock() - from_ms
        self._say_from(from_ms)

    def change(self, timeline: Timeline, at_ms: float) -> None:
        """The timeline has another future; words that are being said are said to their end."""
        self._timeline, self._began = timeline, self._clock() - at_ms
        self._await(at_ms)

    def pause(self) -> None:
        """Be silent, until ``play``."""
        self._timer.stop()
        self._timeline = None
        self._hush()

    def end(self, finished: bool) -> None:
        """It is over. What is being said at a natural end is said to its own end."""
        self._timer.stop()
        self._timeline = None
        if not finished:
            self._hush()

    def _words(self) -> tuple[WordsCue, ...]:
        return live_words(self._timeline, self.recorded) if self._timeline is not None else ()

    def _say_from(self, ms: float) -> None:
        under_way = next((cue for cue in self._words() if cue.at_ms <= ms < cue.until_ms), None)
        if under_way is not None:
            self._say(under_way)
        self._await(ms)

    def _await(self, ms: float) -> None:
        """Wake up for the next words after ``ms``."""
        words = self._words()
        index = bisect_left(words, ms, key=lambda cue: cue.at_ms)
        # What begins right here has been said.
        following = next((cue for cue in words[index:] if cue.at_ms > ms), None)
        self._timer.stop()
        if following is not None:
            # The playhead may stand still, and then this is too early: the timer wakes again.
            self._timer.start(max(0, math.ceil(following.at_ms - (self._clock() - self._began))))

    @Slot()
    def _on_timer_timeout(self) -> None:
        position = self._clock() - self._began
        due = [cue for cue in self._words() if cue.at_ms <= position < cue.until_ms]
        if due and (self._saying is None or due[-1].step != self._saying.step):
            self._say(due[-1])
        self._await(position)

    @Slot(bool)
    def _on_ear_heard(self, available: bool) -> None:
        self.available = available
        if available:
            self._ask("setRate", Q_ARG("double", RATE))
            self._ask("setVolume", Q_ARG("double", self._volume * TRIM))
            if self._timeline is not None:
                self._say_from(self._clock() - self._began)
        self.ready.emit(available)

    def _say(self, cue: WordsCue) -> None:
        self._saying = cue
        if self.available and self._volume:
            self._ask("say", Q_ARG("QString", cue.text))

    def _hush(self) -> None:
        self._saying = None
        if self.available:
            self._ask("stop")

    def _let_go(self) -> None:
        self.available = False
        if self._thread is None or self._speech is None or self._ear is None or self._loop is None:
            return
        self._ear.heard.disconnect(self._on_ear_heard)
        for part in (self._speech, self._ear):
            part.deleteLater()
        QMetaObject.invokeMethod(self._loop, "quit", Qt.ConnectionType.QueuedConnection)
        self._thread.join(PATIENCE_S)
        self._loop.deleteLater()
        self._thread = self._speech = self._ear = self._loop = None

    def _ask(self, what: str, *arguments: QGenericArgumentHolder) -> None:
        """Have Qt call a method of the speech object in its own thread."""
        if self._speech is not None:
            QMetaObject.invokeMethod(self._speech, what, Qt.ConnectionType.QueuedConnection, *arguments)


def _live(lang: str, made: SimpleQueue[tuple[QObject, _Ear, QEventLoop]]) -> None:
    """The life of the thread: the speech object is made here, and lives as long as the loop goes round."""
    from PySide6.QtTextToSpeech import QTextToSpeech

    speech = QTextToSpeech(NO_ENGINE)
    loop = QEventLoop()
    made.put((speech, _Ear(speech, lang), loop))
    loop.exec()


class _Ear(QObject):
    """Beside the speech object, in its thread: chooses its voice as soon as the engine is there."""

    heard = Signal(bool)

    def __init__(self, speech: QObject, lang: str) -> None:
        super().__init__()
        self._speech = speech
        self._lang = lang

    @Slot()
    def choose(self) -> None:
        """Choose a voice, and tell whether there is one."""
        self.heard.emit(self._choose())

    def _choose(self) -> bool:
        from PySide6.QtTextToSpeech import QTextToSpeech

        speech = self._speech
        assert isinstance(speech, QTextToSpeech)
        if speech.state() is QTextToSpeech.State.Error:
            return False
        found = {locale.name(): locale for locale in speech.availableLocales() if _base(locale) == self._lang}
        locale = next((found[name] for name in REGIONS.get(self._lang, ()) if name in found), None)
        locale = locale or next(iter(found.values()), None)
        if locale is None:
            return False
        speech.setLocale(locale)
        # eSpeak's variants of every voice, whispers and croaks among them, have a plus sign in their names.
        plain = next((voice for voice in speech.availableVoices() if "+" not in voice.name()), None)
        if plain is not None:
            speech.setVoice(plain)
        return True


def _loads(engine: str) -> bool:
    """Whether Qt can load it. Without its library, Speech Dispatcher's would complain on the terminal."""
    if engine != "speechd":
        return engine != "mock"
    try:
        ctypes.CDLL("libspeechd.so.2")
    except OSError:
        return False
    return True


def _base(locale: QLocale) -> str:
    return locale.name().partition("_")[0]
