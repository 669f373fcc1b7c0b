"""About: what calmtray is made of, who is to be thanked for it, and under which licences."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from calmtray import __version__
from calmtray.components import components, credits_of_voices
from calmtray.licences import licence_texts
from calmtray.ui.flow import FlowLayout
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _

TEXT_LINES = 24
"""So many lines of the licences are seen at once."""


class AboutPage(Page):
    """Everything is read when the page is opened, and the texts of the licences when they are asked for."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(_("About calmtray"))
        back = button(_("‹ Settings"))
        back.setObjectName("back")
        back.setAccessibleName(_("Back to the settings"))
        back.setToolTip(_("Back to the settings (Esc)"))
        back.clicked.connect(self.left)
        row = QWidget()
        FlowLayout(SPACE, row).addWidget(back)
        self.column.insertWidget(0, row)
        self.column.addWidget(label(f"calmtray {__version__}", "heading"))
        said = _(
            "A minute for yourself between two client sessions. Free and offline; its source is under the MIT licence."
            " No medical claims: each practice says what it rests on."
        )
        self.column.addWidget(label(said))
        self.column.addWidget(label(_("With thanks"), "heading"))
        self._add_credits()
        self.column.addWidget(label(_("What it is made of"), "heading"))
        self._add_components()
        self._texts: QPlainTextEdit | None = None
        self._show = button(_("Show the texts of the licences"))
        self._show.setObjectName("licences")
        self._show.clicked.connect(self._on_show_clicked)
        self.column.addWidget(self._show, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.left)

    def go_back(self) -> bool:
        """To the settings."""
        self.left.emit()
        return True

    def _add_credits(self) -> None:
        """The voices' in the words that their licences ask for."""
        frame, layout = card()
        layout.setSpacing(SPACE)
        for each in credits_of_voices():
            layout.addWidget(label(f"{each.note} ({each.licence})"))
        slider = _("The two sliders that ask how you feel: the Affective Slider, by A. Betella and P. Verschure.")
        layout.addWidget(label(f"{slider} (CC-BY-SA-4.0)"))
        own = _(
            "Practices, pictures, bells, breaths and backgrounds are calmtray’s own, from no recording and no photo."
        )
        layout.addWidget(label(f"{own} (CC-BY-4.0)"))
        self.column.addWidget(frame)

    def _add_components(self) -> None:
        frame, layout = card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 3)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for row, each in enumerate(components()):
            name = label(f"{each.name} {each.version}")
            name.setAccessibleName(f"{each.name} {each.version}, {each.licence}")
            grid.addWidget(name, row, 0)
            grid.addWidget(label(each.licence, "quiet"), row, 1)
        layout.addLayout(grid)
        self.column.addWidget(frame)

    def _on_show_clicked(self) -> None:
        if self._texts is None:
            texts = self._texts = QPlainTextEdit(licence_texts())
            texts.setReadOnly(True)
            texts.setTabChangesFocus(True)
            texts.setObjectName("licence-texts")
            texts.setAccessibleName(_("The texts of the licences"))
            texts.setMinimumHeight(texts.fontMetrics().lineSpacing() * TEXT_LINES)
            self.column.insertWidget(self.column.indexOf(self._show) + 1, texts)
            texts.show()
            texts.setFocus()
            self._show.hide()
