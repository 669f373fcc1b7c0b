"""One picture or note from a folder of the user's own."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QMovie
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QWidget

from calmtray.ui.parts import button, label
from calmtray.ui.props.base import Given, Prop, another
from calmtray.ui.props.framed import LARGEST_PX, FramedPicture, read_picture
from calmtray.words.language import _

PICTURES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".gif"))
NOTES = frozenset((".txt",))

MOST_FILES = 10_000
"""A folder may be anything; nobody waits until a million files are listed."""

LONGEST_NOTE = 8_192
"""Bytes read of a note."""

TRIES = 20
"""So many files that can't be shown are passed over, before it is told that nothing can."""


class OwnPicturesProp(Prop):
    """Nothing changes by itself: *Another* is asked for. Nothing outside the folder is opened."""

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self.frame = FramedPicture(fill=False)
        self.note = label("", "words")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self.note)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.frame)
        self._pages.addWidget(self._scroll)
        self.column.addLayout(self._pages, 1)
        self.about = label("", "quiet")
        self.about.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.about)
        self._another = button(_("Another"), spoken=_("Another picture or note"))
        self._another.clicked.connect(self._on_another_clicked)
        self._choose = button("")
        self._choose.clicked.connect(self._on_choose_clicked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._another)
        row.addWidget(self._choose)
        row.addStretch(1)
        self.column.addLayout(row)
        self._movie: QMovie | None = None
        self._running = False
        self.shown: Path | None = None
        self._open_folder()

    def show_given(self, given: Given) -> None:
        """Another folder, or less motion."""
        before = self.given
        super().show_given(given)
        if given.settings.pictures != before.settings.pictures:
            self._open_folder()
        elif given.reduced_motion != before.reduced_motion:
            self._follow()

    def set_running(self, running: bool) -> None:
        """What moves in a picture stands still while nobody sees it."""
        self._running = running
        self._follow()

    def _open_folder(self) -> None:
        folder = self.given.settings.pictures
        text = _("Choose another folder…") if folder else _("Choose a folder…")
        self._choose.setText(text)
        self._choose.setAccessibleName(text)
        self.shown = None
        self._show_another()

    def _on_another_clicked(self) -> None:
        self._show_another()

    def _show_another(self) -> None:
        """Show another one; what can't be shown is passed over, with a word."""
        folder = self.given.settings.pictures
        files = files_of(Path(folder)) if folder else None
        self._another.setVisible(bool(files))
        passed_over: list[Path] = []
        for _turn in range(min(TRIES, len(files or ()))):
            left = [path for path in files or () if path not in passed_over]
            if not left:
                break
            path = another(left, [self.shown])
            if self._show_file(path):
                self.shown = path
                self.about.setText(_passed_over_text(passed_over))
                return
            passed_over.append(path)
        self._say_instead(files, passed_over)

    def _say_instead(self, files: list[Path] | None, passed_over: list[Path]) -> None:
        self._stop()
        self.shown = None
        folder = self.given.settings.pictures
        if not folder:
            text = _("A folder with pictures or notes that you find funny can be shown here, one at a time.")
        elif files is None:
            text = _("The folder {folder} is not there just now.").format(folder=folder)
        elif passed_over:
            text = _("None of the files in this folder could be shown.")
        else:
            text = _("There is no picture and no note in this folder yet.")
        self.note.setText(text)
        self.about.setText("" if folder else _("It stays on this machine, and nothing is copied."))
        self._pages.setCurrentWidget(self._scroll)

    def _show_file(self, path: Path) -> bool:
        self._stop()
        if path.suffix.lower() in NOTES:
            text = read_note(path)
            self.note.setText(text)
            self._pages.setCurrentWidget(self._scroll)
            return bool(text)
        picture = read_picture(path)
        if picture.isNull():
            return False
        self.frame.show_picture(picture, _("Your picture {name}").format(name=path.stem))
        self._pages.setCurrentWidget(self.frame)
        if path.suffix.lower() == ".gif" and (size := QImageReader(str(path)).size()).isValid():
            self._movie = QMovie(str(path), parent=self)
            if max(size.width(), size.height()) > LARGEST_PX:
                self._movie.setScaledSize(
                    size.scaled(QSize(LARGEST_PX, LARGEST_PX), Qt.AspectRatioMode.KeepAspectRatio)
                )
            self._movie.frameChanged.connect(self._on_movie_frame_changed)
            self._follow()
        return True

    def _on_movie_frame_changed(self) -> None:
        if self._movie is not None and self.shown is not None:
            self.frame.show_picture(self._movie.currentImage(), self.frame.accessibleName())

    def _follow(self) -> None:
        """Let a picture move only while the session plays, and where motion is welcome."""
        if self._movie is None:
            return
        moving = self._running and not self.given.reduced_motion and self._movie.frameCount() != 1
        if moving and self._movie.state() is QMovie.MovieState.NotRunning:
            self._movie.start()
        else:
            self._movie.setPaused(not moving)

    def _stop(self) -> None:
        if self._movie is not None:
            self._movie.stop()
            self._movie.deleteLater()
            self._movie = None

    def _on_choose_clicked(self) -> None:
        folder = self.given.settings.pictures
        dialog = QFileDialog(self, _("Choose a folder"), folder or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_dialog_file_selected)
        dialog.open()

    def _on_dialog_file_selected(self, path: str) -> None:
        self.setting_changed.emit("pictures", path)


def files_of(folder: Path) -> list[Path] | None:
    """The pictures and notes that lie in a folder itself, by name; None where there is no such folder.

    A link that leads out of the folder is none of them, and neither is what is no file (a pipe would be waited for).
    """
    try:
        home = folder.resolve(strict=True)
        with os.scandir(home) as entries:
            names = [entry.name for entry in islice(entries, MOST_FILES)]
    except (OSError, RuntimeError, ValueError):
        return None
    found = []
    for name in sorted(names):
        path = home / name
        if path.suffix.lower() in PICTURES | NOTES and not name.startswith("."):
            try:
                real = path.resolve(strict=True)
                if real.is_file() and real.is_relative_to(home):
                    found.append(real)
            except (OSError, RuntimeError):
                continue
    return found


def read_note(path: Path) -> str:
    """The words of a note, as far as ``LONGEST_NOTE``; empty where there are none or it can't be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_NOTE)
    except OSError:
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Cut in the middle of a letter, or written by an old Windows.
        whole = len(data) == LONGEST_NOTE and error.start > len(data) - 4
        text = data[: error.start].decode("utf-8-sig") if whole else data.decode("cp1252", "replace")
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t").strip()


def _passed_over_text(passed_over: list[Path]) -> str:
    if not passed_over:
        return ""
    return _("{name} could not be shown, so here is another one.").format(name=passed_over[-1].name)
