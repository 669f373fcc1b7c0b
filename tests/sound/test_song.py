"""The user's own song: any rate and format, a second at a time, as part of the score, and nothing it holds can harm."""

from __future__ import annotations

import os
import tracemalloc
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calmtray.desktop.paths import bundled
from calmtray.practice.model import Prop
from calmtray.session.timeline import Choices, build_timeline, lengthen
from calmtray.sound.clips import Flaw, resample
from calmtray.sound.mixer import Mixer
from calmtray.sound.score import (
    SONG_GAIN,
    Ambience,
    Clip,
    Placement,
    Song,
    SongSound,
    SoundChoices,
    placements,
)
from calmtray.sound.song import KEPT_SECONDS, SongReader, song_flaw
from tests.making import practice, quiet

RATE = 48_000
SOUNDS = bundled("assets") / "sounds"
FORMATS = {
    "wav": ("WAV", "PCM_16"),
    "float.wav": ("WAV", "FLOAT"),
    "flac": ("FLAC", "PCM_24"),
    "ogg": ("OGG", "VORBIS"),
    "mp3": ("MP3", "MPEG_LAYER_III"),
}
LENGTH_S = 7.3


def melody(rate, seconds=LENGTH_S, channels=2):
    """A few tones and a little noise, all of it well below the highest tone that any of the rates can hold."""
    at = np.arange(round(rate * seconds)) / rate
    tones = [0.2 * np.sin(2 * np.pi * pitch * at + pitch) for pitch in (220, 554.4, 1_318.5, 2_500)]
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * 0.4 * at)
    return np.stack([np.sum(tones, axis=0) * swell * share for share in (0.6, 0.4, 0.3)[:channels]], axis=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("songs")


@pytest.fixture(scope="module")
def song_file(folder):
    """A song in this format, at this rate."""

    def made(kind="flac", rate=44_100, channels=2, seconds=LENGTH_S):
        path = folder / f"{rate}-{channels}-{seconds}.{kind}"
        if not path.exists():
            container, coding = FORMATS[kind]
            with soundfile.SoundFile(path, "w", rate, channels, format=container, subtype=coding) as file:
                samples = melody(rate, seconds, channels)
                for start in range(0, len(samples), rate):
                    file.write(samples[start : start + rate])
        return path

    return made


def all_of(reader):
    return reader.read(0, reader.frames)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("rate", [44_100, 48_000, 22_050, 96_000])
def test_every_format_and_rate_is_heard_as_it_is(song_file, kind, rate):
    if kind == "mp3" and rate == 96_000:
        kind = "wav"  # MP3 knows no such rate
    path = song_file(kind, rate)
    samples, found_rate = soundfile.read(path, always_2d=True)
    expected = resample(samples, found_rate) if found_rate != RATE else samples
    found = all_of(SongReader(path))
    assert abs(len(found) - len(expected)) <= 1
    least = min(len(found), len(expected))
    assert np.abs(found[:least] - expected[:least]).max() < 2e-4


@pytest.mark.parametrize("rate", [8_000, 11_025, 32_000, 44_101, 88_200, 192_000])
def test_from_second_to_second_there_is_no_seam(song_file, rate):
    found = all_of(SongReader(song_file("wav", rate)))[:, 0]
    expected = melody(RATE)[: len(found), 0]
    near = slice(RATE // 4, len(found) - RATE // 4)
    assert np.abs(found - expected[: len(found)])[near].max() < 3e-4


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(FORMATS)),
    st.sampled_from([44_100, 48_000]),
    st.lists(st.integers(0, round(LENGTH_S * RATE) + 9_000), min_size=2, max_size=9).map(sorted),
    st.integers(0, 300_000),
)
def test_a_song_in_pieces_is_the_song_wherever_one_was_before(song_file, kind, rate, cuts, elsewhere):
    path = song_file(kind, rate)
    whole, pieces = SongReader(path), SongReader(path)
    expected = whole.read(cuts[0], cuts[-1])
    pieces.read(elsewhere, elsewhere + 5_000)
    found = [pieces.read(start, stop) for start, stop in pairwise(cuts)]
    assert np.concatenate(found).tobytes() == expected.tobytes()


