"""Whether calmtray opens at login: the desktop's own way to say so is written and removed, and nothing else knows."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from calmtray.desktop.paths import NAME, Paths
from calmtray.desktop.portal import within_flatpak

QUIETLY = "--at-login"
"""How it is started then: see ``calmtray --help``."""

RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
LABEL = "org.calmtray.calmtray"


class Autostart(Protocol):
    """One system's way. ``set`` raises OSError where it can't be written."""

    ASKS_SOMEBODY: ClassVar[bool]
    """Whether ``set`` waits for somebody's answer, which may take minutes."""

    def is_on(self) -> bool:
        """Whether calmtray opens at login, whoever wanted it so."""

    def set(self, on: bool) -> None:
        """Let it open at login, or no longer."""


def autostart_here(paths: Paths) -> Autostart:
    """This system's way. Nothing is read or written yet."""
    if within_flatpak(os.environ):
        from calmtray.desktop.portal_autostart import PortalAutostart

        return PortalAutostart(os.environ, paths.state / "open-at-login", (NAME, QUIETLY))
    command = (*this_program(), QUIETLY)
    if sys.platform == "win32":
        return RunKey(command)
    if sys.platform == "darwin":
        return LaunchAgent(paths.autostart / f"{LABEL}.plist", command)
    return DesktopEntry(paths.autostart / f"{NAME}.desktop", command)


def this_program() -> tuple[str, ...]:
    """What starts this calmtray again, and is gone once it is uninstalled."""
    python = Path(sys.executable)
    if getattr(sys, "frozen", False):
        return (str(python),)
    if sys.platform == "win32":
        # The script that pip makes there brings a black window along.
        quiet = python.with_name("pythonw.exe")
        return (str(quiet if quiet.is_file() else python), "-P", "-m", NAME)
    script = Path(sysconfig.get_path("scripts"), NAME)
    # -P: not what happens to lie in the folder that a login begins in.
    return (str(script),) if os.access(script, os.X_OK) else (str(python), "-P", "-m", NAME)


class DesktopEntry:
    """XDG autostart, on Linux and its like."""

    ASKS_SOMEBODY: ClassVar[bool] = False

    def __init__(self, path: Path, command: Sequence[str]) -> None:
        self._path = path
        self._command = command

    def is_on(self) -> bool:
        """A desktop's own switch hides the entry, or says that it is not enabled."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return False
        said = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
        return said.get("Hidden") != "true" and said.get("X-GNOME-Autostart-enabled") != "false"

    def set(self, on: bool) -> None:
        """A desktop passes over an entry whose program is gone: TryExec."""
        if not on:
            self._path.unlink(missing_ok=True)
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        program = self._command[0]
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            f"Name={NAME}",
            f"Icon={NAME}",
            f"TryExec={_of_a_string(program)}",
            f"Exec={' '.join(map(_of_a_command, self._command))}",
            "Terminal=false",
            "StartupNotify=false",
        )
        self._path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


class LaunchAgent:
    """A login item of macOS, as a file that launchd reads at the next login."""

    ASKS_SOMEBODY: ClassVar[bool] = False

    def __init__(self, path: Path, command: Sequence[str]) -> None:
        self._path = path
        self._command = command

    def is_on(self) -> bool:
        """Whether the file is there."""
        return self._path.is_file()

    def set(self, on: bool) -> None:
        """Write it, or remove it."""
        if not on:
            self._path.unlink(missing_ok=True)
            return
        import plistlib  # macOS alone needs it

        self._path.parent.mkdir(parents=True, exist_ok=True)
        agent = {
            "Label": LABEL,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        self._path.write_bytes(plistlib.dumps(agent))


class RunKey:
    """A value in Windows' registry, in the part of it that is the user's own."""

    ASKS_SOMEBODY: ClassVar[bool] = False

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command

    def is_on(self) -> bool:
        """Whether the value is there."""
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:  # type: ignore[attr-defined,unused-ignore]
                winreg.QueryValueEx(key, NAME)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

    def set(self, on: bool) -> None:
        """Write it, or delete it."""
        import subprocess
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:  # type: ignore[attr-defined,unused-ignore]
            if on:
                line = subprocess.list2cmdline(self._command)
                winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, line)  # type: ignore[attr-defined,unused-ignore]
            elif self.is_on():
                winreg.DeleteValue(key, NAME)  # type: ignore[attr-defined,unused-ignore]


def _of_a_string(text: str) -> str:
    """As the Desktop Entry Specification writes a string."""
    return text.replace("\\", "\\\\")


def _of_a_command(argument: str) -> str:
    """As it writes one argument of Exec: in quotes, what quotes and the shell would read escaped, then as a string."""
    escaped = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in argument).replace("%", "%%")
    return _of_a_string(f'"{escaped}"')
