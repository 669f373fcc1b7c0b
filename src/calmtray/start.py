"""The first moments: one app for each user, and its icon in the tray before anything else is loaded."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from calmtray import __version__
from calmtray.desktop.collecting import collect_between_events
from calmtray.desktop.event_loop import make_event_loop, paint_first
from calmtray.desktop.paths import Paths, user_paths
from calmtray.desktop.portal import within_flatpak
from calmtray.desktop.replaced import begin_anew
from calmtray.desktop.single_instance import Instance, Message, NoAnswer, ask
from calmtray.desktop.trouble_log import TroubleLog
from calmtray.ui.tray import Tray
from calmtray.ui.tray_host import TrayHost

if TYPE_CHECKING:
    # asyncio comes after the icon.
    from asyncio import AbstractEventLoop

PATIENCE_S = 5.0
"""How long a second start waits for the first one to listen."""

FIRST_PICTURE_MS = 60
"""What a tray needs to take the icon in and show it."""


class NoPlace(Exception):
    """The folder for the running app can't be used. ``reason``: in the system's words."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.reason = error.strerror or str(error)


class ScreenGone(Exception):
    """The display that the app was shown on is not there any more."""


def run(paths: Paths, lang: str | None, request: Message) -> Message:
    """Be the running app until somebody quits, or hand the request to the one that got there first.

    Gives the answer to the request: empty, or with the reason under ``error``. Raises NoPlace where the folder for the
    running app can't be used, NoAnswer where another one runs and is silent, ScreenGone where the display went away.
    """
    instance = Instance(paths.run)
    try:
        acquired = instance.acquire()
    except OSError as error:
        raise NoPlace(error) from None
    if not acquired:
        answer = ask(paths.run, request, PATIENCE_S)
        if answer is None:
            raise NoAnswer
        return answer
    try:
        anew = _live(paths, lang, request, instance)
    finally:
        instance.release()
    if anew is not None:
        home = () if paths == user_paths() else ("--home", str(paths.config.parent))
        begin_anew((*home, *(("--lang", lang) if lang else ()), *anew))
    return {}


def _live(paths: Paths, lang: str | None, request: Message, instance: Instance) -> Sequence[str] | None:
    log = TroubleLog(paths.log)
    log.watch()
    qt = _on_a_screen(paths)
    collect_between_events()
    qt.setApplicationName("calmtray")
    qt.setApplicationVersion(__version__)
    # A desktop finds the icon of a window by it.
    qt.setDesktopFileName("org.calmtray.calmtray" if within_flatpak(os.environ) else "calmtray")
    qt.setQuitOnLastWindowClosed(False)
    host = TrayHost()
    host.start()
    tray = Tray() if host.present else None
    if tray is not None:
        tray.show()
        paint_first(FIRST_PICTURE_MS)
    try:
        with make_event_loop(qt) as loop:
            loop.set_exception_handler(partial(_note, log))
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
                raise ScreenGone from None
    except Exception:
        # An icon that is there already would stay while it is said what happened, and answer nobody.
        if tray is not None:
            tray.hide()
        raise
    anew: Sequence[str] | None = living.result()
    return anew


def _on_a_screen(paths: Paths) -> QApplication:
    """Qt ends the program where it can't use the screen; what it says about that is heard first."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            from calmtray.trouble import tell_of_no_screen

            # The last words are the same whatever the reason is; they come alone where a plugin is missing.
            sys.stderr.write(f"calmtray: {tell_of_no_screen(paths, ' '.join(said) or message)}\n")
            sys.stderr.flush()
            os._exit(1)
        said.append(message)

    qInstallMessageHandler(hear)
    # On several screens Qt does not ask X11 where panels are, unless it is told to: a card would lie below one.
    os.environ.setdefault("QT_RELY_ON_NET_WORKAREA_ATOM", "1")
    qt = QApplication(["calmtray"])
    qInstallMessageHandler(None)
    sys.stderr.writelines(f"{each}\n" for each in said)
    return qt


def _note(log: TroubleLog, loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """What a task did not catch is noted, and told on the terminal as ever."""
    error = context.get("exception")
    if error is not None:
        log.note(error)
    loop.default_exception_handler(context)
