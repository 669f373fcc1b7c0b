"""The steps in their order: chosen, moved by drag or by keyboard, taken out."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QDrag, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

from calmtray.practice.draft import Draft
from calmtray.words.editor_texts import step_line
from calmtray.words.language import _, language

FEWEST_LINES, MOST_LINES = 6, 20


class StepList(QListWidget):
    """One line for each step."""

    chosen = Signal(int)
    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Steps"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._showing = False
        self.currentRowChanged.connect(self._on_current_row_changed)

    def sizeHint(self) -> QSize:
        """Room for a few words of each step."""
        return QSize(self.fontMetrics().averageCharWidth() * 30, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """As high as the steps are, within bounds."""
        line = self.fontMetrics().height()
        self.doItemsLayout()
        wanted = self.contentsSize().height() + line
        self.setFixedHeight(min(max(wanted, line * FEWEST_LINES), line * MOST_LINES))

    def show_steps(self, draft: Draft, at: int, wanting: frozenset[int]) -> None:
        """Show the steps, this one chosen; ``wanting``: the places of those with a mistake."""
        self._showing = True
        spoken_now = draft.practice.language(language())
        languages = (spoken_now, *(lang for lang in draft.practice.languages if lang != spoken_now))
        for index, step in enumerate(draft.practice.steps):
            if index == self.count():
                self.addItem(QListWidgetItem())
            item = self.item(index)
            line = step_line(index, step, languages, index in wanting)
            if item.text() != line:
                item.setText(line)
        while self.count() > len(draft.practice.steps):
            self.takeItem(self.count() - 1)
        self.setCurrentRow(at)
        self.fit()
        self._showing = False

    def startDrag(self, supported: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Drag the chosen line. Qt's own way would take it out of the list afterwards."""
        del supported
        item = self.currentItem()
        rect = self.visualItemRect(item)
        drag = QDrag(self)
        drag.setMimeData(self.mimeData([item]))
        drag.setPixmap(self.viewport().grab(rect))
        drag.setHotSpot(self.viewport().mapFromGlobal(QCursor.pos()) - rect.topLeft())
        drag.exec(Qt.DropAction.MoveAction)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where the step is to go; the draft moves it, and the list shows the draft."""
        if event.source() is self:
            self.drop_at(event.position().toPoint())
        event.accept()

    def drop_at(self, spot: QPoint) -> None:
        """The chosen step is let go here: before a line, or after it, whichever edge is nearer."""
        at, index = self.currentRow(), self.indexAt(spot)
        to = self.count()
        if index.isValid():
            to = index.row() + (spot.y() > self.visualRect(index).center().y())
        to -= to > at
        if at >= 0 and to != at:
            self.moved.emit(at, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the step out."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentRow() >= 0:
            self.removed.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _on_current_row_changed(self, row: int) -> None:
        if not self._showing and row >= 0:
            self.chosen.emit(row)
