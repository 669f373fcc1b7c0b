"""The practice editor: by keyboard alone, by hand, undone and done again, refused, advised, saved and set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from calmtray.desktop.paths import bundled, user_paths
from calmtray.own_drafts import Drafts, Kept
from calmtray.own_practices import OwnPractices, takes_of
from calmtray.practice import moves
from calmtray.practice.draft import Draft, copy_of, draft_of, fresh
from calmtray.practice.format import parse
from calmtray.practice.library import Library, check, load, read_shared
from calmtray.practice.lint import lint
from calmtray.practice.model import Overrule, Phase, Practice, Prop, Rule
from calmtray.practice.writing import to_toml
from calmtray.settings.model import Settings
from calmtray.sound.device import NoDevice
from calmtray.sound.recordings import check_recordings
from calmtray.ui.editor import recorder as recorder_module
from calmtray.ui.editor.desk import EditorDesk
from calmtray.ui.editor.undo_notice import UndoNotice
from calmtray.ui.pages.practices import PracticesPage
from calmtray.ui.practice_editor import PracticeEditor
from calmtray.ui.theme import apply_theme
from tests.making import breathing, practice, quiet

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton
BUNDLED = bundled("practices")
SHARED = read_shared(BUNDLED)


class House:
    """A user's folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "practices"
        self.aside = self.folder / ".set-aside"
        self.own = OwnPractices(self.folder)
        self.drafts = Drafts(folder / "drafts", self.aside)

    def library(self) -> Library:
        return load(BUNDLED, self.folder)

    def wrong(self) -> list[str]:
        """What ``calmtray check`` would say."""
        files = sorted(path for path in self.files() if path.suffix == ".toml")
        checked = check(files, BUNDLED, lambda made, file: [*lint(made), *check_recordings(made, file)])
        assert files
        return [problem.code for problem in (*checked.mistakes, *checked.advice)]

    def files(self) -> dict[Path, bytes]:
        """What is in the folder itself."""
        return {path: path.read_bytes() for path in self.folder.iterdir() if not path.name.startswith(".")}

    def left(self) -> tuple[Kept, ...]:
        """What another calmtray would find unfinished."""
        return Drafts(self.drafts._folder, self.aside).left(lambda: SHARED.patterns)

    def keep(self, made: Practice) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{made.id}.toml"
        file.write_text("# by hand\n" + to_toml(made), encoding="utf-8")
        return file


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


Make = Callable[..., PracticeEditor]


@pytest.fixture
def make(qtbot: QtBot, house: House) -> Iterator[Make]:
    """Opens editors, and lets go of them without a question."""
    made: list[PracticeEditor] = []

    def open_(draft: Draft | None = None, file: Path | None = None, holds: bool = False) -> PracticeEditor:
        taken = lambda: house.own.names().union(house.library().practices)  # noqa: E731
        editor = PracticeEditor(
            draft or fresh("en"),
            file,
            SHARED,
            taken,
            house.own.save,
            lambda: 0.0,
            "circle",
            False,
            holds,
            house.drafts.workshop(),
        )
        qtbot.addWidget(editor)
        with qtbot.waitActive(editor):
            editor.come_forward()
        made.append(editor)
        return editor

    yield open_
    for editor in made:
        editor.put_by()


def type_into(qtbot: QtBot, text: str, editor: QWidget) -> None:
    focused = editor.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


