"""A colour to look for, as a large soft shape with its name; or a shape, for those to whom colours say little."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPolygonF, QRadialGradient
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from calmtray.ui.pacers.base import rounded_pen, square
from calmtray.ui.parts import button, label
from calmtray.ui.props.base import Given, Prop, another
from calmtray.ui.theme import colours
from calmtray.words.language import _, marked


@dataclass(frozen=True, slots=True)
class Hunted:
    """What to look for: its name, and its colour (empty for a shape)."""

    name: str
    colour: str = ""


COLOURS = (
    Hunted(marked("yellow"), "#e8c53a"),
    Hunted(marked("green"), "#4c9a52"),
    Hunted(marked("blue"), "#3f7fc4"),
    Hunted(marked("purple"), "#8a5bb0"),
    Hunted(marked("orange"), "#e58a35"),
    Hunted(marked("brown"), "#8a5f3f"),
)
"""Far enough apart to be told from each other; each is named in words as well. No red: it is the colour of alarm."""

SHAPES = (
    Hunted(marked("circle")),
    Hunted(marked("triangle")),
    Hunted(marked("square")),
    Hunted(marked("star")),
    Hunted(marked("cross")),
    Hunted(marked("straight line")),
)

SHARE = 0.8
"""The shape's size, as a share of the shorter side."""

BAR_PX = 4


class ColourProp(Prop):
    """Another one comes when it is asked for, never the same twice in a row."""

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self._shape = _Shape()
        self._name = label("", "title")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = _Bar()
        self._another = button(_("Another"), spoken=_("Another to look for"))
        self._another.clicked.connect(self._on_another_clicked)
        self._instead = QCheckBox(_("Shapes instead"))
        self._instead.setProperty("role", "worded")
        self._instead.setChecked(given.settings.shapes)
        self._instead.toggled.connect(self._on_instead_toggled)
        row = QHBoxLayout()
        row.addWidget(self._instead)
        row.addStretch(1)
        row.addWidget(self._another)
        self.column.addWidget(self._shape, 1)
        self.column.addWidget(self._name)
        self.column.addWidget(self._bar)
        self.column.addLayout(row)
        self.hunted = COLOURS[0]
        self._choose()

    def show_given(self, given: Given) -> None:
        """Shapes or colours, as it is wished now."""
        changed = given.settings.shapes != self._instead.isChecked()
        super().show_given(given)
        if changed:
            self._instead.setChecked(given.settings.shapes)

    def show_time(self, at_ms: float, from_ms: int, until_ms: int) -> None:
        """Let the bar follow the step."""
        self._bar.show_share((at_ms - from_ms) / max(1, until_ms - from_ms))

    def _on_another_clicked(self) -> None:
        self._choose()

    def _on_instead_toggled(self, shapes: bool) -> None:
        self._choose()
        # What the prop itself was told to show is no news.
        if shapes != self.given.settings.shapes:
            self.setting_changed.emit("shapes", shapes)

    def _choose(self) -> None:
        self.hunted = another(SHAPES if self._instead.isChecked() else COLOURS, [self.hunted])
        self._name.setText(_(self.hunted.name))
        self._shape.show_hunted(self.hunted)


class _Shape(QWidget):
    """The colour as light through paper, or the shape in the theme's own accent."""

    def __init__(self) -> None:
        super().__init__()
        self._hunted = COLOURS[0]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(60)

    def sizeHint(self) -> QSize:
        """What is left over."""
        return QSize(200, 160)

    def show_hunted(self, hunted: Hunted) -> None:
        """Draw this one."""
        self._hunted = hunted
        self.setAccessibleName(_(hunted.name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One soft drawing; it stands still."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre, half = QRectF(self.rect()).center(), min(self.width(), self.height()) * SHARE / 2
        if self._hunted.colour:
            base = QColor(self._hunted.colour)
            fill = QRadialGradient(centre + QPointF(-half * 0.3, -half * 0.4), half * 1.7)
            fill.setColorAt(0, base.lighter(122))
            fill.setColorAt(0.5, base)
            fill.setColorAt(1, base.darker(118))
            halo = QRadialGradient(centre, half * 1.22)
            for place, alpha in ((0.78, 0.30), (0.88, 0.10), (1.0, 0.0)):
                soft = QColor(base)
                soft.setAlphaF(alpha)
                halo.setColorAt(place, soft)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(centre, half * 1.22, half * 1.22)
            painter.setBrush(fill)
            painter.drawPath(_pebble(centre, half))
        else:
            accent = QColor(colours().accent)
            inside = QColor(accent)
            inside.setAlphaF(0.22)
            painter.setPen(rounded_pen(accent, max(6.0, half * 0.09)))
            painter.setBrush(inside)
            painter.drawPath(outline(self._hunted.name, centre, half * 0.86))
        painter.end()


class _Bar(QWidget):
    """A thin line that fills while the step goes by. It counts nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._px = 0
        self.setFixedHeight(BAR_PX)

    def show_share(self, share: float) -> None:
        """So much of the step has gone by, 0..1."""
        px = round(self.width() * min(max(share, 0.0), 1.0))
        if px != self._px:
            self._px = px
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The whole, and what has gone by."""
        del event
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, wide in ((theme.line, self.width()), (theme.accent, self._px)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(0, 0, wide, BAR_PX), BAR_PX / 2, BAR_PX / 2)
        painter.end()


def outline(name: str, centre: QPointF, half: float) -> QPainterPath:
    """One of ``SHAPES`` around a point, ``half`` px to each side."""
    path = QPainterPath()
    box = square(centre, half)
    if name == "circle":
        path.addEllipse(box)
    elif name == "square":
        path.addRect(box.adjusted(half * 0.08, half * 0.08, -half * 0.08, -half * 0.08))
    elif name == "cross":
        wide = half * 0.34
        upright = QRectF(centre.x() - wide, box.top(), wide * 2, half * 2)
        across = QRectF(box.left(), centre.y() - wide, half * 2, wide * 2)
        upright_path, across_path = QPainterPath(), QPainterPath()
        upright_path.addRect(upright)
        across_path.addRect(across)
        path = upright_path.united(across_path).simplified()
    elif name == "straight line":
        path.moveTo(box.left(), centre.y() + half * 0.35)
        path.lineTo(box.right(), centre.y() - half * 0.35)
    else:
        corners = {"triangle": (3, 1.0), "star": (10, 0.42)}[name]
        path.addPolygon(QPolygonF(_corners(centre, half, *corners)))
        path.closeSubpath()
    return path


def _corners(centre: QPointF, half: float, count: int, every_other: float) -> list[QPointF]:
    """Corners around a point, the first one on top; of an even number every other one is nearer."""
    found = []
    for number in range(count):
        angle = 2 * math.pi * number / count - math.pi / 2
        reach = half * (every_other if count % 2 == 0 and number % 2 else 1.0)
        found.append(centre + QPointF(math.cos(angle), math.sin(angle)) * reach)
    return found


def _pebble(centre: QPointF, half: float) -> QPainterPath:
    """A disc that is not quite one, as if it had been found."""
    path = QPainterPath(centre + QPointF(half, 0.04 * half))
    for one, other, end in (
        ((1.0, 0.62), (0.56, 0.98), (-0.02, 0.97)),
        ((-0.58, 0.96), (-0.99, 0.58), (-1.0, 0.02)),
        ((-1.0, -0.56), (-0.60, -0.99), (0.0, -1.0)),
        ((0.58, -1.0), (1.0, -0.58), (1.0, 0.04)),
    ):
        path.cubicTo(*(centre + QPointF(x, y) * half for x, y in (one, other, end)))
    return path
