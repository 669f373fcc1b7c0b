"""The way out at the top of the menu: nobody's own practice takes its place, and what is hidden stays hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from calmtray.desktop.paths import bundled
from calmtray.journal.store import Journal
from calmtray.practice.library import Reader
from calmtray.suggestions import Suggestions
from tests.desktop.sounding import MadeUp, Part


def test_only_what_comes_with_calmtray_is_the_way_out(tmp_path: Path):
    MadeUp("a-shorter-one", [Part(30, "Some words.")]).write(tmp_path)
    suggestions = Suggestions(Reader(bundled("practices"), tmp_path), Journal(tmp_path / "journal"), lambda error: None)
    assert "a-shorter-one" in suggestions.library().practices
    first = suggestions.outward()
    assert first is not None
    assert first.id != "a-shorter-one"

    suggestions.settings = replace(suggestions.settings, hidden=(first.id,))
    second = suggestions.outward()
    assert second is not None
    assert second.id not in (first.id, "a-shorter-one")
    assert second.inward == 0
