"""A picture in its place: rounded corners, sharp on any screen, scaled once and kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

CORNER_PX = 14

LARGEST_PX = 2_400
"""The longer side of what is kept of a picture: enough for a large window on a fine screen."""

MOST_PIXELS = 60_000_000
"""More are only decoded where the format can do it small (JPEG): the others would come whole into the memory."""


class FramedPicture(QWidget):
    """``fill``: whether the picture fills its place, cut at the edges, or is seen whole."""

    def __init__(self, *, fill: bool) -> None:
        super().__init__()
        self._fill = fill
        self._picture = QImage()
        self._scaled = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(60)

    def sizeHint(self) -> QSize:
        """What is left over."""
        return QSize(360, 260)

    def show_picture(self, picture: QImage, words: str) -> None:
        """Show this one; ``words`` say it to those who don't see it."""
        self._picture, self._scaled = picture, QImage()
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture as it was scaled for this size."""
        del event
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding if self._fill else Qt.AspectRatioMode.KeepAspectRatio
        wanted = self._picture.size().scaled(self.size() * ratio, mode)
        if self._scaled.size() != wanted:
            self._scaled = self._picture.scaled(
                wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        shown = QRectF(0, 0, wanted.width() / ratio, wanted.height() / ratio)
        shown.moveCenter(QRectF(self.rect()).center())
        corners = QPainterPath()
        corners.addRoundedRect(shown.intersected(QRectF(self.rect())), CORNER_PX, CORNER_PX)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(corners)
        painter.drawImage(shown, self._scaled)
        painter.end()


def read_picture(path: Path) -> QImage:
    """A picture, turned as its camera was held, no larger than is ever shown; null where it can't be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    whole = reader.size()
    if not whole.isValid():
        return QImage()
    small = reader.supportsOption(QImageIOHandler.ImageOption.ScaledSize) and reader.format().data() == b"jpeg"
    if whole.width() * whole.height() > MOST_PIXELS and not small:
        return QImage()
    if max(whole.width(), whole.height()) > LARGEST_PX:
        reader.setScaledSize(whole.scaled(QSize(LARGEST_PX, LARGEST_PX), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
