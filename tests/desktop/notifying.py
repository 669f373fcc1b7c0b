"""Somebody on a bus who shows notifications, or says so."""

from __future__ import annotations

from typing import Any

from jeepney import DBusAddress, HeaderFields, new_method_return, new_signal

from calmtray.desktop import portal
from calmtray.desktop.notification_servers import DesktopServer, Portal
from tests.presence.conftest import Service


class Notifier(Service):
    """A desktop that shows notifications."""

    def __init__(self, address: str, capabilities: list[str]) -> None:
        self.capabilities = capabilities
        self.shown: list[tuple[Any, ...]] = []
        self.closed: list[int] = []
        super().__init__(address, DesktopServer.NAME, {})

    def tell(self, signal: str, signature: str, *body: object) -> None:
        """As it does when somebody clicks."""
        self._connection.send(
            new_signal(DBusAddress(DesktopServer.PATH, interface=DesktopServer.NAME), signal, signature, body)
        )

    def _answer(self, message: Any) -> None:
        match message.header.fields[HeaderFields.member]:
            case "GetCapabilities":
                reply = new_method_return(message, "as", (self.capabilities,))
            case "Notify":
                self.shown.append(message.body)
                reply = new_method_return(message, "u", (40 + len(self.shown),))
            case "CloseNotification":
                self.closed.append(message.body[0])
                reply = new_method_return(message)
            case _:
                # Whether it is asked not to disturb, for instance.
                super()._answer(message)
                return
        self._connection.send(reply)


class NotifyingPortal(Service):
    """A desktop's portal that shows notifications."""

    def __init__(self, address: str) -> None:
        self.shown: list[tuple[str, dict[str, Any]]] = []
        self.removed: list[str] = []
        super().__init__(address, portal.NAME, {})

    def tell(self, id_: str, action: str) -> None:
        """As it does when somebody clicks."""
        place = DBusAddress(portal.PATH, interface=Portal.interface)
        self._connection.send(new_signal(place, "ActionInvoked", "ssav", (id_, action, [])))

    def _answer(self, message: Any) -> None:
        match message.header.fields[HeaderFields.member]:
            case "AddNotification":
                self.shown.append(message.body)
            case "RemoveNotification":
                self.removed.append(message.body[0])
        self._connection.send(new_method_return(message))
