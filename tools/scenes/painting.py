"""What every scene is painted with: layers of light, soft focus, clouds of noise, and leaves.

A picture is summed in linear light, float32, shape (height, width, 3), with a margin around it that is cut off at the
end, so that soft edges have something to run into. Shapes are drawn by Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen

Light: TypeAlias = NDArray[np.floating]

WIDTH, HEIGHT = 1200, 900
MARGIN = 120
WIDE, HIGH = WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN


def light(colour: str) -> Light:
    """A colour as it is written (sRGB) -> linear light, shape (3,)."""
    written = QColor(colour)
    return _linear(np.array([written.redF(), written.greenF(), written.blueF()], np.float32))


def mixed(one: str, other: str, share: float) -> QColor:
    """Between two colours: ``share`` of the other, 0..1."""
    a, b = QColor(one), QColor(other)
    parts = ((a.redF(), b.redF()), (a.greenF(), b.greenF()), (a.blueF(), b.blueF()))
    return QColor.fromRgbF(*(min(max(x + (y - x) * share, 0.0), 1.0) for x, y in parts))


def places() -> tuple[Light, Light]:
    """x and y of every pixel, 0..1 over the picture itself."""
    x = (np.arange(WIDE, dtype=np.float32) - MARGIN) / WIDTH
    y = (np.arange(HIGH, dtype=np.float32) - MARGIN) / HEIGHT
    return x[None, :], y[:, None]


def ramp(at: Light, stops: list[tuple[float, str]]) -> Light:
    """Colours along a way: ``at`` in any shape -> shape + (3,)."""
    where = [place for place, _ in stops]
    colours = np.array([light(colour) for _, colour in stops])
    return np.stack([np.interp(at, where, colours[:, band]) for band in range(3)], axis=-1).astype(np.float32)


def step(low: float, high: float, value: Light) -> Light:
    """0 below ``low``, 1 above ``high``, smooth between."""
    share = np.clip((value - low) / (high - low), 0, 1)
    smooth: Light = share * share * (3 - 2 * share)
    return smooth


def clouds(chance: np.random.Generator, cell: float, octaves: int = 5, stretch: float = 1.0) -> Light:
    """Noise that looks alike near and far, 0..1, its largest spots ``cell`` px high and ``stretch`` times as wide."""
    total = np.zeros((HIGH, WIDE), np.float32)
    weight = 1.0
    for _ in range(octaves):
        size = max(2, round(WIDE / cell / stretch)) + 3, max(2, round(HIGH / cell)) + 3
        grid = Image.fromarray(chance.random((size[1], size[0]), np.float32))
        total += weight * np.asarray(grid.resize((WIDE, HIGH), Image.Resampling.BICUBIC))
        weight, cell = weight * 0.5, cell / 2
    spread: Light = (total - total.min()) / (total.max() - total.min())
    return spread


def soft(layer: Light, radius: float) -> Light:
    """Out of focus: blurred by a bell of this radius in px."""
    if radius <= 0:
        return layer
    down = np.fft.fftfreq(layer.shape[0])[:, None]
    along = np.fft.rfftfreq(layer.shape[1])[None, :]
    bell = np.exp(-2 * (np.pi * radius) ** 2 * (down**2 + along**2)).astype(np.float32)
    bands = layer if layer.ndim == 3 else layer[..., None]
    blurred = np.stack(
        [np.fft.irfft2(np.fft.rfft2(bands[..., band]) * bell, layer.shape[:2]) for band in range(bands.shape[2])],
        axis=-1,
    ).astype(np.float32)
    return np.maximum(blurred if layer.ndim == 3 else blurred[..., 0], 0)


def drawn(draw: Callable[[QPainter], None]) -> Light:
    """What ``draw`` draws, in picture coordinates -> linear, premultiplied, shape (high, wide, 4)."""
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(MARGIN, MARGIN)
    draw(painter)
    painter.end()
    seen = np.frombuffer(image.constBits(), np.uint8).reshape(HIGH, WIDE, 4).astype(np.float32) / 255
    seen[..., :3] = _linear(seen[..., :3]) * seen[..., 3:]
    return seen


def over(ground: Light, layer: Light, share: float = 1.0) -> Light:
    """A layer laid over the ground."""
    laid: Light = ground * (1 - layer[..., 3:] * share) + layer[..., :3] * share
    return laid


def shaded(ground: Light, shadow: Light, share: float, tint: str = "#000000") -> Light:
    """Darker (towards ``tint``) where the shadow's 0..1 is."""
    dark = (shadow * share)[..., None]
    darker: Light = ground * (1 - dark + dark * light(tint))
    return darker