def press(qtbot: QtBot, editor: QWidget, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(editor.focusWidget(), key, modifier)


def tab_to(qtbot: QtBot, editor: PracticeEditor, wanted: QWidget) -> None:
    """Press Tab until the keyboard is there; never more often than there are things to reach."""
    for _ in range(80):
        if editor.focusWidget() is wanted:
            return
        press(qtbot, editor, Qt.Key.Key_Tab)
    raise AssertionError(f"{wanted.accessibleName()} is not reached by Tab")


def lines(editor: PracticeEditor) -> list[str]:
    return [editor.steps.item(index).text() for index in range(editor.steps.count())]


def said(editor: PracticeEditor) -> list[str]:
    return [step.say.get("en", "") for step in editor.draft.practice.steps]


def seen(window: QWidget) -> str:
    return "\n".join(text.text() for text in window.findChildren(QLabel) if text.isVisibleTo(window))


def test_a_practice_is_made_from_scratch_by_the_keyboard_alone(qtbot, house, make):
    editor = make()
    assert editor.focusWidget() is editor.about.title.texts["en"]
    type_into(qtbot, "Three windows", editor)
    tab_to(qtbot, editor, editor.step.words.texts["en"])
    type_into(qtbot, "You might look for a window.", editor)
    press(qtbot, editor, Qt.Key.Key_N, CTRL | SHIFT)
    type_into(qtbot, "Perhaps a second one.", editor)
    press(qtbot, editor, Qt.Key.Key_N, CTRL | SHIFT)
    type_into(qtbot, "Last part. This room.", editor)
    press(qtbot, editor, Qt.Key.Key_Up, ALT)
    assert said(editor) == ["You might look for a window.", "Last part. This room.", "Perhaps a second one."]
    press(qtbot, editor, Qt.Key.Key_Down, ALT)
    assert said(editor)[1:] == ["Perhaps a second one.", "Last part. This room."]
    tab_to(qtbot, editor, editor.step.seconds)
    press(qtbot, editor, Qt.Key.Key_Up)
    assert editor.draft.practice.steps[2].ms == 35_000
    press(qtbot, editor, Qt.Key.Key_S, CTRL)
    assert house.wrong() == []
    made = house.library().practices["three-windows"]
    assert [step.ms for step in made.steps] == [30_000, 30_000, 35_000]
    assert made.languages == ("en",)
    assert not editor.unsaved
    press(qtbot, editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_a_step_taken_out_comes_back_with_its_words_and_its_place(qtbot, make):
    editor = make(draft_of(practice(quiet(20_000, "one"), quiet(20_000, "two"), quiet(20_000, "three"))))
    editor.steps.setCurrentRow(1)
    editor.steps.setFocus()
    press(qtbot, editor, Qt.Key.Key_Delete)
    assert said(editor) == ["one", "three"]
    assert "Step 2 is taken out" in seen(editor)
    press(qtbot, editor, Qt.Key.Key_Z, CTRL)
    assert said(editor) == ["one", "two", "three"]
    assert (editor.steps.currentRow(), editor.step.words.texts["en"].toPlainText()) == (1, "two")
    press(qtbot, editor, Qt.Key.Key_Z, CTRL | SHIFT)
    assert said(editor) == ["one", "three"]
    assert editor.unsaved


def test_typing_is_undone_by_the_word_in_whatever_field_the_keyboard_is(qtbot, make):
    editor = make()
    type_into(qtbot, "Two words", editor)
    press(qtbot, editor, Qt.Key.Key_Z, CTRL)
    assert editor.about.title.texts["en"].toPlainText() == "Two "
    editor.step.seconds.setFocus()
    press(qtbot, editor, Qt.Key.Key_Z, CTRL)
    assert editor.about.title.texts["en"].toPlainText() == "Two"
    qtbot.mouseClick(editor.undo, LEFT)
    assert editor.about.title.texts["en"].toPlainText() == ""
    assert not editor.undo.isEnabled()
    assert not editor.unsaved
    qtbot.mouseClick(editor.redo, LEFT)
    assert editor.about.title.texts["en"].toPlainText() == "Two"


@pytest.mark.parametrize(("at", "to", "expected"), [(0, 2, ["two", "three", "one"]), (2, 0, ["three", "one", "two"])])
def test_a_step_is_dropped_in_its_place(make, at, to, expected):
    editor = make(draft_of(practice(quiet(20_000, "one"), quiet(20_000, "two"), quiet(20_000, "three"))))
    listed = editor.steps
    listed.setCurrentRow(at)
    line = listed.visualItemRect(listed.item(to))
    listed.drop_at(QPoint(line.center().x(), line.bottom() - 1 if to > at else line.top() + 1))
    assert said(editor) == expected
    assert listed.currentRow() == to
    assert [text.partition(": ")[2] for text in lines(editor)] == expected


def test_what_is_wanted_is_said_gently_and_at_its_field_once_somebody_saves(qtbot, house, make):
    editor = make(fresh("en"))
    editor.about.languages.setCurrentIndex(0)
    editor.about.languages.activated.emit(0)
    assert editor.draft.practice.languages == ("en", "fr")
    assert "Still wanted before it can be saved: title." in seen(editor)
    assert editor.about.named["title"].mistake == ""
    editor.about.title.texts["en"].setFocus()
    type_into(qtbot, "Windows", editor)
    editor.step.words.texts["en"].setFocus()
    type_into(qtbot, "Look.", editor)
    qtbot.mouseClick(editor.keep, LEFT)
    assert not house.folder.exists()
    assert "Français" in editor.about.named["title"].mistake
    assert "Français" in editor.step.named["say"].mistake
    assert "something is wanted here" in lines(editor)[0]
    assert editor.about.title.isAncestorOf(editor.focusWidget())
    for field, text in ((editor.about.title, "Fenêtres"), (editor.step.words, "Regardez.")):
        field.texts["fr"].setPlainText(text)
    assert editor.about.named["title"].mistake == editor.step.named["say"].mistake == ""
    qtbot.mouseClick(editor.keep, LEFT)
    assert house.wrong() == []
    assert house.library().practices["windows"].title == {"en": "Windows", "fr": "Fenêtres"}


def test_too_short_a_practice_and_nothing_to_choose_from_are_said(qtbot, make):
    editor = make(draft_of(practice(quiet(5_000, "one"), needs=())))
    qtbot.mouseClick(editor.keep, LEFT)
    assert editor.about.named["needs"].mistake == "Choose one at least."
    editor.about.needs.ticks["numb"].click()
    assert "shorter than 20 s" in editor.step.named["say"].mistake
    editor.step.seconds.setValue(25)
    assert editor.step.named["say"].mistake == ""


def test_long_holds_come_four_times_at_most(qtbot, house, make):
    held = breathing(SHARED.patterns["four_seven_eight"], 4)
    made = practice(
        quiet(20_000, "Look."), held, quiet(20_000, "And around."), inward=1, caution={"en": "Small, dizzy: stop."}
    )
    editor = make(draft_of(made), holds=True)
    editor.steps.setCurrentRow(1)
    editor.step.breath.rounds.setFocus()
    press(qtbot, editor, Qt.Key.Key_Up)
    assert editor.draft.practice.steps[1].rounds == 5
    assert editor.wanted.text() == "Still wanted before it can be saved: step 2."
    qtbot.mouseClick(editor.keep, LEFT)
    assert editor.step.named["breathe"].mistake.startswith("A hold of more than 4 s comes 4 times at most")
    assert editor.focusWidget() is editor.step.breath.rounds
    assert not house.folder.exists()
    press(qtbot, editor, Qt.Key.Key_Down)
    assert (editor.step.named["breathe"].mistake, editor.wanted.text()) == ("", "")


def test_advice_is_taken_or_overruled_with_a_reason_that_the_file_keeps(qtbot, house, make):
    editor = make(draft_of(practice(quiet(60_000, "You must look around."))))
    qtbot.mouseClick(editor.keep, LEFT)
    advice = editor._advice
    assert advice is not None
    assert "must" in seen(advice)
    qtbot.mouseClick(advice.back, LEFT)
    assert not house.folder.exists()
    qtbot.mouseClick(editor.keep, LEFT)
    advice = editor._advice
    assert advice is not None
    qtbot.mouseClick(advice.anyway, LEFT)
    assert "8 letters at least" in seen(advice)
    qtbot.keyClicks(advice.reasons[Rule.PRESSURE], "A line of a song.")
    qtbot.mouseClick(advice.anyway, LEFT)
    assert house.wrong() == []
    assert house.library().practices["made-up"].overrules == (Overrule(Rule.PRESSURE, "A line of a song.", "steps[0]"),)
    # Once the words are others, nothing is overruled any more.
    editor.step.words.texts["en"].setPlainText("You might look around.")
    qtbot.mouseClick(editor.keep, LEFT)
    assert house.wrong() == []
    assert house.library().practices["made-up"].overrules == ()


def test_what_is_overruled_in_one_step_is_still_found_in_another(qtbot, house, make):
    said = "You must look around."
    made = practice(quiet(60_000, said), quiet(60_000, "Here."), quiet(60_000, said), summary={"en": said})
    editor = make(draft_of(made))
    qtbot.mouseClick(editor.keep, LEFT)
    assert editor._advice is not None
    qtbot.keyClicks(editor._advice.reasons[Rule.PRESSURE], "A line of a song.")
    qtbot.mouseClick(editor._advice.anyway, LEFT)
    saved = house.library().practices["made-up"]
    assert [overrule.where for overrule in saved.overrules] == ["summary.en", "steps[0]", "steps[2]"]
    editor.steps.setCurrentRow(1)
    editor.step.words.texts["en"].setPlainText("You should look.")
    qtbot.mouseClick(editor.keep, LEFT)
    assert editor.unsaved
    told = [text for text in seen(editor._advice).splitlines() if "pushes" in text]
    assert len(told) == 1
    assert told[0].startswith("step 2 (English)")


def test_an_own_practice_keeps_its_file_and_what_was_there_is_kept_aside(qtbot, house, make):
    file = house.keep(practice(quiet(60_000, "Look."), id="mine"))
    before = file.read_bytes()
    editor = make(draft_of(house.library().practices["mine"]), file)
    editor.about.title.texts["en"].setPlainText("Another title")
    qtbot.mouseClick(editor.keep, LEFT)
    assert [path.name for path in house.files()] == ["mine.toml"]
    assert house.library().practices["mine"].title == {"en": "Another title"}
    (kept,) = house.aside.rglob("*.toml")
    assert kept.read_bytes() == before
    assert str(kept.parent) in seen(editor)


def test_a_copy_of_every_bundled_practice_is_saved_at_once(qtbot, house, make, library):
    for made in list(library)[::9]:
        editor = make(copy_of(made))
        qtbot.mouseClick(editor.keep, LEFT)
        assert not editor.unsaved, made.id
    assert house.wrong() == []


def test_unsaved_changes_are_asked_about_once(qtbot, house, make):
    def asked(answer: str) -> PracticeEditor:
        editor: PracticeEditor = make()
        editor.about.title.texts["en"].setPlainText("Windows")
        editor.step.words.texts["en"].setPlainText("Look.")
        editor.close()
        leaving = editor._leaving
        assert leaving is not None
        assert leaving.isVisible()
        editor.close()
        assert editor._leaving is leaving
        qtbot.mouseClick(getattr(leaving, answer), LEFT)
        return editor

    assert asked("stay").isVisible()
    assert not asked("discard").isVisible()
    assert not house.folder.exists()
    assert not asked("save").isVisible()
    assert "windows" in house.library().practices


def test_a_folder_that_refuses_is_said_and_nothing_is_lost(qtbot, house, make):
    house.folder.write_text("in the way")
    editor = make(draft_of(practice()))
    editor.about.title.texts["en"].setPlainText("Windows")
    editor._taken = lambda: ()
    qtbot.mouseClick(editor.keep, LEFT)
    assert "can’t be saved" in seen(editor)
    assert editor.unsaved


def test_a_breath_is_chosen_paced_and_made_ones_own(qtbot, make):
    editor = make()
    form = editor.step
    form.kind.setCurrentIndex(1)
    form.kind.activated.emit(1)
    (step,) = editor.draft.practice.steps
    assert step.pattern is not None
    assert step.ms == step.rounds * step.pattern.length_ms
    assert editor.draft.practice.inward == 1
    offered = [form.breath.which.itemData(index) for index in range(form.breath.which.count())]
    assert "slow_4_6" in offered
    assert not {"box_3", "pace_60", "equal_3_3"} & set(offered)
    assert form.breath._pacer.timeline is not None
    last = form.breath.which.count() - 1
    form.breath.which.setCurrentIndex(last)
    form.breath.which.activated.emit(last)
    form.breath.seconds[Phase.REST].stepUp()
    form.breath.seconds[Phase.OUT].setValue(5.5)
    form.breath.rounds.setValue(4)
    (step,) = editor.draft.practice.steps
    assert step.pattern is not None
    assert step.pattern.id is None
    assert [(span.phase.value, span.ms) for span in step.pattern.spans] == [
        ("in", 4_000),
        ("out", 5_500),
        ("rest", 500),
    ]
    assert step.ms == 40_000
    # Half a second is the least: below it there is no rest at all.
    form.breath.seconds[Phase.REST].stepDown()
    assert form.breath.seconds[Phase.REST].text() == "left out"
    assert not form.breath._named[Phase.HOLD].isVisible()
    form.kind.setCurrentIndex(0)
    form.kind.activated.emit(0)
    assert editor.draft.practice.steps[0].ms == 30_000


def test_holds_are_offered_once_they_are_switched_on(qtbot, make):
    editor = make(holds=True)
    editor.step.kind.setCurrentIndex(1)
    editor.step.kind.activated.emit(1)
    assert editor.step.breath.which.findData("box_3") >= 0
    editor.step.breath.which.setCurrentIndex(editor.step.breath.which.count() - 1)
    editor.step.breath.which.activated.emit(editor.step.breath.which.count() - 1)
    assert editor.step.breath._named[Phase.HOLD].isVisible()


def test_the_hint_follows_the_words_and_the_seconds(make):
    editor = make()
    editor.step.seconds.setValue(10)
    editor.step.words.texts["en"].setPlainText("word " * 17)
    assert "About 9 of 10 s spoken: leave some silence." in seen(editor)
    editor.step.seconds.setValue(30)
    assert "About 9 of 30 s spoken." in seen(editor)


def test_a_step_may_stretch_and_its_length_stays_within(make):
    editor = make()
    editor.step.scales.click()
    assert editor.draft.practice.steps[0].scale_ms == (30_000, 60_000)
    editor.step.seconds.setValue(90)
    assert editor.draft.practice.steps[0].scale_ms == (30_000, 90_000)
    editor.step.shortest.setValue(100)
    editor.save()
    assert editor.step.named["scale"].mistake
    editor.step.scales.click()
    assert editor.draft.practice.steps[0].scale_ms is None


def test_a_step_may_be_part_of_a_short_form_that_is_shorter_than_the_whole(make):
    editor = make()
    assert not editor.step.named["short"].isVisibleTo(editor.step)
    editor.step.shortens.click()
    assert editor.draft.practice.steps[0].short_ms == editor.draft.practice.steps[0].ms == 30_000
    editor.step.short.setValue(25)
    assert editor.draft.practice.steps[0].short_ms == 25_000
    assert editor.step.named["short"].isVisibleTo(editor.step)
    editor.step.kind.setCurrentIndex(1)
    editor.step.kind.activated.emit(1)
    assert editor.draft.practice.steps[0].short_ms is None
    assert not editor.step.shortens.isVisibleTo(editor.step)


def test_a_draft_is_tried_as_it_is_and_nothing_is_saved(qtbot, house, make):
    editor = make(draft_of(practice(quiet(60_000, "Look."))))
    with qtbot.waitSignal(editor.tried) as tried:
        qtbot.mouseClick(editor.try_, LEFT)
    made, file = tried.args
    assert made == parse(to_toml(practice(quiet(60_000, "Look."))), {})
    assert file is None
    assert not house.folder.exists()


# Recordings.


def write_tone(path: Path, hz: float) -> bytes:
    sound = np.sin(2 * np.pi * hz * np.arange(48_000) / 48_000) * 0.2
    soundfile.write(path, sound, 48_000, subtype="PCM_16")
    return path.read_bytes()


def test_recordings_follow_their_step_when_it_is_saved_and_come_back_with_undo(qtbot, house, make):
    file = house.keep(practice(quiet(20_000, "one"), quiet(20_000, "two"), id="mine"))
    one = write_tone(house.folder / "mine.1.en.wav", 300)
    two = write_tone(house.folder / "mine.2.wav", 500)
    editor = make(draft_of(house.library().practices["mine"]), file)
    press(qtbot, editor, Qt.Key.Key_Down, ALT)
    with qtbot.waitSignal(editor.tried) as tried:
        qtbot.mouseClick(editor.try_, LEFT)
    assert {at: path.read_bytes() for at, path in takes_of(tried.args[1]).items()} == {(0, ""): two, (1, "en"): one}
    qtbot.mouseClick(editor.keep, LEFT)
    assert {at: path.read_bytes() for at, path in takes_of(file).items()} == {(0, ""): two, (1, "en"): one}
    assert house.wrong() == []
    editor.steps.setCurrentRow(1)
    qtbot.mouseClick(editor.step.recorders["en"].remove, LEFT)
    qtbot.mouseClick(editor.remove, LEFT)
    qtbot.mouseClick(editor.keep, LEFT)
    assert list(takes_of(file)) == [(0, "")]
    press(qtbot, editor, Qt.Key.Key_Z, CTRL)
    press(qtbot, editor, Qt.Key.Key_Z, CTRL)
    qtbot.mouseClick(editor.keep, LEFT)
    assert {at: path.read_bytes() for at, path in takes_of(file).items()} == {(0, ""): two, (1, "en"): one}


def test_where_a_recording_is_gone_nothing_is_changed(house):
    file = house.keep(practice(quiet(20_000, "one"), id="mine"))
    write_tone(house.folder / "mine.1.en.wav", 300)
    before = house.files()
    draft = replace(draft_of(practice(quiet(30_000, "one"), id="mine")), takes={(0, "en"): house.folder / "gone.wav"})
    with pytest.raises(FileNotFoundError):
        house.own.save(draft, file)
    assert house.files() == before


class Hearing:
    """A microphone that a test speaks into."""

    sound: bytes = b""
    closed = Event()
    refused = False

    def __init__(self, take: Callable[[bytes], None]) -> None:
        if Hearing.refused:
            raise NoDevice("no source")
        take(Hearing.sound)

    def close(self) -> None:
        Hearing.closed.set()


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch) -> type[Hearing]:
    monkeypatch.setattr("calmtray.sound.microphone.Microphone", Hearing)
    Hearing.refused, Hearing.closed = False, Event()
    tone = np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000) * 8_000
    Hearing.sound = tone.astype(np.int16).tobytes()
    return Hearing


