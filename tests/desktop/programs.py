"""The programs a test starts, and the certainty that none of them outlives it."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.desktop.waiting import LIMIT_S, wait_for

MARK = f"CALMTRAY_TEST_RUN={os.getpid()}"
"""In the environment of all that we start, and so of all that they start: by this we know our own."""

STARTED: list[subprocess.Popen[bytes]] = []


class NotStarted(AssertionError):
    """A program ended before it was ready."""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A user's environment below ``folder``, with nothing of the one that runs the tests but where programs are."""
    home, run = folder / "home", folder / "run"
    home.mkdir(parents=True, exist_ok=True)
    run.mkdir(mode=0o700, exist_ok=True)
    name, _, value = MARK.partition("=")
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
        "XDG_RUNTIME_DIR": str(run),
        # No sound but that of tests.desktop.speakers: nobody's own server, and nobody's own card.
        "PULSE_SERVER": f"unix:{run}/pulse/native",
        "ALSA_CONFIG_PATH": os.devnull,
        # GTK would start the accessibility bus, which nobody here listens to.
        "NO_AT_BRIDGE": "1",
        name: value,
        **more,
    }


def start(
    command: Sequence[str], env: Mapping[str, str], log: Path, pass_fds: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start a program in a group of its own. It writes into ``log``, never into what we write into.

    ``setpriv`` becomes the program and makes it end with us, even where we are killed.
    """
    with log.open("ab") as output:
        program = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *command],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            pass_fds=pass_fds,
        )
    STARTED.append(program)
    return program


def start_told(command: Sequence[str], env: Mapping[str, str], log: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start a program that says one line through the file descriptor ``{fd}`` when it is ready; return that line."""
    reading, writing = os.pipe()
    try:
        program = start([part.format(fd=writing) for part in command], env, log, pass_fds=(writing,))
    finally:
        os.close(writing)
    with os.fdopen(reading) as lines:
        told, _, _ = select.select([lines], [], [], LIMIT_S)
        line = lines.readline().strip() if told else ""
    if not line:
        stop(program)
        raise NotStarted(f"{command[0]} did not start. It said: {log.read_text(errors='replace')}")
    return program, line


def stop(program: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> int:
    """End a program and its group: asked first, made to after a while. Its exit status."""
    if program.poll() is None:
        os.killpg(program.pid, number)
        try:
            program.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
    status = program.wait()
    STARTED.remove(program)
    return status


def exit_status(program: subprocess.Popen[bytes], what: str) -> int:
    """Wait until the program has ended by itself."""
    wait_for(lambda: program.poll() is not None, what)
    STARTED.remove(program)
    return int(program.returncode)


def ours() -> dict[int, str]:
    """Every living process that we started, or that one of them did: its id and its command."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                marked = MARK.encode() in (folder / "environ").read_bytes().split(b"\0")
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if marked and command:  # a dead one that nobody has asked after yet has no command left
                found[int(folder.name)] = command.strip()
    return found


def end_what_is_left(limit_s: float = 10.0) -> dict[int, str]:
    """What still ran after it had been given time to end; it is made to."""
    try:
        wait_for(lambda: not ours(), "our programs to end", limit_s)
    except AssertionError:
        left = ours()
        for number in left:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        for program in [*STARTED]:
            stop(program)
        return left
    return {}


def missing(tools: Sequence[str]) -> list[str]:
    """Which of these programs the machine lacks."""
    return [tool for tool in tools if shutil.which(tool) is None]
