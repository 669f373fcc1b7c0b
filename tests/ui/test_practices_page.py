"""The Practices page by clicks and keys: searching, filtering, marking, hiding, and one practice's own page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from calmtray.practice.library import Library, Origin
from calmtray.practice.model import Category
from calmtray.practice.problem import Problem
from calmtray.settings.model import DEFAULTS, Settings
from calmtray.ui.main_window import MainWindow
from calmtray.ui.pages.page import Page
from calmtray.ui.pages.practice_list import Role
from calmtray.ui.pages.practices import MOST_FILES, PracticesPage
from calmtray.ui.theme import apply_theme
from calmtray.words.texts import length_text

CTRL = Qt.KeyboardModifier.ControlModifier
WATER, BOX, LOOK = "water-break", "soft-box", "look-around-the-room"
HOLDS = DEFAULTS.with_("breath_holds", True)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """As the app dresses itself, whatever was tested before."""
    apply_theme(qapp, "light", 100)


class Opened:
    """A main window at the Practices page, and what the page tells."""

    def __init__(self, qtbot: QtBot, library: Library, settings: Settings = DEFAULTS) -> None:
        self.qtbot = qtbot
        self.library = library
        self.settings = settings
        self.window = MainWindow({"practices": self.made, "now": lambda: Page("Now")})
        qtbot.addWidget(self.window)
        self.window.open_page("practices")
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def made(self) -> PracticesPage:
        page = PracticesPage(self.library, self.settings)
        page.setting_changed.connect(self.on_setting_changed)
        return page

    def on_setting_changed(self, name: str, value: object) -> None:
        assert isinstance(value, (tuple, bool))
        self.settings = self.settings.with_(name, value)
        self.window.show_settings(self.settings)

    @property
    def page(self) -> PracticesPage:
        assert isinstance(self.window._page, PracticesPage)
        return self.window._page

    @property
    def shown(self) -> QListView:
        found = self.page.findChild(QListView, "practices")
        assert found is not None
        return found

    @property
    def search(self) -> QLineEdit:
        found = self.page.findChild(QLineEdit, "search")
        assert found is not None
        return found

    def lines(self, headings: bool = False) -> list[str]:
        model = self.shown.model()
        rows = [model.index(row, 0) for row in range(model.rowCount())]
        return [row.data() for row in rows if headings or row.flags() & Qt.ItemFlag.ItemIsEnabled]

    def current(self) -> str:
        return str(self.shown.currentIndex().data())

    def button(self, text: str) -> QPushButton:
        return next(b for b in self.page.findChildren(QPushButton) if b.text() == text and b.isVisible())

    def buttons(self) -> list[str]:
        return [b.text() for b in self.page.findChildren(QPushButton) if b.isVisible()]

    def click(self, text: str) -> None:
        self.qtbot.mouseClick(self.button(text), Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = self.window.focusWidget()
        assert isinstance(focused, QWidget)
        self.qtbot.keyClick(focused, key, modifier)

    def type(self, text: str) -> None:
        """As it comes from a keyboard with accents, which the test's own can't make."""
        self.search.insert(text)

    def texts(self) -> list[str]:
        return [text.text() for text in self.page.findChildren(QLabel) if text.isVisible()]

    def find(self, query: str) -> None:
        """Have the list at what a search finds first."""
        self.search.setText(query)
        self.shown.setFocus()


@pytest.fixture
def opened(qtbot: QtBot, library: Library) -> Opened:
    return Opened(qtbot, library)


def title(library: Library, id_: str, lang: str = "en") -> str:
    return library.practices[id_].title[lang]


# The list.


def test_it_lists_everything_by_kind_and_then_by_need(opened: Opened, library) -> None:
    shown = [practice for practice in library if not practice.has_hold]
    assert sorted(opened.lines()) == sorted(practice.title["en"] for practice in shown)
    assert opened.lines(headings=True)[0] == "Orientation"
    opened.click("By need")
    assert len(opened.lines()) == sum(len(practice.needs) for practice in shown)
    assert "Lonely" in opened.lines(headings=True)


def test_holds_wait_until_somebody_wants_them_and_the_page_says_so(opened: Opened, library) -> None:
    assert title(library, BOX) not in opened.lines()
    assert any(text.endswith("Settings can show it.") for text in opened.texts())
    assert "without holds" not in opened.buttons()
    opened.page.show_settings(HOLDS)
    assert title(library, BOX) in opened.lines()
    assert not any(text.endswith("Settings can show it.") for text in opened.texts())


@pytest.mark.parametrize("query", ["l’air sortir", "L'AIR sort", "laisser", "longer way"])
def test_a_search_finds_a_practice_in_either_language(opened: Opened, library, query) -> None:
    opened.press(Qt.Key.Key_Slash)
    assert opened.window.focusWidget() is opened.search
    opened.type(query)
    assert opened.lines(headings=True)[0] == title(library, "longer-out-breath")
    assert opened.current() == title(library, "longer-out-breath")
    assert any("practice" in text for text in opened.texts())


@pytest.mark.parametrize("name", ["discreet", "while seated", "eyes open", "without holds", "1 min"])
def test_a_filter_leaves_fewer_and_taken_back_all_of_them(qtbot: QtBot, library, name) -> None:
    opened = Opened(qtbot, library, HOLDS)
    everything = opened.lines()
    opened.click(name)
    assert 0 < len(opened.lines()) < len(everything)
    assert set(opened.lines()) < set(everything)
    opened.click("any length" if name == "1 min" else name)
    assert opened.lines() == everything


def test_at_most_counts_what_a_practice_can_be_made_and_opens_it_so(opened: Opened, qtbot: QtBot, library) -> None:
    look = title(library, LOOK)
    assert library.practices[LOOK].length_ms > 60_000
    opened.click("30 s")
    opened.find("look room")
    assert opened.lines() == [look]
    index = opened.shown.currentIndex()
    assert index.data(Role.FACTS) == "30 s, made shorter"
    assert "30 s, made shorter" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    opened.press(Qt.Key.Key_Return)
    with qtbot.waitSignal(opened.page.practice_chosen) as chosen:
        opened.click("Open")
    assert chosen.args == [LOOK, 30_000]
    opened.press(Qt.Key.Key_Escape)
    opened.click("5 min")
    assert opened.shown.currentIndex().data(Role.FACTS) == "1 min 30 s"


def test_where_nothing_fits_it_says_so_and_offers_everything_again(opened: Opened) -> None:
    everything = opened.lines()
    opened.click("favourites")
    assert "Nothing fits. Fewer filters?" in opened.texts()
    assert not opened.shown.isVisible()
    opened.click("Show all of them")
    assert opened.lines() == everything
    assert opened.shown.hasFocus()


def test_where_only_holds_are_in_the_way_it_says_so_and_offers_the_switch(opened: Opened, library) -> None:
    opened.press(Qt.Key.Key_Slash)
    opened.type("soft box")
    said = "1 practice fits, and it has breath holds, which are switched off in Settings."
    assert said in opened.texts()
    assert "Nothing fits. Fewer filters?" not in opened.texts()
    # Before it is switched on, whom it may not suit.
    assert any(text.startswith("Some bodies prefer to skip holds") for text in opened.texts())
    opened.click("Show practices with breath holds")
    assert opened.settings.breath_holds
    assert opened.lines() == [title(library, BOX)]
    assert opened.shown.hasFocus()
    assert said not in opened.texts()
    assert "without holds" in opened.buttons()


def test_the_switch_is_reached_where_the_keyboard_was(opened: Opened) -> None:
    opened.click("favourites")
    assert "Show practices with breath holds" not in opened.buttons()
    opened.click("favourites")
    opened.shown.setFocus()
    opened.settings = opened.settings.with_("hidden", tuple(set(opened.library.practices) - {BOX}))
    opened.page.show_settings(opened.settings)
    assert opened.button("Show practices with breath holds").hasFocus()
    opened.press(Qt.Key.Key_Space)
    assert len(opened.lines()) == 1


def test_back_out_of_a_search_that_found_nothing_the_keyboard_is_at_the_list(opened: Opened) -> None:
    opened.type("xyzzy")
    opened.button("Show all of them").setFocus()
    opened.press(Qt.Key.Key_Escape)
    assert opened.search.text() == ""
    assert opened.shown.hasFocus()


def test_a_practice_with_holds_that_is_hidden_is_not_counted(qtbot: QtBot, library) -> None:
    opened = Opened(qtbot, library, DEFAULTS.with_("hidden", (BOX,)))
    opened.type("soft box")
    assert "No practice goes by these words." in opened.texts()
    assert "Show practices with breath holds" not in opened.buttons()


def test_a_file_with_many_mistakes_takes_one_line(qtbot: QtBot, library) -> None:
    problems = tuple(Problem("is-a-folder", where, file="own.toml") for where in ("title", "summary", "steps"))
    opened = Opened(qtbot, replace(library, problems=problems))
    (line,) = [text for text in opened.texts() if "own.toml" in text]
    assert line.endswith("(2 more in this file)")


def test_files_that_cannot_be_read_are_named_but_not_without_end(qtbot: QtBot, library) -> None:
    problems = tuple(Problem("is-a-folder", file=f"{number}.toml") for number in range(MOST_FILES + 3))
    opened = Opened(qtbot, replace(library, problems=problems))
    texts = " ".join(opened.texts())
    assert "0.toml" in texts
    assert f"{MOST_FILES}.toml" not in texts
    assert "And 3 other files." in texts


def test_what_is_ones_own_is_marked(qtbot: QtBot, library) -> None:
    own = replace(library, origins={**library.origins, WATER: Origin.OWN})
    opened = Opened(qtbot, own)
    opened.find("water")
    index = opened.shown.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", yours")


# By keyboard alone.


def test_arrows_go_from_practice_to_practice_and_pass_over_headings(opened: Opened) -> None:
    assert opened.shown.hasFocus()
    practices = opened.lines()
    assert opened.current() == practices[0]
    for expected in practices[1:]:
        opened.press(Qt.Key.Key_Down)
        assert opened.current() == expected
    for expected in reversed(practices[:-1]):
        opened.press(Qt.Key.Key_Up)
        assert opened.current() == expected
    opened.press(Qt.Key.Key_End)
    assert opened.current() == practices[-1]
    opened.press(Qt.Key.Key_Home)
    assert opened.current() == practices[0]


def test_from_search_to_a_session_by_keyboard_alone(opened: Opened, qtbot: QtBot) -> None:
    opened.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    opened.type("water")
    opened.press(Qt.Key.Key_Return)
    with qtbot.waitSignal(opened.page.practice_chosen) as chosen:
        opened.press(Qt.Key.Key_Return)
    assert chosen.args == [WATER, None]


def test_down_leaves_the_search_for_what_it_found(opened: Opened) -> None:
    opened.press(Qt.Key.Key_Slash)
    opened.type("wa")
    opened.press(Qt.Key.Key_Down)
    assert opened.shown.hasFocus()
    assert opened.search.text() == "wa"


def test_escape_goes_back_step_by_step_before_it_closes(opened: Opened, qtbot: QtBot) -> None:
    opened.find("water")
    opened.press(Qt.Key.Key_Return)
    assert "‹ All practices" in opened.buttons()
    opened.press(Qt.Key.Key_Escape)
    assert opened.shown.hasFocus()
    assert opened.search.text() == "water"
    opened.press(Qt.Key.Key_Escape)
    assert opened.search.text() == ""
    with qtbot.waitSignal(opened.window.closed):
        opened.press(Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_back_from_a_practice_the_list_is_where_it_was(opened: Opened, key, modifier) -> None:
    for _ in range(20):
        opened.press(Qt.Key.Key_Down)
    where, scrolled = opened.current(), opened.shown.verticalScrollBar().value()
    assert scrolled > 0
    opened.press(Qt.Key.Key_Return)
    opened.press(key, modifier)
    assert opened.shown.hasFocus()
    assert (opened.current(), opened.shown.verticalScrollBar().value()) == (where, scrolled)


def test_what_is_typed_in_the_list_is_searched_for(opened: Opened, library) -> None:
    for key in (Qt.Key.Key_W, Qt.Key.Key_A, Qt.Key.Key_T):
        opened.press(key)
    assert opened.search.text() == "wat"
    assert opened.search.hasFocus()
    assert title(library, WATER) in opened.lines()
    # A new search, not more of the old one.
    opened.press(Qt.Key.Key_Down)
    opened.press(Qt.Key.Key_F)
    assert opened.search.text() == "f"
    assert opened.settings.favourites == ()


def test_a_letter_with_an_accent_is_searched_for_too(opened: Opened) -> None:
    # As a French keyboard has it, which the test's own can't make.
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Eacute, Qt.KeyboardModifier.NoModifier, "é")
    QApplication.sendEvent(opened.shown, key)
    assert opened.search.text() == "é"


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_what_writes_nothing_is_not(opened: Opened, key, modifier) -> None:
    opened.press(key, modifier)
    assert opened.search.text() == ""
    assert opened.shown.hasFocus()


# Favourites.


def test_ctrl_d_keeps_a_favourite_and_a_click_on_its_star_lets_it_go(opened: Opened, qtbot: QtBot) -> None:
    opened.find("water")
    opened.press(Qt.Key.Key_D, CTRL)
    assert list(opened.settings.favourites) == [WATER]
    assert ", favourite" in opened.shown.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    line = opened.shown.visualRect(opened.shown.currentIndex())
    star = QPoint(line.right() - line.height() // 2, line.center().y())
    qtbot.mouseClick(opened.shown.viewport(), Qt.MouseButton.LeftButton, pos=star)
    assert opened.settings.favourites == ()
    assert "‹ All practices" not in opened.buttons()


def test_favourites_alone(opened: Opened) -> None:
    opened.find("water")
    opened.press(Qt.Key.Key_D, CTRL)
    opened.find("")
    opened.click("favourites")
    assert len(opened.lines()) == 1
    opened.shown.setFocus()
    opened.press(Qt.Key.Key_D, CTRL)
    assert opened.lines() == []
    assert opened.window.focusWidget().objectName() == "all"


def test_a_favourite_kept_elsewhere_is_shown(opened: Opened) -> None:
    opened.find("water")
    opened.page.show_settings(DEFAULTS.with_("favourites", (WATER,)))
    assert ", favourite" in opened.shown.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


# Hiding.


def test_what_is_hidden_can_be_taken_back_at_once(opened: Opened) -> None:
    everything = opened.lines()
    opened.press(Qt.Key.Key_Down)
    hidden = opened.current()
    opened.press(Qt.Key.Key_Delete)
    assert hidden not in opened.lines()
    assert f"“{hidden}” is hidden." in opened.texts()
    assert opened.current() == everything[2]
    opened.click("Undo")
    assert opened.settings.hidden == ()
    assert opened.lines() == everything
    assert opened.current() == hidden
    assert "Undo" not in opened.buttons()


def test_undo_by_key(opened: Opened) -> None:
    everything = opened.lines()
    opened.press(Qt.Key.Key_Delete)
    opened.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert opened.lines() == everything


def test_the_hidden_ones_are_counted_shown_and_brought_back(qtbot: QtBot, library) -> None:
    opened = Opened(qtbot, library, DEFAULTS.with_("hidden", (WATER, LOOK, "gone-long-ago", BOX)))
    everything = opened.lines()
    opened.click("2 practices are hidden: show")
    assert sorted(opened.lines()) == sorted(title(library, id_) for id_ in (WATER, LOOK))
    opened.press(Qt.Key.Key_Delete)
    opened.click("Back to the others")
    assert len(opened.lines()) == len(everything) + 1
    opened.click("1 practice is hidden: show")
    opened.press(Qt.Key.Key_Return)
    opened.click("Show in the list again")
    assert len(opened.lines()) == len(everything) + 2
    assert set(opened.settings.hidden) == {"gone-long-ago", BOX}
    assert not any("hidden" in text for text in opened.buttons())


def test_a_practice_is_hidden_from_its_own_page(opened: Opened, library) -> None:
    opened.find("water")
    opened.press(Qt.Key.Key_Return)
    opened.click("Hide")
    assert list(opened.settings.hidden) == [WATER]
    assert f"“{title(library, WATER)}” is hidden." in opened.texts()
    opened.click("Undo")
    assert opened.settings.hidden == ()


def test_the_menu_of_a_line(opened: Opened) -> None:
    opened.find("water")
    menu = opened.page._list.menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Look at it", "Keep as a favourite\tCtrl+D", "Hide"]
    for action in menu.actions()[1:]:
        action.trigger()
    assert (opened.settings.favourites, opened.settings.hidden) == ((WATER,), (WATER,))


# One practice.


def test_a_click_on_a_line_opens_its_page(opened: Opened, qtbot: QtBot, library) -> None:
    opened.find("water")
    where = opened.shown.visualRect(opened.shown.currentIndex()).topLeft() + QPoint(30, 10)
    qtbot.mouseClick(opened.shown.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert title(library, WATER) in opened.texts()


def test_its_page_tells_everything_in_the_language_spoken(qtbot: QtBot, library, lang) -> None:
    opened = Opened(qtbot, library, HOLDS)
    for practice in library:
        opened.page._open(practice.id)
        texts = opened.texts()
        expected = [practice.title[lang], practice.summary[lang], practice.why.text[lang]]
        expected += [step.say[lang] for step in practice.steps if step.say]
        expected += [practice.caution[lang]] if practice.caution else []
        assert set(expected) <= set(texts)
        for work in practice.why.sources:
            cited = library.works[work]
            assert any(f"{cited.author} ({cited.year})" in text and cited.title in text for text in texts)
        for pattern in practice.patterns:
            assert any(pattern.name[lang] in text for text in texts)


def test_its_buttons_tell_which_practice_they_are_for(qtbot: QtBot, library) -> None:
    own = replace(library, origins={**library.origins, WATER: Origin.OWN})
    opened = Opened(qtbot, own)
    opened.page._open(WATER)
    for text, signal in (("Open", "practice_chosen"), ("Edit", "edit_asked"), ("Delete", "delete_asked")):
        with qtbot.waitSignal(getattr(opened.page, signal)) as told:
            opened.click(text)
        assert told.args[0] == WATER
    with qtbot.waitSignal(opened.page.copy_asked) as told:
        opened.click("Make a copy to change")
    assert told.args == [WATER]


def test_only_ones_own_can_be_changed_and_deleted(opened: Opened) -> None:
    opened.page._open(WATER)
    assert {"Edit", "Delete"}.isdisjoint(opened.buttons())
    assert "Make a copy to change" in opened.buttons()


def test_a_favourite_from_its_own_page(opened: Opened) -> None:
    opened.page._open(WATER)
    opened.click("☆ Favourite")
    assert list(opened.settings.favourites) == [WATER]
    opened.press(Qt.Key.Key_D, CTRL)
    assert opened.settings.favourites == ()
    assert opened.button("☆ Favourite").toolTip() == "Ctrl+D"


def test_no_favourite_is_kept_by_key_while_somebody_searches(opened: Opened) -> None:
    opened.press(Qt.Key.Key_Slash)
    opened.press(Qt.Key.Key_D, CTRL)
    assert opened.settings.favourites == ()


def test_its_text_goes_to_the_clipboard_whole(opened: Opened, library) -> None:
    opened.page._open("five-five")
    opened.click("Copy the text")
    text = QGuiApplication.clipboard().text()
    practice = library.practices["five-five"]
    assert text.startswith(practice.title["en"])
    assert all(step.say["en"] in text for step in practice.steps if step.say)
    assert practice.why.text["en"] in text
    assert all(library.works[work].title in text for work in practice.why.sources)
    assert any("clipboard" in shown for shown in opened.texts())


def test_a_practice_in_another_language_alone_says_so(qtbot: QtBot, library) -> None:
    practice = library.practices[WATER]
    french = replace(practice, languages=("fr",))
    opened = Opened(qtbot, replace(library, practices={**library.practices, WATER: french}))
    opened.page._open(WATER)
    assert practice.title["fr"] in opened.texts()
    assert "Written in French" in opened.texts()


def test_several_are_shared_where_there_are_several_of_ones_own(qtbot: QtBot, library) -> None:
    share = "Share several of yours…"
    one = replace(library, origins={**library.origins, WATER: Origin.OWN})
    assert share not in Opened(qtbot, one).buttons()
    opened = Opened(qtbot, replace(one, origins={**one.origins, LOOK: Origin.OWN}))
    with qtbot.waitSignal(opened.page.share_several_asked):
        opened.click(share)


def test_from_the_list_one_makes_a_practice_of_ones_own(opened: Opened, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.page.new_asked):
        opened.click("Make one of your own")


# Made anew.


def test_made_anew_the_page_is_where_it_was(opened: Opened) -> None:
    opened.click("By need")
    opened.click("while seated")
    opened.shown.setFocus()
    for _ in range(25):
        opened.press(Qt.Key.Key_Down)
    before = (opened.current(), opened.shown.currentIndex().row(), opened.shown.verticalScrollBar().value())
    opened.window.refresh()
    assert (opened.current(), opened.shown.currentIndex().row(), opened.shown.verticalScrollBar().value()) == before
    assert opened.shown.hasFocus()
    assert opened.button("while seated").isChecked()


def test_made_anew_a_practice_stays_open_and_scrolled(opened: Opened, library) -> None:
    opened.page._open(WATER)
    opened.button("Copy the text").setFocus()
    QApplication.processEvents()
    scrolled = opened.page.verticalScrollBar().value()
    opened.window.refresh()
    assert title(library, WATER) in opened.texts()
    assert opened.window.focusWidget().objectName() == "copy-text"
    assert opened.page.verticalScrollBar().value() == scrolled


def test_a_practice_that_is_gone_leaves_the_list(opened: Opened, library) -> None:
    opened.page._open(WATER)
    left = {id_: practice for id_, practice in library.practices.items() if id_ != WATER}
    opened.library = replace(library, practices=left)
    opened.window.refresh()
    assert title(library, WATER) not in opened.lines()
    assert opened.shown.isVisible()


def test_a_practice_that_is_no_longer_wanted_leaves_its_page(qtbot: QtBot, library) -> None:
    opened = Opened(qtbot, library, HOLDS)
    opened.page._open(BOX)
    opened.settings = DEFAULTS
    opened.window.refresh()
    assert opened.shown.isVisible()
    assert title(library, BOX) not in opened.lines()


def test_turned_to_again_the_page_begins_anew(opened: Opened, qtbot: QtBot) -> None:
    opened.find("water")
    opened.press(Qt.Key.Key_Return)
    qtbot.keyClick(opened.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.search.text() == ""
    assert opened.shown.isVisible()


# For a screen reader.


def test_every_line_has_a_name_a_description_and_a_role(opened: Opened, library) -> None:
    spoken = QAccessible.queryAccessibleInterface(opened.shown)
    assert spoken.role() is QAccessible.Role.List
    assert spoken.text(QAccessible.Text.Name) == "Practices"
    lines = [spoken.child(number) for number in range(spoken.childCount())]
    assert len(lines) == opened.shown.model().rowCount()
    assert {line.role() for line in lines} == {QAccessible.Role.ListItem}
    assert all(line.text(QAccessible.Text.Name) for line in lines)
    first = next(practice for practice in library if practice.category is Category.ORIENTATION)
    assert lines[1].text(QAccessible.Text.Name) == f"{first.title['en']}, {length_text(first.length_ms)}"
    assert lines[1].text(QAccessible.Text.Description) == f"Orientation. {first.summary['en']}"


@pytest.mark.usefixtures("large_text")
@pytest.mark.parametrize("id_", ["five-five", WATER])
def test_nothing_of_a_practice_is_cut_off_at_twice_its_size(qtbot: QtBot, library, lang, id_) -> None:
    own = replace(library, origins={**library.origins, WATER: Origin.OWN})
    opened = Opened(qtbot, own, HOLDS)
    opened.window.resize(1100, 800)
    opened.page._open(id_)
    qtbot.waitUntil(lambda: cut_off(opened.page) == [])


def cut_off(page: QWidget) -> list[str]:
    cut = []
    for text in page.findChildren(QLabel):
        if text.isVisible():
            needed = text.heightForWidth(text.width()) if text.wordWrap() else text.sizeHint().height()
            if text.height() < needed:
                cut.append(text.text())
    for made in page.findChildren(QPushButton):
        around = made.parentWidget()
        assert around is not None
        if made.isVisible() and (made.width() < made.sizeHint().width() or made.geometry().right() > around.width()):
            cut.append(made.text())
    return cut
