"""A meadow with a wide sky, late in the afternoon: hills in haze, tall grass, a few flowers."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from tools.scenes.painting import (
    HEIGHT,
    MARGIN,
    WIDE,
    WIDTH,
    Light,
    clouds,
    drawn,
    glow,
    light,
    mixed,
    over,
    places,
    ramp,
    soft,
    step,
)

SUN = (0.24, 0.50)
HORIZON = 0.60
SEED = 5

HILLS = (
    # how far up, how rough, colour at the ridge, colour in the haze below it
    (0.500, 0.045, "#b9c4c2", "#dcd9c8"),
    (0.540, 0.040, "#a0b3a6", "#d3d5b9"),
    (0.575, 0.026, "#87a388", "#c6cf9f"),
    (0.610, 0.016, "#769a66", "#b5c67c"),
)


def paint(chance: np.random.Generator) -> Light:
    """From the sky to what grows before our feet."""
    picture = _sky(chance)
    for number, (up, rough, ridge, haze) in enumerate(HILLS):
        picture = over(picture, soft(drawn(lambda p: _hill(p, chance, up, rough, ridge, haze)), 1.8 - 0.4 * number))  # noqa: B023
        if number >= 1:
            trees = drawn(lambda p: _trees(p, chance, up, rough, ridge, number))  # noqa: B023
            picture = over(picture, soft(trees, 1.7 - 0.3 * number), 0.85)
    picture = glow(picture, (SUN[0], SUN[1]), 0.42, "#ffe2ab", 0.34)
    picture = _ground(picture, chance)
    for near, far, count, blur in ((0.0, 0.16, 9000, 0.9), (0.14, 0.40, 6500, 0.5), (0.36, 0.70, 4200, 0.3)):
        picture = over(picture, soft(drawn(lambda p: _grass(p, chance, near, far, count)), blur))  # noqa: B023
        picture = over(picture, soft(drawn(lambda p: _flowers(p, chance, near, far)), blur + 0.2))  # noqa: B023
    picture = over(picture, soft(drawn(lambda p: _grass(p, chance, 0.66, 1.0, 1500)), 0.5))
    picture = over(picture, soft(drawn(lambda p: _flowers(p, chance, 0.66, 0.98)), 0.7))
    picture = over(picture, soft(drawn(lambda p: _grass(p, chance, 1.05, 1.3, 150)), 7), 0.9)
    picture = glow(picture, (SUN[0], HORIZON), 0.5, "#ffdf9e", 0.16)
    x, y = places()
    return picture * (1.02 - 0.20 * step(0.5, 1.0, np.hypot((x - 0.45) * 0.9, y - 0.5)))[..., None]


def _sky(chance: np.random.Generator) -> Light:
    x, y = places()
    tilt = y + 0.05 * (x - 0.3)
    sky = ramp(np.broadcast_to(tilt, (len(y), WIDE)), [
        (-0.1, "#6d9dc6"), (0.15, "#93b8d3"), (0.34, "#bfd2d8"), (0.48, "#e9dfc8"), (0.60, "#f6e6c4"),
    ])  # fmt: skip
    # Clouds lie flatter the lower they are: seen from below, and then from the side.
    for cell, stretch, low, high, top, bottom, share in (
        (150, 3.2, 0.52, 0.86, 0.02, 0.40, 0.85),
        (70, 5.5, 0.54, 0.80, 0.26, 0.56, 0.65),
    ):
        mass = clouds(chance, cell, 6, stretch)
        thick = step(low, high, mass) * step(top - 0.16, top + 0.06, y) * (1 - step(bottom - 0.06, bottom + 0.1, y))
        towards = np.roll(mass, (round(cell * 0.16), -round(cell * 0.2)), (0, 1))
        lit = np.clip(0.62 + 2.6 * (mass - towards), 0, 1)[..., None]
        colour = light("#fff7e8") * lit + light("#a9b2c2") * (1 - lit)
        sky = sky * (1 - share * thick[..., None]) + colour * (share * thick)[..., None]
    return glow(sky, SUN, 0.55, "#ffdd9f", 0.26)


def _ridge(chance_seed: int, up: float, rough: float) -> np.ndarray:
    chance = np.random.default_rng(chance_seed)
    x = np.linspace(-0.1, 1.1, 241)
    y = np.full_like(x, up)
    for octave in range(1, 6):
        y += rough / octave**1.5 * np.sin(2 * np.pi * (x * octave * 0.8 + chance.random())) * chance.uniform(0.5, 1)
    return np.stack([x * WIDTH, y * HEIGHT], axis=1)


def _hill(painter: QPainter, chance: np.random.Generator, up: float, rough: float, ridge: str, haze: str) -> None:
    del chance
    points = _ridge(round(up * 1000), up, rough)
    path = QPainterPath(QPointF(-MARGIN, HEIGHT + MARGIN))
    for x, y in points:
        path.lineTo(x, y)
    path.lineTo(WIDTH + MARGIN, HEIGHT + MARGIN)
    fill = QLinearGradient(0, points[:, 1].min(), 0, points[:, 1].min() + 0.11 * HEIGHT)
    fill.setColorAt(0, QColor(ridge))
    fill.setColorAt(1, QColor(haze))
    painter.fillPath(path, fill)


def _trees(painter: QPainter, chance: np.random.Generator, up: float, rough: float, ridge: str, number: int) -> None:
    """Clumps along the ridge: each a heap of dabs, darker below, lit from the side of the sun."""
    points = _ridge(round(up * 1000), up, rough)
    painter.setPen(Qt.PenStyle.NoPen)
    size = (0, 6.0, 11.0, 19.0)[number]
    dark, bright = mixed(ridge, "#3d5f4b", 0.30 + 0.16 * number), mixed(ridge, "#c3cf86", 0.35)
    for _ in range((0, 16, 12, 7)[number]):
        start, count = int(chance.integers(8, 225)), int(chance.integers(1, 12 - 2 * number))
        for index in range(start, min(start + count, 240)):
            base = QPointF(*points[index]) + QPointF(0, size * 0.3)
            tall = size * chance.uniform(0.7, 1.5)
            for _ in range(9):
                up_share, aside = chance.random(), chance.normal(0, 0.42)
                at = base + QPointF(aside * size, -up_share * tall)
                colour = mixed(dark.name(), bright.name(), max(0.0, min(1.0, 0.5 * up_share - 0.5 * aside + 0.1)))
                colour.setAlphaF(0.8)
                painter.setBrush(colour)
                painter.drawEllipse(at, size * chance.uniform(0.25, 0.5), size * chance.uniform(0.2, 0.42))


def _ground(picture: Light, chance: np.random.Generator) -> Light:
    """The meadow's floor, in long soft patches that widen towards us."""
    x, y = places()
    down = (y - HORIZON) / (1 - HORIZON)
    patches = clouds(chance, 46, 4, 9.0) * 0.6 + clouds(chance, 150, 3, 5.0) * 0.4
    base = ramp(np.clip(down + 0.55 * (patches - 0.5), 0, 1), [
        (0.0, "#c9cf86"), (0.2, "#a7b962"), (0.5, "#7c9b47"), (0.8, "#587d38"), (1.0, "#3f642f"),
    ])  # fmt: skip
    warm = np.exp(-(((x - SUN[0]) / 0.5) ** 2)) * np.clip(1 - down, 0, 1)
    base = base * (1 - 0.3 * warm[..., None]) + light("#f0dc92") * (0.3 * warm)[..., None]
    edge = HORIZON + 0.012 * np.sin(2 * np.pi * (x * 0.9 + 0.15)) + 0.004 * np.sin(2 * np.pi * x * 3.1)
    there = step(-0.004, 0.010, y - edge)[..., None]
    ground: Light = picture * (1 - there) + base * there
    return ground


