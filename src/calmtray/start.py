"""The first moments: one app for each user, and its icon in the tray before anything else is loaded."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from calmtray import __version__
from calmtray.desktop.event_loop import make_event_loop, paint_first
from calmtray.desktop.paths import Paths
from calmtray.desktop.single_instance import Instance, Message, ask
from calmtray.ui.tray import Tray
from calmtray.ui.tray_host import TrayHost
from calmtray.words.language import _

PATIENCE_S = 5.0
"""How long a second start waits for the first one to listen."""

OK, FAILED = 0, 1

FIRST_PICTURE_MS = 60
"""What a tray needs to take the icon in and show it."""


def run(paths: Paths, lang: str | None, request: Message) -> int:
    """Be the running app until somebody quits, or hand the request to the one that got there first."""
    instance = Instance(paths.run)
    try:
        acquired = instance.acquire()
    except OSError as error:
        return _refuse(paths.run, error)
    if not acquired:
        return OK if ask(paths.run, request, PATIENCE_S) is not None else _refuse_silent()
    try:
        return _live(paths, lang, request, instance)
    finally:
        instance.release()


def _live(paths: Paths, lang: str | None, request: Message, instance: Instance) -> int:
    qt = QApplication(["calmtray"])
    qt.setApplicationName("calmtray")
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName("calmtray")
    qt.setQuitOnLastWindowClosed(False)
    host = TrayHost()
    host.start()
    tray = Tray() if host.present else None
    if tray is not None:
        tray.show()
        paint_first(FIRST_PICTURE_MS)
    with make_event_loop(qt) as loop:
        from calmtray.app import App

        app = App(qt, paths, lang, instance, host, tray)
        living = loop.create_task(app.live(request))
        try:
            loop.run_until_complete(living)
        except RuntimeError:
            if living.done():
                raise
            # The screen is gone (a logout, a crash of its server) and Qt has left its loop: what is open is kept.
            app.close()
            living.cancel()
            return FAILED
    return OK


def _refuse(folder: Path, error: OSError) -> int:
    sentence = _("calmtray can’t keep its files in {path} ({reason}). Choose another folder with --home.")
    sys.stderr.write(f"calmtray: {sentence.format(path=folder, reason=error.strerror or error)}\n")
    return FAILED


def _refuse_silent() -> int:
    sys.stderr.write("calmtray: " + _("calmtray is running, but does not answer. End it and start it again.") + "\n")
    return FAILED
