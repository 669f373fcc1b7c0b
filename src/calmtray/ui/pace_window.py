"""Finding a comfortable pace: a few slow ones in turn, two questions after each, none of which needs an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from calmtray.practice.model import Pattern
from calmtray.session.comfort import (
    MINUTES_EACH,
    NO_PACE,
    RATES,
    TRIAL_ID,
    Answer,
    Comfort,
    Effort,
    best_pace,
    trial,
)
from calmtray.session.runner import SessionRunner
from calmtray.session.state import Ending, State, Status
from calmtray.session.timeline import Choices, Timeline, build_timeline
from calmtray.ui.answers import Answers
from calmtray.ui.chips import Chips
from calmtray.ui.icons import app_icon
from calmtray.ui.pace_row import PaceRow
from calmtray.ui.pacers.base import Pacer
from calmtray.ui.pacers.registry import make_pacer
from calmtray.ui.parts import button, centre_on_pointer_screen, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _, language
from calmtray.words.pace_texts import comfort_text, effort_text, found_text, minutes_each_text, trial_text

BEAT_MS = 500
"""How often the end of a try and its words are looked after; the pacer has its own frames."""

START, TRYING, ASKING, FOUND = range(4)
"""The pages."""


class PaceWindow(QWidget):
    """Esc and closing the window end it at once, and nothing is kept.

    ``paces``: the patterns of ``RATES`` by their ids. ``make_runner`` gives each try its sound.
    """

    closed = Signal()
    pace_changed = Signal(str)

    def __init__(
        self,
        paces: Mapping[str, Pattern],
        my_pace: str,
        make_runner: Callable[[Timeline], SessionRunner],
        clock: Callable[[], float],
        pacer: str,
        reduced_motion: bool,
    ) -> None:
        super().__init__()
        self._paces = paces
        self._my_pace = my_pace
        self._make_runner = make_runner
        self._answers: dict[str, Answer] = {}
        self._left = list(RATES)
        self._found: str | None = None
        self.runner: SessionRunner | None = None
        self.setObjectName("page")
        self.setWindowTitle(_("Find my pace"))
        self.setWindowIcon(app_icon())
        self.pacer: Pacer = make_pacer(pacer, clock, self)
        self.pacer.reduced_motion = reduced_motion
        self.pacer.setAccessibleName(_("Breath"))
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._on_beat_timeout)
        self._pages = QStackedLayout()
        for page in (self._start_page(), self._trying_page(), self._asking_page(), self._found_page()):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        layout.setSpacing(SPACE * 2)
        layout.addWidget(label(_("Find my pace"), "title"))
        layout.addLayout(self._pages, 1)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)

    def sizeHint(self) -> QSize:
        """As large as a session."""
        line = self.fontMetrics().height()
        return QSize(max(560, line * 32), max(720, line * 40))

    @property
    def practice_id(self) -> str:
        """No practice of the library."""
        return TRIAL_ID

    @property
    def running(self) -> bool:
        """Whether the search has begun, and something of it would be lost."""
        return self._pages.currentIndex() != START

    def come_forward(self, asked_by_click: bool) -> None:
        """Come up in the middle of the screen in use; take the keyboard only from somebody who clicked."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not asked_by_click)
        if self.isMinimized():
            self.showNormal()
        elif not self.isVisible():
            centre_on_pointer_screen(self)
            self.show()
            self._begin.setFocus()
        if asked_by_click:
            self.raise_()
            self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whatever was answered is forgotten."""
        self._beat.stop()
        self.pacer.set_running(False)
        if self.runner is not None:
            self.runner.stop()
        self.closed.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pauses, unless it presses the button that has the focus."""
        if event.key() == Qt.Key.Key_Space and self._playing and not event.isAutoRepeat():
            self._on_pause_clicked()
        else:
            super().keyPressEvent(event)

    # Building.

    def _start_page(self) -> QWidget:
        """What it is and what it asks, before it begins; long texts scroll, the buttons stay."""
        about = QWidget()
        column = QVBoxLayout(about)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE * 2)
        for text in (
            _(
                "Five slow paces, one after the other, each a little slower than the one before. After each one,"
                " two questions. Any answer will do, and so does none; you can stop whenever you like."
            ),
            _(
                "Between two paces you breathe as it comes, for half a minute and for as long as you like before. In a"
                " laboratory it would be two minutes, and a device would measure; here, you say what was comfortable."
            ),
        ):
            column.addWidget(label(text))
        column.addWidget(label(_("Good to know"), "heading"))
        column.addWidget(
            label(
                _(
                    "Small and soft; less air than you think. Light-headed or tingling: smaller, or stop. Some bodies"
                    " prefer to skip this: in pregnancy, with heart or lung disease, high blood pressure, epilepsy, or"
                    " a history of panic. Seated, and not for driving."
                ),
                "quiet",
            )
        )
        name = _("How long")
        column.addWidget(label(name, "heading"))
        of = len(RATES)
        texts = {str(minutes): minutes_each_text(minutes, of) for minutes in MINUTES_EACH}
        self._minutes = Chips(name, texts, many=False)
        self._minutes.show_values([str(MINUTES_EACH[0])])
        column.addWidget(self._minutes)
        if self._my_pace != NO_PACE:
            kept = PaceRow(self._my_pace, searchable=False)
            kept.pace_changed.connect(self.pace_changed)
            column.addWidget(kept)
        column.addStretch(1)
        self._begin = button(_("Begin"), "primary")
        self._begin.clicked.connect(self._try_next)
        return self._page(self._scrolled(about), self._button(_("Not now"), self.close), self._begin)

    def _trying_page(self) -> QWidget:
        self._which = label("", "quiet")
        self._caption = label("", "caption")
        for text in (self._which, self._caption):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        # Room for the longest words, so that the pacer stays where it is when they change.
        self._caption.setMinimumHeight(self._caption.fontMetrics().lineSpacing() * 3)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.pacer, 1)
        column.addWidget(self._caption)
        column.addWidget(self._which)
        self._pause = self._button(_("Pause"), self._on_pause_clicked)
        self._pause.setToolTip(f"{_('Pause')} ({_('Space')})")
        on = self._button("›", self._on_next_clicked, _("On to the next part"))
        enough = self._button(_("That’s enough"), self._on_enough_clicked, role="primary")
        return self._page(body, self._pause, enough, on)

    def _asking_page(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE * 2)
        column.addWidget(label(_("Breathe as it comes. Two questions, if you like; both may stay open."), "quiet"))
        comfortable, effort = _("Was it comfortable?"), _("How much effort did it take?")
        answers: dict[int, str] = {each: comfort_text(each) for each in reversed(Comfort)}
        self._comfort = Answers(comfortable, answers)
        self._effort = Answers(effort, {each: effort_text(each) for each in Effort})
        for question, row in ((comfortable, self._comfort), (effort, self._effort)):
            column.addWidget(label(question, "caption"))
            column.addWidget(row)
        column.addStretch(1)
        self._go_on = self._button(_("On to the next pace"), self._on_go_on_clicked, role="primary")
        self._finish = self._button(_("That’s enough"), self._on_finish_clicked)
        return self._page(self._scrolled(body), self._finish, self._go_on)

    def _found_page(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE * 2)
        self._result = label("", "caption")
        self._use = label(
            _("Kept, it is there for the practices that breathe slowly in and out. Each of them has a switch for it."),
            "quiet",
        )
        column.addWidget(self._result)
        column.addWidget(self._use)
        column.addStretch(1)
        self._leave = self._button(_("Leave it"), self.close)
        self._keep = self._button(_("Keep it"), self._on_keep_clicked, role="primary")
        return self._page(self._scrolled(body), self._leave, self._keep)

    def _page(self, body: QWidget, first: QWidget, last: QWidget, second: QWidget | None = None) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE * 2)
        layout.addWidget(body, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(first)
        if second is not None:
            buttons.addWidget(second)
        buttons.addStretch(1)
        buttons.addWidget(last)
        layout.addLayout(buttons)
        return page

    def _scrolled(self, body: QWidget) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        return scroll

    def _button(self, text: str, act: Callable[[], object], spoken: str = "", role: str = "") -> QPushButton:
        made = button(text, role, spoken)
        made.clicked.connect(act)
        return made

    # What happens.

    @property
    def _playing(self) -> bool:
        return self.runner is not None and self.runner.state.status in (Status.PLAYING, Status.PAUSED)

    def _try_next(self) -> None:
        """Rest, then breathe the next pace."""
        first = len(self._left) == len(RATES)
        made = trial(self._paces[self._left[0]], int(self._minutes.values[0]), first)
        timeline = build_timeline(made, {}, Choices(language()))
        self.runner = self._make_runner(timeline)
        self.runner.on_change = self._on_runner_changed
        self._which.setText(trial_text(len(RATES) - len(self._left) + 1, len(RATES)))
        self.pacer.show_timeline(timeline, lambda: self.runner.position_ms if self.runner else 0.0)
        self._pages.setCurrentIndex(TRYING)
        self.runner.begin()
        self.setFocus()

    def _on_runner_changed(self, state: State) -> None:
        if state.ending is Ending.FINISHED:
            self._ask()
        self._pause.setText(_("Go on") if state.status is Status.PAUSED else _("Pause"))
        self._pause.setAccessibleName(self._pause.text())
        self._follow()

    def _follow(self) -> None:
        """Draw, beat and stay on top only while playing."""
        playing = self.runner is not None and self.runner.state.status is Status.PLAYING
        if playing:
            self._beat.start()
        else:
            self._beat.stop()
        self.pacer.set_running(playing and self.isVisible())
        window = self.windowHandle()
        if window is not None:
            window.setFlag(Qt.WindowType.WindowStaysOnTopHint, playing)
        self._show_words()

    def _show_words(self) -> None:
        if self.runner is None or not self._playing:
            return
        if self.runner.pose.step > 0:
            text = _("Breathe along, small and soft.")
        elif len(self._left) == len(RATES):
            text = _("Breathe as it comes. The first pace begins in a moment.")
        else:
            text = _("Breathe as it comes. The next pace begins in half a minute.")
        if text != self._caption.text():
            self._caption.setText(text)
            self._announce(text)

    def _on_beat_timeout(self) -> None:
        if self.runner is not None:
            self.runner.tick()
        self._show_words()

    def _on_pause_clicked(self) -> None:
        if self.runner is not None:
            self.runner.toggle_pause()

    def _on_next_clicked(self) -> None:
        if self.runner is not None:
            self.runner.skip(1)

    def _on_enough_clicked(self) -> None:
        if self.runner is not None:
            self.runner.stop()
        self._conclude()

    def _ask(self) -> None:
        self._comfort.clear()
        self._effort.clear()
        last = len(self._left) == 1
        self._finish.setVisible(not last)
        self._go_on.setText(_("See what came out") if last else _("On to the next pace"))
        self._go_on.setAccessibleName(self._go_on.text())
        self._pages.setCurrentIndex(ASKING)
        self._go_on.setFocus()
        self._announce(_("Breathe as it comes. Two questions, if you like; both may stay open."))

    def _note_answer(self) -> None:
        comfort, effort = self._comfort.value, self._effort.value
        self._answers[self._left.pop(0)] = Answer(
            None if comfort is None else Comfort(comfort), None if effort is None else Effort(effort)
        )

    def _on_go_on_clicked(self) -> None:
        self._note_answer()
        if self._left:
            self._try_next()
        else:
            self._conclude()

    def _on_finish_clicked(self) -> None:
        self._note_answer()
        self._conclude()

    def _conclude(self) -> None:
        """Say what came out; where nobody answered anything there is nothing to say."""
        if all(answer == Answer() for answer in self._answers.values()):
            self.close()
            return
        self._found = best_pace(self._answers)
        self._result.setText(found_text(self._found))
        for part in (self._use, self._keep):
            part.setVisible(self._found is not None)
        self._leave.setText(_("Leave it") if self._found else _("Close"))
        self._leave.setAccessibleName(self._leave.text())
        self._pages.setCurrentIndex(FOUND)
        (self._keep if self._found else self._leave).setFocus()
        self._announce(self._result.text())

    def _on_keep_clicked(self) -> None:
        if self._found is not None:
            self.pace_changed.emit(self._found)
        self.close()

    def _announce(self, text: str) -> None:
        """Say it through the screen reader, where one is listening."""
        if QAccessible.isActive() and text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