def _place(chance: np.random.Generator, near: float, far: float) -> tuple[QPointF, float]:
    """Somewhere on the meadow, and how near it is: 0 at the horizon, 1 before our feet."""
    depth = chance.uniform(near, far)
    y = HORIZON + 0.012 + (1.10 - HORIZON) * depth**1.25
    return QPointF(chance.uniform(-0.08, 1.08) * WIDTH, y * HEIGHT), depth


def _grass(painter: QPainter, chance: np.random.Generator, near: float, far: float, count: int) -> None:
    """Blades, the far ones first, each bent by the same light wind; their tips catch the sun."""
    blades = sorted((_place(chance, near, far) for _ in range(count)), key=lambda blade: blade[1])
    for at, depth in blades:
        tall = (2.5 + 190 * depth**1.45) * chance.uniform(0.4, 1.15)
        lean = tall * (0.18 + 0.22 * math.sin(at.x() / 190 + depth * 5) + chance.normal(0, 0.16))
        sunny = math.exp(-(((at.x() / WIDTH - SUN[0]) / 0.5) ** 2))
        patch = 0.5 + 0.5 * math.sin(at.x() / 210 + at.y() / 33) * math.sin(at.y() / 45 + at.x() / 600 + 1.3)
        base = mixed(
            "#35592c", "#7e9a45", min(1.0, max(0.0, 0.10 + 0.75 * patch - 0.30 * depth + chance.normal(0, 0.12)))
        )
        tip = mixed(
            "#8faa4d",
            "#ece09a",
            min(1.0, max(0.0, 0.12 + 0.45 * sunny + 0.32 * patch + chance.normal(0, 0.18) - 0.22 * depth)),
        )
        fill = QLinearGradient(at, at + QPointF(lean, -tall))
        fill.setColorAt(0, base)
        fill.setColorAt(0.35, mixed(base.name(), tip.name(), 0.25))
        fill.setColorAt(1, tip)
        wide = 0.5 + 2.5 * depth**1.3 * chance.uniform(0.6, 1.3)
        blade = QPainterPath(at - QPointF(wide, 0))
        point = at + QPointF(lean, -tall)
        middle = at + QPointF(lean * 0.22, -tall * 0.6)
        blade.quadTo(middle - QPointF(wide * 0.6, 0), point)
        blade.quadTo(middle + QPointF(wide * 0.6, 0), at + QPointF(wide, 0))
        painter.fillPath(blade, fill)


