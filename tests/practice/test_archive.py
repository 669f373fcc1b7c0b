"""The zip that a pack is: every lie that a zip can tell is found, and finding it costs little."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice import archive
from calmtray.practice.archive import Archive, Refused
from tests.practice.packing import PLAIN, Member, zipped

NOISE = bytes(range(256))
HELLO = Member("a.txt", b"hello, hello, hello, hello")


class Counting(io.BytesIO):
    """Counts what is read of it."""

    read_bytes = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.read_bytes += len(data)
        return data


def unpacked(data: bytes) -> dict[str, bytes]:
    opened = Archive(io.BytesIO(data))
    return {entry.name: b"".join(opened.chunks(entry)) for entry in opened.entries}


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        unpacked(data)
    (problem,) = caught.value.problems
    return problem.code


def test_what_another_program_packed_is_read():
    out = io.BytesIO()
    text = b"".join(b"%d bottles\n" % number for number in range(2_000))
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(zipfile.ZipInfo("stored"), b"abc")
        made.writestr(zipfile.ZipInfo("deflated"), text, zipfile.ZIP_DEFLATED)
        made.writestr(zipfile.ZipInfo("empty"), b"")
    assert unpacked(out.getvalue()) == {"stored": b"abc", "deflated": text, "empty": b""}


def test_our_own_builder_is_understood_by_another_program():
    with zipfile.ZipFile(io.BytesIO(zipped([HELLO, Member("b", b"x" * 99, method=8)]))) as opened:
        assert opened.testzip() is None
        assert opened.read("b") == b"x" * 99


def test_an_archive_of_nothing_has_no_files():
    assert unpacked(zipped([])) == {}


@given(st.binary(max_size=50_000), st.booleans())
def test_what_was_packed_is_unpacked(data, small):
    assert unpacked(zipped([Member("x", data + NOISE, method=8 * small)])) == {"x": data + NOISE}


def test_a_long_file_comes_in_pieces(monkeypatch):
    monkeypatch.setattr(archive, "CHUNK", 1_000)
    data = bytes(index * index % 251 for index in range(20_000))
    for method in (0, 8):
        opened = Archive(io.BytesIO(zipped([Member("x", data, method=method)])))
        pieces = list(opened.chunks(opened.entries[0]))
        assert b"".join(pieces) == data
        assert max(map(len, pieces)) <= 1_000


def lying(**told: object) -> bytes:
    return zipped([Member("a.txt", HELLO.data, **told)])  # type: ignore[arg-type]


THIRTY_BOMBS = zipped([Member(f"x{number}", raw=bytes(100_000), method=8, size=9_000_000) for number in range(30)])
HOSTILE = {
    "nothing": ("not-a-pack", b""),
    "text": ("not-a-pack", b"hello"),
    "another archive": ("not-a-pack", b"Rar!" + bytes(100)),
    "a program in front": ("not-a-pack", zipped([HELLO], before=b"MZ" + bytes(60))),
    "the beginning alone": ("pack-cut-short", b"PK\3\4"),
    "cut short": ("pack-cut-short", zipped([HELLO])[:-1]),
    "cut short by half": ("pack-cut-short", zipped([HELLO])[:60]),
    "something behind": ("pack-cut-short", zipped([HELLO], behind=b"\0")),
    "a comment": ("pack-cut-short", zipped([HELLO], behind=b"hi", comment=2)),
    "a comment that is not there": ("pack-odd", zipped([HELLO], comment=2)),
    "something between": ("pack-odd", zipped([HELLO, HELLO], between=b"PK\3\4hidden")),
    "something before the first": ("pack-odd", zipped([HELLO], before=b"PK\3\4")),
    "on two disks": ("pack-odd", zipped([HELLO], disk=1)),
    "begun on another disk": ("pack-odd", zipped([HELLO], first=1)),
    "half of it elsewhere": ("pack-odd", zipped([HELLO], here=0)),
    "fewer than there are": ("pack-odd", zipped([HELLO, HELLO], count=1, here=1)),
    "more than there are": ("pack-odd", zipped([HELLO], count=2, here=2)),
    "a directory elsewhere": ("pack-odd", zipped([HELLO], directory=3)),
    "a directory that is none": ("pack-odd", zipped([HELLO], directory=30, size=len(zipped([HELLO])) - 52)),
    "zip64, told by its marks": ("pack-too-many-files", zipped([HELLO], count=0xFFFF, here=0xFFFF)),
    "zip64, directory": ("pack-odd", zipped([HELLO], directory=0xFFFFFFFF)),
    "zip64, sizes": ("pack-odd", lying(size=0xFFFFFFFF, packed=0xFFFFFFFF, extra=b"\1\0\x10\0" + bytes(16))),
    "zip64, lies": ("pack-odd", lying(extra=b"\1\0\x08\0" + bytes(8))),
    "too many": ("pack-too-many-files", zipped([Member(str(number)) for number in range(1_001)])),
    "encrypted": ("pack-locked", lying(flags=1)),
    "encrypted otherwise": ("pack-locked", lying(method=99)),
    "strongly encrypted": ("pack-odd", lying(flags=0x40)),
    "sizes told later": ("pack-odd", lying(flags=8)),
    "masked": ("pack-odd", lying(flags=0x2000)),
    "packed in another way": ("pack-odd", lying(method=12)),
    "packed in a way that is none": ("pack-odd", lying(method=777)),
    "a comment on a file": ("pack-odd", lying(comment=b"hi")),
    "a file on another disk": ("pack-odd", lying(disk=1)),
    "another extra field": ("pack-odd", lying(extra=b"up\1\0x")),
    "an extra field of its own header": ("pack-odd", lying(local={"extra": b"up\1\0x"})),
    "another name in its own header": ("pack-odd", lying(local={"name": b"b.txt"})),
    "another size in its own header": ("pack-odd", lying(local={"size": 7})),
    "another checksum in its own header": ("pack-odd", lying(local={"crc": 7})),
    "another method in its own header": ("pack-odd", lying(local={"method": 8})),
    "other flags in its own header": ("pack-odd", lying(local={"flags": 1})),
    "no header of its own": ("pack-odd", lying(offset=5)),
    "a header beyond the end": ("pack-odd", lying(offset=0xFFFFFF)),
    "two in one place": ("pack-odd", zipped([HELLO, Member("a.txt", HELLO.data, offset=0)])),
    "one within another": ("pack-odd", zipped([Member("a", zipped([Member("b")])[:31]), Member("b", offset=31)])),
    "a stored file of two sizes": ("pack-odd", lying(size=5)),
    "a link": ("pack-not-a-file", lying(attributes=0o120777 << 16)),
    "a folder": ("pack-not-a-file", lying(attributes=0o040755 << 16)),
    "a folder of another system": ("pack-not-a-file", lying(made_by=20, attributes=0x10)),
    "a device": ("pack-not-a-file", lying(attributes=0o020644 << 16)),
    "a pipe": ("pack-not-a-file", lying(attributes=0o010644 << 16)),
    "a program that runs as root": ("pack-not-a-file", lying(attributes=0o104755 << 16)),
    "a bomb": ("pack-bomb", zipped([Member("x", bytes(2_000_000), method=8)])),
    "a bomb that lies": ("pack-damaged", zipped([Member("x", bytes(2_000_000), method=8, size=100)])),
    "thirty small bombs": ("pack-too-large", THIRTY_BOMBS),
    "less than was told": ("pack-damaged", zipped([Member("x", NOISE, method=8, size=300)])),
    "a wrong checksum": ("pack-damaged", lying(crc=1)),
    "a wrong checksum, deflated": ("pack-damaged", lying(crc=1, method=8)),
    "no deflate": ("pack-damaged", lying(method=8, raw=b"\xff\xff\xff\xff")),
    "half a deflate": ("pack-damaged", lying(method=8, raw=Member("x", HELLO.data, method=8).stored[:-2])),
    "a deflate and more": ("pack-damaged", lying(method=8, raw=Member("x", HELLO.data, method=8).stored + b"more")),
    "a long name": ("pack-name-too-long", zipped([Member("a" * 101)])),
    "a very long name": ("pack-name-too-long", zipped([Member("a" * 65_000)])),
    "a name that climbs": ("pack-name-leads-out", zipped([Member("../evil.toml")])),
    "a name that climbs later": ("pack-name-leads-out", zipped([Member("practices/../../evil.toml")])),
    "a name that stays": ("pack-name-leads-out", zipped([Member("practices/./evil.toml")])),
    "a name from the root": ("pack-name-leads-out", zipped([Member("/etc/evil.toml")])),
    "a name of Windows": ("pack-name-leads-out", zipped([Member("..\\evil.toml")])),
    "a drive": ("pack-name-leads-out", zipped([Member("C:evil.toml")])),
    "a second stream": ("pack-name-leads-out", zipped([Member("practices/a.toml:evil")])),
    "no name": ("pack-name-leads-out", zipped([Member("")])),
    "letters of another script": ("pack-name-odd", zipped([Member("practices/é.toml", flags=0x800)])),
    "letters of no script": ("pack-name-odd", zipped([Member(b"practices/\xff.toml")])),
    "a zero in a name": ("pack-name-odd", zipped([Member("practices/a.toml\0.wav")])),
    "a line break in a name": ("pack-name-odd", zipped([Member("practices/a\n.toml")])),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_lie_is_found(kind):
    code, data = HOSTILE[kind]
    assert refusal(data) == code


def test_a_plain_file_of_any_system_is_a_plain_file():
    for made_by, attributes in ((3 << 8, PLAIN), (3 << 8, 0), (3 << 8, 0o100755 << 16), (0, 0x20), (10 << 8, 0x80)):
        assert unpacked(lying(made_by=made_by, attributes=attributes)) == {"a.txt": HELLO.data}


def test_a_file_beyond_the_limit_is_not_even_looked_at():
    with io.BytesIO(zipped([HELLO])) as file:
        file.seek(archive.LARGEST_BYTES)
        file.write(b"x")
        with pytest.raises(Refused, match="pack-too-large"):
            Archive(file)


# What it costs.


def test_a_bomb_unpacks_to_one_byte_more_than_was_told(monkeypatch):
    given_out = 0
    inflate = zlib.decompressobj

    class Watched:
        def __init__(self, bits: int) -> None:
            self.inner = inflate(bits)

        def decompress(self, data: bytes, most: int) -> bytes:
            nonlocal given_out
            unpacked = self.inner.decompress(data, most)
            given_out += len(unpacked)
            return unpacked

        eof = property(lambda self: self.inner.eof)
        unused_data = property(lambda self: self.inner.unused_data)
        unconsumed_tail = property(lambda self: self.inner.unconsumed_tail)

    monkeypatch.setattr(zlib, "decompressobj", Watched)
    assert refusal(zipped([Member("x", bytes(100_000_000), method=8, size=5_000)])) == "pack-damaged"
    assert given_out == 5_001


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_byte_is_read_much_more_than_once(kind):
    file = Counting(HOSTILE[kind][1])
    try:
        opened = Archive(file)
        for entry in opened.entries:
            for _ in opened.chunks(entry):
                pass
    except Refused:
        pass
    # Headers are read with the directory, a name at most three times.
    assert file.read_bytes <= 3 * len(file.getvalue()) + 100
