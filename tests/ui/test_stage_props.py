"""What the stage gives to props, and what it takes from them. No device is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from calmtray.desktop.paths import bundled
from calmtray.journal.store import Journal
from calmtray.practice.library import read_shared
from calmtray.settings.model import Settings
from calmtray.sound.score import Song, placements
from calmtray.sound.voices import Voices
from calmtray.stage import Stage

SONG = str(bundled("assets") / "sounds" / "bells" / "end.flac")


@pytest.fixture
def stage(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    journal = Journal(tmp_path / "journal.sqlite3")
    journal.open()
    assets, patterns = bundled("assets"), read_shared(bundled("practices")).patterns
    voices = Voices(assets / "voices", tmp_path / "cache")
    stage = Stage(journal, voices, assets / "sounds", lambda error: pytest.fail(str(error)), patterns)
    yield stage
    stage.close()
    journal.close()


@pytest.fixture
def open_(stage, library):
    def opened(id_, **changes):
        stage.open(library.practices[id_], None, replace(Settings(), **changes), False, asked_by_click=True)
        return stage.window

    return opened


def test_a_practice_without_props_has_no_place_for_them(open_):
    assert open_("longer-out-breath").props is None


def test_what_a_prop_tells_reaches_the_settings(qtbot, stage, open_):
    window = open_("colour-hunt")
    window.runner.begin()
    window.runner.skip(1)
    with qtbot.waitSignal(stage.setting_changed) as told:
        qtbot.keyClick(window.props.prop._instead, Qt.Key.Key_Space)
    assert told.args == ["shapes", True]
    stage.choose(replace(Settings(), shapes=True), reduced_motion=True)
    assert window.props.prop.given.settings.shapes
    assert window.props.prop.given.reduced_motion


@pytest.mark.parametrize(
    "changes", [{"shapes": True}, {"song": SONG}, {"pictures": "/x"}, {"checklist": ("Lamp",)}, {"favourites": ("x",)}]
)
def test_what_is_remembered_leaves_a_waiting_window_where_it_is(stage, open_, changes):
    window = open_("one-song")
    stage.choose(replace(Settings(), **changes), reduced_motion=False)
    assert stage.window is window


def song_of(stage):
    session = stage._session
    heard = placements(session.runner.timeline, stage._choices(session), session.narration.clips)
    return [placement for placement in heard if placement.fade_in_ms]


def test_the_song_is_part_of_the_score_of_the_practice_that_asks_for_it(stage, open_):
    window = open_("one-song", song=SONG)
    (song,) = song_of(stage)
    assert (song.at_ms, song.until_ms) == window.runner.timeline.starts_ms[1:3]
    assert stage._session.performer._choices.song == Song(SONG, 1)
    open_("longer-out-breath", song=SONG)
    assert song_of(stage) == []
    open_("one-song")
    assert song_of(stage) == []


def test_a_song_chosen_under_way_is_heard_from_then_on(stage, open_):
    window = open_("one-song")
    window.runner.begin()
    stage.choose(replace(Settings(), song=SONG), reduced_motion=False)
    assert stage._session.performer._choices.song == Song(SONG, 1)


@pytest.mark.parametrize(("song", "flaw"), [(SONG, ""), ("/nowhere/song.mp3", "missing")])
def test_whether_a_song_can_be_played_is_found_out_and_told(qtbot, stage, open_, song, flaw):
    with qtbot.waitSignal(stage._song_examined) as found:
        window = open_("one-song", song=song)
    assert found.args[1:] == [song, flaw]
    qtbot.waitUntil(lambda: window.props.given.song_flaw == flaw)
    assert window.ready


def sound_fact(window):
    return window._facts["sound"][1].text().split(", ")


def test_the_ready_page_names_a_song_that_can_be_played(qtbot, stage, open_):
    window = open_("one-song")
    assert "your song" not in sound_fact(window)
    with qtbot.waitSignal(stage._song_examined):
        stage.choose(replace(Settings(), song=SONG), reduced_motion=False)
    assert "your song" in sound_fact(window)
    with qtbot.waitSignal(stage._song_examined):
        stage.choose(replace(Settings(), song="/nowhere/song.mp3"), reduced_motion=False)
    qtbot.waitUntil(lambda: "your song" not in sound_fact(window))


def test_muted_or_discreet_the_song_says_so(stage, open_):
    window = open_("one-song", song=SONG)
    window.runner.begin()
    assert window.props.given.audible
    window._mute.setChecked(True)
    assert not window.props.given.audible
    window._mute.setChecked(False)
    assert window.props.given.audible
    stage.choose(replace(Settings(), song=SONG, discreet=True), reduced_motion=False)
    assert not window.props.given.audible


def test_a_list_that_is_being_written_is_kept_when_the_session_ends(qtbot, stage, open_):
    window = open_("leave-work-at-work")
    window.runner.begin()
    window.runner.skip(3)
    prop = window.props.prop
    prop._change.click()
    qtbot.keyClicks(prop.new, "Kettle")
    with qtbot.waitSignal(stage.setting_changed) as told:
        window.close()
    assert told.args == ["checklist", ("Kettle",)]
