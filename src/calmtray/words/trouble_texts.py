"""What is said when calmtray could not start."""

from __future__ import annotations

from calmtray.words.language import _


def could_not_start() -> str:
    """That."""
    return _("calmtray could not start.")


def could_not_start_text(log: str) -> str:
    """What it means, and what can be done; ``log``: where it was written down, empty where that failed too."""
    untouched = _("Something happened that it is not made for. Your settings, practices and journal are as they were.")
    if not log:
        return f"{untouched} {_('Starting it again may help; if not, installing it again.')}"
    where = _(
        "Starting it again may help; if not, whoever looks after this computer, or the people who make calmtray, can"
        " find out more from this file: {path}. It names places in the program, and nothing of yours."
    ).format(path=log)
    return f"{untouched} {where}"


def library_text(library: str) -> str:
    """What it means that a library of the system is missing, and what can be done."""
    return _(
        "It needs {library}, which this system lacks. calmtray’s README names the packages that bring such libraries;"
        " once they are installed, it starts."
    ).format(library=library)


def no_screen_text(reason: str) -> str:
    """What it means that Qt can't use the screen, and what can be done; ``reason``: in its words."""
    return _(
        "It can’t show itself on this screen. Most often a library of the system is missing, or calmtray was started"
        " from outside a desktop. What is known of it: {reason}"
    ).format(reason=reason)


def open_folder() -> str:
    """The button that shows where the log is."""
    return _("Show the file")
