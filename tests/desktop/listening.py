"""A session with sound, played by hand and listened to."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from calmtray.settings.file import SettingsFile
from calmtray.settings.model import Settings, Value
from tests.desktop import programs
from tests.desktop.calm import Calm
from tests.desktop.desk import Desk, Window
from tests.desktop.hearing import Recording
from tests.desktop.seeing import primary_buttons
from tests.desktop.sounding import MadeUp, Reading, reading
from tests.desktop.speakers import Speakers
from tests.desktop.waiting import let_pass, wait_for

READ_EVERY_S = 0.2


def settings_with(chosen: Mapping[str, Value]) -> Settings:
    """Settings as they come, but for these."""
    settings = Settings()
    for name, value in chosen.items():
        settings = settings.with_(name, value)
    return settings


def choose(calm: Calm, **chosen: Value) -> None:
    """Write the settings, as somebody did before calmtray was started."""
    settings = settings_with(chosen)
    calm.paths.settings.parent.mkdir(parents=True, exist_ok=True)
    SettingsFile(calm.paths.settings).save(settings)


def open_ready(calm: Calm, id_: str, title: str) -> Window:
    """Open a practice, and give its window the keyboard; it is not begun."""
    done = calm.run("start", id_)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    window = calm.window(title)
    calm.desk.raise_(window)
    wait_for(lambda: calm.desk.has_keyboard(window), "the session window to have the keyboard")
    return window


def start_with(calm: Calm, made: MadeUp, **chosen: Value) -> Window:
    """Start calmtray with a practice of one's own, and open that."""
    choose(calm, **chosen)
    made.write(calm.paths.practices)
    calm.start()
    window = open_ready(calm, made.id, made.title)
    # Nobody prepares what will not be heard.
    said = 0 if chosen.get("discreet") else sum(part.say != "" for part in made.parts)
    wait_for(lambda: len(list(calm.paths.voices.glob("*.wav"))) >= said, "all words to have a clip")
    return window


def begin(calm: Calm, window: Window) -> float:
    """Click on *Begin*; the instant before the click, in seconds."""
    desk = calm.desk
    (left, top, right, bottom), *_ = wait_for(lambda: primary_buttons(desk.picture(window.box)), "Begin")
    x, y = window.box[0] + (left + right) // 2, window.box[1] + (top + bottom) // 2
    desk.ask("xdotool", "mousemove", str(x), str(y))
    clicked = time.monotonic()
    desk.ask("xdotool", "click", "1")
    desk.park_mouse()
    calm.wait_for_session("playing")
    return clicked


def press(calm: Calm, *keys: str) -> float:
    """Press keys; the instant before, in seconds."""
    pressed = time.monotonic()
    calm.desk.press(*keys)
    return pressed


def follow(calm: Calm, until: Callable[[], bool], what: str, limit_s: float) -> list[Reading]:
    """Ask the app where it is, again and again, until something is so."""
    readings: list[Reading] = []

    def look() -> bool:
        if not readings or time.monotonic() - readings[-1].time >= READ_EVERY_S:
            readings.extend(reading(calm))
        return until()

    wait_for(look, what, limit_s)
    return readings


def follow_to_end(calm: Calm, limit_s: float) -> list[Reading]:
    """The same until the session has ended by itself."""
    return follow(calm, lambda: calm.session().get("status") == "ended", "the session to end", limit_s)


def play_through(
    calm: Calm, speakers: Speakers, window: Window, losses: Iterable[tuple[Callable[[], None], Callable[[], None]]]
) -> tuple[list[Recording], list[Reading]]:
    """A session to its end, in which the sound goes and comes back every 7.5 s, by these pairs of doings.

    What was heard before, between and after; and the readings.
    """
    recorder = speakers.record()
    begin(calm, window)
    recordings: list[Recording] = []
    readings: list[Reading] = []

    def play_to(ms: float) -> None:
        readings.extend(follow(calm, lambda: calm.position_ms() >= ms, f"the playhead to reach {ms} ms", 30))

    for go, come in losses:
        play_to((len(recordings) + 1) * 7_500 - 3_000)
        go()
        recordings.append(recorder.stop())
        play_to(calm.position_ms() + 500)
        come()
        recorder = speakers.record()
    readings += follow_to_end(calm, 40)
    let_pass(0.5)
    recordings.append(recorder.stop())
    return recordings, readings


def frame_of(heard: Recording, readings: list[Reading]) -> Callable[[int], int]:
    """About which frame an instant of the session was heard at: by the nearest of the readings."""

    def frame(ms: int) -> int:
        near = min(readings, key=lambda one: abs(one.position_ms - ms))
        return round((near.time + (ms - near.position_ms) / 1_000 - heard.began) / heard.pace)

    return frame


@contextmanager
def busy(desk: Desk, cores: int = 2) -> Iterator[None]:
    """As many programs as there are cores, each of which wants one for itself."""
    greedy = [desk.start(sys.executable, "-c", "while True: pass") for _ in range(cores)]
    try:
        yield
    finally:
        for program in greedy:
            programs.stop(program)
