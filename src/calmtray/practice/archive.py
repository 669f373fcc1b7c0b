"""The zip that a pack is, read more strictly than others read it (PKWARE APPNOTE 6.3, sections 4.3 and 4.4).

A directory at the end that tells of every byte before it: no gaps, no overlaps, nothing in front and nothing behind.
Sizes and counts are looked at before anything is unpacked, and nothing unpacks to more than was told. Archives beyond
4 GB, on several disks, encrypted, or with extra fields are none of ours.
"""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from stat import S_IFMT, S_IFREG
from typing import BinaryIO

from calmtray.practice.problem import Detail, Problem

LARGEST_BYTES = 256 * 1024 * 1024
"""Of a whole pack, packed and unpacked: three quarters of an hour of recordings (mono, 16 bit, 48 kHz)."""

MOST_FILES = 1_000
LONGEST_NAME = 100
LARGEST_RATIO = 100
"""Text shrinks to a quarter, speech to four fifths."""

CHUNK = 1024 * 1024
STORED, DEFLATED = 0, 8
UTF8, DEFLATE_LEVEL = 0x800, 0x006
_UNIX = 3

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")


class Refused(Exception):
    """A pack that is not taken; carries a Problem for each reason. The sentences are in ``words.pack_texts``."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


def refused(code: str, file: str = "", **details: Detail) -> Refused:
    """A refusal for one reason; ``file`` is the one within the pack."""
    return Refused(Problem(code, file=file, details=details))


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive: ``size`` unpacked, ``packed`` packed, ``start`` of its data; all in bytes."""

    name: str
    size: int
    packed: int
    crc: int
    method: int
    start: int


class Archive:
    """The files of an open archive. Raises Refused for everything that is not as it should be."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0, io.SEEK_END)
        length = file.tell()
        if length > LARGEST_BYTES:
            raise refused("pack-too-large", most=LARGEST_BYTES // 1024**2)
        count, directory = self._end(length)
        self.entries = self._read_directory(count, directory, length - _END.size)

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """What a file unpacks to, piece by piece. Raises Refused at the end where it is not what was packed."""
        left = entry.size
        crc = 0
        for chunk in self._unpacked(entry):
            left -= len(chunk)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if left or crc != entry.crc:
            raise refused("pack-damaged", entry.name)

    def _unpacked(self, entry: Entry) -> Iterator[bytes]:
        """Never more than one byte beyond what was told is unpacked, and that one is not handed out."""
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        room = entry.size + 1
        for at in range(entry.start, entry.start + entry.packed, CHUNK):
            self._file.seek(at)
            data = self._file.read(min(CHUNK, entry.start + entry.packed - at))
            if entry.method == STORED:
                yield data
                continue
            while True:
                try:
                    unpacked = inflate.decompress(data, min(CHUNK, room))
                except zlib.error:
                    raise refused("pack-damaged", entry.name) from None
                room -= len(unpacked)
                if not room:
                    raise refused("pack-damaged", entry.name)
                yield unpacked
                data = inflate.unconsumed_tail
                # All of it may be read, and some of it not yet given out.
                if inflate.eof or not (data or unpacked):
                    break
        if entry.method == DEFLATED and (not inflate.eof or inflate.unused_data):
            raise refused("pack-damaged", entry.name)

    def _end(self, length: int) -> tuple[int, int]:
        """How many files there are, and where the directory begins."""
        tail = self._at(max(0, length - _END.size), _END.size)
        if self._at(0, 4) not in (b"PK\3\4", b"PK\5\6"):
            raise refused("not-a-pack")
        if len(tail) < _END.size:
            raise refused("pack-cut-short")
        signature, disk, first_disk, here, count, size, directory, comment = _END.unpack(tail)
        if signature != b"PK\5\6":
            # Whatever is behind the end, or the end is missing.
            raise refused("pack-cut-short")
        if count > MOST_FILES:
            raise refused("pack-too-many-files", most=MOST_FILES)
        if disk or first_disk or here != count or comment or directory + size != length - _END.size:
            raise refused("pack-odd")
        return count, directory

    def _read_directory(self, count: int, directory: int, end: int) -> tuple[Entry, ...]:
        entries = []
        at, free = directory, 0
        for _number in range(count):
            head = self._at(at, _ENTRY.size)
            if len(head) < _ENTRY.size or head[:4] != b"PK\1\2":
                raise refused("pack-odd")
            entry, offset, length = self._entry(head, at)
            if offset != free:
                # Something between the files, or two of them in one place.
                raise refused("pack-odd")
            free = entry.start + entry.packed
            at += length
            entries.append(entry)
        if at != end or free != directory:
            raise refused("pack-odd")
        if sum(entry.size for entry in entries) > LARGEST_BYTES:
            raise refused("pack-too-large", most=LARGEST_BYTES // 1024**2)
        return tuple(entries)

    def _entry(self, head: bytes, at: int) -> tuple[Entry, int, int]:
        """A file, where its own header is, and the length of this one."""
        (_, made_by, _, flags, method, _, _, crc, packed, size, name_length, extra, comment, disk, _,
         attributes, offset) = _ENTRY.unpack(head)  # fmt: skip
        name = _name(self._at(at + _ENTRY.size, min(name_length, LONGEST_NAME + 1)), name_length)
        if flags & 1 or method == 99:
            raise refused("pack-locked", name)
        if method not in (STORED, DEFLATED) or flags & ~(UTF8 | DEFLATE_LEVEL) or extra or comment or disk:
            raise refused("pack-odd", name)
        if not _is_plain_file(made_by >> 8, attributes):
            raise refused("pack-not-a-file", name)
        if method == STORED and packed != size:
            raise refused("pack-odd", name)
        if size > packed * LARGEST_RATIO:
            raise refused("pack-bomb", name)
        start = self._check_local(offset, (flags, method, crc, packed, size), name)
        return Entry(name, size, packed, crc, method, start), offset, _ENTRY.size + name_length

    def _check_local(self, offset: int, told: tuple[int, ...], name: str) -> int:
        """Where the data of a file begins; its own header has to tell what the directory told."""
        head = self._at(offset, _LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != b"PK\3\4":
            raise refused("pack-odd", name)
        _, _, flags, method, _, _, crc, packed, size, name_length, extra = _LOCAL.unpack(head)
        same_name = name_length == len(name) and self._at(offset + _LOCAL.size, name_length) == name.encode("ascii")
        if (flags, method, crc, packed, size) != told or extra or not same_name:
            raise refused("pack-odd", name)
        return int(offset + _LOCAL.size + name_length)

    def _at(self, offset: int, length: int) -> bytes:
        self._file.seek(offset, os.SEEK_SET)
        return self._file.read(length)


def _is_plain_file(system: int, attributes: int) -> bool:
    """No link, device, folder, or program that runs as somebody else."""
    mode = attributes >> 16 if system == _UNIX else 0
    return S_IFMT(mode) in (0, S_IFREG) and not mode & 0o7000 and not attributes & 0x10


def _name(raw: bytes, length: int) -> str:
    """The name of a file, which has to stay within the folder it is unpacked into."""
    shown = raw.decode("ascii", "replace")[:LONGEST_NAME]
    if length > LONGEST_NAME:
        raise refused("pack-name-too-long", shown, most=LONGEST_NAME)
    parts = shown.replace("\\", "/").split("/")
    if "\\" in shown or ":" in shown or "" in parts[:1] or not set(parts).isdisjoint({".", ".."}):
        raise refused("pack-name-leads-out", shown)
    if not shown.isascii() or not shown.isprintable():
        raise refused("pack-name-odd", shown)
    return shown
