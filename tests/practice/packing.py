"""Packs built by hand, byte by byte, so that any part of them can be wrong."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.practice.bundled import GOOD

PLAIN = 0o100644 << 16
"""The attributes of an ordinary file on Unix."""


@dataclass
class Member:
    """One file of a zip; what is None is told truly. ``local``: what its own header tells otherwise."""

    name: str | bytes
    data: bytes = b""
    method: int = 0
    flags: int = 0
    made_by: int = 3 << 8 | 20
    attributes: int = PLAIN
    extra: bytes = b""
    comment: bytes = b""
    disk: int = 0
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    offset: int | None = None
    raw: bytes | None = None
    local: dict[str, Any] = field(default_factory=dict)

    @property
    def spelled(self) -> bytes:
        return self.name if isinstance(self.name, bytes) else self.name.encode()

    @property
    def stored(self) -> bytes:
        if self.raw is not None:
            return self.raw
        if self.method != 8:
            return self.data
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflate.compress(self.data) + deflate.flush()

    def told(self) -> dict[str, int]:
        return {
            "flags": self.flags,
            "method": self.method,
            "crc": zlib.crc32(self.data) if self.crc is None else self.crc,
            "packed": len(self.stored) if self.packed is None else self.packed,
            "size": len(self.data) if self.size is None else self.size,
        }


def zipped(
    members: list[Member], *, before: bytes = b"", between: bytes = b"", behind: bytes = b"", **end: int
) -> bytes:
    """A zip of these. ``end``: fields of its last record that lie."""
    out = bytearray(before)
    offsets = []
    for member in members:
        offsets.append(len(out))
        told = {**member.told(), "name": member.spelled, "extra": b"", **member.local}
        out += struct.pack("<4s5H3L2H", b"PK\3\4", 20, told["flags"], told["method"], 0, 33, told["crc"],
                           told["packed"], told["size"], len(told["name"]), len(told["extra"]))  # fmt: skip
        out += told["name"] + told["extra"] + member.stored + between
    directory = len(out)
    for member, at in zip(members, offsets, strict=True):
        told = member.told()
        out += struct.pack("<4s6H3L5H2L", b"PK\1\2", member.made_by, 20, told["flags"], told["method"], 0, 33,
                           told["crc"], told["packed"], told["size"], len(member.spelled), len(member.extra),
                           len(member.comment), member.disk, 0, member.attributes,
                           at if member.offset is None else member.offset)  # fmt: skip
        out += member.spelled + member.extra + member.comment
    told = {"disk": 0, "first": 0, "here": len(members), "count": len(members), "size": len(out) - directory,
            "directory": directory, "comment": 0, **end}  # fmt: skip
    out += struct.pack("<4s4H2LH", b"PK\5\6", *(told[key] & 0xFFFFFFFF for key in
                       ("disk", "first", "here", "count", "size", "directory", "comment")))  # fmt: skip
    return bytes(out + behind)


def manifest(files: dict[str, bytes], /, **changes: Any) -> bytes:
    """The list of these files."""
    listed = [
        {
            "path": name,
            "kind": "practice" if name.startswith("practices/") else "recording",
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        for name, data in files.items()
    ]
    return json.dumps({"format": 1, "calmtray": "0.1.0", "files": listed, **changes}).encode()


def members(files: dict[str, bytes], /, **changes: Any) -> list[Member]:
    """The list and the files, as a pack has them."""
    return [Member("manifest.json", manifest(files, **changes)), *(Member(name, files[name]) for name in files)]


def pack(files: dict[str, bytes], /, **changes: Any) -> bytes:
    """A pack of these files, in which all is as it should be."""
    return zipped(members(files, **changes))


def good(id_: str = "mine", **changes: str) -> bytes:
    """The text of a practice without a mistake."""
    text = GOOD.replace("a-good-one", id_)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def wav(
    ms: int = 500, rate: int = 8_000, channels: int = 1, bits: int = 16, kind: int = 1, before: bytes = b""
) -> bytes:
    """A WAV of soft noise. ``before``: chunks that come first."""
    frame = channels * bits // 8
    sound = Random(ms).randbytes(rate * ms // 1000 * frame)
    form = struct.pack("<4sLHHLLHH", b"fmt ", 16, kind, channels, rate, rate * frame, frame, bits)
    body = b"WAVE" + before + form + struct.pack("<4sL", b"data", len(sound)) + sound
    return b"RIFF" + struct.pack("<L", len(body)) + body


MINE = {"practices/mine.toml": good()}
SPOKEN = {**MINE, "recordings/mine.1.wav": wav(), "recordings/mine.1.fr.wav": wav(700)}
