"""Weekday, date and time, in the language and the manner of the place, large and calm."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, Qt, QTime, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from calmtray.ui.parts import label
from calmtray.ui.props.base import Given, Prop
from calmtray.words.language import language

MINUTE_MS = 60_000


class TodayProp(Prop):
    """Changes with the minute while it is on the screen, and does nothing in between."""

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self._lines = [label("", role) for role in ("large", "words", "words")]
        self.column.addStretch(1)
        for line in self._lines:
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.column.addWidget(line)
        self.column.addStretch(1)
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.setTimerType(Qt.TimerType.PreciseTimer)
        self._minute.timeout.connect(self._on_minute_timeout)
        self._show_now()

    def show_given(self, given: Given) -> None:
        """Say it in the language of now."""
        super().show_given(given)
        self._show_now()

    def showEvent(self, event: QShowEvent) -> None:
        """It is as late as it is when somebody looks."""
        super().showEvent(event)
        self._on_minute_timeout()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._minute.stop()

    def _on_minute_timeout(self) -> None:
        self._show_now()
        now = self.given.now()
        # A little late rather than a little early: a timer may be either.
        self._minute.start(MINUTE_MS - now.second * 1000 - now.microsecond // 1000 + 50)

    def _show_now(self) -> None:
        for line, text in zip(self._lines, now_texts(self.given.now(), _locale()), strict=True):
            line.setText(text)


def now_texts(now: datetime, locale: QLocale) -> tuple[str, str, str]:
    """Weekday, date and time as this locale writes them."""
    date, time = QDate(now.year, now.month, now.day), QTime(now.hour, now.minute)
    weekday = locale.toString(date, "dddd")
    # The long date names the weekday too, which stands above it already.
    without = re.sub(r"^dddd[,\s]*|[,\s]*dddd$", "", locale.dateFormat(QLocale.FormatType.LongFormat))
    return (
        weekday[:1].upper() + weekday[1:],
        locale.toString(date, without),
        locale.toString(time, QLocale.FormatType.ShortFormat),
    )


def _locale() -> QLocale:
    """The system's manner, where it speaks the language spoken now; else that language's own."""
    default, spoken = QLocale(), QLocale(language())
    return default if default.language() == spoken.language() else spoken
