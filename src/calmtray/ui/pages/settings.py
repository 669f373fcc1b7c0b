"""Settings: made from the typed model, effective at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from calmtray.settings.model import SETTINGS, Setting, Settings, Value
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import card, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.setting_texts import choice_text, section_text, setting_help, setting_name


class SettingsPage(Page):
    """``files``: what is kept and where, as pairs of a name and a path."""

    setting_changed = Signal(str, object)

    def __init__(self, settings: Settings, files: Sequence[tuple[str, str]]) -> None:
        super().__init__(_("Settings"))
        for section in dict.fromkeys(setting.section for setting in SETTINGS):
            self.column.addWidget(label(section_text(section), "heading"))
            frame, layout = card()
            layout.setSpacing(SPACE)
            for setting in SETTINGS:
                if setting.section == section:
                    self._add(layout, setting, getattr(settings, setting.name))
            self.column.addWidget(frame)
        self.column.addWidget(label(_("Your files"), "heading"))
        for name, path in files:
            line = label(f"{name}: {path}", "quiet")
            self.column.addWidget(line)
        self.column.addStretch(1)

    def _add(self, layout: QVBoxLayout, setting: Setting, value: Value) -> None:
        control = self._control(setting, value)
        control.setMinimumHeight(control.fontMetrics().height() * 2)
        control.setObjectName(setting.name)
        control.setAccessibleName(setting_name(setting.name))
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.addWidget(label(setting_name(setting.name)), 1)
        row.addWidget(control, 0 if isinstance(value, bool) else 1)
        layout.addLayout(row)
        explained = setting_help(setting.name)
        if explained:
            control.setAccessibleDescription(explained)
            layout.addWidget(label(explained, "quiet"))

    def _control(self, setting: Setting, value: Value) -> QWidget:
        changed = partial(self._on_control_changed, setting)
        if setting.choices:
            box = QComboBox()
            for choice in setting.choices:
                box.addItem(choice_text(setting.name, choice), choice)
            box.setCurrentIndex(setting.choices.index(str(value)))
            box.currentIndexChanged.connect(lambda index: changed(setting.choices[index]))
            return box
        if isinstance(value, bool):
            tick = QCheckBox()
            tick.setChecked(value)
            tick.toggled.connect(changed)
            return tick
        # Few enough to choose from; a number that somebody wrote into the file is one of them.
        numbers = sorted({*range(setting.low, setting.high + 1, setting.grain), int(value)})
        sizes = QComboBox()
        for number in numbers:
            sizes.addItem(f"{number} %", number)
        sizes.setCurrentIndex(numbers.index(int(value)))
        sizes.currentIndexChanged.connect(lambda index: changed(numbers[index]))
        return sizes

    def _on_control_changed(self, setting: Setting, value: Value) -> None:
        self.setting_changed.emit(setting.name, value)
