"""The fields that a practice is written in: texts in one language or two, choices, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from calmtray.practice.model import LANGUAGES, Words
from calmtray.ui.parts import label
from calmtray.ui.theme import SPACE
from calmtray.ui.wheel import scroll_page_over
from calmtray.words.language import _
from calmtray.words.texts import language_name

MOST_COLUMNS = 3

NARROW_LETTERS = 64
"""Below this width two languages stand one above the other."""

FRAME_PX = 22
"""What a text has around it: its frame and its inner margins."""

NUMBER_MARGIN_PX = 10
"""A number begins where a text does; what the theme says of that Qt gives the frame, and not the text."""


UNDO = ("Ctrl+Z",)
REDO = ("Ctrl+Shift+Z", "Ctrl+Y")
"""Both ways to redo, whichever the desktop is used to."""


def _is_history(event: QKeyEvent) -> bool:
    return QKeySequence(event.keyCombination()).toString() in UNDO + REDO


def _is_ours(event: QEvent) -> bool:
    """Undo and redo are the editor's: one history for everything, in whatever field the keyboard is."""
    return event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_history(event)


class TextField(QPlainTextEdit):
    """A text. With one line, Enter goes on to the next field."""

    written = Signal(str)
    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self._showing = False
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if lines == 1:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fit()
        self.textChanged.connect(self._on_text_changed)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 30, metrics.lineSpacing() * self._lines + FRAME_PX)

    def fit(self) -> None:
        """As high as its lines are now, and not too narrow."""
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 16)
        self.setFixedHeight(self.sizeHint().height())

    def show_text(self, text: str) -> None:
        """Show this, and leave the cursor where it is, as far as there is text."""
        if self.toPlainText() != text:
            self._showing = True
            cursor = self.textCursor()
            at = cursor.position()
            self.setPlainText(text)
            cursor.setPosition(min(at, len(self.toPlainText())))
            self.setTextCursor(cursor)
            self._showing = False

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if _is_ours(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a single line is no text."""
        if self._lines == 1 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif _is_history(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever comes back begins anew."""
        super().focusOutEvent(event)
        self.left.emit()

    def _on_text_changed(self) -> None:
        if not self._showing:
            self.written.emit(self.toPlainText())


class Named(QWidget):
    """A field with its name above, what is known about it below, and room for what is wrong with it.

    ``tall``: what is wrong is said above the field, whose foot may be out of sight.
    """

    def __init__(self, name: str, control: QWidget, explained: str = "", tall: bool = False) -> None:
        super().__init__()
        self.control = control
        self._name = QLabel(name, self)
        self._name.setVisible(bool(name))
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setBuddy(control)
        self._mistake = label("", "mistake")
        self._mistake.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        if name:
            column.addWidget(self._name)
        if tall:
            column.addWidget(self._mistake)
        column.addWidget(control)
        if explained:
            column.addWidget(label(explained, "quiet"))
        if not tall:
            column.addWidget(self._mistake)
        if name and not control.accessibleName():
            control.setAccessibleName(name)

    def show_mistake(self, sentence: str) -> None:
        """Say what is wrong, here and to a screen reader; empty: nothing is."""
        self._mistake.setText(sentence)
        self._mistake.setVisible(bool(sentence))
        self.control.setAccessibleDescription(sentence)

    @property
    def mistake(self) -> str:
        """What it says is wrong."""
        return self._mistake.text()


class WordsField(QWidget):
    """A text for each language of the practice, side by side where there is room."""

    written = Signal(str, str)
    left = Signal()

    def __init__(self, name: str, lines: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE)
        self.texts: dict[str, TextField] = {}
        self._sides: dict[str, QWidget] = {}
        self._tags: dict[str, QLabel] = {}
        for lang in LANGUAGES:
            text = self.texts[lang] = TextField(lines)
            text.setAccessibleName(_("{name}, {language}").format(name=name, language=language_name(lang)))
            text.written.connect(lambda said, lang=lang: self.written.emit(lang, said))
            text.left.connect(self.left)
            tag = self._tags[lang] = QLabel(language_name(lang))
            tag.setProperty("role", "quiet")
            side = self._sides[lang] = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(SPACE // 2)
            column.addWidget(tag)
            column.addWidget(text)
            self._row.addWidget(side, 1)
        self.setFocusProxy(self.texts[LANGUAGES[0]])

    def show_words(self, words: Words, languages: tuple[str, ...]) -> None:
        """Show these, in these languages."""
        for lang, side in self._sides.items():
            side.setVisible(lang in languages)
            self._tags[lang].setVisible(len(languages) > 1)
            self.texts[lang].show_text(words.get(lang, ""))
        self.setFocusProxy(self.texts[languages[0]])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or one above the other."""
        super().resizeEvent(event)
        narrow = self.width() < self.fontMetrics().averageCharWidth() * NARROW_LETTERS
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


class ChoiceField(QComboBox):
    """One of several."""

    chosen = Signal(str)

    def __init__(self, name: str, texts: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        scroll_page_over(self)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.fit()
        self.offer(texts)
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def fit(self) -> None:
        """High enough for its text."""
        self.setMinimumHeight(self.fontMetrics().height() * 2)

    def offer(self, texts: Mapping[str, str]) -> None:
        """Let these be chosen from."""
        self.clear()
        for value, text in texts.items():
            self.addItem(text, value)

    def show_choice(self, value: str) -> None:
        """Show this one."""
        self.setCurrentIndex(self.findData(value))


class ManyField(QWidget):
    """Any of several, in as many columns as there is room for."""

    chosen = Signal(tuple)

    def __init__(self, name: str, texts: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._order: tuple[str, ...] = ()
        self.ticks: dict[str, QCheckBox] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE // 2)
        for value, text in texts.items():
            tick = self.ticks[value] = QCheckBox(text)
            tick.setProperty("role", "worded")
            tick.clicked.connect(lambda on, value=value: self._on_tick_clicked(value, on))
        self._arrange(1)
        self.setFocusProxy(next(iter(self.ticks.values())))

    def show_choices(self, values: Iterable[str]) -> None:
        """Tick these; the order they stand in is kept."""
        self._order = tuple(values)
        for value, tick in self.ticks.items():
            tick.setChecked(value in self._order)

    def minimumSizeHint(self) -> QSize:
        """One column; its height is that of as many as there are."""
        widest = max(tick.sizeHint().width() for tick in self.ticks.values())
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of columns."""
        super().resizeEvent(event)
        column = self.minimumSizeHint().width() + SPACE
        self._arrange(min(MOST_COLUMNS, max(1, self.width() // column)))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        rows = -(-len(self.ticks) // columns)
        for index, tick in enumerate(self.ticks.values()):
            self._grid.addWidget(tick, index % rows, index // rows)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def _on_tick_clicked(self, value: str, on: bool) -> None:
        others = tuple(each for each in self._order if each != value)
        self._order = (*others, value) if on else others
        self.chosen.emit(self._order)


class SecondsField(QDoubleSpinBox):
    """Seconds, to the millisecond where somebody wrote them so."""

    chosen = Signal(int)

    def __init__(self, name: str, low_ms: int, high_ms: int, step_s: float = 1.0, none: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDecimals(3)
        self._none = none
        self._low_ms = low_ms
        self.setRange(0 if none else low_ms / 1000, high_ms / 1000)
        self.setSingleStep(step_s)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(NUMBER_MARGIN_PX, 0, 0, 0)
        if none:
            self.setSpecialValueText(none)
        self.setSuffix(_(" s"))
        scroll_page_over(self)
        self.fit()
        self._shown_ms = -1
        self.valueChanged.connect(self._on_value_changed)

    def fit(self) -> None:
        """High enough for its text."""
        self.setMinimumHeight(self.fontMetrics().height() * 2)

    def show_ms(self, ms: int) -> None:
        """Show so many ms; 0 where there are none."""
        self._shown_ms = ms
        self.setValue(ms / 1000)

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        """No more decimals than it has."""
        return QLocale().toString(value, "g", 7)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if _is_ours(event):
            event.ignore()
            return False
        return super().event(event)

    def _on_value_changed(self, value: float) -> None:
        ms = round(value * 1000)
        if ms == self._shown_ms:
            return
        if 0 < ms < self._low_ms:
            # Between none and the least there is nothing: up from none is the least, down from the least is none.
            ms = self._low_ms if self._shown_ms < ms else 0
            self._shown_ms = ms
            self.setValue(ms / 1000)
        self._shown_ms = ms
        self.chosen.emit(ms)


class NumberField(QSpinBox):
    """A whole number."""

    chosen = Signal(int)

    def __init__(self, name: str, low: int, high: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(low, high)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(NUMBER_MARGIN_PX, 0, 0, 0)
        scroll_page_over(self)
        self.fit()
        self._shown = -1
        self.valueChanged.connect(self._on_value_changed)

    def fit(self) -> None:
        """High enough for its text."""
        self.setMinimumHeight(self.fontMetrics().height() * 2)

    def show_number(self, number: int) -> None:
        """Show it."""
        self._shown = number
        self.setValue(number)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if _is_ours(event):
            event.ignore()
            return False
        return super().event(event)

    def _on_value_changed(self, number: int) -> None:
        if number != self._shown:
            self._shown = number
            self.chosen.emit(number)
