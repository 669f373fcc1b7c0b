"""What steps show beside their words: in the session window, at their step, by mouse, pen and keyboard."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit

from calmtray.desktop.paths import bundled
from calmtray.practice.model import Prop as Kind
from calmtray.session.runner import SessionRunner
from calmtray.session.timeline import Choices, build_timeline
from calmtray.settings.model import Settings
from calmtray.ui.props import canvas, colour, own_pictures, picture, timer
from calmtray.ui.props.base import Given, another
from calmtray.ui.props.framed import LARGEST_PX, read_picture
from calmtray.ui.props.own_pictures import files_of, read_note
from calmtray.ui.props.place import PropPlace
from calmtray.ui.props.registry import make_prop
from calmtray.ui.props.today import now_texts
from calmtray.ui.session_window import SessionWindow
from calmtray.words.feelings import FEELINGS
from calmtray.words.language import language, use_language
from tests.making import FOUR_SIX, breathing, practice, quiet
from tests.ui.test_windows import Clock, Log

NOON = datetime(2026, 11, 22, 12, 0, 30).astimezone()
SPECIAL = {
    "colour-hunt": Kind.COLOUR,
    "one-minute-doodle": Kind.CANVAS,
    "green-minute": Kind.PICTURE,
    "here-and-now-facts": Kind.TODAY,
    "name-it-softly": Kind.FEELINGS,
    "hallway-lap": Kind.TIMER,
    "bathroom-break": Kind.TIMER,
    "water-break": Kind.TIMER,
    "something-to-eat": Kind.TIMER,
    "daylight": Kind.TIMER,
    "one-song": Kind.OWN_SONG,
    "laugh-file": Kind.OWN_PICTURES,
    "leave-work-at-work": Kind.CHECKLIST,
}


def given(**changes):
    """What a prop is given; ``settings`` are the changed ones."""
    settings = changes.pop("settings", {})
    return Given(replace(Settings(), **settings), changes.pop("now", lambda: NOON), **changes)


@pytest.fixture
def prop(qtbot):
    """A prop by itself, shown, and what it told."""

    def made(kind, **changes):
        widget: Any = make_prop(kind, given(**changes))
        qtbot.addWidget(widget)
        widget.told = []
        widget.setting_changed.connect(lambda name, value: widget.told.append((name, value)))
        widget.resize(512, 420)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return made


@pytest.fixture
def session(qtbot):
    """A session window that has begun and is ``after_ms`` into its first step with a prop; None: where it begins."""

    def made(shown, after_ms=5_000, **changes):
        clock = Clock()
        runner = SessionRunner(build_timeline(shown, {}, Choices(language())), clock, Log())
        window: Any = SessionWindow(shown, runner, clock, "circle", False, props=PropPlace(shown, given(**changes)))
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.come_forward(asked_by_click=True)
        window._begin.click()
        window.clock = clock
        if after_ms is None:
            return window
        step = next(number for number, step in enumerate(shown.steps) if step.prop)
        clock.ms = runner.timeline.starts_ms[step] + after_ms
        window._on_beat_timeout()
        return window

    return made


def with_prop(kind, ms=40_000):
    """A practice whose second step has this prop."""
    step = replace(quiet(ms, "Here is a word."), prop=kind)
    return practice(quiet(10_000, "Before."), step, quiet(10_000, "After."))


# In the session window.


def test_the_practices_that_want_more_than_words_have_it(library):
    assert {p.id: {step.prop for step in p.steps} - {None} for p in library if any(step.prop for step in p.steps)} == {
        id_: {kind} for id_, kind in SPECIAL.items()
    }


def test_a_prop_is_there_during_its_step_beside_the_words_and_nothing_jumps(library, session, lang, theme):
    for id_ in SPECIAL:
        window = session(library.practices[id_], after_ms=None)
        runner, props = window.runner, window.props
        starts, seen = runner.timeline.starts_ms, set()
        for number, step in enumerate(library.practices[id_].steps):
            window.clock.ms = starts[number] + 4_000
            window._on_beat_timeout()
            QApplication.processEvents()
            assert (props.prop is not None) == (step.prop is not None)
            assert window._caption.text()
            seen.add(str((props.geometry(), window._caption.geometry(), window._pause.geometry())))
            window.grab()
        assert len(seen) == 1, id_
        window.close()


@pytest.mark.parametrize("kind", Kind)
def test_what_a_prop_has_is_named_and_can_be_reached(prop, lang, kind):
    shown = prop(kind)
    controls = [w for kind in (QAbstractButton, QLineEdit) for w in shown.findChildren(kind) if w.isVisible()]
    names = [QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in controls]
    assert all(name.strip(" ‹›×") for name in names)
    assert all(w.focusPolicy() != Qt.FocusPolicy.NoFocus for w in controls)


@pytest.mark.usefixtures("large_text")
def test_no_text_of_a_prop_is_cut_off_at_twice_its_size(library, session, lang):
    for id_ in SPECIAL:
        window = session(library.practices[id_])
        window.resize(1100, 1000)
        QApplication.processEvents()
        for text in window.props.prop.findChildren(QLabel):
            if text.isVisible() and text.text():
                assert text.height() >= text.heightForWidth(text.width()), text.text()
        window.close()


def test_beside_a_pacer_the_prop_takes_its_place_and_gives_it_back(session):
    made = practice(breathing(FOUR_SIX, 2), replace(quiet(30_000, "Look."), prop=Kind.TIMER), breathing(FOUR_SIX, 2))
    window = session(made, after_ms=1_000)
    window.runner.toggle_pause()
    assert (window.pacer.isVisible(), window.props.isVisible()) == (False, True)
    place = window.props.geometry()
    window.draw_as("wave", reduced_motion=True)
    assert not window.pacer.isVisible()
    for by in (-1, 2):
        window.runner.skip(by)
        QApplication.processEvents()
        assert (window.pacer.isVisible(), window.props.isVisible()) == (True, False)
        assert window.pacer.geometry() == place


def test_space_pauses_unless_a_control_of_the_prop_has_the_focus(qtbot, library, session):
    window = session(library.practices["colour-hunt"])
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.runner.state.status == "paused"
    qtbot.keyClick(window, Qt.Key.Key_Space)
    prop = window.props.prop
    before = prop.hunted
    prop._another.setFocus()
    qtbot.keyClick(prop._another, Qt.Key.Key_Space)
    assert window.runner.state.status == "playing"
    assert prop.hunted != before


def test_tab_leads_into_the_prop_before_the_buttons_of_the_session(qtbot, library, session):
    window = session(library.practices["colour-hunt"])
    seen = []
    for _press in range(12):
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    prop = window.props.prop
    assert prop._instead in seen
    assert prop._another in seen
    assert window._pause in seen
    assert seen.index(prop._another) < seen.index(window._pause)


def test_when_the_step_is_over_the_focus_goes_to_no_button(qtbot, library, session):
    window = session(library.practices["colour-hunt"])
    window.props.prop._another.setFocus()
    qtbot.keyClick(window.props.prop._another, Qt.Key.Key_Right)
    QApplication.processEvents()
    assert window.props.prop is None
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Space)
    assert window.runner.state.status == "paused"


def test_covered_or_paused_a_prop_draws_nothing(library, session):
    window = session(library.practices["hallway-lap"])
    painted = []
    prop = window.props.prop
    prop.update = lambda: painted.append(window.clock.ms)
    for covered in (True, False):
        window.set_covered(covered)
        painted.clear()
        for _ in range(20):
            window.clock.ms += 1_000
            window._on_beat_timeout()
        assert bool(painted) is not covered
        assert len(painted) <= 20
    window.runner.toggle_pause()
    painted.clear()
    assert not window._beat.isActive()
    window._on_beat_timeout()
    assert painted == []


def test_what_was_drawn_is_there_again_when_one_goes_back(qtbot, library, session):
    window = session(library.practices["one-minute-doodle"])
    draw(qtbot, window.props.prop.paper, (40, 40), (90, 60))
    for by in (1, -1):
        window.runner.skip(by)
        QApplication.processEvents()
    assert len(window.props.prop.paper.strokes) == 1


def test_a_changed_setting_is_told(qtbot, library, session):
    window = session(library.practices["colour-hunt"])
    told = []
    window.props.setting_changed.connect(lambda name, value: told.append((name, value)))
    qtbot.mouseClick(window.props.prop._instead, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    assert told == [("shapes", True)]
    window.props.show_given(given(settings={"shapes": True}))
    assert told == [("shapes", True)]


# Colour.


def test_the_colours_can_be_told_apart_and_none_is_red():
    hues = [QColor(each.colour).hue() for each in colour.COLOURS]
    assert len(colour.COLOURS) == len(colour.SHAPES) == 6
    assert all(20 < hue < 340 for hue in hues)
    assert "red" not in {each.name for each in colour.COLOURS}


@pytest.mark.parametrize("shapes", [False, True])
def test_another_one_is_never_the_same_twice_in_a_row_and_all_come(qtbot, prop, shapes):
    shown = prop(Kind.COLOUR, settings={"shapes": shapes})
    seen = [shown.hunted]
    for _ in range(120):
        shown._another.click()
        seen.append(shown.hunted)
        assert shown._name.text() == shown._shape.accessibleName() == seen[-1].name
    assert all(one != other for one, other in pairwise(seen))
    assert set(seen) == set(colour.SHAPES if shapes else colour.COLOURS)


def test_every_shape_has_an_outline_of_its_own(qapp):
    boxes = [colour.outline(each.name, QPointF(100, 100), 50).elementCount() for each in colour.SHAPES]
    assert len(set(boxes)) >= 5
    for each in colour.SHAPES:
        box = colour.outline(each.name, QPointF(100, 100), 50).boundingRect()
        assert 40 < box.center().x() < 160
        assert box.width() > 60


def test_the_name_is_said_in_french(prop, lang):
    shown = prop(Kind.COLOUR)
    assert shown._name.text()
    assert {each.name for each in colour.COLOURS} >= {"green", "blue"}


def test_the_bar_follows_the_step(prop):
    shown = prop(Kind.COLOUR)
    for at, share in ((10_000, 0.0), (30_000, 0.5), (50_000, 1.0), (60_000, 1.0)):
        shown.show_time(at, 10_000, 50_000)
        assert shown._bar._px == pytest.approx(shown._bar.width() * share, abs=1)


def test_by_chance_but_not_that_one():
    assert {another("abc", "a") for _ in range(60)} == {"b", "c"}
    assert another("a", "a") == "a"
    with pytest.raises(IndexError):
        another("", "")


# Canvas.


def draw(qtbot, paper, *points):
    qtbot.mousePress(paper, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
    for point in points[1:]:
        qtbot.mouseMove(paper, QPoint(*point))
        QApplication.processEvents()
    qtbot.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


def test_a_line_is_drawn_undone_and_cleared(qtbot, prop, theme):
    shown = prop(Kind.CANVAS)
    empty = shown.paper.grab().toImage()
    draw(qtbot, shown.paper, (40, 40), (90, 60), (140, 50))
    draw(qtbot, shown.paper, (40, 140), (90, 160))
    assert len(shown.paper.strokes) == 2
    both = shown.paper.grab().toImage()
    assert both != empty
    shown._undo.click()
    assert len(shown.paper.strokes) == 1
    assert shown.paper.grab().toImage() not in (both, empty)
    shown._clear.click()
    assert shown.paper.grab().toImage() == empty
    # A sheet cleared by mistake comes back.
    shown._undo.click()
    assert len(shown.paper.strokes) == 1


def test_what_is_drawn_bit_by_bit_is_what_is_drawn_anew(qtbot, prop):
    shown = prop(Kind.CANVAS)
    shown.paper.repaint()
    draw(qtbot, shown.paper, (40, 40), (90, 60), (140, 50), (160, 160), (90, 200))
    before = shown.paper.grab().toImage()
    shown.paper.redraw()
    assert shown.paper.grab().toImage() == before


def test_each_ink_is_another_colour_on_either_paper(qtbot, prop, theme):
    shown = prop(Kind.CANVAS)
    for ink in shown._group.buttons():
        ink.click()
        assert shown.paper.ink == ink._name
    assert len({inks[1:] for inks in canvas.INKS.values()}) == 5


def test_a_pen_draws_wider_the_harder_it_is_pressed(prop, qapp):
    paper = prop(Kind.CANVAS).paper
    pen = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip

    def touch(kind, x, pressure):
        at = QPointF(x, 60)
        event = QTabletEvent(
            kind, pen, at, at, pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier,
            Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        paper.tabletEvent(event)
        return event

    assert touch(QEvent.Type.TabletPress, 40, 0.1).isAccepted()
    touch(QEvent.Type.TabletMove, 60, 0.5)
    touch(QEvent.Type.TabletMove, 80, 1.0)
    touch(QEvent.Type.TabletRelease, 80, 0.0)
    touch(QEvent.Type.TabletMove, 120, 1.0)
    (stroke,) = paper.strokes
    widths = [wide for _, wide in stroke.points]
    # The last point twice: there the line ends.
    assert len(widths) == 4
    assert widths == sorted(widths)
    assert widths[-1] == pytest.approx(canvas.PRESSED_PX[1])


def test_a_copy_is_kept_only_when_asked_for(qtbot, prop, tmp_path):
    shown = prop(Kind.CANVAS)
    draw(qtbot, shown.paper, (40, 40), (90, 60), (140, 50))
    shown._keep.click()
    dialog = shown.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "mine.png"))
    dialog.close()
    kept = QImage(str(tmp_path / "mine.png"))
    assert kept.size() == shown.paper.size() * 2
    assert shown._note.text() == "Kept as mine.png."
    assert [path.name for path in tmp_path.iterdir()] == ["mine.png"]


def test_a_place_that_takes_no_picture_is_told(prop, tmp_path):
    shown = prop(Kind.CANVAS)
    shown._on_dialog_file_selected(str(tmp_path / "nowhere" / "mine.png"))
    assert shown._note.text() == "That place did not take the picture. Perhaps another folder?"


# Picture.


def test_our_pictures_are_light_and_can_be_read():
    for each in picture.PICTURES:
        path = bundled("assets") / "pictures" / each.file
        assert path.stat().st_size < 300_000
        assert not read_picture(path).isNull()
    assert {path.name for path in (bundled("assets") / "pictures").iterdir()} == {p.file for p in picture.PICTURES}


def test_another_picture_comes_with_its_words(qtbot, prop, lang):
    shown = prop(Kind.PICTURE)
    (more,) = shown.findChildren(QAbstractButton)
    for _ in range(10):
        before = shown.shown
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
        assert shown.shown != before
        assert len(shown.frame.accessibleName()) > 20


def test_a_picture_fills_its_place_but_for_the_corners(prop, theme):
    shown = prop(Kind.PICTURE)
    frame = shown.frame.grab().toImage()
    ground = frame.pixelColor(0, 0)
    edges = [(frame.width() // 2, 1), (1, frame.height() // 2), (frame.width() - 2, frame.height() // 2)]
    assert all(frame.pixelColor(*at) != ground for at in edges)


# Today.


@pytest.mark.parametrize(
    ("locale", "texts"),
    [
        ("en_CA", ("Sunday", "November 22, 2026", "12:00 p.m.")),
        ("fr_CA", ("Dimanche", "22 novembre 2026", "12 h 00")),
        ("fr_FR", ("Dimanche", "22 novembre 2026", "12:00")),
        ("en_GB", ("Sunday", "22 November 2026", "12:00")),
    ],
)
def test_date_and_time_are_written_as_they_are_there(locale, texts):
    found = tuple(text.replace("\u202f", " ").replace("\xa0", " ") for text in now_texts(NOON, QLocale(locale)))
    assert found == texts


def test_the_minute_changes_while_it_is_on_the_screen(prop):
    now = [NOON]
    shown = prop(Kind.TODAY, now=lambda: now[0])
    before = shown._lines[2].text()
    assert 29_000 < shown._minute.remainingTime() <= 30_050
    now[0] = NOON.replace(minute=1, second=0)
    shown._minute.timeout.emit()
    assert shown._lines[2].text() != before
    shown.hide()
    assert not shown._minute.isActive()


def test_today_speaks_the_language_of_now(prop):
    shown = prop(Kind.TODAY)
    use_language("fr")
    try:
        shown.show_given(given())
        assert shown._lines[0].text() == "Dimanche"
    finally:
        use_language("en")


# Feelings.


def test_feelings_are_there_in_both_languages_the_one_spoken_first(prop, lang):
    shown = prop(Kind.FEELINGS)
    assert len(FEELINGS) == len(shown.chips) == 24
    assert [chip._words[0] for chip in shown.chips] == [words[lang] for words in FEELINGS]
    assert all(set(chip._words) == set(words.values()) for chip, words in zip(shown.chips, FEELINGS, strict=True))


def test_a_feeling_is_marked_by_mouse_and_by_keyboard_and_told_to_nobody(qtbot, prop):
    shown = prop(Kind.FEELINGS)
    first, second, last = shown.chips[0], shown.chips[1], shown.chips[-1]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert shown.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Space)
    qtbot.keyClick(second, Qt.Key.Key_Up)
    qtbot.keyClick(first, Qt.Key.Key_Up)
    assert shown.focusWidget() is last
    assert [chip.isChecked() for chip in shown.chips] == [True, True, *[False] * 22]
    assert [chip for chip in shown.chips if chip.focusPolicy() & Qt.FocusPolicy.TabFocus] == [last]
    assert shown.told == []


def test_all_feelings_are_seen_at_once(library, session, lang):
    window = session(library.practices["name-it-softly"])
    prop = window.props.prop
    view = prop._scroll.viewport()
    assert all(view.rect().contains(chip.geometry()) for chip in prop.chips)


# Timer.


def test_the_timer_says_what_is_left_in_words_and_seldom(prop, lang):
    shown = prop(Kind.TIMER)
    said: list[tuple[int, str]] = []
    for ms in range(0, 200_000, 1_000):
        shown.show_time(ms, 0, 200_000)
        if not said or said[-1][1] != shown.accessibleName():
            said.append((ms, shown.accessibleName()))
    assert len(said) == 4
    assert all(b - a >= 30_000 for (a, _), (b, _) in pairwise(said))
    assert not any(letter.isdigit() for _, text in said for letter in text)


@pytest.mark.parametrize(
    ("ms", "text"), [(20_000, 0), (29_999, 0), (30_000, 1), (89_000, 1), (120_000, 2), (300_000, 5), (900_000, 6)]
)
def test_what_is_left_is_rounded_to_minutes(ms, text):
    assert timer.left_text(ms) == timer.LEFT[text]


def test_the_timer_follows_one_more_minute(session):
    window = session(with_prop(Kind.TIMER), after_ms=20_000)
    prop = window.props.prop
    assert prop._share == pytest.approx(0.5, abs=0.02)
    window.runner.one_more_minute()
    assert prop._share == pytest.approx(0.2, abs=0.02)


# A song.


def test_without_a_song_ones_own_player_does_as_well(prop):
    shown = prop(Kind.OWN_SONG)
    assert shown._about.text() == "No song is chosen. Your own player does as well."
    assert not shown._without.isVisible()


@pytest.mark.parametrize("flaw", ["missing", "empty", "not-audio"])
def test_a_song_that_can_not_be_played_is_told_in_a_sentence(prop, flaw):
    shown = prop(Kind.OWN_SONG, settings={"song": "/music/La mer.flac"}, song_flaw=flaw)
    assert shown._name.text() == "La mer"
    assert shown._about.text().startswith(("This", "There"))


def test_a_song_is_chosen_and_taken_away(qtbot, prop):
    shown = prop(Kind.OWN_SONG)
    qtbot.mouseClick(shown._choose, Qt.MouseButton.LeftButton)
    dialog = shown.findChild(QFileDialog)
    dialog.fileSelected.emit("/music/La mer.flac")
    dialog.close()
    shown.show_given(given(settings={"song": "/music/La mer.flac"}))
    assert shown._about.text() == "It plays here, softly, as long as this step lasts."
    qtbot.mouseClick(shown._without, Qt.MouseButton.LeftButton)
    assert shown.told == [("song", "/music/La mer.flac"), ("song", "")]


def test_discreet_nothing_is_played(prop):
    shown = prop(Kind.OWN_SONG, settings={"song": "/music/La mer.flac"}, audible=False)
    assert "discreet" in shown._about.text()


# Pictures of one's own.


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "laugh"
    folder.mkdir()
    return folder


def portrait(path, size=(60, 30), orientation=None):
    """A picture, black on the left and white on the right; ``orientation`` as EXIF numbers it."""
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    image.save(path, exif=exif)


def test_no_folder_yet_is_told_and_one_can_be_chosen(qtbot, prop, folder):
    shown = prop(Kind.OWN_PICTURES)
    assert "one at a time" in shown.note.text()
    assert not shown._another.isVisible()
    qtbot.mouseClick(shown._choose, Qt.MouseButton.LeftButton)
    dialog = shown.findChild(QFileDialog)
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    assert shown.told == [("pictures", str(folder))]
    shown.show_given(given(settings={"pictures": str(folder)}))
    assert shown.note.text() == "There is no picture and no note in this folder yet."


def test_a_folder_that_is_gone_is_told(prop, folder):
    shown = prop(Kind.OWN_PICTURES, settings={"pictures": str(folder / "gone")})
    assert "is not there just now" in shown.note.text()


def test_one_thing_is_shown_and_another_only_on_a_click(qtbot, prop, folder):
    portrait(folder / "one.png")
    (folder / "two.txt").write_text("A cat walks into a bar.\n", encoding="utf-8")
    shown = prop(Kind.OWN_PICTURES, settings={"pictures": str(folder)})
    before = shown.shown
    for ms in range(0, 60_000, 1_000):
        shown.show_time(ms, 0, 60_000)
    assert shown.shown == before
    for _ in range(6):
        before = shown.shown
        qtbot.mouseClick(shown._another, Qt.MouseButton.LeftButton)
        assert shown.shown != before
    seen = {shown.shown.name, before.name}
    assert seen == {"one.png", "two.txt"}
    assert shown.note.text() in ("A cat walks into a bar.", "")


def test_a_picture_is_turned_as_the_camera_was_held(folder):
    portrait(folder / "turned.jpg", orientation=6)
    seen = read_picture(folder / "turned.jpg")
    assert (seen.width(), seen.height()) == (30, 60)
    assert seen.pixelColor(15, 5).lightness() < 60 < 200 < seen.pixelColor(15, 55).lightness()


def test_a_large_picture_is_decoded_small_and_a_huge_one_is_passed_over(folder):
    portrait(folder / "large.jpg", (6_000, 4_000), orientation=6)
    seen = read_picture(folder / "large.jpg")
    assert max(seen.width(), seen.height()) == LARGEST_PX
    assert seen.width() < seen.height()
    # A header that promises two gigapixels.
    portrait(folder / "bomb.png", (30, 30))
    data = bytearray((folder / "bomb.png").read_bytes())
    data[16:24] = (50_000).to_bytes(4, "big") * 2
    (folder / "bomb.png").write_bytes(data)
    assert read_picture(folder / "bomb.png").isNull()


def test_what_can_not_be_shown_is_passed_over_with_a_word(prop, folder):
    (folder / "broken.png").write_bytes(b"\x89PNG but no more than that")
    shown = prop(Kind.OWN_PICTURES, settings={"pictures": str(folder)})
    assert shown.note.text() == "None of the files in this folder could be shown."
    portrait(folder / "fine.png")
    for _ in range(30):
        shown._another.click()
        assert shown.shown.name == "fine.png"
    assert shown.about.text() in ("", "broken.png could not be shown, so here is another one.")


def test_nothing_outside_the_folder_is_opened(folder, tmp_path):
    portrait(tmp_path / "private.png")
    portrait(folder / "own.png")
    (folder / "link.png").symlink_to(tmp_path / "private.png")
    (folder / "inside.png").symlink_to(folder / "own.png")
    (folder / "round.png").symlink_to(folder / "round.png")
    (folder / "folder.png").mkdir()
    (folder / "notes.pdf").write_bytes(b"%PDF")
    (folder / ".hidden.png").write_bytes(b"")
    os.mkfifo(folder / "pipe.txt")
    assert files_of(folder) == [folder / "own.png", folder / "own.png"]
    assert files_of(folder / "own.png") is None


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Déjà vu\r\n".encode(), "Déjà vu"),
        (b"\xef\xbb\xbfDone.", "Done."),
        ("Déjà".encode("cp1252"), "Déjà"),
        (b"a\x00\x1b[31mb", "a[31mb"),
        (b"", ""),
        (("é" * 6_000).encode()[1:], None),
        (b"x" + ("é" * 6_000).encode(), "x" + "é" * 4_095),
    ],
)
def test_a_note_is_read_whoever_wrote_it(folder, data, text):
    (folder / "note.txt").write_bytes(data)
    found = read_note(folder / "note.txt")
    assert len(found) <= own_pictures.LONGEST_NOTE
    if text is not None:
        assert found == text


def test_a_note_that_can_not_be_read_is_none(folder):
    assert read_note(folder / "nowhere.txt") == ""


def moving(path):
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("#336699", "#996633", "#339966")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=200, loop=0)


@pytest.mark.parametrize("reduced", [False, True])
def test_a_picture_moves_only_where_motion_is_welcome_and_while_it_is_seen(prop, folder, reduced):
    moving(folder / "wave.gif")
    shown = prop(Kind.OWN_PICTURES, settings={"pictures": str(folder)}, reduced_motion=reduced)
    states = []
    for running in (False, True, False):
        shown.set_running(running)
        states.append(shown._movie.state() is shown._movie.MovieState.Running)
    assert states == [False, not reduced, False]
    shown.set_running(True)
    shown.show_given(given(settings={"pictures": str(folder)}, reduced_motion=True))
    assert shown._movie.state() is not shown._movie.MovieState.Running


# The checklist.


def typed(qtbot, prop, text):
    prop.new.setFocus()
    qtbot.keyClicks(prop.new, text)
    qtbot.keyClick(prop.new, Qt.Key.Key_Return)


def test_an_empty_list_suggests_and_is_written_in_place(qtbot, prop):
    shown = prop(Kind.CHECKLIST)
    assert {text.text().strip("· ") for text in shown.findChildren(QLabel)} == {"Lamp", "Door", "Phone on its own"}
    assert shown.ticks == []
    qtbot.mouseClick(shown._change, Qt.MouseButton.LeftButton)
    typed(qtbot, shown, "Window")
    typed(qtbot, shown, "Key & coat")
    assert shown.told[-1] == ("checklist", ("Window", "Key & coat"))
    qtbot.mouseClick(shown._change, Qt.MouseButton.LeftButton)
    assert [tick.accessibleName() for tick in shown.ticks] == ["Window", "Key & coat"]
    qtbot.keyClick(shown.ticks[0], Qt.Key.Key_Space)
    assert shown.ticks[0].isChecked()
    assert len(shown.told) == 2


@pytest.fixture
def edited(qtbot, prop):
    shown = prop(Kind.CHECKLIST, settings={"checklist": ("One", "Two", "Three")})
    qtbot.mouseClick(shown._change, Qt.MouseButton.LeftButton)
    return shown


def lines(prop):
    return [row.line.text() for row in prop.rows]


def test_lines_are_moved_by_mouse_and_keyboard(qtbot, edited):
    qtbot.mouseClick(edited.rows[0].down, Qt.MouseButton.LeftButton)
    assert lines(edited) == ["Two", "One", "Three"]
    qtbot.keyClick(edited.rows[2].line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert lines(edited) == ["Two", "Three", "One"]
    qtbot.keyClick(edited.rows[0].line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert edited.told[-1] == ("checklist", ("Two", "Three", "One"))


def test_a_removed_line_can_be_brought_back(qtbot, edited):
    assert not edited._undo.isVisible()
    qtbot.mouseClick(edited.rows[1].remove, Qt.MouseButton.LeftButton)
    assert lines(edited) == ["One", "Three"]
    qtbot.keyClick(edited._undo, Qt.Key.Key_Space)
    assert lines(edited) == ["One", "Two", "Three"]
    assert [value for _, value in edited.told] == [("One", "Three"), ("One", "Two", "Three")]


def test_a_line_that_is_emptied_is_taken_out_and_can_be_brought_back(qtbot, edited):
    edited.rows[0].line.setFocus()
    edited.rows[0].line.clear()
    qtbot.keyClick(edited.rows[0].line, Qt.Key.Key_Return)
    assert lines(edited) == ["Two", "Three"]
    edited._undo.click()
    assert lines(edited) == ["One", "Two", "Three"]


def test_a_line_is_changed_and_kept_when_the_window_goes(qtbot, edited):
    edited.rows[0].line.setFocus()
    qtbot.keyClicks(edited.rows[0].line, " and a half")
    edited.new.setText("Four")
    edited.hide()
    assert edited.told[-1] == ("checklist", ("One and a half", "Two", "Three", "Four"))


def test_a_list_that_changes_elsewhere_does_not_take_the_line_from_under_the_hand(edited):
    rows = edited.rows
    edited.show_given(given(settings={"checklist": ("Other",)}))
    assert edited.rows is rows


def test_a_full_list_takes_no_more(qtbot, prop):
    shown = prop(Kind.CHECKLIST, settings={"checklist": tuple(f"Line {n}" for n in range(20))})
    shown._change.click()
    assert shown.new is None
    shown.rows[3].remove.click()
    assert shown.new is not None


def test_letters_and_arrows_belong_to_the_line_and_esc_only_leaves_it(qtbot, library, session):
    window = session(library.practices["leave-work-at-work"])
    prop = window.props.prop
    step = window.runner.pose.step
    prop._change.click()
    QApplication.processEvents()
    for key in (Qt.Key.Key_E, Qt.Key.Key_M, Qt.Key.Key_Space, Qt.Key.Key_Plus, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(prop.new, key)
    assert prop.new.text() == "em +"
    assert window.runner.pose.step == step
    assert window.runner.state.status == "playing"
    qtbot.keyClick(prop.new, Qt.Key.Key_Escape)
    assert window.running
    assert window.focusWidget() is prop._change
    qtbot.keyClick(prop._change, Qt.Key.Key_Escape)
    assert not window.running
