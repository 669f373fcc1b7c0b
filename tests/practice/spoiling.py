"""Ways to spoil a practice file or a pack, by chance (``random.Random``), so that a number tells which one it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from tests.practice.packing import Member, good, manifest, wav, zipped

LARGE = 250_000
"""About as long as a practice file may be (bytes): whatever is slow is slowest there."""

VALUES = [
    "1" * 5_000, "-1", "1e999", "nan", "inf", "0x" + "f" * 4_000, "1979-05-27", "1979-05-27T07:32:00Z", "true", '""',
    "''", '"\\u0000"', '"\\ud800"', "[]", "{}", "[[]]", "[" * 2_000, "{a=" * 900, '"' + "x" * 10_000 + '"',
    '"\\uFFFF"', '"\u202e\u200b"', '"""', "'''", '["en", "en"]', '["fr"]', "[1, 2]", "{ en = 1 }",
    '{ en = "x", de = "z" }',
    "a.b.c.d", "#", "=", "99999999999999999999", "-0.0", "0b2", "1__0", '"\x1b[2J"',
]  # fmt: skip
KEYS = [
    "format", "id", "steps", "why", "say", "seconds", "breathe", "scale", "title.en", "languages", "overrules",
    '"a b"', "''", "__proto__", "__class__", "x" * 5_000, ".".join("a" * 90), ".".join("a" * 5_000),
]  # fmt: skip
FILLERS = [
    "[[steps]]\n", "[[steps]]\nx=1\n", "[[overrules]]\nrule='x'\n", "#\n", "\n", " ", "[", "{", '"', "'", "a=1\n", "x,",
    "\\u0041", "[a.b.c.d.e.f]\n", "[[a.b.c.d]]\n", "a.", "1_", "\t", "\\\n ", "é", "'''\n", '"""\n', "1979-05-27 ",
]  # fmt: skip
COUNTED = [
    "k{}=1\n",
    "[t{}]\n",
    "titl{}=1\n",
    "[[a{}]]\n",
    "a.b{}.c=1\n",
    '"k {}"=[{}]\n',
    "[steps.x{}]\n",
    "say.l{}='x'\n",
]
NAMES: list[str | bytes] = [
    "../x.toml", "/x.toml", "C:\\x.toml", "practices\\x.toml", "practices/../x.toml", "practices/X.toml",
    "practices/con.toml", "practices/x.toml/", "practices//x.toml", "", ".", "..", "practices/.toml", "a" * 300,
    "practices/mine.TOML", "recordings/mine.0.wav", "recordings/mine.01.wav", "recordings/mine.999.wav",
    "recordings/mine.1.de.wav", "recordings/other.1.wav", "practices/mine.py", "__MACOSX/x", "manifest.json",
    "practices/\u00e9.toml", "practices/e\u0301.toml", b"\xff\xfe", "x\0.toml", ".moving.json",
    "practices/.moving.json", ".set-aside/1/x.toml", "practices/mine.toml",
]  # fmt: skip


