"""Make two screens out of one, side by side, as ``xrandr --setmonitor`` would: a few requests of the X protocol.

Xvfb can only be started with one that Qt sees. The requests are those of *X Window System Protocol* and of *RandR 1.5*.
"""

from __future__ import annotations

import socket
import struct

_INTERN_ATOM, _GET_INPUT_FOCUS, _QUERY_EXTENSION = 16, 43, 98
_GET_SCREEN_RESOURCES_CURRENT, _SET_MONITOR = 25, 43


def divide_screen(number: str, width: int, height: int) -> None:
    """The left half of display ``number`` becomes the first screen, the right half the second."""
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(f"/tmp/.X11-unix/X{number}")
        root = _say_hello(server)
        server.sendall(struct.pack("<BxHHxx8s", _QUERY_EXTENSION, 4, 5, b"RANDR"))
        randr = _answer(server)[9]
        server.sendall(struct.pack("<BBHI", randr, _GET_SCREEN_RESOURCES_CURRENT, 2, root))
        resources = _answer(server)
        (controllers,) = struct.unpack_from("<H", resources, 16)
        (output,) = struct.unpack_from("<I", resources, 32 + 4 * controllers)
        half = width // 2
        # The one output there is goes to the left screen: left alone, it would be a third one over both.
        for name, left, outputs in ((b"LEFT", 0, [output]), (b"RIGH", half, [])):
            server.sendall(struct.pack("<BxHHxx4s", _INTERN_ATOM, 3, 4, name))
            (atom,) = struct.unpack_from("<I", _answer(server), 8)
            about = struct.pack("<IBBHhhHHII", atom, not left, False, len(outputs), left, 0, half, height, 300, 300)
            about += b"".join(struct.pack("<I", one) for one in outputs)
            server.sendall(struct.pack("<BBHI", randr, _SET_MONITOR, 2 + len(about) // 4, root) + about)
        # The last request is answered, so that all before it are done.
        server.sendall(struct.pack("<BxH", _GET_INPUT_FOCUS, 1))
        _answer(server)


def _say_hello(server: socket.socket) -> int:
    """Begin the conversation; the root window."""
    server.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
    welcome, words = struct.unpack("<BxxxxxH", server.recv(8, socket.MSG_WAITALL))
    assert welcome == 1, "the X server does not let us in"
    setup = server.recv(4 * words, socket.MSG_WAITALL)
    (vendor,) = struct.unpack_from("<H", setup, 16)
    (root,) = struct.unpack_from("<I", setup, 32 + (vendor + 3) // 4 * 4 + 8 * setup[21])
    return int(root)


def _answer(server: socket.socket) -> bytes:
    """The next reply, whole; events have no place here, for we asked for none."""
    head = server.recv(32, socket.MSG_WAITALL)
    assert head[0] == 1, f"the X server refuses, with error {head[1]}"
    (words,) = struct.unpack_from("<I", head, 4)
    return head + server.recv(4 * words, socket.MSG_WAITALL)
