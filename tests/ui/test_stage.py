"""The stage: a practice opened with its voice, and settings that change while it waits or plays. No device is there."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
import soundfile
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from calmtray.desktop.paths import bundled
from calmtray.journal.store import Journal
from calmtray.practice.library import load, read_shared
from calmtray.settings.model import Settings
from calmtray.sound.chosen import sound_choices
from calmtray.sound.live_voice import LiveVoice
from calmtray.sound.voices import Voices
from calmtray.stage import Stage

LOOK = "look-around-the-room"
BREATH = "longer-out-breath"
OWN = """
format = 1
id = "own-one"
category = "orientation"
languages = ["en"]
core = false
needs = ["numb"]
posture = ["any"]
places = ["anywhere"]
discreet = "yes"
silent = true
eyes = "open"
inward = 0
title = { en = "Own one" }
summary = { en = "Made for a test." }
[why]
grade = "D"
text = { en = "Many practitioners use this; it is little studied." }
[[steps]]
seconds = 30
say = { en = "Perhaps a word that nobody has recorded." }
"""


@pytest.fixture
def own(tmp_path):
    """The user's own practices."""
    folder = tmp_path / "practices"
    folder.mkdir()
    (folder / "own-one.toml").write_text(OWN, encoding="utf-8")
    return folder


@pytest.fixture
def practices(own):
    library = load(bundled("practices"), own)
    assert not library.problems
    return library


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.sqlite3")
    journal.open()
    yield journal
    journal.close()


@pytest.fixture
def stage(qtbot, journal, tmp_path, monkeypatch):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    assets = bundled("assets")
    voices = Voices(assets / "voices", tmp_path / "cache")
    patterns = read_shared(bundled("practices")).patterns
    stage = Stage(journal, voices, assets / "sounds", lambda error: pytest.fail(str(error)), patterns)
    yield stage
    stage.close()


def open_(stage, library, id_, settings=Settings()):  # noqa: B008 - a frozen value
    own_file = Path(library.files[id_]) if id_.startswith("own") else None
    stage.open(library.practices[id_], own_file, settings, reduced_motion=False, asked_by_click=True)
    return stage.window


def facts(window):
    return [label.text() for label in window.findChildren(QLabel)]


def test_a_practice_opens_with_its_voice_and_as_long_as_its_voice_needs(stage, practices):
    window = open_(stage, practices, LOOK)
    assert "Emma’s voice, bells" in facts(window)
    words = window.runner.timeline.words
    manifest = {text: clip.ms for text, clip in stage._voices.choose("en", "emma").clips.items()}
    assert [cue.until_ms - cue.at_ms for cue in words] == [manifest[cue.text] for cue in words]
    assert set(window.spoken) == {cue.text for cue in words}


def test_another_volume_leaves_a_waiting_window_where_it_is(stage, practices):
    window = open_(stage, practices, LOOK)
    stage.choose(replace(Settings(), voice_volume=0), reduced_motion=False)
    assert stage.window is window
    assert "words on the screen, bells" in facts(window)


def test_another_voice_is_there_at_once(stage, practices):
    window = open_(stage, practices, LOOK)
    before = window.runner.timeline
    stage.choose(replace(Settings(), voice_en="michael", ambience="rain"), reduced_motion=False)
    assert stage.window is window
    assert "Michael’s voice, bells, rain" in facts(window)
    assert window.runner.timeline != before


def test_discreet_there_is_nothing_to_hear_or_to_mute(stage, practices):
    window = open_(stage, practices, LOOK, replace(Settings(), discreet=True))
    assert "none; words on the screen" in facts(window)
    assert not window._mute.isVisibleTo(window)
    stage.choose(Settings(), reduced_motion=False)
    assert stage.window is not window
    assert "Emma’s voice, bells" in facts(stage.window)


def test_a_session_under_way_keeps_its_window_and_its_words(stage, practices):
    window = open_(stage, practices, LOOK)
    window.runner.begin()
    before = window.runner.timeline
    stage.choose(replace(Settings(), voice_en="michael", volume=30, pacer="wave"), reduced_motion=False)
    assert stage.window is window
    assert window.runner.timeline is before


