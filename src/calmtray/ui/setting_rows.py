"""Rows for settings: a name and a control, made from the typed model."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from calmtray.settings.model import Setting, Settings, Value
from calmtray.settings.policy import NO_POLICY, Policy
from calmtray.ui.parts import label
from calmtray.ui.slider import Slider
from calmtray.ui.theme import SPACE
from calmtray.ui.wheel import scroll_page_over
from calmtray.words.policy_texts import fixed_text
from calmtray.words.setting_texts import amount_text, choice_text, setting_help, setting_name

MOST_TO_LIST = 10
"""So many numbers can be looked through in a list; from more of them one chooses by sliding."""

NAME_SHARE, CONTROL_SHARE = 5, 6
"""How a row is shared, so that all controls stand in one column."""


class SettingRows(QObject):
    """The rows of one page. ``changed``: the name of a setting, and its new value.

    ``policy``: what it fixes can be read and not changed; what it hides has no row.
    """

    changed = Signal(str, object)

    def __init__(self, settings: Settings, policy: Policy = NO_POLICY) -> None:
        super().__init__()
        self.settings = settings
        self.policy = policy
        self._show: dict[str, Callable[[Value], None]] = {}

    def show_settings(self, settings: Settings) -> None:
        """Show these, whoever changed them."""
        self.settings = settings
        for name, show in self._show.items():
            show(getattr(settings, name))

    def show_by(self, name: str, show: Callable[[Value], None]) -> None:
        """A setting that is no ordinary row is shown by this."""
        self._show[name] = show

    def choose(self, name: str, value: Value) -> None:
        """Somebody chose this. What a page itself was told to show is no news."""
        if value != getattr(self.settings, name):
            self.settings = self.settings.with_(name, value)
            self.changed.emit(name, value)

    def add(self, layout: QVBoxLayout, setting: Setting, texts: Mapping[Value, str] | None = None) -> None:
        """A row. ``texts``: what to choose from, where the model does not say."""
        if setting.name in self.policy.hidden:
            return
        value: Value = getattr(self.settings, setting.name)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.addWidget(label(setting_name(setting.name)), NAME_SHARE)
        control: QWidget
        if texts is None and setting.choices:
            texts = {choice: choice_text(setting.name, choice) for choice in setting.choices}
        if texts is not None:
            control = self._list(setting, texts)
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
        self.settle(layout, setting.name, control)

    def settle(self, layout: QVBoxLayout, name: str, control: QWidget) -> None:
        """Leave the control of a setting that is fixed to be read, and say whose choice it is."""
        if name in self.policy.fixed:
            control.setEnabled(False)
            control.setAccessibleDescription(f"{fixed_text()} {control.accessibleDescription()}".strip())
            layout.addWidget(label(fixed_text(), "quiet"))

    def _list(self, setting: Setting, texts: Mapping[Value, str]) -> QComboBox:
        box = QComboBox()
        scroll_page_over(box)
        values = list(texts)
        for text in texts.values():
            box.addItem(text)
        self._show[setting.name] = lambda value: box.setCurrentIndex(values.index(value))
        box.currentIndexChanged.connect(lambda index: self.choose(setting.name, values[index]))
        return box

    def _tick(self, setting: Setting) -> QCheckBox:
        tick = QCheckBox()
        self._show[setting.name] = lambda value: tick.setChecked(bool(value))
        tick.toggled.connect(lambda on: self.choose(setting.name, on))
        return tick

    def _slider(self, setting: Setting, value: int) -> tuple[Slider, QLabel]:
        slider = Slider(setting.low, setting.high, setting.grain, value)
        shown = QLabel(amount_text(setting, value))
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # As wide as the widest, so that the slider keeps its length under the hand.
        shown.setMinimumWidth(shown.fontMetrics().horizontalAdvance(amount_text(setting, setting.high)))
        slider.valueChanged.connect(lambda number: shown.setText(amount_text(setting, number)))
        slider.chosen.connect(lambda number: self.choose(setting.name, number))
        self._show[setting.name] = lambda number: slider.show_value(int(str(number)))
        return slider, shown
