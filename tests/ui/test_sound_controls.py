"""What a user can do about sound: in the settings, in a session, in the tray."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPushButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from calmtray.practice.library import Library
from calmtray.session.runner import SessionRunner
from calmtray.session.state import Status
from calmtray.session.timeline import Choices, build_timeline, lengthen
from calmtray.settings.model import DEFAULTS, Settings
from calmtray.ui.main_window import MainWindow
from calmtray.ui.pages.settings import SettingsPage
from calmtray.ui.session_window import SessionWindow
from calmtray.ui.slider import Slider
from calmtray.ui.theme import apply_theme
from calmtray.ui.tray import Standing, Tray
from calmtray.words.language import language
from tests.ui.test_slider import wheel
from tests.ui.test_windows import Clock, Log

HEARD = "Emma’s voice, a soft swell, bells"
VOLUMES = ("volume", "voice_volume", "breath_volume", "bells_volume", "ambience_volume")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """As the app dresses itself, whatever was tested before."""
    apply_theme(qapp, "light", 100)


def settings_page(qtbot: QtBot, settings: Settings = DEFAULTS) -> SettingsPage:
    page = SettingsPage(settings, [("Journal", "/somewhere/journal.sqlite3")])
    qtbot.addWidget(page)
    return page


def main_window(qtbot: QtBot) -> MainWindow:
    window = MainWindow({"settings": lambda: SettingsPage(DEFAULTS, []), "now": lambda: SettingsPage(DEFAULTS, [])})
    qtbot.addWidget(window)
    window.open_page("settings")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def page_of(window: MainWindow) -> SettingsPage:
    assert isinstance(window._page, SettingsPage)
    return window._page


def found(window: QWidget, name: str) -> Slider:
    slider = window.findChild(Slider, name)
    assert slider is not None
    return slider


# In the settings.


@pytest.mark.parametrize("name", VOLUMES)
def test_a_volume_is_a_slider_with_its_number_beside_it(qtbot: QtBot, name) -> None:
    page = settings_page(qtbot, DEFAULTS.with_(name, 37))
    slider = found(page, name)
    row = next(text for text in page.findChildren(QLabel) if text.text() == "37 %")
    spoken = QAccessible.queryAccessibleInterface(slider)
    assert spoken.text(QAccessible.Text.Name)
    assert spoken.text(QAccessible.Text.Value) == "37"
    with qtbot.waitSignal(page.setting_changed) as changed:
        qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert changed.args == [name, 35]
    assert row.text() == "35 %"


def test_few_numbers_are_a_list_as_before(qtbot: QtBot) -> None:
    box = settings_page(qtbot, DEFAULTS.with_("text_size", 110)).findChild(QComboBox, "text_size")
    assert box is not None
    assert [box.itemText(index) for index in range(3)] == ["100 %", "110 %", "125 %"]
    assert box.currentText() == "110 %"


def test_the_page_follows_settings_changed_elsewhere_and_tells_nobody(qtbot: QtBot) -> None:
    page = settings_page(qtbot)
    slider = found(page, "volume")
    chosen = Settings(volume=40, discreet=True, breath_sound="tone", text_size=150)
    with qtbot.assertNotEmitted(page.setting_changed):
        page.show_settings(chosen)
    assert found(page, "volume") is slider
    assert slider.value() == 40
    again = SettingsPage(chosen, [])
    qtbot.addWidget(again)
    for name in ("breath_sound", "text_size"):
        one, other = page.findChild(QComboBox, name), again.findChild(QComboBox, name)
        assert one is not None
        assert other is not None
        assert one.currentText() == other.currentText()
    tick = page.findChild(QAbstractButton, "discreet")
    assert tick is not None
    assert tick.isChecked()


def test_a_slider_stays_under_the_hand_while_the_settings_follow_it(qtbot: QtBot) -> None:
    window = main_window(qtbot)
    slider, kept = found(window, "volume"), [DEFAULTS]

    def keep(name: str, value: int) -> None:
        kept.append(kept[-1].with_(name, value))
        window.show_settings(kept[-1])

    page_of(window).setting_changed.connect(keep)
    slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Left)
        slider._pause.timeout.emit()
    assert window.focusWidget() is slider
    assert [settings.volume for settings in kept] == [100, 95, 90, 85]


def test_a_page_made_anew_stays_where_it_was_scrolled_to(qtbot: QtBot) -> None:
    window = main_window(qtbot)
    page, slider = page_of(window), found(window, "bells_volume")
    slider.setFocus()
    page.ensureWidgetVisible(slider)
    scrolled = page.verticalScrollBar().value()
    assert scrolled > 0
    window.refresh()
    assert page_of(window) is not page
    assert page_of(window).verticalScrollBar().value() == scrolled
    assert window.focusWidget() is page_of(window).findChild(Slider, "bells_volume")
    window.open_page("now")
    assert page_of(window).verticalScrollBar().value() == 0


@pytest.mark.parametrize(("name", "key"), [("pacer", QComboBox), ("volume", QSlider)])
def test_scrolling_the_page_with_the_pointer_over_a_control_changes_nothing(qtbot: QtBot, name, key) -> None:
    window = main_window(qtbot)
    control = window.findChild(key, name)
    assert isinstance(control, QWidget)
    with qtbot.assertNotEmitted(page_of(window).setting_changed):
        assert not wheel(control, -120)


# In a session.


def session(
    qtbot: QtBot, library: Library, id_: str = "longer-out-breath", audible: bool = True
) -> tuple[SessionWindow, Clock]:
    clock, practice = Clock(), library.practices[id_]
    runner = SessionRunner(build_timeline(practice, {}, Choices(language())), clock, Log())
    window = SessionWindow(practice, runner, clock, "circle", reduced_motion=False, sound_text=HEARD, audible=audible)
    qtbot.addWidget(window)
    return window, clock


def playing(
    qtbot: QtBot, library: Library, id_: str = "longer-out-breath", audible: bool = True
) -> tuple[SessionWindow, Clock]:
    window, clock = session(qtbot, library, id_, audible)
    with qtbot.waitActive(window):
        window.come_forward(asked_by_click=True)
    qtbot.mouseClick(window._begin, Qt.MouseButton.LeftButton)
    clock.ms = 20_000
    window._on_beat_timeout()
    return window, clock


def facts(window: SessionWindow) -> list[str]:
    return [text.accessibleName() for text in window.findChildren(QLabel) if ": " in text.accessibleName()]


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader hears."""
    said: list[str] = []
    monkeypatch.setattr(SessionWindow, "_announce", lambda self, text: said.append(text))
    return said


