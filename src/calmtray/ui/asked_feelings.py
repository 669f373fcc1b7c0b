"""How it feels, asked before a practice and after it; whoever leaves it alone is not asked again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from calmtray.journal.feeling import Feeling
from calmtray.ui.affective_slider import AffectiveSlider
from calmtray.ui.parts import card, label
from calmtray.ui.theme import SPACE
from calmtray.words.language import _


class AskedFeelings:
    """Two questions for a session window: ``before`` and ``after``, each to be shown where it belongs."""

    def __init__(self, pleasure_first: bool) -> None:
        self._before, self._after = AffectiveSlider(pleasure_first), AffectiveSlider(pleasure_first)
        self.before = _asking(_("How do you feel just now?"), self._before)
        self.after = _asking(_("And now?"), self._after)

    @property
    def felt_before(self) -> Feeling | None:
        """The first answer."""
        return self._before.feeling

    @property
    def felt_after(self) -> Feeling | None:
        """The second answer."""
        return self._after.feeling


def _asking(question: str, slider: AffectiveSlider) -> QWidget:
    frame, layout = card()
    layout.setSpacing(SPACE * 2)
    layout.addWidget(label(question, "heading"))
    layout.addWidget(slider)
    layout.addWidget(
        label(_("You need not answer. Only when both are moved is it kept, in the journal alone."), "quiet")
    )
    return frame
