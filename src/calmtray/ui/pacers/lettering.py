"""The words of a pacer: how large they may be, where they stand, and painting them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter

from calmtray.practice.model import Phase
from calmtray.session.breath import Pose
from calmtray.ui.theme import Colours
from calmtray.words.texts import phase_word

WORD_SIZE = 1.5
"""The phase's word, as a multiple of the widget's own text."""

SLACK = 0.98
"""Letters grow in steps of a hinted pixel, so a fitted word is made a hair smaller than the room."""

GROWS_FROM_PX, GROWS_MOST = 300, 2.0
"""Words grow with the pacer from its default height on, up to twice their size."""

LINE_GAP_PX = 3.0
BELOW_PX = 14.0


class Lettering:
    """The phase's word on one line and the next one, smaller, on the line below.

    ``share`` makes both smaller or larger. ``place`` says where the block of two lines stands.
    """

    def __init__(self, font: QFont, share: float = 1.0, word_size: float = WORD_SIZE) -> None:
        self._made_of = font, share, word_size
        size = QFontInfo(font).pointSizeF() * share
        self.words = {phase: phase_word(phase) for phase in Phase}
        self.word_font, self.next_font = QFont(font), QFont(font)
        self.word_font.setPointSizeF(size * word_size)
        self.next_font.setPointSizeF(size * max(1.0, word_size / 2))
        self.word_metrics = QFontMetricsF(self.word_font)
        self.next_metrics = QFontMetricsF(self.next_font)
        self._align = Qt.AlignmentFlag.AlignHCenter
        self._word_line = self._next_line = QRectF()

    def scaled(self, share: float) -> Lettering:
        """The same words made smaller, where ``share`` is below 1."""
        font, own, word_size = self._made_of
        return self if share >= 1 else Lettering(font, own * share * SLACK, word_size)

    @property
    def height(self) -> float:
        """Both lines, in px."""
        return self.word_metrics.height() + LINE_GAP_PX + self.next_metrics.height()

    def width(self, phases: Iterable[Phase] = Phase) -> float:
        """The widest of these words, in px."""
        return max(self.word_metrics.horizontalAdvance(self.words[phase]) for phase in phases)

    def next_width(self, phases: Iterable[Phase] = Phase) -> float:
        """The widest of these words on the line below, in px."""
        return max(self.next_metrics.horizontalAdvance(self.words[phase]) for phase in phases)

    def place(self, block: QRectF, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter) -> Lettering:
        """The same words, standing at the top of ``block``."""
        self._align = align
        height = self.word_metrics.height()
        self._word_line = QRectF(block.left(), block.top(), block.width(), height)
        self._next_line = QRectF(
            block.left(), block.top() + height + LINE_GAP_PX, block.width(), self.next_metrics.height()
        )
        return self

    def centred(self, middle: QPointF) -> Lettering:
        """The same words, the word of the phase with its middle at ``middle``."""
        width, height = self.width(), self.word_metrics.height()
        return self.place(QRectF(middle.x() - width / 2, middle.y() - height / 2, width, self.height))

    @property
    def rect(self) -> QRectF:
        """Both lines."""
        return self._word_line.united(self._next_line)

    def paint(self, painter: QPainter, pose: Pose, theme: Colours) -> None:
        """The word of the phase, and from 0.8 s ahead the next one."""
        align = self._align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        if pose.phase is not None:
            painter.setFont(self.word_font)
            painter.setPen(QColor(theme.text))
            painter.drawText(self._word_line, align, self.words[pose.phase])
        if pose.next_phase is not None:
            painter.setFont(self.next_font)
            painter.setPen(QColor(theme.quiet))
            painter.drawText(self._next_line, align, self.words[pose.next_phase])


def natural(font: QFont, size: QSize, word_size: float = WORD_SIZE) -> Lettering:
    """Words of the size that suits a pacer of this size, wherever there is room for them."""
    grown = min(size.width(), size.height()) / GROWS_FROM_PX
    return Lettering(font, min(max(grown, 1.0), GROWS_MOST), word_size)


def fitted(lettering: Lettering, width: float, height: float) -> Lettering:
    """The same words, made smaller where they do not fit into ``width`` x ``height`` px."""
    return lettering.scaled(min(width / lettering.width(), height / lettering.height))


def split(area: QRectF, lettering: Lettering) -> tuple[QRectF, QRectF]:
    """Room for a drawing above, and a strip for the two lines of words below."""
    margin = max(20.0, area.height() * 0.08)
    strip = QRectF(area.left(), area.bottom() - lettering.height - BELOW_PX, area.width(), lettering.height)
    room = QRectF(area.left(), area.top() + margin, area.width(), strip.top() - area.top() - margin * 2)
    return room, strip
