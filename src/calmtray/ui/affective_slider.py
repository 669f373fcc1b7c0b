"""The Affective Slider: how it feels, without a word.

After A. Betella and P. F. M. J. Verschure (see ``journal/feeling.py``), whose design is CC BY-SA 4.0; so is this file
(SPDX-License-Identifier: CC-BY-SA-4.0). What their guidelines ask for is kept: both sliders at once, horizontal, their
thumbs round and in the middle; an intensity cue below each, a face at each end; greys alone, inverted in the dark; at
least 100 steps from 0 to 1; a thumb shows that it was moved; and which one comes first changes.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStyle, QStyleOptionSlider, QWidget

from calmtray.journal.feeling import Feeling
from calmtray.ui.slider import Slider
from calmtray.ui.theme import SPACE, colours
from calmtray.words.language import _

STEPS = 100
FACE_PX = 40
CUE_PX = 10
TRACK_SHARE = 0.5
"""How high the track is, as a share of the thumb."""


class Face(Enum):
    """What stands at an end."""

    UNHAPPY = auto()
    HAPPY = auto()
    SLEEPY = auto()
    WIDE_AWAKE = auto()


class AffectiveSlider(QWidget):
    """Pleasure and arousal."""

    def __init__(self, pleasure_first: bool) -> None:
        super().__init__()
        self.pleasure = _Thumb(_("Pleasure, from unhappy to happy"))
        self.arousal = _Thumb(_("Arousal, from sleepy to wide awake"))
        both = [(Face.UNHAPPY, self.pleasure, Face.HAPPY), (Face.SLEEPY, self.arousal, Face.WIDE_AWAKE)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE * 2)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        for row, (low, thumb, high) in enumerate(both if pleasure_first else reversed(both)):
            grid.addWidget(_Drawn(low), row * 3, 0, 2, 1)
            grid.addWidget(thumb, row * 3, 1)
            grid.addWidget(_Cue(), row * 3 + 1, 1)
            grid.addWidget(_Drawn(high), row * 3, 2, 2, 1)
        # Far enough apart that neither is moved for the other.
        grid.setRowMinimumHeight(2, SPACE * 2)

    @property
    def feeling(self) -> Feeling | None:
        """What was chosen; None unless both were moved, for one that lies where it lay says nothing."""
        if not (self.pleasure.moved and self.arousal.moved):
            return None
        return Feeling(self.pleasure.value() / STEPS, self.arousal.value() / STEPS)


class _Thumb(Slider):
    """One slider. Once it was moved, or left in the middle on purpose, its thumb is dark."""

    def __init__(self, name: str) -> None:
        super().__init__(0, STEPS, 1, STEPS // 2)
        self.moved = False
        self.setAccessibleName(name)
        self.sliderPressed.connect(self._on_moved)
        self.actionTriggered.connect(self._on_moved)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and thumb, in greys whatever the theme."""
        del event
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        across = min(handle.width(), self.height()) - 4.0
        middle = QRectF(self.rect()).center().y()
        track = QRectF(0, 0, self.width() - across, across * TRACK_SHARE)
        track.moveCenter(QPointF(self.width() / 2, middle))
        dark, light = _greys()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_mixed(light, dark, 0.18))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        thumb = QRectF(0, 0, across, across)
        thumb.moveCenter(QPointF(handle.center().x() + 0.5, middle))
        painter.setPen(QPen(dark, 3.0 if self.hasFocus() else 1.5))
        painter.setBrush(dark if self.moved else light)
        painter.drawEllipse(thumb)
        if self.hasFocus() and self.moved:
            painter.setPen(QPen(light, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(thumb.adjusted(4, 4, -4, -4))
        painter.end()

    def _on_moved(self) -> None:
        self.moved = True
        self.update()


class _Cue(QWidget):
    """The further from the middle, the more."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(CUE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two wedges that meet in the middle."""
        del event
        width, height = float(self.width()), float(self.height())
        dark, light = _greys()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_mixed(light, dark, 0.35))
        middle = QPointF(width / 2, height)
        for end in (0.0, width):
            painter.drawPolygon(QPolygonF([middle, QPointF(end, height), QPointF(end, 0.0)]))
        painter.end()


class _Drawn(QWidget):
    """A face. The sliders have names: no screen reader need stop here."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(FACE_PX, FACE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """On a field of 40 by 40."""
        del event
        dark, light = _greys()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(dark, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(light)
        painter.drawEllipse(QRectF(2, 2, 36, 36))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_mouth(self._face))
        for x in (13.0, 27.0):
            if self._face is Face.SLEEPY:
                painter.drawLine(QLineF(x - 3.5, 16.5, x + 3.5, 16.5))
            elif self._face is Face.WIDE_AWAKE:
                painter.drawEllipse(QPointF(x, 15), 4.5, 4.5)
                _dot(painter, x, 15, dark)
            else:
                _dot(painter, x, 15, dark)
        painter.end()


def _mouth(face: Face) -> QPainterPath:
    path = QPainterPath()
    match face:
        case Face.HAPPY:
            path.moveTo(11, 24)
            path.quadTo(20, 34, 29, 24)
        case Face.UNHAPPY:
            path.moveTo(11, 30)
            path.quadTo(20, 20, 29, 30)
        case Face.SLEEPY:
            path.moveTo(16, 27)
            path.lineTo(24, 27)
        case Face.WIDE_AWAKE:
            path.addEllipse(QPointF(20, 28), 4, 4.5)
    return path


def _dot(painter: QPainter, x: float, y: float, colour: QColor) -> None:
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(x, y), 2.2, 2.2)
    painter.restore()


def _greys() -> tuple[QColor, QColor]:
    """What draws, and what it is drawn on."""
    dark, light = QColor("#303030"), QColor("#ffffff")
    return (light, dark) if colours().dark else (dark, light)


def _mixed(ground: QColor, ink: QColor, share: float) -> QColor:
    grey = round(ground.red() + (ink.red() - ground.red()) * share)
    return QColor(grey, grey, grey)
