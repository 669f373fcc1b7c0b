"""One short conversation over D-Bus: nobody is started for a mere question, or waited for beyond patience."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeAlias

from jeepney import HeaderFields, MatchRule, Message, MessageFlag, MessageType, Parser
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.bus_messages import message_bus
from jeepney.wrappers import DBusAddress, new_method_call

from calmtray.presence.sense import CantTell, Patience, Why

PROPERTIES = "org.freedesktop.DBus.Properties"
SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket"

READ_BYTES = 1 << 16

Told: TypeAlias = tuple[str, tuple[Any, ...]]
"""A signal: its name, and what it says."""


class Refused(Exception):
    """The other side has no such thing, or does not give it away."""


class Bus:
    """A connection to a message bus."""

    def __init__(self, connection: socket.socket, patience: Patience, may_start: bool) -> None:
        self._socket = connection
        self._patience = patience
        self._may_start = may_start
        self._parser = Parser()
        self._serial = count(1)
        self._told: list[Told] = []

    def names(self) -> frozenset[str]:
        """Who is there now."""
        return frozenset(self._send(message_bus.ListNames())[0])

    def call(self, service: str, path: str, method: str, signature: str = "", *arguments: object) -> Any:
        """The one thing that a method gives back. ``method``: with its interface. Raises Refused or CantTell."""
        interface, _, member = method.rpartition(".")
        address = DBusAddress(path, service, interface)
        body = self._send(new_method_call(address, member, signature or None, arguments))
        return _plain(body[0]) if body else None

    def property(self, service: str, path: str, interface: str, name: str) -> Any:
        """What a property says now. Raises Refused or CantTell."""
        return self.call(service, path, f"{PROPERTIES}.Get", "ss", interface, name)

    def wait(self, patience: Patience) -> None:
        """From now on answers are waited for so long."""
        self._patience = patience

    def fileno(self) -> int:
        """What becomes readable when something is told."""
        return self._socket.fileno()

    def listen(self, interface: str) -> None:
        """Be told the signals of this interface from now on."""
        rule = MatchRule(type="signal", interface=interface)
        self._send(message_bus.AddMatch(rule))

    def told(self) -> list[Told]:
        """The signals that came while an answer was waited for, and with it."""
        while (message := self._parser.get_next_message()) is not None:
            self._note(message)
        told, self._told = self._told, []
        return told

    def hear(self) -> list[Told]:
        """The signals that have come; called when there is something to read."""
        self._parser.add_data(self._read())
        return self.told()

    def greet(self) -> None:
        """Show who we are, and say hello: before that no question is heard."""
        self._socket.settimeout(self._patience.left_s())
        self._socket.sendall(b"\0")
        conversation = Authenticator(inc_null_byte=False)
        for line in conversation:
            self._write(line)
            conversation.feed(self._read())
        self._write(BEGIN)
        self._send(message_bus.Hello())

    def _send(self, message: Message) -> tuple[Any, ...]:
        if not self._may_start:
            message.header.flags |= MessageFlag.no_auto_start
        serial = next(self._serial)
        self._write(message.serialise(serial))
        reply = self._reply(serial)
        if reply.header.message_type is MessageType.error:
            raise Refused(reply.header.fields.get(HeaderFields.error_name))
        return tuple(reply.body)

    def _reply(self, serial: int) -> Message:
        while True:
            message: Message | None = self._parser.get_next_message()
            if message is None:
                self._parser.add_data(self._read())
            elif message.header.fields.get(HeaderFields.reply_serial) == serial:
                return message
            else:
                self._note(message)

    def _note(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            self._told.append((message.header.fields[HeaderFields.member], tuple(message.body)))

    def _write(self, data: bytes) -> None:
        self._socket.settimeout(self._patience.left_s())
        self._socket.sendall(data)

    def _read(self) -> bytes:
        self._socket.settimeout(self._patience.left_s())
        data = self._socket.recv(READ_BYTES)
        if not data:
            raise CantTell(Why.NO_ANSWER)
        return data


@contextmanager
def session_bus(environ: Mapping[str, str], patience: Patience, may_start: bool = False) -> Iterator[Bus]:
    """The user's own bus; ``may_start``: whoever is asked may be started. Raises CantTell where there is none."""
    address = environ.get("DBUS_SESSION_BUS_ADDRESS")
    if not address and environ.get("XDG_RUNTIME_DIR"):
        address = f"unix:path={environ['XDG_RUNTIME_DIR']}/bus"
    with _talk(address or "", patience, may_start) as bus:
        yield bus


@contextmanager
def system_bus(environ: Mapping[str, str], patience: Patience) -> Iterator[Bus]:
    """The machine's bus. Raises CantTell where there is none."""
    with _talk(environ.get("DBUS_SYSTEM_BUS_ADDRESS") or SYSTEM_BUS, patience) as bus:
        yield bus


@contextmanager
def _talk(address: str, patience: Patience, may_start: bool = False) -> Iterator[Bus]:
    try:
        path = next(get_connectable_addresses(address))
    except (ValueError, RuntimeError):
        raise CantTell(Why.NOBODY_TO_ASK) from None
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.settimeout(patience.left_s())
            connection.connect(path)
            bus = Bus(connection, patience, may_start)
            bus.greet()
            yield bus
        except TimeoutError:
            raise CantTell(Why.NO_ANSWER) from None
        except OSError:
            raise CantTell(Why.NOBODY_TO_ASK) from None


def _plain(value: Any) -> Any:
    """A variant is a pair of its type and its value: the value alone."""
    while isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str):
        value = value[1]
    return value
