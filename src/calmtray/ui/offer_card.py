"""The offer: a small card in a corner of the screen. It asks for nothing, and goes by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QCursor,
    QGuiApplication,
    QKeySequence,
    QScreen,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from calmtray.practice.suggest import Suggestion
from calmtray.ui.flow import FlowLayout
from calmtray.ui.icons import app_icon
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.texts import length_text, title_text

STAYS_MS = 60_000
"""How long it stays where nobody answers."""

AFTER_TOUCH_MS = 10_000
"""How long it stays at least once the pointer has left it."""

OFFERED = 2
LETTERS_WIDE = 52
MOST_OF_SCREEN = 0.6


class Card(QFrame):
    """Something said in a corner of the screen in use, that takes no keyboard and goes by itself after a minute."""

    expired = Signal()
    passed = Signal()

    def __init__(self) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("offer")
        self.setWindowIcon(app_icon())
        self._ended = False
        self._screen: QScreen | None = None
        self._pointer = QPoint()
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(self._on_leave_timeout)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(lambda: self._end(self.passed))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        self.column.setSpacing(SPACE)

    def sizeHint(self) -> QSize:
        """As wide as a line of it is read at a glance, as high as that needs."""
        for each in self.findChildren(QWidget):
            # Before it is shown for the first time, its words have not their own letters yet.
            each.ensurePolished()
        wide = self.fontMetrics().averageCharWidth() * LETTERS_WIDE
        if self._screen is not None:
            wide = min(wide, int(self._screen.availableGeometry().width() * MOST_OF_SCREEN))
        # On a narrow screen large words take what they need of it.
        wide = max(wide, self.column.totalMinimumSize().width())
        high = self.column.totalHeightForWidth(wide)
        return QSize(wide, high if high >= 0 else self.column.totalSizeHint().height())

    def appear(self, text: str) -> None:
        """Come up on the screen that the pointer is on, and tell a screen reader this."""
        if self._screen is None:
            self._follow(QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen())
            app = QGuiApplication.instance()
            assert isinstance(app, QGuiApplication)
            app.screenRemoved.connect(self._on_app_screen_removed)
        self._place()
        self.show()
        self._pointer = QCursor.pos()
        self._leave.start(STAYS_MS)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def withdraw(self) -> None:
        """Go without a word to anybody."""
        self._ended = True
        self._leave.stop()
        self.close()

    def event(self, event: QEvent) -> bool:
        """As large as its words need, once they are laid out."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._place()
        return done

    def changeEvent(self, event: QEvent) -> None:
        """Stay while somebody has the keyboard in it."""
        if event.type() is QEvent.Type.ActivationChange and not self._ended:
            if self.isActiveWindow():
                self._leave.stop()
            elif self.isVisible():
                self._leave.start(AFTER_TOUCH_MS)
        super().changeEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Stay a little longer."""
        if 0 <= self._leave.remainingTime() < AFTER_TOUCH_MS:
            self._leave.start(AFTER_TOUCH_MS)
        super().leaveEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window manager's own way to close it passes it by."""
        event.accept()
        if not self._ended:
            self._end(self.passed)

    def _on_leave_timeout(self) -> None:
        """Stay while somebody moves the pointer over it; one that merely lies where it came up is nobody's."""
        before, self._pointer = self._pointer, QCursor.pos()
        if self.frameGeometry().contains(self._pointer) and self._pointer != before:
            self._leave.start(AFTER_TOUCH_MS)
        else:
            self._end(self.expired)

    def _end(self, outcome: SignalInstance, *values: object) -> None:
        """Go, and tell what came of it, once."""
        if not self._ended:
            self._ended = True
            self._leave.stop()
            self.close()
            outcome.emit(*values)

    def _place(self) -> None:
        """Into the lower right corner, clear of panels on whatever side."""
        if self._screen is None:
            return
        room = self._screen.availableGeometry()
        size = self.sizeHint().boundedTo(room.size())
        if size != self.size():
            self.setFixedSize(size)
        edge = QPoint(min(SPACE * 2, room.width() - size.width()), min(SPACE * 2, room.height() - size.height()))
        self.move(room.bottomRight() - QPoint(size.width() - 1, size.height() - 1) - edge)

    def _follow(self, screen: QScreen) -> None:
        """Keep within what this screen has to offer, whatever panels and scales become of it."""
        self._screen = screen
        screen.availableGeometryChanged.connect(self._place)

    def _on_app_screen_removed(self, screen: QScreen) -> None:
        if screen is self._screen:
            self._follow(QGuiApplication.primaryScreen())
            self._place()


