"""The page about offers: hours, times, days and meetings, by real clicks and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from calmtray.presence.sense import Answer, Name, Why
from calmtray.schedule.occurrences import Kind, Occurrence, OfferRow, Outcome
from calmtray.schedule.quiet import QuietReason
from calmtray.settings.model import DEFAULTS, Settings
from calmtray.ui.chips import Chips
from calmtray.ui.main_window import MainWindow
from calmtray.ui.offers.lines import LinesEditor
from calmtray.ui.offers.times import DateField, TimeField
from calmtray.ui.offers.week import WeekEditor
from calmtray.ui.pages.journal import JournalPage
from calmtray.ui.pages.offers import OffersPage
from calmtray.ui.pages.settings import SettingsPage
from calmtray.ui.sensing import Sensing

TODAY = date(2026, 11, 26)
"""A Thursday."""

ON = replace(DEFAULTS, offers="on")


class Desk:
    """The page in its window, and what it told."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:
        self.qtbot = qtbot
        self.settings = settings
        self.looks = 0
        self.whys = 0
        self.window = MainWindow({"offers": self._page, "settings": lambda: SettingsPage(self.settings, [])})
        qtbot.addWidget(self.window)
        self.window.open_page("offers")
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def _page(self) -> OffersPage:
        page = OffersPage(self.settings, TODAY)
        page.setting_changed.connect(self._on_page_setting_changed)
        page.look_asked.connect(self._on_page_look_asked)
        page.why_asked.connect(self._on_page_why_asked)
        page.left.connect(self.window.go_up)
        return page

    @property
    def page(self) -> Any:
        return self.window._page

    def part(self, name: str) -> Any:
        """The one of this name; of those that come and go, the one that is there."""
        found = self.page.findChildren(QWidget, name)
        return next((each for each in found if each.isVisible()), found[0])

    def week(self) -> WeekEditor:
        found = self.part("working_hours")
        assert isinstance(found, WeekEditor)
        return found

    def lines(self, name: str) -> LinesEditor:
        found = self.part(name)
        assert isinstance(found, LinesEditor)
        return found

    def said(self, name: str) -> list[str]:
        return [row.line.said for row in self.lines(name)._rows]

    def click(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, *keys: Qt.Key) -> None:
        """On whatever has the keyboard."""
        for key in keys:
            self.qtbot.keyClick(self.window.focusWidget(), key)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.window.focusWidget(), text)

    def set(self, field: TimeField | DateField, text: str) -> None:
        """As somebody does who comes to a field, writes, and goes on."""
        field.setFocus()
        field.lineEdit().selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def keep(self) -> None:
        self.click(self.part("keep"))

    def mistakes(self) -> list[str]:
        shown = self.page.findChildren(QLabel)
        return [each.text() for each in shown if each.property("role") == "mistake" and each.isVisible()]

    def _on_page_setting_changed(self, name: str, value: Any) -> None:
        self.settings = self.settings.with_(name, value)
        self.window.show_settings(self.settings)

    def _on_page_look_asked(self) -> None:
        self.looks += 1

    def _on_page_why_asked(self) -> None:
        self.whys += 1


