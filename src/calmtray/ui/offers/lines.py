"""A list of what was chosen, a line each: added, changed and removed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from calmtray.ui.flow import FlowLayout
from calmtray.ui.offers.keyboard import put_in_order
from calmtray.ui.offers.undo_line import UndoLine
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.planning_texts import removed_text


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ``said`` in words, and the texts of the settings that it stands for."""

    said: str
    texts: tuple[str, ...]


class LineForm(QWidget):
    """What a line is written in. ``finished``: Enter, in a field where it means nothing else."""

    finished = Signal()

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show what these say."""
        raise NotImplementedError

    def texts(self) -> tuple[str, ...] | None:
        """What the fields say; None, with the reason beside a field, which gets the keyboard, where that can't be."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Manner:
    """How one list is read and written. ``joined``: what is kept, with what comes to it, in order."""

    nothing: str
    add: str
    lines: Callable[[Sequence[str]], list[Line]]
    joined: Callable[[Sequence[str], Sequence[str]], tuple[str, ...]]
    form: Callable[[], LineForm]


class _Row(QWidget):
    """One line, to be read."""

    change_asked = Signal()
    remove_asked = Signal()

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self.change = button(_("Change"), "plain", spoken=_("Change: {what}").format(what=line.said))
        self.change.clicked.connect(self.change_asked)
        self.remove = button(_("Remove"), "plain", spoken=_("Remove: {what}").format(what=line.said))
        self.remove.clicked.connect(self.remove_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        row.addWidget(label(line.said), 1)
        row.addWidget(self.change)
        row.addWidget(self.remove)


class _Form(QFrame):
    """The form of a line, with what keeps it and what does not."""

    kept = Signal(tuple)
    cancelled = Signal()

    def __init__(self, form: LineForm) -> None:
        super().__init__()
        self.setProperty("role", "inset")
        self._form = form
        self._keep = button(_("Keep"), "primary")
        self._keep.setObjectName("keep")
        self._cancel = button(_("Cancel"))
        self._cancel.setObjectName("cancel")
        answers = QWidget()
        flow = FlowLayout(SPACE, answers)
        flow.addWidget(self._keep)
        flow.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE * 2)
        column.addWidget(form)
        column.addWidget(answers)
        self._keep.clicked.connect(self._on_form_finished)
        form.finished.connect(self._on_form_finished)
        self._cancel.clicked.connect(self.cancelled)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self._form.stops(), self._keep, self._cancel]

    def _on_form_finished(self) -> None:
        found = self._form.texts()
        if found is not None:
            self.kept.emit(found)


class LinesEditor(QWidget):
    """Tells the list with every line that is kept or removed. Nothing is told while a form is open.

    ``opened``: a form, which wants to be seen.
    """

    changed = Signal(tuple)
    opened = Signal(QWidget)

    def __init__(self, name: str, texts: Sequence[str], manner: Manner) -> None:
        super().__init__()
        self._texts = tuple(texts)
        self._manner = manner
        self._rows: list[_Row] = []
        self._open: _Form | None = None
        self._opened: _Row | None = None
        self._nothing = label(manner.nothing, "quiet")
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE // 2)
        self.undo_line = UndoLine()
        self.undo_line.undone.connect(self._on_undo_line_undone)
        self.add = button(manner.add)
        self.add.setObjectName(f"add-{name}")
        self.add.clicked.connect(self._on_add_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._nothing)
        column.addLayout(self._list)
        column.addWidget(self.undo_line)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._show()

    def minimumSizeHint(self) -> QSize:
        """None of its own: its words wrap."""
        return QSize(0, super().minimumSizeHint().height())

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show these lines, unless it is they that are shown."""
        if texts != self._texts:
            self.leave_form()
            self._texts = texts
            self._show()

    @property
    def form_open(self) -> bool:
        """Whether a line is being written."""
        return self._open is not None

    def leave_form(self) -> None:
        """Close the form, if one is open, without keeping what it says."""
        form, row = self._open, self._opened
        self._open = self._opened = None
        self.add.show()
        self._nothing.setVisible(not self._rows)
        if row is not None:
            row.show()
        if form is not None:
            # Before the form goes: else what has the keyboard would pass it on, and the page scroll after it.
            (row.change if row is not None else self.add).setFocus()
            self._list.removeWidget(form)
            form.hide()
            form.deleteLater()

    def _show(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Row(line) for line in self._manner.lines(self._texts)]
        for row in self._rows:
            row.change_asked.connect(lambda row=row: self._open_form(row))
            row.remove_asked.connect(lambda row=row: self._on_row_remove_asked(row))
            self._list.addWidget(row)
            # Only what is shown can take the keyboard.
            row.show()
        self._nothing.setVisible(not self._rows)
        self._order()

    def _order(self) -> None:
        """Let the keyboard go from line to line, whichever was made last."""
        stops: list[QWidget] = []
        for row in self._rows:
            stops += self._open.stops() if self._open is not None and row is self._opened else (row.change, row.remove)
        if self._open is not None and self._opened is None:
            stops += self._open.stops()
        put_in_order((*stops, self.undo_line.button, self.add))

    def _open_form(self, row: _Row | None) -> None:
        """In the place of a line, or below all of them for a new one."""
        self.leave_form()
        self.undo_line.hide()
        form = self._manner.form()
        if row is not None:
            form.show_texts(row.line.texts)
        self._opened, self._open = row, _Form(form)
        self._open.kept.connect(self._on_form_kept)
        self._open.cancelled.connect(self.leave_form)
        self._list.insertWidget(self._rows.index(row) if row is not None else len(self._rows), self._open)
        self._open.show()
        self._nothing.hide()
        self._order()
        # Before what had the keyboard goes, as in the other direction.
        form.stops()[0].setFocus()
        if row is not None:
            row.hide()
        self.add.setVisible(row is not None)
        self.opened.emit(self._open)

    def _kept_without(self, row: _Row | None) -> list[str]:
        gone = row.line.texts if row is not None else ()
        return [text for text in self._texts if text not in gone]

    def _on_add_clicked(self) -> None:
        self._open_form(None)

    def _on_form_kept(self, texts: tuple[str, ...]) -> None:
        kept = self._kept_without(self._opened)
        self.leave_form()
        self._change(self._manner.joined(kept, texts))
        row = next((row for row in self._rows if set(texts) & set(row.line.texts)), None)
        (row.change if row is not None else self.add).setFocus()

    def _on_row_remove_asked(self, row: _Row) -> None:
        self.leave_form()
        before = self._texts
        self._change(tuple(self._kept_without(row)))
        self.undo_line.offer(removed_text(row.line.said), before)

    def _on_undo_line_undone(self, before: tuple[str, ...]) -> None:
        self._change(before)
        self.add.setFocus()

    def _change(self, texts: tuple[str, ...]) -> None:
        if texts != self._texts:
            self._texts = texts
            self._show()
            self.changed.emit(texts)
