"""Every bundled practice as a sound file in every voice: is each sound at its cue, and as loud as it should be?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.loudness import lufs
from benchmarks.table import Row
from calmtray.desktop.paths import bundled, user_paths
from calmtray.practice.library import load
from calmtray.practice.model import LANGUAGES, Practice
from calmtray.session.timeline import Choices, Timeline, build_timeline
from calmtray.settings.file import SettingsFile
from calmtray.settings.model import Settings
from calmtray.sound import clips
from calmtray.sound.voices import Voice, bundled_voices
from tests.desktop.hearing import RATE, Recording
from tests.desktop.sounding import FRAMES_PER_MS, bell, onsets, sounding

VOICE_LUFS = -20.0
SAMPLE = 6


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file: how far each sound is from its cue (frames), how loud the voice is (LUFS), and the peak (dBFS)."""

    name: str
    off_frames: list[int]
    voice_lufs: float
    peak_db: float


def rendered_rows(quick: bool) -> list[Row]:
    """Render and measure all of them; ``quick``: every sixth practice."""
    files = list(measured(SAMPLE if quick else 1))
    worst = max(files, key=lambda file: abs(file.voice_lufs - VOICE_LUFS))
    onsets_in_all = [abs(off) for file in files for off in file.off_frames]
    furthest = abs(worst.voice_lufs - VOICE_LUFS)
    return [
        Row(f"{len(files)} rendered: furthest of {len(onsets_in_all)} onsets", max(onsets_in_all), None, 1, "frames"),
        Row(f"   voice off {VOICE_LUFS:g} LUFS ({worst.name})", furthest, None, 1.5, "LU"),
        Row("   highest peak", max(file.peak_db for file in files), None, -1.0, "dBFS"),
    ]  # fmt: skip


def measured(every: int) -> Iterator[Rendered]:
    """Practices in each voice of each language; ``every``: how manieth."""
    practices = list(load(bundled("practices"), Path("/nonexistent")).practices.values())[::every]
    voices = bundled_voices(bundled("assets") / "voices")
    with tempfile.TemporaryDirectory() as folder:
        show_holds(Path(folder, "home"))
        for lang in LANGUAGES:
            if all(voice.lang != lang for voice in voices):
                sys.exit(f"bench: there is no recorded voice for {lang}")
        for voice in voices:
            for practice in practices:
                out = Path(folder, f"{practice.id}.wav")
                render(practice, voice, out, Path(folder, "home"))
                yield measure(practice, voice, out)
                out.unlink()


def show_holds(home: Path) -> None:
    """Let this user see the practices with breath holds too."""
    path = user_paths(home).settings
    path.parent.mkdir(parents=True)
    SettingsFile(path).save(Settings(breath_holds=True))


def render(practice: Practice, voice: Voice, out: Path, home: Path) -> None:
    """By the command line, as people do."""
    done = subprocess.run(
        [
            sys.executable, "-m", "calmtray", "--home", str(home), "render", practice.id,
            "--lang", voice.lang, "--voice", voice.id, "--out", str(out),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"bench: calmtray render {practice.id} --voice {voice.id} failed: {done.stderr}")


def measure(practice: Practice, voice: Voice, out: Path) -> Rendered:
    """What is in the file."""
    samples, rate = soundfile.read(out, dtype="float32", always_2d=True)
    if rate != RATE:
        sys.exit(f"bench: {out.name} has {rate} frames a second")
    lengths = {text: clip.ms for text, clip in voice.clips.items()}
    timeline = build_timeline(practice, lengths, Choices(voice.lang))
    due = [sounding(cue.at_ms, f"{cue.bell} bell", bell(cue.bell)) for cue in timeline.bells]
    for cue in timeline.words:
        voiced = clips.read(Path(voice.clips[cue.text].path)).astype(np.float32).mean(axis=1) / clips.FULL_SCALE
        due.append(sounding(cue.at_ms, "voice", voiced))
    found = onsets(Recording(samples.mean(axis=1), 0.0), due, lambda ms: ms * FRAMES_PER_MS)
    return Rendered(
        f"{practice.id}, {voice.id}",
        [one.found.frame - one.sounding.at_ms * FRAMES_PER_MS for one in found],
        lufs(np.concatenate([samples[start:stop] for start, stop in spoken(timeline)])),
        20 * float(np.log10(np.abs(samples).max())),
    )


def spoken(timeline: Timeline) -> Iterator[tuple[int, int]]:
    """Where somebody speaks, in frames."""
    for cue in timeline.words:
        yield cue.at_ms * FRAMES_PER_MS, cue.until_ms * FRAMES_PER_MS
