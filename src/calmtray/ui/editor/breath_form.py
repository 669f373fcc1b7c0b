"""A breath in a step: a named one or seconds of one's own, how many, and how it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from calmtray.practice.draft import fresh, own_breath
from calmtray.practice.model import LANGUAGES, Availability, Pattern, Phase, Step
from calmtray.session.timeline import Choices, build_timeline
from calmtray.ui.editor.fields import ChoiceField, Named, NumberField, SecondsField
from calmtray.ui.pacers.registry import make_pacer
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.editor_texts import pattern_name
from calmtray.words.language import _
from calmtray.words.texts import caution_text, length_text

OWN = ""
"""The choice of one's own seconds."""

LEAST_MS, MOST_MS = 500, 20_000
MOST_ROUNDS = 400
PREVIEW_MS = 60_000
"""The pacer begins anew about so often."""

FIRST = (Phase.IN, Phase.OUT)
NOT_OFFERED = (Availability.INTERNAL, Availability.TOOL)


class BreathForm(QWidget):
    """``holds``: whether breaths with holds are offered; one that a step has already is shown all the same."""

    changed = Signal(object, int)

    def __init__(
        self,
        patterns: Mapping[str, Pattern],
        holds: bool,
        clock: Callable[[], float],
        pacer: str,
        reduced_motion: bool,
    ) -> None:
        super().__init__()
        self._offered = {
            id_: pattern
            for id_, pattern in patterns.items()
            if pattern.availability not in NOT_OFFERED and (holds or not pattern.has_hold)
        }
        self._holds = holds
        self._clock = clock
        self._began = 0.0
        self._pattern: Pattern | None = None
        self._rounds = 1
        self._names: dict[str, str] = {}
        self.which = ChoiceField(_("Which breath"), {})
        self.which.chosen.connect(self._on_which_chosen)
        self.rounds = NumberField(_("How many"), 1, MOST_ROUNDS)
        self.rounds.chosen.connect(self._on_rounds_chosen)
        self.setFocusProxy(self.rounds)
        self.seconds = {phase: self._seconds(phase) for phase in Phase}
        self._named = {phase: Named(self.seconds[phase].accessibleName(), self.seconds[phase]) for phase in Phase}
        self.said = label("", "quiet")
        self._pacer = make_pacer(pacer, clock)
        self._pacer.reduced_motion = reduced_motion
        self.fit()
        self.go = button(_("Stop the pacer"))
        self.go.setCheckable(True)
        self.go.setChecked(True)
        self.go.toggled.connect(self._on_go_toggled)
        self._lay_out()

    def _lay_out(self) -> None:
        own = QGridLayout()
        own.setSpacing(SPACE)
        for index, phase in enumerate(Phase):
            own.addWidget(self._named[phase], index // 3, index % 3, Qt.AlignmentFlag.AlignTop)
        top = QHBoxLayout()
        top.setSpacing(SPACE * 2)
        top.addWidget(Named(_("Which breath"), self.which), 3)
        top.addWidget(Named(_("How many"), self.rounds), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(top)
        column.addLayout(own)
        column.addWidget(self.said)
        column.addWidget(self._pacer)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignHCenter)

    def _seconds(self, phase: Phase) -> SecondsField:
        names = {
            Phase.IN: _("In"),
            Phase.TOP_UP: _("A little more"),
            Phase.HOLD: _("Hold"),
            Phase.OUT: _("Out"),
            Phase.REST: _("Rest"),
        }
        field = SecondsField(names[phase], LEAST_MS, MOST_MS, 0.5, "" if phase in FIRST else _("left out"))
        field.chosen.connect(lambda ms: self._on_seconds_chosen(phase, ms))
        return field

    def fit(self) -> None:
        """The pacer is as high as so many lines."""
        self._pacer.setFixedHeight(self.fontMetrics().height() * 11)

    def first(self) -> Pattern:
        """The breath that a step begins to breathe with."""
        return next(iter(self._offered.values()))

    def show_breath(self, pattern: Pattern, rounds: int) -> None:
        """Show this breath, and pace it."""
        names = {id_: pattern_name(each) for id_, each in self._offered.items()}
        if pattern.id is not None:
            names.setdefault(pattern.id, pattern_name(pattern))
        names[OWN] = _("Seconds of your own")
        if names != self._names:
            self._names = names
            self.which.offer(names)
        self.which.show_choice(pattern.id or OWN)
        self.rounds.show_number(rounds)
        lengths = {span.phase: span.ms for span in pattern.spans}
        for phase, field in self.seconds.items():
            self._named[phase].setVisible(pattern.id is None and (phase is not Phase.HOLD or self._may_hold(pattern)))
            field.show_ms(lengths.get(phase, 0))
        lines = (
            _("One takes {one}, all of them {all}.").format(
                one=f"{pattern.length_ms / 1000:g} s", all=length_text(pattern.length_ms * rounds)
            ),
            caution_text(pattern.asks),
        )
        self.said.setText(" ".join(line for line in lines if line))
        if pattern != self._pattern:
            self._pace(pattern)
        self._pattern, self._rounds = pattern, rounds

    def _may_hold(self, pattern: Pattern) -> bool:
        return self._holds or pattern.has_hold

    def _pace(self, pattern: Pattern) -> None:
        """Draw it from its beginning, again and again."""
        rounds = max(1, round(PREVIEW_MS / pattern.length_ms))
        length = rounds * pattern.length_ms
        step = Step(length, {}, pattern, rounds)
        shown = replace(fresh(LANGUAGES[0]).practice, steps=(step,))
        self._began = self._clock()
        self._pacer.show_timeline(
            build_timeline(shown, {}, Choices(LANGUAGES[0])), lambda: (self._clock() - self._began) % length
        )
        self._pacer.set_running(self.go.isChecked())

    def _on_go_toggled(self, on: bool) -> None:
        self.go.setText(_("Stop the pacer") if on else _("Start the pacer"))
        self.go.setAccessibleName(self.go.text())
        self._began = self._clock()
        self._pacer.set_running(on)

    def _on_which_chosen(self, id_: str) -> None:
        if self._pattern is None or id_ == (self._pattern.id or OWN):
            return
        chosen = self._offered.get(id_, self._pattern) if id_ else own_breath(self._lengths())
        self.changed.emit(chosen, self._rounds)

    def _on_rounds_chosen(self, rounds: int) -> None:
        self.changed.emit(self._pattern, rounds)

    def _on_seconds_chosen(self, phase: Phase, ms: int) -> None:
        self.changed.emit(own_breath({**self._lengths(), phase: ms}), self._rounds)

    def _lengths(self) -> dict[Phase, int]:
        return {span.phase: span.ms for span in self._pattern.spans} if self._pattern else {}
