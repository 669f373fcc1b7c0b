"""One clip: what is read, what is made of it, what is written."""

from __future__ import annotations

import os
import subprocess
import sys
import wave

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from calmtray.sound import clips
from calmtray.sound.clips import ClipError, Flaw
from calmtray.sound.rate import RATE


def tone(ms, hz=440.0, peak=0.5, rate=RATE):
    """A sine from its beginning, float64, one channel."""
    return peak * np.sin(2 * np.pi * hz * np.arange(ms * rate // 1000) / rate)[:, None]


def whole(sound):
    return np.rint(sound * 32_767).astype(np.int16)


def rms_db(sound):
    return 10 * np.log10(1e-12 + ((sound.astype(np.float64) / 32_768) ** 2).mean())


# --- reading ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
@pytest.mark.parametrize("channels", [1, 2])
def test_sound_at_48_khz_is_read_as_it_is(suffix, channels, tmp_path):
    sound = np.random.default_rng(1).integers(-32_768, 32_768, (RATE * 5 // 2 + 7, channels)).astype(np.int16)
    path = tmp_path / f"clip{suffix}"
    soundfile.write(path, sound, RATE)
    found = clips.read(path)
    assert found.dtype == np.int16
    assert np.array_equal(found, sound)


def test_of_more_than_two_channels_the_first_two_are_read(tmp_path):
    sound = np.random.default_rng(1).integers(-9000, 9000, (1000, 6)).astype(np.int16)
    soundfile.write(tmp_path / "six.wav", sound, RATE)
    assert np.array_equal(clips.read(tmp_path / "six.wav"), sound[:, :2])


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".mp3"])
def test_compressed_sound_is_read_at_its_place_and_level(suffix, tmp_path):
    sound = whole(np.concatenate([np.zeros((4800, 1)), tone(500, 1000), np.zeros((4800, 1))]))
    path = tmp_path / f"clip{suffix}"
    soundfile.write(path, sound, RATE, **({"format": "OGG", "subtype": "OPUS"} if suffix == ".opus" else {}))
    found = clips.read(path)
    assert found.shape == sound.shape
    assert rms_db(found[5800:27800]) == pytest.approx(rms_db(sound[5800:27800]), abs=0.5)
    assert rms_db(found[:3800]) < -50


def test_a_wav_of_floats_is_scaled_and_what_is_no_number_is_silence(tmp_path):
    sound = np.array([0.0, 0.5, -0.5, 1.5, -1.5, np.nan, np.inf], dtype=np.float32)
    soundfile.write(tmp_path / "floats.wav", sound, RATE, subtype="FLOAT")
    assert clips.read(tmp_path / "floats.wav").ravel().tolist() == [0, 16384, -16384, 32767, -32768, 0, 0]


@pytest.mark.parametrize("rate", [8000, 11_025, 16_000, 22_050, 24_000, 44_100, 96_000])
def test_another_rate_becomes_48_khz_without_anything_added(rate, tmp_path):
    """Away from the ends, where the tone itself breaks off, it is the same tone to within two steps of 16 bit."""
    soundfile.write(tmp_path / "tone.wav", whole(tone(1000, rate=rate)), rate)
    found = clips.read(tmp_path / "tone.wav")
    assert len(found) == RATE
    middle = slice(RATE // 4, RATE * 3 // 4)
    assert np.abs(found[middle].astype(int) - whole(tone(1000))[middle]).max() <= 12


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 48_001, 96_000])
def test_where_a_file_is_cut_into_blocks_makes_no_difference(rate, tmp_path, monkeypatch):
    """Not even to noise, which fills every frequency, to within the rounding of 16 bit."""
    noise = np.random.default_rng(1).normal(0, 0.1, (rate * 21 // 2 + 7, 2))
    soundfile.write(tmp_path / "noise.wav", noise, rate, subtype="DOUBLE")
    found = clips.read(tmp_path / "noise.wav").astype(int)
    monkeypatch.setattr(clips, "BLOCK_S", 20)
    assert np.abs(found - clips.read(tmp_path / "noise.wav")).max() <= 1


@pytest.mark.parametrize("rate", [24_000, 48_000])
def test_two_channels_become_one(rate, tmp_path):
    left, right = tone(500, 300, rate=rate), tone(500, 700, rate=rate)
    soundfile.write(tmp_path / "two.wav", np.hstack([left, right]), rate, subtype="FLOAT")
    soundfile.write(tmp_path / "one.wav", (left + right) / 2, rate, subtype="FLOAT")
    found = clips.read(tmp_path / "two.wav", mono=True)
    assert found.shape[1] == 1
    assert np.abs(found.astype(int) - clips.read(tmp_path / "one.wav")).max() <= 1


MEASURE = """
import resource, sys
from pathlib import Path
import numpy as np
from calmtray.sound import clips
clips.segment(np.zeros((48, 1), np.int16))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
clips.recording(Path(sys.argv[1]))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measured in kB there alone")
def test_five_minutes_in_stereo_take_little_memory(tmp_path):
    path = tmp_path / "long.wav"
    second = whole(np.hstack([tone(1000, 220, 0.2, rate=96_000)] * 2))
    with soundfile.SoundFile(path, "w", 96_000, 2) as file:
        for _ in range(295):
            file.write(second)
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 150


def test_what_48_khz_cannot_hold_is_left_out(tmp_path):
    soundfile.write(tmp_path / "high.wav", whole(tone(1000, 30_000, rate=96_000)), 96_000)
    assert rms_db(clips.read(tmp_path / "high.wav")[4800:-4800]) < -80


@given(frames=st.integers(1, 30_000), rate=st.sampled_from([8000, 22_050, 44_100, 48_000, 96_000]))
def test_the_length_from_the_header_holds_what_is_read(frames, rate, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "length.wav"
    soundfile.write(path, np.zeros(frames, dtype=np.int16), rate)
    assert clips.length_ms(path) == -(-len(clips.read(path)) // 48)


def test_a_file_that_is_no_clip_says_why(tmp_path):
    def flaw(path):
        reasons = []
        for ask in (clips.read, clips.length_ms):
            with pytest.raises(ClipError) as caught:
                ask(path)
            assert caught.value.path == path
            reasons.append(caught.value.reason)
        assert reasons[0] is reasons[1]
        return reasons[0]

    text, nothing, silent, long = (tmp_path / name for name in ("text.wav", "nothing.wav", "silent.wav", "long.wav"))
    text.write_text("words")
    nothing.touch()
    soundfile.write(silent, np.zeros((0, 1), dtype=np.int16), RATE)
    soundfile.write(long, np.zeros(8000 * 300 + 1, dtype=np.int16), 8000, subtype="PCM_U8")
    assert flaw(tmp_path / "none.wav") is Flaw.MISSING
    assert flaw(tmp_path) is Flaw.MISSING
    assert flaw(text) is Flaw.NOT_AUDIO
    assert flaw(nothing) is Flaw.EMPTY
    assert flaw(silent) is Flaw.EMPTY
    assert flaw(long) is Flaw.TOO_LONG


def test_five_minutes_are_not_too_long(tmp_path):
    soundfile.write(tmp_path / "long.wav", np.zeros(8000 * 300, dtype=np.int16), 8000, subtype="PCM_U8")
    assert clips.length_ms(tmp_path / "long.wav") == 300_000


# --- working on it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("channels", [1, 2])
def test_a_segment_holds_the_samples_it_was_made_of(channels):
    sound = np.random.default_rng(1).integers(-32_768, 32_768, (4801, channels)).astype(np.int16)
    found = clips.samples(clips.segment(sound))
    assert np.array_equal(found, sound)
    assert found.flags.writeable


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [(500, 500, (60, 120)), (60, 120, (60, 120)), (10, 20, (10, 20)), (0, 0, (0, 0)), (61, 0, (60, 0))],
)
def test_trim_leaves_a_little_quiet_at_both_ends(before, after, kept):
    quiet = np.random.default_rng(1).normal(0, 10, (2000 * 48, 1))
    sound = np.concatenate([quiet[: before * 48], whole(tone(300, 200)), quiet[: after * 48]]).astype(np.int16)
    trimmed = clips.samples(clips.trim(clips.segment(sound)))
    start = (before - kept[0]) * 48
    assert np.array_equal(trimmed, sound[start : start + (kept[0] + 300 + kept[1]) * 48])


def test_trim_keeps_a_soft_sound_before_a_loud_one():
    """The f of "first" is some 40 dB softer than its vowel."""
    soft = np.random.default_rng(1).normal(0, 60, (100 * 48, 1)).astype(np.int16)
    sound = np.concatenate([np.zeros((300 * 48, 1), np.int16), soft, whole(tone(300, 200))])
    assert len(clips.samples(clips.trim(clips.segment(sound), before_ms=0, after_ms=0))) == 400 * 48


def test_trim_leaves_silence_as_it_is():
    silence = np.zeros((480, 1), dtype=np.int16)
    assert len(clips.samples(clips.trim(clips.segment(silence)))) == 480


def test_a_fade_rises_and_sinks_without_a_step():
    faded = clips.samples(clips.fade(clips.segment(np.full((48 * 300, 2), 30_000, dtype=np.int16))))
    assert (faded[0] == 0).all()
    assert np.abs(faded[-1]).max() <= 1
    assert (faded[20 * 48 : -80 * 48] == 30_000).all()
    assert np.abs(np.diff(faded.astype(int), axis=0)).max() <= 30_000 * np.pi / 2 / (20 * 48) + 1


@given(ms=st.integers(0, 120))
def test_a_clip_shorter_than_its_fades_keeps_its_length(ms):
    faded = clips.samples(clips.fade(clips.segment(np.full((ms * 48, 1), 20_000, dtype=np.int16))))
    assert faded.shape == (ms * 48, 1)


@pytest.mark.parametrize("before", [-45.0, -30.0, -21.0])
def test_level_gives_speech_its_rms_whatever_the_pauses(before):
    burst = np.random.default_rng(1).normal(0, 10 ** (before / 20) * 32_768, (RATE, 1)).clip(-32_768, 32_767)
    sound = np.concatenate([burst, np.zeros((3 * RATE, 1)), burst]).astype(np.int16)
    levelled = clips.samples(clips.level(clips.segment(sound), -26))
    # The blocks that reach into the pause count too, as they do in BS.1770.
    assert rms_db(levelled[: RATE * 9 // 10]) == pytest.approx(-26, abs=0.8)


def test_level_drives_no_peak_into_the_ceiling():
    sound = whole(tone(1000, peak=0.01))
    sound[RATE // 2] = 16_000
    levelled = clips.samples(clips.level(clips.segment(sound), -20))
    assert np.abs(levelled.astype(int)).max() <= 32_768 * 10 ** (-3 / 20) + 1


def test_level_raises_nothing_by_more_than_20_db():
    soft = np.random.default_rng(1).normal(0, 10 ** (-60 / 20) * 32_768, (RATE, 1)).astype(np.int16)
    levelled = clips.samples(clips.level(clips.segment(soft), -20))
    assert rms_db(levelled) == pytest.approx(rms_db(soft) + 20, abs=0.1)


@pytest.mark.parametrize("frames", [0, 480, RATE])
def test_level_leaves_silence_as_it_is(frames):
    assert not clips.samples(clips.level(clips.segment(np.zeros((frames, 1), dtype=np.int16)), -20)).any()


@given(pauses=st.lists(st.integers(0, 3000), min_size=1, max_size=4))
def test_joined_clips_stand_at_their_place_to_the_sample(pauses):
    clip = np.full((1001, 1), 1000, dtype=np.int16)
    joined = clips.samples(clips.join([clips.segment(clip)] * (len(pauses) + 1), pauses))
    expected = [clip]
    for pause in pauses:
        expected += [np.zeros((pause * 48, 1), dtype=np.int16), clip]
    assert np.array_equal(joined, np.concatenate(expected))


def test_a_clip_alone_is_joined_to_nothing():
    clip = np.full((1001, 1), 1000, dtype=np.int16)
    assert np.array_equal(clips.samples(clips.join([clips.segment(clip)], [])), clip)


# --- writing ----------------------------------------------------------------------------------------------


def test_a_wav_is_written_in_mono_at_48_khz(tmp_path):
    left, right = whole(tone(100)), whole(tone(100, 700))
    clips.write_wav(clips.segment(np.hstack([left, right])), tmp_path / "clip.wav")
    with wave.open(str(tmp_path / "clip.wav")) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (RATE, 2, 1)
    found = clips.read(tmp_path / "clip.wav")
    assert np.abs(found.astype(int) - (left.astype(int) + right) / 2).max() <= 1
    assert [path.name for path in tmp_path.iterdir()] == ["clip.wav"]


def test_opus_is_written_smaller_with_a_higher_level(tmp_path):
    sound = (np.random.default_rng(1).normal(0, 3000, (3 * RATE + 11, 1))).astype(np.int16)
    sizes = []
    for level in (0.5, 0.9):
        clips.write_opus(sound, tmp_path / "clip.opus", level)
        assert clips.read(tmp_path / "clip.opus").shape == sound.shape
        sizes.append((tmp_path / "clip.opus").stat().st_size)
    assert sizes[1] < sizes[0] / 2


def test_a_clip_that_could_not_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "clip.opus"
    clips.write_opus(whole(tone(100)), path, 0.9)
    before = path.read_bytes()

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(soundfile.SoundFile, "write", full)
    with pytest.raises(OSError, match="No space"):
        clips.write_opus(whole(tone(200)), path, 0.9)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["clip.opus"]


def test_pydub_is_imported_without_a_word(tmp_path):
    """In a fresh interpreter to which every warning is an error, and where pydub has not been compiled yet."""
    anew = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    check = "import numpy as np; from calmtray.sound import clips; clips.segment(np.zeros((48, 1), dtype=np.int16))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", check], env=anew, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_header_that_no_recorder_wrote_is_no_sound(tmp_path):
    """At two thousand million frames a second, a second would not fit into the memory."""
    path = tmp_path / "hostile.wav"
    soundfile.write(path, np.zeros((48_000, 1), np.int16), RATE, subtype="PCM_16")
    header = bytearray(path.read_bytes())
    header[24:28] = (2_000_000_000).to_bytes(4, "little")
    path.write_bytes(header)
    with pytest.raises(ClipError) as caught:
        clips.read(path)
    assert caught.value.reason is Flaw.NOT_AUDIO
