"""The one window besides the session's: Now, Practices, Journal, Settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from calmtray.settings.model import Settings
from calmtray.ui.icons import app_icon
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import centre_on_pointer_screen
from calmtray.ui.theme import SPACE
from calmtray.ui.tray import IN_SESSION_KEY
from calmtray.words.language import _

PAGES = ("now", "practices", "journal", "settings")

UNDER = {"offers": "settings", "about": "settings"}
"""Pages that another one leads to, and back to."""


class MainWindow(QWidget):
    """Shows one page at a time, made anew each time it is opened, so that it is never stale."""

    closed = Signal()
    quit_asked = Signal()
    session_toggled = Signal()

    def __init__(self, make_page: Mapping[str, Callable[[], Page]]) -> None:
        super().__init__()
        self._make_page = make_page
        self._page: Page | None = None
        self.current = "now"
        self.setObjectName("page")
        self.setWindowIcon(app_icon())
        self.setWindowTitle("calmtray")
        self._group = QButtonGroup(self)
        self._tabs = {name: self._tab(name) for name in PAGES}
        self._quit = QPushButton()
        self._quit.setProperty("role", "tab")
        self._quit.clicked.connect(self.quit_asked)
        side = QVBoxLayout()
        side.setContentsMargins(SPACE * 2, SPACE * 4, 0, SPACE * 3)
        side.setSpacing(SPACE // 2)
        for tab in self._tabs.values():
            side.addWidget(tab)
        side.addStretch(1)
        side.addWidget(self._quit)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addLayout(side)
        self._name_tabs()
        for number, name in enumerate(PAGES, 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda name=name: self.open_page(name, afresh=True))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self._on_escape_activated)
        QShortcut(QKeySequence(IN_SESSION_KEY), self).activated.connect(self.session_toggled)

    def sizeHint(self) -> QSize:
        """Room for questions and three cards beside the names of the pages."""
        line = self.fontMetrics().height()
        return QSize(max(720, line * 40), max(720, line * 40))

    def open_page(self, name: str, afresh: bool = False) -> None:
        """Show this page, made from what is true now; ``afresh``: from its beginning, not where somebody is on it."""
        kept = self._page.state() if self._page is not None and name == self.current and not afresh else None
        scrolled = self._page.verticalScrollBar().value() if self._page is not None and name == self.current else 0
        self.current = name
        self._tabs[UNDER.get(name, name)].setChecked(True)
        focused = getattr(self.focusWidget(), "objectName", str)()
        page = self._make_page[name]()
        if self._page is not None:
            self._layout.removeWidget(self._page)
            self._page.deleteLater()
        self._page = page
        self._layout.addWidget(page, 1)
        if kept is not None:
            page.restore(kept)
        # Only what is shown can take the keyboard.
        page.show()
        # A page made anew under somebody's hands keeps its place, and that of the keyboard.
        self._layout.activate()
        page.verticalScrollBar().setValue(scrolled)
        again = page.findChild(QWidget, focused) if focused else None
        (again or page).setFocus()

    def go_up(self) -> None:
        """Back to the page that led to this one, and to what leads there."""
        lead = f"open-{self.current}"
        self.open_page(UNDER[self.current])
        assert self._page is not None
        led = self._page.findChild(QWidget, lead)
        if led is not None:
            led.setFocus()
            self._page.ensureWidgetVisible(led)

    def come_forward(self, asked_by_click: bool) -> None:
        """Show the window, or bring it back from wherever it is; take the keyboard only from somebody who asked."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not asked_by_click)
        if self.isMinimized():
            self.showNormal()
        elif not self.isVisible():
            centre_on_pointer_screen(self)
            self.show()
        if asked_by_click:
            self.raise_()
            self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that it is closed."""
        event.accept()
        self.closed.emit()

    @property
    def in_hand(self) -> bool:
        """Whether something is being written that would be lost with the page."""
        return self._page is not None and self._page.in_hand

    def refresh(self) -> None:
        """Make everything anew, in the language and the looks of now, but for a page on which somebody is writing."""
        self._name_tabs()
        if not self.in_hand:
            self.open_page(self.current)

    def show_settings(self, settings: Settings) -> None:
        """Let the page follow settings that change neither language nor looks, under the hand that changes them."""
        if self._page is not None:
            self._page.show_settings(settings)

    def show_agenda_problems(self, problems: Sequence[str]) -> None:
        """Let the page follow what is wrong with the agenda."""
        if self._page is not None:
            self._page.show_agenda_problems(problems)

    def _on_escape_activated(self) -> None:
        if self._page is None or not self._page.go_back():
            self.close()

    def _tab(self, name: str) -> QPushButton:
        tab = QPushButton()
        tab.setProperty("role", "tab")
        tab.setCheckable(True)
        tab.clicked.connect(lambda: self.open_page(name, afresh=True))
        self._group.addButton(tab)
        return tab

    def _name_tabs(self) -> None:
        names = {"now": _("Now"), "practices": _("Practices"), "journal": _("Journal"), "settings": _("Settings")}
        for number, (name, tab) in enumerate(self._tabs.items(), 1):
            tab.setText(names[name])
            tab.setToolTip(f"Ctrl+{number}")
        self._quit.setText(_("Quit"))
        self._quit.setToolTip(_("End calmtray"))
