"""Practices: all of them by kind or by need, looked for and filtered, and each on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from calmtray.own_drafts import Kept
from calmtray.practice.browse import Filters, Group, Grouping, grouped
from calmtray.practice.library import Library, Origin
from calmtray.practice.model import Practice
from calmtray.practice.search import Index
from calmtray.settings.model import Settings
from calmtray.ui.chips import Chips
from calmtray.ui.flow import FlowLayout
from calmtray.ui.pages.page import Page
from calmtray.ui.pages.practice_list import FAVOURITE_KEY, PracticeList, PracticeModel
from calmtray.ui.pages.practice_view import PracticeView
from calmtray.ui.parts import button, card, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.practice_texts import (
    filter_names,
    found_text,
    grouping_name,
    held_text,
    hidden_now_text,
    hidden_text,
    holds_waiting_text,
    more_files_text,
    more_in_it_text,
    names_everywhere,
    unfinished_text,
)
from calmtray.words.setting_texts import setting_help, setting_name
from calmtray.words.texts import length_text, problem_text

LENGTHS_MS = (30_000, 60_000, 120_000, 180_000, 300_000)
MOST_FILES = 20
"""So many files that can't be read are named; ``calmtray check`` names them all."""

READ_AT_ONCE, READ_EVERY_MS = 100, 20
"""How many practices are read for the search at a time, and how often: so that its first letter waits for nothing."""


@dataclass(frozen=True, slots=True)
class Browsing:
    """Where somebody is on the page. ``practice``: the one whose own page is open; ``undo``: the one just hidden."""

    query: str = ""
    grouping: Grouping = Grouping.CATEGORY
    filters: Filters = field(default_factory=Filters)
    of_hidden: bool = False
    current: str | None = None
    row: int = 0
    scrolled: int = 0
    practice: str | None = None
    undo: str | None = None


