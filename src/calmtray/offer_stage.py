"""Where an offer is shown, in the way that was chosen, until somebody answers or it goes by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from calmtray.practice.suggest import Suggestion
from calmtray.schedule.occurrences import Kind, Outcome
from calmtray.schedule.planner import Offer
from calmtray.settings.model import Settings
from calmtray.words.texts import length_text, title_text

if TYPE_CHECKING:
    # Most hours pass without one.
    from calmtray.ui.offer_card import NoticeCard, OfferCard

ANSWER_WITHIN_MS = 60_000
USUAL_LATER = 10
"""Minutes: what *Later* means where it can't be chosen."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an offer. ``practice`` and ``length_ms``: what was taken; ``later``: in so many minutes."""

    outcome: Outcome
    practice: str = ""
    length_ms: int = 0
    later: int = 0
    not_yet: bool = False


class OfferStage(QObject):
    """One offer at a time: a card, the system's notification, or, discreetly, nothing but a dot on the icon.

    ``answered`` comes once for each offer; ``notified``: this is for the system's notification, a line and what *Begin*
    would begin; ``told``: so is this line, that wants no answer; ``came``: a card came up by itself; ``changed``:
    whether something waits to be shown.
    """

    answered = Signal(object)
    others_asked = Signal()
    notified = Signal(str, str)
    told = Signal(str)
    came = Signal()
    changed = Signal()

    def __init__(self, dress: Callable[[], None]) -> None:
        super().__init__()
        self._dress = dress
        self.offer: Offer | None = None
        self._why = ""
        self._line = ""
        self._laters: Sequence[int] = ()
        self._suggestions: Sequence[Suggestion] = ()
        self._card: OfferCard | None = None
        self._notice: NoticeCard | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(ANSWER_WITHIN_MS)
        self._patience.timeout.connect(lambda: self._answer(Answer(Outcome.EXPIRED)))
        self._line_lasts = QTimer(self)
        self._line_lasts.setSingleShot(True)
        self._line_lasts.timeout.connect(self._drop_line)

    @property
    def waiting(self) -> bool:
        """Whether something is offered, or to be told, that is not on the screen."""
        return self._offered_unseen or bool(self._line)

    @property
    def _offered_unseen(self) -> bool:
        return self.offer is not None and self._card is None

    @property
    def line(self) -> str:
        """What is to be told and is not on the screen; empty where that is nothing, or an offer."""
        return self._line if self.offer is None else ""

    @property
    def later(self) -> int | None:
        """In how many minutes *Later* is, where it can't be chosen; None where it can't be put off."""
        return USUAL_LATER if USUAL_LATER in self._laters else max(self._laters, default=None)

    def show(
        self, offer: Offer, why: str, suggestions: Sequence[Suggestion], laters: Sequence[int], settings: Settings
    ) -> None:
        """Offer this. ``why``: a line that whoever passes by may read; ``laters``: for so many minutes it can wait."""
        self.offer, self._why, self._suggestions, self._laters = offer, why, suggestions, laters
        self.drop_notice()
        if settings.discreet or settings.offer_as == "notification":
            self._patience.start()
            if not settings.discreet:
                first = suggestions[0]
                self.notified.emit(why, f"{title_text(first.practice)} · {length_text(first.length_ms)}")
            self.changed.emit()
        else:
            self.show_card()
            self.came.emit()

    def show_card(self) -> None:
        """Bring what is offered, or was to be told, to the screen, by itself or because somebody asked for it."""
        if self.offer is None:
            if self._line:
                self.show_notice(self._line)
                self._drop_line()
            return
        if self._card is None:
            from calmtray.ui.offer_card import OfferCard

            self._dress()
            self._patience.stop()
            not_yet = self.offer.occurrence.kind is Kind.AFTER_SESSION
            self._card = card = OfferCard(self._why, self._suggestions, self._laters, not_yet)
            card.taken.connect(self._on_card_taken)
            card.another_asked.connect(self.others_asked)
            card.later_chosen.connect(lambda minutes: self._answer(Answer(Outcome.LATER, later=minutes)))
            card.not_today_chosen.connect(lambda: self._answer(Answer(Outcome.NOT_TODAY)))
            card.not_yet_chosen.connect(lambda: self._answer(Answer(Outcome.QUIET, not_yet=True)))
            card.passed.connect(lambda: self._answer(Answer(Outcome.PASSED)))
            card.expired.connect(lambda: self._answer(Answer(Outcome.EXPIRED)))
        self._card.come_up()
        self.changed.emit()

    def take_first(self) -> None:
        """Somebody said *Begin*, where there is no card to say which."""
        if self._offered_unseen:
            self._on_card_taken(self._suggestions[0].practice.id)

    def put_off(self) -> None:
        """Somebody said *Later*, where there is no card to say how much."""
        if self._offered_unseen and self.later is not None:
            self._answer(Answer(Outcome.LATER, later=self.later))

    def send_away(self) -> None:
        """Somebody said *Not today*."""
        if self._offered_unseen:
            self._answer(Answer(Outcome.NOT_TODAY))

    def pass_by(self) -> None:
        """Somebody put it out of sight."""
        if self._offered_unseen:
            self._answer(Answer(Outcome.PASSED))

    def show_others(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer other practices."""
        self._suggestions = suggestions
        if self._card is not None:
            self._card.show_suggestions(suggestions)

    def tell(self, text: str, lasts_ms: int, settings: Settings) -> None:
        """A line that wants no answer, and is old after so long."""
        if settings.discreet:
            self._line = text
            self._line_lasts.start(lasts_ms)
            self.changed.emit()
        elif settings.offer_as == "notification":
            self.told.emit(text)
        else:
            self.show_notice(text)

    def show_notice(self, text: str) -> None:
        """Bring such a line to the screen."""
        from calmtray.ui.offer_card import NoticeCard

        self.drop_notice()
        self._dress()
        self._notice = NoticeCard(text)
        for ended in (self._notice.passed, self._notice.expired):
            ended.connect(self.drop_notice)
        self._notice.come_up()

    @property
    def has_notice(self) -> bool:
        """Whether a line that wants no answer is on the screen."""
        return self._notice is not None

    def withdraw(self) -> None:
        """Take away what is on the screen, without an answer."""
        self._patience.stop()
        self.offer = None
        self._drop_card()
        self.drop_notice()
        self._drop_line()

    def _on_card_taken(self, id_: str) -> None:
        length = next((each.length_ms for each in self._suggestions if each.practice.id == id_), 0)
        self._answer(Answer(Outcome.TAKEN, id_, length))

    def _answer(self, answer: Answer) -> None:
        self._patience.stop()
        self._drop_card()
        self.answered.emit(answer)
        self.offer = None
        self.changed.emit()

    def _drop_card(self) -> None:
        if self._card is not None:
            card, self._card = self._card, None
            card.withdraw()
            card.deleteLater()

    def _drop_line(self) -> None:
        self._line_lasts.stop()
        self._line = ""
        self.changed.emit()

    def drop_notice(self) -> None:
        """Take such a line away."""
        if self._notice is not None:
            notice, self._notice = self._notice, None
            notice.withdraw()
            notice.deleteLater()
