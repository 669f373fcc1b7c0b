"""calmtray could not start, or not do as it was told.

It is written down, and said where somebody who clicked an icon can see it.
"""

from __future__ import annotations

from calmtray.desktop.paths import Paths
from calmtray.desktop.plain_box import show_plainly
from calmtray.desktop.trouble_log import TroubleLog, missing_library
from calmtray.words.trouble_texts import could_not_start, could_not_start_text, library_text, no_screen_text


def tell(paths: Paths, error: Exception) -> str:
    """Log it, show a window, and give the sentence for the terminal."""
    written = TroubleLog(paths.log).note(error)
    library = missing_library(error)
    said = library_text(library) if library else could_not_start_text(str(paths.log) if written else "")
    try:
        from calmtray.ui.trouble_window import show_trouble
    except ImportError:
        # It is Qt that is missing or broken.
        return _plainly(said)
    show_trouble(could_not_start(), said, paths.log.parent if written else None)
    return f"{could_not_start()} {said}"


def note(paths: Paths, error: Exception) -> str:
    """Log it, and give the sentence for the terminal, where a command was asked for that opens no window."""
    written = TroubleLog(paths.log).note(error)
    return could_not_start_text(str(paths.log) if written else "")


def say(sentence: str) -> None:
    """Show what is nobody's mistake in a window."""
    try:
        from calmtray.ui.trouble_window import show_trouble
    except ImportError:
        show_plainly("calmtray", sentence)
        return
    show_trouble(could_not_start(), sentence, None)


def tell_of_no_screen(paths: Paths, reason: str) -> str:
    """The same where Qt finds no screen that it can use; ``reason``: in its words."""
    TroubleLog(paths.log).note(NoScreen())
    return _plainly(no_screen_text(reason))


def _plainly(said: str) -> str:
    """In a window of the system's own, and as the sentence for the terminal."""
    show_plainly("calmtray", f"{could_not_start()}\n\n{said}")
    return f"{could_not_start()} {said}"


class NoScreen(Exception):
    """Qt would have ended the program: a library of the system is missing, or there is no desktop."""
