"""A song of the user's own: which one, where to choose it, and what to do without one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from calmtray.ui.parts import button, label
from calmtray.ui.props.base import Given, Prop
from calmtray.words.language import _
from calmtray.words.sound_texts import song_flaw_text

KINDS = "*.wav *.flac *.ogg *.opus *.mp3"


class OwnSongProp(Prop):
    """The song itself is part of the session's sound; here it has its name."""

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self._name = label("", "title")
        self._about = label("", "quiet")
        self.column.addStretch(1)
        for line in (self._name, self._about):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.column.addWidget(line)
        self._choose = button("")
        self._choose.clicked.connect(self._on_choose_clicked)
        self._without = button(_("No song"), spoken=_("Play no song here"))
        self._without.clicked.connect(self._on_without_clicked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._choose)
        row.addWidget(self._without)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.show_given(given)

    def show_given(self, given: Given) -> None:
        """Which song there is, and whether it can be heard."""
        super().show_given(given)
        song = given.settings.song
        self._name.setText(Path(song).stem)
        self._name.setVisible(bool(song))
        if not song:
            about = _("No song is chosen. Your own player does as well.")
        elif given.song_flaw:
            about = song_flaw_text(given.song_flaw)
        elif not given.audible:
            about = _("Nothing is played while calmtray is discreet or muted.")
        else:
            about = _("It plays here, softly, as long as this step lasts.")
        self._about.setText(about)
        text = _("Choose another song…") if song else _("Choose a song…")
        self._choose.setText(text)
        self._choose.setAccessibleName(text)
        self._without.setVisible(bool(song))

    def _on_choose_clicked(self) -> None:
        song = self.given.settings.song
        dialog = QFileDialog(self, _("Choose a song"), str(Path(song).parent if song else Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Music") + f" ({KINDS} {KINDS.upper()})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_dialog_file_selected)
        dialog.open()

    def _on_dialog_file_selected(self, path: str) -> None:
        self.setting_changed.emit("song", path)

    def _on_without_clicked(self) -> None:
        self._choose.setFocus()
        self.setting_changed.emit("song", "")
