"""The offer: two practices, four answers, and none of them is asked for twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from calmtray.practice.moment import Moment
from calmtray.practice.reasons import Because, Reason
from calmtray.practice.suggest import Suggestion, suggest
from calmtray.ui.offer_card import AFTER_TOUCH_MS, STAYS_MS, NoticeCard, OfferCard
from calmtray.ui.theme import apply_theme
from calmtray.words.language import _

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
WHY = "Session over. A minute before 14:00?"


@pytest.fixture
def offered(library):
    return suggest(library, Moment(NOW))


@pytest.fixture
def card(qtbot: QtBot, offered):
    made = OfferCard(WHY, offered, (5, 10, 20), not_yet=True)
    qtbot.addWidget(made)
    made.come_up()
    qtbot.waitExposed(made)
    return made


def press(card, name: str) -> None:
    found = [b for b in card.findChildren(QPushButton) if name in (b.text(), b.accessibleName())]
    assert len(found) == 1, [b.text() for b in card.findChildren(QPushButton)]
    found[0].click()


def texts(card) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel)]


def test_it_says_why_and_offers_two_practices_with_their_lengths(card, offered):
    first, second = (each.practice.title["en"] for each in offered[:2])
    assert texts(card)[:2] == [WHY, first]
    assert second in texts(card)
    assert offered[2].practice.title["en"] not in texts(card)


def test_begin_takes_that_one_and_the_card_is_gone(qtbot: QtBot, card, offered):
    second = offered[1].practice
    with qtbot.waitSignal(card.taken) as taken:
        press(card, f"Begin: {second.title['en']}")
    assert taken.args == [second.id]
    assert not card.isVisible()


@pytest.mark.parametrize(
    ("button", "signal"),
    [("Not now", "passed"), ("Not today", "not_today_chosen"), ("Not yet", "not_yet_chosen")],
)
def test_every_other_answer_is_one_click_too(qtbot: QtBot, card, button, signal):
    with qtbot.waitSignal(getattr(card, signal)):
        press(card, button)
    assert not card.isVisible()


@pytest.mark.parametrize(("number", "minutes"), [(0, 5), (1, 10), (2, 20)])
def test_later_is_asked_how_much_later(qtbot: QtBot, card, number, minutes):
    later = next(b for b in card.findChildren(QPushButton) if b.text() == "Later")
    with qtbot.waitSignal(card.later_chosen) as chosen:
        later.menu().actions()[number].trigger()
    assert chosen.args == [minutes]


def test_another_shows_others_in_place(qtbot: QtBot, card, offered):
    with qtbot.waitSignal(card.another_asked):
        press(card, "Another")
    card.show_suggestions(offered[1:])
    assert offered[2].practice.title["en"] in texts(card)
    assert card.isVisible()


def test_escape_passes_it_by(qtbot: QtBot, card):
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    with qtbot.waitSignal(card.passed):
        qtbot.keyClick(card, Qt.Key.Key_Escape)


def test_closing_it_passes_it_by_once(qtbot: QtBot, card):
    with qtbot.waitSignal(card.passed), qtbot.assertNotEmitted(card.expired):
        card.close()


def test_it_goes_by_itself_after_a_minute(qtbot: QtBot, card):
    card.come_up()
    assert card._leave.interval() == STAYS_MS == 60_000
    with qtbot.waitSignal(card.expired):
        card._leave.timeout.emit()
    assert not card.isVisible()


def test_it_stays_while_the_pointer_moves_over_it_and_not_for_one_that_lies_there(qtbot: QtBot, card, monkeypatch):
    pointer = card.geometry().center()
    monkeypatch.setattr(QCursor, "pos", lambda: pointer)
    card.come_up()
    for _minute in range(3):
        pointer = pointer + QPoint(1, 0)
        card._leave.timeout.emit()
        assert card._leave.interval() == AFTER_TOUCH_MS
        assert card.isVisible()
    with qtbot.waitSignal(card.expired):
        card._leave.timeout.emit()


def test_whoever_leaves_it_has_a_moment_to_come_back(card):
    card.come_up()
    card.leaveEvent(QEvent(QEvent.Type.Leave))
    assert card._leave.interval() == STAYS_MS
    card._leave.start(AFTER_TOUCH_MS // 2)
    card.leaveEvent(QEvent(QEvent.Type.Leave))
    assert card._leave.interval() == AFTER_TOUCH_MS


def test_it_stays_while_somebody_has_the_keyboard_in_it(qtbot: QtBot, card):
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    assert not card._leave.isActive()
    card.leaveEvent(QEvent(QEvent.Type.Leave))
    assert not card._leave.isActive()


def test_one_alone_is_shown_as_one(card, offered):
    card.show_suggestions(offered[:1])
    begins = [b for b in card.findChildren(QPushButton) if b.text() == "Begin" and b.isVisible()]
    assert len(begins) == 1


def test_withdrawn_it_says_nothing(qtbot: QtBot, card):
    with qtbot.assertNotEmitted(card.passed), qtbot.assertNotEmitted(card.expired):
        card.withdraw()
    assert not card.isVisible()


def test_it_takes_no_keyboard_and_keeps_within_the_screen(card):
    assert card.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(card.geometry())
    assert card.width() < room.width() * 2 / 3
    assert card.geometry().center().x() > room.center().x()
    assert card.geometry().center().y() > room.center().y()


@pytest.fixture
def wordy(library) -> list[Suggestion]:
    """The two practices with the longest titles, and such titles as somebody may write."""
    longest = sorted(library, key=lambda each: -max(map(len, each.title.values())))[:2]
    return [Suggestion(each, each.length_ms, Because(Reason.MOVING, {})) for each in longest]


@pytest.mark.parametrize("size", [100, 150, 200])
def test_it_keeps_within_the_screen_and_cuts_nothing_off_at_any_size(qtbot: QtBot, qapp, request, lang, size, wordy):
    request.addfinalizer(lambda: apply_theme(qapp, "light", 100))
    apply_theme(qapp, "light", size)
    made = OfferCard(_("Session over. A minute before what comes next?"), wordy, (5, 10, 20), not_yet=True)
    qtbot.addWidget(made)
    made.come_up()
    qtbot.waitExposed(made)
    QApplication.sendPostedEvents()  # whatever is still to be laid out
    assert QGuiApplication.primaryScreen().availableGeometry().contains(made.geometry())
    said: list[QLabel | QPushButton] = [*made.findChildren(QLabel), *made.findChildren(QPushButton)]
    for each in said:
        if each.isVisible():
            place = each.rect().translated(each.mapTo(made, each.rect().topLeft()))
            assert made.rect().contains(place), each.text()
    for button in made.findChildren(QPushButton):
        assert button.width() >= button.minimumSizeHint().width(), button.text()
    for text in made.findChildren(QLabel):
        if text.isVisible():
            assert text.height() >= text.heightForWidth(text.width()), text.text()


def test_a_screen_that_goes_takes_nothing_along(card):
    card._on_app_screen_removed(QGuiApplication.primaryScreen())
    assert QGuiApplication.primaryScreen().availableGeometry().contains(card.geometry())


def test_without_a_session_there_is_no_not_yet(qtbot: QtBot, offered):
    made = OfferCard(WHY, offered, (5, 10, 20), not_yet=False)
    qtbot.addWidget(made)
    assert "Not yet" not in [b.text() for b in made.findChildren(QPushButton)]


def test_a_notice_wants_no_answer(qtbot: QtBot):
    notice = NoticeCard("12:30 · Supervision")
    qtbot.addWidget(notice)
    notice.come_up()
    qtbot.waitExposed(notice)
    assert texts(notice) == ["12:30 · Supervision"]
    with qtbot.waitSignal(notice.passed):
        press(notice, "Close")