PETALS = (("#f7f1e3", "#e3b64b"), ("#efcf63", "#c98d2f"), ("#a98fc4", "#6f5a91"), ("#dcc4dc", "#a06fa0"))
"""Petals and heart: daisy, buttercup, scabious, mallow."""


def _flowers(painter: QPainter, chance: np.random.Generator, near: float, far: float) -> None:
    count = round(620 * (far - near) / (0.35 + 1.5 * near))
    kinds = chance.choice(len(PETALS), count, p=(0.42, 0.34, 0.15, 0.09))
    spots = sorted((_place(chance, near, far) for _ in range(count)), key=lambda spot: spot[1])
    for kind, (at, depth) in zip(kinds, spots, strict=True):
        # Flowers keep company: they stand in drifts, each kind in its own.
        drift = math.sin(at.x() / 170 + kind * 1.9) + 0.6 * math.sin(at.x() / 61 + at.y() / 50 + kind)
        if drift < 0.1:
            continue
        petal, heart = PETALS[kind]
        tall = (3 + 165 * depth**1.45) * chance.uniform(0.75, 1.1)
        top = at + QPointF(tall * (0.14 + chance.normal(0, 0.1)), -tall)
        size = 1.0 + 10.5 * depth**1.25 * chance.uniform(0.8, 1.15)
        painter.setPen(QPen(QColor("#64833e"), 0.4 + 1.5 * depth))
        painter.drawLine(at, top)
        painter.setPen(Qt.PenStyle.NoPen)
        if size < 3.2:
            painter.setBrush(mixed(petal, "#e8dcae", 0.2))
            painter.drawEllipse(top, size, size * 0.7)
            continue
        count_petals, turn = (13, 5, 9, 5)[kind], chance.uniform(0, 60)
        flat = chance.uniform(0.45, 0.8)
        for number in range(count_petals):
            angle = math.radians(turn + number * 360 / count_petals)
            out = QPointF(math.cos(angle), math.sin(angle) * flat) * size
            painter.setBrush(mixed(petal, "#8f8aa5" if out.x() > 0 else "#fff6da", 0.22))
            painter.save()
            painter.translate(top + out * 0.62)
            painter.rotate(math.degrees(math.atan2(out.y(), out.x())))
            painter.drawEllipse(
                QPointF(0, 0), size * 0.46, size * (0.15 if count_petals > 10 else 0.36) * (0.5 + flat * 0.5)
            )
            painter.restore()
        painter.setBrush(QColor(heart))
        painter.drawEllipse(top, size * 0.30, size * 0.24)
