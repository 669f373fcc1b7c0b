"""Every page and window: complete in both languages, by keyboard, for a screen reader, and with large text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from calmtray.journal.store import Ended, SessionRow
from calmtray.practice.library import Library
from calmtray.practice.moment import Moment
from calmtray.practice.problem import Problem
from calmtray.practice.suggest import suggest, todays_one
from calmtray.session.runner import SessionRunner
from calmtray.session.state import Ending, Status
from calmtray.session.timeline import Choices, Timeline, build_timeline
from calmtray.settings.model import ABOUT_OFFERS, DEFAULTS, SETTINGS, Settings
from calmtray.ui.main_window import PAGES, MainWindow
from calmtray.ui.pages.journal import JournalPage
from calmtray.ui.pages.now import NowPage
from calmtray.ui.pages.offers import OffersPage
from calmtray.ui.pages.practices import PracticesPage
from calmtray.ui.pages.settings import SettingsPage
from calmtray.ui.parts import resize_within_screen
from calmtray.ui.session_window import SessionWindow
from calmtray.ui.theme import DARK, LIGHT, Colours, apply_theme
from calmtray.words.language import language

NOTICES = ["Something to know."]


class Clock:
    """Monotonic ms that a test moves."""

    def __init__(self) -> None:
        self.ms = 0.0

    def __call__(self) -> float:
        return self.ms


class Log:
    """Remembers what a session had written down."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def begin(self, timeline: Timeline) -> None:
        self.lines.append(f"begin {timeline.practice}")

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        self.lines.append(f"keep {played_ms}")

    def end(self, played_ms: int, timeline: Timeline, ending: Ending) -> None:
        self.lines.append(f"end {played_ms} {ending}")


def now_page(library: Library) -> NowPage:
    now = Moment(datetime(2026, 11, 21, 14, 30, tzinfo=UTC))
    return NowPage(suggest(library, now), todays_one(library, now), DEFAULTS, NOTICES, unfolded=True)


def practices_page(library: Library) -> PracticesPage:
    broken = replace(library, problems=(Problem("is-a-folder", file="x.toml"),))
    return PracticesPage(broken, DEFAULTS)


def journal_page(library: Library) -> JournalPage:
    began = datetime(2026, 11, 21, 14, 30, tzinfo=timezone(timedelta(hours=-4)))
    rows = [
        SessionRow(n, practice.id, began - timedelta(hours=9 * n), 60_000, 30_000, ended, "en", "circle")
        for n, (practice, ended) in enumerate(zip(library, Ended, strict=False))
    ]
    return JournalPage(rows, {}, "/somewhere/journal.sqlite3")


def settings_page(library: Library) -> SettingsPage:
    return SettingsPage(DEFAULTS, [("Journal", "/somewhere/journal.sqlite3")])


def offers_page(library: Library) -> OffersPage:
    settings = replace(DEFAULTS, clock_times=("*:50",), other_days=("2026-12-24 off",), circles=("thu 12:30 Peers",))
    return OffersPage(settings, date(2026, 11, 21))


def session_window(
    library: Library, id_: str = "longer-out-breath", clock: Clock | None = None, log: Log | None = None
) -> SessionWindow:
    practice, clock = library.practices[id_], clock or Clock()
    runner = SessionRunner(build_timeline(practice, {}, Choices(language())), clock, log or Log())
    return SessionWindow(practice, runner, clock, "circle", reduced_motion=False)


MAKERS: dict[str, Callable[[Library], QWidget]] = {
    "now": now_page,
    "practices": practices_page,
    "journal": journal_page,
    "settings": settings_page,
    "offers": offers_page,
    "session": session_window,
}


@pytest.fixture(params=list(MAKERS))
def make(request: pytest.FixtureRequest) -> Callable[[Library], QWidget]:
    """Each page and the session window in turn."""
    return MAKERS[request.param]


def test_every_control_has_a_name_for_a_screen_reader(qtbot: QtBot, library, make, lang) -> None:
    window = make(library)
    qtbot.addWidget(window)
    controls = [w for kind in (QAbstractButton, QComboBox, QSlider) for w in window.findChildren(kind)]
    controls = [w for w in controls if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    nameless = [
        w for w in controls if not QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name).strip(" ‹›")
    ]
    assert nameless == []


