"""The command line, called from within and from without."""

from __future__ import annotations

import asyncio
import gettext
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from calmtray.cli import main
from calmtray.desktop.paths import Paths, user_paths
from calmtray.desktop.single_instance import Instance, Message
from calmtray.words.language import use_language


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def paths(home: Path) -> Paths:
    return user_paths(home)


@pytest.fixture
def calmtray(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    """Run a command in this very process, with everything under ``home``."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> Said:
        try:
            status = main(["--home", str(home), *arguments])
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        # Commands run in processes of their own: what the last one chose to speak is gone.
        monkeypatch.delenv("LANGUAGE", raising=False)
        use_language("en")
        captured = capsys.readouterr()
        return Said(status, captured.out, captured.err)

    yield call
    gettext.textdomain("messages")


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Call]:
    """Run a command as a process of its own, whose HOME is empty and must stay so."""
    nobody = tmp_path / "nobody"
    nobody.mkdir()
    named = ("PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START")
    environ = {name: os.environ[name] for name in named if name in os.environ}

    def call(*command: str, **environment: str) -> Said:
        done = subprocess.run(
            command,
            env={**environ, "HOME": str(nobody), "USERPROFILE": str(nobody), **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    yield call
    assert list(nobody.rglob("*")) == []


@pytest.fixture
def python(process: Call) -> Call:
    return lambda *arguments, **environment: process(sys.executable, *arguments, **environment)


@dataclass
class Running:
    """A calmtray that runs, as far as a command can tell."""

    answer: Message = field(default_factory=lambda: {"ok": True})
    asked: list[Message] = field(default_factory=list)

    def on_request(self, request: Message) -> Message:
        self.asked.append(request)
        return self.answer


@pytest.fixture
def running(paths: Paths) -> Iterator[Running]:
    app = Running()
    instance = Instance(paths.run)
    loop = asyncio.new_event_loop()
    assert instance.acquire()
    loop.run_until_complete(instance.listen(app.on_request))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield app
    loop.call_soon_threadsafe(instance.release)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    pending = asyncio.all_tasks(loop)
    if pending:
        loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
