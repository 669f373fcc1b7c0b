"""Files decoded piece by piece are the file, and a loop goes round without a seam."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from calmtray.sound.reader import BLOCK_FRAMES, OVERLAP_FRAMES, ClipReader, LoopReader
from tests.sound.own_sounds import LOOPS, loop_file


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sounds")


@pytest.fixture(scope="module")
def clip(folder):
    samples = np.random.default_rng(1).integers(-9_000, 9_000, (130_000, 2)).astype(np.int16)
    soundfile.write(folder / "clip.flac", samples, 48_000, subtype="PCM_16")
    return folder / "clip.flac", samples


@pytest.fixture(scope="module")
def ring(folder):
    """A loop that no coding has disturbed, with its beginning once more at its end; and the loop."""
    loop = np.random.default_rng(2).integers(-9_000, 9_000, (60_000, 1)).astype(np.int16)
    soundfile.write(folder / "ring.flac", np.concatenate([loop, loop[:OVERLAP_FRAMES]]), 48_000, subtype="PCM_16")
    return folder / "ring.flac", loop


cuts = st.lists(st.integers(0, 130_000), min_size=2, max_size=8).map(sorted)


@settings(deadline=None, max_examples=40)
@given(cuts)
def test_a_clip_in_pieces_is_the_clip(clip, cuts):
    path, samples = clip
    reader = ClipReader(path)
    for start, stop in pairwise(cuts):
        assert np.array_equal(reader.read(start, stop), samples[start:stop])
    reader.close()


def test_no_more_is_decoded_than_was_asked_for_and_a_block(clip):
    reader = ClipReader(clip[0])
    reader.read(0, 100)
    assert reader._decoded == BLOCK_FRAMES
    reader.read(0, 130_000)
    assert reader._file is None


def test_past_its_end_there_is_nothing(clip):
    reader = ClipReader(clip[0])
    assert len(reader.read(129_990, 140_000)) == 10
    assert len(reader.read(140_000, 150_000)) == 0


@pytest.mark.parametrize("content", [None, b"", b"OggS but no more than that"])
def test_a_file_that_is_none_is_silent(folder, content):
    path = folder / f"{content}.opus"
    if content is not None:
        path.write_bytes(content)
    assert len(ClipReader(path).read(0, 100)) == 0
    assert len(LoopReader(path).read(0, 100)) == 0


def test_a_file_that_breaks_off_is_silent_from_there_on(clip, folder):
    path = folder / "broken.flac"
    whole = clip[0].read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    found = ClipReader(path).read(0, 130_000)
    assert np.array_equal(found[:40_000], clip[1][:40_000])
    assert not found[-20_000:].any()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 400_000), st.integers(0, 90_000)), min_size=1, max_size=6))
def test_a_loop_goes_round_however_it_is_asked_for(ring, asked):
    path, loop = ring
    reader = LoopReader(path)
    for start, frames in asked:
        # It begins where the overlap of its file ends.
        places = (np.arange(start, start + frames) + OVERLAP_FRAMES) % len(loop)
        assert np.array_equal(reader.read(start, start + frames), loop[places])
    reader.close()


def test_at_its_end_the_tail_crosses_over_to_the_head(folder):
    file = np.concatenate([np.full(20_000, 0), np.full(OVERLAP_FRAMES, 800)]).astype(np.int16)
    soundfile.write(folder / "crossing.wav", file, 48_000, subtype="PCM_16")
    end = LoopReader(folder / "crossing.wav").read(20_000 - OVERLAP_FRAMES, 20_000)[:, 0]
    assert end[0] == 800
    assert end[OVERLAP_FRAMES // 2] == 400
    assert (np.diff(end.astype(int)) <= 0).all()


@pytest.mark.parametrize("name", LOOPS)
def test_our_own_loops_are_the_same_whichever_way_they_are_read(name):
    reader = LoopReader(loop_file(name))
    frames = reader.loop_frames
    twice = np.concatenate(
        [reader.read(start, min(start + 30_011, 2 * frames)) for start in range(0, 2 * frames, 30_011)]
    )
    assert np.array_equal(twice[:frames], twice[frames:])
    assert np.array_equal(LoopReader(loop_file(name)).read(frames, 2 * frames), twice[:frames])
