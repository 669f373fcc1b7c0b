"""Somebody leaves the desk and comes back, on a real X server."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication

from calmtray.coming_back import ComingBack
from tests.desktop.waiting import wait_for

LEAST = timedelta(milliseconds=500)


@pytest.fixture
def loop() -> QCoreApplication:
    """Events, and no window: this process itself has no screen."""
    return QCoreApplication.instance() or QCoreApplication([])


@pytest.fixture
def coming_back(loop, desk):
    made = ComingBack(desk.env, LEAST)
    yield made
    made.close()


def test_a_key_after_a_while_is_a_return(loop, desk, coming_back):
    came: list[timedelta] = []
    coming_back.came_back.connect(came.append)
    coming_back.watch(True)
    desk.press("shift")
    wait_for(lambda: (loop.processEvents(), coming_back._watch._gone)[1], "a moment without a key")
    desk.press("shift")
    wait_for(lambda: (loop.processEvents(), came)[1], "the return to be told")
    assert came[0] >= LEAST
    coming_back.watch(False)
    coming_back.watch(True)
    assert coming_back._watch._gone is None


def test_where_nobody_tells_nothing_is_heard(loop, desk, coming_back):
    nobody = ComingBack({"DISPLAY": ":4999"}, LEAST)
    nobody.watch(True)
    nobody.watch(False)
    wayland = ComingBack({**desk.env, "WAYLAND_DISPLAY": "wayland-0"}, LEAST)
    wayland.watch(True)
    assert (nobody._notifier, wayland._notifier) == (None, None)