class OfferCard(Card):
    """``why``: one line; ``suggestions``: the first two are offered; ``laters``: for so many minutes it can be put off;
    ``not_yet``: whether a session may go on.
    """

    taken = Signal(str)
    another_asked = Signal()
    later_chosen = Signal(int)
    not_today_chosen = Signal()
    not_yet_chosen = Signal()

    def __init__(self, why: str, suggestions: Sequence[Suggestion], laters: Sequence[int], not_yet: bool) -> None:
        super().__init__()
        self.setAccessibleName(_("An offer"))
        self.setWindowTitle(_("An offer"))
        self._why = why
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(label(why), 1)
        leave = button("×", "plain", spoken=_("Not now"))
        leave.setToolTip(_("Not now (Esc)"))
        leave.clicked.connect(lambda: self._end(self.passed))
        top.addWidget(leave, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        self._lines = [_Line() for _number in range(OFFERED)]
        for line in self._lines:
            line.chosen.connect(lambda id_: self._end(self.taken, id_))
            self.column.addWidget(line)
        self._add_answers(laters, not_yet)
        self.show_suggestions(suggestions)

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer these from now on, in place."""
        for line, suggestion in zip(self._lines, (*suggestions, *[None] * OFFERED), strict=False):
            line.setVisible(suggestion is not None)
            if suggestion is not None:
                line.show_suggestion(suggestion)
        self._place()

    def come_up(self) -> None:
        """Appear."""
        titles = (title_text(line.suggestion.practice) for line in self._lines if line.suggestion is not None)
        self.appear(" ".join((self._why, *titles)))

    def _add_answers(self, laters: Sequence[int], not_yet: bool) -> None:
        answers = FlowLayout(SPACE // 2)
        another = button(_("Another"), "plain")
        another.setAccessibleDescription(_("Show other practices"))
        another.clicked.connect(self.another_asked)
        made = [another, *([self._put_off(laters)] if laters else [])]
        if not_yet:
            going_on = button(_("Not yet"), "plain")
            going_on.setAccessibleDescription(_("The session goes on for ten more minutes"))
            going_on.setToolTip(going_on.accessibleDescription())
            going_on.clicked.connect(lambda: self._end(self.not_yet_chosen))
            made.append(going_on)
        no_more = button(_("Not today"), "plain")
        no_more.clicked.connect(lambda: self._end(self.not_today_chosen))
        made.append(no_more)
        for each in made:
            answers.addWidget(each)
        self.column.addLayout(answers)

    def _put_off(self, laters: Sequence[int]) -> QPushButton:
        later = QMenu(self)
        for minutes in laters:
            action = later.addAction(_("In {minutes} minutes").format(minutes=minutes))
            action.triggered.connect(lambda _on=False, minutes=minutes: self._end(self.later_chosen, minutes))
        # Whoever has the menu open has not gone away.
        later.aboutToShow.connect(self._leave.stop)
        later.aboutToHide.connect(lambda: self._ended or self._leave.start(AFTER_TOUCH_MS))
        put_off = button(_("Later"), "plain")
        put_off.setMenu(later)
        return put_off


class NoticeCard(Card):
    """A line that wants no answer: a meeting with peers is near."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setAccessibleName(text)
        self.setWindowTitle("calmtray")
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(label(text), 1)
        close = button("×", "plain", spoken=_("Close"))
        close.clicked.connect(lambda: self._end(self.passed))
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self._text = text

    def come_up(self) -> None:
        """Appear."""
        self.appear(self._text)


class _Line(QFrame):
    """One practice: what it is called, how long it takes, and *Begin*."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.suggestion: Suggestion | None = None
        self._title = label("", "heading")
        self._length = QLabel()
        self._length.setProperty("role", "quiet")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._length)
        self._begin: QPushButton = button(_("Begin"), "primary")
        self._begin.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._begin.clicked.connect(self._on_begin_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addLayout(words, 1)
        row.addWidget(self._begin)

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Offer this one."""
        self.suggestion = suggestion
        title = title_text(suggestion.practice)
        self._title.setText(title)
        self._length.setText(length_text(suggestion.length_ms))
        self._begin.setAccessibleName(_("Begin: {title}").format(title=title))

    def _on_begin_clicked(self) -> None:
        if self.suggestion is not None:
            self.chosen.emit(self.suggestion.practice.id)
