"""The senses on a real X server, and with a real sound server and a microphone that nobody speaks into."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from calmtray.desktop.clock import monotonic_ms
from calmtray.presence.everything import ALL_WITHIN_MS, presence_here
from calmtray.presence.return_watch import ReturnWatch
from calmtray.presence.sense import Name, Why
from calmtray.schedule.quiet import QuietReason
from calmtray.settings.model import DEFAULTS
from tests.desktop import programs
from tests.desktop.desk import SIZE
from tests.desktop.speakers import SINK
from tests.desktop.waiting import wait_for

MICROPHONE = "microphone"

ASKED_ONCE = """
import gc, json, os, sys
from calmtray.presence.everything import presence_here
from calmtray.settings.model import DEFAULTS

def pss_kb():
    gc.collect()
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))

before = pss_kb()
presence = presence_here(os.environ, running=True)
first = {answer.name: round(answer.ms, 1) for answer in presence.report(DEFAULTS)}
after = pss_kb()
for _ in range(50):
    answers = presence.report(DEFAULTS)
print(json.dumps({
    "kb": after - before, "kb_after_50_more": pss_kb() - after, "first_ms": first,
    "later_ms": {answer.name: round(answer.ms, 1) for answer in answers},
    "threads": len(os.listdir("/proc/self/task")), "files": len(os.listdir("/proc/self/fd")),
    "heavy": sorted({"PySide6", "asyncio", "logging"} & {*sys.modules}),
}))
"""


@pytest.fixture
def presence(desk):
    return presence_here(desk.env, running=True)


def answer(presence, name):
    return next(each for each in presence.report(DEFAULTS) if each.name is name)


def reason(presence, name):
    return answer(presence, name).reason


def seen(presence, name, expected):
    wait_for(lambda: reason(presence, name) is expected, f"{name} to say {expected}")


# The microphone.


@pytest.fixture
def microphone(desk, speakers):
    desk.ask("pactl", "load-module", "module-null-source", f"source_name={MICROPHONE}")
    wait_for(lambda: MICROPHONE in desk.ask("pactl", "list", "short", "sources"), "the microphone to be there")
    desk.ask("pactl", "set-default-source", MICROPHONE)
    return MICROPHONE


def streams(desk):
    return desk.ask("pactl", "list", "source-outputs")


def records(desk, *arguments):
    program = desk.start("parec", "--raw", *arguments)
    wait_for(lambda: "Source Output" in streams(desk), "the recorder to be listed")
    return program


def test_a_program_that_records_is_seen_and_its_end_too(desk, microphone, presence):
    assert answer(presence, Name.MICROPHONE).why is None
    assert reason(presence, Name.MICROPHONE) is None
    recorder = records(desk, f"--device={microphone}")
    seen(presence, Name.MICROPHONE, QuietReason.MICROPHONE)
    assert presence.first_reason(DEFAULTS) is QuietReason.MICROPHONE
    assert presence.first_reason(DEFAULTS.with_("sense_microphone", False)) is None
    programs.stop(recorder)
    seen(presence, Name.MICROPHONE, None)


def test_a_muted_microphone_is_in_use_all_the_same(desk, microphone, presence):
    recorder = records(desk, f"--device={microphone}")
    desk.ask("pactl", "set-source-mute", microphone, "1")
    wait_for(lambda: "Mute: yes" in desk.ask("pactl", "list", "sources"), "the microphone to be muted")
    seen(presence, Name.MICROPHONE, QuietReason.MICROPHONE)
    programs.stop(recorder)


@pytest.mark.parametrize(
    "arguments",
    [
        (f"--device={SINK}.monitor",),
        (f"--device={MICROPHONE}", "--property=media.name=Peak detect"),
    ],
    ids=["what the speakers play", "a meter"],
)
def test_not_every_recorder_listens_to_somebody(desk, microphone, presence, arguments):
    recorder = records(desk, *arguments)
    assert answer(presence, Name.MICROPHONE).why is None
    assert reason(presence, Name.MICROPHONE) is None
    programs.stop(recorder)


def test_a_loop_of_the_server_itself_is_nobody_who_listens(desk, microphone, presence):
    desk.ask("pactl", "load-module", "module-loopback", f"source={microphone}", f"sink={SINK}")
    wait_for(lambda: "Source Output" in streams(desk), "the loop to be listed")
    assert reason(presence, Name.MICROPHONE) is None


def test_a_sound_server_that_hangs_holds_nobody_up(desk, microphone, speakers, presence, figures):
    speakers.hang()
    try:
        began = monotonic_ms()
        assert answer(presence, Name.MICROPHONE).why is Why.NO_ANSWER
        took = monotonic_ms() - began
    finally:
        speakers.wake()
    figures(ms=round(took))
    assert took < ALL_WITHIN_MS
    wait_for(lambda: answer(presence, Name.MICROPHONE).why is None, "the server to answer again")


# What fills the screen.


def find(desk, title):
    return wait_for(lambda: next((w for w in desk.windows() if w.title == title and w.seen), None), f"“{title}”")


def test_a_window_that_fills_the_screen_is_seen_until_it_is_gone(desk, presence):
    assert (answer(presence, Name.FULL_SCREEN).why, reason(presence, Name.FULL_SCREEN)) == (None, None)
    desk.open_other_window("full", "Slides")
    assert find(desk, "Slides").box == (0, 0, *SIZE)
    seen(presence, Name.FULL_SCREEN, QuietReason.FULL_SCREEN)
    desk.close_other_windows()
    seen(presence, Name.FULL_SCREEN, None)


def test_a_maximised_window_does_not_fill_the_screen(desk, presence):
    desk.open_other_window("maximised", "Notes")
    wait_for(lambda: "_NET_WM_STATE_MAXIMIZED_VERT" in find(desk, "Notes").states, "it to be maximised")
    assert (answer(presence, Name.FULL_SCREEN).why, reason(presence, Name.FULL_SCREEN)) == (None, None)


def test_a_panel_does_not_fill_the_screen(panel, presence):
    assert reason(presence, Name.FULL_SCREEN) is None


def test_slides_behind_a_small_window_are_seen_and_minimised_ones_are_not(desk, presence):
    desk.open_other_window("full", "Slides")
    slides = find(desk, "Slides")
    desk.open_other_window("plain", "Chat")
    desk.raise_(find(desk, "Chat"))
    seen(presence, Name.FULL_SCREEN, QuietReason.FULL_SCREEN)
    desk.minimize(slides)
    seen(presence, Name.FULL_SCREEN, None)


def test_slides_on_another_desktop_are_not_seen(desk, presence):
    desk.open_other_window("full", "Slides")
    find(desk, "Slides")
    seen(presence, Name.FULL_SCREEN, QuietReason.FULL_SCREEN)
    desk.ask("xdotool", "set_desktop", "1")
    seen(presence, Name.FULL_SCREEN, None)
    desk.ask("xdotool", "set_desktop", "0")
    seen(presence, Name.FULL_SCREEN, QuietReason.FULL_SCREEN)


# Whether anybody is there.


def test_idle_time_grows_until_somebody_moves(desk, presence):
    desk.press("shift")
    began = presence.idle_s()
    assert began is not None
    assert began < 5
    wait_for(lambda: presence.idle_s() > began + 0.3, "idle time to grow")
    desk.ask("xdotool", "mousemove_relative", "5", "5")
    wait_for(lambda: presence.idle_s() < 0.3, "idle time to begin again")
    assert (answer(presence, Name.AWAY).why, reason(presence, Name.AWAY)) == (None, None)


def test_somebody_who_comes_back_is_noticed_and_not_asked_about(desk):
    least = timedelta(seconds=1)
    watch = ReturnWatch(desk.env, least)
    watch.open()
    heard: list[timedelta] = []

    def listen() -> list[timedelta]:
        heard.extend(filter(None, [watch.heard(datetime.now(UTC))]))
        return heard

    try:
        desk.press("shift")
        began = monotonic_ms()
        wait_for(lambda: listen() or watch._gone is not None, "a second without a key")
        desk.ask("xdotool", "mousemove_relative", "5", "5")
        wait_for(listen, "the return to be told")
        away = timedelta(milliseconds=monotonic_ms() - began)
        assert least <= heard[0] <= away + timedelta(milliseconds=50)
        # Who is back is back once.
        desk.press("shift")
        assert len(listen()) == 1
    finally:
        watch.close()


# What it costs.


def test_asking_leaves_nothing_behind(desk, microphone, figures):
    environ = {**desk.env, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    said = desk.folder / "asked.json"
    program = programs.start((sys.executable, "-c", ASKED_ONCE), environ, said)
    assert programs.exit_status(program, "all to be asked") == 0
    cost = json.loads(said.read_text())
    figures(**cost)
    # In, out and errors, and the folder that is being read.
    assert (cost["threads"], cost["files"], cost["heavy"]) == (1, 4, [])
    assert cost["kb"] < 6_000
    assert cost["kb_after_50_more"] < 1_000


def test_everything_that_hangs_at_once_holds_nobody_up(desk, microphone, speakers, figures):
    hanging = desk.folder / "hanging"
    hanging.mkdir()
    (hanging / "pw-dump").write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    (hanging / "pw-dump").chmod(0o700)
    presence = presence_here({**desk.env, "PATH": f"{hanging}{os.pathsep}{desk.env['PATH']}"}, running=False)
    with desk.hanging():
        speakers.hang()
        began = monotonic_ms()
        answers = presence.report(DEFAULTS)
        took = monotonic_ms() - began
        speakers.wake()
    figures(ms=round(took))
    assert {each.reason for each in answers} == {None}
    assert [each.name for each in answers if each.why is not Why.NO_ANSWER] == [Name.CAMERA]
    assert took < 1_000
