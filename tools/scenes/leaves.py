"""Leaves in light: a look up into a tree, the sun somewhere behind it."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from tools.scenes.painting import (
    HEIGHT,
    WIDTH,
    Light,
    clouds,
    drawn,
    glow,
    leaf,
    mixed,
    over,
    paint_leaf,
    places,
    ramp,
    shaded,
    soft,
    step,
)

SUN = (0.68, 0.24)
SEED = 11


def paint(chance: np.random.Generator) -> Light:
    """Far light, then four depths of leaves, each sharper than the one behind, and two out of focus before us."""
    x, y = places()
    away = np.sqrt((x - SUN[0]) ** 2 + ((y - SUN[1]) * 0.75) ** 2) + 0.16 * (clouds(chance, 420, 4) - 0.5)
    picture = ramp(away, [(0.0, "#fffbe2"), (0.16, "#eef0b4"), (0.34, "#aecb68"), (0.60, "#5f9345"), (1.0, "#2c5a35")])
    for count, size, blur, share in ((170, 170.0, 38, 0.75), (190, 120.0, 20, 0.75), (170, 100.0, 9, 0.8)):
        picture = over(picture, soft(drawn(lambda p: _scatter(p, chance, count, size)), blur), share)  # noqa: B023
    picture = picture + soft(drawn(lambda p: _sparks(p, chance)), 2.2)[..., :3] * 0.85
    for reach, focus in ((1.0, 5.0), (1.1, 3.0), (1.2, 1.2), (1.3, 0.4)):
        layer = drawn(lambda p: _branches(p, chance, reach))  # noqa: B023
        shadow = soft(np.roll(layer[..., 3], (16, -10), (0, 1)), 12)
        picture = over(shaded(picture, shadow, 0.36, "#4d7a35"), soft(layer, focus))
    picture = glow(picture, SUN, 0.34, "#fff3c4", 0.42)
    near = soft(drawn(lambda p: _before_us(p, chance)), 30)
    picture = over(picture, near, 0.86)
    return picture * (1.03 - 0.30 * step(0.55, 1.15, np.hypot(x - 0.55, y - 0.45)))[..., None]


def _lit(at: QPointF) -> float:
    """How much of the sun comes through, 0..1, at a place of the picture (px)."""
    away = math.hypot(at.x() / WIDTH - SUN[0], (at.y() / HEIGHT - SUN[1]) * 0.75)
    return max(0.0, 1 - away / 0.75)


def _scatter(painter: QPainter, chance: np.random.Generator, count: int, size: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for _ in range(count):
        at = QPointF(chance.uniform(-0.1, 1.1) * WIDTH, chance.uniform(-0.1, 1.1) * HEIGHT)
        lit = _lit(at)
        if chance.random() < lit * 0.72:
            continue
        colour = mixed("#2f5f38", "#bcd25c", min(1.0, lit * 0.9 + chance.uniform(-0.18, 0.22)))
        colour.setAlphaF(chance.uniform(0.55, 0.95))
        painter.save()
        painter.translate(at)
        painter.rotate(chance.normal(70, 50))
        painter.fillPath(leaf(size * chance.uniform(0.7, 1.3), size * chance.uniform(0.26, 0.4)), colour)
        painter.restore()


def _sparks(painter: QPainter, chance: np.random.Generator) -> None:
    """Where the sky shines through: discs of light, larger and softer away from the sun."""
    for _ in range(95):
        distance, turn = abs(chance.normal(0, 0.34)), chance.uniform(0, 2 * math.pi)
        at = QPointF((SUN[0] + distance * math.cos(turn)) * WIDTH, (SUN[1] + distance * math.sin(turn)) * HEIGHT)
        radius = chance.uniform(7, 15) + 34 * distance
        colour = mixed("#fffbe0", "#d9e88a", min(1.0, distance * 1.6))
        colour.setAlphaF(chance.uniform(0.05, 0.24))
        rim = QColor(colour)
        rim.setAlphaF(min(1.0, colour.alphaF() * 1.3))
        painter.setPen(QPen(rim, 1.6))
        painter.setBrush(colour)
        painter.drawEllipse(at, radius, radius)


TWIGS = ((-0.05, 0.10, 8, 0.62), (0.30, -0.10, 62, 0.62), (1.06, 0.30, 166, 0.50), (-0.06, 0.62, -14, 0.46),
         (0.72, -0.08, 98, 0.40), (1.05, 0.86, 196, 0.48))  # fmt: skip
"""Where each twig begins (shares of width and height), its direction in degrees, its length (share of the width)."""


def _branches(painter: QPainter, chance: np.random.Generator, reach: float) -> None:
    for x, y, turn, length in TWIGS:
        if chance.random() < 0.38:
            continue
        at = QPointF((x + chance.uniform(-0.06, 0.06)) * WIDTH, (y + chance.uniform(-0.08, 0.08)) * HEIGHT)
        _twig(painter, chance, at, math.radians(turn + chance.uniform(-16, 16)), length * WIDTH * reach * 0.8)


def _twig(painter: QPainter, chance: np.random.Generator, at: QPointF, turn: float, length: float) -> None:
    """A twig that hangs a little more the further it goes, with a leaf on each side in turn."""
    points, turns = [at], [turn]
    count = max(6, round(length / 46))
    for _ in range(count):
        turn += chance.normal(0.0, 0.05) + 0.030 * math.cos(turn)
        at = at + QPointF(math.cos(turn), math.sin(turn)) * (length / count)
        points.append(at)
        turns.append(turn)
    line = QPainterPath(points[0])
    for before, after in pairwise(points[1:]):
        line.quadTo(before, (before + after) / 2)
    line.lineTo(points[-1])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#57512f"), 4.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(line)
    painter.setPen(QPen(QColor(196, 178, 104, 130), 1.5))
    painter.drawPath(line.translated(0.8, -1.2))
    for number, (place, direction) in enumerate(zip(points[1:], turns[1:], strict=True)):
        for side in (1, -1) if number % 3 else (1 if number % 2 else -1,):
            long = chance.uniform(78, 122) * (1.08 - 0.42 * number / count)
            angle = math.degrees(direction) + side * chance.uniform(30, 68) + 16 * math.cos(direction)
            _hang(painter, chance, place, angle, long)
    _hang(painter, chance, points[-1], math.degrees(turns[-1]) + 8, 74)


def _hang(painter: QPainter, chance: np.random.Generator, at: QPointF, angle: float, long: float) -> None:
    lit = min(1.0, max(0.0, _lit(at) * 1.05 + chance.normal(0, 0.15)))
    wide, bend = long * chance.uniform(0.30, 0.44) * chance.choice([1, 1, 0.6]), chance.uniform(-0.5, 0.5)
    painter.save()
    painter.translate(at)
    painter.rotate(angle)
    painter.setPen(QPen(mixed("#5d6a34", "#a5b055", lit), 2.0))
    painter.drawLine(QPointF(0, 0), QPointF(13, 0))
    painter.translate(12, 0)
    light_side, dark_side = mixed("#3f7a3c", "#dbe873", lit), mixed("#2c6237", "#a9cc4d", lit)
    vein = mixed("#7ba257", "#f6f8bd", lit)
    vein.setAlphaF(0.75)
    paint_leaf(painter, leaf(long, wide, bend), light_side, dark_side, vein, veins=7, bend=bend)
    painter.restore()


def _before_us(painter: QPainter, chance: np.random.Generator) -> None:
    for x, y, angle, size in (
        (-0.08, 0.98, -38, 470),
        (0.10, 1.10, -64, 330),
        (1.08, 1.02, 214, 420),
        (-0.10, 0.16, 24, 300),
    ):
        painter.save()
        painter.translate(x * WIDTH, y * HEIGHT)
        painter.rotate(angle + chance.uniform(-8, 8))
        painter.fillPath(leaf(size, size * 0.34, 0.2), mixed("#1f4a30", "#4d7d3c", chance.random()))
        painter.restore()
