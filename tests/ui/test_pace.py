"""Length and pace: chosen before *Begin*, looked for in a window of its own, forgotten and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QWidget

from calmtray.desktop.paths import bundled
from calmtray.practice.library import read_shared
from calmtray.session.comfort import MINUTES_EACH, RATES, REST_MS, SETTLE_MS, TRIAL_ID
from calmtray.session.runner import SessionRunner
from calmtray.session.timeline import Choices, Timeline, build_timeline
from calmtray.settings.model import Settings
from calmtray.ui.answers import Answers
from calmtray.ui.pace_row import PaceRow
from calmtray.ui.pace_window import PaceWindow
from calmtray.ui.pages.settings import SettingsPage
from calmtray.ui.session_window import SessionWindow
from calmtray.ui.tuning import Tuning
from calmtray.words.language import language

PATTERNS = read_shared(bundled("practices")).patterns
BREATH, LOOK, BOX, STEPS = "longer-out-breath", "look-around-the-room", "soft-box", "step-down-pace"
SECONDS_NOTE = "Where the words count seconds, they mean the usual pace: the pacer leads."


class Clock:
    """Monotonic ms that a test moves."""

    def __init__(self) -> None:
        self.ms = 0.0

    def __call__(self) -> float:
        return self.ms


class Log:
    """Writes nothing down."""

    def begin(self, timeline: Timeline) -> None:
        """Nothing."""

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        """Nothing."""

    def end(self, played_ms: int, timeline: Timeline, ending: object) -> None:
        """Nothing."""


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    """The buttons that are seen, by what stands on them."""
    return {made.text(): made for made in widget.findChildren(QPushButton) if made.isVisibleTo(widget)}


def texts(widget: QWidget) -> list[str]:
    return [text.text() for text in widget.findChildren(QLabel) if text.isVisibleTo(widget) and text.text()]


def tuned_window(library, id_, wished_ms=None, my_pace="none", on=True, ramp=False) -> tuple[SessionWindow, Tuning]:
    practice, clock = library.practices[id_], Clock()
    pace = PATTERNS.get(my_pace) if on else None
    timeline = build_timeline(practice, {}, Choices(language(), wished_ms, ramp, pace))
    tuning = Tuning(practice, wished_ms, my_pace, on)
    window = SessionWindow(practice, SessionRunner(timeline, clock, Log()), clock, "circle", False, tuning=tuning)
    tuning.show_timeline(timeline)
    return window, tuning


# Before *Begin*.


def test_the_lengths_of_a_practice_are_beside_its_facts_and_one_of_them_is_chosen(qtbot, library):
    window, tuning = tuned_window(library, BREATH)
    qtbot.addWidget(window)
    offered = {text: made.isChecked() for text, made in buttons(tuning).items() if text != "Find my pace"}
    assert offered == {"1 min": False, "2 min": True, "3 min": False, "4 min": False}
    with qtbot.waitSignal(tuning.length_chosen) as chosen:
        qtbot.mouseClick(buttons(tuning)["3 min"], Qt.MouseButton.LeftButton)
    assert chosen.args == [180_000]
    assert [text for text, made in buttons(tuning).items() if made.isChecked()] == ["3 min"]


def test_a_wished_length_is_chosen_already(qtbot, library):
    window, tuning = tuned_window(library, BREATH, wished_ms=90_000)
    qtbot.addWidget(window)
    assert [text for text, made in buttons(tuning).items() if made.isChecked()] == ["1 min 30 s"]


def test_a_practice_of_one_length_with_nothing_to_pace_has_nothing_to_set(qtbot, library):
    window, tuning = tuned_window(library, "doorway-pause", my_pace="pace_55", ramp=True)
    qtbot.addWidget(window)
    assert not tuning.isVisibleTo(window)


def test_lengths_are_chosen_by_keyboard_alone(qtbot, library):
    window, tuning = tuned_window(library, BREATH)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.come_forward(asked_by_click=True)
    chips = [made for text, made in buttons(tuning).items() if text.endswith("min")]
    for _tab in range(20):
        if window.focusWidget() in chips:
            break
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    # Tab comes to them and leaves them again, the arrows go from one to the next and choose it.
    told: list[int] = []
    tuning.length_chosen.connect(told.append)
    for _arrow in range(len(chips) - [*map(id, chips)].index(id(window.focusWidget())) - 1):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert window.focusWidget() is chips[3]
    assert told[-1] == 240_000
    qtbot.keyClick(chips[3], Qt.Key.Key_Tab)
    assert window.focusWidget() is buttons(tuning)["Find my pace"]


def test_an_answer_can_be_changed_and_taken_back(qtbot):
    row = Answers("Was it comfortable?", {1: "one", 2: "two"})
    qtbot.addWidget(row)
    assert row.value is None
    for text, value in (("two", 2), ("one", 1), ("one", None), ("two", 2)):
        qtbot.mouseClick(buttons(row)[text], Qt.MouseButton.LeftButton)
        assert row.value == value
    row.clear()
    assert row.value is None


@pytest.mark.parametrize(
    ("id_", "my_pace", "switched", "searched"),
    [
        (BREATH, "none", False, True),
        (BREATH, "pace_55", True, False),
        (STEPS, "pace_55", True, False),
        (BOX, "none", False, False),  # a hold has its own seconds
        ("cyclic-sighing", "pace_55", False, False),
        (LOOK, "pace_55", False, False),
    ],
)
def test_my_pace_is_offered_where_it_applies(qtbot, library, id_, my_pace, switched, searched):
    window, tuning = tuned_window(library, id_, my_pace=my_pace)
    qtbot.addWidget(window)
    assert [box.text() for box in tuning.findChildren(QCheckBox)] == (
        ["At my pace (5.5 breaths a minute)"] if switched else []
    )
    assert ("Find my pace" in buttons(tuning)) is searched


def test_the_switch_says_what_was_chosen(qtbot, library):
    window, tuning = tuned_window(library, BREATH, my_pace="pace_55", on=False)
    qtbot.addWidget(window)
    (box,) = tuning.findChildren(QCheckBox)
    assert not box.isChecked()
    with qtbot.waitSignal(tuning.at_my_pace_toggled) as toggled:
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert toggled.args == [True]


@pytest.mark.parametrize(
    ("my_pace", "on", "ramp", "said"),
    [
        ("none", True, False, None),
        ("pace_55", False, False, None),
        ("pace_60", True, False, None),  # as it is written
        ("pace_55", True, False, SECONDS_NOTE),
        ("none", True, True, f"It begins with a few quicker breaths. {SECONDS_NOTE}"),
        ("pace_55", True, True, f"It begins with a few quicker breaths. {SECONDS_NOTE}"),
    ],
)
def test_where_the_words_may_count_otherwise_it_is_said(qtbot, library, my_pace, on, ramp, said):
    window, tuning = tuned_window(library, BREATH, my_pace=my_pace, on=on, ramp=ramp)
    qtbot.addWidget(window)
    notes = [text for text in texts(tuning) if text != "How long"]
    assert notes == ([said] if said else [])


# The row of the Settings page.


def test_a_pace_is_forgotten_and_taken_back(qtbot):
    row = PaceRow("pace_55", searchable=True)
    qtbot.addWidget(row)
    with qtbot.waitActive(row):
        row.show()
        row.activateWindow()
    assert texts(row) == ["My pace: 5.5 breaths a minute"]
    assert list(buttons(row)) == ["Find it again", "Forget it"]
    buttons(row)["Forget it"].setFocus()
    with qtbot.waitSignal(row.pace_changed) as changed:
        qtbot.keyClick(buttons(row)["Forget it"], Qt.Key.Key_Space)
    assert changed.args == ["none"]
    assert texts(row) == ["My pace: not looked for yet, or forgotten"]
    assert list(buttons(row)) == ["Find my pace", "Undo"]
    # The keyboard stays where the hand is.
    assert buttons(row)["Undo"].hasFocus()
    with qtbot.waitSignal(row.pace_changed) as changed:
        qtbot.keyClick(buttons(row)["Undo"], Qt.Key.Key_Space)
    assert changed.args == ["pace_55"]
    assert buttons(row)["Forget it"].hasFocus()


def test_where_there_never_was_one_there_is_nothing_to_forget_or_to_undo(qtbot):
    row = PaceRow("none", searchable=True)
    qtbot.addWidget(row)
    assert list(buttons(row)) == ["Find my pace"]


def test_the_settings_page_leads_to_the_search_and_follows_what_was_found(qtbot):
    page = SettingsPage(Settings(), [])
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.pace_search_asked):
        qtbot.mouseClick(buttons(page)["Find my pace"], Qt.MouseButton.LeftButton)
    page.show_settings(Settings(my_pace="pace_45"))
    assert "My pace: 4.5 breaths a minute" in texts(page)
    with qtbot.waitSignal(page.setting_changed) as changed:
        qtbot.mouseClick(buttons(page)["Forget it"], Qt.MouseButton.LeftButton)
    assert changed.args == ["my_pace", "none"]


# The search.


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def made(qtbot, clock):
    """Windows that are made for a test, each with a list of the paces it says were kept."""

    def make(my_pace="none"):
        window = PaceWindow(PATTERNS, my_pace, runner, clock, "circle", reduced_motion=False)
        qtbot.addWidget(window)
        kept: list[str] = []
        window.pace_changed.connect(kept.append)
        window.come_forward(asked_by_click=False)
        return window, kept

    def runner(timeline):
        # Each try has a playhead of its own.
        begun = clock.ms
        return SessionRunner(timeline, lambda: clock.ms - begun, Log())

    return make


def breathe(window: PaceWindow, clock: Clock) -> None:
    """Let the try that is under way come to its end."""
    assert window.runner is not None
    clock.ms += window.runner.timeline.length_ms
    window._on_beat_timeout()


def answer(qtbot, window, comfort, effort):
    for text in (comfort, effort):
        if text:
            qtbot.mouseClick(buttons(window)[text], Qt.MouseButton.LeftButton)


def press(qtbot, window, text):
    qtbot.mouseClick(buttons(window)[text], Qt.MouseButton.LeftButton)


def test_all_five_paces_and_the_best_of_them_is_kept(qtbot, made, clock):
    window, kept = made()
    assert not window.running
    assert any(text.startswith("Small and soft; less air than you think.") for text in texts(window))
    press(qtbot, window, "Begin")
    told = [("In between", "A little"), ("Yes", "A little"), ("Yes", "Hardly any"), ("Yes", "Hardly any"), ("", "")]
    for number, (comfort, effort) in enumerate(told, 1):
        assert f"Pace {number} of 5" in texts(window)
        pattern = window.runner.timeline.breath[0].pattern
        assert pattern.id == list(RATES)[number - 1]
        assert window.runner.timeline.breath[0].at_ms == (SETTLE_MS if number == 1 else REST_MS)
        breathe(window, clock)
        assert "Was it comfortable?" in texts(window)
        answer(qtbot, window, comfort, effort)
        last = number == 5
        assert ("That’s enough" in buttons(window)) is not last
        press(qtbot, window, "See what came out" if last else "On to the next pace")
    assert "Of those you tried, 5.5 breaths a minute came out as the most comfortable." in texts(window)
    with qtbot.waitSignal(window.closed):
        press(qtbot, window, "Keep it")
    assert kept == ["pace_55"]


def test_each_try_lasts_as_long_as_was_chosen(qtbot, made):
    window, _kept = made()
    press(qtbot, window, "2 minutes each (about 13 min in all)")
    press(qtbot, window, "Begin")
    breathed = window.runner.timeline.length_ms - SETTLE_MS
    assert breathed == pytest.approx(MINUTES_EACH[1] * 60_000, abs=PATTERNS["pace_65"].length_ms / 2)


def test_enough_after_one_pace_says_what_came_out_so_far_and_nothing_need_be_kept(qtbot, made, clock):
    window, kept = made()
    press(qtbot, window, "Begin")
    breathe(window, clock)
    answer(qtbot, window, "Yes", "Quite a bit")
    press(qtbot, window, "That’s enough")
    assert "Of those you tried, 6.5 breaths a minute came out as the most comfortable." in texts(window)
    with qtbot.waitSignal(window.closed):
        press(qtbot, window, "Leave it")
    assert kept == []


def test_no_comfortable_pace_is_as_good_an_answer(qtbot, made, clock):
    window, kept = made()
    press(qtbot, window, "Begin")
    breathe(window, clock)
    answer(qtbot, window, "Not really", "")
    press(qtbot, window, "That’s enough")
    assert "No pace stood out, and that is fine. The slow breaths keep their usual ones." in texts(window)
    assert "Keep it" not in buttons(window)
    press(qtbot, window, "Close")
    assert kept == []


def test_where_nothing_was_answered_nothing_is_said(qtbot, made, clock):
    window, _kept = made()
    press(qtbot, window, "Begin")
    with qtbot.waitSignal(window.closed):
        press(qtbot, window, "That’s enough")


def test_enough_in_the_middle_of_a_pace_keeps_what_was_said_of_those_before(qtbot, made, clock):
    window, _kept = made()
    press(qtbot, window, "Begin")
    breathe(window, clock)
    answer(qtbot, window, "Yes", "")
    press(qtbot, window, "On to the next pace")
    clock.ms += REST_MS + 5_000
    window._on_beat_timeout()
    assert "Breathe along, small and soft." in texts(window)
    press(qtbot, window, "That’s enough")
    assert "Of those you tried, 6.5 breaths a minute came out as the most comfortable." in texts(window)


def test_a_rest_and_a_pace_can_be_passed_by(qtbot, made):
    window, _kept = made()
    press(qtbot, window, "Begin")
    assert "Breathe as it comes. The first pace begins in a moment." in texts(window)
    press(qtbot, window, "›")
    window._on_beat_timeout()
    assert "Breathe along, small and soft." in texts(window)
    press(qtbot, window, "›")
    assert "Was it comfortable?" in texts(window)
    press(qtbot, window, "On to the next pace")
    assert "Breathe as it comes. The next pace begins in half a minute." in texts(window)


def test_space_pauses_and_esc_ends_it_at_once(qtbot, made, clock):
    window, kept = made()
    with qtbot.waitActive(window):
        window.come_forward(asked_by_click=True)
    qtbot.keyClick(window._begin, Qt.Key.Key_Space)
    assert window.running
    assert window.practice_id == TRIAL_ID
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert "Go on" in buttons(window)
    clock.ms += 100_000
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert "Pause" in buttons(window)
    assert window.runner.position_ms < 1_000
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert kept == []


def test_a_pace_that_is_kept_already_can_be_forgotten_here_and_taken_back(qtbot, made):
    window, kept = made("pace_50")
    assert "My pace: 5 breaths a minute" in texts(window)
    press(qtbot, window, "Forget it")
    press(qtbot, window, "Undo")
    assert kept == ["none", "pace_50"]


def test_every_control_of_the_search_has_a_name_and_is_reached_by_the_keyboard(made, lang):
    window, _kept = made("pace_50")
    controls = window.findChildren(QAbstractButton)
    assert all(w.focusPolicy() & Qt.FocusPolicy.TabFocus for w in controls)
    names = [QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in controls]
    assert all(name.strip(" ‹›") for name in names)


@pytest.mark.usefixtures("large_text")
def test_no_text_of_the_search_is_cut_off_at_twice_its_size(qtbot, made, clock, lang):
    window, _kept = made("pace_50")
    window.resize(1100, 800)
    qtbot.waitExposed(window)
    assert cut(window) == []
    window._begin.click()
    window._on_beat_timeout()
    assert cut(window) == []
    breathe(window, clock)
    assert cut(window) == []
    window._comfort._buttons[2].click()
    window._finish.click()
    assert cut(window) == []


def cut(window):
    """The texts that have less room than they need."""
    window.layout().activate()
    seen = [text for text in window.findChildren(QLabel) if text.isVisible() and text.text()]
    short = [text.text() for text in seen if text.height() < text.heightForWidth(text.width())]
    pressed = [made for made in window.findChildren(QPushButton) if made.isVisible()]
    narrow = [made.text() for made in pressed if made.width() < made.sizeHint().width()]
    outside = [made.text() for made in pressed if made.mapTo(window, made.rect().topRight()).x() >= window.width()]
    return short + narrow + outside
