"""One calmtray for each user and home: the lock, and the socket by which later calls talk to the running one.

A request is one line of JSON, ``{"do": "start", …}``, and so is its answer. Windows has no Unix sockets in Python:
there a loopback port and a secret, both in a file that only the user can read, take their place.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from calmtray.desktop.clock import monotonic_ms, wait_ms

if TYPE_CHECKING:
    import asyncio

Message = dict[str, Any]

ANSWER_WITHIN_S = 10.0
LONGEST_LINE = 64 * 1024


class NoAnswer(Exception):
    """An app is running and does not answer."""


def ask(run: Path, request: Message, patience_s: float = 0.0) -> Message | None:
    """Send one request to the running app and wait for its answer; None where none is running.

    ``patience_s``: how long to try again, for an app that has just started and does not listen yet. Raises NoAnswer.
    """
    deadline = monotonic_ms() + patience_s * 1000
    while True:
        try:
            connection, secret = _connect(run)
            break
        except (OSError, ValueError):
            if monotonic_ms() >= deadline:
                return None
            wait_ms(50)
    try:
        with connection:
            connection.settimeout(ANSWER_WITHIN_S)
            connection.sendall(json.dumps({**request, "secret": secret}).encode() + b"\n")
            with connection.makefile("rb") as answers:
                answer = json.loads(answers.readline(LONGEST_LINE))
    except TimeoutError:
        raise NoAnswer from None
    except (OSError, ValueError):
        return None  # it died meanwhile
    return answer if isinstance(answer, dict) else None


class Instance:
    """The right to be the one running app, and its ear."""

    def __init__(self, run: Path) -> None:
        self._run = run
        self._lock: IO[bytes] | None = None
        self._server: asyncio.Server | None = None
        self._secret = ""

    def acquire(self) -> bool:
        """Take the lock; False where another process holds it. The system gives it back even after a kill."""
        self._run.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (self._run / "lock").open("ab")
        try:
            _lock_file(lock)
        except (BlockingIOError, PermissionError):
            lock.close()
            return False
        except OSError:
            lock.close()
            raise
        self._lock = lock
        return True

    async def listen(self, on_request: Callable[[Message], Message]) -> None:
        """Answer requests from now on."""
        import asyncio

        async def on_connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                with contextlib.suppress(OSError, ValueError):
                    request = json.loads(await reader.readline())
                    if isinstance(request, dict) and request.pop("secret", "") == self._secret:
                        writer.write(json.dumps(on_request(request)).encode() + b"\n")
                        await writer.drain()
            finally:
                writer.close()

        if hasattr(socket, "AF_UNIX"):
            self._server = await asyncio.start_unix_server(on_connected, sock=_bound(self._run), limit=LONGEST_LINE)
        else:
            import secrets

            self._server = await asyncio.start_server(on_connected, "127.0.0.1", 0, limit=LONGEST_LINE)
            self._secret = secrets.token_hex(16)
            port = self._server.sockets[0].getsockname()[1]
            (self._run / "address").write_text(f"{port} {self._secret}", encoding="ascii")

    def release(self) -> None:
        """Stop listening and let another one run."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for name in ("socket", "address"):
            (self._run / name).unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None


@contextlib.contextmanager
def _socket_path(run: Path) -> Iterator[str]:
    """A path to the socket short enough for its address (108 bytes on Linux), however deep the folder lies."""
    if sys.platform == "linux":
        folder = os.open(run, os.O_PATH | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{folder}/socket"
        finally:
            os.close(folder)
    else:
        yield str(run / "socket")


def _bound(run: Path) -> socket.socket:
    """The listening end. A socket left behind by a kill is in nobody's use: we hold the lock."""
    sock = socket.socket(socket.AF_UNIX)
    with _socket_path(run) as path:
        Path(path).unlink(missing_ok=True)
        sock.bind(path)
    return sock


def _connect(run: Path) -> tuple[socket.socket, str]:
    if hasattr(socket, "AF_UNIX"):
        connection = socket.socket(socket.AF_UNIX)
        try:
            with _socket_path(run) as path:
                connection.connect(path)
        except OSError:
            connection.close()
            raise
        return connection, ""
    port, secret = (run / "address").read_text(encoding="ascii").split()
    return socket.create_connection(("127.0.0.1", int(port)), timeout=ANSWER_WITHIN_S), secret


def _lock_file(file: IO[bytes]) -> None:
    """Lock without waiting. Raises OSError where another process holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
