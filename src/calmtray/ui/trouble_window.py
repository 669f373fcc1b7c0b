"""The window that says why there is no icon. It needs nothing of the app, for that is what failed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from calmtray.ui.theme import apply_theme
from calmtray.words.language import _
from calmtray.words.trouble_texts import open_folder


def show_trouble(title: str, text: str, folder: Path | None) -> None:
    """Say it, and wait until it was read. ``folder``: where the log is, if there is one."""
    # Named, so that it lives as long as the window.
    qt = QApplication.instance() or QApplication(["calmtray"])
    assert isinstance(qt, QApplication)
    apply_theme(qt, "auto", 100)
    box = QMessageBox(QMessageBox.Icon.Warning, "calmtray", title)
    box.setInformativeText(text)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # Qt's own buttons would speak another language.
    close = box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
    show = box.addButton(open_folder(), QMessageBox.ButtonRole.ActionRole) if folder is not None else None
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    box.exec()
    if show is not None and box.clickedButton() is show and folder is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
