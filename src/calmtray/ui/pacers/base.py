"""The one widget that paints a Pose. A pacer is a subclass that draws one, and says how far it moves."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QGradient,
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from calmtray.practice.model import Pattern
from calmtray.session.breath import Pose, level_at, pose_at
from calmtray.session.timeline import BreathCue, Timeline
from calmtray.ui.pacers.frames import LONGEST_MS, SHORTEST_MS, FrameClock
from calmtray.ui.pacers.lettering import Lettering, fitted, natural
from calmtray.ui.theme import Colours, colours

STEP_PX = 0.8
"""How far the drawing may move between two frames: even one that comes a quarter late then moves it by 1 px only."""

BEAD_STEP_PX = 1.4
"""The same for a small mark that runs along a line, which hides the steps of an edge a hand long."""

LIGHT_STEP = 1 / 64
"""How far a fade may go between two frames, as a share of the whole."""

FADE_MS = 50
"""How long a frame may stand while the whole pacer fades in or out, which takes seconds."""

LIGHT_SHARE = 0.8
"""The light of reduced motion: its diameter, as a share of the shorter side."""

BEAD_SHARE, BEAD_PX = 0.034, (6.0, 13.0)
"""Radius of a bead: as a share of the shorter side, and within these bounds."""


class Pacer(QWidget):
    """Draws a session's breath. It is shown a timeline and a playhead, and reads neither clock nor session.

    ``clock`` (ms) only says when the next frame is due. The widget is opaque: it stands on the theme's ground.

    A frame is three layers: behind and before lies what stands still, words included, drawn once and kept; between
    them the pacer draws what moves. A process that slept since the last frame finds its memory cold, so what counts
    is how little is done in a frame, more than how few pixels it touches.
    """

    step_px = STEP_PX

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._playhead: Callable[[], float] = lambda: 0.0
        self._frames = FrameClock(clock, self)
        self._frames.frame_due.connect(self._on_frames_frame_due)
        self._running = False
        self._reduced_motion = False
        self._theme = colours()
        self._measured: tuple[QSize, float, QFont] | None = None
        self._back = QImage()
        self._front = QImage()
        self._back_drawn = self._front_drawn = False
        self.pose: Pose | None = None
        self.pattern: Pattern | None = None
        self.lettering = Lettering(self.font())
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    def sizeHint(self) -> QSize:
        """The default size."""
        return QSize(360, 300)

    # What a pacer says of itself.

    @abstractmethod
    def prepare(self, theme: Colours) -> Lettering:
        """Measure and mix for the present size, font, theme and ``pattern``; return the words, at their place."""

    @abstractmethod
    def paint(self, painter: QPainter, pose: Pose) -> None:
        """Draw what moves, as if the pose were fully present."""

    @abstractmethod
    def moved_px(self, pose: Pose, rise: float, ms: float) -> float:
        """How far the eye's mark goes when the level changes by ``rise`` within the next ``ms``."""

    def steadied(self, before: Pose, pose: Pose) -> Pose:
        """The pose to draw after ``before``, for pacers that make up for a late frame little by little."""
        del before
        return pose

    def paint_back(self, painter: QPainter, theme: Colours) -> None:
        """Draw what stands still behind the motion."""

    def paint_front(self, painter: QPainter, theme: Colours) -> None:
        """Draw what stands still before the motion, apart from the words."""

    def changed_rect(self, before: Pose, after: Pose) -> QRect:
        """What differs between two poses with the same words."""
        del before, after
        return self.rect()

    # What the session window does with it.

    def show_timeline(self, timeline: Timeline, playhead: Callable[[], float]) -> None:
        """Draw this timeline at this playhead (ms), once now and on every frame while running."""
        self._timeline = timeline
        self._playhead = playhead
        self.pose = None
        self._renew()
        self._follow_playhead()

    def set_running(self, running: bool) -> None:
        """Follow the playhead, or stand still where it is."""
        self._running = running
        self._follow_playhead()
        self._run_frames()

    @property
    def timeline(self) -> Timeline | None:
        """The timeline being drawn, for pacers that show what is coming."""
        return self._timeline

    @property
    def reduced_motion(self) -> bool:
        """Whether the breath is a fading light instead of something that moves."""
        return self._reduced_motion

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._reduced_motion = reduced
        self._renew()

    # What the pacers share.

    def settle(self) -> None:
        """Bring what was measured and mixed up to date with size, screen, font and theme."""
        measured = self.size(), self.devicePixelRatioF(), self.font()
        if self._measured == measured and self._theme is colours():
            return
        self._measured, self._theme = measured, colours()
        self._back_drawn = self._front_drawn = False
        self.lettering = self._prepare_light() if self._reduced_motion else self.prepare(self._theme)

    @property
    def bead_px(self) -> float:
        """The bead's radius."""
        low, high = BEAD_PX
        return min(max(min(self.width(), self.height()) * BEAD_SHARE, low), high)

    def paint_bead(self, painter: QPainter, at: QPointF, present: float = 1.0) -> None:
        """What the eye follows: a bead with a rim of ground that lifts it off its line; ``present`` 0..1."""
        painter.setPen(QPen(faded(self._theme.ground, present), 3.0))
        painter.setBrush(faded(self._theme.accent, present))
        painter.drawEllipse(at, self.bead_px, self.bead_px)

    def cue_near(self, ms: float) -> BreathCue | None:
        """The phase at ``ms``, else the next one to come, else the last one."""
        if self._timeline is None:
            return None
        return self._timeline.breath_at(ms) or self._timeline.breath_from(ms) or self._timeline.breath_before(ms)

    # The machinery.

    def _renew(self) -> None:
        self._measured = None
        self.update()

    def _run_frames(self) -> None:
        if not (self._running and self.isVisible()):
            self._frames.stop()
        elif not self._frames.running:
            self._frames.start(self._interval_ms())

    def _on_frames_frame_due(self) -> None:
        self._follow_playhead()
        self._frames.follow(self._interval_ms())

    def _follow_playhead(self) -> None:
        if self._timeline is None:
            return
        before, pose = self.pose, pose_at(self._timeline, self._playhead())
        self.pose = self.steadied(before, pose) if before and self._running and not self._reduced_motion else pose
        if before is None or before.phase != self.pose.phase:
            self._note_pattern(self.pose)
        if before is None or _words(before) != _words(self.pose):
            self._front_drawn = False
            self.update()
        elif before.presence != self.pose.presence or self._reduced_motion or self._measured is None:
            self.update()
        elif before.ms != self.pose.ms:
            self.update(self.changed_rect(before, self.pose))

    def _note_pattern(self, pose: Pose) -> None:
        cue = self.cue_near(pose.ms)
        if cue is not None and cue.pattern is not self.pattern:
            self.pattern = cue.pattern
            self._renew()

    def _interval_ms(self) -> int:
        """How long the frame just drawn may stand: until it would be one step away from what is right."""
        pose, timeline = self.pose, self._timeline
        if pose is None or timeline is None:
            return LONGEST_MS
        if pose.phase is None and 0 < pose.presence < 1:
            return FADE_MS
        ms = float(LONGEST_MS)
        for _ in range(4):
            rise = abs(level_at(timeline, pose.ms + ms) - pose.level)
            steps = rise / LIGHT_STEP if self._reduced_motion else self.moved_px(pose, rise, ms) / self.step_px
            if steps <= 1:
                break
            ms /= steps
        return max(SHORTEST_MS, int(ms))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the present pose."""
        del event
        self.settle()
        pose = self.pose
        painter = QPainter(self)
        if pose is None or pose.presence == 0:
            painter.fillRect(self.rect(), QColor(self._theme.ground))
        else:
            self._paint_layers(painter, pose)
        painter.end()

    def _paint_layers(self, painter: QPainter, pose: Pose) -> None:
        self._draw_layers()
        painter.drawImage(0, 0, self._back)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._reduced_motion:
            self._paint_light(painter, pose)
        else:
            self.paint(painter, pose)
        painter.drawImage(0, 0, self._front)
        if pose.presence < 1:
            # A veil of ground dims everything alike, for every pacer.
            painter.fillRect(self.rect(), faded(self._theme.ground, 1 - pose.presence))

    def _draw_layers(self) -> None:
        if not self._back_drawn:
            self._back = self._layer(self._back)
            self._drawn(self._back, QColor(self._theme.ground), self._draw_back)
        if not self._front_drawn:
            self._front = self._layer(self._front)
            self._drawn(self._front, QColor(Qt.GlobalColor.transparent), self._draw_front)
        self._back_drawn = self._front_drawn = True

    def _layer(self, last: QImage) -> QImage:
        """An image of the widget's size: the last one, where it is."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if last.size() == size:
            return last
        layer = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        layer.setDevicePixelRatio(ratio)
        return layer

    def _drawn(self, layer: QImage, ground: QColor, draw: Callable[[QPainter], None]) -> None:
        layer.fill(ground)
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()

    def _draw_back(self, painter: QPainter) -> None:
        if not self._reduced_motion:
            self.paint_back(painter, self._theme)

    def _draw_front(self, painter: QPainter) -> None:
        theme = self._theme
        if self._reduced_motion:
            # Quiet words would drown in the light.
            theme = replace(theme, quiet=theme.text)
        else:
            self.paint_front(painter, theme)
        if self.pose is not None:
            self.lettering.paint(painter, self.pose, theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Frames are drawn only while somebody can see them."""
        super().showEvent(event)
        self._follow_playhead()
        self._run_frames()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, out of work, and without the pictures of what stands still: they are 2 MB and drawn at once."""
        super().hideEvent(event)
        self._run_frames()
        self._back = self._front = QImage()
        self._back_drawn = self._front_drawn = False

    # Reduced motion: nothing moves; a light grows and fades with the breath, and a word says the phase.

    def _light(self) -> QRectF:
        side = min(self.width(), self.height()) * LIGHT_SHARE
        return square(QRectF(self.rect()).center(), side / 2)

    def _prepare_light(self) -> Lettering:
        light = self._light()
        words = natural(self.font(), self.size())
        return fitted(words, light.width() * 0.86, light.height() * 0.6).centred(light.center())

    def _paint_light(self, painter: QPainter, pose: Pose) -> None:
        painter.setPen(QPen(QColor(self._theme.line), 1.0))
        painter.setBrush(blended(self._theme.ground, self._theme.accent, 0.06 + 0.26 * pose.level))
        painter.drawEllipse(self._light())


def _words(pose: Pose) -> tuple[object, object]:
    return pose.phase, pose.next_phase


def square(centre: QPointF, half: float) -> QRectF:
    """The square around a point, ``half`` px to each side."""
    return QRectF(centre.x() - half, centre.y() - half, half * 2, half * 2)


def rounded_pen(colour: QColor | QGradient, width: float) -> QPen:
    """A line with soft ends and joints, ``width`` px wide."""
    brush = QBrush(colour)
    return QPen(brush, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def blended(ground: str, colour: str, share: float) -> QColor:
    """A colour on its ground, opaque: cheaper to paint than a transparent one, and the same to see."""
    a, b = QColor(ground), QColor(colour)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )


def faded(colour: str, share: float) -> QColor:
    """A colour that lets what lies below show through: ``share`` of it, 0..1."""
    mixed = QColor(colour)
    mixed.setAlphaF(share)
    return mixed
