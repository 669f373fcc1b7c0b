"""Whoever was away comes back: on Wayland the compositor tells, by two watches. (The X server: ``tests/desktop``.)"""

from __future__ import annotations

import select
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, new_method_return, new_signal

from calmtray.presence.return_watch import ReturnWatch
from calmtray.presence.sense import CantTell, Why
from tests.presence.conftest import PrivateBus, Service

MUTTER, MUFFIN = "org.gnome.Mutter.IdleMonitor", "org.cinnamon.Muffin.IdleMonitor"
IDLE, ACTIVE, ANOTHER = 7, 8, 9
LEAST = timedelta(minutes=20)
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


class Compositor(Service):
    """It hands out watches, and fires them when the test says so."""

    def __init__(self, address: str, name: str) -> None:
        self.name = name
        self.asked: list[tuple[str, tuple[object, ...]]] = []
        super().__init__(address, name, {})

    def fire(self, watch: int) -> None:
        place = DBusAddress("/org/gnome/Mutter/IdleMonitor/Core", interface=self.name)
        self._connection.send(new_signal(place, "WatchFired", "u", (watch,)))

    def _answer(self, message: Any) -> None:
        method = message.header.fields[HeaderFields.member]
        self.asked.append((method, tuple(message.body)))
        watch = {"AddIdleWatch": IDLE, "AddUserActiveWatch": ACTIVE}[method]
        self._connection.send(new_method_return(message, "u", (watch,)))


@pytest.fixture(params=[MUTTER, MUFFIN])
def compositor(bus: PrivateBus, request) -> Iterator[Compositor]:
    made = Compositor(bus.address, request.param)
    yield made
    made.close()


@pytest.fixture
def watch(bus: PrivateBus) -> Iterator[ReturnWatch]:
    made = ReturnWatch({**bus.environ, "WAYLAND_DISPLAY": "wayland-0"}, LEAST)
    yield made
    made.close()


def heard(watch: ReturnWatch, now: datetime) -> timedelta | None:
    assert select.select([watch.fileno()], [], [], 20)[0]
    return watch.heard(now)


def test_on_wayland_the_compositor_tells_who_comes_back(compositor, watch):
    watch.open()
    assert compositor.asked == [("AddIdleWatch", (1_200_000,))]
    for at in (NOON, NOON + timedelta(hours=3)):
        compositor.fire(IDLE)
        assert heard(watch, at) is None
        assert compositor.asked[-1][0] == "AddUserActiveWatch"
        compositor.fire(ACTIVE)
        assert heard(watch, at + timedelta(minutes=25)) == timedelta(minutes=45)


def test_watches_of_others_and_a_touch_without_a_while_before_it_are_nothing(compositor, watch):
    watch.open()
    for other in (ANOTHER, ACTIVE):
        compositor.fire(other)
        assert heard(watch, NOON) is None
    assert len(compositor.asked) == 1


def test_where_no_compositor_tells_nothing_is_heard(watch):
    with pytest.raises(CantTell) as cant_tell:
        watch.open()
    assert cant_tell.value.why is Why.WAYLAND


def test_without_a_bus_nothing_is_heard():
    with pytest.raises(CantTell):
        ReturnWatch({"WAYLAND_DISPLAY": "wayland-0"}, LEAST).open()
