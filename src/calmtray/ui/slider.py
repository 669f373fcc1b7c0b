"""A slider that moves by whole grains and tells what was chosen often enough to be heard, seldom enough to be kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QWheelEvent
from PySide6.QtWidgets import QSlider

TELL_EVERY_MS = 150
"""The least time between two values told while a hand or a held key moves the slider; the last one is always told."""

PAGE_GRAINS = 4
"""How many grains Page Up and Page Down move."""

NOTCH = 120
"""One notch of a wheel, in Qt's eighths of a degree; touchpads send parts of it."""


class Slider(QSlider):
    """Whole numbers from ``low`` to ``high``. A value between two grains stays what it is until somebody moves it."""

    chosen = Signal(int)

    def __init__(self, low: int, high: int, grain: int, value: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._grain = grain
        self._told = value
        self._turned = 0
        self.setRange(low, high)
        self.setSingleStep(grain)
        self.setPageStep(grain * PAGE_GRAINS)
        self.setValue(value)
        # A page that scrolls under the pointer gives nothing the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TELL_EVERY_MS)
        self._pause.timeout.connect(self._tell)
        self.actionTriggered.connect(self._on_action_triggered)
        self.valueChanged.connect(self._on_value_changed)
        self.sliderReleased.connect(self._tell)

    def show_value(self, value: int) -> None:
        """Show what was chosen elsewhere, unless it is being chosen here."""
        if not self.isSliderDown() and self.value() == self._told:
            self._told = value
            self.setValue(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A grain for a notch, and only for somebody who means this slider: the others are scrolling the page."""
        if not self.hasFocus():
            event.ignore()
            return
        self._turned += event.angleDelta().y()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        action = QSlider.SliderAction.SliderSingleStepAdd if notches > 0 else QSlider.SliderAction.SliderSingleStepSub
        for _ in range(abs(notches)):
            self.triggerAction(action)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever leaves has chosen."""
        super().focusOutEvent(event)
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever closes the window has chosen as well."""
        super().hideEvent(event)
        self._tell()

    def _on_action_triggered(self, action: int) -> None:
        """Qt has moved the position by a step or to the pointer, and not the value yet: put it on a grain."""
        grain, low = self._grain, self.minimum()
        over = (self.sliderPosition() - low) / grain
        match QSlider.SliderAction(action):
            case QSlider.SliderAction.SliderSingleStepAdd | QSlider.SliderAction.SliderPageStepAdd:
                grains = int(over)
            case QSlider.SliderAction.SliderSingleStepSub | QSlider.SliderAction.SliderPageStepSub:
                grains = -int(-over // 1)
            case _:
                grains = round(over)
        self.setSliderPosition(low + grains * grain)

    def _on_value_changed(self) -> None:
        if not self._pause.isActive():
            self._tell()

    def _tell(self) -> None:
        if self.value() != self._told:
            self._told = self.value()
            self._pause.start()
            self.chosen.emit(self._told)
