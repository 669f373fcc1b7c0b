"""The player, before its thread has said anything: whom it keeps waiting."""

from __future__ import annotations

import pytest

from calmtray.desktop.paths import bundled
from calmtray.sound.player import Player
from calmtray.sound.playhead import LONGEST_HOLD_MS, Playhead


class Hand:
    """A clock that the test moves."""

    ms = 5_000.0

    def __call__(self):
        return self.ms


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def playhead(hand):
    return Playhead(hand)


@pytest.fixture
def player(hand, playhead, monkeypatch):
    """One whose sound server hangs: nothing answers."""
    monkeypatch.setattr(Player, "_start", lambda _: None)
    return Player(bundled("assets") / "sounds", playhead, hand, lambda _: None)


def test_a_sound_server_that_hangs_is_waited_for_once(hand, playhead, player):
    player.play((), 0)
    hand.ms += LONGEST_HOLD_MS - 1
    assert playhead.held
    hand.ms += 1_000
    assert not playhead.held
    shown = playhead.now_ms()
    player.play((), 20_000)
    hand.ms += 100
    assert playhead.now_ms() == shown + 100


def test_once_it_is_heard_again_it_is_waited_for_again(hand, playhead, player):
    player.play((), 0)
    hand.ms += LONGEST_HOLD_MS + 100
    playhead.now_ms()
    player._tell(audible=True)
    player.play((), 20_000)
    hand.ms += 100
    assert playhead.held
