"""Where packs come in and go out: shown, taken in, shared into a file, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QThread, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from calmtray.practice.archive import Refused
from calmtray.practice.library import Library, Origin
from calmtray.practice.packs import ENDING, Choice, Pack, Taken, make, show, take, undo
from calmtray.ui.editor.undo_notice import UndoNotice
from calmtray.ui.pack_page import PackPage
from calmtray.ui.share_page import SharePage
from calmtray.words.language import _
from calmtray.words.pack_texts import made_text, refusal_text, taken_text


class PackDesk(QObject):
    """``bundled`` and ``own``: the two practices folders. What takes long is done in a thread, one thing at a time."""

    changed = Signal()

    def __init__(self, bundled: Path, own: Path, library: Callable[[], Library]) -> None:
        super().__init__()
        self._bundled = bundled
        self._own = own
        self._library = library
        self._work: _Work | None = None
        self._notice: UndoNotice | None = None
        self.page: PackPage | None = None

    @property
    def at_work(self) -> bool:
        """Whether something is under way."""
        return self._work is not None

    def choose(self, window: QWidget) -> None:
        """Ask for a pack, and show what is in it."""
        filters = _("Packs of practices (*{ending})").format(ending=ENDING)
        dialog = QFileDialog(window, _("Add practices from a file"), _documents(), filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.show(Path(name), window))
        _open(dialog)

    def show(self, path: Path, window: QWidget) -> None:
        """Look into a pack, and show what is in it."""

        def shown(pack: object) -> None:
            if isinstance(pack, Pack):
                page = self.page = PackPage(pack, window)
                page.add_asked.connect(lambda choices: self._take(pack, choices, window))
                page.finished.connect(self._on_page_finished)
                _open(page)

        self._do(lambda: show(path, self._bundled, self._own), shown, window)

    def choose_several(self, window: QWidget) -> None:
        """Ask which of the user's own practices go into one pack, and share them."""
        library = self._library()
        own = [practice for practice in library if library.origins[practice.id] is Origin.OWN]
        if own:
            page = SharePage(own, window)
            page.chosen.connect(lambda ids: self.share(ids, window))
            _open(page)

    def share(self, ids: Sequence[str], window: QWidget) -> None:
        """Ask where to, and write these practices into a pack."""
        library = self._library()
        files = [library.files[id_] for id_ in ids if id_ in library.files]
        if not files:
            return
        name = ids[0] if len(files) == 1 else _("practices")
        dialog = QFileDialog(window, _("Share practices"), _documents(), f"(*{ENDING})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDING[1:])
        dialog.selectFile(f"{name}{ENDING}")
        dialog.fileSelected.connect(lambda chosen: self._make(files, Path(chosen), window))
        _open(dialog)

    def close(self) -> None:
        """Let what is under way come to its end: it is written whole, or not at all."""
        if self._work is not None:
            self._work.wait()

    def _make(self, files: Sequence[Path], out: Path, window: QWidget) -> None:
        def made(pack: object) -> None:
            if isinstance(pack, Pack):
                self._tell(made_text(pack), window)

        self._do(lambda: make(files, self._bundled, out), made, window)

    def _take(self, pack: Pack, choices: Mapping[str, Choice], window: QWidget) -> None:
        def taken(result: object) -> None:
            if isinstance(result, Taken):
                self.changed.emit()
                self._tell(taken_text(result), window, result if result.moved else None)

        self._do(lambda: take(pack, self._bundled, self._own, choices), taken, window)

    def _undo(self, taken: Taken, window: QWidget) -> None:
        def undone(_result: object) -> None:
            self.changed.emit()
            self._tell(_("Your practices are as they were before."), window)

        self._do(lambda: undo(taken, self._own), undone, window)

    def _do(self, job: Callable[[], object], then: Callable[[object], None], window: QWidget) -> None:
        """Do it aside, then go on, or say why not."""
        if self._work is not None:
            return
        work = self._work = _Work(job)
        gone: list[bool] = []
        window.destroyed.connect(lambda: gone.append(True))

        def on_work_finished() -> None:
            self._work = None
            if gone:
                # Nobody is left to be told; what was done is done.
                return
            window.unsetCursor()
            if work.refused is not None:
                self._tell(refusal_text(work.refused.problems), window)
            else:
                then(work.result)

        work.finished.connect(on_work_finished)
        window.setCursor(Qt.CursorShape.BusyCursor)
        work.start()

    def _tell(self, text: str, window: QWidget, taken: Taken | None = None) -> None:
        if self._notice is not None:
            self._notice.close()
        notice = self._notice = UndoNotice(text, window)
        notice.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        notice.destroyed.connect(lambda: self._forget(notice))
        if taken is None:
            notice.say(text)
        else:
            notice.undo_asked.connect(lambda: self._undo(taken, window))

    def _on_page_finished(self) -> None:
        self.page = None

    def _forget(self, notice: UndoNotice) -> None:
        if self._notice is notice:
            self._notice = None


class _Work(QThread):
    """One job aside. Its ``result`` and why it was ``refused`` are there once it has finished."""

    def __init__(self, job: Callable[[], object]) -> None:
        super().__init__()
        self._job = job
        self.result: object = None
        self.refused: Refused | None = None

    def run(self) -> None:
        """What the thread does."""
        try:
            self.result = self._job()
        except Refused as refused:
            self.refused = refused


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
