"""The way of the keyboard through widgets of which some are made later than those that follow them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_order(stops: Sequence[QWidget]) -> None:
    """Let the keyboard stop at these in turn, where the last one has its place by now: it was made first."""
    first = _before(stops)
    # Qt puts one behind another, and looks at nothing else: from the last to the first, all stand right behind it.
    for stop in reversed(stops if first is not None else stops[1:]):
        QWidget.setTabOrder(first or stops[0], stop)


def _before(stops: Sequence[QWidget]) -> QWidget | None:
    """Where the keyboard is before it comes to them, if that is anywhere: they may stand in no window yet."""
    last = stops[-1]
    before = last.previousInFocusChain()
    while before is not None and before is not last:
        ours = any(before is stop or stop.isAncestorOf(before) for stop in stops)
        if before.focusPolicy() & Qt.FocusPolicy.TabFocus and not ours:
            return before
        before = before.previousInFocusChain()
    return None
