"""Timeline -> placements: what to hear, where it starts, how loud. The ear's reading of the score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from calmtray.practice.model import Phase
from calmtray.session.breath import level_between
from calmtray.session.timeline import Bell, BreathCue, Timeline, live_words, said_in

LEVEL_EVERY_MS = 10
"""How often the eased level is sampled for the breath's sound; between the samples it is a straight line."""

RING_MS = 4_000
"""How long a bell may ring; its cue says how long it is waited for."""

BED_FADE_MS = 3_000
"""How slowly an ambience leaves at the end of a session."""

SONG_RISE_MS, SONG_FADE_MS = 2_000, 3_000
"""How slowly the user's own song comes, and leaves at the end of its step."""

SONG_GAIN = 10 ** (-6 / 20)
"""Songs are mastered louder than a voice speaks."""

_SOUNDING = {Phase.IN: True, Phase.TOP_UP: True, Phase.OUT: False}
"""The phases that are heard, and whether air moves in; holds and rests are silent."""


class BreathSet(StrEnum):
    """What a breath sounds like."""

    OFF = "off"
    SWELL = "swell"
    TONE = "tone"


class BreathShape(StrEnum):
    """How the sound follows the breath: as drawn, upside down, or in its loudness alone."""

    FOLLOW = "follow"
    REVERSE = "reverse"
    LOUDNESS = "loudness"


class Ambience(StrEnum):
    """The quiet bed under a session."""

    OFF = "off"
    ROOM = "room"
    RAIN = "rain"
    WIND = "wind"
    DRONE = "drone"


@dataclass(frozen=True, slots=True)
class ClipSound:
    """A recorded clip; ``path`` is its file, at 48 kHz."""

    path: str


@dataclass(frozen=True, slots=True)
class BellSound:
    """A bell."""

    bell: Bell


@dataclass(frozen=True, slots=True)
class BreathSound:
    """One phase of a breath, in one piece even where *easier* changed its pace.

    ``levels``: the eased level 0..1 that the pacer draws, every ``LEVEL_EVERY_MS`` from the beginning to the end,
    which is included. ``inward``: whether air moves in.
    """

    kind: BreathSet
    shape: BreathShape
    inward: bool
    levels: tuple[float, ...]
    ms: int


@dataclass(frozen=True, slots=True)
class BedSound:
    """An ambience, as a loop."""

    ambience: Ambience


@dataclass(frozen=True, slots=True)
class SongSound:
    """A song of the user's own, from its beginning; ``path`` is its file, at any rate."""

    path: str


Sound: TypeAlias = ClipSound | BellSound | BreathSound | BedSound | SongSound


@dataclass(frozen=True, slots=True)
class Placement:
    """A sound from ``at_ms`` until ``until_ms`` of the session, times ``gain``.

    ``under``: spans (ms) of the voice that it gives way to. ``fade_in_ms``, ``fade_out_ms``: how long it takes to come
    and to leave.
    """

    at_ms: int
    until_ms: int
    sound: Sound
    gain: float = 1.0
    fade_out_ms: int = 0
    under: tuple[tuple[int, int], ...] = ()
    fade_in_ms: int = 0


@dataclass(frozen=True, slots=True)
class Clip:
    """The recording of one text: its file, and its length in ms."""

    path: str
    ms: int


@dataclass(frozen=True, slots=True)
class Song:
    """The file that the user chose, and the step (its index) during which it is played."""

    path: str
    step: int


@dataclass(frozen=True, slots=True)
class SoundChoices:
    """What the user chose to hear. Volumes are in percent, 0..100; ``volume`` is the one for all."""

    breath_sound: BreathSet = BreathSet.SWELL
    breath_shape: BreathShape = BreathShape.FOLLOW
    ambience: Ambience = Ambience.OFF
    volume: int = 100
    voice_volume: int = 100
    breath_volume: int = 100
    bells_volume: int = 100
    ambience_volume: int = 60
    song: Song | None = None


