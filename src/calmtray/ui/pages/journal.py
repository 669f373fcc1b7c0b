"""Journal: past sessions by day, plainly. Nothing is counted up and nobody is graded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from calmtray.journal.store import SessionRow
from calmtray.schedule.occurrences import OfferRow
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import card, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _
from calmtray.words.offer_texts import offer_line
from calmtray.words.texts import ending_text, length_text

MOST = 200
"""How many sessions the page is given to list; the file keeps all."""


class JournalPage(Page):
    """``titles``: practice titles by id; a practice that is gone is listed by its id.

    ``offers``: what became of today's offers, in order, their times as the clock here shows them.
    """

    def __init__(
        self, rows: Sequence[SessionRow], titles: Mapping[str, str], path: str, offers: Sequence[OfferRow] = ()
    ) -> None:
        super().__init__(_("Journal"))
        if not rows:
            self.column.addWidget(label(_("Nothing yet. Sessions are listed here once you have had one."), "quiet"))
        locale = QLocale()
        for day, sessions in groupby(rows, key=lambda row: row.began.date()):
            text = locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
            self.column.addWidget(label(text, "heading"))
            frame, layout = card()
            layout.setSpacing(SPACE)
            for row in sessions:
                layout.addLayout(_line(row, titles, locale))
            self.column.addWidget(frame)
        if offers:
            self._add_offers(offers)
        where = _("The journal is yours alone. It stays in this file: {path}").format(path=path)
        self.column.addWidget(label(where, "quiet"))
        self.column.addStretch(1)

    def _add_offers(self, offers: Sequence[OfferRow]) -> None:
        """Why something was offered, or was not."""
        self.column.addWidget(label(_("What became of today’s offers"), "heading"))
        frame, layout = card()
        for row in offers:
            layout.addWidget(label(offer_line(row), "quiet"))
        self.column.addWidget(frame)


def _line(row: SessionRow, titles: Mapping[str, str], locale: QLocale) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(SPACE * 2)
    time = label(locale.toString(QTime(row.began.hour, row.began.minute), QLocale.FormatType.ShortFormat), "quiet")
    time.setWordWrap(False)
    time.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
    line.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(SPACE // 4)
    words.addWidget(label(titles.get(row.practice, row.practice)))
    words.addWidget(label(f"{length_text(row.played_ms)} · {ending_text(row.ending)}", "quiet"))
    line.addLayout(words, 1)
    return line
