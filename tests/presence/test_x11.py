"""Finding the X server and its key; what is asked of it is tested on a real one (``tests/desktop``)."""

from __future__ import annotations

import struct

import pytest

from calmtray.presence.full_screen import FullScreenSense
from calmtray.presence.sense import CantTell, Patience, Why
from calmtray.presence.x11 import Box, find_cookie, screen_of

HOST = b"desk"
LOCAL, WILD, INTERNET = 256, 65_535, 0


def entry(family, address, display, kind=b"MIT-MAGIC-COOKIE-1", cookie=b"k" * 16):
    parts = (address, display, kind, cookie)
    return struct.pack(">H", family) + b"".join(struct.pack(">H", len(part)) + part for part in parts)


@pytest.mark.parametrize(
    ("entries", "cookie"),
    [
        ([entry(LOCAL, HOST, b"0")], b"k" * 16),
        ([entry(LOCAL, HOST, b"")], b"k" * 16),
        ([entry(WILD, b"", b"0")], b"k" * 16),
        ([entry(LOCAL, HOST, b"1"), entry(LOCAL, HOST, b"0", cookie=b"second")], b"second"),
        ([entry(LOCAL, b"other", b"0"), entry(INTERNET, b"\x7f\0\0\1", b"0")], b""),
        ([entry(LOCAL, HOST, b"0", kind=b"XDM-AUTHORIZATION-1")], b""),
        ([], b""),
    ],
)
def test_the_key_of_this_display_is_found(entries, cookie):
    assert find_cookie(b"".join(entries), "0", HOST) == cookie


@pytest.mark.parametrize("display", ["", "nonsense", ":", ":49999", "localhost.invalid.:1:2"])
def test_without_a_server_there_is_nobody_to_ask(display):
    with pytest.raises(CantTell) as cant_tell, screen_of({"DISPLAY": display}, Patience()):
        pass
    assert cant_tell.value.why is Why.NOBODY_TO_ASK


@pytest.mark.parametrize("environ", [{"WAYLAND_DISPLAY": "wayland-0"}, {"XDG_SESSION_TYPE": "wayland"}])
def test_wayland_tells_nobody_what_fills_the_screen(environ):
    with pytest.raises(CantTell) as cant_tell:
        FullScreenSense({"DISPLAY": ":0", **environ}).ask(Patience())
    assert cant_tell.value.why is Why.WAYLAND


@pytest.mark.parametrize(
    ("other", "pixels"),
    [
        (Box(0, 0, 10, 10), 100),
        (Box(5, 5, 10, 10), 25),
        (Box(-5, 0, 10, 4), 20),
        (Box(10, 0, 5, 5), 0),
        (Box(50, 50, 1, 1), 0),
    ],
)
def test_what_two_windows_have_in_common(other, pixels):
    assert Box(0, 0, 10, 10).common(other) == pixels
    assert other.common(Box(0, 0, 10, 10)) == pixels
