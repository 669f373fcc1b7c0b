"""Draw the icons' PNG files from their SVG files: ``python3 dev.py icons``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from calmtray.ui.icons import IconState, sizes
from calmtray.ui.theme import DARK, LIGHT

FOLDER = Path(__file__).parent.parent / "assets" / "icons"
MARK = 32
SMALL = 24
"""Up to this size the drawing with fewer, stronger lines is used."""


def main() -> None:
    """Write every size of the app's icon in each state, and the marks of boxes and numbers for light and dark."""
    app = QGuiApplication(["icons", "-platform", "offscreen"])
    for state in IconState:
        for size in sizes(state):
            icon = FOLDER / (f"{state}-small.svg" if size <= SMALL else f"{state}.svg")
            draw(icon.read_text(encoding="utf-8"), size, FOLDER / f"{state}-{size}.png")
    tick = (FOLDER / "check.svg").read_text(encoding="utf-8")
    for name, theme in (("light", LIGHT), ("dark", DARK)):
        draw(tick.replace("currentColor", theme.accent_text), MARK, FOLDER / f"check-{name}.png")
        for arrow in ("chevron", "chevron-up"):
            drawing = (FOLDER / f"{arrow}.svg").read_text(encoding="utf-8")
            draw(drawing.replace("currentColor", theme.quiet), MARK, FOLDER / f"{arrow}-{name}.png")
    del app


def draw(svg: str, size: int, target: Path) -> None:
    """Render one drawing as a square picture."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    image.save(str(target))


if __name__ == "__main__":
    main()
