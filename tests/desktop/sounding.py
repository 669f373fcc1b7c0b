"""A made-up practice whose recordings are like no other sound: what is heard of it tells where in it one is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile

from calmtray.desktop.paths import bundled
from calmtray.practice.library import load
from calmtray.session.timeline import Choices, Timeline, build_timeline
from tests.desktop.calm import Calm
from tests.desktop.hearing import RATE, Found, Mono, NotHeard, Recording

FRAMES_PER_MS = RATE // 1_000
FADE_IN_MS = 1_000
"""A session comes up in so long."""

LIKE_MS = 600
"""As much of a sound is enough to know it by; a bell is alone for so long before somebody speaks."""

NEAR_MS = 150

HEAD = """\
format = 1
id = "{id}"
languages = ["en"]
category = "orientation"
needs = ["numb"]
posture = ["any"]
places = ["anywhere"]
discreet = "yes"
silent = true
eyes = "open"
inward = 0
title.en = "{title}"
summary.en = "Made up, to be listened to."
why = {{ grade = "D", text.en = "Why not." }}
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One step: its words if it has any, how long its recording is (ms; 0 for none), and its seconds or its breaths."""

    seconds: float = 0
    say: str = ""
    recorded_ms: int = 0
    breathe: str = ""

    @property
    def text(self) -> str:
        """The step as a practice file has it."""
        lines = ["", "[[steps]]"]
        lines.append(f"breathe = {self.breathe}" if self.breathe else f"seconds = {self.seconds:g}")
        if self.say:
            lines.append(f'say.en = "{self.say}"')
        return "\n".join([*lines, ""])


@dataclass(frozen=True, slots=True)
class Sounding:
    """A sound of the session: when it is due (ms), what it is called, and how it sounds."""

    at_ms: int
    name: str
    sound: Mono

    @property
    def begins(self) -> Mono:
        """Enough of it to know it by."""
        return self.sound[: LIKE_MS * FRAMES_PER_MS]


@dataclass(frozen=True, slots=True)
class Onset:
    """A sound that was heard, and from which frame of the recording on."""

    sounding: Sounding
    found: Found

    @property
    def late_ms(self) -> float:
        """Its place in the recording after its place in the session: the same for all, if all are on time."""
        return self.found.frame / FRAMES_PER_MS - self.sounding.at_ms


class MadeUp:
    """A practice of one's own in the user's folder, with its recordings beside it."""

    def __init__(self, id_: str, parts: Iterable[Part]) -> None:
        self.id = id_
        self.title = id_.replace("-", " ").capitalize()
        self.parts = tuple(parts)

    def write(self, folder: Path) -> None:
        """Put its files into the user's folder of practices."""
        folder.mkdir(parents=True, exist_ok=True)
        steps = "".join(part.text for part in self.parts)
        (folder / f"{self.id}.toml").write_text(HEAD.format(id=self.id, title=self.title) + steps)
        for number, part in enumerate(self.parts):
            if part.recorded_ms:
                soundfile.write(recording_path(folder, self.id, number), self.voice(number), RATE, subtype="PCM_16")

    def voice(self, number: int) -> Mono:
        """The recording of a step: rushing between 300 Hz and 5 kHz, of a chance of its own."""
        frames = self.parts[number].recorded_ms * FRAMES_PER_MS
        spectrum = np.fft.rfft(np.random.default_rng([number, frames]).standard_normal(frames))
        hz = np.fft.rfftfreq(frames, 1 / RATE)
        spectrum[(hz < 300) | (hz > 5_000)] = 0
        rushing = np.fft.irfft(spectrum, frames)
        return np.float32(0.1 / np.sqrt(np.mean(rushing**2))) * rushing.astype(np.float32)

    def timeline(self, folder: Path) -> Timeline:
        """The score, once its files are written."""
        practice = load(bundled("practices"), folder).practices[self.id]
        lengths = {part.say: part.recorded_ms for part in self.parts if part.recorded_ms}
        return build_timeline(practice, lengths, Choices("en"))

    def soundings(self, folder: Path) -> list[Sounding]:
        """Its voices and bells, where the score has them."""
        score = self.timeline(folder)
        bells = [sounding(cue.at_ms, f"{cue.bell} bell {cue.step}", bell(cue.bell)) for cue in score.bells]
        voices = [sounding(cue.at_ms, f"voice {cue.step}", self.voice(cue.step)) for cue in score.words]
        return bells + voices


