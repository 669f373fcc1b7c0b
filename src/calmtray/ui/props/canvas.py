"""A sheet to draw on with mouse, pen or finger. It is gone when the session is, unless somebody wants a copy."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSaveFile, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageWriter,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from calmtray.ui.pacers.base import rounded_pen
from calmtray.ui.parts import button, label
from calmtray.ui.props.base import Given, Prop
from calmtray.ui.theme import SPACE, Colours, colours
from calmtray.words.language import _, marked

CORNER_PX = 12

PEN_PX = 3.2
"""Width of a line drawn with a mouse or a finger."""

PRESSED_PX = (1.2, 7.0)
"""Width of a pen's line at the lightest and at the strongest touch."""

NEAR_PX = 0.7
"""A point nearer to the last one than this adds nothing to the line."""

INKS = {
    "graphite": (marked("Graphite"), "#3c4a4e", "#dcd8cf"),
    "teal": (marked("Teal"), "#2f7c7b", "#8cc7c1"),
    "ochre": (marked("Ochre"), "#b97a35", "#e3b083"),
    "plum": (marked("Plum"), "#815a8f", "#c6a3d3"),
    "sky": (marked("Sky blue"), "#4a83b5", "#92bfe2"),
}
"""Each ink's name, and its colour on light and on dark paper."""


@dataclass(slots=True)
class Stroke:
    """One line: its ink, and the places that it goes through with the width there (px)."""

    ink: str
    points: list[tuple[QPointF, float]] = field(default_factory=list)


class CanvasProp(Prop):
    """The sheet, a few soft inks, and a way back."""

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self.column.setSpacing(SPACE)
        self.paper = Paper()
        self.column.addWidget(self.paper, 1)
        self._note = label("", "quiet")
        self._say("")
        inks = QHBoxLayout()
        inks.setSpacing(SPACE)
        self._group = QButtonGroup(self)
        for name in INKS:
            ink = _Ink(name)
            self._group.addButton(ink)
            ink.clicked.connect(lambda _on, name=name: self._take(name))
            ink.setChecked(name == self.paper.ink)
            inks.addWidget(ink)
        inks.addStretch(1)
        self._undo = button(_("Undo"), spoken=_("Take the last line back"))
        self._clear = button(_("Clear"), spoken=_("An empty sheet"))
        self._keep = button(_("Keep a copy…"))
        for made, act in ((self._undo, self.paper.undo), (self._clear, self.paper.clear), (self._keep, self._on_keep)):
            made.clicked.connect(act)
            inks.addWidget(made)
        self.column.addLayout(inks)
        self.column.addWidget(self._note)

    def show_given(self, given: Given) -> None:
        """Other looks: the same drawing on the other paper."""
        super().show_given(given)
        self.paper.redraw()

    def _take(self, ink: str) -> None:
        self.paper.ink = ink

    def _say(self, text: str) -> None:
        # Who draws with the keyboard alone is not forgotten: no line is worth twenty presses of an arrow.
        self._note.setText(text or _("A sheet of paper and any pen do just as well."))

    def _on_keep(self) -> None:
        dialog = QFileDialog(self, _("Keep a copy"), str(Path.home() / _("doodle.png")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("Pictures") + " (*.png)")
        dialog.setDefaultSuffix("png")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_dialog_file_selected)
        dialog.open()

    def _on_dialog_file_selected(self, path: str) -> None:
        if self.paper.save(path):
            self._say(_("Kept as {name}.").format(name=Path(path).name))
        else:
            self._say(_("That place did not take the picture. Perhaps another folder?"))