def test_begin_waits_for_a_voice_that_is_being_made_and_need_not_be_pressed_twice(qtbot, stage, practices):
    window = open_(stage, practices, "own-one")
    window._begin.click()
    assert window.ready
    assert window._begin.text() == "One moment …"
    qtbot.waitUntil(lambda: window.running, timeout=10_000)
    assert "the computer’s voice, bells" in facts(window)
    assert [len(part) for part in (window.runner.timeline.words, stage._session.narration.clips)] == [1, 1]


def test_a_recording_that_is_none_is_told_and_another_voice_speaks(qtbot, stage, practices, own):
    (own / "own-one.1.wav").write_bytes(b"nothing of the kind")
    window = open_(stage, practices, "own-one")
    qtbot.waitUntil(lambda: any("own-one.1.wav" in fact for fact in facts(window)), timeout=10_000)
    assert any(fact.startswith("the computer’s voice") for fact in facts(window))


def test_ones_own_recording_is_heard(qtbot, stage, practices, own):
    frames, rate = soundfile.read(bundled("assets") / "sounds/bells/end.flac")
    soundfile.write(own / "own-one.1.wav", frames, rate)
    window = open_(stage, practices, "own-one")
    qtbot.waitUntil(lambda: "your own recordings, bells" in facts(window), timeout=10_000)
    (cue,) = window.runner.timeline.words
    assert cue.until_ms - cue.at_ms == pytest.approx(len(frames) / 48, rel=0.3)


def test_a_voice_that_can_not_be_made_keeps_nobody_waiting(qtbot, stage, practices, monkeypatch):
    def broken(*_):
        raise MemoryError

    monkeypatch.setattr(stage._voices, "make", broken)
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    window = open_(stage, practices, "own-one")
    window._begin.click()
    qtbot.waitUntil(lambda: window.running, timeout=10_000)


def test_what_was_made_for_another_voice_comes_too_late(qtbot, stage, practices, monkeypatch):
    """The slower answer is for the voice that was chosen first."""
    voices, held, asked = stage._voices, Event(), []
    make, known = voices.make, voices.known

    def slow(practice, lang, voice, own_file):
        asked.append(voice)
        if voice == "emma":
            held.wait(10)
        return make(practice, lang, voice, own_file)

    monkeypatch.setattr(voices, "make", slow)
    monkeypatch.setattr(voices, "known", lambda *args: replace(known(*args), unmade=("something",)))
    answers = []
    stage._narrated.connect(lambda session, voice, narration: answers.append(voice), Qt.ConnectionType.QueuedConnection)
    window = open_(stage, practices, LOOK)
    stage.choose(replace(Settings(), voice_en="michael"), reduced_motion=False)
    qtbot.waitUntil(lambda: answers == ["michael"] and not window._waiting, timeout=10_000)
    held.set()
    qtbot.waitUntil(lambda: answers == ["michael", "emma"], timeout=10_000)
    assert window.ready
    assert sorted(asked) == ["emma", "michael"]
    assert all("michael" in clip.path for clip in stage._session.narration.clips.values())


def test_another_volume_keeps_what_is_being_made(qtbot, stage, practices, monkeypatch):
    voices, held, asked = stage._voices, Event(), []
    make = voices.make

    def slow(*args):
        asked.append(args)
        held.wait(10)
        return make(*args)

    monkeypatch.setattr(voices, "make", slow)
    window = open_(stage, practices, "own-one")
    stage.choose(replace(Settings(), volume=30), reduced_motion=False)
    assert window._waiting
    held.set()
    qtbot.waitUntil(lambda: not window._waiting, timeout=10_000)
    assert "the computer’s voice, bells" in facts(window)
    assert len(asked) == 1


def test_discreet_no_longer_the_session_can_be_muted(stage, practices):
    window = open_(stage, practices, LOOK, replace(Settings(), discreet=True))
    window.runner.begin()
    assert not window._mute.isVisibleTo(window)
    stage.choose(Settings(), reduced_motion=False)
    assert stage.window is window
    assert window._mute.isVisibleTo(window)