def recording_path(folder: Path, id_: str, number: int) -> Path:
    """Where the user's own recording of a step lies."""
    return folder / f"{id_}.{number + 1}.en.wav"


def bell(name: str) -> Mono:
    """One of the bells that come with the app, in mono."""
    samples, rate = soundfile.read(bundled("assets") / f"sounds/bells/{name}.flac", dtype="float32", always_2d=True)
    assert rate == RATE
    mono: Mono = samples.mean(axis=1)
    return mono


def sounding(at_ms: int, name: str, sound: Mono) -> Sounding:
    """A sound as it is in the session: in its first second everything comes up."""
    frames = at_ms * FRAMES_PER_MS + np.arange(len(sound))
    return Sounding(at_ms, name, sound * np.minimum(frames / (FADE_IN_MS * FRAMES_PER_MS), 1).astype(np.float32))


def onsets(heard: Recording, due: Iterable[Sounding], frame_of: Callable[[int], int]) -> list[Onset]:
    """Where each sound begins. ``frame_of``: about which frame an instant of the session (ms) was heard at.

    Voices first: where a bell and a voice begin together, the bell is looked for in what the voice leaves.
    Raises NotHeard for the first one that is missing.
    """
    found = []
    rest = replace(heard, samples=heard.samples.copy())
    for one in sorted(due, key=lambda one: ("bell" in one.name, one.at_ms)):
        at = rest.find(one.begins, frame_of(one.at_ms), NEAR_MS * FRAMES_PER_MS)
        rest.take_out(one.sound, at.frame)
        found.append(Onset(one, at))
    return sorted(found, key=lambda onset: onset.sounding.at_ms)


def late_ms(heard: Recording, due: Iterable[Sounding], origin: float, settles_s: float = 0) -> list[float]:
    """By how much each sound that is heard from its beginning is later than a clock has it.

    ``origin``: the instant, in seconds, at which that clock begins the session. ``settles_s``: what begins earlier in
    the recording is left out.
    """
    found = []
    for one in due:
        near = (origin + one.at_ms / 1000 - heard.began) / heard.pace
        if settles_s * RATE <= near < len(heard.samples) - len(one.begins) - 9_600:
            try:
                at = heard.find(one.begins, round(near), 300 * FRAMES_PER_MS)
            except NotHeard:
                continue  # before the app had found the device again
            found.append(round(1000 * (heard.time_of(at.frame) - origin) - one.at_ms, 1))
    return found


def errors_ms(found: list[Onset]) -> dict[str, float]:
    """How far each sound is from its cue, after the one offset that all have in common."""
    offset = float(np.median([onset.late_ms for onset in found]))
    return {onset.sounding.name: round(onset.late_ms - offset, 2) for onset in found}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the app said of itself: the playhead and the pacer's level, at an instant in seconds."""

    time: float
    position_ms: float
    level: float


def reading(calm: Calm) -> list[Reading]:
    """Ask it now; nothing where nothing plays, or all has been played."""
    session = calm.session()
    if session.get("status") != "playing" or session["exact_ms"] >= session["length_ms"]:
        return []
    return [Reading(session["clock_ms"] / 1_000, session["exact_ms"], session["level"])]


def pose_errors_ms(heard: Recording, found: list[Onset], readings: Iterable[Reading]) -> list[float]:
    """How far what was drawn is ahead of what was heard at the same instants, in ms of the session.

    What was heard is counted from the sound that began last before.
    """
    errors = []
    for one in readings:
        frame = (one.time - heard.began) / heard.pace
        last = max((onset for onset in found if onset.found.frame <= frame), key=lambda o: o.found.frame, default=None)
        if last is not None:
            heard_ms = last.sounding.at_ms + (frame - last.found.frame) / FRAMES_PER_MS
            errors.append(round(one.position_ms - heard_ms, 2))
    return errors
