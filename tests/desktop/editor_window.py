"""The practice editor by itself: ``python editor_window.py FOLDER [ID THEME LANGUAGE STEP]``.

A practice of one step, ready to be recorded; or a copy of a bundled one, shown at one of its steps.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from calmtray.desktop import clock
from calmtray.desktop.paths import bundled
from calmtray.own_drafts import Drafts
from calmtray.own_practices import OwnPractices
from calmtray.practice.draft import copy_of, draft_of
from calmtray.practice.library import load, read_shared
from calmtray.ui.practice_editor import PracticeEditor
from calmtray.ui.theme import apply_theme
from calmtray.words.language import use_language
from tests.making import practice, quiet

folder = Path(sys.argv[1])
id_, theme, lang, step = sys.argv[2:] or ("", "light", "en", "0")
app = QApplication(["editor"])
use_language(lang)
apply_theme(app, theme, 100)
practices = bundled("practices")
own = OwnPractices(folder / "practices")
workshop = Drafts(folder / "drafts", folder / "thrown").workshop()
if id_:
    draft = copy_of(load(practices, folder).practices[id_])
else:
    draft = draft_of(practice(quiet(20_000, "Listen."), title={"en": "Heard"}))
editor = PracticeEditor(
    draft, None, read_shared(practices), own.names, own.save, clock.monotonic_ms, "circle", False, False, workshop
)
editor.closed.connect(app.quit)
editor.come_forward()
if id_:
    editor.steps.setCurrentRow(int(step))
    if int(step):
        QTimer.singleShot(0, lambda: editor._page.ensureWidgetVisible(editor.step.breath.go))
else:
    editor.step.recorders["en"].record.setFocus()


def note_lines() -> None:
    """Write down where the middle of each line of the list of steps is on the screen."""
    listed = editor.steps
    middles = [listed.visualItemRect(listed.item(row)).center() for row in range(listed.count())]
    places = [listed.viewport().mapToGlobal(middle).toTuple() for middle in middles]
    (folder / "lines.json").write_text(json.dumps(places))


QTimer.singleShot(500, note_lines)
sys.exit(app.exec())
