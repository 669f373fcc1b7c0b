"""How long a WAV is, told from its first bytes; anything else is no WAV."""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice import riff
from tests.practice.packing import wav


def ms_of(data: bytes) -> int:
    return riff.length_ms(data[: riff.HEAD_BYTES], len(data))


def refusal(data: bytes) -> str:
    with pytest.raises(riff.NotWav) as caught:
        ms_of(data)
    return caught.value.code


@pytest.mark.parametrize(
    "form",
    [
        {"bits": 8},
        {"bits": 16},
        {"bits": 24},
        {"bits": 32, "kind": 3},
        {"bits": 8, "kind": 6},
        {"bits": 8, "kind": 7},
        {"bits": 24, "kind": 0xFFFE},
        {"channels": 2},
        {"rate": 44_100},
        {"before": b"LIST\5\0\0\0hello\0"},
        {"before": b"bext" + struct.pack("<L", 5_000) + bytes(5_000)},
    ],
)
def test_every_usual_wav_has_its_length(form):
    assert ms_of(wav(1_500, **form)) == 1_500


def test_a_started_millisecond_counts():
    assert ms_of(wav(1_000, rate=8_000) + b"") == 1_000
    whole = wav(1, rate=4_000)
    longer = whole[:4] + struct.pack("<L", len(whole) - 6) + whole[8:40] + struct.pack("<L", 10) + whole[44:] + b"\0\0"
    assert ms_of(longer) == 2


def test_bytes_behind_the_sound_are_of_no_matter():
    assert ms_of(wav() + b"LIST\4\0\0\0abcd") == 500


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("recording-not-audio", b""),
        ("recording-not-audio", b"RIFF"),
        ("recording-not-audio", b"OggS" + bytes(100)),
        ("recording-not-audio", wav().replace(b"WAVE", b"AVI ")),
        ("recording-not-audio", b"RIFX" + wav()[4:]),
        ("recording-not-audio", wav()[:30]),
        ("recording-not-audio", wav()[:-2]),
        ("recording-not-audio", wav(before=b"JUNK" + struct.pack("<L", 0xFFFFFFFF))),
        ("recording-not-audio", wav(before=b"JUNK" + struct.pack("<L", riff.HEAD_BYTES) + bytes(riff.HEAD_BYTES))),
        ("recording-not-audio", wav(before=b"data\0\0\0\0")),
        ("recording-not-audio", wav(kind=2, bits=8)),
        ("recording-not-audio", wav(kind=0x55)),
        ("recording-not-audio", wav(rate=3_999)),
        ("recording-not-audio", wav(channels=0)),
        ("recording-not-audio", wav(channels=9)),
        ("recording-not-audio", wav().replace(struct.pack("<HH", 2, 16), struct.pack("<HH", 4, 16))),
        ("recording-empty", wav(0)),
        ("recording-too-long", wav(riff.LONGEST_MS + 1, rate=4_000, bits=8)),
    ],
)
def test_what_is_no_recording_is_told_from_one_that_is(code, data):
    assert refusal(data) == code


def test_five_minutes_are_allowed():
    assert ms_of(wav(riff.LONGEST_MS, rate=4_000, bits=8)) == riff.LONGEST_MS


@given(st.binary(max_size=60), st.integers(0, 70))
def test_anything_is_a_length_or_a_refusal(noise, at):
    data = bytearray(wav(5))
    data[at : at + len(noise)] = noise
    with suppress(riff.NotWav):
        assert 0 < ms_of(bytes(data)) <= riff.LONGEST_MS
