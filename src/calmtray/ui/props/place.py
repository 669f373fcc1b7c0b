"""The place for a practice's props in the session window: each during its step, an empty room before and after."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from calmtray.practice.model import Practice
from calmtray.session.timeline import Timeline
from calmtray.ui.props.base import Given, Prop
from calmtray.ui.props.registry import make_prop


class PropPlace(QWidget):
    """Keeps its size whatever it shows, so that nothing around it moves. A prop that comes again is as it was left."""

    setting_changed = Signal(str, object)

    def __init__(self, practice: Practice, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.given = given
        self._running = False
        self._empty = QWidget()
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(self._empty)
        self._props: dict[int, Prop] = {}
        for number, step in enumerate(practice.steps):
            if step.prop is not None:
                prop = self._props[number] = make_prop(step.prop, given, self)
                prop.setting_changed.connect(self.setting_changed)
                self._pages.addWidget(prop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As much room as a pacer."""
        return QSize(360, 300)

    @property
    def prop(self) -> Prop | None:
        """What is shown now."""
        shown = self._pages.currentWidget()
        return shown if isinstance(shown, Prop) else None

    def show_at(self, timeline: Timeline, ms: float) -> bool:
        """Show what belongs to this instant; whether there is anything."""
        step = timeline.step_at(ms)
        shown = self._props.get(step)
        if self._pages.currentWidget() is not (shown or self._empty):
            if self.prop is not None:
                self.prop.set_running(False)
                if any(part.hasFocus() for part in self.prop.findChildren(QWidget)):
                    # Else the focus would go to some button, and Space would press it.
                    self.window().setFocus()
            self._pages.setCurrentWidget(shown or self._empty)
            if shown is not None:
                shown.set_running(self._running)
        if shown is not None:
            from_ms, until_ms = (*timeline.starts_ms, timeline.length_ms)[step : step + 2]
            shown.show_time(ms, from_ms, until_ms)
        return shown is not None

    def show_given(self, given: Given) -> None:
        """Other settings or looks from now on."""
        self.given = given
        for prop in self._props.values():
            prop.show_given(given)

    def set_running(self, running: bool) -> None:
        """Whether the session plays and somebody can see it."""
        self._running = running
        if self.prop is not None:
            self.prop.set_running(running)
