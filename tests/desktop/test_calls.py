"""One app for each user: what later calls do, what signals and crashes leave behind, and the language."""

import signal

import pytest

from tests.desktop import programs
from tests.desktop.calm import BREATH, outward, title
from tests.desktop.waiting import wait_for


def test_a_second_call_brings_the_first_one_forward_and_ends(trayer, calm):
    calm.start()
    first = calm.pid
    second = calm.run()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    window = calm.window("calmtray")
    wait_for(lambda: trayer.has_keyboard(window), "the window to have the keyboard")

    trayer.open_other_window("plain", "Notes")
    wait_for(lambda: on_top(trayer) == "Notes", "another window on top")
    assert calm.run().returncode == 0
    wait_for(lambda: trayer.has_keyboard(window), "the window to have the keyboard again")
    assert on_top(trayer) == "calmtray"

    trayer.minimize(window)
    wait_for(lambda: not trayer.is_seen(window), "the window to be minimised")
    assert calm.run().returncode == 0
    wait_for(lambda: trayer.has_keyboard(window), "the minimised window to be back")
    assert calm.pid == first
    assert [number for number, command in programs.ours().items() if " -m calmtray " in command] == [first]


def test_two_calls_at_the_same_moment_become_one_app(trayer, calm):
    assert calm.start_twice_at_once() == 0
    assert calm.status()["running"] is True
    calm.window("calmtray")


def on_top(desk):
    """The title of the topmost window that is not a tray."""
    return [window.title for window in desk.windows() if window.title != "panel"][-1]


def test_start_opens_a_practice_and_leaves_the_keyboard_where_it_is(trayer, calm):
    calm.start()
    trayer.open_other_window("plain", "Notes")
    notes = wait_for(lambda: next((w for w in trayer.windows() if w.title == "Notes"), None), "another window")
    wait_for(lambda: trayer.has_keyboard(notes), "the other window to have the keyboard")

    done = calm.run("start", BREATH)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    window = calm.window(title(BREATH))
    assert trayer.has_keyboard(notes)
    session = calm.session()
    assert {name: session[name] for name in ("practice", "status", "position_ms", "length_ms")} == {
        "practice": BREATH,
        "status": "ready",
        "position_ms": 0,
        "length_ms": calm.score(BREATH)["length_ms"],
    }
    calm.press_primary(window)
    calm.wait_for_session("playing")


def test_a_practice_that_is_not_there_is_answered_in_one_line(trayer, calm):
    calm.start()
    done = calm.run("start", "longer-out-breth")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"calmtray: There is no practice “longer-out-breth”. Did you mean “{BREATH}”?\n"
    assert calm.session() == {}
    assert calm.windows() == []


def test_start_is_also_the_first_call_and_quit_the_last(trayer, calm):
    calm.start("start", outward().id)
    calm.window(outward().title["en"])
    assert calm.run("quit").returncode == 0
    assert calm.exit_status() == 0
    done = calm.run("status")
    assert (done.returncode, done.stdout) == (0, "calmtray is not running.\n")
    assert calm.journal() == []


def test_a_killed_session_is_in_the_journal_almost_to_its_last_second(trayer, calm):
    calm.start()
    calm.play_breath()
    calm.wait_for_position(15_000 + 7_000)
    # The first step was skipped, and skipping plays nothing.
    known = calm.position_ms() - 15_000
    calm.signal(signal.SIGKILL)
    assert calm.exit_status() == -signal.SIGKILL

    def remembered():
        (row,) = calm.journal()
        assert (row["practice"], row["ending"]) == (BREATH, "interrupted")
        assert abs(known - row["played_ms"]) <= 5_000

    remembered()
    calm.start()
    remembered()
    assert calm.journal_file()[0]["ending"] == "interrupted"
    assert calm.session() == {}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_the_app_in_order_and_the_session_is_kept(trayer, calm, number):
    calm.start()
    calm.play_breath()
    calm.wait_for_position(16_000)
    calm.signal(number)
    assert calm.exit_status() == 0
    assert trayer.docked_icons() == []
    (row,) = calm.journal_file()
    assert row["ending"] == "stopped"
    assert 1_000 <= row["played_ms"] <= 15_000


def test_quit_in_the_middle_of_a_session_keeps_it(trayer, calm):
    calm.start()
    calm.play_breath()
    assert calm.run("quit").returncode == 0
    assert calm.exit_status() == 0
    assert calm.journal()[0]["ending"] == "stopped"


def test_french_from_the_window_to_the_journal(trayer, calm):
    calm.start("--lang", "fr")
    assert calm.status()["lang"] == "fr"
    calm.run("start", BREATH)
    window = calm.window(title(BREATH, "fr"))
    assert window.title != title(BREATH, "en")
    calm.press_primary(window)
    calm.wait_for_session("playing")
    assert calm.run("quit").returncode == 0
    assert calm.exit_status() == 0
    assert calm.journal()[0]["lang"] == "fr"
