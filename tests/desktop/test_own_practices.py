"""A practice of one's own, from the Practices page to its file and to a session, by the keyboard alone."""

import json
import sys
import tomllib
from pathlib import Path

from tests.desktop import programs
from tests.desktop.waiting import wait_for

EDITOR = Path(__file__).with_name("editor_window.py")


def test_a_practice_is_written_tried_and_saved_in_the_running_app(calm, trayer):
    calm.start("--lang", "en")
    calm.run()
    window = calm.window("calmtray")
    calm.desk.raise_(window)
    wait_for(lambda: calm.desk.has_keyboard(window), "the window to have the keyboard")
    calm.desk.press("ctrl+2")
    wait_for(lambda: (calm.status() or {}).get("page") == "practices", "the Practices page")
    # From the list to *Make one of your own*.
    calm.desk.press("Tab", "space")
    editor = calm.window("A practice of your own")
    wait_for(lambda: calm.desk.has_keyboard(editor), "the editor to have the keyboard")
    calm.desk.ask("xdotool", "type", "Rain on glass")
    calm.desk.press("ctrl+shift+N")
    calm.desk.ask("xdotool", "type", "You might listen for rain.")
    calm.desk.press("ctrl+Return")
    wait_for(lambda: calm.session().get("practice") == "rain-on-glass", "the draft to be tried")
    assert list(calm.paths.practices.rglob("*.toml")) == []
    session = next(each for each in calm.desk.windows() if each.title == "Rain on glass" and each.id != editor.id)
    calm.desk.raise_(session)
    wait_for(lambda: calm.desk.has_keyboard(session), "the session to have the keyboard")
    calm.desk.press("Return")
    calm.wait_for_session("playing")
    calm.desk.press("Escape")
    calm.wait_for_end()
    # What is only tried is nobody's history.
    assert calm.journal() == []
    calm.desk.raise_(editor)
    wait_for(lambda: calm.desk.has_keyboard(editor), "the editor to have the keyboard again")
    calm.desk.press("ctrl+s")
    saved = calm.paths.practices / "rain-on-glass.toml"
    wait_for(saved.exists, "the practice to be saved")
    checked = calm.run("check", str(saved))
    assert (checked.returncode, checked.stdout.strip()) == (0, "1 practice is right.")
    assert "rain-on-glass" in calm.run("list").stdout


def test_a_step_is_dragged_to_its_place_with_the_mouse(desk, tmp_path):
    command = (sys.executable, str(EDITOR), str(tmp_path), "look-around-the-room", "light", "en", "0")
    env = {**desk.env, "PYTHONPATH": str(EDITOR.parents[2])}
    program = programs.start(command, env, tmp_path / "editor.log")
    noted = tmp_path / "lines.json"
    lines = wait_for(lambda: noted.exists() and json.loads(noted.read_text() or "[]"), "the editor to stand")
    (left, top), (_, bottom) = lines[0], lines[2]
    # Let go in the lower half of the third line: below it.
    way = [top + (bottom + 12 - top) * step // 8 for step in range(9)]
    moves = [word for y in way for word in ("mousemove", str(left), str(y), "sleep", "0.05")]
    desk.ask("xdotool", *moves[:3], "mousedown", "1", *moves[3:], "mouseup", "1")
    # Until the drag is over it swallows every key.
    wait_for(lambda: any(each.title.endswith("(not saved)") for each in desk.windows()), "the step to be let go")
    desk.press("ctrl+s")
    saved = tmp_path / "practices" / "look-around-the-room-my-way.toml"
    wait_for(saved.exists, "the practice to be saved")
    first = [step["say"]["en"].split()[0] for step in tomllib.loads(saved.read_text())["steps"]]
    assert first == ["Your", "And", "Ninety", "Perhaps", "Last"]
    desk.press("Escape")
    assert programs.exit_status(program, "the editor to end") == 0
    assert (tmp_path / "editor.log").read_text() == ""