def test_every_control_is_reached_by_the_keyboard(qtbot: QtBot, library, make) -> None:
    window = make(library)
    qtbot.addWidget(window)
    unreachable = [
        w
        for kind in (QAbstractButton, QComboBox, QSlider)
        for w in window.findChildren(kind)
        if not w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    # What clears a line of text is a part of it: its keys do as much.
    unreachable = [w for w in unreachable if not isinstance(w.parentWidget(), QLineEdit)]
    assert [w for w in unreachable if w.objectName() != "qt_toolbar_ext_button"] == []


@pytest.mark.usefixtures("large_text")
def test_no_text_is_cut_off_at_twice_its_size(qtbot: QtBot, library, make, lang) -> None:
    window = make(library)
    qtbot.addWidget(window)
    window.resize(1100, 800)
    window.show()
    qtbot.waitExposed(window)
    cut = []
    for text in window.findChildren(QLabel):
        if text.isVisible():
            needed = text.heightForWidth(text.width()) if text.wordWrap() else text.sizeHint().height()
            if text.height() < needed or (not text.wordWrap() and text.width() < text.sizeHint().width()):
                cut.append(text.text())
    assert cut == []


def test_practices_with_holds_wait_until_holds_are_switched_on(qtbot: QtBot, library) -> None:
    def offered(settings: Settings) -> list[str]:
        page = PracticesPage(library, settings)
        qtbot.addWidget(page)
        found = page.findChild(QListView)
        assert found is not None
        model = found.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    assert "Soft box" not in offered(DEFAULTS)
    assert "Soft box" in offered(DEFAULTS.with_("breath_holds", True))


def test_a_file_that_cannot_be_read_is_named_on_the_practices_page(qtbot: QtBot, library) -> None:
    page = practices_page(library)
    qtbot.addWidget(page)
    assert any("x.toml" in text.text() for text in page.findChildren(QLabel))


def test_an_empty_journal_says_so(qtbot: QtBot) -> None:
    page = JournalPage([], {}, "/somewhere")
    qtbot.addWidget(page)
    assert any(text.text().startswith("Nothing yet") for text in page.findChildren(QLabel))


def test_every_setting_has_one_control_on_one_page_which_emits_what_it_takes(qtbot: QtBot, library) -> None:
    pages: list[SettingsPage | OffersPage] = [settings_page(library), OffersPage(DEFAULTS, date(2026, 11, 21))]
    for page in pages:
        qtbot.addWidget(page)
    settings = Settings()
    for setting in (setting for setting in SETTINGS if setting.section):
        page, other = pages if setting.section not in ABOUT_OFFERS else pages[::-1]
        control = page.findChild(QWidget, setting.name)
        assert control is not None, setting.name
        assert other.findChild(QWidget, setting.name) is None
        # These have tests of their own.
        if isinstance(setting.default, tuple):
            continue
        with qtbot.waitSignal(page.setting_changed) as changed:
            match control:
                case QComboBox():
                    control.setCurrentIndex(control.count() - 1)
                case QCheckBox():
                    control.toggle()
                case QSlider():
                    control.triggerAction(QSlider.SliderAction.SliderSingleStepSub)
        name, value = changed.args
        assert name == setting.name
        assert getattr(settings.with_(name, value), name) != setting.default


def test_the_main_window_shows_one_page_at_a_time_and_keeps_the_keyboard_in_its_place(qtbot: QtBot, library) -> None:
    made = {name: (lambda maker=MAKERS[name]: maker(library)) for name in PAGES}
    window = MainWindow(made)
    qtbot.addWidget(window)
    window.open_page("settings")
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    box = window.findChild(QComboBox, "theme")
    assert box is not None
    box.setFocus()
    window.refresh()
    assert window.focusWidget().objectName() == "theme"
    assert window.current == "settings"


def test_a_session_by_keyboard_alone(qtbot: QtBot, library) -> None:
    clock, log = Clock(), Log()
    window = session_window(library, clock=clock, log=log)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.come_forward(asked_by_click=True)
    runner = window.runner
    begin = next(b for b in window.findChildren(QAbstractButton) if b.text() == "Begin")
    qtbot.keyClick(begin, Qt.Key.Key_Space)
    assert window.status()["status"] == Status.PLAYING
    clock.ms = 5_000
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.status()["status"] == Status.PAUSED
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert runner.position_ms == runner.timeline.starts_ms[1]
    clock.ms += 3_000
    easier = runner.easier_pattern
    qtbot.keyClick(window, Qt.Key.Key_E)
    breath = runner.timeline.breath_at(runner.position_ms)
    assert breath is not None
    assert breath.pattern == easier
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert log.lines[0] == "begin longer-out-breath"
    assert log.lines[-1] == "end 8000 stopped"


def test_closing_before_begin_writes_nothing(qtbot: QtBot, library) -> None:
    log = Log()
    window = session_window(library, log=log)
    qtbot.addWidget(window)
    window.close()
    assert log.lines == []


def test_the_end_shows_its_last_line_and_asks_nothing(qtbot: QtBot, library) -> None:
    clock = Clock()
    window = session_window(library, "here-and-now-facts", clock)
    qtbot.addWidget(window)
    window.come_forward(asked_by_click=False)
    window.runner.begin()
    clock.ms = 61_000
    window.runner.tick()
    assert window.runner.state.ending is Ending.FINISHED
    visible = [text.text() for text in window.findChildren(QLabel) if text.isVisible()]
    assert visible == ["Here-and-now facts", "That was all of it."]
    assert [b.text() for b in window.findChildren(QAbstractButton) if b.isVisible()] == ["Close"]


def test_the_words_of_each_step_are_on_the_screen(qtbot: QtBot, library, lang) -> None:
    clock = Clock()
    window = session_window(library, "five-senses-countdown", clock)
    qtbot.addWidget(window)
    window.runner.begin()
    for cue in window.runner.timeline.words:
        clock.ms = cue.at_ms + 1
        window._on_beat_timeout()
        assert window._caption.text()
        assert cue.text.startswith(window._caption.text())


def test_words_change_when_their_step_begins_and_not_at_the_next_second(qtbot: QtBot, library) -> None:
    clock = Clock()
    window = session_window(library, "five-senses-countdown", clock)
    qtbot.addWidget(window)
    window.runner.begin()
    second = window.runner.timeline.starts_ms[1]
    for before_ms, waits_ms in ((3_000, 1_000), (400, 400), (0.3, 1)):
        clock.ms = second - before_ms
        window._on_beat_timeout()
        assert window._beat.interval() == waits_ms
        assert window._beat.isActive()
    clock.ms = second
    window._on_beat_timeout()
    assert window.runner.timeline.words[1].text.startswith(window._caption.text())


@pytest.mark.parametrize("theme_colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_in_both_themes(theme_colours: Colours) -> None:
    c = theme_colours
    for ground in (c.ground, c.card, c.accent_soft):
        assert contrast(c.text, ground) >= 7
        assert contrast(c.quiet, ground) >= 4.5
    assert contrast(c.accent_text, c.accent) >= 4.5
    assert contrast(c.accent, c.ground) >= 3


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(colour)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    def rgb(colour: str) -> tuple[float, float, float]:
        mixed = QColor(colour)
        return mixed.redF(), mixed.greenF(), mixed.blueF()

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_journal_tells_days_in_the_time_of_the_place(qtbot: QtBot, library) -> None:
    began = datetime(2026, 3, 1, 1, 30, tzinfo=UTC).astimezone(timezone(timedelta(hours=-4)))
    page = JournalPage([SessionRow(1, "x", began, 60_000, 60_000, Ended.FINISHED, "en", "circle")], {}, "/somewhere")
    qtbot.addWidget(page)
    assert any("28" in text.text() and "2026" in text.text() for text in page.findChildren(QLabel))


def test_a_session_under_way_takes_another_pacer_and_larger_text(qtbot: QtBot, library, qapp) -> None:
    apply_theme(qapp, "light", 100)
    clock = Clock()
    window = session_window(library, clock=clock)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.come_forward(asked_by_click=False)
    window.runner.begin()
    clock.ms = 20_000
    before = window._caption.font().pointSizeF()
    apply_theme(qapp, "light", 200)
    window.draw_as("bar", reduced_motion=False)
    larger = window._caption.font().pointSizeF()
    apply_theme(qapp, "light", 100)
    assert larger == pytest.approx(before * 2, rel=0.05)
    assert type(window.pacer).__name__ == "BarPacer"
    assert window.pacer is not None
    assert window.pacer.timeline is window.runner.timeline
    assert window.pacer.isVisible()


def test_a_dialog_is_never_larger_than_the_screen_it_opens_on(qtbot: QtBot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    resize_within_screen(dialog, QSize(300, 10_000))
    room = dialog.screen().availableGeometry()
    assert (dialog.width(), dialog.height()) == (300, int(room.height() * 0.9))
