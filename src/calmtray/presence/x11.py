"""One short conversation with the X server, in its own protocol: a server that hangs holds nobody up.

libxcb has no such limit for the greeting, and Qt's own connection belongs to Qt. The requests are those of
*X Window System Protocol*, *Extended Window Manager Hints*, *X11 Screen Saver Extension* and *X Synchronization
Extension*.
"""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from select import select

from calmtray.presence.sense import CantTell, Patience, Why

_GET_GEOMETRY, _INTERN_ATOM, _GET_PROPERTY, _GET_SELECTION_OWNER, _TRANSLATE, _QUERY_EXTENSION = 14, 16, 20, 23, 40, 98
_GET_INPUT_FOCUS = 43
_SCREEN_SAVER_QUERY_INFO = 1
_SYNC_INITIALIZE, _SYNC_LIST_SYSTEM_COUNTERS, _SYNC_CREATE_ALARM = 0, 1, 8
_SYNC_VERSION = 3, 1
_ALARM = 0b111111
"""An alarm is made of a counter, how its value is meant (absolute), the value, when it goes off, a step and events."""

_REPLY, _ERROR = 1, 0
_HEAD_BYTES = 32
_FAMILY_LOCAL, _FAMILY_WILD = 256, 65_535
_COOKIE = b"MIT-MAGIC-COOKIE-1"
_TCP_PORT = 6_000
_MOST_WORDS = 4_096
"""As much of a property as is read: a list of windows that is longer than this is no list of windows."""


class Refused(Exception):
    """The server has no such window, or not any more."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the screen."""

    left: int
    top: int
    width: int
    height: int

    def common(self, other: Box) -> int:
        """How many pixels both of them cover."""
        width = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        height = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0, width) * max(0, height)

    @property
    def area(self) -> int:
        """How many pixels it covers."""
        return self.width * self.height


