"""The tray icon and its menu. It says what was asked for; the app does it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from calmtray.ui.icons import IconState, app_icon
from calmtray.words.language import _
from calmtray.words.texts import length_text

Entry: TypeAlias = tuple[str, str]
"""A practice in the menu: its id, and its line."""

PAGES = ("now", "practices", "journal", "settings")
"""Now among them: where a click on the icon opens this menu, nothing else leads there."""

SESSION_MINUTES = (25, 50, 80)
USUAL_SESSION_MINUTES = 50
IN_SESSION_KEY = "Ctrl+I"
"""In the window: in session for the usual time, or over."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the tray shows beside the practices. ``in_session``: until when, in words, or empty; ``waiting``: whether an
    offer is there to be shown, or this ``line`` is to be told; ``not_today``: whether offers have been sent away for
    today, None where they are off. ``discreet_fixed``: whether somebody else has settled that.
    """

    discreet: bool = False
    in_session: str = ""
    waiting: bool = False
    line: str = ""
    not_today: bool | None = None
    discreet_fixed: bool = False


class Tray(QObject):
    """One icon with one menu. The menu begins with a way out of any state: a short practice that looks outward."""

    menu_opening = Signal()
    now_asked = Signal()
    page_asked = Signal(str)
    practice_asked = Signal(str)
    discreet_toggled = Signal(bool)
    session_begun = Signal(int)
    session_until_asked = Signal()
    session_extended = Signal()
    session_ended = Signal()
    offer_asked = Signal()
    not_today_toggled = Signal(bool)
    message_clicked = Signal()
    quit_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self._on_menu_about_to_show)
        self._icon = QSystemTrayIcon(app_icon(), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_icon_activated)
        self._icon.messageClicked.connect(self.message_clicked)
        self._standing = Standing()
        self._session_menu: QMenu | None = None

    def show(self) -> None:
        """Put the icon into the tray. Qt adds it by itself to a tray that comes later."""
        self._name()
        self._icon.show()
        # Windows 11 forgets a tooltip that was set before the icon was shown.
        self._name()

    def tell(self, title: str, text: str) -> None:
        """Show the system's own notification, where it has one."""
        self._icon.showMessage(title, text, app_icon())

    def hide(self) -> None:
        """Take the icon out, so that no dead one is left behind."""
        self._icon.hide()

    def fill(self, outward: Sequence[Entry], suggested: Sequence[Entry], standing: Standing) -> None:
        """Offer these practices, in the language spoken now, and show how things stand."""
        self._show_standing(standing)
        self._menu.clear()
        if self._session_menu is not None:
            # Cleared away, it would stay alive.
            self._session_menu.deleteLater()
        for entries in (outward, suggested):
            for id_, text in entries:
                self._add(text).triggered.connect(partial(self._on_practice_triggered, id_))
            self._menu.addSeparator()
        if standing.waiting:
            self._add(standing.line or _("Show the offer")).triggered.connect(self._on_offer_triggered)
        self._add_session()
        self._menu.addSeparator()
        titles = {"now": _("Now"), "practices": _("Practices"), "journal": _("Journal"), "settings": _("Settings")}
        for page in PAGES:
            self._add(titles[page]).triggered.connect(partial(self._on_page_triggered, page))
        self._menu.addSeparator()
        discreet = self._add_tick(_("Discreet (no sound)"), standing.discreet, self._on_discreet_triggered)
        discreet.setEnabled(not standing.discreet_fixed)
        if standing.not_today is not None:
            self._add_tick(_("No offers today"), standing.not_today, self._on_not_today_triggered)
        self._menu.addSeparator()
        self._add(_("Quit")).triggered.connect(self._on_quit_triggered)

    def _add_session(self) -> None:
        """A client session: begin the usual one, or another; or what can be done with the one under way."""
        self._session_menu = None
        if self._standing.in_session:
            self._add(self._standing.in_session).setEnabled(False)
            self._add(_("End it now")).triggered.connect(self._on_session_end_triggered)
            self._add(_("Ten more minutes")).triggered.connect(self._on_session_more_triggered)
            return
        usual = _("In session for {length}").format(length=length_text(USUAL_SESSION_MINUTES * 60_000))
        self._add(usual).triggered.connect(partial(self._on_session_triggered, USUAL_SESSION_MINUTES))
        self._session_menu = menu = self._menu.addMenu(_("In session for…"))
        for minutes in SESSION_MINUTES:
            if minutes != USUAL_SESSION_MINUTES:
                action = menu.addAction(length_text(minutes * 60_000))
                action.triggered.connect(partial(self._on_session_triggered, minutes))
        menu.addAction(_("Until a time…")).triggered.connect(self._on_session_until_triggered)

    def _show_standing(self, standing: Standing) -> None:
        """On the icon: what waits comes before what goes on."""
        changed = standing != self._standing
        self._standing = standing
        if changed:
            state = IconState.IN_SESSION if standing.in_session else IconState.PLAIN
            self._icon.setIcon(app_icon(IconState.WAITING if standing.waiting else state))
            self._name()

    def _name(self) -> None:
        waits = self._standing.line or (_("something is offered") if self._standing.waiting else "")
        said = self._standing.in_session or waits
        self._icon.setToolTip(_("calmtray: {said}").format(said=said) if said else "calmtray")

    def _add_tick(self, text: str, on: bool, triggered: Callable[[bool], None]) -> QAction:
        tick = self._add(text)
        tick.setCheckable(True)
        tick.setChecked(on)
        tick.triggered.connect(triggered)
        return tick

    def _add(self, text: str) -> QAction:
        # An ampersand in a title is a letter, not a key.
        return self._menu.addAction(text.replace("&", "&&"))

    def _on_menu_about_to_show(self) -> None:
        self.menu_opening.emit()
        # Once it is as large as it will be: Qt has chosen its place for what it was before.
        QTimer.singleShot(0, self._menu, self._keep_menu_on_screen)

    def _keep_menu_on_screen(self) -> None:
        room, menu = self._menu.screen().availableGeometry(), self._menu.geometry()
        corner = room.bottomRight() - QPoint(menu.width() - 1, menu.height() - 1)
        left, top = min(menu.left(), corner.x()), min(menu.top(), corner.y())
        if (left, top) != (menu.left(), menu.top()):
            self._menu.move(max(left, room.left()), max(top, room.top()))

    def _on_icon_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # macOS opens the menu and reports a click as well; there the menu is what was asked for.
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            (self.offer_asked if self._standing.waiting else self.now_asked).emit()

    def _on_offer_triggered(self) -> None:
        self.offer_asked.emit()

    def _on_session_triggered(self, minutes: int) -> None:
        self.session_begun.emit(minutes)

    def _on_session_until_triggered(self) -> None:
        self.session_until_asked.emit()

    def _on_session_more_triggered(self) -> None:
        self.session_extended.emit()

    def _on_session_end_triggered(self) -> None:
        self.session_ended.emit()

    def _on_not_today_triggered(self, not_today: bool) -> None:
        self.not_today_toggled.emit(not_today)

    def _on_practice_triggered(self, id_: str) -> None:
        self.practice_asked.emit(id_)

    def _on_page_triggered(self, page: str) -> None:
        self.page_asked.emit(page)

    def _on_discreet_triggered(self, discreet: bool) -> None:
        self.discreet_toggled.emit(discreet)

    def _on_quit_triggered(self) -> None:
        self.quit_asked.emit()
