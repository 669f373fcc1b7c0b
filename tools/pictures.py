"""Take the pictures of docs/pictures from the real app on a real desktop: ``python3 dev.py pictures``."""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from calmtray.desktop.paths import bundled
from calmtray.settings.file import read_settings
from calmtray.ui.main_window import PAGES as ALL_PAGES
from calmtray.words.language import _, use_language
from tests.desktop import programs
from tests.desktop.calm import BREATH, Calm, title
from tests.desktop.desk import Desk, Window
from tests.desktop.seeing import Box
from tests.desktop.speakers import Speakers
from tests.desktop.waiting import let_pass, wait_for

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
EDITOR = ROOT / "tests" / "desktop" / "editor_window.py"
PACED_S = 3.5
"""By then the pacer has almost breathed in."""

SAID = 'offers = "off"\nnow_needs = ["after-heavy-session", "tired"]\nnow_seconds = 180\nnow_said = "{now}"\n'
"""What somebody has said on the Now page: just now, and no to offers at their first start."""

SPECIAL = {
    "colour-hunt": 1,
    "one-minute-doodle": 1,
    "green-minute": 1,
    "here-and-now-facts": 0,
    "name-it-softly": 1,
    "hallway-lap": 1,
    "one-song": 1,
    "laugh-file": 1,
    "leave-work-at-work": 3,
}
"""The practices that show more than words, and the step in which they do."""

SETTLED_MS = 1_500
"""So far into a step its prop is there."""

CHECKLISTS = {"en": ["Lamp", "Window", "Phone on its own", "Door"], "fr": ["Lampe", "Fenêtre", "Téléphone", "Porte"]}

PAINTED_S = 0.5
"""How long a window may take to be painted."""

PAGES = ("now", "practices", "settings")
FULL_BREATH_MS = 18_600
"""An instant near the end of the first in-breath of the practice shown."""


def main() -> None:
    """Every page, the session window and the search for a pace, in both themes and languages."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        speakers = Speakers(desk)
        try:
            desk.open()
            desk.start_trayer()
            speakers.start()
            for theme in ("light", "dark"):
                for lang in ("en", "fr"):
                    with _running(desk, Path(folder, f"{theme}-{lang}"), theme, lang) as calm:
                        _take_all(calm, f"{theme}-{lang}", lang)
                    _take_editor(desk, Path(folder), theme, lang)
                    _take_offer(desk, Path(folder, f"offer-{theme}-{lang}"), theme, lang)
        finally:
            speakers.close()
            desk.close()


@contextmanager
def _running(desk: Desk, home: Path, theme: str, lang: str) -> Iterator[Calm]:
    calm = Calm(desk, home)
    calm.paths.config.mkdir(parents=True)
    said = SAID.format(now=datetime.now(UTC).isoformat(timespec="minutes"))
    calm.paths.settings.write_text(f'theme = "{theme}"\n{said}{_own_things(home, lang)}', encoding="utf-8")
    calm.start("--lang", lang)
    try:
        yield calm
    finally:
        calm.close()


def _take_all(calm: Calm, suffix: str, lang: str) -> None:
    calm.run("start", BREATH)
    session = calm.window(title(BREATH, lang))
    calm.desk.raise_(session)
    _take(calm, session.title, f"ready-{suffix}")
    _take_pace(calm, suffix, lang)
    calm.desk.press("Return")
    calm.wait_for_session("playing")
    calm.desk.press("Right")
    calm.wait_for_position(FULL_BREATH_MS)
    _take(calm, session.title, f"session-{suffix}")
    calm.desk.press("Escape")
    calm.wait_for_end()
    _take_special(calm, suffix, lang)
    calm.run()
    window = calm.window("calmtray")
    calm.desk.raise_(window)
    for page in PAGES:
        calm.desk.press(f"ctrl+{ALL_PAGES.index(page) + 1}")
        _wait_for_page(calm, page)
        if page == "practices":
            # The third one is a favourite.
            calm.desk.press("Down", "Down", "ctrl+d")
        _take(calm, window.title, f"{page}-{suffix}")
        if page == "practices":
            _take_practice(calm, window, suffix)
        if page == "now":
            # Past a client session and “Clear”: the questions open.
            calm.desk.press("Tab", "Tab", "Tab", "space")
            _take(calm, window.title, f"now-asked-{suffix}")


def _take_practice(calm: Calm, window: Window, suffix: str) -> None:
    """The own page of the practice that the list is at: what it is and how it goes; why, and where that was found."""
    calm.desk.press("Return")
    _take(calm, window.title, f"practice-{suffix}")
    calm.desk.press("Next", "Next", "Next")
    _take(calm, window.title, f"practice-why-{suffix}")


def _own_things(home: Path, lang: str) -> str:
    """A song, a picture and a list of the user's own, and the settings that name them."""
    song, pictures = home / "La mer.ogg", home / "laugh"
    pictures.mkdir()
    shutil.copy(bundled("assets") / "sounds/ambience/drone.ogg", song)
    shutil.copy(bundled("assets") / "pictures/meadow.webp", pictures)
    return f'song = "{song}"\npictures = "{pictures}"\nchecklist = {CHECKLISTS[lang]}\n'


