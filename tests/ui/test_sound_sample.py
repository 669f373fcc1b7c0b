"""*Listen* in Settings: a bell, a sentence and a breath, as they are chosen; and silence as soon as nobody listens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from calmtray.desktop.paths import bundled
from calmtray.practice.library import load, read_shared
from calmtray.settings.model import Settings
from calmtray.sound.player import Player
from calmtray.sound.request import Score
from calmtray.sound.score import BellSound, BreathSet, BreathSound, ClipSound
from calmtray.sound.voices import Voices
from calmtray.sound_sample import SENTENCE_MS, SoundSample, sample_of
from calmtray.ui.pages.settings import SettingsPage
from calmtray.words.language import use_language


class Asked:
    """What players were asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        self.score: Score = ()
        monkeypatch.setattr(Player, "play", lambda _, score, at: self._note("play", score))
        monkeypatch.setattr(Player, "change", lambda _, score: self._note("change", score))
        monkeypatch.setattr(Player, "end", lambda _, finished: self._note(f"end {finished}", self.score))
        monkeypatch.setattr(Player, "join", lambda _, most_s: self._note("join", self.score))

    def _note(self, what, score):
        self.done.append(what)
        self.score = score

    def sounds(self, kind):
        return [placement.sound for placement in self.score if isinstance(placement.sound, kind)]


@pytest.fixture
def asked(monkeypatch):
    return Asked(monkeypatch)


@pytest.fixture
def sample(qapp, tmp_path):
    practices = bundled("practices")
    practice = load(practices, tmp_path).practices["three-easy-breaths"]
    sample = sample_of(practice, read_shared(practices).patterns["slow_4_6"])
    assets = bundled("assets")
    return SoundSample(assets / "sounds", Voices(assets / "voices", tmp_path), sample)


@pytest.mark.parametrize(("lang", "voice"), [("en", "emma"), ("fr", "siwis")])
def test_a_bell_a_sentence_and_one_breath_are_heard(sample, asked, lang, voice):
    use_language(lang)
    try:
        sample.start(Settings())
    finally:
        use_language("en")
    assert sample.playing
    assert len(asked.sounds(BellSound)) == 3
    (clip,) = asked.sounds(ClipSound)
    assert Path(clip.path).parent.name == voice
    assert [sound.kind for sound in asked.sounds(BreathSound)] == [BreathSet.SWELL] * 2
    starts = [placement.at_ms for placement in asked.score if isinstance(placement.sound, BreathSound)]
    assert starts == [SENTENCE_MS, SENTENCE_MS + 4_000], "the words fit their time"


def test_what_is_chosen_meanwhile_is_heard_at_once_and_another_voice_begins_again(sample, asked):
    sample.choose(Settings(breath_sound="tone"))
    assert asked.done == [], "nobody listens yet"
    sample.start(Settings())
    sample.choose(Settings(breath_sound="tone"))
    assert asked.done == ["play", "change"]
    assert [sound.kind for sound in asked.sounds(BreathSound)] == [BreathSet.TONE] * 2
    sample.choose(Settings(breath_sound="tone", voice_en="michael"))
    assert asked.done == ["play", "change", "end False", "play"]
    (clip,) = asked.sounds(ClipSound)
    assert Path(clip.path).parent.name == "michael"


def test_it_ends_by_itself_or_when_enough_was_heard(sample, asked, qtbot: QtBot):
    heard: list[bool] = []
    sample.playing_changed.connect(heard.append)
    sample.start(Settings())
    sample.stop()
    sample.stop()
    sample.start(Settings())
    sample._over.timeout.emit()
    assert heard == [True, False, True, False]
    assert [each for each in asked.done if each.startswith("end")] == ["end False", "end True"]
    sample.start(Settings())
    sample.close()
    assert asked.done[-2:] == ["end False", "join"]


def test_discreetly_nothing_is_played(sample, asked):
    sample.start(Settings(discreet=True))
    assert asked.done == []
    sample.stop()


@pytest.fixture
def page(qtbot):
    page = SettingsPage(Settings(), [])
    qtbot.addWidget(page)
    page.show()
    return page


def listen(page):
    return page.findChild(QPushButton, "listen")


def test_the_button_listens_and_stops(page, qtbot: QtBot):
    told: list[bool] = []
    page.listen_asked.connect(told.append)
    button = listen(page)
    assert (button.text(), button.accessibleName()) == ("Listen", "Listen to how this sounds")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    page.show_listening(on=True)
    assert (button.text(), button.accessibleName()) == ("Stop", "Stop listening")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    page.show_listening(on=False)
    assert told == [True, False]
    page.hide()
    assert told == [True, False], "nobody listened any more"
    page.show()
    page.show_listening(on=True)
    page.hide()
    assert told == [True, False, False]


@pytest.mark.parametrize(
    ("changed", "on", "line"),
    [
        ({}, True, "A bell, a sentence and a breath, as they are chosen here."),
        ({"discreet": True}, False, "Nothing is heard while calmtray is discreet."),
        ({"volume": 0}, False, "The volume for all is at nothing."),
    ],
)
def test_where_nothing_can_be_heard_the_page_says_why(page, changed, on, line):
    page.show_settings(replace(Settings(), **changed))
    assert (listen(page).isEnabled(), page._audible.text()) == (on, line)
