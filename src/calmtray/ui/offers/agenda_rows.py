"""The files and folders that are somebody's agenda: added, removed, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from calmtray.settings.model import MOST_CALENDARS
from calmtray.ui.flow import FlowLayout
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _


class AgendaRows(QWidget):
    """``changed``: the paths are others now, as somebody chose."""

    changed = Signal(object)

    def __init__(self, paths: Sequence[str], problems: Sequence[str]) -> None:
        super().__init__()
        self._paths: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self._listed = QVBoxLayout()
        column.addLayout(self._listed)
        row = FlowLayout(SPACE)
        self._add_file, self._add_folder = button(_("Add a file…")), button(_("Add a folder…"))
        self._add_file.setObjectName("agenda-file")
        self._add_file.clicked.connect(self._on_file_clicked)
        self._add_folder.setObjectName("agenda-folder")
        self._add_folder.clicked.connect(self._on_folder_clicked)
        for made in (self._add_file, self._add_folder):
            row.addWidget(made)
        column.addLayout(row)
        self._problems = label("", "quiet")
        column.addWidget(self._problems)
        self.show_paths(paths)
        self.show_problems(problems)

    def show_paths(self, paths: Sequence[str]) -> None:
        """These are the agenda now."""
        if tuple(paths) == self._paths:
            return
        self._paths = tuple(paths)
        for add in (self._add_file, self._add_folder):
            add.setEnabled(len(self._paths) < MOST_CALENDARS)
        while (item := self._listed.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for number, path in enumerate(self._paths):
            self._listed.addWidget(self._line(number, path))

    def show_problems(self, problems: Sequence[str]) -> None:
        """This is wrong with it."""
        self._problems.setText("\n".join(problems))
        self._problems.setVisible(bool(problems))

    def _line(self, number: int, path: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(label(path), 1)
        remove = button(_("Remove"), "plain", spoken=_("Remove {path}").format(path=path))
        remove.setObjectName(f"agenda-remove-{number}")
        remove.clicked.connect(lambda: self._remove(path))
        row.addWidget(remove)
        return line

    def _remove(self, path: str) -> None:
        self._choose([each for each in self._paths if each != path])
        # The button is gone, and the keyboard would be nowhere.
        self._add_file.setFocus()

    def _choose(self, paths: Sequence[str]) -> None:
        if tuple(paths) != self._paths:
            self.show_paths(paths)
            self.changed.emit(self._paths)

    def _on_file_clicked(self) -> None:
        dialog = QFileDialog(self, _("Choose a calendar"), str(Path.home()), "(*.ics)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(dialog)

    def _on_folder_clicked(self) -> None:
        dialog = QFileDialog(self, _("Choose a folder of calendars"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._ask(dialog)

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.fileSelected.connect(self._add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self, path: str) -> None:
        self._choose(list(dict.fromkeys((*self._paths, path))))
