"""The app's icon, drawn once as SVG and kept as one sharp picture for each size (``dev.py icons``)."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from calmtray.desktop.paths import bundled

SIZES = (16, 20, 22, 24, 32, 48, 64, 128, 256)


def app_icon() -> QIcon:
    """Legible on light and on dark panels. Each size is read only when somebody asks for it."""
    icon = QIcon()
    for size in SIZES:
        icon.addFile(str(bundled("assets") / "icons" / f"calmtray-{size}.png"), QSize(size, size))
    return icon