@pytest.fixture(autouse=True)
def canada() -> Iterator[None]:
    """Days are written as they are here."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.Canada))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def desk(qtbot: QtBot) -> Callable[..., Desk]:
    def made(**chosen: Any) -> Desk:
        return Desk(qtbot, replace(ON, **chosen))

    return made


# Working hours.


def test_hours_are_saved_as_they_are_written(desk):
    it = desk()
    monday = it.week()._days[0].fields[0]
    it.set(monday.start, "0830")
    assert it.settings.working_hours == ("mon 08:30-17:00", "tue-fri 09:00-17:00")


def test_while_hours_are_wrong_the_last_right_ones_stay_and_the_reason_stands_beside_them(desk):
    it = desk()
    monday, tuesday = (it.week()._days[day].fields[0] for day in (0, 1))
    it.set(monday.end, "0800")
    assert it.settings.working_hours == DEFAULTS.working_hours
    assert it.mistakes() == ["The end comes before the beginning."]
    assert monday.end.accessibleDescription() == "The end comes before the beginning."
    it.set(tuesday.start, "1000")
    assert it.settings.working_hours == ("mon,wed-fri 09:00-17:00", "tue 10:00-17:00")
    assert it.mistakes() == ["The end comes before the beginning."]
    it.set(monday.end, "1600")
    assert it.mistakes() == []
    assert it.settings.working_hours[0] == "mon 09:00-16:00"


def test_an_end_at_midnight_is_the_end_of_the_day(desk):
    it = desk()
    it.set(it.week()._days[0].fields[0].end, "0000")
    assert it.settings.working_hours[0] == "mon 09:00-24:00"
    assert it.mistakes() == []


def test_a_day_has_as_many_hours_as_somebody_gives_it(desk):
    it = desk()
    saturday = it.week()._days[5]
    assert saturday._off.isVisible()
    saturday.add.setFocus()
    it.press(Qt.Key.Key_Space)
    assert it.settings.working_hours == ("mon-sat 09:00-17:00",)
    assert not saturday._off.isVisible()
    assert it.window.focusWidget() is saturday.fields[0].start
    it.set(saturday.fields[0].end, "1200")
    it.click(saturday.add)
    assert it.settings.working_hours[-1] == "sat 09:00-12:00 13:00-17:00"
    it.set(saturday.fields[1].end, "2330")
    it.click(saturday.add)
    assert len(saturday.fields) == 2


def test_hours_are_removed_and_brought_back(desk):
    it = desk()
    friday = it.week()._days[4]
    friday.fields[0].remove.setFocus()
    it.press(Qt.Key.Key_Space)
    assert it.settings.working_hours == ("mon-thu 09:00-17:00",)
    assert friday._off.isVisible()
    assert it.week().undo_line._said.text() == "Removed: Friday, 09:00–17:00"
    assert it.window.focusWidget() is it.week().undo_line.button
    it.press(Qt.Key.Key_Return)
    assert it.settings.working_hours == DEFAULTS.working_hours
    assert not it.week().undo_line.isVisible()


def test_what_was_removed_comes_back_with_the_keys_for_undo(desk):
    it = desk(circles=("thu 12:30 Supervision",))
    it.click(it.week()._days[0].fields[0].remove)
    it.click(it.lines("circles")._rows[0].remove)
    # One thing at a time.
    assert not it.week().undo_line.isVisible()
    it.qtbot.keyClick(it.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert it.settings.circles == ("thu 12:30 Supervision",)
    assert it.settings.working_hours == ("tue-fri 09:00-17:00",)
    it.qtbot.keyClick(it.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert it.settings.working_hours == ("tue-fri 09:00-17:00",)


def test_hours_that_were_wrong_when_they_were_removed_come_back_as_they_last_were_right(desk):
    it = desk()
    monday = it.week()._days[0]
    it.set(monday.fields[0].end, "0800")
    it.click(monday.fields[0].remove)
    assert it.week().undo_line._said.text() == "Removed: Monday"
    it.press(Qt.Key.Key_Return)
    assert it.settings.working_hours == DEFAULTS.working_hours
    assert it.week()._days[0].fields[0].end.minutes == 17 * 60


def test_the_other_days_become_like_monday(desk):
    it = desk(working_hours=("mon 09:00-12:00 13:00-17:00", "fri 09:00-13:00"))
    it.click(it.part("like-monday"))
    assert it.settings.working_hours == ("mon-fri 09:00-12:00 13:00-17:00",)
    it.press(Qt.Key.Key_Space)
    assert it.settings.working_hours == ("mon 09:00-12:00 13:00-17:00", "fri 09:00-13:00")
    it.click(it.part("like-monday"))
    it.click(it.part("like-monday"))
    assert it.week().undo_line.isVisible()


def way_of_the_keyboard(it: Desk) -> list[QWidget]:
    """Every stop from the beginning of the page to its end, by the key that people press."""
    it.part("back").setFocus()
    stops: list[QWidget] = []
    while (here := it.window.focusWidget()) not in stops or here is stops[-1]:
        # A time is two stops in one field.
        stops += [here] if not stops or here is not stops[-1] else []
        it.press(Qt.Key.Key_Tab)
    return [stop for stop in stops if it.page.body.isAncestorOf(stop)]


def test_the_keyboard_goes_down_the_page_line_by_line_whatever_was_made_last(desk):
    it = desk(clock_times=("10:50",), circles=("thu 12:30 Supervision", "fri 09:00 Team"))
    it.click(it.week()._days[0].add)
    it.click(it.week()._days[1].fields[0].remove)
    it.press(Qt.Key.Key_Return)
    it.click(it.part("like-monday"))
    it.click(it.part("add-clock_times"))
    it.keep()
    it.click(it.lines("circles")._rows[0].change)
    it.keep()
    it.click(it.part("add-other_days"))
    # Laid out as for somebody who looks at it.
    it.page.body.layout().activate()
    QApplication.processEvents()
    way = way_of_the_keyboard(it)
    at = [stop.mapTo(it.page.body, QPoint(0, stop.height() // 2)) for stop in way]
    # What stands side by side is a line; a chip or a button may be a little higher than what it stands beside.
    wrong = [
        (one.accessibleName(), other.accessibleName())
        for one, other, here, there in zip(way, way[1:], at, at[1:], strict=False)
        if there.y() < here.y() - 6 or (abs(there.y() - here.y()) <= 6 and there.x() < here.x())
    ]
    assert wrong == []
    assert len(way) > 80


def test_hours_that_came_from_elsewhere_are_shown(desk):
    it = desk()
    it.window.show_settings(it.settings.with_("working_hours", ("sun 10:00-12:00",)))
    assert [len(day.fields) for day in it.week()._days.values()] == [0] * 6 + [1]


# Times.


def test_an_arrow_moves_five_minutes_and_lands_on_them(qtbot: QtBot):
    field = TimeField("Time", 9 * 60 + 2)
    qtbot.addWidget(field)
    field.setSelectedSection(field.Section.MinuteSection)
    field.stepBy(1)
    assert field.minutes == 9 * 60 + 5
    field.show_minutes(9 * 60 + 2)
    field.setSelectedSection(field.Section.MinuteSection)
    field.stepBy(-1)
    assert field.minutes == 9 * 60
    field.setSelectedSection(field.Section.HourSection)
    field.stepBy(1)
    assert field.minutes == 10 * 60
    field.show_minutes(23 * 60 + 55)
    field.setSelectedSection(field.Section.MinuteSection)
    field.stepBy(1)
    assert field.minutes == 0


@pytest.mark.parametrize("make", [lambda: TimeField("Time", 600), lambda: DateField("Day", TODAY)])
def test_a_wheel_over_a_field_scrolls_the_page(qtbot: QtBot, make):
    field = make()
    qtbot.addWidget(field)
    before = field.dateTime()
    turned = QWheelEvent(
        QPointF(5, 5), field.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, turned)
    assert field.dateTime() == before


# Lists.


def test_empty_lists_say_so(desk):
    it = desk()
    shown = [each.text() for each in it.page.findChildren(QLabel) if each.isVisible()]
    for nothing in (
        "No times of the clock yet.",
        "No days off, and none with other hours.",
        "No meetings with peers yet.",
    ):
        assert nothing in shown


def test_a_time_is_added_by_keyboard_alone(desk):
    it = desk()
    it.part("add-clock_times").setFocus()
    it.press(Qt.Key.Key_Space)
    form = it.lines("clock_times")._open._form
    # From the kind to the time, and on to the days.
    it.press(Qt.Key.Key_Tab)
    assert it.window.focusWidget() is form._time
    it.set(form._time, "1400")
    it.press(Qt.Key.Key_Tab, Qt.Key.Key_Space)
    it.part("keep").setFocus()
    it.press(Qt.Key.Key_Return)
    assert it.settings.clock_times == ("tue-sun 14:00",)
    assert it.said("clock_times") == ["14:00 · Tuesday to Sunday"]
    assert it.window.focusWidget() is it.lines("clock_times")._rows[0].change


def test_minutes_past_every_working_hour(desk):
    it = desk(clock_times=("10:50",))
    it.click(it.lines("clock_times")._rows[0].change)
    form = it.lines("clock_times")._open._form
    assert not form._minute.isVisible()
    it.click(form._kind.findChildren(QPushButton)[1])
    assert form._minute.isVisible()
    assert not form._time.isVisible()
    it.keep()
    assert it.settings.clock_times == ("*:50",)
    assert it.said("clock_times") == ["50 minutes past each working hour · every day"]
    it.click(it.lines("clock_times")._rows[0].change)
    assert it.lines("clock_times")._open._form._minute.value() == 50


def test_a_time_without_a_day_is_not_kept_and_says_why(desk):
    it = desk()
    it.click(it.part("add-clock_times"))
    form = it.lines("clock_times")._open._form
    for chip in form._days.findChildren(QPushButton):
        it.click(chip)
    it.keep()
    assert it.mistakes() == ["Choose a day at least."]
    assert it.settings.clock_times == ()
    it.click(form._days.findChildren(QPushButton)[0])
    assert it.mistakes() == []
    it.keep()
    assert it.settings.clock_times == ("mon 10:50",)


def test_times_stand_in_order_and_once(desk):
    it = desk(clock_times=("14:00", "10:50", "*:50"))
    it.click(it.part("add-clock_times"))
    it.keep()
    assert it.settings.clock_times == ("*:50", "10:50", "14:00")


def test_esc_leaves_the_form_first_and_then_the_page(desk):
    it = desk(clock_times=("10:50",))
    it.click(it.lines("clock_times")._rows[0].change)
    it.qtbot.keyClick(it.window, Qt.Key.Key_Escape)
    assert it.window.current == "offers"
    assert it.window.focusWidget() is it.lines("clock_times")._rows[0].change
    assert it.settings.clock_times == ("10:50",)
    it.qtbot.keyClick(it.window, Qt.Key.Key_Escape)
    assert it.window.current == "settings"
    assert it.window.focusWidget().objectName() == "open-offers"


def test_a_form_is_cancelled(desk):
    it = desk()
    it.click(it.part("add-circles"))
    assert not it.part("add-circles").isVisible()
    it.click(it.part("cancel"))
    assert it.window.focusWidget() is it.part("add-circles")
    assert it.settings.circles == ()


def test_a_day_off_and_a_row_of_them(desk):
    it = desk()
    it.click(it.part("add-other_days"))
    form = it.lines("other_days")._open._form
    form._first.setFocus()
    form._first.show_day(date(2026, 12, 24))
    assert form._last.day == date(2026, 12, 24)
    assert form._said.text() == "Thursday, December 24, 2026"
    form._last.show_day(date(2026, 12, 26))
    it.keep()
    assert it.settings.other_days == ("2026-12-24 off", "2026-12-25 off", "2026-12-26 off")
    assert it.said("other_days") == ["Thursday, December 24, 2026 to Saturday, December 26, 2026 · off"]
    it.click(it.lines("other_days")._rows[0].remove)
    assert it.settings.other_days == ()
    it.press(Qt.Key.Key_Return)
    assert len(it.settings.other_days) == 3


def test_a_day_with_other_hours(desk):
    it = desk(other_days=("2026-12-28 off",))
    it.click(it.lines("other_days")._rows[0].change)
    form = it.lines("other_days")._open._form
    it.click(form._kind.findChildren(QPushButton)[1])
    it.set(form._fields[0].end, "0800")
    it.keep()
    assert it.mistakes() == ["The end comes before the beginning."]
    assert it.settings.other_days == ("2026-12-28 off",)
    it.set(form._fields[0].end, "1200")
    it.click(form._add)
    it.keep()
    assert it.settings.other_days == ("2026-12-28 09:00-12:00 13:00-17:00",)
    it.click(it.lines("other_days")._rows[0].change)
    form = it.lines("other_days")._open._form
    for field in list(form._fields):
        it.click(field.remove)
    assert form._kind.values == ("off",)
    it.keep()
    assert it.settings.other_days == ("2026-12-28 off",)


def test_other_hours_are_let_go_where_the_day_is_off_after_all(desk):
    it = desk(other_days=("2026-12-28 09:00-12:00",))
    it.click(it.lines("other_days")._rows[0].change)
    it.click(it.lines("other_days")._open._form._kind.findChildren(QPushButton)[0])
    it.keep()
    assert it.settings.other_days == ("2026-12-28 off",)


@pytest.mark.parametrize(
    ("first", "last", "mistake"),
    [
        (date(2026, 12, 24), date(2026, 12, 23), "The last day comes before the first."),
        (date(2026, 12, 24), date(2028, 12, 23), "At most 400 days at a time."),
    ],
)
def test_days_that_cannot_be_say_why(desk, first, last, mistake):
    it = desk()
    it.click(it.part("add-other_days"))
    form = it.lines("other_days")._open._form
    form._first.show_day(first)
    form._last.show_day(last)
    it.keep()
    assert it.mistakes() == [mistake]
    assert it.window.focusWidget() is form._last
    assert it.settings.other_days == ()
    form._last.show_day(first)
    assert it.mistakes() == []


def test_days_that_are_over_are_left_out_and_let_go_with_the_next_change(desk):
    it = desk(other_days=("2026-01-05 off", "2026-12-28 12:00-13:00 09:00-11:00"))
    assert it.said("other_days") == ["Monday, December 28, 2026 · 09:00–11:00, 12:00–13:00"]
    it.click(it.part("add-other_days"))
    it.keep()
    assert it.settings.other_days == ("2026-11-26 off", "2026-12-28 09:00-11:00 12:00-13:00")


def test_a_meeting_every_week(desk):
    it = desk()
    it.click(it.part("add-circles"))
    form = it.lines("circles")._open._form
    assert isinstance(it.window.focusWidget(), QLineEdit)
    it.keep()
    assert it.mistakes() == ["Give it a name: it is what you will be told."]
    it.type("  Peer   supervision ")
    assert it.mistakes() == []
    it.set(form._time, "0915")
    form._what.setFocus()
    it.press(Qt.Key.Key_Return)
    assert it.settings.circles == ("thu 09:15 Peer supervision",)
    assert it.said("circles") == ["Peer supervision · Thursday, 09:15"]


def test_a_meeting_without_a_day_is_not_kept(desk):
    it = desk(circles=("thu 12:30 Supervision",))
    it.click(it.lines("circles")._rows[0].change)
    form = it.lines("circles")._open._form
    it.click(form._days.findChildren(QPushButton)[3])
    it.keep()
    assert it.mistakes() == ["Choose a day at least."]
    assert it.settings.circles == ("thu 12:30 Supervision",)


def test_a_meeting_on_one_day(desk):
    it = desk(circles=("thu 12:30 Supervision", "2026-12-03 18:00 Community of practice"))
    assert it.said("circles")[1] == "Community of practice · Thursday, December 3, 2026, 18:00"
    it.click(it.lines("circles")._rows[1].change)
    form = it.lines("circles")._open._form
    assert form._day.isVisible()
    assert not form._days.isVisible()
    form._day.show_day(date(2026, 12, 10))
    it.keep()
    assert it.settings.circles == ("thu 12:30 Supervision", "2026-12-10 18:00 Community of practice")


def test_lines_that_came_from_elsewhere_are_shown_and_an_open_form_makes_room(desk):
    it = desk()
    it.click(it.part("add-circles"))
    it.window.show_settings(it.settings.with_("circles", ("mon 09:00 Team",)))
    assert it.said("circles") == ["Team · Monday, 09:00"]
    assert not it.lines("circles").form_open


def test_what_opens_comes_into_view(desk):
    it = desk()
    it.window.resize(900, 500)
    add = it.part("add-circles")
    it.page.ensureWidgetVisible(add)
    add.setFocus()
    it.press(Qt.Key.Key_Space)
    form = it.lines("circles")._open
    it.qtbot.waitUntil(lambda: form.visibleRegion().boundingRect().height() > 250)


# The rest of the page.


def test_while_offers_are_off_it_says_so_and_turns_them_on(desk):
    it = desk(offers="off")
    assert it.part("offers-yes").isVisible()
    it.click(it.part("offers-yes"))
    assert it.settings.offers == "on"
    assert not it.part("offers-yes").isVisible()
    assert it.window.focusWidget().objectName() == "why"


def test_what_may_be_offered(desk):
    it = desk(offered_seconds=90)
    box = it.part("offered_seconds")
    assert box.currentText() == "1 min 30 s"
    box.setCurrentIndex(box.count() - 1)
    assert it.settings.offered_seconds == 0
    chips = it.part("offered_needs")
    assert isinstance(chips, Chips)
    it.click(chips.findChildren(QPushButton)[0])
    assert len(it.settings.offered_needs) == 1
    it.window.show_settings(it.settings.with_("offered_needs", ()))
    assert chips.values == ()


def test_the_way_to_the_answer_and_the_way_back(desk):
    it = desk()
    it.click(it.part("why"))
    assert it.whys == 1
    it.click(it.part("back"))
    assert it.window.current == "settings"
    assert it.window._tabs["settings"].isChecked()


# What can be sensed.


def answers(why: Why | None = None) -> list[Answer]:
    return [Answer(name, True, None, why, 1.0) for name in Name]


def test_it_is_looked_while_the_list_is_shown_and_never_while_it_is_not(desk):
    it = desk()
    senses = it.page._senses
    assert it.looks == 1
    assert senses._again.isActive()
    # Further up than the list nobody looks at it.
    senses._again.timeout.emit()
    assert it.looks == 1
    it.page.ensureWidgetVisible(it.part("look-now"))
    senses._again.timeout.emit()
    assert it.looks == 2
    it.click(it.part("look-now"))
    assert it.looks == 3
    it.window.hide()
    assert not senses._again.isActive()


def test_it_says_what_each_sense_says_and_keeps_it_when_the_page_is_made_anew(desk):
    it = desk()
    assert it.page._senses._said[Name.CAMERA].text() == "Looking…"
    it.page.show_answers(answers(Why.NOT_SAID))
    assert it.page._senses._said[Name.CAMERA].text() == "Can’t tell: this system does not say."
    it.window.refresh()
    assert it.page._senses._said[Name.CAMERA].text() == "Can’t tell: this system does not say."


def test_when_the_desktop_turns_dark_a_form_that_is_being_written_stays(desk):
    it = desk()
    page = it.page
    it.click(it.part("add-clock_times"))
    it.window.refresh()
    assert it.page is page
    it.click(it.part("cancel"))
    it.window.refresh()
    assert it.page is not page


@pytest.fixture
def sensing(qapp) -> Iterator[Sensing]:
    made = Sensing(lambda: answers)
    yield made
    made.close()


def test_the_senses_are_asked_on_a_thread_of_their_own(qtbot: QtBot, sensing):
    with qtbot.waitSignal(sensing.answered) as answered:
        sensing.look()
        thread = sensing._thread
        sensing.look()
        assert sensing._thread is thread
    assert answered.args == [answers()]
    with qtbot.waitSignal(sensing.answered):
        sensing.look()


# Why was I not asked?


def texts_of(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel)]


def test_the_journal_begins_with_the_question_and_its_answers(qtbot: QtBot, lang):
    due = datetime(2026, 11, 26, 10, 50, tzinfo=UTC)
    row = OfferRow(Kind.CLOCK, due, Outcome.QUIET, due, QuietReason.MICROPHONE)
    page = JournalPage([], {}, "/somewhere", [row], on=True)
    qtbot.addWidget(page)
    said = texts_of(page)
    if lang == "en":
        assert said[1:5] == [
            "Why was I not asked?", "10:50", "at a time you chose", "stayed quiet: the microphone was in use",
        ]  # fmt: skip
    assert "10:50" in said


def test_what_may_come_yet_is_listed_with_what_it_waits_for(qtbot: QtBot):
    waiting = Occurrence(datetime(2026, 11, 26, 10, 50, tzinfo=UTC), Kind.CLOCK)
    page = JournalPage([], {}, "/somewhere", [], [(waiting, QuietReason.CAMERA)], on=True)
    qtbot.addWidget(page)
    assert "waiting for a better moment: the camera is in use" in texts_of(page)
    assert "Nothing has been due yet today." not in texts_of(page)


@pytest.mark.parametrize(
    ("on", "nothing"), [(True, "Nothing has been due yet today."), (False, "Nothing is due while offers are off.")]
)
def test_a_day_without_offers_says_so_and_leads_to_the_page_about_them(qtbot: QtBot, on, nothing):
    page = JournalPage([], {}, "/somewhere", [], on=on)
    qtbot.addWidget(page)
    assert nothing in texts_of(page)
    lead = page.findChild(QPushButton, "open-offers")
    assert lead is not None
    with qtbot.waitSignal(page.offers_asked):
        qtbot.mouseClick(lead, Qt.MouseButton.LeftButton)
