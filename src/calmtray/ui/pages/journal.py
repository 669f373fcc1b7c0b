"""Journal: past sessions by day, plainly. Nothing is counted up and nobody is graded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from calmtray.journal.feeling import often_low
from calmtray.journal.store import SessionRow
from calmtray.schedule.occurrences import Occurrence, OfferRow
from calmtray.schedule.quiet import QuietReason
from calmtray.ui.pages.page import Page
from calmtray.ui.parts import button, card, label
from calmtray.ui.theme import SPACE
from calmtray.words.feeling_texts import felt_text
from calmtray.words.language import _
from calmtray.words.offer_texts import clock_text, kind_text, outcome_text, waiting_text
from calmtray.words.texts import ending_text, length_text

MOST = 200
"""How many sessions the page is given to list; the file keeps all."""


FEWEST_TO_DRAW = 2


class JournalPage(Page):
    """``titles``: practice titles by id; a practice that is gone is listed by its id.

    ``offers``: what became of today's offers, in order, their times as the clock here shows them; ``waiting``: those
    that may come yet, and why they have not; ``on``: whether anything is offered at all.
    """

    offers_asked = Signal()

    def __init__(
        self,
        rows: Sequence[SessionRow],
        titles: Mapping[str, str],
        path: str,
        offers: Sequence[OfferRow] = (),
        waiting: Sequence[tuple[Occurrence, QuietReason]] = (),
        on: bool = False,
    ) -> None:
        super().__init__(_("Journal"))
        self._add_offers(offers, waiting, on)
        if not rows:
            self.column.addWidget(label(_("Practices you took"), "heading"))
            self.column.addWidget(label(_("Nothing yet. They are listed here from the first one on."), "quiet"))
        self._add_feelings([row for row in rows if row.before is not None])
        locale = QLocale()
        for day, sessions in groupby(rows, key=lambda row: row.began.date()):
            text = locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
            self.column.addWidget(label(text, "heading"))
            frame, layout = card()
            layout.setSpacing(SPACE)
            for row in sessions:
                layout.addLayout(_line(row, titles, locale))
            self.column.addWidget(frame)
        where = _("The journal is yours alone. It stays in this file: {path}").format(path=path)
        self.column.addWidget(label(where, "quiet"))
        self.column.addStretch(1)

    def _add_offers(
        self, offers: Sequence[OfferRow], waiting: Sequence[tuple[Occurrence, QuietReason]], on: bool
    ) -> None:
        """What became of every time at which something was due today, under the question that leads here."""
        self.column.addWidget(label(_("Why was I not asked?"), "heading"))
        frame, layout = card()
        layout.setSpacing(SPACE)
        if not offers and not waiting:
            nothing = _("Nothing has been due yet today.") if on else _("Nothing is due while offers are off.")
            layout.addWidget(label(nothing, "quiet"))
        for row in offers:
            layout.addLayout(_row(clock_text(row.due), kind_text(row.kind), outcome_text(row)))
        for each, reason in waiting:
            layout.addLayout(_row(clock_text(each.due), kind_text(each.kind), waiting_text(reason)))
        lead = button(_("When offers come ›"), spoken=_("When offers come, how often, and when not"))
        lead.setObjectName("open-offers")
        lead.clicked.connect(self.offers_asked)
        layout.addWidget(lead, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(frame)

    def _add_feelings(self, rows: Sequence[SessionRow]) -> None:
        """What was answered over time, the newest first in ``rows``; one answer alone stands in its row."""
        felt = [row.before for row in rows if row.before is not None]
        if len(felt) < FEWEST_TO_DRAW:
            return
        from calmtray.ui.feelings_line import FeelingsLine

        self.column.addWidget(label(_("How it felt"), "heading"))
        frame, layout = card()
        layout.setSpacing(SPACE)
        for name, said in (("pleasure", _("Pleasure")), ("arousal", _("Arousal"))):
            values = [
                (getattr(row.before, name), getattr(row.after, name) if row.after is not None else None)
                for row in reversed(rows)
            ]
            spoken = _("{measure}, over time; the numbers stand below").format(measure=said)
            layout.addWidget(label(said, "quiet"))
            layout.addWidget(FeelingsLine(values, spoken))
        layout.addWidget(label(_("A ring is before a practice, a dot after it. Higher is more."), "quiet"))
        if often_low(felt):
            layout.addWidget(
                label(
                    _(
                        "There was little pleasure the last few times. A person can do more than an exercise: somebody"
                        " close, a colleague, supervision, a doctor. So can rest."
                    )
                )
            )
        self.column.addWidget(frame)


def _line(row: SessionRow, titles: Mapping[str, str], locale: QLocale) -> QHBoxLayout:
    began = locale.toString(QTime(row.began.hour, row.began.minute), QLocale.FormatType.ShortFormat)
    played = f"{length_text(row.played_ms)} · {ending_text(row.ending)}"
    felt = felt_text(row.before, row.after)
    return _row(began, titles.get(row.practice, row.practice), "\n".join(filter(None, (played, felt))))


def _row(when: str, what: str, more: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(SPACE * 2)
    time = label(when, "quiet")
    time.setWordWrap(False)
    time.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
    line.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(SPACE // 4)
    words.addWidget(label(what))
    words.addWidget(label(more, "quiet"))
    line.addLayout(words, 1)
    return line
