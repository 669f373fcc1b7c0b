"""Settings: made from the typed model, effective at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from calmtray.settings.model import ABOUT_OFFERS, SETTINGS, Settings
from calmtray.settings.policy import NO_POLICY, Policy
from calmtray.ui.pace_row import PaceRow
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, label
from calmtray.ui.setting_rows import SettingRows
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.planning_texts import rules_text
from calmtray.words.policy_texts import policy_problem_text
from calmtray.words.setting_texts import section_text


class SettingsPage(Page):
    """``files``: what is kept and where, as pairs of a name and a path; ``policy``: what the organisation settles."""

    setting_changed = Signal(str, object)
    pace_search_asked = Signal()
    offers_asked = Signal()
    about_asked = Signal()
    listen_asked = Signal(bool)

    def __init__(self, settings: Settings, files: Sequence[tuple[str, str]], policy: Policy = NO_POLICY) -> None:
        super().__init__(_("Settings"))
        for problem in policy.problems:
            frame, layout = card("notice")
            layout.addWidget(label(policy_problem_text(problem)))
            self.column.addWidget(frame)
        self._rows = SettingRows(settings, policy)
        self._rows.changed.connect(self.setting_changed)
        here = (setting.section for setting in SETTINGS if setting.section not in ("", *ABOUT_OFFERS))
        for section in dict.fromkeys(here):
            if policy.hidden >= {setting.name for setting in SETTINGS if setting.section == section}:
                continue
            self.column.addWidget(label(section_text(section), "heading"))
            frame, layout = card()
            layout.setSpacing(SPACE)
            for setting in SETTINGS:
                if setting.section == section:
                    self._rows.add(layout, setting)
            if section == "sound":
                self._add_listen(layout)
            elif section == "practices":
                self._add_pace(layout)
            elif section == "offers":
                self._add_offers(layout)
            self.column.addWidget(frame)
        self.column.addWidget(label(_("Your files"), "heading"))
        for name, path in files:
            line = label(_("{name}: {path}").format(name=name, path=path), "quiet")
            self.column.addWidget(line)
        about = button(_("About calmtray ›"))
        about.setObjectName("open-about")
        about.clicked.connect(self.about_asked)
        self.column.addWidget(about, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def show_settings(self, settings: Settings) -> None:
        """Show these in the controls that are there, whoever changed them."""
        self._rows.show_settings(settings)
        self._show_audible()

    def show_listening(self, on: bool) -> None:
        """Whether the sample is heard just now."""
        self._listening = on
        self._listen.setText(_("Stop") if on else _("Listen"))
        self._listen.setAccessibleName(_("Stop listening") if on else _("Listen to how this sounds"))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody listens to a page that is gone."""
        if self._listening:
            self.listen_asked.emit(False)
        super().hideEvent(event)

    def _add_listen(self, layout: QVBoxLayout) -> None:
        """What the rows above come to, to be heard."""
        self._listening = False
        self._listen = button("")
        self._listen.setObjectName("listen")
        self._listen.clicked.connect(lambda: self.listen_asked.emit(not self._listening))
        self._audible = label("", "quiet")
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(self._listen)
        row.addWidget(self._audible, 1)
        layout.addSpacing(SPACE)
        layout.addLayout(row)
        self.show_listening(on=False)
        self._show_audible()

    def _show_audible(self) -> None:
        settings = self._rows.settings
        self._listen.setEnabled(not settings.discreet and settings.volume > 0)
        if settings.discreet:
            text = _("Nothing is heard while calmtray is discreet.")
        elif not settings.volume:
            text = _("The volume for all is at nothing.")
        else:
            text = _("A bell, a sentence and a breath, as they are chosen here.")
        self._audible.setText(text)

    def _add_pace(self, layout: QVBoxLayout) -> None:
        """It is looked for in a window of its own, so it is no ordinary row."""
        if "my_pace" in self._rows.policy.hidden:
            return
        row = PaceRow(self._rows.settings.my_pace, searchable=True)
        row.search_asked.connect(self.pace_search_asked)
        row.pace_changed.connect(lambda pace: self._rows.choose("my_pace", pace))
        self._rows.show_by("my_pace", lambda pace: row.show_pace(str(pace)))
        layout.addSpacing(SPACE)
        layout.addWidget(row)
        self._rows.settle(layout, "my_pace", row)

    def _add_offers(self, layout: QVBoxLayout) -> None:
        """There is more to say of them than a card holds: what it comes to, and the way there."""
        lead = button(_("When, how often, and when not ›"))
        lead.setAccessibleName(_("When offers come, how often, and when not"))
        lead.setObjectName("open-offers")
        lead.clicked.connect(self.offers_asked)
        layout.addSpacing(SPACE)
        layout.addWidget(label(rules_text(self._rows.settings)))
        layout.addWidget(lead, 0, Qt.AlignmentFlag.AlignLeft)
