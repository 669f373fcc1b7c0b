"""Offers: when they may come, how many, which, how they come, and when not. Effective at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from calmtray.presence.sense import Answer
from calmtray.settings.model import ABOUT_OFFERS, SETTINGS, Settings, Value
from calmtray.settings.policy import NO_POLICY, Policy
from calmtray.ui.chips import Chips
from calmtray.ui.flow import FlowLayout
from calmtray.ui.offers.agenda_rows import AgendaRows
from calmtray.ui.offers.circles import circles_manner
from calmtray.ui.offers.clock_times import clock_time_manner
from calmtray.ui.offers.lines import LinesEditor, Manner
from calmtray.ui.offers.other_days import other_days_manner
from calmtray.ui.offers.senses import SensesList
from calmtray.ui.offers.undo_line import UndoLine
from calmtray.ui.offers.week import WeekEditor
from calmtray.ui.offers.words_field import WordsField
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, label
from calmtray.ui.setting_rows import SettingRows
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.planning_texts import at_most_text
from calmtray.words.setting_texts import choice_text, section_text, setting_help, setting_name

LENGTHS_S = (30, 60, 120, 180, 300, 0)
"""How long what is offered may be; 0: as long as it likes."""


class OffersPage(Page):
    """``today``: days that are over are not listed. ``agenda_problems``: what is wrong with its files, in sentences.
    ``policy``: what the organisation settles.

    ``why_asked``: why was I not asked?
    """

    setting_changed = Signal(str, object)
    look_asked = Signal()
    why_asked = Signal()
    left = Signal()

    def __init__(
        self, settings: Settings, today: date, agenda_problems: Sequence[str] = (), policy: Policy = NO_POLICY
    ) -> None:
        super().__init__(_("Offers"))
        self._today = today
        self._answers: Sequence[Answer] = ()
        self._lines: list[LinesEditor] = []
        self._undo: UndoLine | None = None
        self._senses: SensesList | None = None
        self._agenda: AgendaRows | None = None
        self._rows = SettingRows(settings, policy)
        self._rows.changed.connect(self._on_rows_changed)
        self.column.insertWidget(0, self._made_back())
        self._off = self._made_off()
        self.column.addWidget(self._off)
        self._why = button(_("Why was I not asked?"))
        self._why.setObjectName("why")
        self._why.clicked.connect(self.why_asked)
        row = FlowLayout(SPACE)
        row.addWidget(self._why)
        self.column.addLayout(row)
        fill: dict[str, Callable[[QVBoxLayout], None]] = {
            "clock_times": lambda layout: self._add_lines(layout, "clock_times", clock_time_manner()),
            "working_hours": self._add_week,
            "other_days": lambda layout: self._add_lines(layout, "other_days", other_days_manner(today)),
            "offered": self._add_offered,
            "senses": self._add_senses,
            "circles": lambda layout: self._add_lines(layout, "circles", circles_manner(today)),
            "agenda": lambda layout: self._add_agenda(layout, agenda_problems),
        }
        for section in ABOUT_OFFERS:
            if policy.hidden >= {setting.name for setting in SETTINGS if setting.section == section}:
                continue
            self.column.addWidget(label(section_text(section), "heading"))
            frame, layout = card()
            layout.setSpacing(SPACE)
            fill.get(section, lambda layout, section=section: self._add_rows(layout, section))(layout)
            self.column.addWidget(frame)
        self.column.addStretch(1)
        self._show_off()
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.go_back)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self._on_undo_activated)

    def show_settings(self, settings: Settings) -> None:
        """Show these, whoever changed them."""
        self._rows.show_settings(settings)
        self._show_off()

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Say what the senses of this machine say."""
        self._answers = answers
        if self._senses is not None:
            self._senses.show_answers(answers)

    def show_agenda_problems(self, problems: Sequence[str]) -> None:
        """Say what is wrong with the files of the agenda now."""
        if self._agenda is not None:
            self._agenda.show_problems(problems)

    def state(self) -> object:
        """What was sensed stays known when the page is made anew."""
        return self._answers

    def restore(self, state: object) -> None:
        """Know it again."""
        assert isinstance(state, Sequence)
        self.show_answers(state)

    @property
    def in_hand(self) -> bool:
        """Whether a form is open."""
        return any(lines.form_open for lines in self._lines)

    def go_back(self) -> bool:
        """Out of a form that is open, or else to the settings."""
        in_form = next((lines for lines in self._lines if lines.form_open), None)
        if in_form is not None:
            in_form.leave_form()
        else:
            self.left.emit()
        return True

    # What the page is made of.

    def _made_back(self) -> QWidget:
        back = button(_("‹ Settings"))
        back.setObjectName("back")
        back.setAccessibleName(_("Back to the settings"))
        back.setToolTip(_("Back to the settings (Esc)"))
        back.clicked.connect(self.left)
        row = QWidget()
        FlowLayout(SPACE, row).addWidget(back)
        return row

    def _made_off(self) -> QWidget:
        """Whoever sets all this up while offers are off should know it."""
        frame, layout = card("notice")
        layout.setSpacing(SPACE)
        layout.addWidget(label(_("Nothing is offered as long as offers are off.")))
        yes = button(_("Yes, offer me a practice now and then"))
        yes.setObjectName("offers-yes")
        yes.clicked.connect(self._on_yes_clicked)
        row = FlowLayout(SPACE)
        row.addWidget(yes)
        layout.addLayout(row)
        return frame

    def _add_rows(self, layout: QVBoxLayout, section: str) -> None:
        for setting in SETTINGS:
            if setting.section == section:
                self._rows.add(layout, setting)

    def _add_help(self, layout: QVBoxLayout, name: str) -> None:
        explained = setting_help(name)
        if explained:
            layout.addWidget(label(explained, "quiet"))
            layout.addSpacing(SPACE // 2)

    def _add_week(self, layout: QVBoxLayout) -> None:
        self._add_help(layout, "working_hours")
        week = WeekEditor(self._rows.settings.working_hours)
        week.setObjectName("working_hours")
        week.changed.connect(lambda texts: self._rows.choose("working_hours", texts))
        self._rows.show_by("working_hours", lambda texts: week.show_texts(_texts(texts)))
        self._listen_to(week.undo_line)
        layout.addWidget(week)
        self._rows.settle(layout, "working_hours", week)

    def _add_lines(self, layout: QVBoxLayout, name: str, manner: Manner) -> None:
        self._add_help(layout, name)
        lines = LinesEditor(name, _texts(getattr(self._rows.settings, name)), manner)
        lines.setObjectName(name)
        lines.changed.connect(lambda texts: self._rows.choose(name, texts))
        self._rows.show_by(name, lambda texts: lines.show_texts(_texts(texts)))
        self._listen_to(lines.undo_line)
        lines.opened.connect(self._on_lines_opened)
        self._lines.append(lines)
        layout.addWidget(lines)
        self._rows.settle(layout, name, lines)

    def _add_offered(self, layout: QVBoxLayout) -> None:
        settings = {setting.name: setting for setting in SETTINGS}
        self._rows.add(layout, settings["offered"])
        # A length that somebody wrote into the file is one of them.
        chosen = self._rows.settings.offered_seconds
        lengths = LENGTHS_S if chosen in LENGTHS_S else (chosen, *LENGTHS_S)
        self._rows.add(layout, settings["offered_seconds"], {seconds: at_most_text(seconds) for seconds in lengths})
        if "offered_needs" in self._rows.policy.hidden:
            return
        name = setting_name("offered_needs")
        needs = settings["offered_needs"].choices
        chips = Chips(name, {need: choice_text("offered_needs", need) for need in needs}, many=True)
        chips.setObjectName("offered_needs")
        chips.changed.connect(lambda: self._rows.choose("offered_needs", chips.values))
        self._rows.show_by("offered_needs", lambda values: chips.show_values(_texts(values)))
        chips.show_values(self._rows.settings.offered_needs)
        layout.addWidget(label(name))
        layout.addWidget(chips)
        self._add_help(layout, "offered_needs")
        self._rows.settle(layout, "offered_needs", chips)

    def _add_senses(self, layout: QVBoxLayout) -> None:
        self._senses = SensesList(self._rows)
        self._senses.look_asked.connect(self.look_asked)
        layout.addWidget(self._senses)

    def _add_agenda(self, layout: QVBoxLayout, problems: Sequence[str]) -> None:
        self._add_help(layout, "agenda")
        agenda = self._agenda = AgendaRows(self._rows.settings.agenda, problems)
        agenda.setObjectName("agenda")
        agenda.changed.connect(lambda paths: self._rows.choose("agenda", paths))
        self._rows.show_by("agenda", lambda paths: agenda.show_paths(_texts(paths)))
        layout.addWidget(agenda)
        agenda.setVisible("agenda" not in self._rows.policy.hidden)
        self._rows.settle(layout, "agenda", agenda)
        for name in ("client_words", "circle_words"):
            self._add_words(layout, name)
        self._rows.add(layout, next(setting for setting in SETTINGS if setting.name == "agenda_all_busy"))

    def _add_words(self, layout: QVBoxLayout, name: str) -> None:
        if name in self._rows.policy.hidden:
            return
        field = WordsField(_texts(getattr(self._rows.settings, name)))
        field.setObjectName(name)
        field.setAccessibleName(setting_name(name))
        field.setAccessibleDescription(setting_help(name))
        field.changed.connect(lambda words: self._rows.choose(name, words))
        self._rows.show_by(name, lambda words: field.show_words(_texts(words)))
        layout.addSpacing(SPACE)
        layout.addWidget(label(setting_name(name)))
        layout.addWidget(field)
        self._add_help(layout, name)
        self._rows.settle(layout, name, field)

    def _listen_to(self, line: UndoLine) -> None:
        line.offered.connect(lambda: self._on_line_offered(line))

    def _show_off(self) -> None:
        self._off.setVisible(self._rows.settings.offers != "on" and "offers" not in self._rows.policy.fixed)

    # What is done to it.

    def _on_rows_changed(self, name: str, value: Value) -> None:
        self.setting_changed.emit(name, value)

    def _on_yes_clicked(self) -> None:
        # Hidden under the hand, the button gives the keyboard to the next one.
        self._why.setFocus()
        self._rows.choose("offers", "on")
        self._show_off()

    def _on_line_offered(self, line: UndoLine) -> None:
        """One thing at a time can be taken back."""
        if self._undo is not None and self._undo is not line:
            self._undo.hide()
        self._undo = line
        self._bring_into_view(line)

    def _on_lines_opened(self, form: QWidget) -> None:
        self._bring_into_view(form)

    def _bring_into_view(self, part: QWidget) -> None:
        """Once it has its place."""
        QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part, 0, SPACE * 2))

    def _on_undo_activated(self) -> None:
        if self._undo is not None:
            self._undo.undo()


def _texts(value: Value) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return value
