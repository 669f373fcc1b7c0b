"""All senses of this machine, asked one after the other. What fails counts as unable to tell, never as quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from calmtray.desktop.clock import monotonic_ms
from calmtray.presence.resumed import ResumedSense
from calmtray.presence.sense import ANSWER_WITHIN_MS, Answer, CantTell, Name, Patience, Sense, Why
from calmtray.schedule.quiet import QuietReason
from calmtray.settings.model import Settings

ALL_WITHIN_MS = 900
"""All of them together: where everything hangs, the last ones are not waited for."""

Idle = Callable[[Patience], float]
"""Seconds since somebody last moved or typed. Raises CantTell."""


class Presence:
    """The senses in the order they are asked, and how long nobody has typed. Safe to call off the main thread."""

    def __init__(self, senses: Sequence[Sense], idle: Idle, resumed: ResumedSense | None = None) -> None:
        self._senses = senses if resumed is None else (*senses, resumed)
        self._idle = idle
        self._resumed = resumed

    def note_resumed(self) -> None:
        """The computer has woken up just now."""
        if self._resumed is not None:
            self._resumed.note()

    def first_reason(self, settings: Settings) -> QuietReason | None:
        """Ask those that are switched on until one knows a reason to stay quiet."""
        began = monotonic_ms()
        for sense in self._senses:
            if is_on(settings, sense.name):
                reason = _ask(sense, True, began).reason
                if reason is not None:
                    return reason
        return None

    def report(self, settings: Settings) -> list[Answer]:
        """Ask all, and say what each of them says now, switched on or not."""
        began = monotonic_ms()
        return [_ask(sense, is_on(settings, sense.name), began) for sense in self._senses]

    def idle_s(self) -> float | None:
        """Seconds since somebody last moved or typed; None where nobody can tell."""
        try:
            return self._idle(Patience())
        except Exception:  # noqa: BLE001 - as below
            return None


def presence_here(environ: Mapping[str, str], running: bool) -> Presence:
    """Those of this machine. ``running``: for the app, which notices when it wakes up. Nothing is asked yet."""
    resumed = ResumedSense(running)
    if sys.platform == "win32":
        from calmtray.presence import windows

        return Presence(windows.senses(), windows.idle_s, resumed)
    if sys.platform == "darwin":
        from calmtray.presence import macos

        return Presence(macos.senses(), macos.idle_s, resumed)
    from calmtray.presence import linux

    return Presence(linux.senses(environ), linux.idle(environ), resumed)


def is_on(settings: Settings, name: Name) -> bool:
    """Whether the user wants it asked."""
    return bool(getattr(settings, name.setting))


def _ask(sense: Sense, on: bool, all_began: float) -> Answer:
    began = monotonic_ms()
    reason: QuietReason | None = None
    why: Why | None = None
    try:
        patience = Patience(min(ANSWER_WITHIN_MS, ALL_WITHIN_MS - (began - all_began)))
        patience.left_s()
        reason = sense.ask(patience)
    except CantTell as cant_tell:
        why = cant_tell.why
    except Exception:  # noqa: BLE001 - whatever another program answers, it must not end this one
        why = Why.FAILED
    return Answer(sense.name, on, reason, why, monotonic_ms() - began)