def test_the_ready_page_says_what_will_be_heard(qtbot: QtBot, library) -> None:
    window, _ = session(qtbot, library)
    assert f"Sound: {HEARD}" in facts(window)
    quiet = SessionWindow(library.practices["longer-out-breath"], window.runner, Clock(), "circle", False)
    qtbot.addWidget(quiet)
    assert "Sound: none; words on the screen" in facts(quiet)


def test_the_ready_page_follows_a_voice_that_came_late_and_so_does_the_pacer(qtbot: QtBot, library) -> None:
    window, _ = session(qtbot, library)
    window.come_forward(asked_by_click=False)
    # Whatever made the window look at the session before it began, it draws the one that is played.
    window.set_covered(True)
    window.set_covered(False)
    window.runner.timeline = lengthen(window.runner.timeline, 0)
    window.show_facts("Michael’s voice")
    assert facts(window)[0].startswith("Length: 3 min")
    assert "Sound: Michael’s voice" in facts(window)
    window.runner.begin()
    assert window.pacer is not None
    assert window.pacer.timeline is window.runner.timeline


def test_mute_by_its_key_and_by_its_button(qtbot: QtBot, library, announced) -> None:
    window, _ = playing(qtbot, library)
    told: list[bool] = []
    window.mute_toggled.connect(told.append)
    spoken = QAccessible.queryAccessibleInterface(window._mute)
    assert (window.muted, window._mute.text(), spoken.state().checked) == (False, "Mute", 0)
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert (window.muted, window._mute.text(), spoken.state().checked) == (True, "Unmute", 1)
    assert announced[-1] == "Mute"
    qtbot.mouseClick(window._mute, Qt.MouseButton.LeftButton)
    assert (window.muted, window._mute.text()) == (False, "Mute")
    assert spoken.text(QAccessible.Text.Name) == "Mute"
    assert told == [True, False]
    assert "(M)" in window._mute.toolTip()


def test_mute_outlasts_a_pause_and_another_pacer(qtbot: QtBot, library) -> None:
    window, _ = playing(qtbot, library)
    qtbot.keyClick(window, Qt.Key.Key_M)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    window.draw_as("bar", reduced_motion=False)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.muted


def test_where_nothing_is_heard_there_is_nothing_to_mute(qtbot: QtBot, library) -> None:
    window, _ = playing(qtbot, library, audible=False)
    with qtbot.assertNotEmitted(window.mute_toggled):
        qtbot.keyClick(window, Qt.Key.Key_M)
    assert not window._mute.isVisible()


