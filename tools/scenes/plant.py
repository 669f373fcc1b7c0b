"""A plant in its pot on a table, with the morning coming through a window that is not in the picture."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen, QPolygonF, QRadialGradient

from tools.scenes.painting import (
    HEIGHT,
    WIDTH,
    Light,
    clouds,
    drawn,
    glow,
    leaf,
    light,
    mixed,
    over,
    paint_leaf,
    places,
    ramp,
    shaded,
    soft,
    step,
)

SEED = 8
TABLE = 0.845
POT = QPointF(0.455 * WIDTH, 0.735 * HEIGHT)
"""The middle of the pot's mouth."""

MOUTH, FOOT, TALL = 122.0, 90.0, 168.0
"""Half the pot's width above and below, and its height, in px."""


def paint(chance: np.random.Generator) -> Light:
    """Wall, light on the wall, table, shadows, and the plant from behind to the front."""
    stems = _stems(chance)
    picture = _room(chance)
    back = drawn(lambda p: _paint_shadows(p, stems))
    thrown = np.roll(back[..., 3], (56, 236), (0, 1))
    x, y = places()
    on_wall = soft(thrown, 9) * (1 - step(TABLE - 0.012, TABLE + 0.004, y))
    picture = shaded(picture, on_wall * _sunlit(), 0.44, "#6c7076")
    picture = _on_table(picture)
    picture = over(picture, drawn(_paint_pot))
    for stem in stems:
        layer = drawn(lambda p: _paint_stem(p, stem, None))  # noqa: B023
        # Each leaf throws a little shadow on those behind it, and on the pot.
        below = soft(np.roll(layer[..., 3], (13, 8), (0, 1)), 9)
        picture = shaded(picture, below, 0.30, "#22402c")
        picture = over(picture, soft(layer, 0.4 + 1.3 * (1 - stem.near)))
    picture = glow(picture, (-0.05, 0.05), 0.75, "#fff0cf", 0.16)
    return picture * (1.03 - 0.22 * step(0.5, 1.05, np.hypot((x - 0.42) * 0.95, y - 0.48)))[..., None]


def _paint_shadows(painter: QPainter, stems: list[_Stem]) -> None:
    for stem in stems:
        _paint_stem(painter, stem, QColor("#000000"))


