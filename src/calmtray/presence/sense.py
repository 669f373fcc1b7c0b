"""What a sense is: one question to the machine, answered within a moment or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from calmtray.desktop.clock import monotonic_ms
from calmtray.schedule.quiet import QuietReason

ANSWER_WITHIN_MS = 300
"""A sense that needs longer is one that nobody answers."""


class Name(StrEnum):
    """What is sensed. ``sense_`` and its name is the setting that switches it."""

    MICROPHONE = "microphone"
    CAMERA = "camera"
    SCREEN_SHARING = "screen_sharing"
    DO_NOT_DISTURB = "do_not_disturb"
    FULL_SCREEN = "full_screen"
    AWAY = "away"
    JUST_RESUMED = "just_resumed"

    @property
    def setting(self) -> str:
        """The setting that switches it."""
        return f"sense_{self}"


class Why(StrEnum):
    """Why a sense can't tell."""

    NOBODY_TO_ASK = "nobody-to-ask"
    NO_ANSWER = "no-answer"
    NOT_SAID = "not-said"
    NOT_ALLOWED = "not-allowed"
    WAYLAND = "wayland"
    NO_TRACE = "no-trace"
    ONLY_RUNNING = "only-running"
    FAILED = "failed"


class CantTell(Exception):
    """The machine does not say."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Patience:
    """How long an answer is waited for, counted from now on."""

    def __init__(self, ms: float = ANSWER_WITHIN_MS) -> None:
        self._end = monotonic_ms() + ms

    def left_s(self) -> float:
        """What is left of it, in seconds. Raises CantTell once nothing is."""
        left = self._end - monotonic_ms()
        if left <= 0:
            raise CantTell(Why.NO_ANSWER)
        return left / 1000


class Sense(Protocol):
    """One question. Making a sense touches nothing; asking it leaves nothing open."""

    @property
    def name(self) -> Name:
        """What is sensed."""

    def ask(self, patience: Patience) -> QuietReason | None:
        """A reason to stay quiet, or None where there is none. Raises CantTell."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sense says now: ``reason`` to stay quiet, ``why`` it can't tell, or neither: nothing speaks against it."""

    name: Name
    on: bool
    reason: QuietReason | None
    why: Why | None
    ms: float
