"""The one widget that paints a Pose. A pacer is a subclass that draws one, and says how far it moves."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from calmtray.practice.model import Phase
from calmtray.session.breath import Pose, pose_at
from calmtray.session.timeline import BreathCue, Timeline
from calmtray.ui.pacers.frames import LONGEST_MS, SHORTEST_MS, FrameClock
from calmtray.ui.pacers.lettering import Lettering, centred, fitted
from calmtray.ui.theme import Colours, colours

STEP_PX = 0.8
"""How far the drawing may move between two frames; more would be seen as a jump."""

LIGHT_STEP = 1 / 64
"""How far a fade may go between two frames, as a share of the whole."""

LIGHT_SHARE = 0.8
"""The light of reduced motion: its diameter, as a share of the shorter side."""

_LOOKS = {QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange}


class Pacer(QWidget):
    """Draws a session's breath. It is shown a timeline and a playhead, and reads neither clock nor session.

    ``clock`` (ms) only says when the next frame is due. The widget is opaque: it stands on the theme's ground.
    """

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._playhead: Callable[[], float] = lambda: 0.0
        self._frames = FrameClock(clock, self._on_frame, self._interval_ms, self)
        self._running = False
        self._reduced_motion = False
        self._theme: Colours | None = None
        self._lettering: Lettering | None = None
        self.pose: Pose | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    def sizeHint(self) -> QSize:
        """The default size."""
        return QSize(360, 300)

    # What a pacer says of itself.

    @abstractmethod
    def paint(self, painter: QPainter, pose: Pose, theme: Colours) -> None:
        """Draw the pose as if fully present, without its words."""

    @abstractmethod
    def moved_px(self, before: Pose, after: Pose) -> float:
        """How far what the eye follows goes from one pose to the other, in px."""

    @abstractmethod
    def letter(self) -> Lettering:
        """The words, made and placed for the present size and font."""

    def changed_region(self, before: Pose, after: Pose) -> QRegion:
        """What differs between two poses of one phase, apart from the words."""
        del before, after
        return QRegion(self.rect())

    def renew(self) -> None:
        """Forget what was made for another size, font, theme or timeline."""

    # What the session window does with it.

    def show_timeline(self, timeline: Timeline, playhead: Callable[[], float]) -> None:
        """Draw this timeline at this playhead (ms), once now and on every frame while running."""
        self._timeline = timeline
        self._playhead = playhead
        self.pose = None
        self._renew()
        self._on_frame()

    def set_running(self, running: bool) -> None:
        """Follow the playhead, or stand still where it is."""
        self._running = running
        self._on_frame()
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

    @property
    def lettering(self) -> Lettering:
        """The words, at their place."""
        if self._lettering is None:
            self._lettering = self._letter_still() if self._reduced_motion else self.letter()
        return self._lettering

    def cue_near(self, ms: float) -> BreathCue | None:
        """The phase at ``ms``, else the next one to come, else the last one."""
        if self._timeline is None:
            return None
        return self._timeline.breath_at(ms) or self._timeline.breath_from(ms) or self._timeline.breath_before(ms)

    # The machinery.

    def _renew(self) -> None:
        self._lettering = None
        self.renew()
        self.update()

    def _run_frames(self) -> None:
        if self._running and self.isVisible():
            self._frames.start()
        else:
            self._frames.stop()

    def _on_frame(self) -> None:
        if self._timeline is None:
            return
        before, self.pose = self.pose, pose_at(self._timeline, self._playhead())
        if before is None or (before.phase, before.presence) != (self.pose.phase, self.pose.presence):
            self.update()
            return
        if before.ms == self.pose.ms:
            return
        still = self._reduced_motion
        region = self._light_region() if still else self.changed_region(before, self.pose)
        if before.next_phase != self.pose.next_phase:
            region += self.lettering.next_rect
        self.update(region)

    def _interval_ms(self) -> int:
        """How long the frame just drawn may stand: until it would be one step away from what is right."""
        if self._timeline is None or self.pose is None:
            return LONGEST_MS
        ms = float(LONGEST_MS)
        for _ in range(3):
            steps = self._steps(self.pose, pose_at(self._timeline, self.pose.ms + ms))
            if steps <= 1:
                break
            ms /= steps
        return max(SHORTEST_MS, int(ms))

    def _steps(self, before: Pose, after: Pose) -> float:
        """How many frames' worth of change lies between two poses."""
        fade = abs(after.presence - before.presence) / LIGHT_STEP
        if self._reduced_motion:
            return max(fade, abs(after.level - before.level) / LIGHT_STEP)
        return max(fade, self.moved_px(before, after) / STEP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the present pose."""
        theme = colours()
        if theme is not self._theme:
            self._theme = theme
            self.renew()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.ground))
        if self.pose is not None and self.pose.presence > 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_pose(painter, self.pose, theme, event.region())
        painter.end()

    def _paint_pose(self, painter: QPainter, pose: Pose, theme: Colours, dirty: QRegion) -> None:
        if self._reduced_motion:
            self._paint_light(painter, pose, theme)
        else:
            self.paint(painter, pose, theme)
        if dirty.intersects(self.lettering.rect):
            self.lettering.paint(painter, pose, theme)
        if pose.presence < 1:
            # A veil of ground dims everything alike, for every pacer.
            painter.fillRect(self.rect(), blended(theme.ground, theme.ground, 0, 1 - pose.presence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything is measured anew."""
        del event
        self._renew()

    def changeEvent(self, event: QEvent) -> None:
        """A new font or theme changes what was measured and mixed."""
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        """Frames are drawn only while somebody can see them."""
        super().showEvent(event)
        self._on_frame()
        self._run_frames()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, out of work."""
        super().hideEvent(event)
        self._run_frames()

    # Reduced motion: nothing moves; a light grows and fades with the breath, and a word says the phase.

    def _light(self) -> QRectF:
        side = min(self.width(), self.height()) * LIGHT_SHARE
        light = QRectF(0, 0, side, side)
        light.moveCenter(QRectF(self.rect()).center())
        return light

    def _light_region(self) -> QRegion:
        return QRegion(self._light().toAlignedRect())

    def _letter_still(self) -> Lettering:
        light = self._light()
        lettering = fitted(self.font(), light.width() * 0.86, light.height() * 0.5)
        return lettering.place(centred(light.center(), lettering))

    def _paint_light(self, painter: QPainter, pose: Pose, theme: Colours) -> None:
        painter.setPen(QPen(QColor(theme.line), 1.0))
        painter.setBrush(blended(theme.ground, theme.accent, 0.06 + 0.26 * pose.level))
        painter.drawEllipse(self._light())


def has_top_up(cue: BreathCue | None) -> bool:
    """Whether the breath of this phase has a second, smaller in-breath."""
    return cue is not None and any(span.phase is Phase.TOP_UP for span in cue.pattern.spans)


def blended(ground: str, colour: str, share: float, alpha: float = 1.0) -> QColor:
    """A colour on its ground, opaque: cheaper to paint than a transparent one, and the same to see."""
    a, b = QColor(ground), QColor(colour)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
        alpha,
    )


def paint_bead(painter: QPainter, at: QPointF, theme: Colours, present: float = 1.0) -> None:
    """What the eye follows: a bead with a rim of ground, so that it stands off the line it runs on."""
    painter.setPen(QPen(QColor(theme.ground), 2.0))
    painter.setBrush(blended(theme.ground, theme.accent, present))
    painter.drawEllipse(at, BEAD_PX, BEAD_PX)


BEAD_PX = 9.0
