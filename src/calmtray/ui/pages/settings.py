"""Settings: made from the typed model, effective at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from calmtray.settings.model import SETTINGS, Setting, Settings, Value
from calmtray.ui.pace_row import PaceRow
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import card, label
from calmtray.ui.slider import Slider
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.setting_texts import amount_text, choice_text, section_text, setting_help, setting_name

MOST_TO_LIST = 10
"""So many numbers can be looked through in a list; from more of them one chooses by sliding."""


NAME_SHARE, CONTROL_SHARE = 5, 6
"""How a row is shared, so that all controls stand in one column."""


class _Choices(QComboBox):
    """A list of choices that a wheel changes only for somebody who means it: the others are scrolling the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class SettingsPage(Page):
    """``files``: what is kept and where, as pairs of a name and a path."""

    setting_changed = Signal(str, object)
    pace_search_asked = Signal()

    def __init__(self, settings: Settings, files: Sequence[tuple[str, str]]) -> None:
        super().__init__(_("Settings"))
        self._settings = settings
        self._show: dict[str, Callable[[Value], None]] = {}
        for section in dict.fromkeys(setting.section for setting in SETTINGS if setting.section):
            self.column.addWidget(label(section_text(section), "heading"))
            frame, layout = card()
            layout.setSpacing(SPACE)
            for setting in SETTINGS:
                if setting.section == section:
                    self._add(layout, setting, getattr(settings, setting.name))
            if section == "practices":
                self._add_pace(layout)
            self.column.addWidget(frame)
        self.column.addWidget(label(_("Your files"), "heading"))
        for name, path in files:
            line = label(f"{name}: {path}", "quiet")
            self.column.addWidget(line)
        self.column.addStretch(1)

    def show_settings(self, settings: Settings) -> None:
        """Show these in the controls that are there, whoever changed them."""
        self._settings = settings
        for name, show in self._show.items():
            show(getattr(settings, name))

    def _add(self, layout: QVBoxLayout, setting: Setting, value: Value) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.addWidget(label(setting_name(setting.name)), NAME_SHARE)
        control: QWidget
        if setting.choices:
            control = self._list(setting, {choice: choice_text(setting.name, choice) for choice in setting.choices})
            row.addWidget(control, CONTROL_SHARE)
        elif isinstance(value, bool):
            control = self._tick(setting)
            row.addWidget(control)
        elif not isinstance(value, int):
            raise TypeError(f"{setting.name}: no control for a text")
        elif (setting.high - setting.low) // setting.grain < MOST_TO_LIST:
            # A number that somebody wrote into the file is one of them.
            numbers = sorted({*range(setting.low, setting.high + 1, setting.grain), value})
            control = self._list(setting, {number: amount_text(setting, number) for number in numbers})
            row.addWidget(control, CONTROL_SHARE)
        else:
            control, shown = self._slider(setting, value)
            sliding = QHBoxLayout()
            sliding.setSpacing(SPACE * 2)
            sliding.addWidget(control, 1)
            sliding.addWidget(shown)
            row.addLayout(sliding, CONTROL_SHARE)
        control.setMinimumHeight(control.fontMetrics().height() * 2)
        control.setObjectName(setting.name)
        control.setAccessibleName(setting_name(setting.name))
        self._show[setting.name](value)
        layout.addLayout(row)
        explained = setting_help(setting.name)
        if explained:
            control.setAccessibleDescription(explained)
            layout.addWidget(label(explained, "quiet"))

    def _add_pace(self, layout: QVBoxLayout) -> None:
        """It is looked for in a window of its own, so it is no ordinary row."""
        row = PaceRow(self._settings.my_pace, searchable=True)
        row.search_asked.connect(self.pace_search_asked)
        row.pace_changed.connect(self._on_row_pace_changed)
        self._show["my_pace"] = lambda pace: row.show_pace(str(pace))
        layout.addSpacing(SPACE)
        layout.addWidget(row)

    def _on_row_pace_changed(self, pace: str) -> None:
        self._settings = self._settings.with_("my_pace", pace)
        self.setting_changed.emit("my_pace", pace)

    def _list(self, setting: Setting, texts: Mapping[Value, str]) -> QComboBox:
        box = _Choices()
        values = list(texts)
        for text in texts.values():
            box.addItem(text)
        self._show[setting.name] = lambda value: box.setCurrentIndex(values.index(value))
        box.currentIndexChanged.connect(lambda index: self._on_control_changed(setting, values[index]))
        return box

    def _tick(self, setting: Setting) -> QCheckBox:
        tick = QCheckBox()
        self._show[setting.name] = lambda value: tick.setChecked(bool(value))
        tick.toggled.connect(lambda on: self._on_control_changed(setting, on))
        return tick

    def _slider(self, setting: Setting, value: int) -> tuple[Slider, QLabel]:
        slider = Slider(setting.low, setting.high, setting.grain, value)
        shown = QLabel(amount_text(setting, value))
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # As wide as the widest, so that the slider keeps its length under the hand.
        shown.setMinimumWidth(shown.fontMetrics().horizontalAdvance(amount_text(setting, setting.high)))
        slider.valueChanged.connect(lambda number: shown.setText(amount_text(setting, number)))
        slider.chosen.connect(lambda number: self._on_control_changed(setting, number))
        self._show[setting.name] = lambda number: slider.show_value(int(str(number)))
        return slider, shown

    def _on_control_changed(self, setting: Setting, value: Value) -> None:
        # What the page itself was told to show is no news.
        if value != getattr(self._settings, setting.name):
            self._settings = self._settings.with_(setting.name, value)
            self.setting_changed.emit(setting.name, value)
