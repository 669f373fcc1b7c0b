"""Where somebody writes a practice of their own, without a line of TOML."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractSpinBox, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from calmtray.own_drafts import Workshop
from calmtray.own_practices import Saved, named_takes, takes_of
from calmtray.practice.draft import Draft, add_step, finished, move_step, remove_step, with_step
from calmtray.practice.format import Invalid, parse
from calmtray.practice.library import Shared
from calmtray.practice.lint import lint
from calmtray.practice.model import Overrule, Practice, Step
from calmtray.practice.problem import Problem
from calmtray.practice.writing import to_toml
from calmtray.ui.editor.about_form import AboutForm
from calmtray.ui.editor.breath_form import BreathForm
from calmtray.ui.editor.dialogs import Advice, Leaving
from calmtray.ui.editor.fields import REDO, UNDO, ChoiceField, NumberField, SecondsField, TextField
from calmtray.ui.editor.history import History
from calmtray.ui.editor.step_form import StepForm
from calmtray.ui.editor.step_list import StepList
from calmtray.ui.icons import app_icon
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, centre_on_pointer_screen, label, rescale
from calmtray.ui.theme import SPACE
from calmtray.words.editor_texts import mistake_text, wanted_text
from calmtray.words.language import _, language

NARROW_LETTERS = 92
"""Below this width the list of steps stands above the step."""

WIDEST_LETTERS = 150

SOON_MS, REST_MS = 500, 2000
"""How long after a change it is written down, and how long after that not again."""

Save = Callable[[Draft, Path | None], Saved]


class PracticeEditor(QWidget):
    """``file``: the practice's own file, None for a new one. ``taken``: the ids that a new one can't have.

    ``save`` writes a finished draft and raises OSError. Until then recordings are made in the ``workshop``, and the
    draft is written down there whenever it changes. ``kept``: how far it was there already, to be gone on with.
    Closed, it is ``discarded`` where somebody let go of what was not saved; it then lies in the workshop nonetheless.
    """

    tried = Signal(object, object)
    saved = Signal(object)
    closed = Signal()

    def __init__(
        self,
        draft: Draft,
        file: Path | None,
        shared: Shared,
        taken: Callable[[], Collection[str]],
        save: Save,
        clock: Callable[[], float],
        pacer: str,
        reduced_motion: bool,
        holds: bool,
        workshop: Workshop,
        kept: Draft | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowIcon(app_icon())
        self._file = file
        self._shared = shared
        self._taken = taken
        self._save = save
        self._workshop = workshop
        self._clock = clock
        self._kept_at = -float(REST_MS)
        self._put_by = False
        self.discarded = False
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.timeout.connect(self.keep_draft)
        self._refused = False
        self._id = draft.practice.id
        self._history = History(self._with_takes(draft, file))
        if kept is not None:
            # What is saved, or nothing yet, is a step of undo away.
            self._history.change(kept, 0)
        self._leaving: Leaving | None = None
        self._advice: Advice | None = None
        self._told = ""
        self.about = AboutForm()
        self.steps = StepList()
        breath = BreathForm(shared.patterns, holds, clock, pacer, reduced_motion)
        self.step = StepForm(breath, workshop.new_take)
        self.add = button(_("Add a step"))
        self.remove = button(_("Take out"), spoken=_("Take this step out"))
        self.up = button(_("Up"), spoken=_("Move this step up"))
        self.down = button(_("Down"), spoken=_("Move this step down"))
        self.undo = button(_("Undo"))
        self.redo = button(_("Redo"))
        self.try_ = button(_("Try it"))
        self.keep = button(_("Save"), "primary")
        self.leave = button(_("Close"))
        self.wanted = label("", "quiet")
        self.message = label("")
        self._lay_out()
        self._listen()
        self._show()

    # What is seen.

    def sizeHint(self) -> QSize:
        """Room for the steps beside the one that is written."""
        line = self.fontMetrics().height()
        return QSize(max(940, line * 54), max(700, line * 45))

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self._history.draft

    @property
    def file(self) -> Path | None:
        """The file that it was read from, or saved to."""
        return self._file

    @property
    def unsaved(self) -> bool:
        """Whether there is anything to lose."""
        return self._history.unsaved

    def come_forward(self) -> None:
        """Show the window, or bring it back from wherever it is."""
        if self.isMinimized():
            self.showNormal()
        elif not self.isVisible():
            centre_on_pointer_screen(self)
            self.show()
            self.about.title.setFocus()
        self.raise_()
        self.activateWindow()

    def _lay_out(self) -> None:
        page = Page(_("A practice of your own"))
        page.body.setMaximumWidth(self.fontMetrics().averageCharWidth() * WIDEST_LETTERS)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame, layout = card()
        layout.addWidget(self.about)
        page.column.addWidget(frame)
        page.column.addWidget(label(_("Steps"), "heading"))
        listed, column = card()
        column.setSpacing(SPACE)
        column.addWidget(self.steps, 1)
        for row in ((self.up, self.down), (self.add, self.remove)):
            line = QHBoxLayout()
            line.setSpacing(SPACE)
            for each in row:
                line.addWidget(each)
            column.addLayout(line)
        column.addWidget(label(_("Drag a step to its place, or press Alt with an arrow key."), "quiet"))
        written, layout = card()
        layout.addWidget(self.step)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(SPACE * 2)
        self._sides.addWidget(listed, 2, Qt.AlignmentFlag.AlignTop)
        self._sides.addWidget(written, 5, Qt.AlignmentFlag.AlignTop)
        page.column.addLayout(self._sides)
        page.column.addStretch(1)
        self._page = page
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        for each in (self.undo, self.redo):
            bar.addWidget(each)
        bar.addStretch(1)
        for each in (self.leave, self.try_, self.keep):
            bar.addWidget(each)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE * 4, SPACE, SPACE * 4, SPACE * 2)
        foot.setSpacing(SPACE)
        foot.addWidget(self.message)
        foot.addWidget(self.wanted)
        foot.addLayout(bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        column.addLayout(foot)

    def _listen(self) -> None:
        self.about.changed.connect(lambda practice, place: self._change(replace(self.draft, practice=practice), place))
        self.about.left.connect(self._history.pause)
        self.step.left.connect(self._history.pause)
        self.step.changed.connect(self._on_step_changed)
        self.step.recorded.connect(self._on_step_recorded)
        self.steps.chosen.connect(self._on_steps_chosen)
        self.steps.moved.connect(self._move)
        self.steps.removed.connect(self._remove)
        self.add.clicked.connect(self._on_add_clicked)
        self.remove.clicked.connect(lambda: self._remove(self._history.at))
        self.up.clicked.connect(lambda: self._move(self._history.at, self._history.at - 1))
        self.down.clicked.connect(lambda: self._move(self._history.at, self._history.at + 1))
        self.undo.clicked.connect(self._on_undo)
        self.redo.clicked.connect(self._on_redo)
        self.try_.clicked.connect(self._on_try_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.leave.clicked.connect(self.close)
        for keys, action in (
            (QKeySequence("Alt+Up"), self.up.click),
            (QKeySequence("Alt+Down"), self.down.click),
            *((QKeySequence(key), self._on_undo) for key in UNDO),
            *((QKeySequence(key), self._on_redo) for key in REDO),
            (QKeySequence(QKeySequence.StandardKey.Save), self._on_keep_clicked),
            (QKeySequence("Ctrl+Return"), self._on_try_clicked),
            (QKeySequence("Ctrl+Shift+N"), self._on_add_clicked),
            (QKeySequence(Qt.Key.Key_Escape), self.close),
        ):
            QShortcut(keys, self).activated.connect(action)
        for control, tip in ((self.up, "Alt+↑"), (self.down, "Alt+↓"), (self.add, "Ctrl+Shift+N")):
            control.setToolTip(tip)
        for control, key in ((self.undo, UNDO[0]), (self.redo, REDO[0])):
            control.setToolTip(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText))
        self.keep.setToolTip("Ctrl+S")
        self.try_.setToolTip("Ctrl+↵")

    def _show(self) -> None:
        """Show the draft as it is now, in the fields that are there."""
        draft, at = self.draft, self._history.at
        mistakes = self._mistakes()
        said = {problem.where: mistake_text(problem) for problem in mistakes} if self._refused else {}
        self.about.show_practice(draft.practice, _about(said))
        places = frozenset(index for index in range(len(draft.keys)) if _of_step(said, index))
        self.steps.show_steps(draft, at, places)
        self.step.setEnabled(bool(draft.keys))
        if draft.keys:
            self.step.show_step(draft, at, _of_step(said, at))
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at < len(draft.keys) - 1)
        self.remove.setEnabled(bool(draft.keys))
        self.undo.setEnabled(self._history.can_undo)
        self.redo.setEnabled(self._history.can_redo)
        self.wanted.setText(wanted_text(mistakes))
        self.wanted.setVisible(bool(mistakes))
        self.message.setText(self._told)
        self.message.setVisible(bool(self._told))
        title = draft.practice.title.get(draft.practice.language(language()), "")
        name = title.strip() or _("A practice of your own")
        self.setWindowTitle(_("{title} (not saved)").format(title=name) if self.unsaved else name)
        if not self._keeping.isActive():
            self._keeping.start(int(max(SOON_MS, self._kept_at + REST_MS - self._clock())))

    def _mistakes(self) -> tuple[Problem, ...]:
        """What is still wanted before it can be saved."""
        try:
            self._parsed(())
        except Invalid as invalid:
            # An empty summary is filled in from the title.
            blank = not any(text.strip() for text in self.draft.practice.summary.values())
            return tuple(each for each in invalid.problems if not (blank and each.where.startswith("summary")))
        return ()

    def _parsed(self, taken: Collection[str]) -> Practice:
        """The practice as its file would be read, a new one under an id that is not ``taken``. Raises Invalid."""
        practice = finished(replace(self.draft.practice, id=self._id), taken)
        return parse(to_toml(practice), self._shared.patterns, self._shared.sources)

    # What is changed.

    def _change(self, draft: Draft, place: str = "", at: int | None = None) -> None:
        self._history.change(draft, self._history.at if at is None else at, place)
        self._told = ""
        self._show()

    def _on_step_changed(self, step: Step, place: str) -> None:
        at = self._history.at
        self._change(with_step(self.draft, at, step), f"{self.draft.keys[at]}.{place}" if place else "")

    def _on_step_recorded(self, key: int, lang: str, path: Path | None) -> None:
        if key not in self.draft.keys:
            return
        takes = {take: kept for take, kept in self.draft.takes.items() if take != (key, lang)}
        if path is not None:
            takes[key, lang] = path
        elif (key, lang) not in self.draft.takes:
            # The one that speaks for every language.
            takes.pop((key, ""), None)
        self._change(replace(self.draft, takes=takes))

    def _on_steps_chosen(self, at: int) -> None:
        self._history.look_at(at)
        self._show()

    def _on_add_clicked(self) -> None:
        at = min(self._history.at + 1, len(self.draft.keys))
        self._change(add_step(self.draft, at), at=at)
        self.step.words.setFocus()
        # Once the step has its place: with large letters it lies below what is in sight.
        QTimer.singleShot(0, self, lambda: self._page.ensureWidgetVisible(self.step.words))

    def _move(self, at: int, to: int) -> None:
        if 0 <= to < len(self.draft.keys):
            self._change(move_step(self.draft, at, to), at=to)
            self._announce(_("Step {number} of {all}.").format(number=to + 1, all=len(self.draft.keys)))

    def _remove(self, at: int) -> None:
        if at < len(self.draft.keys):
            left = len(self.draft.keys) - 1
            self._change(remove_step(self.draft, at), at=max(0, min(at, left - 1)))
            self.tell(_("Step {number} is taken out. Undo brings it back.").format(number=at + 1))

    def _on_undo(self) -> None:
        self._history.undo()
        self._told = ""
        self._show()

    def _on_redo(self) -> None:
        self._history.redo()
        self._told = ""
        self._show()

    # Trying and saving.

    def _on_try_clicked(self) -> None:
        self._finish_fields()
        try:
            practice = self._parsed(self._taken())
        except Invalid:
            self._refuse()
            return
        self.tried.emit(practice, self._laid_out(practice))

    def _laid_out(self, practice: Practice) -> Path | None:
        """Where the recordings lie as if the practice were saved; None without any."""
        if not self.draft.takes:
            return None
        folder = Path(tempfile.mkdtemp(dir=self._workshop.open()))
        for name, path in named_takes(self.draft, practice.id).items():
            shutil.copyfile(path, folder / name)
        return folder / f"{practice.id}.toml"

    def _on_keep_clicked(self) -> None:
        self.save()

    def save(self) -> bool:
        """Save it, if nothing is wanted and there is no advice; whether it is saved."""
        self._finish_fields()
        try:
            practice = self._parsed(self._taken())
        except Invalid:
            self._refuse()
            return False
        self._refused = False
        findings = lint(practice)
        if findings:
            self._advise(findings)
            return False
        return self._write(practice)

    def _advise(self, findings: tuple[Problem, ...]) -> None:
        advice = self._advice = Advice(findings, self)
        advice.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        advice.overruled.connect(self._on_advice_overruled)
        advice.open()

    def _on_advice_overruled(self, overrules: tuple[Overrule, ...]) -> None:
        practice = self.draft.practice
        self._change(replace(self.draft, practice=replace(practice, overrules=(*practice.overrules, *overrules))))
        self.save()

    def _write(self, practice: Practice) -> bool:
        try:
            saved = self._save(replace(self.draft, practice=practice), self._file)
        except OSError as error:
            reason = error.strerror or str(error)
            self.tell(
                _("It can’t be saved ({reason}). Is the disk full, or the folder read-only?").format(reason=reason)
            )
            return False
        self._file, self._id = saved.file, practice.id
        self._history.mark_saved()
        self._told = _("Saved: {path}").format(path=saved.file)
        if saved.aside is not None:
            self._told += "\n" + _("What was there before is kept in {path}.").format(path=saved.aside)
        self._show()
        self._announce(self._told)
        self.saved.emit(practice.id)
        return True

    def _refuse(self) -> None:
        """Say at each field what is wanted, and go to the first."""
        self._refused = True
        problems = self._mistakes()
        first = problems[0].where
        if first.startswith("steps["):
            self._history.look_at(int(first[len("steps[") :].partition("]")[0]))
        elif _about({first: ""}) and "title" not in first:
            self.about.open_more()
        self._told = ""
        self._show()
        self._announce(self.wanted.text())
        named = self._field_at(first)
        if named is not None:
            named.setFocus()
            self._page.ensureWidgetVisible(named.focusProxy() or named)

    def _field_at(self, where: str) -> QWidget | None:
        if where.startswith("steps"):
            name = next(iter(_of_step({where: "-"}, self._history.at)), "say")
            return self.step.words if name == "say" else self.step.named[name].control
        name = next(iter(_about({where: "-"})), "title")
        return self.about.named[name].control

    def _finish_fields(self) -> None:
        """A number that is still being typed counts, and so does what is being said."""
        for recorder in self.step.recorders.values():
            recorder.finish()
        focused = self.focusWidget()
        if isinstance(focused, QAbstractSpinBox):
            focused.interpretText()

    # What is kept until it is saved.

    def keep_draft(self) -> None:
        """Write down how far it is, for whatever may end calmtray before it is saved."""
        self._keeping.stop()
        self._kept_at = self._clock()
        if not self.unsaved:
            self._workshop.forget()
            return
        try:
            self._workshop.keep(self.draft, self._id if self._file else "")
        except OSError as error:
            reason = error.strerror or str(error)
            told = _("Until it is saved it can’t be kept ({reason}): save it before you go.").format(reason=reason)
            if told != self._told:
                self.tell(told)

    def _with_takes(self, draft: Draft, file: Path | None) -> Draft:
        """With the recordings beside its file, as copies: whatever becomes of the files, undo finds them."""
        takes = {}
        for (at, lang), path in (takes_of(file) if file is not None else {}).items():
            if at < len(draft.keys):
                try:
                    takes[draft.keys[at], lang] = Path(shutil.copyfile(path, self._workshop.new_take()))
                except OSError:
                    takes[draft.keys[at], lang] = path
        return replace(draft, takes=takes)

    # Coming and going.

    def tell(self, text: str) -> None:
        """Say something at the foot of the window; empty: nothing more."""
        self._told = text
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self._announce(text)

    def _announce(self, text: str) -> None:
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def rescale(self) -> None:
        """Follow another size of text; colours follow by themselves. It keeps the language it was opened in."""
        rescale(self)
        for field in self.findChildren(QWidget):
            if isinstance(field, TextField | ChoiceField | SecondsField | NumberField):
                field.fit()
        self._page.body.setMaximumWidth(self.fontMetrics().averageCharWidth() * WIDEST_LETTERS)
        self.step.breath.fit()
        self.steps.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Steps beside the step, or above it."""
        super().resizeEvent(event)
        narrow = self.width() < self.fontMetrics().averageCharWidth() * NARROW_LETTERS
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask, once, about what is not saved."""
        self._finish_fields()
        if self.unsaved and not self._put_by:
            event.ignore()
            self._ask()
        else:
            event.accept()
            self._put_away()

    def _ask(self) -> None:
        if self._leaving is None or not self._leaving.isVisible():
            leaving = self._leaving = Leaving(self)
            leaving.save_asked.connect(self._on_leaving_save_asked)
            leaving.discard_asked.connect(self._on_leaving_discard_asked)
            leaving.open()

    def _on_leaving_save_asked(self) -> None:
        if self.save():
            self.close()

    def _on_leaving_discard_asked(self) -> None:
        """Let go of what is not saved. It is kept as it is, for somebody who thinks better of it."""
        self.discarded = True
        self.put_by()

    def put_by(self) -> None:
        """Close as it is; what is not saved waits for the next time."""
        self._put_by = True
        self.close()

    def _put_away(self) -> None:
        for recorder in self.step.recorders.values():
            recorder.finish()
        if self.unsaved:
            self.keep_draft()
        else:
            self._workshop.clear()
        self._keeping.stop()
        self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is typed after a pause is undone by itself."""
        super().hideEvent(event)
        self._history.pause()


def _about(said: Mapping[str, str]) -> dict[str, str]:
    """What is wanted of the practice as a whole, by the field it stands at."""
    names = ("title", "summary", "caution", "why.text", "needs", "posture", "places", "inward")
    return {name: text for where, text in said.items() for name in names if f"{where}.".startswith(f"{name}.")}


def _of_step(said: Mapping[str, str], at: int) -> dict[str, str]:
    """What is wanted of one step, by the field it stands at; what is wanted of all steps stands at the first."""
    found = {}
    for where, text in said.items():
        if where == "steps" and at == 0:
            found["say"] = text
        elif where.startswith(f"steps[{at}]"):
            rest = where[len(f"steps[{at}].") :]
            found[
                next((name for name in ("say", "scale", "short", "breathe", "seconds") if rest.startswith(name)), "say")
            ] = text
    return found
