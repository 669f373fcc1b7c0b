"""Whether the computer has just woken up: whoever opens the lid has something else in mind for a moment."""

from __future__ import annotations

from calmtray.desktop.clock import monotonic_ms
from calmtray.presence.sense import CantTell, Name, Patience, Why
from calmtray.schedule.quiet import QuietReason

JUST_MS = 60_000.0


class ResumedSense:
    """``noticing``: whether anybody would tell (``note``), as the app does by a beat that comes far too late."""

    name = Name.JUST_RESUMED

    def __init__(self, noticing: bool) -> None:
        self._noticing = noticing
        self._at_ms: float | None = None

    def note(self) -> None:
        """It has woken up just now."""
        self._at_ms = monotonic_ms()

    def ask(self, patience: Patience) -> QuietReason | None:  # noqa: ARG002 - nobody is asked
        """Whether that was within the last minute."""
        if not self._noticing:
            raise CantTell(Why.ONLY_RUNNING)
        just = self._at_ms is not None and monotonic_ms() - self._at_ms < JUST_MS
        return QuietReason.JUST_RESUMED if just else None
