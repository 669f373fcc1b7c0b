"""The app's icon, drawn once as SVG and kept as one sharp picture for each size (``dev.py icons``)."""

from __future__ import annotations

import errno
import os
from enum import StrEnum

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from calmtray.desktop.paths import bundled

SIZES = (16, 20, 22, 24, 32, 48, 64, 128, 256)
LARGEST_IN_TRAY = 64


class IconState(StrEnum):
    """What the icon says: nothing, that somebody is in session, or that something is offered."""

    PLAIN = "calmtray"
    IN_SESSION = "session"
    WAITING = "waiting"


def sizes(state: IconState) -> tuple[int, ...]:
    """In which sizes there is a picture, in px. What the tray alone shows needs no large ones."""
    return SIZES if state is IconState.PLAIN else tuple(size for size in SIZES if size <= LARGEST_IN_TRAY)


def app_icon(state: IconState = IconState.PLAIN) -> QIcon:
    """Legible on light and on dark panels. Each size is read only when somebody asks for it.

    Raises FileNotFoundError where the pictures are gone: an icon that nobody sees is no way in.
    """
    icon = QIcon()
    for size in sizes(state):
        icon.addFile(str(bundled("assets") / "icons" / f"{state}-{size}.png"), QSize(size, size))
    if icon.isNull():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    return icon
