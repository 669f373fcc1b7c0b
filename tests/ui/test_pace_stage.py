"""Where a pace is looked for, with its sound. No device is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calmtray.desktop.paths import bundled
from calmtray.pace_stage import PaceStage
from calmtray.practice.library import read_shared
from calmtray.session.comfort import SETTLE_MS
from calmtray.settings.model import Settings


@pytest.fixture
def stage(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    stage = PaceStage(read_shared(bundled("practices")).patterns, bundled("assets") / "sounds")
    yield stage
    stage.close()


def opened(stage, settings=Settings()):  # noqa: B008 - a frozen value
    stage.open(settings, reduced_motion=False, asked_by_click=True)
    return stage.window


def test_opened_twice_it_is_one_window(stage):
    assert opened(stage) is opened(stage)


@pytest.mark.parametrize("settings", [Settings(), replace(Settings(), discreet=True)])
def test_a_pace_is_tried_found_and_kept_with_sound_or_without(qtbot, stage, settings):
    window = opened(stage, settings)
    window._begin.click()
    assert window.running
    window._on_next_clicked()
    assert window.runner.position_ms >= SETTLE_MS
    window._on_next_clicked()
    window._comfort._buttons[2].click()
    window._finish.click()
    with qtbot.waitSignal(stage.closed), qtbot.waitSignal(stage.pace_changed) as told:
        window._keep.click()
    assert told.args == ["pace_65"]
    assert stage.window is None


def test_a_window_that_makes_room_tells_nobody(qtbot, stage):
    opened(stage)
    with qtbot.assertNotEmitted(stage.closed):
        stage.withdraw()
    assert stage.window is None
    assert opened(stage) is not None


def test_the_app_that_ends_takes_it_along(qtbot, stage):
    window = opened(stage)
    window._begin.click()
    with qtbot.waitSignal(stage.closed):
        stage.close()
    assert stage.window is None
