"""Practices of one's own: written, thrown away, shared, taken in; in windows made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from calmtray.desktop.paths import Paths, bundled
from calmtray.practice.library import read_shared
from calmtray.practice.model import Practice
from calmtray.settings.model import Settings
from calmtray.suggestions import Suggestions

if TYPE_CHECKING:
    # Most days nobody writes.
    from calmtray.own_drafts import Drafts, Kept
    from calmtray.ui.editor.desk import EditorDesk
    from calmtray.ui.main_window import MainWindow
    from calmtray.ui.pack_desk import PackDesk
    from calmtray.ui.pages.practices import PracticesPage


class OwnWork(QObject):
    """``changed``: the library has; ``closed``: the last editor has. ``window``: the main window, while it is open.

    ``dress``: called before a window opens; ``try_out``: play a practice that is being written.
    """

    changed = Signal()
    closed = Signal()

    def __init__(
        self,
        paths: Paths,
        suggestions: Suggestions,
        reduced_motion: Callable[[], bool],
        try_out: Callable[[Practice, Path | None], str],
        window: Callable[[], MainWindow | None],
        dress: Callable[[], None],
    ) -> None:
        super().__init__()
        self._paths = paths
        self._suggestions = suggestions
        self._reduced_motion = reduced_motion
        self._try_out = try_out
        self._window = window
        self._dress = dress
        self._made_drafts: Drafts | None = None
        self._editors: EditorDesk | None = None
        self._packs: PackDesk | None = None

    @property
    def under_way(self) -> bool:
        """Whether somebody is writing."""
        return self._editors is not None and bool(self._editors.editors)

    def left(self) -> Sequence[Kept]:
        """What was written and not finished."""
        return self._drafts.left(lambda: read_shared(bundled("practices")).patterns)

    def serve(self, page: PracticesPage) -> None:
        """Do what this page asks for."""
        page.new_asked.connect(lambda: self._writing().new())
        page.edit_asked.connect(lambda id_: self._writing().edit(id_))
        page.copy_asked.connect(lambda id_: self._writing().copy(id_))
        page.go_on_asked.connect(lambda kept: self._writing().go_on(kept))
        page.throw_away_asked.connect(self._on_page_throw_away_asked)
        page.delete_asked.connect(self._on_page_delete_asked)
        page.take_asked.connect(self._on_page_take_asked)
        page.share_asked.connect(self._on_page_share_asked)
        page.share_several_asked.connect(self._on_page_share_several_asked)

    def take_in(self, pack: Path) -> None:
        """Show what is in a pack that was dropped onto the window."""
        if (window := self._window()) is not None:
            self._packing().show(pack, window)

    def show_discarded(self, window: MainWindow) -> None:
        """What was thrown away a moment ago can be had back, on a window that has opened since."""
        if self._editors is not None:
            self._editors.show_discarded(window)

    def rescale(self) -> None:
        """The text has another size."""
        if self._editors is not None:
            self._editors.rescale()

    def may_end(self, end: Callable[[], None]) -> bool:
        """Whether nothing is left unsaved; else it is asked what becomes of it, and ``end`` called after that."""
        return self._editors is None or self._editors.ask_all(end)

    def close(self) -> None:
        """Close what is open; what is unfinished is kept."""
        for desk in (self._editors, self._packs):
            if desk is not None:
                desk.close()

    @property
    def _drafts(self) -> Drafts:
        if self._made_drafts is None:
            from calmtray.own_drafts import Drafts

            self._made_drafts = Drafts(self._paths.drafts, self._paths.set_aside)
        return self._made_drafts

    def _writing(self) -> EditorDesk:
        if self._editors is None:
            from calmtray.own_practices import OwnPractices
            from calmtray.ui.editor.desk import EditorDesk

            self._editors = EditorDesk(
                OwnPractices(self._paths.practices),
                bundled("practices"),
                self._suggestions.library,
                self._settings,
                self._reduced_motion,
                self._try_out,
                self._drafts,
                self._window,
            )
            self._editors.changed.connect(self.changed)
            self._editors.closed.connect(self.closed)
        self._dress()
        return self._editors

    def _packing(self) -> PackDesk:
        if self._packs is None:
            from calmtray.ui.pack_desk import PackDesk

            self._packs = PackDesk(bundled("practices"), self._paths.practices, self._suggestions.library)
            self._packs.changed.connect(self.changed)
        return self._packs

    def _settings(self) -> Settings:
        return self._suggestions.settings

    def _on_page_delete_asked(self, id_: str) -> None:
        if (window := self._window()) is not None:
            self._writing().delete(id_, window)

    def _on_page_throw_away_asked(self, kept: Kept) -> None:
        if (window := self._window()) is not None:
            self._writing().throw_away(kept, window)

    def _on_page_take_asked(self) -> None:
        if (window := self._window()) is not None:
            self._packing().choose(window)

    def _on_page_share_asked(self, ids: Sequence[str]) -> None:
        if (window := self._window()) is not None:
            self._packing().share(ids, window)

    def _on_page_share_several_asked(self) -> None:
        if (window := self._window()) is not None:
            self._packing().choose_several(window)
