"""A message bus of our own, and made-up services on it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.desktop.waiting import wait_for

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/socket</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""

STARTABLE = "[D-BUS Service]\nName={name}\nExec=/bin/sh -c 'touch {trace}'\n"

Says = Mapping[str, tuple[str, Any] | None]
"""What a service answers: a method, for a property with the property's name behind it, to a signature and a value.

None stands for no answer at all; what is not in it is refused.
"""


class Service:
    """Somebody on the bus, who answers from a table."""

    def __init__(self, address: str, name: str, says: Says) -> None:
        self._says = says
        self._connection: DBusConnection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(name), timeout=5)
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._connection.sock.shutdown(2)
        self._thread.join()
        self._connection.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                message = self._connection.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)

    def _answer(self, message: Any) -> None:
        said = message.header.fields[HeaderFields.member]
        if said in ("Get", "GetProperty"):
            said = f"{said} {message.body[1]}"
        if said not in self._says:
            reply = new_error(message, "org.example.Error.NoSuchThing")
        elif (answer := self._says[said]) is None:
            return
        else:
            reply = new_method_return(message, answer[0], (answer[1],))
        self._connection.send(reply)


class PrivateBus:
    """A bus that nobody else is on; ``trace`` appears when it starts a service that is not running."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trace = folder / "started"
        self.address = f"unix:path={folder}/socket"
        self._services: list[Service] = []
        (folder / "services").mkdir()
        (folder / "bus.conf").write_text(CONFIG.format(folder=folder))
        reading, writing = os.pipe()
        command = ["dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--nopidfile"]
        self._daemon = subprocess.Popen([*command, f"--print-address={writing}"], pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as told:
            assert select.select([told], [], [], 20)[0]
            assert told.readline().startswith(self.address)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of somebody whose bus this is, for their own things and the machine's."""
        return {
            "PATH": os.environ["PATH"],
            "DBUS_SESSION_BUS_ADDRESS": self.address,
            "DBUS_SYSTEM_BUS_ADDRESS": self.address,
        }

    def serve(self, name: str, says: Says) -> None:
        self._services.append(Service(self.address, name, says))

    def offer_to_start(self, name: str) -> None:
        """From now on the bus would start this service for anybody who calls it."""
        (self.folder / "services" / f"{name}.service").write_text(STARTABLE.format(name=name, trace=self.trace))
        with open_dbus_connection(self.address) as connection:
            connection.send_and_get_reply(message_bus.ReloadConfig(), timeout=5)

    def start_by_calling(self, name: str) -> None:
        """As somebody who does not mind starting it: to see that it could be started."""
        with open_dbus_connection(self.address) as connection:
            connection.send(message_bus.StartServiceByName(name))
            wait_for(self.trace.exists, "the service to be started")

    def hang(self) -> None:
        self._daemon.send_signal(signal.SIGSTOP)

    def close(self) -> None:
        self._daemon.send_signal(signal.SIGCONT)
        for service in self._services:
            service.close()
        self._daemon.terminate()
        self._daemon.wait(10)


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateBus]:
    folder = tmp_path_factory.mktemp("b")
    private = PrivateBus(folder)
    yield private
    private.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock that goes on only when it is told to, by so many ms."""
    now = 0.0

    def forward(ms: float) -> None:
        nonlocal now
        now += ms

    for module in ("sense", "everything", "resumed"):
        monkeypatch.setattr(f"calmtray.presence.{module}.monotonic_ms", lambda: now)
    return forward