def test_a_step_is_recorded_and_saved_with_it(qtbot, house, make, microphone):
    editor = make(draft_of(practice(quiet(20_000, "one"))))
    voice = editor.step.recorders["en"]
    assert "computer’s voice" in voice.say.text()
    qtbot.mouseClick(voice.record, LEFT)
    qtbot.waitUntil(lambda: "Recording: 1 s." in voice.say.text())
    assert voice.meter.level > 0.5
    qtbot.mouseClick(voice.stop, LEFT)
    assert microphone.closed.wait(5)
    assert voice.say.text() == "Your recording speaks here."
    qtbot.mouseClick(editor.keep, LEFT)
    (path,) = takes_of(house.folder / "made-up.toml").values()
    assert path.name == "made-up.1.en.wav"
    info = soundfile.info(path)
    assert (info.samplerate, info.channels, info.subtype, info.frames) == (48_000, 1, "PCM_16", 48_000)
    assert house.wrong() == []


def test_a_recording_belongs_to_the_step_it_was_begun_in(qtbot, make, microphone):
    editor = make(draft_of(practice(quiet(20_000, "one"), quiet(20_000, "two"))))
    voice = editor.step.recorders["en"]
    qtbot.mouseClick(voice.record, LEFT)
    qtbot.waitUntil(lambda: "Recording: 1 s." in voice.say.text())
    editor.steps.setCurrentRow(1)
    assert list(editor.draft.takes) == [(0, "en")]
    assert not voice.busy


