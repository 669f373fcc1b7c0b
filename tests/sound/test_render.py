"""A session -> a file: everything is at its cue to the frame, and a run cut off leaves nothing behind."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from calmtray.desktop.paths import bundled
from calmtray.practice.library import load
from calmtray.session.timeline import Choices, build_timeline
from calmtray.sound import clips
from calmtray.sound.mixer import FADE_IN_FRAMES, Mixer
from calmtray.sound.render import render
from calmtray.sound.score import BreathSet, ClipSound, Placement, SoundChoices, placements
from calmtray.sound.voices import Voices
from tests.sound.speakers import Speaker

FRAMES = 48


class Ramp:
    """A mixer whose sample tells its frame, and which notes the windows it is asked for."""

    def __init__(self) -> None:
        self.windows: list[tuple[int, int]] = []

    def window(self, placed, start, stop):
        self.windows.append((start, stop))
        value = (np.arange(start, stop) % 30_000).astype(np.float32) / 32_768
        return np.column_stack([value, -value])


class Noise(Ramp):
    """A mixer whose sound can hardly be packed."""

    def window(self, placed, start, stop):
        return np.random.default_rng(start).uniform(-0.5, 0.5, (stop - start, 2)).astype(np.float32)


class Failing(Ramp):
    """A mixer that breaks off in the second window."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error = error

    def window(self, placed, start, stop):
        if start:
            raise self._error
        return super().window(placed, start, stop)


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".WAV"])
def test_every_frame_is_written_in_its_place(tmp_path, suffix):
    mixer = Ramp()
    out = tmp_path / f"out{suffix}"
    render((), 2_500, mixer, out)
    assert mixer.windows == [(0, 48_000), (48_000, 96_000), (96_000, 120_000)]
    info = soundfile.info(out)
    assert (info.samplerate, info.channels, info.subtype, info.frames) == (48_000, 2, "PCM_16", 120_000)
    written, _ = soundfile.read(out, dtype="int16")
    expected = np.arange(120_000) % 30_000
    assert np.abs(written[:, 0] - expected).max() <= 1
    assert np.abs(written[:, 1] + expected).max() <= 1


def test_ogg_holds_as_many_frames_and_sounds_the_same(tmp_path):
    class Hum(Ramp):
        def window(self, placed, start, stop):
            wave = 0.3 * np.sin(2 * np.pi * 220 * np.arange(start, stop) / 48_000)
            return np.column_stack([wave, wave]).astype(np.float32)

    render((), 3_000, Hum(), tmp_path / "a.wav")
    render((), 3_000, Hum(), tmp_path / "a.ogg")
    assert soundfile.info(tmp_path / "a.ogg").subtype == "VORBIS"
    plain, packed = (soundfile.read(tmp_path / name)[0] for name in ("a.wav", "a.ogg"))
    assert plain.shape == packed.shape
    assert np.abs(plain - packed)[4_800:-4_800].max() < 0.05


def test_a_sound_that_outlasts_the_session_is_heard_to_its_end(tmp_path):
    late = Placement(900, 2_000, ClipSound("x"))
    render((late,), 1_000, Ramp(), tmp_path / "a.wav")
    assert soundfile.info(tmp_path / "a.wav").frames == 2_000 * FRAMES


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_others_may_read_it_as_they_may_read_any_new_file(tmp_path):
    (tmp_path / "other").touch()
    render((), 1_000, Ramp(), tmp_path / "a.wav")
    assert stat.S_IMODE((tmp_path / "a.wav").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


# --- cut off ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("a bug"), soundfile.LibsndfileError(2)])
def test_a_run_cut_off_leaves_nothing_behind_and_what_was_there_untouched(tmp_path, error):
    out = tmp_path / "out.wav"
    out.write_text("before")
    expected = OSError if isinstance(error, soundfile.SoundFileError) else type(error)
    with pytest.raises(expected):
        render((), 3_000, Failing(error), out)
    assert [path.name for path in tmp_path.iterdir()] == ["out.wav"]
    assert out.read_text() == "before"


FULL_DISK = """
import resource, sys
from pathlib import Path
from tests.sound.test_render import Noise
from calmtray.sound.render import render
room = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    render((), 3_000, Noise(), Path(sys.argv[1]))
except OSError as error:
    print("told", error.strerror)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no such limit")
@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg"])
@pytest.mark.parametrize("missing", [1, 5_000, 0.5])
def test_a_disk_without_room_is_told(tmp_path, suffix, missing):
    whole = tmp_path / f"whole.{suffix}"
    render((), 3_000, Noise(), whole)
    size = whole.stat().st_size
    whole.unlink()
    room = size - (missing if missing >= 1 else round(missing * size))
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / f"out.{suffix}"), str(room)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])},
        cwd=bundled("practices").parent,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.stdout, done.stderr) == ("told File too large\n", "")
    assert list(tmp_path.iterdir()) == []


# --- the real mixer ---------------------------------------------------------------------------------------


def found_at(mix, sound, expected):
    """The frame at which the sound fits best, looked for 50 ms to either side."""
    reach = 50 * FRAMES
    start = max(0, expected - reach)
    around = mix[start : expected + reach + len(sound)]
    size = len(around) + len(sound)
    fits = np.fft.irfft(np.fft.rfft(around, size) * np.conj(np.fft.rfft(sound, size)), size)
    return start + int(np.argmax(fits[: expected + reach + 1 - start]))


def read_onsets(mix, timeline, narration):
    """(cue, found) in frames, for every clip and every bell.

    A voice is louder than the bell below it, whose few long tones would then seem to begin a frame or two aside: once
    found, it is taken out.
    """
    rising = np.minimum(np.arange(len(mix)) / FADE_IN_FRAMES, 1)
    bells = bundled("assets") / "sounds" / "bells"
    paths = [(cue.at_ms, Path(narration.clips[cue.text].path)) for cue in timeline.words]
    paths += [(cue.at_ms, bells / f"{cue.bell.value}.flac") for cue in timeline.bells]
    left = mix.astype(np.float64)
    found = []
    for at_ms, path in paths:
        at = at_ms * FRAMES
        sound = clips.read(path).mean(axis=1)[: len(mix) - at]
        sound *= rising[at : at + len(sound)]
        found.append((at, found_at(left, sound, at)))
        here = left[at : at + len(sound)]
        here -= sound * (here @ sound) / (sound @ sound)
    return found


@pytest.mark.parametrize(
    ("id_", "lang", "breath"),
    [
        ("look-around-the-room", "en", BreathSet.OFF),
        ("five-five", "fr", BreathSet.OFF),
        ("five-five", "en", BreathSet.SWELL),
    ],
)
def test_every_voice_and_every_bell_is_found_at_its_cue_to_the_frame(tmp_path, id_, lang, breath):
    practice = load(bundled("practices"), tmp_path / "own").practices[id_]
    narration = Voices(bundled("assets") / "voices", tmp_path / "cache", Speaker).make(practice, lang, None, None)
    timeline = build_timeline(practice, narration.lengths, Choices(lang))
    placed = placements(timeline, SoundChoices(breath_sound=breath), narration.clips)
    mixer = Mixer(bundled("assets") / "sounds")
    render(placed, timeline.length_ms, mixer, tmp_path / "out.wav")
    mixer.close()
    mix = soundfile.read(tmp_path / "out.wav", dtype="float32")[0].mean(axis=1)
    onsets = read_onsets(mix, timeline, narration)
    assert len(onsets) == len(timeline.words) + len(timeline.bells) >= 5
    assert [(at, found) for at, found in onsets if found != at] == []
    assert np.abs(mix).max() < 10 ** (-1 / 20)
