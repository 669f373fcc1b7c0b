"""Python's collector, on the thread of the windows alone.

It looks for circles on whatever thread happens to make the next object, and destroys what it finds right there. A
QTimer or another QObject that is destroyed on a thread that is not its own may take the program along: “Timers cannot
be stopped from another thread”. (Qt for Python waits for the right thread with a widget, not with every QObject.)
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher


def collect_between_events() -> None:
    """From now on the collector works on this thread, once its events are dealt with, and nowhere else."""
    gc.disable()
    QAbstractEventDispatcher.instance().aboutToBlock.connect(collect_if_due)


def collect_if_due() -> None:
    """Collect what Python itself would have collected by now, by its own measure (``gc.get_threshold``)."""
    for generation, (count, most) in reversed([*enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))]):
        if count > most > 0:
            gc.collect(generation)
            return