def test_before_it_begins_no_key_of_a_session_does_anything(qtbot: QtBot, library) -> None:
    window, _ = session(qtbot, library)
    with qtbot.waitActive(window):
        window.come_forward(asked_by_click=True)
    length_ms = window.runner.timeline.length_ms
    for key in (Qt.Key.Key_M, Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_E):
        qtbot.keyClick(window, key)
    assert (window.muted, window.runner.timeline.length_ms) == (False, length_ms)


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Equal, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier),
    ],
    ids=["plus", "shifted", "equal", "keypad"],
)
def test_one_more_minute_by_each_of_its_keys(qtbot: QtBot, library, announced, key, held) -> None:
    window, _ = playing(qtbot, library)
    before, left = window.runner.timeline, window._ring.accessibleName()
    qtbot.keyClick(window, key, held)
    assert window.runner.timeline.length_ms == before.length_ms + 60_000
    assert window.status()["length_ms"] == window.runner.timeline.length_ms
    assert window.pacer is not None
    assert window.pacer.timeline is window.runner.timeline
    assert (left, window._ring.accessibleName()) == ("1 min 40 s left", "2 min 40 s left")
    assert announced[-1] == "One more minute"
    assert window.runner.position_ms == 20_000


def test_a_key_that_is_held_counts_once(qtbot: QtBot, library) -> None:
    window, _ = playing(qtbot, library)
    before = window.runner.timeline.length_ms
    for repeated in (False, True, True):
        for key, text in ((Qt.Key.Key_Plus, "+"), (Qt.Key.Key_Space, " ")):
            pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, repeated)
            QApplication.sendEvent(window, pressed)
    assert window.runner.timeline.length_ms == before + 60_000
    assert window.status()["status"] == Status.PAUSED


def test_one_more_minute_of_words_alone(qtbot: QtBot, library) -> None:
    window, _ = playing(qtbot, library, "look-around-the-room")
    before = window.runner.timeline.length_ms
    qtbot.mouseClick(window._more, Qt.MouseButton.LeftButton)
    assert window.runner.timeline.length_ms == before + 60_000
    assert (window._more.text(), window._more.accessibleName()) == ("+1 min", "One more minute")


def test_a_notice_is_said_once_and_moves_nothing(qtbot: QtBot, library, announced) -> None:
    window, _ = playing(qtbot, library)
    assert window.pacer is not None
    before = window.pacer.geometry(), window._more.geometry()
    announced.clear()
    for _ in range(2):
        window.tell("No sound just now; words and pacer go on.")
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    assert window._notice.isVisible()
    assert window._notice.text() == "No sound just now; words and pacer go on."
    assert (window.pacer.geometry(), window._more.geometry()) == before
    window.tell("")
    assert window._notice.text() == ""
    assert [text for text in announced if text] == ["No sound just now; words and pacer go on."]


def test_the_pacer_keeps_its_size_from_words_to_words_and_with_a_notice(qtbot: QtBot, library) -> None:
    window, clock = playing(qtbot, library)
    assert window.pacer is not None
    sizes = set()
    for clock.ms in range(0, window.runner.timeline.length_ms, 1_000):
        window.tell("No sound just now; words and pacer go on." if clock.ms % 2_000 else "")
        window._show_pose()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        sizes.add(window.pacer.size().toTuple())
    assert len(sizes) == 1


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("id_", ["longer-out-breath", "look-around-the-room"])
def test_every_button_has_room_for_its_words_whatever_they_are(qtbot: QtBot, library, lang, qapp, size, id_) -> None:
    apply_theme(qapp, "light", size)
    window, _ = playing(qtbot, library, id_)
    wanted = window.sizeHint()
    widths = []
    for _ in range(2):
        window._mute.toggle()
        window.runner.toggle_pause()
        buttons = [made for made in window.findChildren(QPushButton) if made.isVisible()]
        assert len(buttons) == (7 if window.pacer else 6)
        assert [made.text() for made in buttons if made.width() < made.sizeHint().width()] == []
        widths.append([made.width() for made in buttons])
    needed = window.minimumSizeHint()
    apply_theme(qapp, "light", 100)
    assert needed.width() <= wanted.width()
    # No button jumps away under a finger.
    assert widths[0] == widths[1]


# In the tray.


def entry(tray: Tray, text: str) -> QAction:
    return next(action for action in tray._menu.actions() if action.text() == text)


@pytest.mark.parametrize("discreet", [False, True])
def test_the_tray_shows_whether_all_is_silent_and_tells_who_changes_it(qtbot: QtBot, discreet) -> None:
    tray = Tray()
    with qtbot.assertNotEmitted(tray.discreet_toggled):
        tray.fill([("a", "A")], [("b", "B")], Standing(discreet))
    silence = entry(tray, "Discreet (no sound)")
    assert silence.isCheckable()
    assert silence.isChecked() is discreet
    with qtbot.waitSignal(tray.discreet_toggled) as toggled:
        silence.trigger()
    assert toggled.args == [not discreet]
