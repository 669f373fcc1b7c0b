"""Draw the icon's PNG files from its two SVG files: ``python3 dev.py icons``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from calmtray.ui.icons import SIZES

FOLDER = Path(__file__).parent.parent / "assets" / "icons"
SMALL = 24
"""Up to this size the drawing with fewer, stronger lines is used."""


def main() -> None:
    """Write every size."""
    app = QGuiApplication(["icons", "-platform", "offscreen"])
    for size in SIZES:
        renderer = QSvgRenderer(str(FOLDER / ("calmtray-small.svg" if size <= SMALL else "calmtray.svg")))
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(FOLDER / f"calmtray-{size}.png"))
    del app


if __name__ == "__main__":
    main()
