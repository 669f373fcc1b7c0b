"""What the user chose to hear: of the settings, and of a song of their own."""

from __future__ import annotations

from dataclasses import replace

from calmtray.practice.model import Practice, Prop
from calmtray.settings.model import Settings
from calmtray.sound.score import Ambience, BreathSet, BreathShape, Song, SoundChoices


def chosen(settings: Settings) -> SoundChoices:
    """The sounds and volumes of these settings, *discreet* or not."""
    return SoundChoices(
        BreathSet(settings.breath_sound),
        BreathShape(settings.breath_shape),
        Ambience(settings.ambience),
        settings.volume,
        settings.voice_volume,
        settings.breath_volume,
        settings.bells_volume,
        settings.ambience_volume,
    )


def sound_choices(settings: Settings) -> SoundChoices | None:
    """What these settings let be heard; None where that is nothing at all."""
    return None if settings.discreet else chosen(settings)


def with_own_song(choices: SoundChoices, practice: Practice, song: str) -> SoundChoices:
    """With the user's song (the path of its file, or nothing), in the step of a practice that asks for one."""
    steps = [number for number, step in enumerate(practice.steps) if step.prop is Prop.OWN_SONG]
    return replace(choices, song=Song(song, steps[0])) if song and steps else choices
