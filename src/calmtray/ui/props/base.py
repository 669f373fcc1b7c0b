"""What every prop is: a widget that is given values and the time of its step, and tells what the user chose."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from calmtray.settings.model import Settings
from calmtray.ui.theme import SPACE

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Given:
    """What props may need to know.

    ``now``: the wall time. ``song_flaw``: why the user's song can't be played (a value of ``sound.clips.Flaw``), empty
    where it can. ``audible``: whether the user wants to hear anything.
    """

    settings: Settings
    now: Callable[[], datetime]
    reduced_motion: bool = False
    song_flaw: str = ""
    audible: bool = True


class Prop(QWidget):
    """Shows itself while its step lasts. It reads no clock but ``Given.now``, and keeps nothing when it goes."""

    setting_changed = Signal(str, object)

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.given = given
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE * 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As much room as a pacer."""
        return QSize(360, 300)

    def show_given(self, given: Given) -> None:
        """Other settings or looks from now on."""
        self.given = given

    def show_time(self, at_ms: float, from_ms: int, until_ms: int) -> None:
        """The session is at ``at_ms``; the step lasts from ``from_ms`` to ``until_ms``. Told about once a second."""

    def set_running(self, running: bool) -> None:
        """Whether the session plays and somebody can see this: else nothing moves by itself."""


def another(of: Sequence[_Thing], but: Collection[_Thing | None]) -> _Thing:
    """One by chance, and not one of ``but``, unless there is no other. Raises IndexError where there is none."""
    return random.choice([thing for thing in of if thing not in but] or list(of))  # noqa: S311 - a game, not a secret
