"""One step: its words, its quiet or its breath, how far it may stretch, and its voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from calmtray.practice.draft import STEP_MS, Draft
from calmtray.practice.lint import MOST_SPOKEN
from calmtray.practice.model import LANGUAGES, Pattern, Prop, Step
from calmtray.ui.editor.breath_form import BreathForm
from calmtray.ui.editor.fields import ChoiceField, Named, SecondsField, WordsField
from calmtray.ui.editor.recorder import Recorder
from calmtray.ui.parts import label
from calmtray.ui.theme import SPACE
from calmtray.words.editor_texts import prop_names, spoken_text
from calmtray.words.language import _
from calmtray.words.texts import language_name

QUIET, BREATH = "quiet", "breath"
NOTHING = ""
LEAST_MS, MOST_MS, MOST_SCALED_MS = 2_000, 600_000, 1_200_000
ROUNDS = 6
LONGEST = 2
"""A step that may stretch may at first become twice as long."""


class StepForm(QWidget):
    """``breath``: the form for breaths, made by whoever knows the patterns."""

    changed = Signal(object, str)
    recorded = Signal(int, str, object)
    left = Signal()

    def __init__(self, breath: BreathForm, new_path: Callable[[], Path]) -> None:
        super().__init__()
        self._step = Step(STEP_MS, {})
        self._quiet_ms = STEP_MS
        self.words = WordsField(_("Words"), 5)
        self.words.written.connect(self._on_words_written)
        self.words.left.connect(self.left)
        self.hint = label("", "quiet")
        self.kind = ChoiceField(_("Then"), {QUIET: _("Quiet"), BREATH: _("A breath to follow")})
        self.kind.chosen.connect(self._on_kind_chosen)
        self.seconds = SecondsField(_("Seconds"), LEAST_MS, MOST_MS, 5)
        self.seconds.chosen.connect(self._on_seconds_chosen)
        self.prop = ChoiceField(_("Shows"), {NOTHING: _("nothing but its words"), **prop_names()})
        self.prop.chosen.connect(self._on_prop_chosen)
        self.breath = breath
        self.breath.changed.connect(self._on_breath_changed)
        self.scales = QCheckBox(_("May be made shorter or longer"))
        self.scales.clicked.connect(self._on_scales_clicked)
        self.shortest = SecondsField(_("At the shortest"), LEAST_MS, MOST_SCALED_MS, 5)
        self.longest = SecondsField(_("At the longest"), LEAST_MS, MOST_SCALED_MS, 5)
        self.shortest.chosen.connect(lambda ms: self._on_scale_chosen(0, ms))
        self.longest.chosen.connect(lambda ms: self._on_scale_chosen(1, ms))
        self.shortens = QCheckBox(_("Part of a short form"))
        self.shortens.setToolTip(_("What is left when there is too little time for all steps."))
        self.shortens.clicked.connect(self._on_shortens_clicked)
        self.short = SecondsField(_("Seconds in the short form"), LEAST_MS, MOST_MS, 5)
        self.short.chosen.connect(self._on_short_chosen)
        self.inward = QCheckBox(_("Its words turn attention inward"))
        self.inward.clicked.connect(lambda on: self._change(replace(self._step, inward=on), ""))
        self.recorders = {lang: Recorder(lang, new_path) for lang in LANGUAGES}
        for lang, recorder in self.recorders.items():
            recorder.recorded.connect(lambda key, path, lang=lang: self.recorded.emit(key, lang, path))
        for tick in (self.scales, self.shortens, self.inward):
            tick.setProperty("role", "worded")
        self.named: dict[str, Named] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        self.named["say"] = Named(_("Words"), self.words)
        self.named["seconds"] = Named(_("Seconds, words and quiet together"), self.seconds)
        self._scale_row = QWidget()
        row = QHBoxLayout(self._scale_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(Named(_("At the shortest"), self.shortest))
        row.addWidget(Named(_("At the longest"), self.longest))
        self.named["scale"] = Named("", self._scale_row)
        self.named["short"] = Named(_("Seconds in the short form"), self.short)
        self.named["breathe"] = Named("", self.breath, tall=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        column.addWidget(self.named["say"])
        column.addWidget(self.hint)
        times = QHBoxLayout()
        times.setSpacing(SPACE * 2)
        times.addWidget(Named(_("Then"), self.kind), 1)
        times.addWidget(self.named["seconds"], 1)
        column.addLayout(times)
        self._shows = Named(_("Shows"), self.prop)
        column.addWidget(self._shows)
        column.addWidget(self.named["breathe"])
        column.addWidget(self.scales)
        column.addWidget(self.named["scale"])
        column.addWidget(self.shortens)
        column.addWidget(self.named["short"])
        column.addWidget(self.inward)
        column.addWidget(label(_("Voice"), "heading"))
        for recorder in self.recorders.values():
            column.addWidget(recorder)
        column.addStretch(1)

    def show_step(self, draft: Draft, at: int, mistakes: Mapping[str, str]) -> None:
        """Show the step at a place of a draft, and what is wanted in it, by field."""
        practice = draft.practice
        step = self._step = practice.steps[at]
        pattern = step.pattern
        if pattern is None:
            self._quiet_ms = step.ms
        self.words.show_words(step.say, practice.languages)
        self.hint.setText(self._hint(practice.languages))
        self.hint.setVisible(bool(self.hint.text()))
        self.kind.show_choice(BREATH if pattern else QUIET)
        self.named["seconds"].setVisible(pattern is None)
        self.named["breathe"].setVisible(pattern is not None)
        self._shows.setVisible(pattern is None)
        self.prop.show_choice(step.prop or NOTHING)
        if pattern is None:
            self.seconds.show_ms(step.ms)
        else:
            self.breath.show_breath(pattern, step.rounds)
        self.scales.setChecked(step.scale_ms is not None)
        self.named["scale"].setVisible(step.scale_ms is not None)
        if step.scale_ms:
            self.shortest.show_ms(step.scale_ms[0])
            self.longest.show_ms(step.scale_ms[1])
        self.shortens.setVisible(pattern is None)
        self.shortens.setChecked(step.short_ms is not None)
        self.named["short"].setVisible(step.short_ms is not None)
        if step.short_ms:
            self.short.show_ms(step.short_ms)
        self.inward.setChecked(step.is_inward)
        # A breath says so by itself.
        self.inward.setEnabled(step.inward or not step.is_inward)
        for lang, recorder in self.recorders.items():
            take = draft.takes.get((draft.keys[at], lang)) or draft.takes.get((draft.keys[at], ""))
            recorder.setVisible(lang in practice.languages)
            recorder.show_take(draft.keys[at], take, len(practice.languages) > 1)
        for name, field in self.named.items():
            field.show_mistake(mistakes.get(name, ""))

    def _hint(self, languages: tuple[str, ...]) -> str:
        lines = []
        for lang in languages:
            line = spoken_text(self._step.say.get(lang, ""), self._step.ms, MOST_SPOKEN)
            if line and len(languages) > 1:
                line = _("{language}: {line}").format(language=language_name(lang), line=line)
            lines.append(line)
        return "\n".join(line for line in lines if line)

    def _on_words_written(self, lang: str, text: str) -> None:
        said = {each: words for each, words in {**self._step.say, lang: text}.items() if words}
        before = self._step.say.get(lang, "")
        # A word is undone at a time.
        word_ended = text[-1:].isspace() and not before[-1:].isspace()
        self._change(replace(self._step, say=said), "" if word_ended else f"say.{lang}")

    def _on_kind_chosen(self, kind: str) -> None:
        if kind == BREATH and self._step.pattern is None:
            self._breathe(self.breath.first(), ROUNDS)
        elif kind == QUIET and self._step.pattern is not None:
            self._last(replace(self._step, pattern=None, rounds=0), self._quiet_ms)

    def _on_seconds_chosen(self, ms: int) -> None:
        self._last(self._step, ms, "seconds")

    def _on_prop_chosen(self, prop: str) -> None:
        self._change(replace(self._step, prop=Prop(prop) if prop else None), "")

    def _on_breath_changed(self, pattern: Pattern, rounds: int) -> None:
        self._breathe(pattern, rounds)

    def _breathe(self, pattern: Pattern, rounds: int) -> None:
        # A step that breathes shows its breath, and nothing beside it; a short form has no room for it.
        step = replace(self._step, pattern=pattern, rounds=rounds, prop=None, short_ms=None)
        self._last(step, rounds * pattern.length_ms, "breath")

    def _last(self, step: Step, ms: int, place: str = "") -> None:
        """Another length; what it may become goes along, where it would leave the length out."""
        scale = step.scale_ms
        if scale is not None:
            scale = min(scale[0], ms), max(scale[1], ms)
        self._change(replace(step, ms=ms, scale_ms=scale), place)

    def _on_scales_clicked(self, on: bool) -> None:
        scale = (self._step.ms, min(self._step.ms * LONGEST, MOST_SCALED_MS)) if on else None
        self._change(replace(self._step, scale_ms=scale), "")

    def _on_scale_chosen(self, end: int, ms: int) -> None:
        scale = self._step.scale_ms
        if scale is not None:
            self._change(replace(self._step, scale_ms=(ms, scale[1]) if end == 0 else (scale[0], ms)), f"scale.{end}")

    def _on_shortens_clicked(self, on: bool) -> None:
        self._change(replace(self._step, short_ms=self._step.ms if on else None), "")

    def _on_short_chosen(self, ms: int) -> None:
        self._change(replace(self._step, short_ms=ms), "short")

    def _change(self, step: Step, place: str) -> None:
        self.changed.emit(step, place)