def test_a_microphone_that_is_refused_or_hears_nothing_is_said(qtbot, make, microphone):
    editor = make(draft_of(practice(quiet(20_000, "one"))))
    voice = editor.step.recorders["en"]
    microphone.refused = True
    qtbot.mouseClick(voice.record, LEFT)
    qtbot.waitUntil(lambda: "No microphone answers" in voice.say.text())
    assert voice.record.isVisible()
    microphone.refused, microphone.sound = False, bytes(48_000)
    qtbot.mouseClick(voice.record, LEFT)
    qtbot.waitUntil(lambda: "Recording:" in voice.say.text())
    qtbot.mouseClick(voice.stop, LEFT)
    assert "Nothing was to be heard" in voice.say.text()
    assert editor.draft.takes == {}


def test_a_recording_ends_after_five_minutes(tmp_path, microphone):
    from calmtray.sound.microphone import Recording

    microphone.sound = bytes(2 * 48_000 * 301)
    recording = Recording(tmp_path / "long.wav")
    recording.start()
    assert recording.done
    recording.stop()
    assert soundfile.info(tmp_path / "long.wav").duration == 300


# The desk.


@pytest.fixture
def windows() -> list[QWidget]:
    """The windows that are open beside the editors: the last of them is told."""
    return []


@pytest.fixture
def desk(qtbot: QtBot, house: House, windows: list[QWidget]) -> Iterator[EditorDesk]:
    made = EditorDesk(
        house.own,
        BUNDLED,
        house.library,
        Settings,
        lambda: False,
        lambda practice, file: "Not just now.",
        house.drafts,
        lambda: windows[-1] if windows else None,
    )
    yield made
    made.close()


