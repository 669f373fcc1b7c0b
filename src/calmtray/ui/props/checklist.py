"""The user's own list for the end of the day: to tick or not, and to change in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from calmtray.settings.model import SETTINGS
from calmtray.ui.parts import button, label
from calmtray.ui.props.base import Given, Prop
from calmtray.ui.theme import SPACE
from calmtray.words.language import _, marked

MOST_LINES = next(setting.high for setting in SETTINGS if setting.name == "checklist")
LONGEST_LINE = 80

SUGGESTIONS = (marked("Lamp"), marked("Door"), marked("Phone on its own"))
"""What such a list may hold; greyed, until somebody writes a line."""


class ChecklistProp(Prop):
    """Ticks are not kept: tomorrow the list is fresh."""

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self._lines = given.settings.checklist
        self._removed: tuple[int, str] | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self._scroll, 1)
        self.rows: list[_Row] = []
        self.ticks: list[QCheckBox] = []
        self.new: _Line | None = None
        self._change = button("")
        self._change.clicked.connect(self._on_change_clicked)
        self._undo = button(_("Undo"), spoken=_("Bring the removed line back"))
        self._undo.clicked.connect(self._on_undo_clicked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._undo)
        row.addWidget(self._change)
        row.addStretch(1)
        self.column.addLayout(row)
        self.editing = False
        self._build()

    def show_given(self, given: Given) -> None:
        """Another list, unless it is being changed here."""
        super().show_given(given)
        if not self.editing and given.settings.checklist != self._lines:
            self._lines = given.settings.checklist
            self._build()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves in the middle of a line has written it."""
        super().hideEvent(event)
        if self.editing:
            self._commit()

    # Building.

    def _build(self) -> None:
        """The list as it is now, to tick or to change."""
        inside = QWidget()
        inside.setSizePolicy(self.sizePolicy())
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        self.rows, self.ticks, self.new = [], [], None
        column.addStretch(1)
        if self.editing:
            self._build_lines(column)
        else:
            self._build_ticks(column)
        column.addStretch(1)
        # The old one may be in the middle of telling us what was clicked.
        old = self._scroll.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._scroll.setWidget(inside)
        text = _("Done") if self.editing else _("Change the list") if self._lines else _("Write a list")
        self._change.setText(text)
        self._change.setAccessibleName(text)
        self._undo.setVisible(self.editing and self._removed is not None)

    def _build_ticks(self, column: QVBoxLayout) -> None:
        block, middle = QVBoxLayout(), QHBoxLayout()
        block.setSpacing(SPACE)
        for line in self._lines:
            tick = QCheckBox(line.replace("&", "&&"))
            tick.setProperty("role", "worded")
            tick.setAccessibleName(line)
            block.addWidget(tick)
            self.ticks.append(tick)
        middle.addStretch(1)
        middle.addLayout(block)
        middle.addStretch(1)
        column.addLayout(middle)
        if not self._lines:
            for suggestion in SUGGESTIONS:
                greyed = label(f"·  {_(suggestion)}", "quiet")
                greyed.setAlignment(Qt.AlignmentFlag.AlignCenter)
                column.addWidget(greyed)

    def _build_lines(self, column: QVBoxLayout) -> None:
        for number, line in enumerate(self._lines):
            row = _Row(line)
            row.written.connect(self._commit)
            row.line.left.connect(self._change.setFocus)
            row.moved.connect(lambda by, number=number: self._move(number, by))
            row.emptied.connect(lambda number=number: self._remove(number))
            row.remove.clicked.connect(lambda _on, number=number: self._on_remove_clicked(number))
            column.addWidget(row)
            self.rows.append(row)
        if len(self._lines) < MOST_LINES:
            self.new = _Line("")
            self.new.setPlaceholderText(_(SUGGESTIONS[len(self._lines) % len(SUGGESTIONS)]))
            self.new.setAccessibleName(_("A new line"))
            self.new.returnPressed.connect(self._on_new_entered)
            self.new.left.connect(self._change.setFocus)
            column.addWidget(self.new)
        for before, after in zip(self._in_order(), self._in_order()[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _in_order(self) -> list[QWidget]:
        order: list[QWidget] = [part for row in self.rows for part in (row.line, row.up, row.down, row.remove)]
        return [*order, self.new] if self.new is not None else order

    # What happens.

    def _on_change_clicked(self) -> None:
        if self.editing:
            self._commit()
        self.editing, self._removed = not self.editing, None
        self._build()
        if self.new is not None:
            self.new.setFocus()

    def _on_new_entered(self) -> None:
        self._commit()
        self._build()
        if self.new is not None:
            self.new.setFocus()
            self._scroll.ensureWidgetVisible(self.new)

    def _move(self, number: int, by: int) -> None:
        lines, to = self._written(), number + by
        if 0 <= to < len(lines):
            lines[number], lines[to] = lines[to], lines[number]
            self._tell(lines)
            self._build()
            self.rows[to].line.setFocus()
            self._scroll.ensureWidgetVisible(self.rows[to])

    def _on_remove_clicked(self, number: int) -> None:
        self._remove(number)
        self._undo.setFocus()

    def _remove(self, number: int) -> None:
        lines = self._written()
        lines.pop(number)
        self._removed = number, self.rows[number].text
        self._tell(lines)
        self._build()

    def _on_undo_clicked(self) -> None:
        if self._removed is not None:
            number, line = self._removed
            self._removed = None
            lines = self._written()
            lines.insert(number, line)
            self._tell(lines)
            self._build()
            self.rows[number].line.setFocus()

    def _written(self) -> list[str]:
        """The lines as they stand in the fields; one that was just emptied is still what it was."""
        return [row.line.text().strip() or row.text for row in self.rows]

    def _commit(self) -> None:
        """Take what is written now."""
        new = self.new.text().strip() if self.new is not None else ""
        self._tell([*self._written(), new])

    def _tell(self, lines: Sequence[str]) -> None:
        kept = tuple(line for line in lines if line)[:MOST_LINES]
        if kept != self._lines:
            self._lines = kept
            self.setting_changed.emit("checklist", kept)


class _Row(QWidget):
    """One line that is being changed, and what can be done with it."""

    moved = Signal(int)
    written = Signal()
    emptied = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.line = _Line(text)
        self.line.setAccessibleName(text)
        self.line.moved.connect(self.moved)
        self.line.editingFinished.connect(self._on_line_editing_finished)
        self.up = button("↑", spoken=_("Move up: {line}").format(line=text))
        self.down = button("↓", spoken=_("Move down: {line}").format(line=text))
        self.remove = button("×", spoken=_("Remove: {line}").format(line=text))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.line, 1)
        for made, act in (
            (self.up, lambda: self.moved.emit(-1)),
            (self.down, lambda: self.moved.emit(1)),
        ):
            made.clicked.connect(act)
        for made in (self.up, self.down, self.remove):
            made.setToolTip(made.accessibleName())
            layout.addWidget(made)

    def _on_line_editing_finished(self) -> None:
        """An emptied line is a line taken out."""
        if self.line.text().strip():
            self.text = self.line.text().strip()
            self.written.emit()
        else:
            self.emptied.emit()


class _Line(QLineEdit):
    """A line of text. Esc leaves it, and Alt with an arrow moves it; the session's own keys write here."""

    moved = Signal(int)
    left = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setMaxLength(LONGEST_LINE)
        self.setMinimumHeight(round(self.fontMetrics().height() * 1.9))

    def event(self, event: QEvent) -> bool:
        """Esc is the line's own while it is written in: it would end the session."""
        typed = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride else None
        if typed is not None and typed.key() == Qt.Key.Key_Escape:
            typed.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Alt with an arrow; all else is written."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(by)
        else:
            super().keyPressEvent(event)
