"""The list of practices: a model, how a line is drawn, and the keys and clicks that it takes.

Drawn by a delegate and not made of widgets: a thousand practices open as fast as ten.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from calmtray.practice.browse import Filters, Group
from calmtray.practice.model import Category, Need, Practice
from calmtray.ui.theme import SPACE, colours
from calmtray.words.language import _
from calmtray.words.practice_texts import heading_text, row_facts, row_spoken, summary_text
from calmtray.words.texts import title_text

LEAST_LINES = 5
"""So many practices are in sight even where the window is low or the text large."""

FAVOURITE_KEY = "Ctrl+D"
"""A letter alone is for the search."""

_Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a line has beside what Qt asks every list for."""

    ID = Qt.ItemDataRole.UserRole
    SUMMARY = Qt.ItemDataRole.UserRole + 1
    FACTS = Qt.ItemDataRole.UserRole + 2
    FAVOURITE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class _Line:
    """A practice under its heading, or the heading itself."""

    heading: Category | Need | None
    practice: Practice | None = None


class PracticeModel(QAbstractListModel):
    """Headings, which can't be chosen, and practices. ``own``: the ids of the user's own."""

    def __init__(self, own: Collection[str]) -> None:
        super().__init__()
        self._own = own
        self._favourites: Collection[str] = ()
        self._filters = Filters()
        self._lines: list[_Line] = []

    def show_groups(self, groups: Iterable[Group], favourites: Collection[str], filters: Filters) -> None:
        """Show these instead, as long as the filters let them be."""
        self.beginResetModel()
        self._filters = filters
        self._favourites = favourites
        self._lines = []
        for group in groups:
            if group.heading is not None:
                self._lines.append(_Line(group.heading))
            self._lines.extend(_Line(group.heading, practice) for practice in group.practices)
        self.endResetModel()

    def show_favourites(self, favourites: Collection[str]) -> None:
        """Mark these from now on."""
        self._favourites = favourites
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def place(self, id_: str, near: int = 0) -> QModelIndex:
        """Where a practice stands; where it stands several times, the place nearest to a row. Else no index."""
        rows = [row for row, line in enumerate(self._lines) if line.practice is not None and line.practice.id == id_]
        return self.index(min(rows, key=lambda row: abs(row - near))) if rows else QModelIndex()

    def near(self, row: int) -> QModelIndex:
        """The practice at this row, or the last one before it, or the first of all."""
        before = (self.index(each) for each in range(min(row, len(self._lines) - 1), -1, -1))
        return next((index for index in before if index.data(Role.ID) is not None), self.first())

    def first(self) -> QModelIndex:
        """The first practice, or no index."""
        return next((self.index(row) for row, line in enumerate(self._lines) if line.practice), QModelIndex())

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name and default
        """So many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index, /) -> Qt.ItemFlag:
        """Arrows pass over a heading."""
        if self._lines[index.row()].practice is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a line says, to the eye and to a screen reader."""
        line = self._lines[index.row()]
        if line.practice is None:
            assert line.heading is not None
            return heading_text(line.heading) if role in _SAID else None
        return self._of_practice(line.practice, line.heading, role)

    def _of_practice(self, practice: Practice, heading: Category | Need | None, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_text(practice)
            case Qt.ItemDataRole.AccessibleTextRole:
                length = self._filters.length_ms(practice)
                return row_spoken(practice, practice.id in self._own, practice.id in self._favourites, length)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return ". ".join([*([heading_text(heading)] if heading else []), summary_text(practice)])
            case Role.ID:
                return practice.id
            case Role.SUMMARY | Qt.ItemDataRole.ToolTipRole:
                return summary_text(practice)
            case Role.FACTS:
                return row_facts(practice, practice.id in self._own, self._filters.length_ms(practice))
            case Role.FAVOURITE:
                return practice.id in self._favourites
        return None


_SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class _Lines(QStyledItemDelegate):
    """Draws a line: a heading; or title and summary, then length and star."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index, /) -> QSize:  # noqa: ARG002 - all are as high
        """Two lines of text."""
        return QSize(0, option.fontMetrics.height() * 2 + SPACE * 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, /) -> None:
        """Draw a line."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(Role.ID) is None:
            self._heading(painter, option, str(index.data()))
        else:
            self._practice(painter, option, index)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colours().text))
        room = option.rect.adjusted(SPACE * 2, 0, -SPACE * 2, -SPACE)
        painter.drawText(room, _BELOW, painter.fontMetrics().elidedText(text, _ELIDE, room.width()))

    def _practice(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        c = colours()
        state = option.state
        frame = option.rect.adjusted(2, 2, -2, -2)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(c.accent), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft))
            painter.drawRoundedRect(frame, SPACE, SPACE)
        star = star_room(option.rect, option.fontMetrics.height())
        facts = str(index.data(Role.FACTS))
        high = option.fontMetrics.height()
        text = QRect(option.rect.left() + SPACE * 2, option.rect.top() + SPACE, 0, high)
        text.setRight(star.left() - SPACE)
        wide = option.fontMetrics.horizontalAdvance(facts)
        painter.setFont(option.font)
        painter.setPen(QColor(c.quiet))
        painter.drawText(text, _RIGHT, facts)
        painter.setPen(QColor(c.text))
        title = text.adjusted(0, 0, -wide - SPACE * 2, 0)
        painter.drawText(title, _LEFT, option.fontMetrics.elidedText(str(index.data()), _ELIDE, title.width()))
        painter.setPen(QColor(c.quiet))
        below = text.translated(0, high)
        summary = option.fontMetrics.elidedText(str(index.data(Role.SUMMARY)), _ELIDE, below.width())
        painter.drawText(below, _LEFT, summary)
        favourite = bool(index.data(Role.FAVOURITE))
        painter.setPen(QPen(QColor(c.warm if favourite else c.quiet), 1.4))
        painter.setBrush(QColor(c.warm) if favourite else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(_star(QPointF(star.center()), high * 0.48))


_ELIDE = Qt.TextElideMode.ElideRight
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BELOW = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


def star_room(line: QRect, high: int) -> QRect:
    """Where a line's star takes clicks: a square as high as the line, or three times the text, at its right end."""
    side = min(line.height(), high * 3)
    return QRect(line.right() - side, line.top(), side, line.height())


def _star(middle: QPointF, radius: float) -> QPolygonF:
    """Five points, the first of them up; the corners between them lie at two fifths of the radius."""
    corners = []
    for corner in range(10):
        far, angle = radius if corner % 2 == 0 else radius * 0.42, math.pi * corner / 5
        corners.append(middle + QPointF(far * math.sin(angle), -far * math.cos(angle)))
    return QPolygonF(corners)


def favourite_key() -> str:
    """The key that marks a favourite, as the desktop writes it."""
    return QKeySequence(FAVOURITE_KEY).toString(QKeySequence.SequenceFormat.NativeText)


class PracticeList(QListView):
    """The list. A click or Enter opens a practice, its star marks it, Delete or the menu of a line hides it.

    What is typed is handed on as ``typed``: the list itself looks for nothing.
    ``of_hidden``: whether it lists what is hidden; then Delete and the menu bring a practice back.
    """

    practice_opened = Signal(str)
    favourite_toggled = Signal(str)
    practice_hidden = Signal(str)
    typed = Signal(str)

    def __init__(self, model: PracticeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practices = model
        self._released = QPoint()
        self.of_hidden = False
        self.setObjectName("practices")
        self.setProperty("role", "list")
        self.setAccessibleName(_("Practices"))
        self.setModel(model)
        self.setItemDelegate(_Lines(self))
        # Measured once for all: otherwise each line would be asked, a thousand times over.
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._on_clicked)
        self.setMinimumHeight((self.fontMetrics().height() * 2 + SPACE * 2) * LEAST_LINES)

    @property
    def current_id(self) -> str | None:
        """The practice that the keyboard is at."""
        id_: str | None = self.currentIndex().data(Role.ID)
        return id_

    def choose(self, id_: str | None, near: int = 0) -> None:
        """Bring the keyboard to this practice, or to the first one."""
        index = self._practices.place(id_, near) if id_ is not None else QModelIndex()
        self.setCurrentIndex(index if index.isValid() else self._practices.first())

    def choose_top(self) -> None:
        """Bring the keyboard to the first practice, and its heading into sight."""
        self.choose(None)
        self.scrollToTop()

    def choose_near(self, row: int) -> None:
        """Bring the keyboard to the practice at this row or, where there is none, the next one up."""
        self.setCurrentIndex(self._practices.near(row))

    def menu(self) -> QMenu:
        """What can be done with the practice that the keyboard is at."""
        made = QMenu(self)
        id_ = self.current_id
        if id_ is not None:
            favourite = bool(self.currentIndex().data(Role.FAVOURITE))
            made.addAction(_("Look at it")).triggered.connect(lambda: self.practice_opened.emit(id_))
            mark = made.addAction(
                "\t".join((_("No longer a favourite") if favourite else _("Keep as a favourite"), favourite_key()))
            )
            mark.triggered.connect(lambda: self.favourite_toggled.emit(id_))
            hide = made.addAction(_("Show in the list again") if self.of_hidden else _("Hide"))
            hide.triggered.connect(lambda: self.practice_hidden.emit(id_))
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Delete, Home; and whatever writes something."""
        id_ = self.current_id
        if id_ is not None and event.modifiers() in (_NONE, Qt.KeyboardModifier.KeypadModifier):
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.practice_opened.emit(id_)
                    return
                case Qt.Key.Key_Delete:
                    self.practice_hidden.emit(id_)
                    return
                case Qt.Key.Key_Home:
                    self.choose_top()
                    return
        text = event.text()
        # Control keys bring letters as well, and AltGr, which is needed to write some, brings no modifier of these.
        if text.strip() and text.isprintable() and not event.modifiers() & _COMMANDS:
            self.typed.emit(text)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remember where: Qt tells which line was clicked, not where in it."""
        self._released = event.position().toPoint()
        super().mouseReleaseEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        """On the star a click marks, beside it it opens."""
        if star_room(self.visualRect(index), self.fontMetrics().height()).contains(self._released):
            self.favourite_toggled.emit(index.data(Role.ID))
        else:
            self.practice_opened.emit(index.data(Role.ID))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a line, by mouse or by key."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.data(Role.ID) is not None:
            self.setCurrentIndex(index)
            where = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).center())
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(where)


_NONE = Qt.KeyboardModifier.NoModifier
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
