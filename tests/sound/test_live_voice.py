"""The voice that speaks live, with Qt's own mock engine: it says a word every 100 ms, and tells which."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QEventLoop, QThread
from PySide6.QtTextToSpeech import QTextToSpeech

from calmtray.session.timeline import (
    FIRST_WORDS_AFTER_MS,
    WORDS_AFTER_BELL_MS,
    Choices,
    build_timeline,
    live_words,
)
from calmtray.sound import live_voice
from calmtray.sound.live_voice import LiveVoice
from tests.making import practice, quiet

os.environ["QT_QPA_PLATFORM"] = "offscreen"

FIRST, SECOND, THIRD = "one two three", "four five", "six seven"
TIMELINE = build_timeline(practice(quiet(3_000, FIRST), quiet(2_000, SECOND), quiet(20_000, THIRD)), {}, Choices())
FIRST_AT, SECOND_AT, THIRD_AT = (cue.at_ms for cue in live_words(TIMELINE, ()))


class Clock:
    """A clock that a test may put forward."""

    def __init__(self) -> None:
        self.ms = 1_000.0

    def __call__(self) -> float:
        return self.ms


class Heard:
    """What the engine says, word by word; the signals come from its own thread."""

    def __init__(self, voice: LiveVoice) -> None:
        self.words: list[str] = []
        self.threads: set[object] = set()
        assert isinstance(voice._speech, QTextToSpeech)
        voice._speech.sayingWord.connect(self.on_word)

    def on_word(self, word: str, *place: int) -> None:
        self.words.append(word)
        self.threads.add(QThread.currentThread())


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def voice(qtbot, clock):
    made = LiveVoice(clock)
    yield made
    made.close()


@pytest.fixture
def heard(qtbot, voice):
    with qtbot.waitSignal(voice.ready) as ready:
        voice.open("en", "mock")
    assert ready.args == [True]
    return Heard(voice)


def pass_by(voice, clock, ms):
    """Put the clock forward; what was waited for until then comes now."""
    clock.ms += ms
    voice._timer.stop()
    voice._on_timer_timeout()


def test_the_words_of_every_step_are_said_at_their_cue_in_the_engines_own_thread(qtbot, voice, heard, clock):
    voice.play(TIMELINE, FIRST_AT)
    qtbot.waitUntil(lambda: heard.words == FIRST.split())
    assert voice._timer.remainingTime() == pytest.approx(SECOND_AT - FIRST_AT, abs=1_000)
    pass_by(voice, clock, SECOND_AT - FIRST_AT - 1)
    pass_by(voice, clock, 1)
    qtbot.waitUntil(lambda: heard.words == [*FIRST.split(), *SECOND.split()])
    pass_by(voice, clock, THIRD_AT - SECOND_AT)
    qtbot.waitUntil(lambda: heard.words[5:] == THIRD.split())
    assert not voice._timer.isActive()
    assert len(heard.threads) == 1
    assert QThread.currentThread() not in heard.threads


def test_the_next_words_are_waited_for_no_longer_and_no_shorter_than_until_their_cue(voice, heard, clock):
    for from_ms, wait_ms in (
        (0, FIRST_AT),
        (2_500, SECOND_AT - 2_500),
        (SECOND_AT, THIRD_AT - SECOND_AT),
        (THIRD_AT - 1, 1),
    ):
        voice.play(TIMELINE, from_ms)
        assert voice._timer.interval() == wait_ms
    voice.play(TIMELINE, THIRD_AT)
    assert not voice._timer.isActive()


def test_the_bell_speaks_first():
    assert (FIRST_AT, SECOND_AT, THIRD_AT) == (FIRST_WORDS_AFTER_MS, 3_700, 5_700)
    assert [cue.text for cue in live_words(TIMELINE, {SECOND})] == [FIRST, THIRD]
    short = build_timeline(practice(quiet(1_500, FIRST), quiet(701, FIRST)), {}, Choices())
    assert [(cue.at_ms, cue.until_ms) for cue in live_words(short, ())] == [(2_200, 2_201)]


def test_where_the_playhead_stands_still_it_waits_with_it(voice, heard, clock):
    voice.play(TIMELINE, FIRST_AT)
    pass_by(voice, clock, 0)
    assert voice._timer.interval() == SECOND_AT - FIRST_AT


TERMINAL = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QCoreApplication
from calmtray.sound.live_voice import LiveVoice
app = QCoreApplication([])
voice = LiveVoice(lambda: 0.0)
voice.ready.connect(lambda there: app.quit())
voice.open("en", "mock")
app.exec()
voice.close()
"""


