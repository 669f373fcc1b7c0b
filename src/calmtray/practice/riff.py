"""How long a WAV is, from its first bytes (RIFF: Microsoft and IBM, Multimedia Programming Interface 1.0, 1991)."""

from __future__ import annotations

import struct

HEAD_BYTES = 64 * 1024
"""The sound has to begin within these: before it stand some words about it, never a picture."""

LONGEST_MS = 5 * 60_000
RATES = (4_000, 768_000)
MOST_CHANNELS = 8
SAMPLES = {1: (8, 16, 24, 32), 3: (32, 64), 6: (8,), 7: (8,), 0xFFFE: (8, 16, 24, 32, 64)}
"""Bits of a sample by the kind of coding: PCM, floats, A-law, mu-law, and what tells its kind further on."""

_FORMAT = struct.Struct("<HHLLHH")


class NotWav(Exception):
    """What is wrong with it: a code of ``words.texts``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def length_ms(head: bytes, size: int) -> int:
    """The length of a WAV of ``size`` bytes that begins with ``head``, rounded up. Raises NotWav."""
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        raise NotWav("recording-not-audio")
    rate = frame = 0
    at = 12
    while at + 8 <= min(len(head), HEAD_BYTES):
        name, length = struct.unpack_from("<4sL", head, at)
        at += 8
        if name == b"data":
            return _sound_ms(rate, frame, min(length, size - at), length)
        if name == b"fmt ":
            rate, frame = _read_format(head[at : at + _FORMAT.size])
        at += length + length % 2
    raise NotWav("recording-not-audio")


def _read_format(raw: bytes) -> tuple[int, int]:
    """Frames in a second, and bytes in a frame."""
    if len(raw) < _FORMAT.size:
        raise NotWav("recording-not-audio")
    kind, channels, rate, _, frame, bits = _FORMAT.unpack(raw)
    known = bits in SAMPLES.get(kind, ()) and 1 <= channels <= MOST_CHANNELS and RATES[0] <= rate <= RATES[1]
    if not known or frame != channels * bits // 8:
        raise NotWav("recording-not-audio")
    return rate, frame


def _sound_ms(rate: int, frame: int, there: int, told: int) -> int:
    if not rate or there < told:
        raise NotWav("recording-not-audio")
    if there < frame:
        raise NotWav("recording-empty")
    ms = -(-(there // frame) * 1000 // rate)
    if ms > LONGEST_MS:
        raise NotWav("recording-too-long")
    return ms
