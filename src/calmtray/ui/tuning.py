"""What can be set before *Begin*: how long the practice is, and at whose pace it breathes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from calmtray.practice.model import Practice
from calmtray.session.comfort import NO_PACE
from calmtray.session.lengths import lengths, nearest
from calmtray.session.pace import practice_takes_pace, ramp_step
from calmtray.session.timeline import Timeline
from calmtray.ui.chips import Chips
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.pace_texts import at_my_pace_text, ramp_text, usual_seconds_text
from calmtray.words.texts import length_text


class Tuning(QWidget):
    """Shows only what this practice has to set; where it has nothing, it is empty and takes no room.

    ``wished_ms``: the length asked for, or None for the practice's own. ``my_pace``: the setting of that name.
    """

    length_chosen = Signal(int)
    at_my_pace_toggled = Signal(bool)
    search_asked = Signal()

    def __init__(self, practice: Practice, wished_ms: int | None, my_pace: str, at_my_pace: bool) -> None:
        super().__init__()
        self._practice = practice
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE)
        self._add_lengths(wished_ms)
        self._add_pace(my_pace, at_my_pace)
        self._settable = self._layout.count() > 0
        self._note = label("", "quiet")
        self._note.hide()
        self._layout.addWidget(self._note)

    def show_timeline(self, timeline: Timeline) -> None:
        """Say what became of the breaths: a ramp, and that the words may count otherwise. It is in its window now."""
        said = []
        if any(cue.pattern not in self._practice.patterns for cue in timeline.breath):
            index = ramp_step(self._practice)
            first, last = timeline.breath[0].pattern, timeline.breath[-1].pattern
            if index is not None and first.length_ms < last.length_ms:
                said.append(ramp_text())
            said.append(usual_seconds_text())
        self._note.setText(" ".join(said))
        self._note.setVisible(bool(said))
        self.setVisible(self._settable or bool(said))

    def _add_lengths(self, wished_ms: int | None) -> None:
        offered = lengths(self._practice, wished_ms)
        if len(offered) < 2:
            return
        name = _("How long")
        heading = label(name, "quiet")
        chips = Chips(name, {str(ms): length_text(ms) for ms in offered}, many=False)
        chips.show_values([str(nearest(self._practice, wished_ms))])
        chips.changed.connect(lambda: self.length_chosen.emit(int(chips.values[0])))
        self._layout.addWidget(heading)
        self._layout.addWidget(chips)
        self._layout.addSpacing(SPACE)

    def _add_pace(self, my_pace: str, at_my_pace: bool) -> None:
        if not practice_takes_pace(self._practice):
            return
        if my_pace == NO_PACE:
            search = button(_("Find my pace"))
            search.setToolTip(_("Try a few slow paces, and keep the one that is most comfortable"))
            search.clicked.connect(self.search_asked)
            row = QHBoxLayout()
            row.addWidget(search)
            row.addStretch(1)
            self._layout.addLayout(row)
        else:
            switch = QCheckBox(at_my_pace_text(my_pace))
            switch.setProperty("role", "worded")
            switch.setChecked(at_my_pace)
            switch.toggled.connect(self.at_my_pace_toggled)
            self._layout.addWidget(switch)