def one_song(path, step_ms=20_000):
    """A practice with this song in its middle step; its timeline and what the user chose."""
    made = practice(quiet(5_000), replace(quiet(step_ms, "Here it is."), prop=Prop.OWN_SONG), quiet(5_000))
    return build_timeline(made, {}, Choices()), SoundChoices(bells_volume=0, song=Song(str(path), 1))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FORMATS)), st.sampled_from(Ambience), st.data())
def test_windows_laid_end_to_end_are_one_whole_render_bit_for_bit(song_file, kind, ambience, data):
    timeline, choices = one_song(song_file(kind))
    choices = replace(choices, ambience=ambience, bells_volume=100)
    score = placements(timeline, choices, {})
    start = data.draw(st.integers(0, timeline.length_ms)) * 48
    stop = start + 10 * RATE
    cuts = sorted({start, stop, *data.draw(st.lists(st.integers(start, stop), max_size=12))})
    whole, pieces = Mixer(SOUNDS), Mixer(SOUNDS)
    expected = whole.window(score, start, stop)
    found = np.concatenate([pieces.window(score, one, other) for one, other in pairwise(cuts)])
    assert found.tobytes() == expected.tobytes()
    for mixer in (whole, pieces):
        mixer.close()


def test_a_song_comes_and_leaves_slowly_within_its_step_and_softly(song_file):
    timeline, choices = one_song(song_file("wav", 48_000, seconds=30.0))
    (song,) = placements(timeline, choices, {})
    assert (song.at_ms, song.until_ms, song.fade_in_ms, song.fade_out_ms) == (5_000, 25_000, 2_000, 3_000)
    mixer = Mixer(SOUNDS)
    mix = mixer.window((song,), 0, timeline.length_ms * 48)
    plain = melody(RATE, 30.0).astype(np.float32)

    def gain(ms):
        heard, said = mix[(ms - 20) * 48 : (ms + 20) * 48, 0], plain[(ms - 5_020) * 48 : (ms - 4_980) * 48, 0]
        return np.sqrt((heard**2).sum() / (said**2).sum())

    assert not mix[: 5_000 * 48].any()
    assert not mix[25_000 * 48 :].any()
    for ms, share in ((5_500, 0.25), (6_000, 0.5), (7_500, 1), (20_000, 1), (23_500, 0.5), (24_700, 0.1)):
        assert gain(ms) == pytest.approx(share * SONG_GAIN, rel=0.04), ms
    assert 20 * np.log10(SONG_GAIN) == pytest.approx(-6)
    assert np.abs(np.diff(mix[:, 0])).max() < 0.2
    mixer.close()


def test_a_song_gives_way_to_the_voice(song_file):
    timeline, choices = one_song(song_file())
    (cue,) = timeline.words
    (voice_or_song, *_) = [p for p in placements(timeline, choices, {cue.text: Clip("x.wav", 900)}) if p.under]
    assert voice_or_song.under == ((cue.at_ms, cue.at_ms + 900),)
    silent = replace(choices, voice_volume=0)
    assert [p.under for p in placements(timeline, silent, {cue.text: Clip("x.wav", 900)})] == [()]


def test_after_a_short_song_it_is_quiet(song_file):
    timeline, choices = one_song(song_file(seconds=2.0))
    mixer = Mixer(SOUNDS)
    mix = mixer.window(placements(timeline, choices, {}), 5 * RATE, 25 * RATE)
    assert mix[RATE : 2 * RATE].any()
    assert not mix[2 * RATE + 10 :].any()
    mixer.close()


def test_one_more_minute_is_one_more_minute_of_the_song(song_file):
    timeline, choices = one_song(song_file())
    before, after = (placements(line, choices, {})[0] for line in (timeline, lengthen(timeline, 9_000)))
    assert (after.at_ms, after.until_ms) == (before.at_ms, before.until_ms + 60_000)


