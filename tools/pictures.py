"""Take the pictures of docs/pictures from the real app on a real desktop: ``python3 dev.py pictures``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from calmtray.ui.main_window import PAGES as ALL_PAGES
from tests.desktop.calm import BREATH, Calm, title
from tests.desktop.desk import Desk
from tests.desktop.speakers import Speakers
from tests.desktop.waiting import let_pass, wait_for

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
PAINTED_S = 0.5
"""How long a window may take to be painted."""

PAGES = ("now", "practices", "settings")
FULL_BREATH_MS = 18_600
"""An instant near the end of the first in-breath of the practice shown."""


def main() -> None:
    """Every page and the session window, in both themes and languages."""
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
        finally:
            speakers.close()
            desk.close()


@contextmanager
def _running(desk: Desk, home: Path, theme: str, lang: str) -> Iterator[Calm]:
    calm = Calm(desk, home)
    calm.paths.config.mkdir(parents=True)
    calm.paths.settings.write_text(f'theme = "{theme}"\n', encoding="utf-8")
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
    calm.desk.press("Return")
    calm.wait_for_session("playing")
    calm.desk.press("Right")
    calm.wait_for_position(FULL_BREATH_MS)
    _take(calm, session.title, f"session-{suffix}")
    calm.desk.press("Escape")
    calm.wait_for_end()
    calm.run()
    window = calm.window("calmtray")
    calm.desk.raise_(window)
    for page in PAGES:
        calm.desk.press(f"ctrl+{ALL_PAGES.index(page) + 1}")
        _wait_for_page(calm, page)
        _take(calm, window.title, f"{page}-{suffix}")


def _wait_for_page(calm: Calm, page: str) -> None:
    wait_for(lambda: (calm.status() or {}).get("page") == page, f"the page {page}")


def _take(calm: Calm, window: str, name: str) -> None:
    box = calm.window(window).box
    let_pass(PAINTED_S)
    calm.desk.picture(box).quantize(colors=128).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