class Screen:
    """A connection to the X server."""

    def __init__(self, server: socket.socket, patience: Patience) -> None:
        self._server = server
        self._patience = patience
        self._atoms: dict[str, int] = {}
        self._first_id = self._first_event = 0
        self.root = 0

    def greet(self, cookie: bytes) -> None:
        """Show who we are. Raises CantTell where the server does not let us in."""
        name = _COOKIE if cookie else b""
        hello = struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(name), len(cookie))
        self._write(hello + _padded(name) + _padded(cookie))
        welcome, words = struct.unpack("<BxxxxxH", self._read(8))
        setup = self._read(4 * words)
        if welcome != 1:
            raise CantTell(Why.NOT_ALLOWED)
        (self._first_id,) = struct.unpack_from("<I", setup, 4)
        (vendor,) = struct.unpack_from("<H", setup, 16)
        (self.root,) = struct.unpack_from("<I", setup, 32 + vendor + -vendor % 4 + 8 * setup[21])

    def atom(self, name: str) -> int:
        """The number of a name; 0 where nobody has used it yet."""
        if name not in self._atoms:
            data = name.encode()
            reply = self._ask(_INTERN_ATOM, 1, struct.pack("<Hxx", len(data)) + _padded(data))
            (self._atoms[name],) = struct.unpack_from("<I", reply, 8)
        return self._atoms[name]

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """A property that is a list of numbers; empty where the window has none. Raises Refused."""
        bits, data = self._property(window, name)
        return struct.unpack(f"<{len(data) // 4}I", data) if bits == 32 else ()

    def text(self, window: int, name: str) -> str:
        """A property that is a text; empty where the window has none. Raises Refused."""
        bits, data = self._property(window, name)
        return data.decode(errors="replace") if bits == 8 else ""

    def box(self, window: int) -> Box:
        """Where a window is. Raises Refused."""
        _, _, width, height = struct.unpack_from("<hhHH", self._ask(_GET_GEOMETRY, 0, struct.pack("<I", window)), 12)
        reply = self._ask(_TRANSLATE, 0, struct.pack("<IIhh", window, self.root, 0, 0))
        left, top = struct.unpack_from("<hh", reply, 12)
        return Box(left, top, width, height)

    def owner(self, selection: str) -> int:
        """The window that owns a selection; 0 where none does."""
        (window,) = struct.unpack_from(
            "<I", self._ask(_GET_SELECTION_OWNER, 0, struct.pack("<I", self.atom(selection))), 8
        )
        return int(window)

    def idle_ms(self) -> int:
        """How long nobody has moved or typed. Raises CantTell where the server does not count."""
        major, _ = self._extension(b"MIT-SCREEN-SAVER")
        reply = self._ask(major, _SCREEN_SAVER_QUERY_INFO, struct.pack("<I", self.root))
        (idle_ms,) = struct.unpack_from("<I", reply, 16)
        return int(idle_ms)

    def watch_idle(self, ms: int) -> None:
        """Let ``heard`` tell from now on when nobody has moved or typed for so long, and when somebody does again.

        Raises CantTell where the server does not count.
        """
        major, self._first_event = self._extension(b"SYNC")
        self._ask(major, _SYNC_INITIALIZE, struct.pack("<BBxx", *_SYNC_VERSION))
        counter = self._counter(self._ask(major, _SYNC_LIST_SYSTEM_COUNTERS, b""), b"IDLETIME")
        for falls in (False, True):
            alarm = self._first_id + falls
            value = struct.pack("<iI", 0, ms)
            made = struct.pack("<IIII8sI8sI", alarm, _ALARM, counter, 0, value, falls, bytes(8), 1)
            self._write(struct.pack("<BBH", major, _SYNC_CREATE_ALARM, 1 + len(made) // 4) + made)
        # Whether both were taken, an answer to whatever tells.
        self._ask(_GET_INPUT_FOCUS, 0, b"")

    def fileno(self) -> int:
        """What becomes readable once there is something to be heard."""
        return self._server.fileno()

    def heard(self) -> list[bool]:
        """What was told since: True for somebody who moved again. Raises CantTell, OSError once the server is gone."""
        told = []
        while select([self._server], [], [], 0)[0]:
            self._patience = Patience()
            event = self._read(_HEAD_BYTES)
            if event[0] & 0x7F == self._first_event + 1:
                told.append(struct.unpack_from("<I", event, 4)[0] != self._first_id)
        return told

    def _extension(self, name: bytes) -> tuple[int, int]:
        """The number of its requests, and of its first event. Raises CantTell where the server has none."""
        reply = self._ask(_QUERY_EXTENSION, 0, struct.pack("<Hxx", len(name)) + _padded(name))
        present, major, first_event = reply[8:11]
        if not present:
            raise CantTell(Why.NOT_SAID)
        return major, first_event

    def _counter(self, listed: bytes, wanted: bytes) -> int:
        offset = _HEAD_BYTES
        for _number in range(struct.unpack_from("<i", listed, 8)[0]):
            counter, size = struct.unpack_from("<I8xH", listed, offset)
            if listed[offset + 14 : offset + 14 + size] == wanted:
                return int(counter)
            offset += 14 + size + -(14 + size) % 4
        raise CantTell(Why.NOT_SAID)

    def _property(self, window: int, name: str) -> tuple[int, bytes]:
        request = struct.pack("<IIIII", window, self.atom(name), 0, 0, _MOST_WORDS)
        reply = self._ask(_GET_PROPERTY, 0, request)
        (count,) = struct.unpack_from("<I", reply, 16)
        bits = reply[1]
        return bits, reply[_HEAD_BYTES : _HEAD_BYTES + count * bits // 8]

    def _ask(self, request: int, detail: int, body: bytes) -> bytes:
        self._write(struct.pack("<BBH", request, detail, 1 + len(body) // 4) + body)
        head = self._read(_HEAD_BYTES)
        # Events have no place here: we ask for none, and those that come unasked are passed over.
        while head[0] not in (_REPLY, _ERROR):
            head = self._read(_HEAD_BYTES)
        if head[0] == _ERROR:
            raise Refused
        (words,) = struct.unpack_from("<I", head, 4)
        return head + self._read(4 * words)

    def _write(self, data: bytes) -> None:
        self._server.settimeout(self._patience.left_s())
        self._server.sendall(data)

    def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            self._server.settimeout(self._patience.left_s())
            more = self._server.recv(size - len(data))
            if not more:
                raise CantTell(Why.NO_ANSWER)
            data += more
        return data


@contextmanager
def screen_of(environ: Mapping[str, str], patience: Patience) -> Iterator[Screen]:
    """The X server that the environment names. Raises CantTell where there is none."""
    display = re.fullmatch(r"(?:unix)?([^:/]*):(\d+)(?:\.\d+)?", environ.get("DISPLAY", ""))
    if display is None:
        raise CantTell(Why.NOBODY_TO_ASK)
    host, number = display[1], display[2]
    try:
        with _connect(host, int(number), patience) as server:
            screen = Screen(server, patience)
            screen.greet(_cookie(environ, number))
            yield screen
    except TimeoutError:
        raise CantTell(Why.NO_ANSWER) from None
    except OSError:
        raise CantTell(Why.NOBODY_TO_ASK) from None


def _connect(host: str, number: int, patience: Patience) -> socket.socket:
    if host:
        return socket.create_connection((host, _TCP_PORT + number), patience.left_s())
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where every X server is
    server = socket.socket(socket.AF_UNIX)
    try:
        server.settimeout(patience.left_s())
        try:
            server.connect(path)
        except FileNotFoundError:
            server.connect("\0" + path)
    except BaseException:
        server.close()
        raise
    return server


def _cookie(environ: Mapping[str, str], number: str) -> bytes:
    """What lets us in, from the user's Xauthority; empty where there is none."""
    file = Path(environ.get("XAUTHORITY") or Path(environ.get("HOME", "/")) / ".Xauthority")
    try:
        data = file.read_bytes()
    except OSError:
        return b""
    return find_cookie(data, number, socket.gethostname().encode())


def find_cookie(data: bytes, number: str, host: bytes) -> bytes:
    """The cookie for a display of this host, as Xauthority has it: numbers there are big-endian."""
    offset = 0

    def part() -> bytes:
        nonlocal offset
        (size,) = struct.unpack_from(">H", data, offset)
        offset += 2 + size
        return data[offset - size : offset]

    while offset + 2 <= len(data):
        (family,) = struct.unpack_from(">H", data, offset)
        offset += 2
        address, display, kind, cookie = part(), part(), part(), part()
        ours = family == _FAMILY_WILD or (family == _FAMILY_LOCAL and address == host)
        if ours and display in (b"", number.encode()) and kind == _COOKIE:
            return cookie
    return b""


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
