"""Working hours: each day of the week with as many hours, in as many pieces, as it has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from calmtray.schedule.editing import next_range, range_of, week_texts
from calmtray.schedule.rules import Range, joined, week
from calmtray.ui.flow import FlowLayout
from calmtray.ui.offers.keyboard import put_in_order
from calmtray.ui.offers.times import TimeField, beside_fields, line_height
from calmtray.ui.offers.undo_line import UndoLine
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.planning_texts import WEEKDAYS, day_heading, day_name, ranges_text, removed_text

MONDAY_TO_FRIDAY = range(5)


class RangeField(QWidget):
    """From one time to another, on the day ``of`` this name, and what is wrong with it."""

    changed = Signal()
    remove_asked = Signal()

    def __init__(self, each: Range, of: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.start = TimeField(_("{day}, from").format(day=of), each.start)
        self.end = TimeField(_("{day}, until").format(day=of), each.end)
        self.remove = button("×", "plain")
        self.remove.setToolTip(_("Remove"))
        self.remove.clicked.connect(self.remove_asked)
        self._of = of
        self._mistake = label("", "mistake")
        self._mistake.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.start)
        row.addWidget(QLabel("–"))
        row.addWidget(self.end)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(row)
        column.addWidget(self._mistake)
        for field in (self.start, self.end):
            field.chosen.connect(self.changed)
        self.check()

    def check(self) -> Range | None:
        """What it says; None, with the reason beside it, where that can't be."""
        found = range_of(self.start.minutes, self.end.minutes)
        mistake = "" if found else _("The end comes before the beginning.")
        said = f"{self._of}, {ranges_text((found,))}" if found else self._of
        self.remove.setAccessibleName(_("Remove: {what}").format(what=said))
        if mistake != self._mistake.text():
            self._mistake.setText(mistake)
            self._mistake.setVisible(bool(mistake))
            for field in (self.start, self.end):
                field.setAccessibleDescription(mistake)
            self.adjustSize()
        return found


class _Day(QWidget):
    """One day: its hours in as many lines as they need, or that it is off."""

    changed = Signal()
    removed = Signal(str)

    def __init__(self, day: int, ranges: Sequence[Range]) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._day = day
        self._name = day_heading(day)
        self._flow = FlowLayout(SPACE, self)
        self.fields: list[RangeField] = []
        self._off = QLabel(_("off"))
        self._off.setProperty("role", "quiet")
        self.add = button("+", "plain", spoken=_("{day}: add hours").format(day=self._name))
        self.add.setToolTip(_("Add hours"))
        self.add.setObjectName(f"add-hours-{day}")
        self.add.clicked.connect(self._on_add_clicked)
        self._off.setMinimumHeight(line_height(self))
        self._end = beside_fields(self.add)
        self._flow.addWidget(self._off)
        for each in ranges:
            self._add(each)
        self._flow.addWidget(self._end)
        self._show_off()

    def ranges(self) -> list[Range | None]:
        """What each field says."""
        return [field.check() for field in self.fields]

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*(each for field in self.fields for each in (field.start, field.end, field.remove)), self.add]

    def _add(self, each: Range) -> RangeField:
        field = RangeField(each, self._name)
        field.changed.connect(self._on_field_changed)
        field.remove_asked.connect(lambda: self._on_field_remove_asked(field))
        self._flow.addWidget(field)
        self.fields.append(field)
        return field

    def _show_off(self) -> None:
        self._off.setVisible(not self.fields)

    def _on_add_clicked(self) -> None:
        more = next_range([each for each in self.ranges() if each is not None])
        if more is None:
            return
        # The button stays behind them.
        self._flow.removeWidget(self._end)
        field = self._add(more)
        self._flow.addWidget(self._end)
        field.show()
        self._show_off()
        self.updateGeometry()
        field.start.setFocus()
        self.changed.emit()

    def _on_field_changed(self) -> None:
        self.updateGeometry()
        self.changed.emit()

    def _on_field_remove_asked(self, field: RangeField) -> None:
        self.fields.remove(field)
        self._flow.removeWidget(field)
        field.hide()
        field.deleteLater()
        self._show_off()
        self.updateGeometry()
        found = field.check()
        name = day_name(self._day)
        self.removed.emit(f"{name}, {ranges_text((found,))}" if found else name)