def test_a_practice_that_is_deleted_is_put_back_byte_for_byte(qtbot, house, desk):
    file = house.keep(practice(quiet(20_000, "one"), id="mine"))
    write_tone(house.folder / "mine.1.en.wav", 300)
    other = house.keep(practice(quiet(20_000, "one"), id="mine-too"))
    before = house.files()
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    desk.delete("mine", window)
    assert list(house.files()) == [other]
    notice = window.findChild(UndoNotice)
    assert notice is not None
    assert window.focusWidget() is notice.undo
    with qtbot.waitSignal(desk.changed):
        qtbot.mouseClick(notice.undo, LEFT)
    assert house.files() == before
    assert list(house.aside.iterdir()) == []
    assert file in before


def test_what_took_the_place_meanwhile_is_left_alone(qtbot, house, desk):
    file = house.keep(practice(quiet(20_000, "one"), id="mine"))
    window = QWidget()
    qtbot.addWidget(window)
    desk.delete("mine", window)
    file.write_text("another")
    notice = window.findChild(UndoNotice)
    assert notice is not None
    qtbot.mouseClick(notice.undo, LEFT)
    assert file.read_text() == "another"
    assert "can’t be moved" in notice.text.text()
    assert len(list(house.aside.rglob("*.toml"))) == 1