class _Search(QLineEdit):
    """The search; from it the arrows go on to what was found."""

    left_downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leaves."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class PracticesPage(Page):
    """Lists what can be opened. Practices with breath holds wait until somebody switches holds on."""

    practice_chosen = Signal(str, object)
    setting_changed = Signal(str, object)
    new_asked = Signal()
    take_asked = Signal()
    edit_asked = Signal(str)
    copy_asked = Signal(str)
    delete_asked = Signal(str)
    share_asked = Signal(object)
    share_several_asked = Signal()
    go_on_asked = Signal(object)
    throw_away_asked = Signal(object)

    def __init__(self, library: Library, settings: Settings, kept: Sequence[Kept] = (), shareable: bool = True) -> None:
        """``kept``: what waits to be finished; ``shareable``: whether practices may be written into files."""
        super().__init__(_("Practices"))
        self._shareable = shareable
        self._kept = kept
        self._library = library
        self._holds = settings.breath_holds
        self._favourites = settings.favourites
        self._hidden = settings.hidden
        self._browsing = Browsing()
        self._index = Index(library, names_everywhere())
        self._ahead = QTimer(self)
        self._ahead.setInterval(READ_EVERY_MS)
        self._ahead.timeout.connect(self._on_ahead_timeout)
        self._ahead.start()
        self._view: PracticeView | None = None
        self._model = PracticeModel([id_ for id_, origin in library.origins.items() if origin is Origin.OWN])
        self._list = PracticeList(self._model)
        self._list.practice_opened.connect(self._open)
        self._list.favourite_toggled.connect(self._on_favourite_toggled)
        self._list.practice_hidden.connect(self._on_practice_hidden)
        self._list.typed.connect(self._on_list_typed)
        # Its title is a part of the list: a practice has its own.
        title = self.column.takeAt(0).widget()  # type: ignore[union-attr]
        assert title is not None
        self._front = QWidget()
        front = QVBoxLayout(self._front)
        front.setContentsMargins(0, 0, 0, 0)
        front.setSpacing(SPACE * 3 // 2)
        front.addWidget(title)
        for each in self._kept:
            front.addWidget(self._made_kept(each))
        self._fill(front)
        self.column.addWidget(self._front, 1)
        for keys in ("Ctrl+F", "/"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_search_asked)
        QShortcut(QKeySequence(FAVOURITE_KEY), self).activated.connect(self._on_favourite_key)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.go_back)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self._on_undo_clicked)
        self.setFocusProxy(self._list)
        self._show()

    # What the page is made of.

    def _fill(self, front: QVBoxLayout) -> None:
        self._search = _Search()
        self._search.setObjectName("search")
        self._search.setPlaceholderText(_("Search, in English or French"))
        self._search.setAccessibleName(_("Search the practices"))
        self._search.setToolTip(_("Ctrl+F or /"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumHeight(self._search.fontMetrics().height() * 2)
        self._search.textChanged.connect(self._on_search_text_changed)
        self._search.returnPressed.connect(self._on_search_returned)
        self._search.left_downwards.connect(self._list.setFocus)
        self._groupings = Chips(_("Order"), {each.value: grouping_name(each) for each in Grouping}, many=False)
        lengths = {str(ms): length_text(ms) for ms in LENGTHS_MS} | {"0": _("any length")}
        self._lengths = Chips(_("At most"), lengths, many=False)
        self._filters = Chips(_("Only"), filter_names(), many=True)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(self._search, 1)
        row.addWidget(self._groupings)
        front.addLayout(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for line, (name, chips) in enumerate(((_("At most"), self._lengths), (_("Only"), self._filters))):
            named = label(name, "quiet")
            named.setWordWrap(False)
            # On a level with the first row of chips, however many there are.
            named.setMinimumHeight(chips.minimumSizeHint().height())
            grid.addWidget(named, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(chips, line, 1)
        front.addLayout(grid)
        for chips in (self._groupings, self._lengths, self._filters):
            chips.changed.connect(self._on_chips_changed)
        self._said = label("")
        self._notice = self._made_notice()
        front.addWidget(self._notice)
        self._found = label("", "quiet")
        front.addWidget(self._found)
        self._of_holds = label(setting_help("breath_holds"), "quiet")
        front.addWidget(self._of_holds)
        self._switch = button(setting_name("breath_holds"))
        self._switch.setObjectName("holds")
        self._switch.clicked.connect(self._on_switch_clicked)
        self._all = button(_("Show all of them"))
        self._all.setObjectName("all")
        self._all.clicked.connect(self._on_all_clicked)
        self._ways_on = QWidget()
        ways_on = FlowLayout(SPACE, self._ways_on)
        ways_on.addWidget(self._switch)
        ways_on.addWidget(self._all)
        front.addWidget(self._ways_on)
        front.addWidget(self._list, 1)
        self._room = QWidget()
        front.addWidget(self._room, 1)
        front.addWidget(self._made_foot())
        self._waiting = label("", "quiet")
        front.addWidget(self._waiting)
        self._add_problems(front)

    def _made_notice(self) -> QFrame:
        frame, layout = card("notice")
        layout.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        row = QHBoxLayout()
        undo = button(_("Undo"))
        undo.setObjectName("undo")
        undo.setToolTip(QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText))
        undo.clicked.connect(self._on_undo_clicked)
        row.addWidget(self._said, 1)
        row.addWidget(undo)
        layout.addLayout(row)
        return frame

    def _made_kept(self, kept: Kept) -> QFrame:
        """A line for a practice that is not finished. To throw it away can be undone."""
        frame, layout = card("notice")
        layout.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        row = QHBoxLayout()
        said = unfinished_text(kept.draft.practice)
        row.addWidget(label(said), 1)
        for name, text, asked in (
            ("go-on", _("Continue"), self.go_on_asked),
            ("throw-away", _("Throw away"), self.throw_away_asked),
        ):
            made = button(text, spoken=_("{said} {button}").format(said=said, button=text))
            made.setObjectName(name)
            made.clicked.connect(lambda _on=False, asked=asked: asked.emit(kept))
            row.addWidget(made)
        layout.addLayout(row)
        return frame

    def _made_foot(self) -> QWidget:
        foot = QWidget()
        layout = FlowLayout(SPACE, foot)
        offered = [
            ("new", _("Make one of your own"), self.new_asked),
            ("take", _("Add from a file…"), self.take_asked),
        ]
        if self._shareable and list(self._library.origins.values()).count(Origin.OWN) > 1:
            # A single one is shared from its own page.
            offered.append(("share-several", _("Share several of yours…"), self.share_several_asked))
        for name, text, asked in offered:
            made = button(text, "plain")
            made.setObjectName(name)
            made.clicked.connect(asked)
            layout.addWidget(made)
        self._of_hidden = button("", "plain")
        self._of_hidden.setObjectName("of-hidden")
        self._of_hidden.clicked.connect(self._on_of_hidden_clicked)
        layout.addWidget(self._of_hidden)
        return foot

    def _add_problems(self, front: QVBoxLayout) -> None:
        problems = self._library.problems
        if problems:
            front.addWidget(label(_("Files that can’t be read"), "heading"))
            of_files = [list(each) for _file, each in groupby(problems, key=lambda problem: problem.file)]
            for first, *others in of_files[:MOST_FILES]:
                more = f" {more_in_it_text(len(others))}" if others else ""
                front.addWidget(label(problem_text(first) + more, "quiet"))
            if len(of_files) > MOST_FILES:
                front.addWidget(label(more_files_text(len(of_files) - MOST_FILES), "quiet"))

    # What it shows.

    def show_settings(self, settings: Settings) -> None:
        """Follow what was changed elsewhere; what was changed here is known."""
        known = (self._holds, self._favourites, self._hidden)
        self._holds, self._favourites, self._hidden = settings.breath_holds, settings.favourites, settings.hidden
        if known != (self._holds, self._favourites, self._hidden):
            self._show()

    def state(self) -> object:
        """Where somebody is."""
        row = self._list.currentIndex().row()
        scrolled = self._list.verticalScrollBar().value()
        return replace(self._browsing, current=self._list.current_id, row=row, scrolled=scrolled)

    def restore(self, state: object) -> None:
        """Be there again, as far as it is still there."""
        assert isinstance(state, Browsing)
        self._browsing = replace(state, practice=None)
        self._show(state.current, state.row)
        self._list.verticalScrollBar().setValue(state.scrolled)
        opened = self._library.practices.get(state.practice or "")
        if opened is not None and self._permits(opened):
            self._open(opened.id)

    def go_back(self) -> bool:
        """From a practice to the list; then out of the search, and from what is hidden to what is not."""
        if self._view is not None:
            self._close_view()
        elif self._browsing.query:
            self._search.clear()
        elif self._browsing.of_hidden:
            self._on_of_hidden_clicked()
        else:
            return False
        return True

    def _show(self, current: str | None = None, row: int = 0) -> None:
        """List what fits, with the keyboard at ``current``, or where it was."""
        if current is None:
            current, row = self._list.current_id, self._list.currentIndex().row()
        left_out, favourites = set(self._hidden), set(self._favourites)
        permitted = [practice for practice in self._library if self._permits(practice)]
        hidden = [p for p in permitted if p.id in left_out]
        if not hidden:
            self._browsing = replace(self._browsing, of_hidden=False)
        among = hidden if self._browsing.of_hidden else [p for p in permitted if p.id not in left_out]
        groups = self._fitting(among)
        self._model.show_groups(groups, favourites, self._browsing.filters)
        self._list.of_hidden = self._browsing.of_hidden
        self._list.choose(current, row)
        # By need, a practice stands under each of its needs.
        number = len({practice.id for group in groups for practice in group.practices})
        waiting = [practice for practice in self._library if not self._permits(practice)]
        held = 0 if number else self._number_held(waiting)
        self._show_found(number, held)
        self._show_controls()
        # Said once is enough.
        self._show_left_out(len(hidden), 0 if held else len(waiting))

    def _permits(self, practice: Practice) -> bool:
        return self._holds or not practice.has_hold

    def _number_held(self, waiting: Iterable[Practice]) -> int:
        """How many would be listed, if holds were switched on."""
        among = (practice for practice in waiting if (practice.id in self._hidden) is self._browsing.of_hidden)
        return len({practice.id for group in self._fitting(among) for practice in group.practices})

    def _show_found(self, number: int, held: int) -> None:
        """``held``: how many would be there with holds, where none is without."""
        filtered = self._browsing.filters != Filters()
        narrowed = filtered or bool(self._browsing.query)
        self._found.setText(held_text(held) if held else found_text(number, filtered))
        self._found.setVisible(narrowed or not number)
        left = number > 0 and (self._switch.hasFocus() or self._all.hasFocus())
        self._of_holds.setVisible(held > 0)
        self._switch.setVisible(held > 0)
        self._all.setVisible(narrowed and not number)
        self._ways_on.setVisible(not number)
        alone = not number and self._list.hasFocus()
        self._list.setVisible(number > 0)
        self._room.setVisible(not number)
        if left:
            self._list.setFocus()
        if alone:
            (self._switch if held else self._all if narrowed else self._search).setFocus()

    def _show_left_out(self, hidden: int, waiting: int) -> None:
        show = _("{hidden}: show").format(hidden=hidden_text(hidden))
        self._of_hidden.setText(_("Back to the others") if self._browsing.of_hidden else show)
        self._of_hidden.setAccessibleName(self._of_hidden.text())
        self._of_hidden.setVisible(hidden > 0)
        self._waiting.setText(holds_waiting_text(waiting))
        self._waiting.setVisible(waiting > 0)
        undone = self._library.practices.get(self._browsing.undo or "")
        self._said.setText(hidden_now_text(undone) if undone is not None else "")
        self._notice.setVisible(undone is not None)

    def _fitting(self, practices: Iterable[Practice]) -> tuple[Group, ...]:
        """Those that the filters and the search leave, in order."""
        fitting = self._browsing.filters.fitting(practices, set(self._favourites))
        if not self._browsing.query.strip():
            return grouped(fitting, self._browsing.grouping)
        by_id = {practice.id: practice for practice in fitting}
        found = [by_id[id_] for id_ in self._index.find(self._browsing.query) if id_ in by_id]
        return (Group(None, found),)

    def _on_ahead_timeout(self) -> None:
        if not self._index.read_on(READ_AT_ONCE):
            self._ahead.stop()

    def _show_controls(self) -> None:
        filters = self._browsing.filters
        self._search.blockSignals(True)
        if self._search.text() != self._browsing.query:
            self._search.setText(self._browsing.query)
        self._search.blockSignals(False)
        self._groupings.show_values((self._browsing.grouping.value,))
        self._lengths.show_values((str(filters.most_ms),))
        # Where no practice with holds is shown there is nothing to leave out.
        self._filters.offer("no_holds", self._holds)
        self._filters.show_values([name for name in filter_names() if getattr(filters, name)])

    # One practice.

    def _open(self, id_: str) -> None:
        if self._view is not None:
            self._close_view()
        practice = self._library.practices[id_]
        works = [self._library.works[work] for work in practice.why.sources if work in self._library.works]
        view = PracticeView(
            practice, works, self._library.origins[id_] is Origin.OWN, id_ in self._hidden, self._shareable
        )
        view.show_favourite(id_ in self._favourites)
        view.practice_chosen.connect(self._on_view_practice_chosen)
        view.favourite_toggled.connect(self._on_favourite_toggled)
        view.practice_hidden.connect(self._on_practice_hidden)
        view.edit_asked.connect(self.edit_asked)
        view.copy_asked.connect(self.copy_asked)
        view.delete_asked.connect(self.delete_asked)
        view.share_asked.connect(self.share_asked)
        view.left.connect(self.go_back)
        self._browsing = replace(self._browsing, practice=id_)
        self._list.choose(id_, self._list.currentIndex().row())
        self._view = view
        self._front.hide()
        self.column.addWidget(view, 1)
        view.show()
        self.verticalScrollBar().setValue(0)
        self.setFocusProxy(view.open_button)
        view.open_button.setFocus()

    def _close_view(self) -> None:
        view = self._view
        assert view is not None
        self._view = None
        self._browsing = replace(self._browsing, practice=None)
        self._front.show()
        self.setFocusProxy(self._list)
        self._list.setFocus()
        self.column.removeWidget(view)
        view.hide()
        view.deleteLater()

    # What is done to it.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace leaves a practice, as in a browser of old."""
        if event.key() == Qt.Key.Key_Backspace and self._view is not None:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _on_view_practice_chosen(self, id_: str) -> None:
        """``practice_chosen`` comes with the length it is wished to have, or None."""
        practice = self._library.practices[id_]
        length = self._browsing.filters.length_ms(practice)
        self.practice_chosen.emit(id_, length if length < practice.length_ms else None)

    def _on_search_returned(self) -> None:
        if self._list.current_id is not None:
            self._open(self._list.current_id)

    def _on_search_asked(self) -> None:
        if self._view is not None:
            self._close_view()
        self._search.setFocus()
        self._search.selectAll()

    def _on_list_typed(self, text: str) -> None:
        """A new search, as if it had been asked for: it takes the place of the one before."""
        self._on_search_asked()
        self._search.insert(text)

    def _on_search_text_changed(self, text: str) -> None:
        self._browsing = replace(self._browsing, query=text)
        self._show_narrowed()
        self._list.choose_top()

    def _on_chips_changed(self) -> None:
        filters = Filters(int(self._lengths.values[0]), **dict.fromkeys(self._filters.values, True))
        grouping = Grouping(self._groupings.values[0])
        in_order = grouping is self._browsing.grouping
        self._browsing = replace(self._browsing, filters=filters, grouping=grouping)
        self._show_narrowed()
        if not in_order:
            self._list.choose_top()

    def _on_all_clicked(self) -> None:
        self._browsing = replace(self._browsing, query="", filters=Filters())
        self._show_narrowed()
        self._list.setFocus()

    def _on_switch_clicked(self) -> None:
        self._holds = True
        self._show_narrowed()
        self._list.setFocus()
        self.setting_changed.emit("breath_holds", True)

    def _on_of_hidden_clicked(self) -> None:
        self._browsing = replace(self._browsing, of_hidden=not self._browsing.of_hidden, undo=None)
        self._show_narrowed()
        self._list.setFocus()

    def _show_narrowed(self) -> None:
        self._show()
        self._announce(self._found.text())

    def _on_favourite_toggled(self, id_: str) -> None:
        kept = tuple(each for each in self._favourites if each != id_)
        self._favourites = kept if id_ in self._favourites else (*kept, id_)
        if self._browsing.filters.favourites:
            self._show()
        else:
            self._model.show_favourites(set(self._favourites))
        if self._view is not None:
            self._view.show_favourite(id_ in self._favourites)
        self.setting_changed.emit("favourites", self._favourites)

    def _on_favourite_key(self) -> None:
        """Of the practice whose page is open, or the one that the keyboard is at."""
        id_ = self._view.practice.id if self._view is not None else self._list.current_id
        if id_ is not None and (self._view is not None or self._list.hasFocus()):
            self._on_favourite_toggled(id_)

    def _on_practice_hidden(self, id_: str) -> None:
        """Hide it; or, among the hidden ones, bring it back."""
        again = id_ in self._hidden
        self._hidden = tuple(each for each in self._hidden if each != id_) if again else (*self._hidden, id_)
        self._browsing = replace(self._browsing, undo=None if again else id_)
        if self._view is not None:
            self._close_view()
        row = self._list.currentIndex().row()
        self._show()
        if self._list.current_id != id_:
            self._list.choose_near(row)
        if not again:
            self._announce(self._said.text())
        self.setting_changed.emit("hidden", self._hidden)

    def _on_undo_clicked(self) -> None:
        id_ = self._browsing.undo
        if id_ is not None:
            self._hidden = tuple(each for each in self._hidden if each != id_)
            self._browsing = replace(self._browsing, undo=None)
            self._show(id_, self._list.currentIndex().row())
            self._list.setFocus()
            self.setting_changed.emit("hidden", self._hidden)

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