def _take_special(calm: Calm, suffix: str, lang: str) -> None:
    """Each practice that shows more than words, at the step where it does."""
    for id_, step in SPECIAL.items():
        cues = calm.score(id_, "--lang", lang)["cues"]
        calm.run("start", id_)
        session = calm.window(title(id_, lang))
        calm.desk.raise_(session)
        wait_for(lambda: calm.desk.has_keyboard(session), "the session window to have the keyboard")  # noqa: B023
        calm.desk.press("Return")
        calm.wait_for_session("playing")
        calm.desk.press(*["Right"] * step)
        calm.wait_for_position(min(cue["at_ms"] for cue in cues if cue["step"] == step) + SETTLED_MS)
        if id_ == "one-minute-doodle":
            _doodle(calm, session)
        _take(calm, session.title, f"{id_}-{suffix}")
        calm.desk.press("Escape")
        calm.wait_for_end()


def _doodle(calm: Calm, session: Window) -> None:
    """A line that wanders, with the mouse held down."""
    left, top, right, bottom = session.box
    wide, high = right - left, bottom - top
    places = [
        (left + wide * (0.16 + 0.68 * n / 90), top + high * (0.32 + 0.12 * math.sin(n / 6) + 0.05 * math.sin(n / 2.1)))
        for n in range(91)
    ]
    moves = [word for x, y in places for word in ("mousemove", str(round(x)), str(round(y)), "sleep", "0.01")]
    calm.desk.ask("xdotool", *moves[:3], "mousedown", "1", *moves[3:], "mouseup", "1")
    calm.desk.park_mouse()


def _take_pace(calm: Calm, suffix: str, lang: str) -> None:
    """The way from a practice that waits to a pace of one's own, and back."""
    calm.desk.press("shift+Tab", "shift+Tab", "space")
    use_language(lang)
    search = calm.window(_("Find my pace"))
    use_language("en")
    wait_for(lambda: calm.desk.has_keyboard(search), "the search to have the keyboard")
    _take(calm, search.title, f"pace-{suffix}")
    # Begin, past the rest, past the pace; then an answer.
    calm.desk.press("Return", "Tab", "Tab", "space", "space", *["shift+Tab"] * 7, "space")
    _take(calm, search.title, f"pace-asking-{suffix}")
    calm.desk.press("Escape")
    calm.wait_for_session("ready")
    waiting = calm.window(title(BREATH, lang))
    wait_for(lambda: calm.desk.has_keyboard(waiting), "the session window to have the keyboard")


def _take_offer(desk: Desk, home: Path, theme: str, lang: str) -> None:
    """What somebody is asked at their first start; in session; and the card that comes after it."""
    calm = Calm(desk, home)
    calm.paths.config.mkdir(parents=True)
    calm.paths.settings.write_text(f'theme = "{theme}"\nworking_hours = ["mon-sun 00:00-24:00"]\n', encoding="utf-8")
    calm.start("--lang", lang)
    try:
        calm.run()
        window = calm.window("calmtray")
        _take(calm, window.title, f"now-first-{theme}-{lang}")
        use_language(lang)
        yes, offer = _("Yes, quietly"), _("An offer")
        use_language("en")
        # The question stands above everything else.
        desk.raise_(window)
        desk.press("Tab", "space")
        wait_for(lambda: read_settings(calm.paths.settings).offers == "on", f"“{yes}” to be heard")
        calm.run("session", "50")
        _take(calm, window.title, f"now-in-session-{theme}-{lang}")
        desk.press("Escape")
        calm.run("session", "end")
        # Once nobody has touched anything for a while.
        card = wait_for(lambda: calm.find(offer), "the offer", 60)
        _take(calm, card.title, f"offer-{theme}-{lang}")
    finally:
        calm.close()


def _take_editor(desk: Desk, folder: Path, theme: str, lang: str) -> None:
    """The editor with a copy of a practice: at its beginning, and at the breath of its second step."""
    for step, name in enumerate(("editor", "editor-breath")):
        command = (sys.executable, str(EDITOR), str(folder), BREATH, theme, lang, str(step))
        program = programs.start(command, {**desk.env, "PYTHONPATH": str(ROOT)}, folder / "editor.log")
        window = wait_for(partial(_window_of, desk, program.pid), "the editor")
        wait_for(partial(desk.has_keyboard, window), "the editor to have the keyboard")
        _take_box(desk, window.box, f"{name}-{theme}-{lang}", PACED_S)
        programs.stop(program)


def _window_of(desk: Desk, pid: int) -> Window | None:
    return next((each for each in desk.windows() if each.pid == pid), None)


def _wait_for_page(calm: Calm, page: str) -> None:
    wait_for(lambda: (calm.status() or {}).get("page") == page, f"the page {page}")


def _take(calm: Calm, window: str, name: str) -> None:
    box = calm.window(window).box
    _take_box(calm.desk, box, name, PAINTED_S)


def _take_box(desk: Desk, box: Box, name: str, after_s: float) -> None:
    let_pass(after_s)
    desk.picture(box).quantize(colors=128).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