class Paper(QWidget):
    """What is drawn so far lies in a layer; a new bit of line is added to it, and only that bit is painted again."""

    def __init__(self) -> None:
        super().__init__()
        self.ink = next(iter(INKS))
        self.strokes: list[Stroke] = []
        self._cleared: list[Stroke] = []
        self._drawing = False
        self._layer = QImage()
        self.setAccessibleName(_("A sheet to draw on with mouse, pen or finger"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(80)

    def sizeHint(self) -> QSize:
        """What is left over."""
        return QSize(360, 240)

    def undo(self) -> None:
        """Take the last line back; on a sheet just cleared, all of them come back."""
        if self.strokes:
            self.strokes.pop()
        else:
            self.strokes, self._cleared = self._cleared, []
        self._drawing = False
        self.redraw()

    def clear(self) -> None:
        """An empty sheet."""
        if self.strokes:
            self._cleared, self.strokes = self.strokes, []
        self._drawing = False
        self.redraw()

    def redraw(self) -> None:
        """Draw every line anew: another size, screen or theme, or one line less."""
        self._layer = QImage()
        self.update()

    def save(self, path: str) -> bool:
        """Write the sheet as PNG, all of it or nothing; whether that went well."""
        theme, ratio = colours(), max(2.0, self.devicePixelRatioF())
        image = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(theme.card))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for stroke in self.strokes:
            draw_stroke(painter, stroke, theme)
        painter.end()
        file = QSaveFile(path)
        return (
            file.open(QSaveFile.OpenModeFlag.WriteOnly)
            and QImageWriter(file, QByteArray(b"png")).write(image)
            and file.commit()
        )

    # Drawing.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A line begins."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position(), PEN_PX)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self._drawing:
            self._go_on(event.position(), PEN_PX)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: the harder, the wider."""
        low, high = PRESSED_PX
        wide = low + (high - low) * event.pressure()
        if event.type() == QTabletEvent.Type.TabletPress:
            self._begin(event.position(), wide)
        elif event.type() == QTabletEvent.Type.TabletMove and self._drawing:
            self._go_on(event.position(), wide)
        elif event.type() == QTabletEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def _begin(self, at: QPointF, wide: float) -> None:
        self._drawing = True
        self._cleared = []
        self.strokes.append(Stroke(self.ink, [(at, wide)]))
        self._add_to_layer()

    def _go_on(self, at: QPointF, wide: float) -> None:
        points = self.strokes[-1].points
        if (at - points[-1][0]).manhattanLength() >= NEAR_PX:
            points.append((at, wide))
            self._add_to_layer()

    def _end(self) -> None:
        """Draw the line to its last point: until then it ends half way to it."""
        if self._drawing:
            self._drawing = False
            points = self.strokes[-1].points
            points.append(points[-1])
            self._add_to_layer()

    def _add_to_layer(self) -> None:
        """Draw the newest bit of the newest line."""
        if self._layer.isNull():
            self.update()
            return
        stroke = self.strokes[-1]
        painter = self._layer_painter()
        changed = draw_bit(painter, stroke, len(stroke.points) - 1, colours())
        painter.end()
        self.update(changed.toAlignedRect())

    def _layer_painter(self) -> QPainter:
        painter = QPainter(self._layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines stay where they are."""
        super().resizeEvent(event)
        self.redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The paper, and the lines on it."""
        theme, ratio = colours(), self.devicePixelRatioF()
        if self._layer.isNull() or self._layer.devicePixelRatio() != ratio:
            self._layer = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            self._layer.setDevicePixelRatio(ratio)
            self._layer.fill(Qt.GlobalColor.transparent)
            layered = self._layer_painter()
            for stroke in self.strokes:
                draw_stroke(layered, stroke, theme)
            layered.end()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(event.rect())
        sheet = QPainterPath()
        sheet.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)
        painter.setPen(QPen(QColor(theme.line), 1.0))
        painter.setBrush(QColor(theme.card))
        painter.drawPath(sheet)
        painter.setClipPath(sheet, Qt.ClipOperation.IntersectClip)
        painter.drawImage(0, 0, self._layer)
        painter.end()


class _Ink(QAbstractButton):
    """A drop of ink to dip the pen into."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setCheckable(True)
        self.setAccessibleName(_(INKS[name][0]))
        self.setToolTip(self.accessibleName())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Large enough for a finger."""
        side = max(26, round(self.fontMetrics().height() * 1.5))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The drop; a ring around the one in use, a wider one around the one that has the focus."""
        del event
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre, half = QRectF(self.rect()).center(), self.width() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink_colour(self._name, theme)))
        painter.drawEllipse(centre, half * 0.58, half * 0.58)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(QColor(ink_colour(self._name, theme)), 2.0))
            painter.drawEllipse(centre, half * 0.78, half * 0.78)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.text), 1.5))
            painter.drawEllipse(centre, half - 1.5, half - 1.5)
        painter.end()


def ink_colour(name: str, theme: Colours) -> str:
    """An ink's colour on the paper of this theme."""
    return INKS[name][2 if theme.dark else 1]


def draw_stroke(painter: QPainter, stroke: Stroke, theme: Colours) -> None:
    """A whole line."""
    for number in range(len(stroke.points)):
        draw_bit(painter, stroke, number, theme)


def draw_bit(painter: QPainter, stroke: Stroke, number: int, theme: Colours) -> QRectF:
    """What point ``number`` adds to a line; the rectangle that it touches.

    A line goes from the middle between two points to the middle between the next two, bent towards the point between
    them: so it is smooth however far apart the points are, and never drawn twice.
    """
    here, wide = stroke.points[number]
    before, wide_before = stroke.points[max(0, number - 1)]
    further, _wide = stroke.points[max(0, number - 2)]
    path = QPainterPath((further + before) / 2)
    path.quadTo(before, (before + here) / 2)
    if number == 0:
        path.lineTo(here + QPointF(0.01, 0))
    wide = (wide + wide_before) / 2
    painter.setPen(rounded_pen(QColor(ink_colour(stroke.ink, theme)), wide))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    return path.boundingRect().adjusted(-wide - 1, -wide - 1, wide + 1, wide + 1)
