"""The voice of a step in one language: recorded here, listened to, made again, taken away."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE, colours
from calmtray.words.language import _
from calmtray.words.texts import language_name, length_text

if TYPE_CHECKING:
    # Nothing of sound is loaded before somebody records.
    from calmtray.sound.listening import Listening
    from calmtray.sound.microphone import Recording

    Work: TypeAlias = Recording | Listening

LOOK_EVERY_MS = 50
"""As often as a microphone hands something over."""

QUIET_PEAK = 0.001
"""Below -60 dB of full scale nobody has spoken: this is the noise of a microphone."""

FLOOR_DB = 50
"""The meter is empty this far below full scale."""

FALL = 0.06
"""How far the meter falls back at each look, so that it can be read."""


class Meter(QWidget):
    """How loud the microphone hears, on a scale of decibels."""

    def __init__(self) -> None:
        super().__init__()
        self.level = 0.0
        self.setAccessibleName(_("Loudness"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(120, self.fontMetrics().height() // 2)

    def show_peak(self, peak: float) -> None:
        """Show a peak of 0..1; the line rises at once and falls slowly."""
        import math

        level = max(0.0, 1 + 20 * math.log10(max(peak, 1e-6)) / FLOOR_DB)
        self.level = max(level, self.level - FALL, 0.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A groove, and how far it is filled."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().line))
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect(), radius, radius)
        if self.level > 0:
            painter.setBrush(QColor(colours().accent))
            width = max(self.height(), int(self.width() * min(self.level, 1.0)))
            painter.drawRoundedRect(0, 0, width, self.height(), radius, radius)
        painter.end()


class Recorder(QWidget):
    """``new_path`` gives a place for each recording. Told is whose recording it is, by the key of the step; or none."""

    recorded = Signal(int, object)
    _opened = Signal(object)

    def __init__(self, lang: str, new_path: Callable[[], Path]) -> None:
        super().__init__()
        self._lang = lang
        self._new_path = new_path
        self._key = self._recorded_key = -1
        self._take: Path | None = None
        self._work: Work | None = None
        self._recording: Recording | None = None
        self._busy = ""
        self.say = label("", "quiet")
        self._tag = QLabel(language_name(lang))
        self._tag.setProperty("role", "quiet")
        self.meter = Meter()
        self.record = button(_("Record"))
        self.stop = button(_("Stop"))
        self.listen = button(_("Listen"))
        self.remove = button(_("Take away"))
        self.record.clicked.connect(self._on_record_clicked)
        self.stop.clicked.connect(self.finish)
        self.listen.clicked.connect(self._on_listen_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self._on_look_timeout)
        # It comes from a thread that knows no Qt: a sound server may take its time to answer.
        self._opened.connect(self._on_self_opened, Qt.ConnectionType.QueuedConnection)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for each in (self.record, self.stop, self.listen, self.remove):
            row.addWidget(each)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._tag)
        column.addWidget(self.say)
        column.addWidget(self.meter)
        column.addLayout(row)
        self._show()

    @property
    def busy(self) -> bool:
        """Whether it records or plays, or is about to."""
        return bool(self._busy)

    def show_take(self, key: int, take: Path | None, tagged: bool) -> None:
        """Show the recording of a step, or that there is none. ``tagged``: whether its language has to be said."""
        if (key, take) != (self._key, self._take):
            self.finish()
        self._key, self._take = key, take
        self._tag.setVisible(tagged)
        if not self._busy:
            self._show()

    def finish(self) -> None:
        """End what is under way; a recording is kept."""
        work, recording = self._work, self._recording
        self._let_go()
        if recording is not None:
            self._show(self._kept(recording))
        elif work is not None:
            work.stop()
            self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is recorded by a window that can't be seen."""
        super().hideEvent(event)
        self.finish()

    # Recording.

    def _on_record_clicked(self) -> None:
        from calmtray.sound.microphone import Recording

        self.finish()
        try:
            self._recording = Recording(self._new_path())
        except OSError as error:
            self._show(_failed_text("recording", error))
            return
        self._begin("recording", self._recording)

    def _on_listen_clicked(self) -> None:
        from calmtray.sound.listening import Listening

        self.finish()
        if self._take is not None:
            self._begin("listening", Listening(self._take))

    def _begin(self, doing: str, work: Work) -> None:
        self._busy, self._work, self._recorded_key = doing, work, self._key
        self._show()
        self.stop.setFocus()
        Thread(target=self._open, args=(work,), name="recorder", daemon=True).start()

    def _open(self, work: Work) -> None:
        """On a thread of its own."""
        failed: BaseException | None = None
        try:
            work.start()
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits to hear of it
            failed = error
        try:
            self._opened.emit((work, failed))
        except RuntimeError:
            # The window has gone meanwhile.
            work.stop()

    def _on_self_opened(self, opened: tuple[Work, BaseException | None]) -> None:
        work, failed = opened
        if work is not self._work:
            # Somebody had enough before the device had opened.
            if failed is None:
                with suppress(OSError):
                    work.stop()
        elif failed is not None:
            doing = self._busy
            self._let_go()
            self._show(_failed_text(doing, failed))
        else:
            self._look.start()

    def _on_look_timeout(self) -> None:
        if self._recording is not None:
            self.meter.show_peak(self._recording.peak())
            if self._recording.ms:
                self.say.setText(_("Recording: {length}.").format(length=length_text(self._recording.ms)))
        if self._work is not None and self._work.done:
            self.finish()

    def _let_go(self) -> None:
        self._work, self._recording, self._busy = None, None, ""
        self._look.stop()

    def _kept(self, recording: Recording) -> str:
        """Keep what was recorded; the answer says what is wrong with it, if anything is."""
        try:
            recording.stop()
        except OSError as error:
            return _failed_text("recording", error)
        if not recording.ms or recording.loudest < QUIET_PEAK:
            return _(
                "Nothing was to be heard. Is the microphone switched on, and may calmtray use it? The system’s"
                " settings for sound can tell."
            )
        self.recorded.emit(self._recorded_key, recording.path)
        return ""

    def _on_remove_clicked(self) -> None:
        self.record.setFocus()
        self.recorded.emit(self._key, None)

    def _show(self, sentence: str = "") -> None:
        there, busy = self._take is not None, self._busy
        self.record.setText(_("Again") if there else _("Record"))
        self.record.setAccessibleName(_("Record again") if there else _("Record this step"))
        self.record.setVisible(not busy)
        self.stop.setVisible(bool(busy))
        self.listen.setVisible(there and not busy)
        self.remove.setVisible(there and not busy)
        self.remove.setAccessibleName(_("Take the recording away"))
        self.meter.setVisible(busy == "recording")
        self.meter.level = 0.0
        if sentence:
            self.say.setText(sentence)
        elif busy == "recording":
            self.say.setText(_("One moment: the microphone wakes up."))
        elif busy:
            self.say.setText(_("Playing."))
        elif there:
            self.say.setText(_("Your recording speaks here."))
        else:
            self.say.setText(_("Without a recording the computer’s voice says the words, where it has one."))


def _failed_text(doing: str, error: BaseException) -> str:
    from calmtray.sound.device import NoDevice

    if isinstance(error, NoDevice):
        if doing == "recording":
            return _(
                "No microphone answers. Plug one in, or let calmtray use it in the system’s settings, and try again."
                " The computer’s voice can say the words meanwhile."
            )
        return _("No sound can be played just now. Plug in speakers or headphones, and try again.")
    reason = getattr(error, "strerror", None) or str(error)
    if doing == "recording":
        return _("The recording can’t be written ({reason}). Is the disk full?").format(reason=reason)
    return _("The recording can’t be played ({reason}). Record it again.").format(reason=reason)
