"""Now: how things are, and two or three practices for it, each with its reason, one click from beginning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from calmtray.practice.model import Need, Where
from calmtray.practice.suggest import MOST, Suggestion
from calmtray.settings.model import DEFAULTS, Settings
from calmtray.ui.chips import Chips
from calmtray.ui.flow import FlowLayout
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, label
from calmtray.ui.theme import SPACE
from calmtray.ui.tray import IN_SESSION_KEY, SESSION_MINUTES, USUAL_SESSION_MINUTES
from calmtray.words.finding_texts import asked_text, facts_text, need_text, nothing_fits_text, where_text
from calmtray.words.language import _, language
from calmtray.words.planning_texts import first_step_text, rules_text
from calmtray.words.texts import length_text, menu_line, title_text

STATES = (
    Need.TIRED,
    Need.AGITATED,
    Need.NUMB,
    Need.FOGGY,
    Need.OVERWHELMED,
    Need.LONELY,
    Need.SELF_CRITICAL,
    Need.SCREEN_WEARY,
    Need.HUNGRY_THIRSTY,
    Need.BODY_BASICS,
    Need.AFTER_HEAVY_SESSION,
    Need.BETWEEN_BACK_TO_BACK,
    Need.BEFORE_DIFFICULT_CALL,
    Need.START_OF_DAY,
    Need.END_OF_DAY,
    Need.CELEBRATING,
)
"""What is asked here: how one is, and then what there is around. How long is asked below."""

SECONDS = (30, 60, 120, 180, 300)

ASKED = ("now_needs", "now_seconds", "now_where")


@dataclass(frozen=True, slots=True)
class Day:
    """How the day stands. ``in_session``: until when, in words, or empty; ``circles``: meetings with peers, in lines;
    ``asks``: whether somebody has still to be asked if offers are welcome.
    """

    in_session: str = ""
    circles: Sequence[str] = ()
    asks: bool = False


class NowPage(Page):
    """Offers, and says what somebody should know (``notices``), quietly, above them.

    ``today`` is the one for today, where it may be offered; ``unfolded`` whether the questions stand open. What is
    chosen is told as settings; whoever listens shows the suggestions that follow from it (``show_suggestions``).
    """

    practice_chosen = Signal(str)
    others_asked = Signal()
    setting_changed = Signal(str, object)
    unfolded = Signal(bool)
    session_begun = Signal(int)
    session_until_asked = Signal()
    session_extended = Signal()
    session_ended = Signal()
    offers_answered = Signal(bool)
    offers_asked = Signal()

    def __init__(
        self,
        suggestions: Sequence[Suggestion],
        today: Suggestion | None,
        settings: Settings,
        notices: Sequence[str],
        unfolded: bool,
        day: Day = Day(),
    ) -> None:
        super().__init__(_("A minute for you?"))
        self._settings = settings
        self._today_id = ""
        self._agreed = False
        self._welcome: QFrame | None = None
        for notice in notices:
            frame, layout = card("notice")
            layout.addWidget(label(notice))
            self.column.addWidget(frame)
        if day.asks:
            self._add_welcome()
        if day.in_session:
            self._add_session(day.in_session)
        else:
            self._add_session_start()
        self._add_questions()
        self._cards = [_Offer() for _number in range(MOST)]
        for offer in self._cards:
            offer.chosen.connect(self.practice_chosen)
            self.column.addWidget(offer)
        self._nothing = label(nothing_fits_text())
        self.column.addWidget(self._nothing)
        self._others = button(_("Another"))
        self._others.setAccessibleDescription(_("Show other practices"))
        self._others.clicked.connect(self.others_asked)
        self._today = button("", "plain")
        self._today.clicked.connect(lambda: self.practice_chosen.emit(self._today_id))
        row = FlowLayout(SPACE)
        row.addWidget(self._others)
        row.addWidget(self._today)
        self.column.addLayout(row)
        self._no_others = label(_("Nothing else fits just now."), "quiet")
        self.column.addWidget(self._no_others)
        self.column.addStretch(1)
        if day.circles:
            self.column.addWidget(label("\n".join((_("With peers today"), *day.circles)), "quiet"))
        if not day.in_session:
            self._add_session_row()
        self.show_settings(settings)
        self.show_suggestions(suggestions, today)
        self._fold.setChecked(unfolded)
        self._show_questions(unfolded)
        self._fold.toggled.connect(self._on_fold_toggled)

    def show_suggestions(self, suggestions: Sequence[Suggestion], today: Suggestion | None) -> None:
        """Offer these from now on, in place: nothing that has the keyboard goes away."""
        for offer, suggestion in zip(self._cards, [*suggestions, *[None] * MOST], strict=False):
            offer.setVisible(suggestion is not None)
            if suggestion is not None:
                offer.show_suggestion(suggestion)
        self._nothing.setVisible(not suggestions)
        self._no_others.hide()
        # What is offered above needs no second mention.
        there = today is not None and today.practice.id not in [each.practice.id for each in suggestions]
        self._today.setVisible(there)
        if today is not None and there:
            self._today_id = today.practice.id
            text = _("Today’s one: {practice}").format(practice=menu_line(today.practice, today.length_ms, True))
            self._today.setText(text.replace("&", "&&"))
            self._today.setAccessibleName(text)

    def tell_no_others(self) -> None:
        """Others were asked for, and there are none."""
        self._no_others.show()

    def show_settings(self, settings: Settings) -> None:
        """Show what was said."""
        self._settings = settings
        self._needs.show_values(settings.now_needs)
        self._seconds.show_values([str(settings.now_seconds)])
        self._where.show_values([settings.now_where])
        where = Where(settings.now_where) if settings.now_where != "any" else None
        said = asked_text([Need(need) for need in settings.now_needs], settings.now_seconds, where)
        self._said.setText(said or _("One of these, or none of them. Stopping whenever you like is fine."))
        if not said and self.window().focusWidget() is self._clear:
            self._fold.setFocus()
        self._clear.setVisible(bool(said))

    def _add_welcome(self) -> None:
        """Asked once: may calmtray offer something of its own accord?"""
        frame, layout = card("notice")
        layout.setSpacing(SPACE)
        layout.addWidget(label(_("May calmtray offer you a minute now and then?"), "heading"))
        layout.addWidget(
            label(
                _(
                    "After a session or at times you choose, within your working hours; a small card, without a sound,"
                    " that goes by itself. Never while you are in session. Settings can change it at any time."
                )
            )
        )
        row = FlowLayout(SPACE)
        for name, text, yes in (("offers-yes", _("Yes, quietly"), True), ("offers-no", _("No, thank you"), False)):
            made = button(text)
            made.setObjectName(name)
            made.clicked.connect(lambda _on=False, yes=yes: self._answer(yes))
            row.addWidget(made)
        layout.addLayout(row)
        self.column.addWidget(frame)
        self._welcome = frame

    def _answer(self, yes: bool) -> None:
        self._agreed = yes
        self.offers_answered.emit(yes)

    def state(self) -> object:
        """Whether somebody has just agreed to offers here."""
        return True if self._agreed else None

    def restore(self, state: object) -> None:
        """Tell them once what they have agreed to."""
        self._agreed = state is True and self._settings.offers == "on"
        if not self._agreed:
            return
        frame, layout = card("notice")
        layout.setSpacing(SPACE)
        layout.addWidget(label(_("Good. Quietly, and only then:"), "heading"))
        layout.addWidget(label(rules_text(self._settings)))
        if not self._settings.agenda and (hint := first_step_text(self._settings)):
            layout.addWidget(label(hint))
        lead = button(_("When offers come ›"), spoken=_("When offers come, how often, and when not"))
        lead.setObjectName("open-offers")
        lead.clicked.connect(self.offers_asked)
        layout.addWidget(lead, 0, Qt.AlignmentFlag.AlignLeft)
        # Where the question was: below the title.
        self.column.insertWidget(1, frame)
        self.setTabOrder(self, lead)

    def _add_session(self, said: str) -> None:
        """Somebody is in session."""
        frame, layout = card("notice")
        layout.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(label(said), 1)
        for name, text, told in (
            ("session-more", _("Ten more minutes"), self.session_extended),
            ("session-end", _("End it now"), self.session_ended),
        ):
            made = button(text)
            made.setObjectName(name)
            made.clicked.connect(told)
            row.addWidget(made)
        made.setToolTip(f"{made.text()} ({IN_SESSION_KEY})")
        layout.addLayout(row)
        self.column.addWidget(frame)

    def _add_session_start(self) -> None:
        """One click, beside the title: a client is here for as long as usual."""
        text = _("In session for {length}").format(length=length_text(USUAL_SESSION_MINUTES * 60_000))
        start = button(text, "plain")
        start.setObjectName("session-usual")
        start.setToolTip(f"{text} ({IN_SESSION_KEY})")
        start.clicked.connect(lambda: self.session_begun.emit(USUAL_SESSION_MINUTES))
        # Beside the title and no higher: what is suggested is to be seen without scrolling.
        start.setMaximumHeight(self.title.sizeHint().height())
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.title, 1)
        row.addWidget(start, 0, Qt.AlignmentFlag.AlignTop)
        self.column.insertLayout(0, row)

    def _add_session_row(self) -> None:
        """One click says that a client is there: nothing is offered then."""
        row = FlowLayout(SPACE // 2)
        said = label(_("In session for"), "quiet")
        said.setWordWrap(False)
        said.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        said.setMinimumHeight(button("", "plain").sizeHint().height())
        row.addWidget(said)
        for minutes in SESSION_MINUTES:
            text = length_text(minutes * 60_000)
            made = button(text, "plain", spoken=_("In session for {length}").format(length=text))
            made.setObjectName(f"session-{minutes}")
            made.clicked.connect(lambda _on=False, minutes=minutes: self.session_begun.emit(minutes))
            row.addWidget(made)
        until = button(_("Until a time…"), "plain", spoken=_("In session until a time"))
        until.setObjectName("session-until")
        until.clicked.connect(self.session_until_asked)
        row.addWidget(until)
        self.column.addLayout(row)

    def _add_questions(self) -> None:
        how, long, where = _("How are things?"), _("How long have you?"), _("Where are you?")
        self._said = label("", "quiet")
        self._how = label(how, "heading")
        self._clear = button(_("Clear"), "plain", spoken=_("Clear what was said"))
        self._clear.clicked.connect(self._on_clear_clicked)
        self._fold = button("", "plain")
        self._fold.setCheckable(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for text in (self._said, self._how):
            row.addWidget(text, 1)
        for control in (self._clear, self._fold):
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self._questions = QWidget()
        layout = QVBoxLayout(self._questions)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        self._needs = Chips(how, {need.value: need_text(need) for need in STATES}, many=True)
        self._seconds = Chips(
            long, {"0": _("Any length")} | {str(s): length_text(s * 1_000) for s in SECONDS}, many=False
        )
        self._where = Chips(
            where, {"any": _("Anywhere")} | {each.value: where_text(each) for each in Where}, many=False
        )
        layout.addWidget(self._needs)
        for question, chips in ((long, self._seconds), (where, self._where)):
            layout.addWidget(label(question, "heading"))
            layout.addWidget(chips)
        self._needs.changed.connect(lambda: self._tell("now_needs", self._needs.values))
        self._seconds.changed.connect(lambda: self._tell("now_seconds", int(*self._seconds.values)))
        self._where.changed.connect(lambda: self._tell("now_where", *self._where.values))
        self.column.addWidget(self._questions)

    def _show_questions(self, shown: bool) -> None:
        self._questions.setVisible(shown)
        self._how.setVisible(shown)
        # While somebody says how things are, what is suggested for it comes first.
        if self._welcome is not None:
            self._welcome.setHidden(shown)
        # The chips themselves show what was said.
        self._said.setVisible(not shown)
        self._fold.setText(_("Done") if shown else _("How are things?"))
        self._fold.setAccessibleName(_("Fold the questions away") if shown else _("Say how things are"))
        # Questions and offers fit into the window at once where they stand close.
        self.column.setSpacing(SPACE if shown else SPACE * 2)
        for offer in self._cards:
            offer.show_brief(shown)

    def _tell(self, name: str, value: object) -> None:
        self.setting_changed.emit(name, value)

    def _on_fold_toggled(self, on: bool) -> None:
        self._show_questions(on)
        self.unfolded.emit(on)

    def _on_clear_clicked(self) -> None:
        for name in ASKED:
            if getattr(self._settings, name) != getattr(DEFAULTS, name):
                self._tell(name, getattr(DEFAULTS, name))


class _Offer(QFrame):
    """One suggestion. It stays while what it offers changes, and so does its place for the keyboard."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._id = ""
        self._title = label("", "heading")
        self._summary = label("")
        self._facts = label("", "quiet")
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        for each in (self._title, self._summary, self._facts):
            words.addWidget(each)
        self._open = button(_("Open"), "primary")
        self._open.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._open.clicked.connect(lambda: self.chosen.emit(self._id))
        self._row = QHBoxLayout(self)
        self._row.setSpacing(SPACE * 3)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._open)

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Offer this one."""
        practice = suggestion.practice
        title = title_text(practice)
        self._id = practice.id
        self._title.setText(title)
        self._summary.setText(practice.summary[practice.language(language())])
        self._facts.setText(facts_text(suggestion))
        self._open.setAccessibleName(_("Open: {title}").format(title=title))
        self._open.setAccessibleDescription(facts_text(suggestion))

    def show_brief(self, brief: bool) -> None:
        """Leave the summary out, or not."""
        self._summary.setVisible(not brief)
        edge = SPACE if brief else SPACE * 2
        self._row.setContentsMargins(SPACE * 2, edge, SPACE * 2, edge)
