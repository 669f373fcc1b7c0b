"""Packs in the window: shown before they are taken, taken and undone with a click, by hand and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from calmtray.practice.library import load
from calmtray.practice.packs import Choice, Pack, show
from calmtray.ui.chips import Chips
from calmtray.ui.editor.undo_notice import UndoNotice
from calmtray.ui.pack_desk import PackDesk
from calmtray.ui.pack_drop import PackDrop
from calmtray.ui.pack_page import PackPage
from calmtray.ui.packed_card import Steps
from calmtray.ui.share_page import SharePage
from tests.practice.bundled import FILES, PRACTICES
from tests.practice.packing import SPOKEN, good, pack

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """One practice of the user's own, which the pack has otherwise."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "mine.toml").write_bytes(good().replace(b"A good one", b"The old one"))
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A pack with something new, something whose id is taken, one of the bundled as it is, and one otherwise."""
    files = {
        **SPOKEN,
        "practices/new.toml": good("new"),
        f"practices/{FILES[0].stem}.toml": FILES[0].read_bytes(),
        f"practices/{FILES[1].stem}.toml": good(FILES[1].stem),
    }
    path = tmp_path / "from a colleague.calmpack"
    path.write_bytes(pack(files))
    return path


@pytest.fixture
def seen(path: Path, own: Path) -> Pack:
    return show(path, PRACTICES, own)


@pytest.fixture
def page(qtbot: QtBot, seen: Pack) -> PackPage:
    made = PackPage(seen)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


@pytest.fixture
def desk(qtbot: QtBot, own: Path) -> PackDesk:
    return PackDesk(PRACTICES, own, lambda: load(PRACTICES, own))


def texts(widget: QWidget) -> list[str]:
    return [text.text() for text in widget.findChildren(QLabel)]


def chip(page: QWidget, id_: str, words: str) -> QAbstractButton:
    (chips,) = page.findChildren(Chips, id_)
    return next(each for each in chips.findChildren(QAbstractButton) if each.text() == words)


def notice_of(qtbot: QtBot, window: QWidget) -> UndoNotice:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(UndoNotice)))
    return next(each for each in window.findChildren(UndoNotice) if each.isVisible())


# The page.


def test_everything_in_the_pack_is_shown(page, seen):
    shown = texts(page)
    assert shown[1].startswith("from a colleague.calmpack · 4 practices, 2 recordings, ")
    for packed in seen.practices:
        assert packed.practice.title["en"] in shown
        assert packed.practice.summary["en"] in shown
    assert any(text.endswith("2 recordings") for text in shown[2:])
    assert "You have this one already, exactly so." in shown
    assert "You have another practice with the id “mine”." in shown
    assert f"calmtray has a practice of its own with the id “{FILES[1].stem}”, and keeps it." in shown


def test_what_a_practice_asks_for_is_shown_before_it_is_taken(page):
    shown = texts(page)
    assert "Breath holds: none · Attention: a little inward" in shown
    assert any(text.startswith("Small, soft breaths") for text in shown)
    assert "It goes against 3 rules of content, and does not say why:" in shown
    assert "ends turned inward (step 2)" in shown


def test_what_a_practice_overrules_is_shown_with_the_reason(qtbot, own, tmp_path):
    overrule = '[[overrules]]\nrule = "no-way-out"\nreason = "It is a short one."\n[[steps]]\nbreathe'
    path = tmp_path / "a.calmpack"
    path.write_bytes(pack({"practices/new.toml": good("new", **{"[[steps]]\nbreathe": overrule})}))
    page = PackPage(show(path, PRACTICES, own))
    qtbot.addWidget(page)
    assert "It overrules 1 rule of content, and says why:" in texts(page)
    assert "ends turned inward (step 2): “It is a short one.”" in texts(page)


def test_the_steps_unfold_by_hand_and_fold_by_keyboard(qtbot, page):
    steps = next(each for each in page.findChildren(Steps) if each.fold.accessibleName().startswith("A good one"))
    qtbot.mouseClick(steps.fold, LEFT)
    said = next(text for text in steps.findChildren(QLabel) if text.text() == "Here is a word.")
    assert said.isVisible()
    assert steps.fold.text() == "Hide the steps"
    qtbot.keyClick(steps.fold, Qt.Key.Key_Space)
    assert not said.isVisible()
    assert steps.fold.accessibleName() == "A good one: Show the steps"
    qtbot.mouseClick(steps.fold, LEFT)
    assert said.isVisible()


def test_choices_are_offered_only_where_there_is_something_to_choose(page):
    offered = {chips.objectName(): len(chips.findChildren(QAbstractButton)) for chips in page.findChildren(Chips)}
    assert offered == {"mine": 3, FILES[1].stem: 2}


def test_unless_chosen_otherwise_what_is_there_stays(qtbot, page):
    with qtbot.waitSignal(page.add_asked) as asked:
        qtbot.mouseClick(page.add, LEFT)
    assert asked.args == [{"mine": Choice.SKIP, FILES[1].stem: Choice.SKIP}]
    assert not page.isVisible()


def test_a_choice_is_made_by_hand(qtbot, page):
    qtbot.mouseClick(chip(page, "mine", "Keep both"), LEFT)
    with qtbot.waitSignal(page.add_asked) as asked:
        qtbot.mouseClick(page.add, LEFT)
    assert asked.args[0]["mine"] is Choice.KEEP_BOTH


def test_a_choice_is_made_by_keyboard_alone(qtbot, page):
    for _ in range(40):
        focused = QApplication.focusWidget() or page
        if focused in page.findChildren(Chips, "mine")[0].children():
            break
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    page.add.setFocus()
    with qtbot.waitSignal(page.add_asked) as asked:
        qtbot.keyClick(page.add, Qt.Key.Key_Space)
    assert asked.args[0]["mine"] is Choice.REPLACE


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_esc_and_a_hasty_enter_add_nothing(qtbot, page, key):
    with qtbot.assertNotEmitted(page.add_asked):
        qtbot.keyClick(page, key)
    assert not page.isVisible()


def test_where_all_of_it_is_there_already_there_is_nothing_to_add(qtbot, own, tmp_path):
    path = tmp_path / "a.calmpack"
    path.write_bytes(pack({f"practices/{FILES[0].stem}.toml": FILES[0].read_bytes()}))
    page = PackPage(show(path, PRACTICES, own))
    qtbot.addWidget(page)
    page.show()
    assert not page.add.isVisible()
    assert page.leave.text() == "Close"


@pytest.mark.usefixtures("large_text")
def test_no_text_is_cut_off_at_twice_its_size(qtbot, seen, lang):
    page = PackPage(seen)
    qtbot.addWidget(page)
    page.resize(1000, 900)
    page.show()
    qtbot.waitExposed(page)
    cut = [text.text() for text in page.findChildren(QLabel) if text.height() < text.heightForWidth(text.width())]
    assert cut == []


# From the file to the library and back.


def test_a_pack_is_shown_added_and_undone(qtbot, desk, window, own, path):
    before = load(PRACTICES, own)
    desk.show(path, window)
    qtbot.waitUntil(lambda: desk.page is not None and desk.page.isVisible())
    qtbot.mouseClick(chip(desk.page, "mine", "Keep both"), LEFT)
    with qtbot.waitSignal(desk.changed):
        qtbot.mouseClick(desk.page.add, LEFT)
    notice = notice_of(qtbot, window)
    assert notice.text.text() == "2 practices added. 2 practices left out."
    assert load(PRACTICES, own).practices.keys() == before.practices.keys() | {"new", "mine-2"}
    with qtbot.waitSignal(desk.changed):
        qtbot.mouseClick(notice.undo, LEFT)
    assert load(PRACTICES, own) == before
    assert notice_of(qtbot, window).text.text() == "Your practices are as they were before."


def test_a_refusal_is_said_at_the_foot_of_the_window(qtbot, desk, window, tmp_path):
    (tmp_path / "no.calmpack").write_bytes(b"hello")
    desk.show(tmp_path / "no.calmpack", window)
    notice = notice_of(qtbot, window)
    assert notice.text.text().startswith("This is no pack of practices.")
    assert not notice.undo.isVisible()
    desk.show(tmp_path / "gone.calmpack", window)
    qtbot.waitUntil(lambda: "There is no file" in notice_of(qtbot, window).text.text())


def chosen(qtbot: QtBot, window: QWidget, path: Path) -> QFileDialog:
    """The dialog that is open, and somebody who chooses a file in it."""
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    return dialog


def test_a_pack_is_chosen_from_a_dialog(qtbot, desk, window, path):
    desk.choose(window)
    chosen(qtbot, window, path)
    qtbot.waitUntil(lambda: desk.page is not None and desk.page.isVisible())


def test_practices_are_shared_into_a_file(qtbot, desk, window, own, tmp_path):
    out = tmp_path / "out.calmpack"
    desk.share(("mine", FILES[0].stem), window)
    chosen(qtbot, window, out)
    assert str(out) in notice_of(qtbot, window).text.text()
    assert {packed.practice.id for packed in show(out, PRACTICES, own).practices} == {"mine", FILES[0].stem}


def share_page(window: QWidget) -> SharePage:
    return next(page for page in window.findChildren(SharePage) if page.isVisible())


def test_several_of_ones_own_are_ticked_and_shared_as_one_pack(qtbot, desk, window, own, tmp_path):
    for id_ in ("second", "third"):
        (own / f"{id_}.toml").write_bytes(good(id_).replace(b"A good one", id_.title().encode()))
    desk.choose_several(window)
    page = share_page(window)
    assert [box.text() for box in page.boxes.values()] == ["Second", "The old one", "Third"]
    assert not page.share.isEnabled()
    qtbot.keyClick(page.boxes["second"], Qt.Key.Key_Space)
    qtbot.mouseClick(page.boxes["mine"], LEFT, pos=QPoint(9, page.boxes["mine"].height() // 2))
    assert page.share.isEnabled()
    qtbot.mouseClick(page.share, LEFT)
    out = tmp_path / "out.calmpack"
    dialog = chosen(qtbot, window, out)
    assert "practices.calmpack" in dialog.selectedFiles()[0]
    qtbot.waitUntil(out.exists)
    notice_of(qtbot, window)
    assert [packed.practice.id for packed in show(out, PRACTICES, own).practices] == ["mine", "second"]


def test_where_nothing_is_chosen_nothing_is_shared(qtbot, desk, window):
    desk.choose_several(window)
    page = share_page(window)
    qtbot.keyClick(page.boxes["mine"], Qt.Key.Key_Space)
    qtbot.keyClick(page.boxes["mine"], Qt.Key.Key_Space)
    assert not page.share.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert window.findChildren(QFileDialog) == []


def test_without_any_of_ones_own_nothing_is_asked(desk, window, own):
    (own / "mine.toml").unlink()
    desk.choose_several(window)
    assert window.findChildren(SharePage) == []


def test_what_is_gone_is_not_shared(desk, window):
    desk.share(("gone",), window)
    assert window.findChildren(QFileDialog) == []


def test_what_is_under_way_ends_before_the_desk_is_left(qtbot, desk, window, own, path):
    desk.close()
    desk.show(path, window)
    desk.show(path, window)
    desk.close()
    qtbot.waitUntil(lambda: desk.page is not None and desk.page.isVisible())


def test_a_window_that_is_closed_meanwhile_is_told_nothing(qtbot, desk, own, path):
    window = QWidget()
    window.show()
    desk.show(path, window)
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    window.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    desk.close()
    qtbot.waitUntil(lambda: not desk.at_work)
    assert desk.page is None


# Dropped on the window.


def carrying(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) if path.startswith("/") else QUrl(path) for path in paths])
    return data


def over(window: QWidget, data: QMimeData, drop: bool) -> bool:
    """Carry something over a window, or drop it; whether the window takes it."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event: QDropEvent
    if drop:
        event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    else:
        event = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    event.ignore()
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def test_a_pack_is_dropped(qtbot, window):
    drop = PackDrop(window)
    data = carrying("/somewhere/A pack.CALMPACK")
    with qtbot.assertNotEmitted(drop.dropped):
        assert over(window, data, drop=False)
    with qtbot.waitSignal(drop.dropped) as dropped:
        assert over(window, data, drop=True)
    assert dropped.args == [Path("/somewhere/A pack.CALMPACK")]


@pytest.mark.parametrize(
    "paths", [(), ("/a.toml",), ("/a.calmpack", "/b.calmpack"), ("https://example.org/a.calmpack",)]
)
def test_anything_else_is_left_alone(qtbot, window, paths):
    drop = PackDrop(window)
    with qtbot.assertNotEmitted(drop.dropped):
        assert not over(window, carrying(*paths), drop=False)
        assert not over(window, carrying(*paths), drop=True)
