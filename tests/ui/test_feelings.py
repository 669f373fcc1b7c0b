"""How it feels, asked and shown: the Affective Slider as its guidelines want it, and what becomes of the answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from calmtray.journal.feeling import Feeling
from calmtray.journal.store import Ended, Journal, SessionRow
from calmtray.settings.model import Settings
from calmtray.ui.affective_slider import AffectiveSlider
from calmtray.ui.feelings_line import FeelingsLine
from calmtray.ui.pages.journal import JournalPage
from calmtray.ui.session_window import ANSWER_WITHIN_MS, LEAVE_AFTER_MS
from calmtray.ui.theme import apply_theme
from tests.ui.test_stage import journal, open_, own, practices, stage  # noqa: F401 - fixtures

LOOK = "look-around-the-room"
ASKING = Settings(feelings=True, discreet=True)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def slider(qtbot: QtBot) -> AffectiveSlider:
    made = AffectiveSlider(pleasure_first=True)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def test_both_lie_level_in_the_middle_with_a_hundred_steps(slider):
    for each in (slider.pleasure, slider.arousal):
        assert each.isVisible()
        assert each.orientation() is Qt.Orientation.Horizontal
        assert (each.minimum(), each.value(), each.maximum()) == (0, 50, 100)


def test_what_was_not_moved_says_nothing(slider, qtbot):
    assert slider.feeling is None
    qtbot.keyClick(slider.pleasure, Qt.Key.Key_Right)
    assert slider.feeling is None
    qtbot.keyClick(slider.arousal, Qt.Key.Key_Home)
    assert slider.feeling == Feeling(0.51, 0.0)


def test_a_click_on_the_thumb_is_an_answer_too(slider, qtbot):
    for each in (slider.pleasure, slider.arousal):
        qtbot.mouseClick(each, Qt.MouseButton.LeftButton, pos=QPoint(each.width() // 2, each.height() // 2))
    assert slider.feeling == Feeling(0.5, 0.5)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("moved", [False, True])
def test_it_is_drawn_in_greys_alone_and_inverted_in_the_dark(slider, theme, moved, qapp, request):
    request.addfinalizer(lambda: apply_theme(qapp, "light", 100))
    apply_theme(qapp, theme, 100)
    slider.pleasure.moved = moved
    for part in slider.findChildren(QWidget):
        if part.layout() is None:
            assert colourful(part) == set()
    thumb = slider.pleasure.grab().toImage().pixelColor(slider.pleasure.rect().center())
    assert (thumb.lightness() > 128) is (moved is (theme == "dark"))


def colourful(part: QWidget) -> set[str]:
    """The colours that are no grey, on a ground that is none either."""
    image = QImage(part.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    part.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for colour in colours if colour.alpha() and colour.saturation()}


def test_a_moved_thumb_looks_moved(slider, qtbot):
    before = slider.pleasure.grab().toImage()
    middle = before.pixelColor(slider.pleasure.rect().center())
    slider.pleasure.sliderPressed.emit()
    assert slider.pleasure.grab().toImage().pixelColor(slider.pleasure.rect().center()) != middle


def test_either_may_come_first(qtbot):
    for first in (True, False):
        made = AffectiveSlider(first)
        qtbot.addWidget(made)
        made.show()
        assert (made.pleasure.y() < made.arousal.y()) is first


@pytest.fixture
def once_before(journal: Journal) -> Journal:  # noqa: F811
    journal.begin_session(LOOK, MONDAY, 60_000, "en", "words")
    return journal


def choose(part: AffectiveSlider, pleasure: int, arousal: int) -> None:
    for slider, value in ((part.pleasure, pleasure), (part.arousal, arousal)):
        slider.sliderPressed.emit()
        slider.setValue(value)


def asked(window: Any) -> Any:
    return window._feelings


def test_nobody_is_asked_before_the_first_session_nor_with_it_off(stage, practices, journal):  # noqa: F811
    assert asked(open_(stage, practices, LOOK, ASKING)) is None
    journal.begin_session(LOOK, MONDAY, 60_000, "en", "words")
    assert asked(open_(stage, practices, LOOK, Settings(discreet=True))) is None


def test_both_answers_stand_in_the_journal(stage, practices, once_before):  # noqa: F811
    window = open_(stage, practices, LOOK, ASKING)
    choose(asked(window)._before, 30, 80)
    window.begin()
    finish(window)
    assert asked(window).after.isVisible()
    choose(asked(window)._after, 55, 40)
    window.close()
    row = once_before.sessions(1)[0]
    assert (row.before, row.after) == (Feeling(0.3, 0.8), Feeling(0.55, 0.4))


def test_whoever_leaves_the_first_question_alone_is_not_asked_again(stage, practices, once_before):  # noqa: F811
    window = open_(stage, practices, LOOK, ASKING)
    window.begin()
    finish(window)
    assert not asked(window).after.isVisible()
    assert window._leave_after_ms() == LEAVE_AFTER_MS
    window.close()
    assert (once_before.sessions(1)[0].before, once_before.sessions(1)[0].after) == (None, None)


def test_whoever_stops_is_asked_nothing(stage, practices, once_before):  # noqa: F811
    window = open_(stage, practices, LOOK, ASKING)
    choose(asked(window)._before, 30, 80)
    window.begin()
    window.close()
    row = once_before.sessions(1)[0]
    assert (row.ending, row.before, row.after) == (Ended.STOPPED, Feeling(0.3, 0.8), None)


def test_the_question_at_the_end_has_time_and_the_arrow_keys(stage, practices, once_before, qtbot):  # noqa: F811
    window = open_(stage, practices, LOOK, ASKING)
    choose(asked(window)._before, 30, 80)
    window.begin()
    finish(window)
    assert window._leave_after_ms() == ANSWER_WITHIN_MS
    slider = asked(window)._after.pleasure
    slider.setFocus()
    QApplication.processEvents()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 51


def finish(window: Any) -> None:
    """Let all of its time go by."""
    now = window.runner.position_ms
    clock = window.runner._clock
    window.runner._clock = lambda: clock() + window.runner.timeline.length_ms - now + 1_000
    window.runner.tick()


def row(number: int, before: Feeling | None, after: Feeling | None = None) -> SessionRow:
    began = MONDAY + timedelta(days=number)
    return SessionRow(number, LOOK, began, 60_000, 60_000, Ended.FINISHED, "en", "words", before, after)


def said(page: JournalPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


def test_the_journal_says_what_was_answered_and_draws_it_without_a_verdict(qtbot):
    rows = [row(3, Feeling(0.7, 0.2), Feeling(0.8, 0.1)), row(2, None), row(1, Feeling(0.3, 0.8))]
    page = JournalPage(rows, {}, "/somewhere")
    qtbot.addWidget(page)
    texts = said(page)
    assert any("Pleasure 70, then 80; arousal 20, then 10 (of 100)" in text for text in texts)
    assert any("Pleasure 30, arousal 80 (of 100)" in text for text in texts)
    lines = page.findChildren(FeelingsLine)
    assert [line._values for line in lines] == [[(0.3, None), (0.7, 0.8)], [(0.8, None), (0.2, 0.1)]]
    assert not any("little pleasure" in text for text in texts)


def test_a_single_answer_is_not_drawn(qtbot):
    page = JournalPage([row(1, Feeling(0.3, 0.8))], {}, "/somewhere")
    qtbot.addWidget(page)
    assert page.findChildren(FeelingsLine) == []


def test_little_pleasure_again_and_again_names_people_and_rest(qtbot):
    page = JournalPage([row(number, Feeling(0.05, 0.5)) for number in (3, 2, 1)], {}, "/somewhere")
    qtbot.addWidget(page)
    assert any("somebody close" in text for text in said(page))


def test_higher_is_drawn_higher_and_before_unlike_after(qtbot):
    line = FeelingsLine([(0.0, 1.0), (1.0, None)], "Pleasure")
    qtbot.addWidget(line)
    line.resize(200, 60)
    assert line._y(1.0) < line._y(0.5) < line._y(0.0)
    image = line.grab().toImage()
    ring, dot = image.pixelColor(8, round(line._y(0.0))), image.pixelColor(8, round(line._y(1.0)))
    assert ring.lightness() - dot.lightness() > 100