class WeekEditor(QWidget):
    """Tells the week with every change that is right. While a day is wrong, what it was before counts for it."""

    changed = Signal(tuple)

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ()
        self._week: dict[int, tuple[Range, ...]] = {}
        self._days: dict[int, _Day] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE * 2)
        self._grid.setVerticalSpacing(SPACE)
        self._grid.setColumnStretch(1, 1)
        for day in WEEKDAYS:
            named = QLabel(day_heading(day))
            named.setMinimumHeight(line_height(self))
            self._grid.addWidget(named, 2 * day, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._grid)
        self.undo_line = UndoLine()
        self.undo_line.undone.connect(self._on_undo_line_undone)
        self._undo_below = 0
        self._grid.addWidget(self.undo_line, 1, 0, 1, 2)
        self._copy = button(_("Tuesday to Friday like Monday"))
        self._copy.setObjectName("like-monday")
        self._copy.clicked.connect(self._on_copy_clicked)
        column.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_texts(tuple(texts))

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show these hours, unless it is they that are shown."""
        if not self._days or texts != self._texts:
            self._show(texts)

    def _show(self, texts: tuple[str, ...]) -> None:
        self._texts = texts
        self._week = week(texts)
        for day in WEEKDAYS:
            self._show_day(day)
        self._order()

    def _order(self) -> None:
        """Let the keyboard go from day to day, whichever was made last."""
        stops: list[QWidget] = []
        for day in WEEKDAYS:
            stops += self._days[day].stops()
            stops += [self.undo_line.button] if day == self._undo_below else []
        put_in_order((*stops, self._copy))

    def _show_day(self, day: int) -> None:
        before = self._days.get(day)
        if before is not None:
            self._grid.removeWidget(before)
            before.hide()
            before.deleteLater()
        made = self._days[day] = _Day(day, self._week.get(day, ()))
        made.changed.connect(lambda: self._on_day_changed(day))
        made.removed.connect(lambda what: self._on_day_removed(day, what))
        self._grid.addWidget(made, 2 * day, 1)
        made.show()

    def _on_day_changed(self, day: int) -> None:
        self._order()
        said = self._days[day].ranges()
        right = [each for each in said if each is not None]
        if len(right) == len(said):
            self.undo_line.hide()
            self._week[day] = joined(right)
            self._tell()

    def _on_day_removed(self, day: int, what: str) -> None:
        before = self._texts
        self._on_day_changed(day)
        self._offer(removed_text(what), before, day)

    def _on_copy_clicked(self) -> None:
        before = self._texts
        for day in MONDAY_TO_FRIDAY[1:]:
            self._week[day] = self._week.get(0, ())
            self._show_day(day)
        self._order()
        self._tell()
        if self._texts != before:
            self._offer(_("Tuesday to Friday are like Monday now."), before, MONDAY_TO_FRIDAY[-1])

    def _offer(self, said: str, before: tuple[str, ...], day: int) -> None:
        """Right below the day that it is about."""
        self._undo_below = day
        self._grid.removeWidget(self.undo_line)
        self._grid.addWidget(self.undo_line, 2 * day + 1, 0, 1, 2)
        self._order()
        self.undo_line.offer(said, before)

    def _on_undo_line_undone(self, before: tuple[str, ...]) -> None:
        self._show(before)
        self.changed.emit(before)
        self._days[0].add.setFocus()

    def _tell(self) -> None:
        texts = week_texts(self._week)
        if texts != self._texts:
            self._texts = texts
            self.changed.emit(texts)