def _sunlit() -> Light:
    """Where the sun falls on the wall, 0..1: four panes, slanting."""

    def panes(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#ffffff"))
        for column in range(2):
            for row in range(2):
                left, top = 300 + column * 330, -60 + row * 390
                corners = [(left, top), (left + 300, top + 86), (left + 300, top + 446), (left, top + 360)]
                painter.drawPolygon(QPolygonF([QPointF(a, b + column * 84) for a, b in corners]))

    return soft(drawn(panes)[..., 3], 9)


def _room(chance: np.random.Generator) -> Light:
    x, y = places()
    wall = ramp(np.clip(0.75 * x + 0.35 * y, 0, 1), [(0.0, "#e9e3d5"), (0.5, "#d9d5c8"), (1.0, "#bfc1ba")])
    wall = wall * (1 + 0.05 * (clouds(chance, 26, 4) - 0.5) + 0.10 * (clouds(chance, 300, 3) - 0.5))[..., None]
    lit = (_sunlit() * (1 - 0.25 * clouds(chance, 340, 2)))[..., None]
    wall = wall * (0.70 * light("#fbf6ec") + lit * (light("#ffedc2") * 0.66))
    table = ramp(
        np.clip((y - TABLE) / (1.05 - TABLE), 0, 1) + 0 * x, [(0.0, "#c8ab86"), (0.35, "#b99870"), (1.0, "#93734f")]
    )
    grain = clouds(chance, 7, 4, 70.0) * 0.6 + clouds(chance, 34, 3, 16.0) * 0.4
    table = table * (0.66 + 0.62 * grain)[..., None]
    sheen = np.exp(-(((x - 0.5) / 0.42) ** 2)) * np.exp(-(((y - TABLE) / 0.07) ** 2))
    table = table + (0.10 * sheen)[..., None] * light("#fff0d2")
    there = step(TABLE - 0.0012, TABLE + 0.0012, y + 0 * x)[..., None]
    room = wall * (1 - there) + table * there
    edge = np.exp(-(((y - TABLE) / 0.010) ** 2)) * (y < TABLE)
    return shaded(room, edge + 0 * x, 0.20)


def _on_table(picture: Light) -> Light:
    """The pot's shadow on the table: long and soft away from the window, dark right under it."""
    foot = POT + QPointF(0, TALL)

    def long(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#000000"))
        path = QPainterPath(foot + QPointF(-FOOT, 0))
        path.lineTo(foot + QPointF(330, -22))
        path.lineTo(foot + QPointF(400, 12))
        path.lineTo(foot + QPointF(FOOT * 0.4, 20))
        painter.drawPath(path)

    def close(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#000000"))
        painter.drawEllipse(foot + QPointF(8, 2), FOOT * 1.12, 15)

    _, y = places()
    below = step(TABLE, TABLE + 0.01, y)
    picture = shaded(picture, soft(drawn(long)[..., 3], 16) * below, 0.50, "#3a2a1c")
    return shaded(picture, soft(drawn(close)[..., 3], 7), 0.62, "#2c1f15")


def _paint_pot(painter: QPainter) -> None:
    """Glazed clay: a body that narrows, a rolled rim, earth inside."""

    def round_shade(half: float, clear: str, base: str, dark: str) -> QLinearGradient:
        fill = QLinearGradient(POT.x() - half, 0, POT.x() + half, 0)
        for place, colour in (
            (0, base),
            (0.16, clear),
            (0.34, clear),
            (0.62, base),
            (0.9, dark),
            (1, mixed(dark, base, 0.3).name()),
        ):
            fill.setColorAt(place, QColor(colour))
        return fill

    painter.setPen(Qt.PenStyle.NoPen)
    top, bottom = POT.y() + 30, POT.y() + TALL
    body = QPainterPath(QPointF(POT.x() - MOUTH + 9, top))
    body.cubicTo(
        QPointF(POT.x() - MOUTH + 12, top + 70),
        QPointF(POT.x() - FOOT - 6, bottom - 40),
        QPointF(POT.x() - FOOT, bottom - 8),
    )
    body.quadTo(QPointF(POT.x(), bottom + 16), QPointF(POT.x() + FOOT, bottom - 8))
    body.cubicTo(
        QPointF(POT.x() + FOOT + 6, bottom - 40),
        QPointF(POT.x() + MOUTH - 12, top + 70),
        QPointF(POT.x() + MOUTH - 9, top),
    )
    painter.fillPath(body, round_shade(MOUTH, "#dfe3dd", "#b3bdb8", "#77857f"))
    painter.save()
    painter.setClipPath(body)
    under = QLinearGradient(0, top, 0, top + 30)
    under.setColorAt(0, QColor(40, 55, 50, 120))
    under.setColorAt(1, QColor(40, 55, 50, 0))
    painter.fillRect(QRectF(POT.x() - MOUTH, top, 2 * MOUTH, 30), under)
    warm = QLinearGradient(0, bottom - 60, 0, bottom)
    warm.setColorAt(0, QColor(150, 110, 70, 0))
    warm.setColorAt(1, QColor(120, 84, 52, 120))
    painter.fillRect(QRectF(POT.x() - MOUTH, bottom - 60, 2 * MOUTH, 80), warm)
    painter.restore()
    rim = QPainterPath()
    rim.addRoundedRect(QRectF(POT.x() - MOUTH, POT.y() - 6, 2 * MOUTH, 44), 14, 14)
    painter.fillPath(rim, round_shade(MOUTH, "#eaece5", "#bfc8c2", "#85928c"))
    painter.setBrush(QColor("#8c9791"))
    painter.drawEllipse(POT, MOUTH - 1, 19)
    earth = QRadialGradient(POT + QPointF(-30, 0), MOUTH)
    earth.setColorAt(0, QColor("#5b4636"))
    earth.setColorAt(1, QColor("#33271f"))
    painter.setBrush(earth)
    painter.drawEllipse(POT + QPointF(0, 3), MOUTH - 11, 14)


class _Stem:
    """One stalk with its leaf: where it goes, how large its leaf is and how it hangs, 0..1 how near it is to us."""

    def __init__(self, chance: np.random.Generator, number: int, count: int) -> None:
        self.near = number / (count - 1)
        share = (number * 0.618034) % 1.0
        self.spread = (share - 0.5) * 2
        rise = (1 - abs(self.spread) ** 1.6 * 0.66) * (1 - 0.60 * self.near) + chance.uniform(-0.07, 0.07)
        self.root = POT + QPointF(self.spread * 44 + chance.normal(0, 8), 4 + 6 * self.near)
        self.tip = POT + QPointF(
            self.spread * (318 - 60 * rise) + chance.normal(0, 20), -44 - 500 * rise + 48 * self.near
        )
        self.lift = QPointF(self.spread * 46, -150 * rise - 46)
        self.size = chance.uniform(104, 186) * (0.80 + 0.30 * self.near)
        self.wide = self.size * chance.uniform(0.46, 0.66)
        hang = 84 - self.spread * 62 + chance.normal(0, 16)
        self.angle = hang - 30 * rise * (1 if self.spread >= 0 else -1)
        self.bend = chance.uniform(-0.18, 0.18)
        sunny = 0.62 - 0.34 * self.spread + 0.30 * rise
        self.lit = float(np.clip(sunny * (0.30 + 0.70 * self.near) + chance.normal(0, 0.12), 0.02, 1))


def _stems(chance: np.random.Generator) -> list[_Stem]:
    count = 40
    return [_Stem(chance, number, count) for number in range(count)]


def _paint_stem(painter: QPainter, stem: _Stem, plain: QColor | None) -> None:
    """``plain``: in this one colour, for its shadow."""
    line = QPainterPath(stem.root)
    line.cubicTo(stem.root + QPointF(stem.spread * 8, -60), stem.tip + QPointF(-stem.lift.x() * 0.5, 40), stem.tip)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(plain or mixed("#4d6a3c", "#9fb36a", stem.lit), 4.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    )
    painter.drawPath(line)
    if plain is None:
        painter.setPen(QPen(QColor(226, 226, 160, round(110 * stem.lit)), 1.4))
        painter.drawPath(line.translated(-1.2, -0.6))
    painter.save()
    painter.translate(stem.tip)
    painter.rotate(stem.angle)
    path = leaf(stem.size, stem.wide, stem.bend, heart=0.9)
    if plain is not None:
        painter.fillPath(path, plain)
    else:
        bright, dark = mixed("#2f5f3f", "#bcd672", stem.lit), mixed("#1d4632", "#76aa50", stem.lit)
        if math.sin(math.radians(stem.angle)) < 0 or stem.angle > 90:
            bright, dark = dark, bright
        vein = mixed("#6f9663", "#e3edb4", stem.lit)
        vein.setAlphaF(0.6)
        paint_leaf(painter, path, bright, dark, vein, veins=5, bend=stem.bend)
        painter.setClipPath(path)
        shine = QRadialGradient(QPointF(stem.size * 0.34, -stem.wide * 0.18), stem.size * 0.42)
        shine.setColorAt(0, QColor(255, 250, 214, round(92 * stem.lit)))
        shine.setColorAt(1, QColor(255, 250, 214, 0))
        painter.fillPath(path, shine)
        deep = QLinearGradient(0, 0, stem.size, 0)
        deep.setColorAt(0, QColor(14, 44, 32, 120))
        deep.setColorAt(0.4, QColor(14, 44, 32, 0))
        deep.setColorAt(0.75, QColor(255, 246, 190, 0))
        deep.setColorAt(1, QColor(255, 246, 190, round(70 * stem.lit)))
        painter.fillPath(path, deep)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(240, 246, 190, round(150 * stem.lit)), 2.2))
        painter.drawPath(path)
    painter.restore()