@pytest.mark.parametrize("quiet", [{"volume": 0}, {"voice_volume": 0}, {"discreet": True}])
def test_words_that_nobody_says_are_left_to_the_screen_reader(stage, practices, quiet):
    window = open_(stage, practices, LOOK)
    assert len(window.spoken) == 5
    window.runner.begin()
    stage.choose(replace(Settings(), **quiet), reduced_motion=False)
    assert window.spoken == frozenset()


def test_muted_the_screen_reader_says_the_words_again(stage, practices):
    window = open_(stage, practices, LOOK)
    window.runner.begin()
    window._mute.setChecked(True)
    assert window.spoken == frozenset()
    window._mute.setChecked(False)
    assert len(window.spoken) == 5


@pytest.fixture
def wordless(stage, monkeypatch):
    """No program makes clips, and of the desktop's voices there is Qt's mock."""
    monkeypatch.setattr(stage._voices, "_find", lambda: None)
    opened, open_voice = [], LiveVoice.open

    def open_mock(self, lang):
        opened.append(lang)
        open_voice(self, lang, "mock")

    monkeypatch.setattr(LiveVoice, "open", open_mock)
    return opened


def test_where_no_program_makes_clips_the_desktops_voice_speaks_at_the_playhead(qtbot, stage, practices, wordless):
    window = open_(stage, practices, "own-one", replace(Settings(), ambience="rain"))
    assert "words on the screen, bells, rain" in facts(window)
    qtbot.waitUntil(lambda: "the computer’s voice, bells, rain" in facts(window))
    words: list[str] = []
    session = stage._session
    session.live_voice._speech.sayingWord.connect(lambda word, *place: words.append(word))
    window.runner.begin()
    assert words == []
    qtbot.waitUntil(lambda: words[:2] == ["Perhaps", "a"], timeout=10_000)
    assert window.runner.position_ms >= 1_500
    assert set(window.spoken) == {cue.text for cue in window.runner.timeline.words}
    bed = next(one for one in session.performer._score(window.runner.timeline) if one.under)
    assert bed.under == ((1_500, 1_500 + window.runner.timeline.words[0].until_ms),)


def test_discreet_no_longer_the_desktops_voice_joins_in(qtbot, stage, practices, wordless):
    window = open_(stage, practices, "own-one", replace(Settings(), discreet=True))
    window.runner.begin()
    assert wordless == []
    stage.choose(Settings(), reduced_motion=False)
    qtbot.waitUntil(lambda: bool(window.spoken))
    window._mute.setChecked(True)
    window._mute.setChecked(False)
    assert wordless == ["en"]


def test_a_broken_recording_is_named_shortly_below_the_facts(qtbot, stage, practices, own, wordless):
    (own / "own-one.1.wav").write_bytes(b"nothing of the kind")
    window = open_(stage, practices, "own-one")
    qtbot.waitUntil(lambda: not window._trouble.isHidden(), timeout=10_000)
    assert window._trouble.text().startswith("own-one.1.wav: This is no sound that calmtray can play")
    assert str(own / "own-one.1.wav") in window._trouble.toolTip()
    assert str(own) not in "".join(facts(window))
    assert window._facts["sound"][1].text().count("\n") == 0


def test_a_broken_recording_stays_told_while_the_sound_is_chosen(qtbot, stage, practices, own):
    (own / "own-one.1.wav").write_bytes(b"nothing of the kind")
    window = open_(stage, practices, "own-one")
    qtbot.waitUntil(lambda: any("own-one.1.wav" in fact for fact in facts(window)), timeout=10_000)
    stage.choose(replace(Settings(), bells_volume=0), reduced_motion=False)
    assert any("own-one.1.wav" in fact for fact in facts(window))


def test_no_device_is_told_once_and_the_session_goes_on(qtbot, stage, practices):
    window = open_(stage, practices, LOOK)
    window.runner.begin()
    qtbot.waitUntil(lambda: "No sound just now; words and pacer go on." in facts(window), timeout=10_000)
    assert window.running
    assert stage.status()["missed_ms"] == 0


def test_the_choices_are_those_of_the_settings():
    assert sound_choices(replace(Settings(), discreet=True)) is None
    choices = sound_choices(replace(Settings(), breath_sound="tone", volume=40, bells_volume=5))
    assert choices is not None
    assert (choices.breath_sound, choices.volume, choices.bells_volume) == ("tone", 40, 5)


