"""The Now page: what is asked, what is offered, and how the one follows from the other under the hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from calmtray.practice.library import Library
from calmtray.practice.model import Need, Where
from calmtray.practice.moment import Moment, Past
from calmtray.practice.suggest import Suggestion, suggest, todays_one
from calmtray.settings.finding import permitted, remembered
from calmtray.settings.model import DEFAULTS, Settings, Value
from calmtray.ui.main_window import MainWindow
from calmtray.ui.pages.now import STATES, Day, NowPage
from calmtray.words.finding_texts import asked_text, need_text, where_text
from calmtray.words.language import _
from calmtray.words.planning_texts import first_step_text, rules_text

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)


class Answering:
    """The page, and somebody who shows what follows from every answer, as the app does."""

    def __init__(self, qtbot: QtBot, library: Library, settings: Settings = DEFAULTS, unfolded: bool = True) -> None:
        self.library, self.settings, self.apart = library, settings, frozenset[str]()
        self.told: list[tuple[str, Value]] = []
        self.page = NowPage(*self._offer(), settings, [], unfolded)
        self.page.setting_changed.connect(self._on_page_setting_changed)
        self.window = MainWindow({"now": lambda: self.page})
        qtbot.addWidget(self.window)
        self.window.open_page("now")
        self.window.resize(self.window.sizeHint())
        self.window.show()
        qtbot.waitExposed(self.window)
        QApplication.sendPostedEvents()  # whatever is still to be laid out

    def _offer(self) -> tuple[tuple[Suggestion, ...], Suggestion | None]:
        now = Moment(NOW, remembered(self.settings), permitted(self.settings), Past(apart=self.apart))
        return suggest(self.library, now), todays_one(self.library, now)

    def _on_page_setting_changed(self, name: str, value: Value) -> None:
        self.told.append((name, value))
        self.settings = self.settings.with_(name, value)
        self.page.show_settings(self.settings)
        self.page.show_suggestions(*self._offer())

    def button(self, name: str) -> QPushButton:
        found = [b for b in self.page.findChildren(QPushButton) if name in (b.text(), b.accessibleName())]
        assert len(found) == 1, [b.text() for b in found]
        return found[0]

    def offered(self) -> list[str]:
        return [each.accessibleName().removeprefix("Open: ") for each in self.opening()]

    def opening(self) -> list[QPushButton]:
        """The buttons of what is offered."""
        return [each for each in self.page.findChildren(QPushButton) if each.text() == _("Open") and each.isVisible()]

    def texts(self) -> list[str]:
        return [text.text() for text in self.page.findChildren(QLabel) if text.isVisible()]


@pytest.fixture
def answering(qtbot: QtBot, library: Library):
    return lambda settings=DEFAULTS, unfolded=True: Answering(qtbot, library, settings, unfolded)


def test_an_answer_brings_other_suggestions_at_once_and_moves_neither_keyboard_nor_page(qtbot: QtBot, answering):
    now = answering()
    now.window.resize(720, 500)
    now.window.activateWindow()
    before = now.offered()
    numb = now.button(need_text(Need.NUMB))
    numb.setFocus()
    bar = now.page.verticalScrollBar()
    bar.setValue(30)
    qtbot.keyClick(numb, Qt.Key.Key_Space)
    assert now.told == [("now_needs", ("numb",))]
    assert now.offered() == ["Here-and-now facts", "Colour hunt", "Five, four, three, two, one"] != before
    assert now.window.focusWidget() is numb
    assert bar.value() == 30
    assert any(text.endswith(" · needs no looking inward") for text in now.texts())


def test_several_answers_are_told_as_settings(qtbot: QtBot, answering):
    now = answering()
    for text in (
        need_text(Need.TIRED),
        need_text(Need.NUMB),
        "2 min",
        where_text(Where.WATCHED),
        need_text(Need.TIRED),
    ):
        qtbot.mouseClick(now.button(text), Qt.MouseButton.LeftButton)
    assert now.told == [
        ("now_needs", ("tired",)),
        ("now_needs", ("tired", "numb")),
        ("now_seconds", 120),
        ("now_where", "watched"),
        ("now_needs", ("numb",)),
    ]


def test_what_was_said_is_remembered_and_cleared_by_a_click(qtbot: QtBot, answering):
    said = replace(DEFAULTS, now_needs=("tired", "numb"), now_seconds=60, now_where="desk")
    now = answering(said, unfolded=False)
    assert "Tired · Numb, far away · 1 min · At my desk" in now.texts()
    clear = now.button("Clear what was said")
    now.window.activateWindow()
    clear.setFocus()
    qtbot.keyClick(clear, Qt.Key.Key_Space)
    assert now.settings == DEFAULTS
    assert now.told == [("now_needs", ()), ("now_seconds", 0), ("now_where", "any")]
    assert not clear.isVisible()
    assert now.window.focusWidget() is now.button("Say how things are")


def test_enter_chooses_as_space_does(qtbot: QtBot, answering):
    now = answering()
    numb = now.button(need_text(Need.NUMB))
    numb.setFocus()
    for key, chosen in ((Qt.Key.Key_Return, True), (Qt.Key.Key_Enter, False), (Qt.Key.Key_Space, True)):
        qtbot.keyClick(numb, key)
        assert numb.isChecked() is chosen


def test_the_questions_fold_away_and_open_again(qtbot: QtBot, answering):
    now = answering(unfolded=False)
    assert "Where are you?" not in now.texts()
    told: list[bool] = []
    now.page.unfolded.connect(told.append)
    qtbot.mouseClick(now.button("Say how things are"), Qt.MouseButton.LeftButton)
    assert "Where are you?" in now.texts()
    assert now.button(need_text(Need.NUMB)).isVisible()
    qtbot.mouseClick(now.button("Fold the questions away"), Qt.MouseButton.LeftButton)
    assert not now.button(need_text(Need.NUMB)).isVisible()
    assert told == [True, False]


@pytest.mark.parametrize("unfolded", [True, False])
def test_the_suggestions_are_seen_without_scrolling(answering, lang, unfolded):
    now = answering(replace(DEFAULTS, now_needs=("after-heavy-session", "tired")), unfolded)
    view = now.page.viewport()
    assert len(now.opening()) >= 2
    for each in now.opening():
        assert view.rect().contains(each.mapTo(view, each.rect().bottomRight())), each.accessibleName()


def test_one_click_chooses_what_is_offered_now(qtbot: QtBot, answering):
    now = answering()
    qtbot.mouseClick(now.button(need_text(Need.NUMB)), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(now.page.practice_chosen) as chosen:
        qtbot.mouseClick(now.button("Open: Colour hunt"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["colour-hunt"]


def test_another_is_asked_for_and_shown_in_place(qtbot: QtBot, answering):
    now = answering()
    before = now.offered()
    another = now.button("Another")
    another.setFocus()
    with qtbot.waitSignal(now.page.others_asked):
        qtbot.keyClick(another, Qt.Key.Key_Space)
    now.apart = frozenset(each.id for each in now.library if each.title["en"] in before)
    now.page.show_suggestions(*now._offer())
    assert not set(before) & set(now.offered())
    assert now.window.focusWidget() is another


def test_two_are_shown_as_two_and_nothing_as_a_sentence(answering):
    now = answering()
    now.page.show_suggestions(now._offer()[0][:2], None)
    assert len(now.offered()) == 2
    now.page.show_suggestions((), None)
    assert now.offered() == []
    assert any(text.startswith("Nothing here fits all of that") for text in now.texts())


def test_todays_one_is_a_click_away_unless_it_is_offered_already(qtbot: QtBot, answering):
    now = answering()
    today = todays_one(now.library, Moment(NOW))
    assert today is not None
    line = now.button(f"Today’s one: {today.practice.title['en']} (1 min)")
    with qtbot.waitSignal(now.page.practice_chosen) as chosen:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert chosen.args == [today.practice.id]
    found = suggest(now.library, Moment(NOW))
    now.page.show_suggestions((replace(found[0], practice=today.practice), *found[1:]), today)
    assert not line.isVisible()
    now.page.show_suggestions(found, None)
    assert not line.isVisible()


def test_tab_goes_through_the_questions_to_the_offers(answering):
    now = answering()
    order, widget = [], now.page.nextInFocusChain()
    while widget is not now.page:
        if isinstance(widget, QPushButton) and now.page.isAncestorOf(widget):
            order.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
    places = [order.index(name) for name in ("How are things?: Tired", "Where are you?: Standing", "Another")]
    opens = [place for place, name in enumerate(order) if name.startswith("Open: ")]
    assert places[0] < places[1] < opens[0] < opens[-1] < places[2]


def test_every_state_is_asked_once_and_everything_has_its_words():
    elsewhere = {Need.ONE_MINUTE_OR_LESS}
    assert sorted(STATES) == sorted(set(Need) - elsewhere)
    assert len({need_text(need) for need in Need}) == len(Need)
    assert asked_text((), 0, None) == ""
    assert asked_text([Need.BODY_BASICS], 30, Where.STANDING).count(" · ") == 2


def test_where_there_is_nothing_else_it_is_said_until_something_is_offered(qtbot: QtBot, answering):
    now = answering()
    line = "Nothing else fits just now."
    assert line not in now.texts()
    now.page.tell_no_others()
    assert line in now.texts()
    qtbot.mouseClick(now.button(need_text(Need.NUMB)), Qt.MouseButton.LeftButton)
    assert line not in now.texts()


@pytest.mark.parametrize(
    ("chosen", "says_how"), [({}, True), ({"rhythm": True}, False), ({"agenda": ("/calendars",)}, False)]
)
def test_who_agrees_to_offers_reads_once_when_they_come_and_what_to_do_for_it(qtbot: QtBot, chosen, says_how):
    settings = [replace(DEFAULTS, offers="unasked", **chosen)]
    asked, pages = [], []

    def now_page() -> NowPage:
        page = NowPage((), None, settings[0], [], False, Day(asks=settings[0].offers == "unasked"))
        page.offers_answered.connect(answered)
        page.offers_asked.connect(lambda: asked.append("offers"))
        pages.append(page)
        return page

    def answered(yes: bool) -> None:
        settings[0] = settings[0].with_("offers", "on" if yes else "off")
        window.open_page("now")

    def texts() -> str:
        return "\n".join(text.text() for text in pages[-1].findChildren(QLabel) if text.isVisible())

    window = MainWindow({"now": now_page})
    qtbot.addWidget(window)
    window.open_page("now")
    window.show()
    qtbot.waitExposed(window)
    yes = pages[-1].findChild(QPushButton, "offers-yes")
    assert yes is not None
    yes.click()
    assert rules_text(settings[0]) in texts()
    assert (first_step_text(DEFAULTS) in texts()) is says_how
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget().objectName() == "open-offers"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert asked == ["offers"]
    # Something else changes, and the page is made anew; then somebody comes back to it.
    window.open_page("now")
    assert rules_text(settings[0]) in texts()
    window.open_page("now", afresh=True)
    assert rules_text(settings[0]) not in texts()