def test_mute_and_volume_count_for_the_song_too(song_file):
    timeline, choices = one_song(song_file())
    assert placements(timeline, replace(choices, volume=0), {}) == ()
    (half,) = placements(timeline, replace(choices, volume=50), {})
    assert half.gain == pytest.approx(SONG_GAIN / 4)
    # A practice of the user's own may have lost its step meanwhile.
    assert placements(timeline, replace(choices, song=Song("x", 9)), {}) == ()


def test_in_a_very_short_step_the_fades_do_not_meet(song_file):
    timeline, choices = one_song(song_file(), step_ms=3_000)
    (song,) = placements(timeline, choices, {})
    assert song.fade_in_ms + song.fade_out_ms <= 3_000


def test_a_long_song_takes_no_more_memory_than_a_short_one(song_file):
    path = song_file("ogg", 44_100, seconds=240.0)
    reader = SongReader(path)
    reader.read(0, RATE)
    tracemalloc.start()
    for second in range(1, 240):
        reader.read(second * RATE, second * RATE + 9_600)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(reader._seconds) <= KEPT_SECONDS
    assert peak < 16e6
    reader.close()


def test_it_is_decoded_as_it_is_needed(song_file):
    reader = SongReader(song_file())
    assert reader.read_on() is False
    assert list(reader._seconds) == [0]


def test_one_that_plays_is_not_taken_back_to_its_beginning(song_file):
    reader = SongReader(song_file("ogg", 44_100, seconds=20.0))
    reader.read_on()
    for second in range(1, 8):
        reader.read(second * RATE, (second + 1) * RATE)
    kept = list(reader._seconds)
    assert reader.read_on() is False
    assert list(reader._seconds) == kept


def test_another_song_takes_the_place_of_the_first(song_file):
    mixer = Mixer(SOUNDS)
    one, other = song_file("wav"), song_file("flac")
    for path in (one, other):
        mixer.window((Placement(0, 5_000, SongSound(str(path))),), 0, RATE)
    assert mixer._shelf._song is not None
    assert mixer._shelf._song[0] == str(other)
    assert mixer.load_more((Placement(0, 5_000, SongSound(str(other))),)) is False
    mixer.close()
    assert mixer._shelf._song is None


def broken(path, kind):
    if kind == "text":
        path.write_bytes(b"nothing of the kind")
    elif kind == "nothing":
        path.write_bytes(b"")
    elif kind == "no frames":
        soundfile.write(path, np.zeros((0, 2)), 44_100, format="WAV")
    elif kind == "many channels":
        soundfile.write(path, np.zeros((100, 40)), 44_100, format="WAV")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    ("kind", "flaw"),
    [
        ("gone", Flaw.MISSING),
        ("folder", Flaw.MISSING),
        ("pipe", Flaw.MISSING),
        ("text", Flaw.NOT_AUDIO),
        ("nothing", Flaw.NOT_AUDIO),
        ("many channels", Flaw.NOT_AUDIO),
        ("no frames", Flaw.EMPTY),
    ],
)
def test_what_is_no_song_is_known_and_silent(tmp_path, kind, flaw):
    path = broken(tmp_path / "song.wav", kind)
    assert song_flaw(path) is flaw
    reader = SongReader(path)
    assert reader.frames == 0
    assert len(reader.read(0, 1_000)) == 0
    reader.close()


def test_a_song_that_can_be_played_has_no_flaw(song_file):
    for kind in FORMATS:
        assert song_flaw(song_file(kind)) is None


def test_a_song_that_breaks_off_is_silent_from_there_on(song_file, tmp_path):
    path = tmp_path / "broken.flac"
    whole = song_file("flac").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    found = all_of(SongReader(path))
    assert found[: 2 * RATE].any()
    assert not found[-RATE:].any()


def test_what_is_no_number_is_silent(tmp_path):
    samples = melody(44_100, 2.0)
    samples[30_000:30_100] = np.nan
    samples[60_000] = np.inf
    soundfile.write(tmp_path / "nan.wav", samples, 44_100, subtype="FLOAT")
    found = all_of(SongReader(tmp_path / "nan.wav"))
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 1.5
