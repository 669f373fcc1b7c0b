"""A time of the day and a day of the calendar, as fields."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QSize, Qt, QTime, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDateEdit,
    QDateTimeEdit,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QTimeEdit,
    QToolButton,
    QWidget,
)

from calmtray.ui.theme import colours
from calmtray.ui.wheel import scroll_page_over
from calmtray.words.language import _

TEXT_MARGIN_PX = 10
"""A time begins where a text does; what the theme says of that Qt gives the frame, and not the text."""

MINUTES_A_STEP = 5
"""What an arrow moves the minutes by; whoever types has every one of them."""


class TimeField(QTimeEdit):
    """A time of the day in minutes since midnight. An end of the day is written 00:00, as clocks do."""

    chosen = Signal()

    def __init__(self, name: str, minutes: int) -> None:
        super().__init__(_time(minutes))
        self.setAccessibleName(name)
        self.setDisplayFormat("HH:mm")
        # From 23:00 on to midnight with one arrow.
        self.setWrapping(True)
        _settle(self)
        self.timeChanged.connect(lambda _time: self.chosen.emit())

    @property
    def minutes(self) -> int:
        """What it shows."""
        return self.time().hour() * 60 + self.time().minute()

    def show_minutes(self, minutes: int) -> None:
        """Show this."""
        self.setTime(_time(minutes))

    def stepBy(self, steps: int, /) -> None:  # noqa: N802 - Qt's name
        """Five minutes a step, and from between two of them to the next."""
        if self.currentSection() is not QDateTimeEdit.Section.MinuteSection:
            super().stepBy(steps)
            return
        at = self.minutes
        landed = (at // MINUTES_A_STEP if steps > 0 else -(-at // MINUTES_A_STEP)) + steps
        self.show_minutes(landed * MINUTES_A_STEP)
        self.setSelectedSection(QDateTimeEdit.Section.MinuteSection)


class DateField(QDateEdit):
    """A day, not before ``earliest``; typed, or found in a calendar."""

    chosen = Signal()

    def __init__(self, name: str, earliest: date) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumDate(_qdate(earliest))
        form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        # Always as long: 04/01/2027.
        full = {"d": "dd", "dd": "dd", "M": "MM", "MM": "MM", "yy": "yyyy", "yyyy": "yyyy"}
        self.setDisplayFormat(re.sub(r"[dMy]+", lambda part: full.get(part[0], part[0]), form))
        self.setCalendarPopup(True)
        _dress(self.calendarWidget())
        _settle(self)
        self.dateChanged.connect(lambda _date: self.chosen.emit())

    @property
    def day(self) -> date:
        """What it shows."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def show_day(self, day: date) -> None:
        """Show this."""
        self.setDate(_qdate(day))

    def sizeHint(self) -> QSize:
        """Wide enough for its text."""
        hint = super().sizeHint()
        return QSize(hint.width() + TEXT_MARGIN_PX, hint.height())


def line_height(beside: QWidget) -> int:
    """How high a field is, and what stands beside it."""
    return beside.fontMetrics().height() * 2


def beside_fields(made: QPushButton) -> QWidget:
    """A button on a level with the fields, whatever the theme says of its own height."""
    room = QWidget()
    room.setMinimumHeight(line_height(room))
    row = QHBoxLayout(room)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
    return room


def date_text(day: date) -> str:
    """A day in words, as it is written here."""
    return QLocale().toString(_qdate(day), QLocale.FormatType.LongFormat)


def _dress(calendar: QCalendarWidget) -> None:
    """In the colours of the house: a weekend is not red, and arrows are seen in the dark as well."""
    plain = QTextCharFormat()
    plain.setForeground(QColor(colours().quiet))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
    for name, text, spoken in (
        ("qt_calendar_prevmonth", "‹", _("Month before")),
        ("qt_calendar_nextmonth", "›", _("Next month")),
    ):
        arrow = calendar.findChild(QToolButton, name)
        if arrow is not None:
            arrow.setIcon(QIcon())
            arrow.setText(text)
            arrow.setAccessibleName(spoken)


def _settle(field: QDateTimeEdit) -> None:
    scroll_page_over(field)
    field.installEventFilter(_Overwriting(field))
    # Told once it is written, not with every digit on the way.
    field.setKeyboardTracking(False)
    field.lineEdit().setTextMargins(TEXT_MARGIN_PX, 0, 0, 0)
    field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    field.setFixedHeight(line_height(field))


class _Overwriting(QObject):
    """Qt takes no digit where there is no room for one: whoever clicked into a time, or chose all of it, means to."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room for a digit."""
        pressed = event.type() is QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and isinstance(watched, QDateTimeEdit):
            _make_room(watched, event)
        return False


def _make_room(field: QDateTimeEdit, event: QKeyEvent) -> None:
    line = field.lineEdit()
    if not event.text().isdigit():
        return
    if line.selectedText() == line.text():
        field.setSelectedSection(field.sectionAt(0))
    elif not line.hasSelectedText() and len(line.text()) == len(field.displayFormat()):
        field.setSelectedSection(field.currentSection())


def _time(minutes: int) -> QTime:
    return QTime(minutes // 60 % 24, minutes % 60)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
