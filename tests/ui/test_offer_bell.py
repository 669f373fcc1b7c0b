"""The bell of an offer: for whoever asked for it, and for nobody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from calmtray.offer_bell import OfferBell, bell
from calmtray.session.timeline import Bell
from calmtray.settings.model import Settings
from calmtray.sound.player import Player
from calmtray.sound.score import BellSound

ASKED = Settings(offer_sound=True)


def test_one_bell_as_loud_as_those_of_a_practice():
    (placement,) = bell(replace(ASKED, volume=50, bells_volume=50))
    assert placement.sound == BellSound(Bell.STEP)
    assert (placement.at_ms, placement.gain) == (0, 0.0625)


@pytest.mark.parametrize(
    "settings",
    [Settings(), replace(ASKED, discreet=True), replace(ASKED, volume=0), replace(ASKED, bells_volume=0)],
)
def test_nothing_is_heard_that_was_not_asked_for(settings):
    assert bell(settings) == ()


def test_it_rings_once_and_is_let_go(monkeypatch, tmp_path: Path):
    asked: list[str] = []
    for name in ("play", "end", "join"):
        monkeypatch.setattr(Player, name, lambda self, *_more, name=name, **_named: asked.append(name))
    made = OfferBell(tmp_path)
    made.close()
    made.ring(Settings())
    assert asked == []
    made.ring(ASKED)
    assert asked == ["play", "end"]
    made.close()
    assert asked == ["play", "end", "end", "join"]
