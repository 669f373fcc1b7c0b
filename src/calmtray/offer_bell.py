"""One soft bell when an offer's card comes, for those who asked for it."""

from __future__ import annotations

from pathlib import Path

from calmtray.desktop import clock
from calmtray.session.timeline import Bell
from calmtray.settings.model import Settings
from calmtray.sound.player import Player
from calmtray.sound.playhead import Playhead
from calmtray.sound.request import Score
from calmtray.sound.score import RING_MS, BellSound, Placement, gain

FADE_S = 0.7
"""How long the end of the app waits for a bell to fade."""


def bell(settings: Settings) -> Score:
    """The bell as it was asked for; nothing where nothing is to be heard."""
    loud = gain(settings.volume) * gain(settings.bells_volume)
    if not settings.offer_sound or settings.discreet or not loud:
        return ()
    return (Placement(0, RING_MS, BellSound(Bell.STEP), loud),)


class OfferBell:
    """``sounds``: the folder with the bells. Between two rings there is neither a thread nor a device."""

    def __init__(self, sounds: Path) -> None:
        self._sounds = sounds
        self._player: Player | None = None

    def ring(self, settings: Settings) -> None:
        """Ring once, and let it ring out."""
        score = bell(settings)
        if score:
            playhead = Playhead(clock.monotonic_ms)
            # Nobody waits for it, so nobody has to know whether it is heard.
            self._player = Player(self._sounds, playhead, clock.monotonic_ms, lambda _audible: None)
            self._player.play(score, 0)
            self._player.end(finished=True)

    def close(self) -> None:
        """A bell that still rings fades."""
        if self._player is not None:
            self._player.end(finished=False)
            self._player.join(FADE_S)
