"""Times of the clock: at ten to eleven, or at ten to every working hour, on these days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from calmtray.schedule.rules import EVERY_DAY, ClockTime, clock_time_text, read_clock_time
from calmtray.ui.chips import Chips
from calmtray.ui.editor.fields import Named, NumberField
from calmtray.ui.offers.days import chosen_days, day_chips
from calmtray.ui.offers.lines import Line, LineForm, Manner
from calmtray.ui.offers.times import TimeField
from calmtray.ui.theme import SPACE
from calmtray.words import planning_texts
from calmtray.words.language import _

AT, PAST = "at", "past"
USUAL = ClockTime(50, 10)


class ClockTimeForm(LineForm):
    """A time, or minutes past each working hour, and the days."""

    def __init__(self) -> None:
        super().__init__()
        kind, time, minute, days = _("When"), _("At"), _("Minutes past the hour"), _("Days")
        self._kind = Chips(kind, {AT: _("At one time"), PAST: _("Every working hour")}, many=False)
        self._time = TimeField(time, 0)
        self._minute = NumberField(minute, 0, 59)
        self._days = day_chips()
        self._time_part, self._minute_part = Named(time, self._time), Named(minute, self._minute)
        self._days_part = Named(days, self._days)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        for part in (self._kind, self._time_part, self._minute_part, self._days_part):
            column.addWidget(part)
        self._kind.changed.connect(self._show_kind)
        self._days.changed.connect(lambda: self._days_part.show_mistake(""))
        self._show(USUAL)

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show what these say."""
        found = read_clock_time(texts[0])
        assert found is not None
        self._show(found)

    def texts(self) -> tuple[str, ...] | None:
        """What the fields say."""
        days = chosen_days(self._days)
        if not days:
            self._days_part.show_mistake(_("Choose a day at least."))
            self._days.findChildren(QPushButton)[0].setFocus()
            return None
        if self._kind.values == (PAST,):
            return (clock_time_text(ClockTime(self._minute.value(), None, days)),)
        hour, minute = divmod(self._time.minutes, 60)
        return (clock_time_text(ClockTime(minute, hour, days)),)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [
            *self._kind.findChildren(QPushButton), self._time, self._minute, *self._days.findChildren(QPushButton)
        ]  # fmt: skip

    def _show(self, at: ClockTime) -> None:
        self._kind.show_values((PAST if at.hour is None else AT,))
        hour = USUAL.hour if at.hour is None else at.hour
        self._time.show_minutes((hour or 0) * 60 + at.minute)
        self._minute.show_number(at.minute)
        self._days.show_values([str(day) for day in at.days])
        self._show_kind()

    def _show_kind(self) -> None:
        past = self._kind.values == (PAST,)
        self._time_part.setVisible(not past)
        self._minute_part.setVisible(past)


def clock_time_manner() -> Manner:
    """How the list of times is read and written."""
    return Manner(_("No times of the clock yet."), _("Add a time"), _lines, _joined, ClockTimeForm)


def _lines(texts: Sequence[str]) -> list[Line]:
    found = ((text, read_clock_time(text)) for text in texts)
    return [Line(planning_texts.clock_time_text(at), (text,)) for text, at in found if at is not None]


def _joined(kept: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """In the order of the clock, those of every hour first."""
    return tuple(sorted(dict.fromkeys((*kept, *new)), key=_order))


def _order(text: str) -> tuple[int, int, list[int]]:
    at = read_clock_time(text) or ClockTime(0, 0, EVERY_DAY)
    return (-1 if at.hour is None else at.hour, at.minute, sorted(at.days))
