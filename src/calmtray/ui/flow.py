"""A layout that sets its widgets side by side and begins a new line where there is no room left."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lines of widgets, each as large as it likes to be, ``gap`` px apart; from the top left, or ``centred``."""

    def __init__(self, gap: int, parent: QWidget | None = None, *, centred: bool = False) -> None:
        super().__init__(parent)
        self._gap = gap
        self._centred = centred
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem, /) -> None:  # noqa: N802 - Qt's name
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """The one at this place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Give one away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """None: more room is left free."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The fewer fit into a line, the more lines."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """The height of all lines."""
        lines = self._lines(width)
        return sum(map(_height, lines)) + self._gap * max(0, len(lines) - 1)

    def setGeometry(self, rect: QRect, /) -> None:  # noqa: N802 - Qt's name
        """Put them into their places."""
        super().setGeometry(rect)
        top = rect.y() + self._spare(rect.height() - self.heightForWidth(rect.width()))
        for line in self._lines(rect.width()):
            wide = sum(item.sizeHint().width() for item in line) + self._gap * (len(line) - 1)
            left = rect.x() + self._spare(rect.width() - wide)
            for item in line:
                hint = item.sizeHint()
                item.setGeometry(QRect(left, top, min(hint.width(), rect.width()), hint.height()))
                left += hint.width() + self._gap
            top += _height(line) + self._gap

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the widest."""
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _spare(self, room: int) -> int:
        """How much of the room that is left stands before the widgets."""
        return max(0, room // 2) if self._centred else 0

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self._gap
        return lines


def _height(line: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in line)
