"""The collector works on the thread of the windows, whoever made the circle, and only once something is due."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import Thread, current_thread

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QTimer
from pytestqt.qtbot import QtBot

from calmtray.desktop.collecting import collect_between_events, collect_if_due


@pytest.fixture
def collecting(qapp) -> Iterator[None]:
    collect_between_events()
    yield
    QAbstractEventDispatcher.instance().aboutToBlock.disconnect(collect_if_due)
    gc.enable()


class Dying:
    """Notes on which thread it went."""

    def __init__(self, seen: set[str]) -> None:
        self.seen, self.itself = seen, self

    def __del__(self) -> None:
        self.seen.add(current_thread().name)


def make_circles(seen: set[str]) -> None:
    for _each in range(3 * gc.get_threshold()[0]):
        Dying(seen)


def test_a_timer_in_a_circle_dies_on_its_own_thread(qtbot: QtBot, collecting, capfd):
    timer = QTimer()
    vars(timer)["itself"] = timer
    timer.start(3_600_000)
    del timer
    seen: set[str] = set()
    worker = Thread(target=make_circles, args=(seen,), name="worker")
    worker.start()
    worker.join()
    assert seen == set()
    qtbot.waitUntil(lambda: seen != set())
    gc.collect()
    assert seen == {"MainThread"}
    assert "another thread" not in capfd.readouterr().err


def test_what_is_not_due_waits(collecting, monkeypatch):
    collected: list[int] = []
    monkeypatch.setattr(gc, "collect", collected.append)
    for counts in ((700, 10, 10), (701, 0, 0), (701, 11, 0), (0, 0, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
        collect_if_due()
    assert collected == [0, 1, 2]
    monkeypatch.setattr(gc, "get_threshold", lambda: (0, 10, 10))
    collect_if_due()
    assert collected == [0, 1, 2, 2]
