"""A window with a few sentences, by what the system itself has: for when Qt is what is broken."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Sequence

WARNING = 0x30
"""MB_ICONWARNING, see MessageBoxW in Microsoft's documentation."""

COLUMNS = 80

ON_MACOS = 'on run {title, said}\ndisplay dialog said with title title buttons {"OK"} with icon caution\nend run'


def show_plainly(title: str, text: str) -> None:
    """Show it until it was read; nothing, where the system has no such window or no screen either."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, title, WARNING)
        return
    for command in commands(sys.platform, title, text):
        try:
            # 1 is an answer as well: the window was closed by its frame.
            if subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode in (0, 1):
                return
        except OSError:
            # It is not installed.
            continue


def commands(system: str, title: str, text: str) -> list[Sequence[str | bytes]]:
    """The programs that can, the likeliest first."""
    if system == "darwin":
        return [("osascript", "-e", ON_MACOS, title, text)]
    return [
        ("zenity", "--warning", "--no-markup", f"--title={title}", f"--text={text}"),
        ("kdialog", "--title", title, "--sorry", text),
        ("xmessage", "-center", "-default", "okay", "-title", title, _of_an_old_window(text)),
    ]


def _of_an_old_window(text: str) -> bytes:
    """It breaks no lines, and knows the letters of Western Europe alone."""
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, COLUMNS) or [""]]
    return "\n".join(lines).replace("’", "'").replace("œ", "oe").encode("latin-1", errors="replace")