def glow(ground: Light, at: tuple[float, float], reach: float, colour: str, strength: float) -> Light:
    """Light added around a place (0..1); ``reach``: as a share of the width."""
    x, y = places()
    away = np.sqrt((x - at[0]) ** 2 + ((y - at[1]) * HEIGHT / WIDTH) ** 2) / reach
    return ground + (strength * np.exp(-(away**1.4) * 2.2))[..., None] * light(colour)


def leaf(length: float, width: float, bend: float = 0.0, heart: float = 0.0) -> QPainterPath:
    """A leaf from its stalk at (0, 0) to its tip at (length, 0); ``bend`` 0..1 sideways, ``heart``: 0..1 lobed."""
    tip = QPointF(length, bend * width)
    lobe = QPointF(-length * 0.16 * heart, 0)
    path = QPainterPath(QPointF(0, 0))
    for side in (-1, 1):
        near = QPointF(length * 0.10, side * width * (0.62 + 0.2 * heart)) + lobe
        far = QPointF(length * 0.62, side * width * 0.62 + bend * width * 0.5)
        if side < 0:
            path.cubicTo(near, far, tip)
        else:
            path.cubicTo(far, near, QPointF(0, 0))
    return path


def paint_leaf(
    painter: QPainter, path: QPainterPath, near: QColor, far: QColor, vein: QColor, *, veins: int = 6, bend: float = 0.0
) -> None:
    """A leaf with one half a little lighter than the other, its midrib and its veins."""
    box = path.boundingRect()
    across = QLinearGradient(0, box.top(), 0, box.bottom())
    across.setColorAt(0, near)
    across.setColorAt(0.48, mixed(near.name(), far.name(), 0.5))
    across.setColorAt(0.54, far)
    across.setColorAt(1, far.darker(112))
    painter.fillPath(path, across)
    painter.save()
    painter.setClipPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    length, width = box.right(), box.height() / 2
    painter.setPen(QPen(vein, max(0.8, length / 70), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    rib = QPainterPath(QPointF(0, 0))
    tip = QPointF(length, bend * width)
    rib.quadTo(QPointF(length * 0.5, bend * width * 0.1), tip)
    painter.drawPath(rib)
    fine = QColor(vein)
    fine.setAlphaF(vein.alphaF() * 0.55)
    painter.setPen(QPen(fine, max(0.5, length / 150)))
    for number in range(1, veins + 1):
        at = number / (veins + 1)
        base = rib.pointAtPercent(at * 0.92)
        for side in (-1, 1):
            side_vein = QPainterPath(base)
            reach = QPointF(length * 0.2, side * width * 0.9)
            side_vein.quadTo(base + QPointF(length * 0.04, side * width * 0.45), base + reach)
            painter.drawPath(side_vein)
    painter.restore()


def finished(picture: Light, chance: np.random.Generator, grain: float = 0.006) -> NDArray[np.uint8]:
    """Linear light -> the picture to keep: highlights rolled off, a trace of grain against banding, margin cut."""
    cut = picture[MARGIN : MARGIN + HEIGHT, MARGIN : MARGIN + WIDTH]
    rolled = np.where(cut > 0.7, 0.7 + 0.3 * np.tanh((cut - 0.7) / 0.3), cut)
    written = np.where(rolled <= 0.0031308, rolled * 12.92, 1.055 * np.maximum(rolled, 1e-6) ** (1 / 2.4) - 0.055)
    written = written + chance.normal(0, grain, (HEIGHT, WIDTH, 1)).astype(np.float32)
    return np.clip(written * 255 + 0.5, 0, 255).astype(np.uint8)


def _linear(written: Light) -> Light:
    return np.where(written <= 0.04045, written / 12.92, ((written + 0.055) / 1.055) ** 2.4).astype(np.float32)
