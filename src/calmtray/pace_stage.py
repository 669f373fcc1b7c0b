"""Where a comfortable pace is looked for: introduces the window to its sound. Nothing of it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from calmtray.desktop import clock
from calmtray.practice.model import Pattern
from calmtray.session.runner import SessionRunner
from calmtray.session.state import Ending
from calmtray.session.timeline import Timeline
from calmtray.settings.model import Settings
from calmtray.sound.chosen import sound_choices
from calmtray.sound.performer import Performer
from calmtray.sound.player import Player
from calmtray.sound.playhead import Playhead
from calmtray.stage import FADE_S
from calmtray.ui.pace_window import PaceWindow


class _Unwritten:
    """Keeps nothing: how somebody breathes while trying is nobody's business."""

    def begin(self, timeline: Timeline) -> None:
        """Nothing."""

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        """Nothing."""

    def end(self, played_ms: int, timeline: Timeline, ending: Ending) -> None:
        """Nothing."""


class PaceStage(QObject):
    """``patterns``: the named patterns, the paces to try among them. ``sounds``: the folder with bells and breaths."""

    closed = Signal()
    pace_changed = Signal(str)

    def __init__(self, patterns: Mapping[str, Pattern], sounds: Path) -> None:
        super().__init__()
        self._patterns = patterns
        self._sounds = sounds
        self._settings = Settings()
        self._player: Player | None = None
        self.window: PaceWindow | None = None

    def open(self, settings: Settings, reduced_motion: bool, asked_by_click: bool) -> None:
        """Open the window, or bring it back."""
        if self.window is None:
            self._settings = settings
            self.window = PaceWindow(
                self._patterns,
                settings.my_pace,
                self._made_runner,
                clock.monotonic_ms,
                settings.pacer,
                reduced_motion,
            )
            self.window.closed.connect(self._on_window_closed)
            self.window.pace_changed.connect(self.pace_changed)
        self.window.come_forward(asked_by_click)

    def withdraw(self) -> None:
        """Close a window that another one takes the place of, without a word to anybody."""
        if self.window is not None:
            self.window.closed.disconnect(self._on_window_closed)
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def close(self) -> None:
        """End what is under way, and let its sound fade."""
        if self.window is not None:
            self.window.close()
        if self._player is not None:
            self._player.join(FADE_S)

    def _made_runner(self, timeline: Timeline) -> SessionRunner:
        playhead = Playhead(clock.monotonic_ms)
        # Without sound the pacer and the words go on, which is all that has to be known of it here.
        self._player = Player(self._sounds, playhead, clock.monotonic_ms, lambda _audible: None)
        performer = Performer(self._player, sound_choices(self._settings), {})
        return SessionRunner(timeline, playhead.now_ms, _Unwritten(), performer)

    def _on_window_closed(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        self.closed.emit()