# Length and pace.


def chips(window):
    return {chip.text(): chip for chip in window.findChildren(QPushButton) if chip.property("role") == "chip"}


def test_another_length_is_there_at_once_and_begins(stage, practices):
    window = open_(stage, practices, BREATH)
    assert window.runner.timeline.length_ms == 120_000
    chips(window)["3 min"].click()
    assert "3 min" in facts(window)
    assert window.runner.timeline.length_ms == window.runner.state.length_ms == 180_000
    window.runner.begin()
    assert stage.status()["length_ms"] == 180_000


def test_a_length_that_was_asked_for_is_chosen_already_and_stays_when_something_else_changes(stage, practices):
    stage.open(practices.practices[BREATH], None, Settings(), False, asked_by_click=True, wished_ms=60_000)
    assert chips(stage.window)["1 min"].isChecked()
    assert "1 min" in facts(stage.window)
    stage.choose(replace(Settings(), pacer="wave"), reduced_motion=False)
    assert chips(stage.window)["1 min"].isChecked()
    assert "1 min" in facts(stage.window)


def test_at_the_length_as_written_everything_is_as_written(stage, practices):
    window = open_(stage, practices, BREATH)
    before = window.runner.timeline
    chips(window)["1 min"].click()
    chips(window)["2 min"].click()
    assert window.runner.timeline == before


def breaths(window):
    return [cue.pattern.length_ms for cue in window.runner.timeline.breath]


def test_slow_breaths_come_at_the_users_pace_until_the_switch_is_turned(qtbot, stage, practices):
    settings = replace(Settings(), my_pace="pace_55")
    window = open_(stage, practices, BREATH, settings)
    assert set(breaths(window)) == {10_900}
    (switch,) = window.findChildren(QCheckBox)
    with qtbot.waitSignal(stage.setting_changed) as changed:
        switch.click()
    assert changed.args == ["at_my_pace", False]
    stage.choose(replace(settings, at_my_pace=False), reduced_motion=False)
    # The same window: the hand is still on the switch.
    assert stage.window is window
    assert set(breaths(window)) == {10_000}


def test_a_ramp_is_part_of_what_is_played(stage, practices):
    window = open_(stage, practices, BREATH, replace(Settings(), ramp=True))
    assert sorted(set(breaths(window))) == [6_400, 8_000, 10_000]
    assert any(fact.startswith("It begins with a few quicker breaths.") for fact in facts(window))


def test_a_pace_that_is_found_is_used_by_the_window_that_waits(stage, practices):
    open_(stage, practices, BREATH)
    stage.choose(replace(Settings(), my_pace="pace_45"), reduced_motion=False)
    assert set(breaths(stage.window)) == {13_300}
    assert any("4.5 breaths a minute" in box.text() for box in stage.window.findChildren(QCheckBox))


def test_where_there_is_no_pace_yet_the_way_to_it_is_told(qtbot, stage, practices):
    window = open_(stage, practices, BREATH)
    search = next(made for made in window.findChildren(QPushButton) if made.text() == "Find my pace")
    with qtbot.waitSignal(stage.pace_search_asked) as asked:
        search.click()
    assert asked.args == [BREATH, None]


def test_a_session_under_way_keeps_its_length_and_its_pace(stage, practices):
    window = open_(stage, practices, BREATH)
    window.runner.begin()
    before = window.runner.timeline
    chips(window)["4 min"].click()
    stage.choose(replace(Settings(), my_pace="pace_45", ramp=True), reduced_motion=False)
    assert window.runner.timeline is before


@pytest.mark.parametrize("begun", [False, True])
def test_a_session_that_is_over_leaves_nothing_behind(stage, practices, begun):
    left: weakref.WeakSet[object] = weakref.WeakSet()
    for _number in range(3):
        stage.open(practices.practices[BREATH], None, Settings(discreet=True), False, False)
        left.add(stage.window)
        if begun:
            stage.begin(BREATH)
            stage.window.close()
        else:
            stage.withdraw()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert list(left) == []
