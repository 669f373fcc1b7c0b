"""How it felt, in words."""

from __future__ import annotations

from calmtray.journal.feeling import Feeling
from calmtray.words.language import _


def felt_text(before: Feeling | None, after: Feeling | None) -> str:
    """What was answered before a practice and after it, of 100; empty where nothing was."""
    if before is None:
        return ""
    if after is None:
        return _("Pleasure {pleasure}, arousal {arousal} (of 100)").format(
            pleasure=_whole(before.pleasure), arousal=_whole(before.arousal)
        )
    return _("Pleasure {pleasure}, then {later}; arousal {arousal}, then {afterwards} (of 100)").format(
        pleasure=_whole(before.pleasure),
        later=_whole(after.pleasure),
        arousal=_whole(before.arousal),
        afterwards=_whole(after.arousal),
    )


def _whole(value: float) -> int:
    return round(100 * value)
