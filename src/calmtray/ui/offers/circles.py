"""Meetings with peers: what it is, when, and every week or once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from calmtray.schedule.rules import Circle, circle_text, read_circle
from calmtray.ui.chips import Chips
from calmtray.ui.editor.fields import Named
from calmtray.ui.offers.days import chosen_days, day_chips
from calmtray.ui.offers.lines import Line, LineForm, Manner
from calmtray.ui.offers.times import DateField, TimeField, date_text
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.planning_texts import circle_line

WEEKLY, ONCE = "weekly", "once"
LONGEST_NAME = 120
USUAL_AT = 12 * 60 + 30


class CircleForm(LineForm):
    """Its name, its time, and its days of the week or its day."""

    def __init__(self, today: date) -> None:
        super().__init__()
        what, time, kind, days, day = _("What it is"), _("At"), _("How often"), _("Days"), _("Day")
        self._what = QLineEdit()
        self._what.setMaxLength(LONGEST_NAME)
        self._what.setPlaceholderText(_("Supervision, for instance"))
        self._what.setMinimumHeight(self._what.fontMetrics().height() * 2)
        self._time = TimeField(time, USUAL_AT)
        self._kind = Chips(kind, {WEEKLY: _("Every week"), ONCE: _("Once")}, many=False)
        self._days = day_chips(frozenset({today.weekday()}))
        self._day = DateField(day, today)
        self._what_part, self._days_part, self._day_part = (
            Named(what, self._what),
            Named(days, self._days),
            Named(day, self._day),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        for part in (self._what_part, Named(time, self._time), self._kind, self._days_part, self._day_part):
            column.addWidget(part)
        self._what.textChanged.connect(lambda: self._what_part.show_mistake(""))
        self._what.returnPressed.connect(self.finished)
        self._days.changed.connect(lambda: self._days_part.show_mistake(""))
        self._kind.changed.connect(self._show_kind)
        self._kind.show_values((WEEKLY,))
        self._show_kind()

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show what these say."""
        found = read_circle(texts[0])
        assert found is not None
        self._what.setText(found.label)
        self._time.show_minutes(found.at)
        self._kind.show_values((WEEKLY if found.day is None else ONCE,))
        if found.day is None:
            self._days.show_values([str(day) for day in found.days])
        else:
            self._day.show_day(found.day)
        self._show_kind()

    def texts(self) -> tuple[str, ...] | None:
        """What the fields say."""
        what = " ".join(self._what.text().split())
        if not what:
            self._what_part.show_mistake(_("Give it a name: it is what you will be told."))
            self._what.setFocus()
            return None
        if self._kind.values == (ONCE,):
            return (circle_text(Circle(self._time.minutes, what, day=self._day.day)),)
        days = chosen_days(self._days)
        if not days:
            self._days_part.show_mistake(_("Choose a day at least."))
            self._days.findChildren(QPushButton)[0].setFocus()
            return None
        return (circle_text(Circle(self._time.minutes, what, days)),)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [
            self._what,
            self._time,
            *self._kind.findChildren(QPushButton),
            *self._days.findChildren(QPushButton),
            self._day,
        ]

    def _show_kind(self) -> None:
        once = self._kind.values == (ONCE,)
        self._days_part.setVisible(not once)
        self._day_part.setVisible(once)


def circles_manner(today: date) -> Manner:
    """How the list of meetings is read and written."""
    return Manner(_("No meetings with peers yet."), _("Add a meeting"), _lines, _joined, partial(CircleForm, today))


def _lines(texts: Sequence[str]) -> list[Line]:
    found = ((text, read_circle(text)) for text in texts)
    return [Line(_said(circle), (text,)) for text, circle in found if circle is not None]


def _said(circle: Circle) -> str:
    return circle_line(circle, date_text(circle.day) if circle.day is not None else "")


def _joined(kept: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Those of every week by day and time, and then those of one day."""
    return tuple(sorted(dict.fromkeys((*kept, *new)), key=_order))


def _order(text: str) -> tuple[date, list[int], int, str]:
    circle = read_circle(text)
    if circle is None:
        return date.max, [], 0, text
    return circle.day or date.min, sorted(circle.days), circle.at, circle.label
