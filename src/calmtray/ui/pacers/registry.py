"""Which pacer draws which choice; each is imported when it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtWidgets import QWidget

from calmtray.settings.model import PacerKind
from calmtray.ui.pacers.base import Pacer

_PACERS = {
    PacerKind.CIRCLE: ("circle", "CirclePacer"),
    PacerKind.RIBBON: ("ribbon", "RibbonPacer"),
    PacerKind.WAVE: ("wave", "WavePacer"),
    PacerKind.SQUARE: ("square", "SquarePacer"),
    PacerKind.BAR: ("bar", "BarPacer"),
    PacerKind.WORDS: ("words_only", "WordsPacer"),
}


def make_pacer(kind: str, clock: Callable[[], float], parent: QWidget | None = None) -> Pacer:
    """The pacer of this kind (a value of ``PacerKind``); ``clock`` counts ms and never goes back."""
    module, name = _PACERS[PacerKind(kind)]
    pacer: Pacer = getattr(import_module(f"calmtray.ui.pacers.{module}"), name)(clock, parent)
    return pacer
