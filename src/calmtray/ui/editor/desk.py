"""Where the user's own practices are written: opens editors, copies, deletes and puts back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from calmtray.desktop import clock
from calmtray.own_drafts import Drafts, Kept, Workshop
from calmtray.own_practices import OwnPractices
from calmtray.practice.draft import Draft, copy_of, draft_of, fresh
from calmtray.practice.library import Library, Origin, read_shared
from calmtray.practice.model import Practice
from calmtray.settings.model import Settings
from calmtray.ui.editor.undo_notice import UndoNotice
from calmtray.ui.practice_editor import PracticeEditor
from calmtray.words.language import _, language
from calmtray.words.texts import title_text


class EditorDesk(QObject):
    """``library`` and ``settings`` are as they are when they are asked for. ``bundled``: the bundled practices.

    ``try_`` plays what is being written, with the recordings beside the file it would have; the answer is empty, or
    why it can't be played. ``window``: where there is something to be told beside the editors; None: nowhere just now.
    """

    changed = Signal()
    closed = Signal()

    def __init__(
        self,
        own: OwnPractices,
        bundled: Path,
        library: Callable[[], Library],
        settings: Callable[[], Settings],
        reduced_motion: Callable[[], bool],
        try_: Callable[[Practice, Path | None], str],
        drafts: Drafts,
        window: Callable[[], QWidget | None],
    ) -> None:
        super().__init__()
        self._own = own
        self._bundled = bundled
        self._library = library
        self._settings = settings
        self._reduced_motion = reduced_motion
        self._try = try_
        self._drafts = drafts
        self._then: Callable[[], None] | None = None
        self._window = window
        self._discarded: tuple[Kept, Path] | None = None
        self._notice: UndoNotice | None = None
        self.editors: list[PracticeEditor] = []

    def new(self) -> None:
        """A practice from scratch, in the language spoken now."""
        self._open(fresh(language()), None)

    def copy(self, id_: str) -> None:
        """A new practice that begins as this one."""
        practice = self._library().practices.get(id_)
        if practice is not None:
            self._open(copy_of(practice), None)

    def edit(self, id_: str) -> None:
        """One of the user's own; of any other, a copy."""
        library = self._library()
        practice = library.practices.get(id_)
        if practice is None:
            return
        if library.origins[id_] is not Origin.OWN:
            self.copy(id_)
            return
        file = library.files[id_]
        if self._is_open(file):
            return
        kept = next((kept for kept in self._left() if kept.draft.practice.id == id_), None)
        if kept is not None:
            self.go_on(kept)
        else:
            self._open(draft_of(practice), file)

    def _is_open(self, file: Path) -> bool:
        """Whether somebody is at this file; if so, where comes forward."""
        opened = next((editor for editor in self.editors if editor.file == file), None)
        if opened is not None:
            opened.come_forward()
        return opened is not None

    def go_on(self, kept: Kept) -> None:
        """Write on at one that was not finished."""
        if not any(each.folder == kept.folder for each in self._left()):
            # Somebody is at it already, or it was thrown away.
            return
        library, id_ = self._library(), kept.draft.practice.id
        if id_ in library.practices and library.origins[id_] is Origin.OWN:
            if self._is_open(library.files[id_]):
                # Two would save over one another: this one waits.
                return
            self._open(draft_of(library.practices[id_]), library.files[id_], kept)
        else:
            # Its file is gone: it begins anew as one of its own.
            begun = replace(kept.draft, practice=replace(kept.draft.practice, id=""))
            self._open(fresh(language()), None, replace(kept, draft=begun))
        self.changed.emit()

    def throw_away(self, kept: Kept, window: QWidget) -> None:
        """Set aside one that was not finished, and offer to put it back, at the foot of a window."""
        try:
            aside = self._drafts.throw_away(kept)
        except OSError as error:
            self._tell(window, _failed(error))
            return
        self.changed.emit()
        text = _("The unfinished practice is thrown away. Its files are kept in {path}.").format(path=aside)
        self._offer_back(window, text, lambda: self._drafts.bring_back(kept, aside))

    def show_discarded(self, window: QWidget) -> None:
        """Offer to bring back what was let go of in an editor, unless somebody was offered it already."""
        if self._discarded is None:
            return
        kept, aside = self._discarded
        self._discarded = None
        text = _("What you had not saved is discarded. It is kept in {path}.").format(path=aside)
        self._offer_back(window, text, lambda: self._go_on_at(self._drafts.bring_back(kept, aside)))

    def _discard(self, folder: Path) -> None:
        """Set aside what an editor left there, and offer to bring it back where a window is open, or once one is."""
        kept = next((kept for kept in self._left() if kept.folder == folder), None)
        if kept is None:
            # It could not be written down, and the editor said so.
            return
        window = self._window()
        try:
            self._discarded = kept, self._drafts.throw_away(kept)
        except OSError as error:
            if window is not None:
                self._tell(window, _failed(error))
            return
        if window is not None:
            self.show_discarded(window)

    def _go_on_at(self, folder: Path) -> None:
        for kept in self._left():
            if kept.folder == folder:
                self.go_on(kept)

    def _left(self) -> tuple[Kept, ...]:
        return self._drafts.left(lambda: read_shared(self._bundled).patterns)

    def delete(self, id_: str, window: QWidget) -> None:
        """Set one of the user's own aside, and offer to put it back, at the foot of a window."""
        library = self._library()
        practice = library.practices.get(id_)
        if practice is None or library.origins[id_] is not Origin.OWN:
            return
        try:
            aside = self._own.delete(library.files[id_])
        except OSError as error:
            self._tell(window, _failed(error))
            return
        self.changed.emit()
        text = _("“{title}” is taken out. Its files are kept in {path}.").format(
            title=title_text(practice), path=aside.folder
        )
        self._offer_back(window, text, lambda: self._own.put_back(aside))

    def ask_all(self, then: Callable[[], None]) -> bool:
        """Whether nothing is unsaved in any of them. Else each asks, and ``then`` is called once that is answered."""
        unsaved = [editor for editor in self.editors if editor.unsaved]
        self._then = then if unsaved else None
        for editor in unsaved:
            editor.come_forward()
            editor.close()
        return not unsaved

    def close(self) -> None:
        """Close all of them as they are; what is not saved is kept for the next time."""
        for editor in self.editors[:]:
            editor.put_by()

    def rescale(self) -> None:
        """Follow another size of text in all of them."""
        for editor in self.editors:
            editor.rescale()

    def _open(self, draft: Draft, file: Path | None, kept: Kept | None = None) -> None:
        settings = self._settings()
        workshop = self._drafts.workshop_of(kept.folder) if kept else self._drafts.workshop()
        editor = PracticeEditor(
            draft,
            file,
            read_shared(self._bundled),
            self._taken,
            self._own.save,
            clock.monotonic_ms,
            settings.pacer,
            self._reduced_motion(),
            settings.breath_holds,
            workshop,
            kept.draft if kept else None,
        )
        editor.tried.connect(lambda practice, file: editor.tell(self._try(practice, file)))
        editor.saved.connect(self.changed)
        editor.closed.connect(lambda: self._on_editor_closed(editor, workshop))
        self.editors.append(editor)
        editor.come_forward()

    def _taken(self) -> frozenset[str]:
        return self._own.names().union(self._library().practices)

    def _on_editor_closed(self, editor: PracticeEditor, workshop: Workshop) -> None:
        self._drafts.close(workshop)
        if editor in self.editors:
            self.editors.remove(editor)
            editor.deleteLater()
        if editor.discarded:
            self._discard(workshop.folder)
        then = self._then
        if then is not None and not any(each.unsaved for each in self.editors):
            self._then = None
            then()
        elif not self.editors:
            self.closed.emit()

    def _undo(self, notice: UndoNotice, put_back: Callable[[], object]) -> None:
        try:
            put_back()
        except OSError as error:
            notice.say(_failed(error))
            return
        notice.close()
        self.changed.emit()

    def _offer_back(self, window: QWidget, text: str, put_back: Callable[[], object]) -> None:
        notice = self._noticed(window, text)
        notice.undo_asked.connect(lambda: self._undo(notice, put_back))

    def _tell(self, window: QWidget, text: str) -> None:
        self._noticed(window, text).say(text)

    def _noticed(self, window: QWidget, text: str) -> UndoNotice:
        if self._notice is not None:
            self._notice.close()
        notice = self._notice = UndoNotice(text, window)
        notice.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        notice.destroyed.connect(lambda: self._forget(notice))
        return notice

    def _forget(self, notice: UndoNotice) -> None:
        if self._notice is notice:
            self._notice = None


def _failed(error: OSError) -> str:
    return _("The files can’t be moved ({reason}): {path}").format(
        reason=error.strerror or str(error), path=error.filename2 or error.filename or ""
    )
