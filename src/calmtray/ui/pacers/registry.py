"""Which pacer draws which choice; each is imported when it is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from calmtray.ui.pacers.base import Pacer


def make_pacer(kind: str, clock: Callable[[], float], parent: QWidget | None = None) -> Pacer:
    """The pacer of this kind (a value of ``PacerKind``)."""
    from calmtray.ui.pacers.circle import CirclePacer

    return CirclePacer(clock, parent)