def test_a_bundled_practice_is_never_deleted_and_edited_as_a_copy(qtbot, house, desk):
    window = QWidget()
    qtbot.addWidget(window)
    desk.delete("longer-out-breath", window)
    assert window.findChild(UndoNotice) is None
    desk.edit("longer-out-breath")
    (editor,) = desk.editors
    assert editor.file is None
    assert editor.draft.practice.title["en"] == "A longer way out, my way"


def test_one_practice_is_open_in_one_editor_and_what_cannot_be_tried_is_said(qtbot, house, desk):
    house.keep(practice(quiet(20_000, "one"), id="mine"))
    desk.edit("mine")
    desk.edit("mine")
    (editor,) = desk.editors
    qtbot.mouseClick(editor.try_, LEFT)
    assert "Not just now." in seen(editor)
    desk.new()
    assert len(desk.editors) == 2
    desk.editors[1].about.title.texts["en"].setPlainText("Windows")
    ended: list[bool] = []
    assert not desk.ask_all(lambda: ended.append(True))
    leaving = desk.editors[1]._leaving
    assert leaving is not None
    qtbot.mouseClick(leaving.discard, LEFT)
    assert ended == [True]
    assert desk.ask_all(lambda: None)


# What is not finished.


def undo_in(qtbot: QtBot, window: QWidget) -> None:
    notice = next(each for each in window.findChildren(UndoNotice) if each.isVisible())
    qtbot.mouseClick(notice.undo, LEFT)


def test_what_is_written_is_kept_by_itself_until_it_is_saved(qtbot, house, make):
    editor = make()
    assert house.left() == ()
    editor.about.title.texts["en"].setPlainText("Rain on glass")
    qtbot.waitUntil(lambda: len(house.left()) == 1)
    (kept,) = house.left()
    assert kept.draft == editor.draft
    assert kept.draft.practice.title == {"en": "Rain on glass"}
    qtbot.mouseClick(editor.undo, LEFT)
    qtbot.waitUntil(lambda: house.left() == ())
    editor.about.title.texts["en"].setPlainText("Rain")
    editor.step.words.texts["en"].setPlainText("You might listen.")
    editor.keep_draft()
    assert len(house.left()) == 1
    qtbot.mouseClick(editor.keep, LEFT)
    editor.close()
    assert list(house.drafts._folder.iterdir()) == []


def test_what_calmtray_was_ended_over_is_gone_on_with(qtbot, house, desk, microphone):
    desk.new()
    (editor,) = desk.editors
    editor.about.title.texts["en"].setPlainText("Rain on glass")
    editor.step.words.texts["en"].setPlainText("You might listen.")
    recorder = editor.step.recorders["en"]
    qtbot.mouseClick(recorder.record, LEFT)
    qtbot.waitUntil(lambda: "Recording: 1 s." in recorder.say.text())
    qtbot.mouseClick(recorder.stop, LEFT)
    heard = next(iter(editor.draft.takes.values())).read_bytes()
    desk.close()
    assert desk.editors == []
    (kept,) = house.left()
    desk.go_on(kept)
    (editor,) = desk.editors
    # Nobody else is offered what somebody is at.
    assert house.drafts.left(lambda: SHARED.patterns) == ()
    desk.go_on(kept)
    assert desk.editors == [editor]
    assert editor.unsaved
    assert said(editor) == ["You might listen."]
    qtbot.mouseClick(editor.keep, LEFT)
    assert {place: path.read_bytes() for place, path in takes_of(editor.file).items()} == {(0, "en"): heard}
    editor.close()
    assert house.left() == ()


