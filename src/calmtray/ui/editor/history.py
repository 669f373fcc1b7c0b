"""What a draft was, is, and was again: every change can be undone, and done once more."""

from __future__ import annotations

from dataclasses import dataclass

from calmtray.practice.draft import Draft


@dataclass(frozen=True, slots=True)
class Moment:
    """A draft, and the place of the step that was worked on."""

    draft: Draft
    at: int


class History:
    """Drafts are values, so what was is kept as it was. Typing in one place is undone by the word."""

    def __init__(self, draft: Draft) -> None:
        self._now = Moment(draft, 0)
        self._past: list[Moment] = []
        self._future: list[Moment] = []
        self._place = ""
        self._saved = draft

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self._now.draft

    @property
    def at(self) -> int:
        """The place of the step being worked on."""
        return self._now.at

    @property
    def unsaved(self) -> bool:
        """Whether there is anything to lose."""
        return self._now.draft != self._saved

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone."""
        return bool(self._future)

    def change(self, draft: Draft, at: int, place: str = "") -> None:
        """A change. Those that follow one another in the same ``place`` are undone together."""
        if draft == self.draft:
            return
        if not place or place != self._place:
            self._past.append(self._now)
        self._place = place
        self._future.clear()
        self._now = Moment(draft, at)

    def look_at(self, at: int) -> None:
        """Work on another step. What is typed from now on is undone by itself."""
        if at != self.at:
            self._now = Moment(self.draft, at)
            self._place = ""

    def pause(self) -> None:
        """What follows is undone by itself, wherever it is."""
        self._place = ""

    def mark_saved(self) -> None:
        """The draft is on the disk as it is now."""
        self._saved = self.draft
        self._place = ""

    def undo(self) -> None:
        """Go back by one change, where there is one."""
        if self._past:
            self._future.append(self._now)
            self._now = self._past.pop()
            self._place = ""

    def redo(self) -> None:
        """Go forward again."""
        if self._future:
            self._past.append(self._now)
            self._now = self._future.pop()
            self._place = ""
