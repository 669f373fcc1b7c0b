"""Whether there is a tray to put an icon into, now and later.

Qt decides once, when the first icon is made, between D-Bus (StatusNotifierItem) and X11 (XEmbed), and keeps to it.
So no icon may be made before a tray is there: one that comes later over D-Bus would never show it.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

WATCHER = "org.kde.StatusNotifierWatcher"


class TrayHost(QObject):
    """Watches for a tray. On Windows and macOS there always is one."""

    present_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._over_dbus = False
        self._over_x11 = False
        self.present = False

    def start(self) -> None:
        """Look once, and watch from now on."""
        if sys.platform in ("win32", "darwin"):
            self.present = True
            return
        self._watch_dbus()
        if not self._over_dbus and QGuiApplication.platformName() == "xcb":
            self._watch_x11()
        self.present = self._over_dbus or self._over_x11

    def _watch_dbus(self) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        self._services = QDBusServiceWatcher(WATCHER, bus, QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange, self)
        self._services.serviceRegistered.connect(self._on_service_registered)
        self._services.serviceUnregistered.connect(self._on_service_unregistered)
        self._over_dbus = bool(bus.interface().isServiceRegistered(WATCHER).value())

    def _watch_x11(self) -> None:
        from calmtray.desktop.x11 import TrayOwner

        self._owner = TrayOwner(self)
        self._owner.present_changed.connect(self._on_owner_present_changed)
        self._owner.start()
        self._over_x11 = self._owner.present

    def _on_service_registered(self) -> None:
        self._over_dbus = True
        self._tell()

    def _on_service_unregistered(self) -> None:
        self._over_dbus = False
        self._tell()

    def _on_owner_present_changed(self, present: bool) -> None:
        self._over_x11 = present
        self._tell()

    def _tell(self) -> None:
        present = self._over_dbus or self._over_x11
        if present != self.present:
            self.present = present
            self.present_changed.emit(present)
