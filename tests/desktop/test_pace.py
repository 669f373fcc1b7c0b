"""From a practice that waits to a pace of one's own and back to it, by keyboard."""

import tomllib

from tests.desktop.calm import BREATH, title
from tests.desktop.waiting import wait_for


def test_a_pace_is_found_kept_and_breathed(trayer, calm):
    calm.start()
    calm.run("start", BREATH, "--seconds", "60")
    waiting = calm.window(title(BREATH))
    trayer.raise_(waiting)
    wait_for(lambda: trayer.has_keyboard(waiting), "the session window to have the keyboard")
    written = calm.session()["length_ms"]
    assert written == calm.score(BREATH, "--seconds", "60")["length_ms"]
    # Before *Begin*, which has the keyboard, come *Not now* and the way to a pace.
    trayer.press("shift+Tab", "shift+Tab", "space")
    search = calm.window("Find my pace")
    wait_for(lambda: trayer.has_keyboard(search), "the search to have the keyboard")
    calm.wait_for_end()
    # Begin, past the rest, past the pace; then its first answer, and enough.
    trayer.press("Return", "Tab", "Tab", "space", "space")
    trayer.press(*["shift+Tab"] * 7, "space", *["Tab"] * 6, "space", "Return")
    assert calm.wait_for_session("ready")["practice"] == BREATH
    kept = tomllib.loads(calm.paths.settings.read_text(encoding="utf-8"))
    assert kept["my_pace"] == "pace_65"
    score = calm.score(BREATH, "--seconds", "60")
    assert calm.session()["length_ms"] == score["length_ms"]
    begins = [cue["at_ms"] for cue in score["cues"] if cue.get("phase") == "in"]
    assert begins[1] - begins[0] == 9_200
    # What was tried is not written down.
    assert calm.journal() == []
