"""Single days: off, or with other hours than their day of the week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from calmtray.schedule.editing import USUAL, Spell, next_range, spells
from calmtray.schedule.rules import Range, joined, other_day_text, read_other_day
from calmtray.settings.model import SETTINGS
from calmtray.ui.chips import Chips
from calmtray.ui.editor.fields import Named
from calmtray.ui.flow import FlowLayout
from calmtray.ui.offers.lines import Line, LineForm, Manner
from calmtray.ui.offers.times import DateField, beside_fields, date_text
from calmtray.ui.offers.week import RangeField
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.planning_texts import span_text, spell_text

OFF, HOURS = "off", "hours"
MOST = next(setting.high for setting in SETTINGS if setting.name == "other_days")


class OtherDaysForm(LineForm):
    """The first day, the last one (the same for a single day), and what their hours are."""

    def __init__(self, today: date) -> None:
        super().__init__()
        first, last, hours = _("First day"), _("Last day"), _("Hours")
        self._first, self._last = DateField(first, today), DateField(last, today)
        self._last_part = Named(last, self._last)
        dates = QWidget()
        flow = FlowLayout(SPACE * 3, dates)
        flow.addWidget(Named(first, self._first))
        flow.addWidget(self._last_part)
        self._said = label("", "quiet")
        self._kind = Chips(hours, {OFF: _("Off"), HOURS: _("Other hours")}, many=False)
        self._ranges = QWidget()
        self._ranges_flow = FlowLayout(SPACE, self._ranges)
        self._fields: list[RangeField] = []
        self._add = button(_("Add hours"), "plain")
        self._add.clicked.connect(self._on_add_clicked)
        self._end = beside_fields(self._add)
        self._ranges_flow.addWidget(self._end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        for part in (dates, self._said, self._kind, self._ranges):
            column.addWidget(part)
        self._first.chosen.connect(self._on_first_chosen)
        self._last.chosen.connect(self._on_last_chosen)
        self._kind.changed.connect(self._on_kind_changed)
        self._show(Spell(today, today, ()))

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show what these say."""
        (spell,) = spells(dict(filter(None, map(read_other_day, texts))))
        self._show(spell)

    def texts(self) -> tuple[str, ...] | None:
        """What the fields say."""
        found = [field.check() for field in self._fields]
        for field, each in zip(self._fields, found, strict=True):
            if each is None:
                field.end.setFocus()
                return None
        mistake = self._mistake()
        if mistake:
            self._last_part.show_mistake(mistake)
            self._last.setFocus()
            return None
        ranges = joined(each for each in found if each is not None)
        return tuple(other_day_text(day, ranges) for day in Spell(self._first.day, self._last.day, ranges).days())

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        fields = [each for field in self._fields for each in (field.start, field.end, field.remove)]
        return [self._first, self._last, *self._kind.findChildren(QPushButton), *fields, self._add]

    def _mistake(self) -> str:
        days = (self._last.day - self._first.day).days + 1
        if days < 1:
            return _("The last day comes before the first.")
        return "" if days <= MOST else _("At most {days} days at a time.").format(days=MOST)

    def _show(self, spell: Spell) -> None:
        self._first.show_day(spell.first)
        self._last.show_day(spell.last)
        self._kind.show_values((HOURS if spell.ranges else OFF,))
        for each in spell.ranges:
            self._add_range(each)
        self._show_kind()
        self._say_days()

    def _add_range(self, each: Range) -> RangeField:
        field = RangeField(each, _("Hours"))
        field.remove_asked.connect(lambda: self._on_field_remove_asked(field))
        self._ranges_flow.removeWidget(self._end)
        self._ranges_flow.addWidget(field)
        self._ranges_flow.addWidget(self._end)
        QWidget.setTabOrder(field.remove, self._add)
        self._fields.append(field)
        field.show()
        return field

    def _show_kind(self) -> None:
        self._kind.show_values((HOURS if self._fields else OFF,))
        self._ranges.setVisible(bool(self._fields))

    def _on_first_chosen(self) -> None:
        """A single day is what is meant most often."""
        if self._last.day < self._first.day:
            self._last.show_day(self._first.day)
        self._say_days()

    def _on_last_chosen(self) -> None:
        self._last_part.show_mistake("")
        self._say_days()

    def _say_days(self) -> None:
        """Which days of the week these are: dates alone are easily mistaken."""
        self._said.setText(span_text(date_text(self._first.day), date_text(self._last.day)))

    def _on_kind_changed(self) -> None:
        if self._kind.values == (HOURS,):
            if not self._fields:
                self._add_range(USUAL)
        else:
            for field in list(self._fields):
                self._drop(field)
        self._show_kind()

    def _on_add_clicked(self) -> None:
        more = next_range([each for each in (field.check() for field in self._fields) if each is not None])
        if more is not None:
            self._add_range(more).start.setFocus()

    def _on_field_remove_asked(self, field: RangeField) -> None:
        self._drop(field)
        self._show_kind()
        (self._add if self._fields else self._kind.findChildren(QPushButton)[0]).setFocus()

    def _drop(self, field: RangeField) -> None:
        self._fields.remove(field)
        self._ranges_flow.removeWidget(field)
        field.hide()
        field.deleteLater()


def other_days_manner(today: date) -> Manner:
    """How the list of days is read and written. Those that are over are left out, and let go with the next change."""
    return Manner(
        _("No days off, and none with other hours."),
        _("Add a day"),
        partial(_lines, today),
        partial(_joined, today),
        partial(OtherDaysForm, today),
    )


def _lines(today: date, texts: Sequence[str]) -> list[Line]:
    read = [(text, found[0]) for text, found in ((text, read_other_day(text)) for text in texts) if found is not None]
    lines = []
    for spell in spells(_coming(today, texts)):
        days = set(spell.days())
        said = spell_text(date_text(spell.first), date_text(spell.last), spell.ranges)
        lines.append(Line(said, tuple(text for text, day in read if day in days)))
    return lines


def _joined(today: date, kept: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """In the order of the calendar; what is new of a day counts."""
    days = _coming(today, (*kept, *new))
    return tuple(other_day_text(day, days[day]) for day in sorted(days))[:MOST]


def _coming(today: date, texts: Iterable[str]) -> dict[date, tuple[Range, ...]]:
    read = filter(None, map(read_other_day, texts))
    return {day: ranges for day, ranges in read if day >= today}
