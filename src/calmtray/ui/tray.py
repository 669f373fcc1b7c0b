"""The tray icon and its menu. It says what was asked for; the app does it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from calmtray.ui.icons import app_icon
from calmtray.words.language import _

Entry: TypeAlias = tuple[str, str]
"""A practice in the menu: its id, and its line."""

PAGES = ("practices", "journal", "settings")


class Tray(QObject):
    """One icon with one menu. The menu begins with a way out of any state: a short practice that looks outward."""

    menu_opening = Signal()
    now_asked = Signal()
    page_asked = Signal(str)
    practice_asked = Signal(str)
    discreet_toggled = Signal(bool)
    quit_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self.menu_opening)
        self._icon = QSystemTrayIcon(app_icon(), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_icon_activated)

    def show(self) -> None:
        """Put the icon into the tray. Qt adds it by itself to a tray that comes later."""
        self._icon.setToolTip("calmtray")
        self._icon.show()
        # Windows 11 forgets a tooltip that was set before the icon was shown.
        self._icon.setToolTip("calmtray")

    def hide(self) -> None:
        """Take the icon out, so that no dead one is left behind."""
        self._icon.hide()

    def fill(self, outward: Sequence[Entry], suggested: Sequence[Entry], discreet: bool = False) -> None:
        """Offer these practices, in the language spoken now; ``discreet`` is whether all sound is off."""
        self._menu.clear()
        for entries in (outward, suggested):
            for id_, text in entries:
                self._add(text).triggered.connect(partial(self._on_practice_triggered, id_))
            self._menu.addSeparator()
        titles = {"practices": _("Practices"), "journal": _("Journal"), "settings": _("Settings")}
        for page in PAGES:
            self._add(titles[page]).triggered.connect(partial(self._on_page_triggered, page))
        self._menu.addSeparator()
        silence = self._add(_("Discreet (no sound)"))
        silence.setCheckable(True)
        silence.setChecked(discreet)
        silence.triggered.connect(self._on_discreet_triggered)
        self._menu.addSeparator()
        self._add(_("Quit")).triggered.connect(self._on_quit_triggered)

    def _add(self, text: str) -> QAction:
        # An ampersand in a title is a letter, not a key.
        return self._menu.addAction(text.replace("&", "&&"))

    def _on_icon_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # macOS opens the menu and reports a click as well; there the menu is what was asked for.
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.now_asked.emit()

    def _on_practice_triggered(self, id_: str) -> None:
        self.practice_asked.emit(id_)

    def _on_page_triggered(self, page: str) -> None:
        self.page_asked.emit(page)

    def _on_discreet_triggered(self, discreet: bool) -> None:
        self.discreet_toggled.emit(discreet)

    def _on_quit_triggered(self) -> None:
        self.quit_asked.emit()
