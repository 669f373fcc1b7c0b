"""The ear's performer: what the session does becomes placements, and these are played."""

from __future__ import annotations

from collections.abc import Mapping

from calmtray.session.timeline import Timeline
from calmtray.sound.player import Player
from calmtray.sound.request import Score
from calmtray.sound.score import Clip, SoundChoices, placements


class Performer:
    """Plays one session's timeline. Where there is nothing to hear, the player is not even asked.

    ``choices``: what to hear, or None for nothing at all.
    """

    def __init__(self, player: Player, choices: SoundChoices | None, clips: Mapping[str, Clip]) -> None:
        self.clips = clips
        self._player = player
        self._choices = choices
        self._live = False
        self._timeline: Timeline | None = None
        self._heard = False

    def prepare(self, timeline: Timeline) -> None:
        """This may be played soon: load what it needs, so that *Begin* need not wait for it."""
        score = self._score(timeline)
        if score:
            self._player.prepare(score)

    def play(self, timeline: Timeline, from_ms: float) -> None:
        """Play from here, now."""
        self._timeline = timeline
        score = self._score(timeline)
        self._heard = bool(score)
        if self._heard:
            self._player.play(score, from_ms)

    def change(self, timeline: Timeline, at_ms: float) -> None:
        """The timeline has another future; what was before ``at_ms`` is as it was."""
        del at_ms
        self._timeline = timeline
        if self._heard:
            self._player.change(self._score(timeline))

    def choose(self, choices: SoundChoices | None, at_ms: float) -> None:
        """Hear something else from now on; ``at_ms`` is where the session is."""
        if choices == self._choices:
            return
        self._choices = choices
        self._hear(at_ms)

    def give_way(self, at_ms: float) -> None:
        """From now on somebody else says the words without a clip; ``at_ms`` is where the session is."""
        self._live = True
        self._hear(at_ms)

    def _hear(self, at_ms: float) -> None:
        if self._heard and self._timeline is not None:
            self._player.change(self._score(self._timeline))
        elif self._timeline is not None:
            self.play(self._timeline, at_ms)

    def pause(self) -> None:
        """Be silent, until ``play``."""
        self._timeline = None
        self._player.pause()

    def end(self, finished: bool) -> None:
        """It is over: the last bell rings out, or everything leaves where somebody had enough."""
        self._timeline = None
        self._player.end(finished)

    def _score(self, timeline: Timeline) -> Score:
        return placements(timeline, self._choices, self.clips, self._live) if self._choices is not None else ()