def test_an_own_practice_is_gone_on_with_where_it_was_left_and_undo_leads_to_what_is_saved(qtbot, house, desk):
    file = house.keep(practice(quiet(60_000, "Look."), id="mine"))
    desk.edit("mine")
    desk.editors[0].about.title.texts["en"].setPlainText("Another title")
    desk.close()
    desk.edit("mine")
    (editor,) = desk.editors
    assert editor.file == file
    assert editor.draft.practice.title["en"] == "Another title"
    qtbot.mouseClick(editor.undo, LEFT)
    assert not editor.unsaved
    editor.about.title.texts["en"].setPlainText("A third title")
    desk.close()
    file.unlink()
    # Without its file it begins anew as one of its own.
    (kept,) = house.left()
    desk.go_on(kept)
    qtbot.mouseClick(desk.editors[0].keep, LEFT)
    assert [path.name for path in house.files()] == ["a-third-title.toml"]


def test_what_is_not_finished_is_thrown_away_and_brought_back(qtbot, house, desk):
    desk.new()
    desk.editors[0].about.title.texts["en"].setPlainText("Rain")
    desk.close()
    (kept,) = house.left()
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    desk.throw_away(kept, window)
    assert house.left() == ()
    assert len(list(house.aside.rglob("draft.toml"))) == 1
    undo_in(qtbot, window)
    assert house.left() == (kept,)


def discard(qtbot: QtBot, desk: EditorDesk) -> None:
    """As somebody does who closes the editor and lets go of what is in it."""
    (editor,) = desk.editors
    qtbot.mouseClick(editor.leave, LEFT)
    assert editor._leaving is not None
    qtbot.mouseClick(editor._leaving.discard, LEFT)
    assert desk.editors == []


def a_window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    return window


def test_what_is_discarded_is_brought_back_into_an_editor(qtbot, house, desk, windows, microphone):
    windows.append(a_window(qtbot))
    desk.new()
    (editor,) = desk.editors
    editor.about.title.texts["en"].setPlainText("Rain")
    editor.step.words.texts["en"].setPlainText("You might listen.")
    recorder = editor.step.recorders["en"]
    qtbot.mouseClick(recorder.record, LEFT)
    qtbot.waitUntil(lambda: "Recording: 1 s." in recorder.say.text())
    qtbot.mouseClick(recorder.stop, LEFT)
    heard = [path.read_bytes() for path in editor.draft.takes.values()]
    discard(qtbot, desk)
    assert house.left() == ()
    assert "What you had not saved is discarded." in seen(windows[0])
    undo_in(qtbot, windows[0])
    (editor,) = desk.editors
    assert editor.unsaved
    assert editor.draft.practice.title == {"en": "Rain"}
    assert said(editor) == ["You might listen."]
    assert [path.read_bytes() for path in editor.draft.takes.values()] == heard
    assert list(house.aside.iterdir()) == []


def test_changes_to_a_practice_are_discarded_and_brought_back(qtbot, house, desk, windows):
    file = house.keep(practice(quiet(60_000, "Look."), id="mine"))
    before = house.files()
    windows.append(a_window(qtbot))
    desk.edit("mine")
    desk.editors[0].about.title.texts["en"].setPlainText("Another title")
    discard(qtbot, desk)
    assert house.files() == before
    undo_in(qtbot, windows[0])
    (editor,) = desk.editors
    assert (editor.file, editor.draft.practice.title["en"]) == (file, "Another title")
    qtbot.mouseClick(editor.undo, LEFT)
    assert not editor.unsaved


def test_what_is_brought_back_beside_an_editor_of_the_same_practice_waits(qtbot, house, desk, windows):
    house.keep(practice(quiet(60_000, "Look."), id="mine"))
    windows.append(a_window(qtbot))
    desk.edit("mine")
    desk.editors[0].about.title.texts["en"].setPlainText("Another title")
    discard(qtbot, desk)
    desk.edit("mine")
    undo_in(qtbot, windows[0])
    (editor,) = desk.editors
    assert not editor.unsaved
    assert [kept.draft.practice.title["en"] for kept in house.left()] == ["Another title"]


def test_where_no_window_is_open_it_is_offered_once_in_the_next(qtbot, house, desk):
    desk.new()
    desk.editors[0].about.title.texts["en"].setPlainText("Rain")
    discard(qtbot, desk)
    window = a_window(qtbot)
    desk.show_discarded(window)
    assert "What you had not saved is discarded." in seen(window)
    another = a_window(qtbot)
    desk.show_discarded(another)
    assert another.findChildren(UndoNotice) == []


@pytest.mark.parametrize("told", [True, False])
def test_what_cannot_be_set_aside_stays_unfinished_and_is_said(qtbot, house, desk, windows, told):
    if told:
        windows.append(a_window(qtbot))
    house.folder.mkdir(exist_ok=True)
    house.aside.write_text("in the way")
    desk.new()
    desk.editors[0].about.title.texts["en"].setPlainText("Rain")
    discard(qtbot, desk)
    assert len(house.left()) == 1
    assert [("can’t be moved" in seen(window)) for window in windows] == [True] * told