def bytes_spoiled(data: bytes, chance: Random) -> bytes:
    """One to six small damages: bits, cuts, splices, runs."""
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(spoiled) + 1)
        span = chance.choice((1, 2, 4, 16, 100, len(spoiled) // 3 + 1))
        match chance.randrange(8):
            case 0 if at < len(spoiled):
                spoiled[at] ^= 1 << chance.randrange(8)
            case 1:
                del spoiled[at:]
            case 2:
                del spoiled[at : at + span]
            case 3:
                spoiled[at:at] = chance.randbytes(span % 500)
            case 4:
                there = chance.randrange(len(spoiled) + 1)
                spoiled[at:at] = spoiled[there : there + span]
            case 5:
                spoiled[at : at + span] = bytes([chance.choice((0, 255, 0x20, 0x22))]) * min(span, len(spoiled) - at)
            case 6:
                spoiled[at:at] = chance.choice(VALUES + KEYS).encode("utf-8", "surrogatepass")
            case _:
                spoiled[at : at + 4] = chance.randbytes(4)
    return bytes(spoiled)


def text_spoiled(text: str, chance: Random) -> bytes:
    """A practice file with another structure than it should have, or only damaged."""
    lines = text.splitlines()
    match chance.randrange(7):
        case 0:
            return bytes_spoiled(text.encode(), chance)
        case 1:
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(lines))
                key = lines[at].partition("=")[0]
                lines[at] = f"{key}= {chance.choice(VALUES)}"
        case 2:
            lines.insert(chance.randrange(len(lines)), f"{chance.choice(KEYS)} = {chance.choice(VALUES)}")
        case 3:
            filler = chance.choice(FILLERS)
            lines.insert(
                chance.choice((0, len(lines))), filler * (chance.choice((50, LARGE - len(text))) // len(filler))
            )
        case 4:
            line = chance.choice(COUNTED)
            lines.extend(line.replace("{}", str(n)) for n in range(chance.choice((10, LARGE // (len(line) + 4)))))
        case 5:
            chance.shuffle(lines)
        case _:
            at, to = sorted(chance.randrange(len(lines) + 1) for _ in range(2))
            lines[at:to] = lines[at:to] * chance.choice((0, 2, 40))
    return "\n".join(lines).encode("utf-8", "surrogatepass")[: LARGE + 10_000]


def pack_spoiled(files: dict[str, bytes], chance: Random) -> bytes:
    """A pack that is damaged, or built to harm: in its bytes, its list, its headers, or deep within a true list."""
    files = dict(files)
    match chance.randrange(6):
        case 0:
            return bytes_spoiled(_zipped(files, chance), chance)
        case 1:
            name = chance.choice([name for name in files if name.startswith("practices")])
            files[name] = text_spoiled(files[name].decode(), chance)
            return _zipped(files, chance)
        case 2:
            name = f"recordings/mine.{chance.choice((1, 1, 2, 9))}{chance.choice(('', '.en', '.fr', '.de'))}.wav"
            files[name] = bytes_spoiled(wav(chance.choice((1, 300))), chance)
            return _zipped(files, chance)
        case 3:
            return zipped([Member("manifest.json", _list_spoiled(files, chance)), *_members(files, chance)])
        case 4:
            return _headers_spoiled(files, chance)
        case _:
            odd = chance.choice(NAMES)
            shown = odd if isinstance(odd, str) else odd.decode("latin-1")
            files[shown] = chance.choice((b"", good("other"), wav(5)))
            listed = Member("manifest.json", manifest(files))
            return zipped([listed, *(Member(odd if each == shown else each, files[each]) for each in files)])


def _zipped(files: dict[str, bytes], chance: Random) -> bytes:
    return zipped([Member("manifest.json", manifest(files)), *_members(files, chance)])


def _members(files: dict[str, bytes], chance: Random) -> list[Member]:
    method = chance.choice((0, 8))
    return [Member(name, data, method=method) for name, data in files.items()]


def _list_spoiled(files: dict[str, bytes], chance: Random) -> bytes:
    if chance.random() < 0.5:
        return bytes_spoiled(manifest(files), chance)
    odd: list[Any] = [
        None,
        True,
        -1,
        0,
        2,
        10**30,
        1.5,
        "",
        "x" * 5_000,
        [],
        {},
        [[]],
        {"a": 1},
        "\ud800",
        float("nan"),
    ]
    key = chance.choice(("format", "calmtray", "files", "surplus", "path", "kind", "size", "sha256"))
    if key not in ("path", "kind", "size", "sha256"):
        return manifest(files, **{key: chance.choice(odd)})
    data = manifest(files).decode()
    # Whatever this finds: the value of one of the files.
    at = [index for index in range(len(data)) if data.startswith(f'"{key}":', index)]
    start = chance.choice(at) + len(key) + 3
    end = min(index for index in (data.find(",", start), data.find("}", start)) if index > 0)
    value = chance.choice(["null", "true", "-1", "1e400", "[" * 3_000, '""', '"x"', "9" * 5_000, '"../x"', "{}", ""])
    return (data[:start] + value + data[end:]).encode()


def _headers_spoiled(files: dict[str, bytes], chance: Random) -> bytes:
    members = [Member("manifest.json", manifest(files)), *_members(files, chance)]
    member = chance.choice(members)
    odd = chance.choice((0, 1, 8, 99, 0xFFFF))
    match chance.randrange(9):
        case 0:
            member.attributes = chance.choice((0o120777, 0o040755, 0o104755, 0o010644, 0o020666)) << 16
        case 1:
            member.flags = odd
        case 2:
            member.method = odd
        case 3:
            member.size = chance.choice((0, 1, 0xFFFFFFFF, 2**28, len(member.data) + 1))
        case 4:
            member.packed = chance.choice((0, 1, 0xFFFFFFFF, 2**28))
        case 5:
            member.local = {chance.choice(("size", "packed", "crc", "flags", "method")): odd}
        case 6:
            member.data, member.method = bytes(chance.choice((10_000, 30_000_000))), 8
            member.size = chance.choice((None, 100, 250_000))
        case 7:
            members.extend(Member(f"practices/x{n}.toml") for n in range(chance.choice((5, 150, 1_200))))
        case _:
            members.append(chance.choice(members))
    lies = {chance.choice(("count", "here", "size", "directory", "disk")): odd} if odd == 99 else {}
    return zipped(members, **lies)  # type: ignore[arg-type]


# --- nothing is written elsewhere ---------------------------------------------------------------------------

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_allowed: list[Path] = []
_seen: list[str] = []


@contextmanager
def watched(*allowed: Path) -> Iterator[list[str]]:
    """What is written outside these folders while it lasts: events of Python's audit hooks, as they happen."""
    if not _hooked:
        sys.addaudithook(_watch)
        _hooked.append(True)
    _allowed[:] = [path.resolve() for path in allowed]
    _seen.clear()
    try:
        yield _seen
    finally:
        _allowed.clear()


_hooked: list[bool] = []
_CHANGES: dict[str, Callable[[tuple[Any, ...]], list[Any]]] = {
    "os.mkdir": lambda arguments: [arguments[0]],
    "os.rename": lambda arguments: [arguments[0], arguments[1]],
    "os.link": lambda arguments: [arguments[1]],
    "os.symlink": lambda arguments: [arguments[1]],
    "os.truncate": lambda arguments: [arguments[0]],
    "os.chmod": lambda arguments: [arguments[0]],
    "os.utime": lambda arguments: [arguments[0]],
    "shutil.rmtree": lambda arguments: [arguments[0]],
    "subprocess.Popen": lambda arguments: [f"program {arguments[0]}"],
    "os.system": lambda arguments: [f"program {arguments[0]}"],
    "socket.connect": lambda arguments: [f"network {arguments[1]}"],
    # rmtree removes by the number of a folder, and is watched itself.
    "os.remove": lambda arguments: [arguments[0]] if arguments[1] == -1 else [],
    "os.rmdir": lambda arguments: [arguments[0]] if arguments[1] == -1 else [],
}


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _allowed:
        return
    touched: list[Any] = []
    if event == "open":
        path, _, flags = arguments
        if not isinstance(path, int) and isinstance(flags, int) and flags & WRITING:
            touched = [path]
    elif event in _CHANGES:
        touched = _CHANGES[event](arguments)
    for path in touched:
        if not isinstance(path, (str, bytes, Path)):
            continue
        there = Path(path.decode() if isinstance(path, bytes) else path).absolute()
        if not any(there.is_relative_to(folder) for folder in _allowed):
            _seen.append(f"{event} {there}")
