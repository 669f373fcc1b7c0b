"""One session on the screen: what it will be, then the pacer and the words, then nothing more."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from calmtray.practice.model import Practice
from calmtray.session.breath import next_change_ms
from calmtray.session.runner import SessionRunner
from calmtray.session.state import Ending, State, Status
from calmtray.ui.icons import app_icon
from calmtray.ui.pacers.base import Pacer
from calmtray.ui.pacers.registry import make_pacer
from calmtray.ui.parts import button, centre_on_pointer_screen, label, rescale
from calmtray.ui.theme import SPACE
from calmtray.ui.time_ring import TimeRing
from calmtray.words.language import _
from calmtray.words.texts import (
    caution_text,
    eyes_text,
    holds_text,
    length_text,
    posture_text,
    title_text,
    why_heading,
)

if TYPE_CHECKING:
    # Most practices have none, and few are asked about.
    from calmtray.ui.asked_feelings import AskedFeelings
    from calmtray.ui.props.place import PropPlace

BEAT_MS = 1_000
"""How often the ring, the end and the journal are looked after; the pacer has its own frames."""

CAPTION_LINES = 3

MORE_KEYS = ("+", "=")
"""*One more minute*: on many keyboards one key, with and without shift. It lies here or there, so its sign counts."""

LEAVE_AFTER_MS, ANSWER_WITHIN_MS = 4_000, 60_000
"""How long the last line stands before the window goes by itself, and how long a question below it does."""


class SessionWindow(QWidget):
    """Plays one session. Esc, closing the window and *That's enough* all end it at once, and nothing is asked then.

    ``sound_text``: what will be heard, in a line. ``audible``: whether there is anything to mute. ``tuning``: what can
    be set before it begins. ``props``: what its steps show beside their words. ``feelings``: asked before it and after
    it, in those few that are asked about; ``felt`` tells each answer, and whether it is the one afterwards.
    """

    closed = Signal()
    felt = Signal(object, bool)
    mute_toggled = Signal(bool)

    def __init__(
        self,
        practice: Practice,
        runner: SessionRunner,
        clock: Callable[[], float],
        pacer: str,
        reduced_motion: bool,
        sound_text: str = "",
        audible: bool = False,
        tuning: QWidget | None = None,
        props: PropPlace | None = None,
        feelings: AskedFeelings | None = None,
    ) -> None:
        super().__init__()
        self._feelings = feelings
        self._practice = practice
        self._audible = audible
        self._tuning = tuning
        self.props = props
        self.runner = runner
        runner.on_change = self._on_runner_changed
        self.setWindowTitle(title_text(practice))
        self.setWindowIcon(app_icon())
        self.setObjectName("page")
        self._ring = TimeRing()
        # Beside a pacer or a prop the words are the smaller thing on the screen; alone they are all there is.
        self._caption = label("", "caption" if runner.timeline.breath or props else "words")
        self._clock = clock
        self.pacer = self._make_pacer(pacer, reduced_motion) if runner.timeline.breath else None
        self._covered = False
        self._said_step = -1
        self.spoken: Collection[str] = ()
        """The texts that a voice is heard to say: a screen reader need not say them too."""
        self._waiting = self._begin_wanted = False
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat_timeout)
        self._build()
        self._keys()
        self._keep_room()
        self.show_facts(sound_text or _("none; words on the screen"))

    # Coming and going.

    def sizeHint(self) -> QSize:
        """Room for the pacer and a few lines of large text."""
        line = self.fontMetrics().height()
        return QSize(max(560, line * 32), max(720, line * 40))

    @property
    def practice_id(self) -> str:
        """What is being played."""
        return self._practice.id

    @property
    def running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.runner.state.status in (Status.PLAYING, Status.PAUSED)

    @property
    def ready(self) -> bool:
        """Whether it waits for *Begin*."""
        return self.runner.state.status is Status.READY

    @property
    def muted(self) -> bool:
        """Whether the user wants to hear nothing."""
        return self._mute.isChecked()

    def status(self) -> dict[str, Any]:
        """Where the session stands, as JSON-ready values; times in ms."""
        state = self.runner.state
        return {
            "practice": self._practice.id,
            "status": state.status,
            "position_ms": round(self.runner.position_ms),
            "length_ms": state.length_ms,
        }

    def come_forward(self, asked_by_click: bool) -> None:
        """Come up in the middle of the screen in use; take the keyboard only from somebody who clicked."""
        if self.isVisible():
            if self.isMinimized():
                self.showNormal()
            if asked_by_click:
                self.raise_()
                self.activateWindow()
            return
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not asked_by_click)
        centre_on_pointer_screen(self)
        self.show()
        # A minimised window draws nothing.
        self.windowHandle().windowStateChanged.connect(self._follow)
        if asked_by_click:
            self.raise_()
            self.activateWindow()
        self._begin.setFocus()

    def show_facts(self, sound_text: str, trouble: str = "", files: str = "") -> None:
        """Say on the ready page how long it is now, and what will be heard.

        ``trouble``: what is wrong with its sound, if anything; ``files``: the files concerned, for who wants to know.
        """
        self._trouble.setText(trouble)
        self._trouble.setToolTip(f"<qt>{html.escape(files)}</qt>".replace("\n", "<br>") if files else "")
        self._trouble.setAccessibleDescription(files)
        self._trouble.setVisible(bool(trouble))
        for name, text in (("length", length_text(self.runner.timeline.length_ms)), ("sound", sound_text)):
            heading, fact = self._facts[name]
            fact.setText(text)
            fact.setAccessibleName(f"{heading}: {text}")
        self._show_pose()

    def set_audible(self, audible: bool) -> None:
        """Whether there is anything to mute."""
        self._audible = audible
        self._mute.setVisible(audible)

    def keep_waiting(self, waiting: bool) -> None:
        """While something is prepared, *Begin* waits for it; it need not be pressed twice."""
        self._waiting = waiting
        if not waiting and self._begin_wanted:
            self.begin()

    def begin(self) -> None:
        """Begin, once what is prepared is there."""
        if self._waiting:
            self._begin_wanted = True
            self._begin.setEnabled(False)
            self._begin.setText(_("One moment …"))
        else:
            if self._feelings is not None and self._feelings.felt_before is not None:
                self.felt.emit(self._feelings.felt_before, False)
            self.runner.begin()
            self.setFocus()

    def tell(self, text: str) -> None:
        """Say something that can wait, in the line kept for it; an empty text takes it away."""
        if text != self._notice.text():
            self._notice.setText(text)
            self._announce(text)

    def draw_as(self, pacer: str, reduced_motion: bool) -> None:
        """Draw the breath in another way from now on, and the words in the size of now; they keep their language."""
        rescale(self)
        self._keep_room()
        if self.pacer is not None:
            old, self.pacer = self.pacer, self._make_pacer(pacer, reduced_motion)
            self._playing.replaceWidget(old, self.pacer)
            self.pacer.setVisible(not old.isHidden())
            old.set_running(False)
            old.deleteLater()
            self._follow()

    def _make_pacer(self, kind: str, reduced_motion: bool) -> Pacer:
        made = make_pacer(kind, self._clock, self)
        made.reduced_motion = reduced_motion
        made.setAccessibleName(_("Breath"))
        return made

    def set_covered(self, covered: bool) -> None:
        """Nobody can see the window now, or again."""
        self._covered = covered
        self._follow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is as good an ending as any."""
        self._beat.stop()
        if self.pacer is not None:
            self.pacer.set_running(False)
        self.runner.stop()
        if self._feelings is not None and self._feelings.felt_after is not None:
            self.felt.emit(self._feelings.felt_after, True)
        self.closed.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pauses, unless it presses the button that has the focus; plus adds a minute on every keyboard."""
        if not self.running or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.runner.toggle_pause()
        elif event.text() in MORE_KEYS:
            self._on_more_asked()
        else:
            super().keyPressEvent(event)

    # Building.

    def _build(self) -> None:
        title = label(title_text(self._practice), "title")
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedLayout()
        for page in (self._ready_page(), self._playing_page(), self._done_page()):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        layout.setSpacing(SPACE * 2)
        layout.addLayout(top)
        layout.addLayout(self._pages, 1)

    def _ready_page(self) -> QWidget:
        """What it is and what it asks, before it begins; long texts scroll, the buttons stay."""
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE * 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._about())
        layout.addWidget(scroll, 1)
        self._begin = button(_("Begin"), "primary")
        self._begin.clicked.connect(self.begin)
        leave = button(_("Not now"))
        leave.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(leave)
        buttons.addStretch(1)
        buttons.addWidget(self._begin)
        layout.addLayout(buttons)
        return page

    def _about(self) -> QWidget:
        practice = self._practice
        lang = practice.language(self.runner.timeline.lang)
        facts = (
            ("length", _("Length"), ""),
            ("posture", _("Posture"), posture_text(practice)),
            ("eyes", _("Eyes"), eyes_text(practice)),
            ("holds", _("Breath holds"), holds_text(practice)),
            ("sound", _("Sound"), ""),
        )
        self._facts: dict[str, tuple[str, QLabel]] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 3)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for row, (key, name, value) in enumerate(facts):
            heading = QLabel(name)
            heading.setProperty("role", "quiet")
            fact = label(value)
            fact.setAccessibleName(f"{name}: {value}")
            self._facts[key] = name, fact
            grid.addWidget(heading, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(fact, row, 1)
        about = QWidget()
        layout = QVBoxLayout(about)
        layout.setContentsMargins(0, 0, SPACE, 0)
        layout.setSpacing(SPACE * 2)
        layout.addWidget(label(practice.summary[lang]))
        layout.addLayout(grid)
        self._trouble = label("", "quiet")
        layout.addWidget(self._trouble)
        if self._tuning is not None:
            layout.addWidget(self._tuning)
        if self._feelings is not None:
            layout.addWidget(self._feelings.before)
        caution = practice.caution.get(lang) or caution_text(practice.cautions)
        why = why_heading(practice)
        for name, text in ((_("Good to know"), caution), (why, practice.why.text[lang])):
            if text:
                words = QVBoxLayout()
                words.setSpacing(SPACE // 2)
                words.addWidget(label(name, "heading"))
                words.addWidget(label(text, "quiet"))
                layout.addLayout(words)
        layout.addStretch(1)
        return about

    def _playing_page(self) -> QWidget:
        page = QWidget()
        self._playing = layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE * 2)
        if self.pacer is not None:
            layout.addWidget(self.pacer, 1)
        if self.props is not None:
            layout.addWidget(self.props, 1)
            self.props.setHidden(self.pacer is not None)
        layout.addWidget(self._words_block(), 0 if self.pacer or self.props else 1)
        layout.addLayout(self._buttons())
        return page

    def _words_block(self) -> QWidget:
        """The words of the step, and below them a line for what can wait."""
        self._notice = label("", "quiet")
        for text in (self._caption, self._notice):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._said = QWidget()
        layout = QVBoxLayout(self._said)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._caption, 1)
        layout.addWidget(self._notice)
        return self._said

    def _buttons(self) -> QGridLayout:
        """What changes the session a little, above what leads through it and out of it."""
        self._easier = button(_("Easier"), spoken=_("Easier: a quicker, smaller breath"))
        self._more = button(_("+1 min"), spoken=_("One more minute"))
        # A screen reader hears one name, and whether it is on; the eye reads what the button would do.
        self._mute_texts = {False: _("Mute"), True: _("Unmute")}
        self._mute = button(self._mute_texts[False])
        self._mute.setCheckable(True)
        self._pause_texts = {Status.PLAYING: _("Pause"), Status.PAUSED: _("Go on")}
        self._pause = button(self._pause_texts[Status.PLAYING])
        self._back = button("‹", spoken=_("Back one step"))
        self._next = button("›", spoken=_("On to the next step"))
        self._enough = button(_("That’s enough"), "primary")
        self._enough.setToolTip(_("Ends here, whenever you like (Esc)"))
        for made, key, act in (
            (self._easier, "E", self._on_easier_asked),
            (self._more, "+", self._on_more_asked),
            (self._back, "←", self._on_back_asked),
            (self._pause, _("Space"), self.runner.toggle_pause),
            (self._next, "→", self._on_next_asked),
        ):
            made.setToolTip(f"{made.accessibleName()} ({key})")
            made.clicked.connect(act)
        self._mute.setToolTip(f"{self._mute.accessibleName()} (M)")
        self._mute.toggled.connect(self._on_mute_toggled)
        self._enough.clicked.connect(self.close)
        if self.pacer is None:
            self._easier.hide()
        if not self._audible:
            self._mute.hide()
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for line, (group, apart) in enumerate(
            (
                ((self._easier, self._more), self._mute),
                ((self._back, self._pause, self._next), self._enough),
            )
        ):
            row = QHBoxLayout()
            row.setSpacing(SPACE)
            for made in group:
                row.addWidget(made)
            grid.addLayout(row, line, 0)
            grid.addWidget(apart, line, 2)
        return grid

    def _keep_room(self) -> None:
        """Room for the longest words, so that neither pacer nor buttons move when the words change."""
        lines = self._caption.fontMetrics().lineSpacing() * CAPTION_LINES + self._notice.fontMetrics().lineSpacing()
        self._said.setMinimumHeight(lines + SPACE)
        for made, texts in ((self._pause, self._pause_texts.values()), (self._mute, self._mute_texts.values())):
            now = made.text()
            made.setMinimumWidth(0)
            made.ensurePolished()
            widths = []
            for text in texts:
                made.setText(text)
                widths.append(made.sizeHint().width())
            made.setText(now)
            made.setMinimumWidth(max(widths))

    def _done_page(self) -> QWidget:
        """The last line. It goes by itself, and asks nothing of anybody who did not answer at the beginning."""
        page = QWidget()
        layout = QVBoxLayout(page)
        last = label(_("That was all of it."), "title")
        last.setAlignment(Qt.AlignmentFlag.AlignCenter)
        leave = button(_("Close"))
        leave.clicked.connect(self.close)
        layout.addStretch(1)
        layout.addWidget(last)
        if self._feelings is not None:
            layout.addSpacing(SPACE * 2)
            layout.addWidget(self._feelings.after)
        layout.addStretch(1)
        layout.addWidget(leave, 0, Qt.AlignmentFlag.AlignRight)
        return page

    def _keys(self) -> None:
        self._step_keys: list[QShortcut] = []
        for key, act in (
            (Qt.Key.Key_Escape, self.close),
            (Qt.Key.Key_Left, self._on_back_asked),
            (Qt.Key.Key_Right, self._on_next_asked),
            (Qt.Key.Key_E, self._on_easier_asked),
            (Qt.Key.Key_M, self._on_mute_asked),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            # A key that is held counts once.
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
            if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                # Before it begins there are no steps to go to, and the arrows go from one length to the next.
                shortcut.setEnabled(False)
                self._step_keys.append(shortcut)

    # What happens.

    def _on_back_asked(self) -> None:
        if self.running:
            self.runner.skip(-1)

    def _on_next_asked(self) -> None:
        if self.running:
            self.runner.skip(1)

    def _on_easier_asked(self) -> None:
        if self.running and self.pacer is not None and self.runner.easier():
            self._announce(_("Easier"))

    def _on_more_asked(self) -> None:
        if self.running and self.runner.one_more_minute():
            self._announce(_("One more minute"))

    def _on_mute_asked(self) -> None:
        if self.running and self._audible:
            self._announce(self._mute.text())
            self._mute.toggle()

    def _on_mute_toggled(self, muted: bool) -> None:
        self._mute.setText(self._mute_texts[muted])
        self.mute_toggled.emit(muted)

    def _on_beat_timeout(self) -> None:
        self.runner.tick()
        self._show_pose()
        if self.runner.state.status is Status.PLAYING:
            self._wait_a_beat()

    def _wait_a_beat(self) -> None:
        """A second, or less where there is something else to read before: as the voice says it."""
        position = self.runner.position_ms
        ahead = next_change_ms(self.runner.timeline, position) - position
        self._beat.start(min(BEAT_MS, max(1, math.ceil(ahead))))

    def _on_runner_changed(self, state: State) -> None:
        if state.ending is Ending.FINISHED:
            self._beat.stop()
            self._pages.setCurrentIndex(2)
            self._announce(_("That was all of it."))
            QTimer.singleShot(self._leave_after_ms(), self, self.close)
        elif state.ending is None:
            self._pages.setCurrentIndex(1)
            for key in self._step_keys:
                key.setEnabled(True)
            self._pause.setText(self._pause_texts[state.status])
            self._pause.setAccessibleName(self._pause.text())
        self._follow()
        self._show_pose()

    def _leave_after_ms(self) -> int:
        """How long the end stands: longer where it asks, and its sliders then have the arrow keys."""
        if self._feelings is None:
            return LEAVE_AFTER_MS
        asks = self._feelings.felt_before is not None
        self._feelings.after.setVisible(asks)
        for key in self._step_keys:
            key.setEnabled(not asks)
        return ANSWER_WITHIN_MS if asks else LEAVE_AFTER_MS

    def _follow(self) -> None:
        """Draw, beat and stay on top only while playing; draw only while somebody can see it."""
        playing = self.runner.state.status is Status.PLAYING
        if playing:
            self._wait_a_beat()
        else:
            self._beat.stop()
        if self.pacer is not None:
            if self.pacer.timeline is not self.runner.timeline:
                self.pacer.show_timeline(self.runner.timeline, lambda: self.runner.position_ms)
            self.pacer.set_running(playing and self._seen)
        if self.props is not None:
            self.props.set_running(playing and self._seen)
            self._show_prop(self.runner.position_ms)
        window = self.windowHandle()
        if window is not None:
            window.setFlag(Qt.WindowType.WindowStaysOnTopHint, playing)

    def _show_pose(self) -> None:
        pose = self.runner.pose
        self._ring.show_left(pose.left_ms, self.runner.timeline.length_ms)
        self._easier.setEnabled(self.runner.easier_pattern is not None)
        self._caption.setText(pose.caption)
        self._show_prop(pose.ms)
        if self.running and pose.step != self._said_step:
            self._said_step = pose.step
            texts = (words.text for words in self.runner.timeline.words if words.step == pose.step)
            self._announce(" ".join(text for text in texts if text not in self.spoken))

    @property
    def _seen(self) -> bool:
        """Whether somebody can see the window."""
        return not self._covered and not self.isMinimized() and self.isVisible()

    def _show_prop(self, ms: float) -> None:
        """A prop takes the pacer's place during its step."""
        if self.props is None or not (self._seen or self.props.prop is None):
            return
        shown = self.props.show_at(self.runner.timeline, ms)
        if self.pacer is not None:
            self.pacer.setVisible(not shown)
            self.props.setVisible(shown)

    def _announce(self, text: str) -> None:
        """Say it through the screen reader, where one is listening."""
        if QAccessible.isActive() and text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
