"""A taste of how a session sounds, for whoever chooses that in Settings: a bell, a sentence, one breath."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from calmtray.desktop import clock
from calmtray.practice.model import Pattern, Practice, Step
from calmtray.session.timeline import Choices, build_timeline
from calmtray.settings.model import Settings
from calmtray.sound.chosen import sound_choices
from calmtray.sound.performer import Performer
from calmtray.sound.player import Player
from calmtray.sound.playhead import Playhead
from calmtray.sound.score import RING_MS
from calmtray.sound.voices import Voices
from calmtray.words.language import language

SENTENCE_MS = 6_100
FADE_S = 0.7
"""How long the end of the app waits for the sound to fade."""


def sample_of(practice: Practice, pattern: Pattern) -> Practice:
    """The first sentence of ``practice``, and one breath."""
    sentence = Step(SENTENCE_MS, practice.steps[0].say)
    return replace(practice, steps=(sentence, Step(pattern.length_ms, {}, pattern, 1)))


class SoundSample(QObject):
    """Plays ``sample``, and follows the settings meanwhile. ``sounds``: the folder with bells, breaths and beds."""

    playing_changed = Signal(bool)

    def __init__(self, sounds: Path, voices: Voices, sample: Practice) -> None:
        super().__init__()
        self._sounds = sounds
        self._voices = voices
        self._sample = sample
        self._settings = Settings()
        self._player: Player | None = None
        self._performer: Performer | None = None
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(lambda: self._end(finished=True))

    @property
    def playing(self) -> bool:
        """Whether it is heard just now."""
        return self._performer is not None

    def start(self, settings: Settings) -> None:
        """Play from the beginning."""
        self._end(finished=False)
        lang = language()
        known = self._voices.known(self._sample, lang, settings.voice(lang), None)
        timeline = build_timeline(self._sample, known.lengths, Choices(lang))
        playhead = Playhead(clock.monotonic_ms)
        # Where nothing can be heard, the button goes back all the same.
        self._player = Player(self._sounds, playhead, clock.monotonic_ms, lambda _audible: None)
        self._performer = Performer(self._player, sound_choices(settings), known.clips)
        self._performer.play(timeline, 0)
        self._settings = settings
        self._over.start(timeline.length_ms + RING_MS)
        self.playing_changed.emit(True)

    def choose(self, settings: Settings) -> None:
        """Follow other settings at once; another voice begins again."""
        if self._performer is None:
            return
        lang = language()
        if settings.voice(lang) != self._settings.voice(lang):
            self.start(settings)
        else:
            self._settings = settings
            self._performer.choose(sound_choices(settings), 0)

    def stop(self) -> None:
        """Enough was heard."""
        self._end(finished=False)

    def close(self) -> None:
        """What is heard fades."""
        self._end(finished=False)
        if self._player is not None:
            self._player.join(FADE_S)

    def _end(self, *, finished: bool) -> None:
        self._over.stop()
        if self._performer is not None:
            self._performer.end(finished)
            self._performer = None
            self.playing_changed.emit(False)