def placements(
    timeline: Timeline, choices: SoundChoices, clips: Mapping[str, Clip], live: bool = False
) -> tuple[Placement, ...]:
    """Everything that is heard in a session, by time.

    ``clips``: the recordings by text, or by ``said_in`` for one step alone; words without one stay on the screen.
    ``live``: somebody else says these meanwhile, and bed and song give way to them too. What would be silent is left
    out.
    """
    voice, breath, bells, bed = (
        gain(choices.volume) * gain(percent)
        for percent in (choices.voice_volume, choices.breath_volume, choices.bells_volume, choices.ambience_volume)
    )
    placed: list[Placement] = []
    said = [(cue, clips.get(said_in(cue.step, cue.text)) or clips.get(cue.text)) for cue in timeline.words]
    heard = [(cue.at_ms, clip) for cue, clip in said if clip is not None]
    spoken = tuple((at_ms, at_ms + clip.ms) for at_ms, clip in heard)
    under = (*spoken, *((cue.at_ms, cue.until_ms) for cue in live_words(timeline, clips) if live)) if voice else ()
    if bed and choices.ambience is not Ambience.OFF:
        sound = BedSound(choices.ambience)
        placed.append(Placement(0, timeline.length_ms, sound, bed, min(BED_FADE_MS, timeline.length_ms), under))
    if choices.song is not None and choices.volume and choices.song.step < len(timeline.starts_ms):
        song = _song(timeline, choices.song, gain(choices.volume) * SONG_GAIN, under)
        # The short form may leave its step out.
        placed += [song] if song.until_ms > song.at_ms else []
    if breath and choices.breath_sound is not BreathSet.OFF:
        placed += [
            Placement(parts[0].at_ms, parts[-1].until_ms, _breath(parts, choices), breath)
            for parts in _phases(timeline)
            if parts[0].phase in _SOUNDING
        ]
    if bells:
        placed += [Placement(cue.at_ms, cue.at_ms + RING_MS, BellSound(cue.bell), bells) for cue in timeline.bells]
    if voice:
        placed += [
            Placement(at_ms, until_ms, ClipSound(clip.path), voice)
            for (_, clip), (at_ms, until_ms) in zip(heard, spoken, strict=True)
        ]
    return tuple(sorted(placed, key=lambda placement: placement.at_ms))


def gain(percent: int) -> float:
    """A volume in percent as a factor. Squared: half way sounds half as loud (-12 dB), as people expect of a slider."""
    return (percent / 100) ** 2


def _song(timeline: Timeline, song: Song, loud: float, under: tuple[tuple[int, int], ...]) -> Placement:
    """The song, from the beginning of its step until its end, however long the song is."""
    at_ms, until_ms = (*timeline.starts_ms, timeline.length_ms)[song.step : song.step + 2]
    rise, fade = (min(ms, (until_ms - at_ms) // 2) for ms in (SONG_RISE_MS, SONG_FADE_MS))
    return Placement(at_ms, until_ms, SongSound(song.path), loud, fade, under, rise)


def _phases(timeline: Timeline) -> Iterator[Sequence[BreathCue]]:
    """The cues of each phase: several where *easier* changed its pace on the way."""
    parts: list[BreathCue] = []
    for cue in timeline.breath:
        if parts and not cue.part[0]:
            yield parts
            parts = []
        parts.append(cue)
    if parts:
        yield parts


def _breath(parts: Sequence[BreathCue], choices: SoundChoices) -> BreathSound:
    cue = parts[0]
    levels = _levels(cue.from_level, cue.to_level, tuple((*part.part, part.until_ms - part.at_ms) for part in parts))
    ms = parts[-1].until_ms - cue.at_ms
    return BreathSound(choices.breath_sound, choices.breath_shape, _SOUNDING[cue.phase], levels, ms)


@lru_cache(maxsize=64)
def _levels(from_level: float, to_level: float, parts: tuple[tuple[float, float, int], ...]) -> tuple[float, ...]:
    """The eased level over a phase, of parts (from this share to that, ms); the few of a session come again."""
    shares: list[float] = []
    begins = 0
    for start, end, ms in parts:
        shares += [start + (end - start) * at / ms for at in range(-begins % LEVEL_EVERY_MS, ms, LEVEL_EVERY_MS)]
        begins += ms
    return tuple(level_between(from_level, to_level, share) for share in (*shares, parts[-1][1]))