def test_qts_libraries_say_nothing_to_the_terminal():
    done = subprocess.run([sys.executable, "-c", TERMINAL], capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_pause_is_silence_and_what_was_cut_off_is_said_again_from_its_beginning(qtbot, voice, heard):
    voice.play(TIMELINE, FIRST_AT)
    qtbot.waitUntil(lambda: heard.words == ["one"])
    voice.pause()
    assert not voice._timer.isActive()
    qtbot.waitUntil(lambda: voice._speech.state() is QTextToSpeech.State.Ready)
    said = list(heard.words)
    assert len(said) < 3
    voice.play(TIMELINE, FIRST_AT + 300)
    qtbot.waitUntil(lambda: heard.words == [*said, *FIRST.split()])


def test_a_skip_says_the_words_of_the_other_step_at_once(qtbot, voice, heard):
    voice.play(TIMELINE, FIRST_AT)
    qtbot.waitUntil(lambda: heard.words == ["one"])
    voice.play(TIMELINE, THIRD_AT)
    qtbot.waitUntil(lambda: heard.words[-2:] == THIRD.split())
    assert not set(heard.words) & set(SECOND.split())


def test_in_the_quiet_after_the_words_nothing_is_said(qtbot, voice, heard):
    voice.play(TIMELINE, 4_800)
    voice.end(finished=True)
    assert voice._saying is None


def test_a_changed_future_leaves_alone_what_is_being_said(qtbot, voice, heard, clock):
    voice.play(TIMELINE, FIRST_AT)
    clock.ms += 100
    longer = build_timeline(practice(quiet(4_000, FIRST), quiet(2_000, SECOND)), {}, Choices())
    voice.change(longer, FIRST_AT + 100)
    left = 4_000 + WORDS_AFTER_BELL_MS - FIRST_AT - 100
    assert voice._timer.interval() == left
    qtbot.waitUntil(lambda: heard.words == FIRST.split())
    pass_by(voice, clock, left)
    qtbot.waitUntil(lambda: heard.words == [*FIRST.split(), *SECOND.split()])


def test_what_is_recorded_is_left_to_the_player(qtbot, voice, heard, clock):
    voice.recorded = {FIRST, THIRD}
    voice.play(TIMELINE, FIRST_AT)
    assert voice._timer.interval() == SECOND_AT - FIRST_AT
    pass_by(voice, clock, SECOND_AT - FIRST_AT)
    qtbot.waitUntil(lambda: heard.words == SECOND.split())
    assert not voice._timer.isActive()


def test_who_has_enough_hears_no_more_and_who_came_to_the_end_hears_the_last_words(qtbot, voice, heard):
    voice.play(TIMELINE, FIRST_AT)
    qtbot.waitUntil(lambda: heard.words == ["one"])
    voice.end(finished=True)
    qtbot.waitUntil(lambda: heard.words == FIRST.split())
    voice.play(TIMELINE, SECOND_AT)
    qtbot.waitUntil(lambda: heard.words[3:] == ["four"])
    voice.end(finished=False)
    qtbot.waitUntil(lambda: voice._speech.state() is QTextToSpeech.State.Ready)
    assert heard.words[3:] in (["four"], SECOND.split())
    assert not voice._timer.isActive()


def test_at_volume_0_nothing_is_said(qtbot, voice, heard, clock):
    voice.play(TIMELINE, FIRST_AT)
    qtbot.waitUntil(lambda: heard.words == ["one"])
    voice.set_volume(0)
    qtbot.waitUntil(lambda: voice._speech.state() is QTextToSpeech.State.Ready)
    before = len(heard.words)
    pass_by(voice, clock, SECOND_AT - FIRST_AT)
    voice.set_volume(0.5)
    pass_by(voice, clock, THIRD_AT - SECOND_AT)
    qtbot.waitUntil(lambda: heard.words[before:] == THIRD.split())
    assert voice._speech.volume() == pytest.approx(0.25, abs=0.001)


def test_a_voice_that_comes_late_joins_in_with_the_words_under_way(qtbot, voice, clock):
    voice.play(TIMELINE, FIRST_AT)
    clock.ms += SECOND_AT - FIRST_AT + 100
    voice.open("en", "mock")
    words: list[str] = []
    voice._speech.sayingWord.connect(lambda word, *place: words.append(word))
    # Opening does not stop what is being played.
    with qtbot.waitSignal(voice.ready):
        pass
    qtbot.waitUntil(lambda: words == SECOND.split())


@pytest.mark.parametrize(("lang", "engine"), [("en", "no-such-engine"), ("xx", "mock")])
def test_without_an_engine_or_a_voice_for_the_language_there_is_none(qtbot, voice, lang, engine):
    with qtbot.waitSignal(voice.ready) as ready:
        voice.open(lang, engine)
    assert ready.args == [False]
    assert not voice.available
    voice.play(TIMELINE, FIRST_AT)
    voice.pause()


def test_without_qts_library_of_voices_there_is_none(qtbot, voice, monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", None)
    with qtbot.waitSignal(voice.ready) as ready:
        voice.open("en")
    assert ready.args == [False]


def test_it_speaks_calmly_and_with_a_voice_of_the_language(voice, heard):
    assert isinstance(voice._speech, QTextToSpeech)
    assert voice._speech.locale().name() == "en_GB"


def test_it_can_be_opened_again_in_another_language_and_closed_twice(qtbot, voice, heard):
    with qtbot.waitSignal(voice.ready) as ready:
        voice.open("fi", "mock")
    assert ready.args == [True]
    assert voice._speech.locale().name() == "fi_FI"
    voice.close()
    voice.close()
    assert not voice.available


def test_a_speech_server_that_hangs_keeps_nobody_waiting(voice, monkeypatch):
    """Made up: a thread that has made its objects and then never comes round, as where speech-dispatcher hangs."""
    released = threading.Event()

    def hanging(lang, made):
        speech, loop = QTextToSpeech("none"), QEventLoop()
        made.put((speech, live_voice._Ear(speech, lang), loop))
        released.wait()

    monkeypatch.setattr(live_voice, "_live", hanging)
    monkeypatch.setattr(live_voice, "PATIENCE_S", 0.01)
    voice.open("en", "mock")
    thread = voice._thread
    voice.play(TIMELINE, FIRST_AT)
    voice.end(finished=False)
    voice.close()
    assert thread.is_alive()
    assert thread.daemon
    assert not voice.available
    released.set()
    thread.join()


def test_it_leaves_no_thread_behind(qtbot, voice):
    before = threading.active_count()
    for _ in range(20):
        with qtbot.waitSignal(voice.ready):
            voice.open("en", "mock")
        voice.play(TIMELINE, FIRST_AT)
        voice.close()
    assert threading.active_count() == before
