"""Windows of the mix: laid end to end they are the whole, nothing clips, nothing decodes twice."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calmtray.desktop.paths import bundled
from calmtray.session.timeline import Bell, Choices, build_timeline
from calmtray.sound import shelf
from calmtray.sound.mixer import CEILING, DUCKED, FADE_IN_FRAMES, Mixer
from calmtray.sound.score import (
    Ambience,
    BedSound,
    BellSound,
    BreathSet,
    BreathShape,
    BreathSound,
    Clip,
    ClipSound,
    Placement,
    SoundChoices,
    placements,
)
from calmtray.sound.shelf import KEPT_BREATHS, KEPT_CLIP_BYTES
from tests.making import FOUR_SIX, IN, OUT, breath, breathing, clips, practice, practices

SOUNDS = bundled("assets") / "sounds"
RATE = 48_000


@pytest.fixture(scope="module")
def clip_file(tmp_path_factory):
    """Files of noise of any length, one for each length."""
    folder = tmp_path_factory.mktemp("clips")

    def made(ms, channels=1, peak=0.6):
        path = folder / f"{ms}-{channels}-{peak}.wav"
        if not path.exists():
            noise = np.random.default_rng(ms).uniform(-peak, peak, (ms * 48, channels))
            soundfile.write(path, noise, RATE, subtype="PCM_16")
        return str(path)

    return made


@pytest.fixture
def mixer():
    mixer = Mixer(SOUNDS)
    yield mixer
    mixer.close()


choices = st.builds(
    SoundChoices,
    breath_sound=st.sampled_from(BreathSet),
    breath_shape=st.sampled_from(BreathShape),
    ambience=st.sampled_from(Ambience),
    volume=st.integers(0, 100),
    ambience_volume=st.integers(0, 100),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(practices(), choices, st.data())
def test_windows_laid_end_to_end_are_one_whole_render_bit_for_bit(clip_file, made, chosen, data):
    recorded = data.draw(clips(made))
    timeline = build_timeline(made, recorded, Choices())
    files = {text: Clip(clip_file(min(ms, 9_000)), min(ms, 9_000)) for text, ms in recorded.items()}
    score = placements(timeline, chosen, files)
    start = data.draw(st.integers(0, timeline.length_ms)) * 48
    stop = start + 12 * RATE
    cuts = sorted({start, stop, *data.draw(st.lists(st.integers(start, stop), max_size=12))})
    whole, pieces = Mixer(SOUNDS), Mixer(SOUNDS)
    expected = whole.window(score, start, stop)
    found = np.concatenate([pieces.window(score, one, other) for one, other in pairwise(cuts)])
    assert found.tobytes() == expected.tobytes()


def test_a_window_does_not_depend_on_what_was_asked_before(clip_file, mixer):
    score = (Placement(0, 8_000, ClipSound(clip_file(8_000))), Placement(0, 9_000, BedSound(Ambience.RAIN)))
    late = mixer.window(score, 6 * RATE, 7 * RATE)
    mixer.window(score, 0, RATE)
    assert (mixer.window(score, 6 * RATE, 7 * RATE) == late).all()


def test_however_much_is_layered_nothing_clips(clip_file, mixer):
    clip = ClipSound(clip_file(3_000, channels=2, peak=0.99))
    score = tuple(Placement(0, 3_000, clip) for _ in range(40))
    mix = mixer.window(score, 0, 3 * RATE)
    assert np.abs(mix).max() < CEILING
    # Bent, not cut: what was louder stays louder.
    assert len(np.unique(mix[RATE:, 0])) > 1_000


def test_what_is_quiet_enough_is_not_touched(clip_file, mixer):
    (clip,) = [soundfile.read(clip_file(2_000, channels=2), dtype="float32")[0]]
    mix = mixer.window((Placement(1_000, 3_000, ClipSound(clip_file(2_000, channels=2))),), RATE, 3 * RATE)
    assert np.array_equal(mix, clip)


def test_one_channel_keeps_its_loudness_on_two_loudspeakers(clip_file, mixer):
    clip = soundfile.read(clip_file(2_000), dtype="float32")[0]
    mix = mixer.window((Placement(1_000, 3_000, ClipSound(clip_file(2_000))),), RATE, 3 * RATE)
    assert (mix[:, 0] == mix[:, 1]).all()
    assert (mix**2).sum() == pytest.approx((clip**2).sum(), rel=1e-4)


def test_a_session_comes_up_within_its_first_second(clip_file, mixer):
    clip = soundfile.read(clip_file(2_000, channels=2), dtype="float32")[0]
    mix = mixer.window((Placement(0, 2_000, ClipSound(clip_file(2_000, channels=2))),), 0, 2 * RATE)
    rise = np.minimum(np.arange(2 * RATE) / FADE_IN_FRAMES, 1)[:, None]
    assert mix == pytest.approx(clip * rise, abs=1e-6)


def test_the_bed_goes_9_db_under_the_voice_with_ramps_of_300_ms(mixer):
    bed = BedSound(Ambience.ROOM)
    plain = mixer.window((Placement(0, 20_000, bed),), 0, 20 * RATE)
    ducked = mixer.window((Placement(0, 20_000, bed, under=((5_000, 8_000), (8_200, 9_000))),), 0, 20 * RATE)
    with np.errstate(divide="ignore", invalid="ignore"):
        gains = (ducked / plain)[:, 0]

    def at(ms):
        return np.nanmedian(gains[ms * 48 - 24 : ms * 48 + 24])

    assert 20 * np.log10(DUCKED) == pytest.approx(-9)
    for ms, gain in [
        (4_000, 1),
        (4_700, 1),
        (4_850, (1 + DUCKED) / 2),
        (5_000, DUCKED),
        (6_500, DUCKED),
        (8_000, DUCKED),
        # Between two sentences there is no time to come all the way up.
        (8_100, DUCKED + (1 - DUCKED) / 3),
        (9_000, DUCKED),
        (9_150, (1 + DUCKED) / 2),
        (9_300, 1),
        (12_000, 1),
    ]:
        assert at(ms) == pytest.approx(gain, abs=0.01), ms
    steps = np.abs(np.diff(gains[np.isfinite(gains)]))
    assert np.nanmedian(steps) < 1e-4


def test_the_bed_leaves_slowly_at_the_end_and_goes_round_without_end(mixer):
    long = mixer.window((Placement(0, 90_000, BedSound(Ambience.DRONE), fade_out_ms=3_000),), 80 * RATE, 91 * RATE)

    def rms(second):
        return np.sqrt((long[second * RATE : (second + 1) * RATE] ** 2).mean())

    assert rms(2) > 0.003
    assert rms(9) < rms(2) / 3
    assert not long[10 * RATE :].any()


def test_a_bell_rings_out_though_its_cue_is_over(mixer):
    bell = soundfile.read(SOUNDS / "bells/end.flac", dtype="float32")[0]
    mix = mixer.window((Placement(5_000, 9_000, BellSound(Bell.END)),), 5 * RATE, 10 * RATE)
    assert mix[: len(bell), 0] == pytest.approx(bell * 2**-0.5, abs=1e-4)
    assert not mix[len(bell) :].any()


def test_nothing_decodes_twice(clip_file, mixer, monkeypatch):
    files = {"One.": Clip(clip_file(7_000), 7_000), "Two.": Clip(clip_file(8_000), 8_000)}
    opened, decoded = [], []

    class Counted(soundfile.SoundFile):  # type: ignore[misc]
        def __init__(self, path, *rest, **named):
            opened.append(str(path))
            super().__init__(path, *rest, **named)

        def read(self, *rest, **named):
            block = super().read(*rest, **named)
            decoded.append(len(block))
            return block

    monkeypatch.setattr(soundfile, "SoundFile", Counted)
    made = practice(breathing(FOUR_SIX, 6, "One."), breathing(FOUR_SIX, 6, "Two."))
    timeline = build_timeline(made, {text: clip.ms for text, clip in files.items()}, Choices())
    score = placements(timeline, SoundChoices(ambience=Ambience.WIND), files)
    for start in range(0, timeline.length_ms * 48, 9_600):
        mixer.window(score, start, start + 9_600)
    assert sorted(opened) == sorted(set(opened))
    monkeypatch.undo()
    assert sum(decoded) <= sum(soundfile.info(path).frames for path in opened)
    assert "wind.ogg" in {Path(path).name for path in opened}


def test_a_long_clip_is_decoded_as_it_is_needed(clip_file, mixer):
    score = (Placement(0, 60_000, ClipSound(clip_file(60_000))),)
    mixer.window(score, 0, RATE)
    assert mixer._shelf.clip(score[0].sound)._decoded <= 2 * RATE


def test_loops_are_loaded_a_second_at_a_time_and_then_are_there(mixer):
    made = practice(breathing(FOUR_SIX, 6))
    timeline = build_timeline(made, {}, Choices())
    score = placements(timeline, SoundChoices(ambience=Ambience.RAIN), {})
    turns = 0
    while mixer.load_more(score):
        turns += 1
    bed = mixer._shelf.bed(BedSound(Ambience.RAIN))
    assert turns == pytest.approx(bed.frames / RATE + 2, abs=2)
    assert bed._decoded == bed.frames


def test_breaths_are_computed_ahead_of_the_first_of_them_as_long_as_there_is_room(mixer):
    made = practice(*(breathing(breath((IN, ms), (OUT, ms)), 2) for ms in (3_000, 4_000, 5_000)))
    score = placements(build_timeline(made, {}, Choices()), SoundChoices(breath_sound=BreathSet.TONE), {})
    sounds = dict.fromkeys(one.sound for one in score if isinstance(one.sound, BreathSound))
    while mixer.load_more(score):
        pass
    assert list(mixer._shelf._breaths) == list(sounds)[:KEPT_BREATHS]
    mixer.window(score, 0, score[-1].until_ms * 48)
    assert not mixer.load_more(score), "what was put aside is not fetched again"


@pytest.mark.parametrize("content", [None, b"", b"not a sound"])
def test_a_clip_that_is_gone_or_broken_is_silence(tmp_path, mixer, content):
    path = tmp_path / "clip.opus"
    if content is not None:
        path.write_bytes(content)
    assert not mixer.window((Placement(0, 5_000, ClipSound(str(path))),), 0, RATE).any()


def test_what_is_kept_does_not_grow_with_the_session(clip_file, mixer):
    for number in range(40):
        path = clip_file(9_000 + number)
        mixer.window((Placement(0, 1_000, ClipSound(path)),), 0, RATE)
    kept = sum(clip.nbytes for clip in mixer._shelf._clips.values())
    assert 0.8 * KEPT_CLIP_BYTES < kept <= KEPT_CLIP_BYTES


def test_going_back_opens_nothing_again(clip_file, mixer, monkeypatch):
    score = tuple(
        Placement(10_000 * number, 10_000 * number + 9_000, ClipSound(clip_file(9_000 + number))) for number in range(6)
    )
    mixer.window(score, 0, 60 * RATE)
    monkeypatch.setattr(soundfile, "SoundFile", lambda *_, **__: pytest.fail("opened again"))
    assert mixer.window(score, 0, 60 * RATE).any()


def test_a_clip_larger_than_all_that_is_kept_is_kept_while_it_is_said(clip_file, mixer, monkeypatch):
    monkeypatch.setattr(shelf, "KEPT_CLIP_BYTES", 100_000)
    score = (Placement(0, 9_000, ClipSound(clip_file(9_000))),)
    reader = mixer._shelf.clip(score[0].sound)
    mixer.window(score, 0, 9 * RATE)
    assert mixer._shelf.clip(score[0].sound) is reader
    mixer._shelf.clip(ClipSound(clip_file(8_000)))
    assert len(mixer._shelf._clips) == 1


@pytest.mark.parametrize("risen", [0, RATE // 2, 7 * RATE])
def test_it_may_come_up_elsewhere_and_windows_are_one_render_all_the_same(clip_file, mixer, risen):
    clip = soundfile.read(clip_file(9_000, channels=2), dtype="float32")[0]
    score = (Placement(0, 9_000, ClipSound(clip_file(9_000, channels=2))),)
    whole = mixer.window(score, 0, 9 * RATE, risen)
    rise = np.clip((np.arange(9 * RATE) - risen + FADE_IN_FRAMES) / FADE_IN_FRAMES, 0, 1)[:, None]
    assert whole == pytest.approx(clip * rise, abs=1e-6)
    cuts = [0, 1, RATE // 3, 6 * RATE + 5, 7 * RATE, 9 * RATE]
    pieces = [mixer.window(score, one, other, risen) for one, other in pairwise(cuts)]
    assert np.concatenate(pieces).tobytes() == whole.tobytes()
