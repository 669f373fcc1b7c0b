"""The first start of somebody whose organisation has settled things, by mouse."""

from __future__ import annotations

from calmtray.desktop.autostart import QUIETLY
from tests.desktop.calm import BREATH, practice

POLICY = f"""
[fix]
offers = "off"
language = "fr"
open_at_login = true
favourites = ["{BREATH}"]
"""


def test_a_first_start_asks_nothing_and_one_click_begins(trayer, calm):
    calm.paths.site.mkdir(parents=True)
    calm.paths.policy.write_text(POLICY, encoding="utf-8")
    calm.start(QUIETLY)
    assert calm.windows() == []

    calm.click_icon()
    now = calm.window("calmtray")
    calm.press_primary(now)
    window = calm.window(practice(BREATH).title["fr"])
    calm.press_primary(window)
    calm.wait_for_session("playing")
    trayer.press("Escape")
    calm.wait_for_end()

    assert calm.journal_file()[0]["lang"] == "fr"
    entry = calm.paths.autostart / "calmtray.desktop"
    assert QUIETLY in entry.read_text(encoding="utf-8")
    # Nobody was asked, so nobody has answered.
    assert not calm.paths.settings.exists() or "offers" not in calm.paths.settings.read_text(encoding="utf-8")