def test_what_the_disk_refused_to_keep_is_gone_once_it_is_discarded(qtbot, house, desk, windows):
    windows.append(a_window(qtbot))
    house.drafts._folder.write_text("in the way")
    desk.new()
    desk.editors[0].about.title.texts["en"].setPlainText("Rain")
    discard(qtbot, desk)
    assert windows[0].findChildren(UndoNotice) == []


def test_the_practices_page_offers_what_is_not_finished(qtbot, house, library):
    kept = Kept(house.folder, draft_of(replace(fresh("en").practice, title={"en": "Rain"})))
    page = PracticesPage(library, Settings(), (kept,))
    qtbot.addWidget(page)
    assert "An unfinished practice is kept: “Rain”." in seen(page)
    for name, signal in (("go-on", page.go_on_asked), ("throw-away", page.throw_away_asked)):
        with qtbot.waitSignal(signal) as asked:
            qtbot.mouseClick(page.findChild(QAbstractButton, name), LEFT)
        assert asked.args == [kept]


def test_a_disk_that_refuses_to_keep_it_is_said(house, make):
    house.drafts._folder.write_text("in the way")
    editor = make()
    editor.about.title.texts["en"].setPlainText("Rain")
    editor.keep_draft()
    assert "can’t be kept" in seen(editor)
    assert editor.unsaved


def test_everything_is_set_aside_in_one_place(tmp_path):
    paths = user_paths(tmp_path)
    assert paths.set_aside == paths.practices / moves.SET_ASIDE


def test_nothing_is_written_or_deleted_while_a_pack_is_taken_in(house):
    file = house.keep(practice(quiet(60_000, "Look."), id="mine"))
    before = house.files()
    with moves.alone(house.folder):
        with pytest.raises(OSError, match="a pack is being added"):
            house.own.save(draft_of(practice(quiet(30_000, "Look."), id="mine")), file)
        with pytest.raises(OSError, match="a pack is being added"):
            house.own.delete(file)
    assert house.files() == before


def test_a_step_shows_what_is_chosen_and_nothing_beside_a_breath(make):
    editor = make()
    prop = editor.step.prop
    assert prop.currentData() == ""
    assert {prop.itemData(index) for index in range(1, prop.count())} == set(Prop)
    prop.setCurrentIndex(prop.findData(Prop.CANVAS))
    prop.activated.emit(prop.currentIndex())
    assert editor.draft.practice.steps[0].prop is Prop.CANVAS
    editor.step.kind.chosen.emit("breath")
    (step,) = editor.draft.practice.steps
    assert (step.prop, prop.isVisibleTo(editor)) == (None, False)


def heights(editor: PracticeEditor) -> list[int]:
    title, words = editor.about.title.texts["en"], editor.step.words.texts["en"]
    return [field.height() for field in (title, words, editor.step.kind, editor.step.seconds, editor.steps)]


def test_an_open_editor_follows_another_size_of_text(qapp, make):
    apply_theme(qapp, "light", 100)
    editor = make()
    try:
        before = heights(editor)
        apply_theme(qapp, "light", 200)
        editor.rescale()
        qapp.processEvents()
        assert heights(editor) == heights(make()) != before
    finally:
        apply_theme(qapp, "light", 100)


# For everybody.


def full(library: Library) -> Draft:
    return copy_of(library.practices["longer-out-breath"])


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(qtbot, library, make, lang):
    editor = make(full(library))
    editor.about.open_more()
    editor.steps.setCurrentRow(1)
    for kind in (QAbstractButton, QComboBox, QAbstractSpinBox, QPlainTextEdit):
        for control in editor.findChildren(kind):
            if control.isVisible() and control.focusPolicy() != Qt.FocusPolicy.NoFocus:
                name = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
                assert name.strip(), control
                assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, name


@pytest.mark.usefixtures("large_text")
def test_no_text_is_cut_off_at_twice_its_size(qtbot, library, make, lang):
    editor = make(full(library))
    editor.about.open_more()
    editor.steps.setCurrentRow(1)
    editor.resize(1100, 800)
    cut = []
    for text in editor.findChildren(QLabel):
        if text.isVisible():
            needed = text.heightForWidth(text.width()) if text.wordWrap() else text.sizeHint().height()
            if text.height() < needed or (not text.wordWrap() and text.width() < text.sizeHint().width()):
                cut.append(text.text())
    assert cut == []
    assert editor._page.horizontalScrollBar().maximum() == 0


def test_nothing_of_sound_is_loaded_before_somebody_records():
    assert recorder_module.__dict__.get("Recording") is None


def test_a_practice_that_lost_its_last_step_can_be_given_another(qtbot, make):
    editor = make(replace(fresh("en")))
    qtbot.mouseClick(editor.remove, LEFT)
    assert editor.steps.count() == 0
    assert not editor.step.isEnabled()
    qtbot.mouseClick(editor.keep, LEFT)
    qtbot.mouseClick(editor.add, LEFT)
    assert editor.steps.count() == 1
