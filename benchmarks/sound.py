"""What sound costs, and whether it keeps its promises: mixing, playing through the real app, and rendering."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.process import pss_mb
from benchmarks.rendered import rendered_rows
from benchmarks.screen import Screen
from benchmarks.table import Row
from calmtray.desktop.single_instance import ask
from calmtray.settings.model import Value
from calmtray.sound.score import BED_FADE_MS
from tests.desktop.calm import BREATH, Calm, title
from tests.desktop.hearing import STEP, line
from tests.desktop.listening import begin, busy, choose, follow_to_end, frame_of, open_ready, play_through, press
from tests.desktop.sounding import MadeUp, Part, errors_ms, late_ms, onsets, pose_errors_ms
from tests.desktop.speakers import Speakers
from tests.desktop.waiting import wait_for

SETTLE_S = 2.0
WARM_AFTER = 20
"""So many sessions fill what is kept for the next one; what grows after them grows for ever."""

MOST_KEPT_MB = 100
"""Not a promise: printed beside it, so that nobody takes the growth after the warming up for all there is."""


def sound_rows(screen: Screen, quick: bool) -> Iterator[Row]:
    """Every figure of sound."""
    yield from mixing_rows()
    yield from first_sound_rows(screen, 10)
    yield from many_sessions_rows(screen, 30 if quick else 200)
    yield from rendered_rows(quick)
    yield from lost_device_rows(screen)
    yield from long_session_rows(screen, 60 if quick else 20 * 60)


def mixing_rows() -> list[Row]:
    """The mixer in a process of its own."""
    times = mixing("windows")
    heard, silent = mixing("session"), mixing("silence")
    # Up to 8 MB are decoded at any moment, now more, now less: a leak shows in a third of an hour beside another.
    third = len(heard) // 3
    grown = statistics.median(heard[-third:]) - statistics.median(heard[:third])
    return [
        Row("mixing 5 s of everything, all decoded (worst)", max(times["warm"]), None, 50, "ms"),
        Row("   as loaded before Begin: its clip not decoded", max(times["cold"]), None, 50, "ms"),
        # The app waits for neither: it decodes ahead. Vorbis and Opus alone take more than the rest together.
        Row("   decoding included, at the beginning", max(times["beginning"]), None, None, "ms"),
        Row("   decoding included, anywhere", max(times["anywhere"]), None, None, "ms"),
        Row("mixing an hour: more memory than silence", max(heard) - max(silent), None, 40, "MB"),
        Row("   growth from its first to its last 20 min", grown, None, 2, "MB"),
    ]


def mixing(what: str) -> Any:
    """What ``benchmarks.mixing`` prints."""
    done = subprocess.run(
        (sys.executable, "-m", "benchmarks.mixing", what), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit("bench: mixing failed")
    return json.loads(done.stdout)


@contextmanager
def playing(screen: Screen, made: MadeUp | None = None, **chosen: Value) -> Iterator[tuple[Calm, Speakers]]:
    """The app, with speakers; with a practice of one's own, and these settings."""
    speakers = Speakers(screen)
    calm = Calm(screen, Path(screen.home()) / "calm")
    try:
        speakers.start()
        choose(calm, **chosen)
        if made is not None:
            made.write(calm.paths.practices)
        calm.start()
        yield calm, speakers
        ask(calm.paths.run, {"do": "quit"})
        calm.exit_status()
    finally:
        calm.kill()
        speakers.close()


def first_sound_rows(screen: Screen, times: int) -> list[Row]:
    """From a click on *Begin* to the first sound."""
    took = []
    with playing(screen) as (calm, speakers):
        for _ in range(times):
            window = open_ready(calm, BREATH, title(BREATH))
            recorder = speakers.record()
            clicked = begin(calm, window)
            calm.wait_for_position(300)
            press(calm, "Escape")
            calm.wait_for_end()
            wait_for(lambda: not speakers.streams(), "the stream to be gone")
            first = recorder.stop().first_sound(clicked, threshold=1.5 * STEP)
            if first is None:
                sys.exit("bench: nothing was heard after Begin")
            took.append(1_000 * (first - clicked))
    return [Row(f"Begin to the first sound (latest of {times})", max(took), None, 150, "ms")]


def long_practice(seconds: int) -> MadeUp:
    """Words over a breath every ten seconds."""
    breath = "{ in = 4, out = 6, rounds = 1 }"
    parts = [Part(0, f"Words {number}.", 3_000, breath) for number in range(seconds // 10)]
    return MadeUp("for-a-long-time", parts)


def long_session_rows(screen: Screen, seconds: int) -> list[Row]:
    """A session from its beginning to its end while both cores are busy."""
    made = long_practice(seconds)
    # An ambience leaves no silence of its own, so that every gap in the recording is one in the sound.
    with playing(screen, made, ambience="room") as (calm, speakers):
        window = open_ready(calm, made.id, made.title)
        due = made.soundings(calm.paths.practices)
        due_ms = made.timeline(calm.paths.practices).length_ms
        recorder = speakers.record()
        with busy(screen):
            begin(calm, window)
            readings = follow_to_end(calm, seconds + 60)
            missed_ms = calm.session()["missed_ms"]
        heard = recorder.stop()
    found = onsets(heard, due, frame_of(heard, readings))
    errors = errors_ms(found)
    _, drift = line(np.array([one.sounding.at_ms for one in found], float), np.array([one.late_ms for one in found]))
    pose = pose_errors_ms(heard, found, readings)
    begins, ends = (heard.time_of(frame_of(heard, readings)(ms)) for ms in (1_000, due_ms - BED_FADE_MS))
    gaps = heard.gaps(begins, ends)
    name = f"{seconds // 60} min, both cores busy"
    return [
        Row(f"{name}: furthest of {len(found)} onsets", max(map(abs, errors.values())), None, 10, "ms"),
        Row("   drift over all of it", abs(drift), None, 1, "ms"),
        Row(f"   pose, furthest of {len(pose)} readings", max(map(abs, pose)), None, 20, "ms"),
        Row("   sound that came too late for the device", missed_ms, None, 0, "ms"),
        Row(f"   {len(gaps)} gaps in the recording, together", sum(ms for _, ms in gaps), None, 0, "ms"),
    ]


def lost_device_rows(screen: Screen) -> list[Row]:
    """A session whose device is pulled out twice."""
    made = MadeUp("goes-on", [Part(3, f"Words {number}.", 800) for number in range(8)])
    with playing(screen, made, breath_sound="off") as (calm, speakers):
        window = open_ready(calm, made.id, made.title)
        due = made.soundings(calm.paths.practices)
        losses = [(speakers.pull_out, speakers.put_back)] * 2
        recordings, readings = play_through(calm, speakers, window, losses)
        (row,) = calm.journal()
    origin = readings[0].time - readings[0].position_ms / 1_000
    before, *after = [late_ms(one, due, origin) for one in recordings]
    if row["ending"] != "finished" or not all(after):
        sys.exit("bench: the sound, or the session, did not come back after the device was pulled out")
    offset = statistics.median(before)
    off = [abs(late - offset) for ones in after for late in ones]
    length_ms = made.timeline(calm.paths.practices).length_ms
    return [
        Row(f"device lost twice: furthest of {len(off)} after it", max(off), None, 25, "ms"),
        Row("   played, off the session's length", abs(row["played_ms"] - length_ms), None, 100, "ms"),
    ]


def many_sessions_rows(screen: Screen, sessions: int) -> list[Row]:
    """Session after session: paused once, then stopped; one in ten plays to its end."""
    made = MadeUp("for-a-moment", [Part(0, "Words.", 1_000, "{ in = 2, out = 2, rounds = 5 }")])
    memory = {}
    with playing(screen, made, ambience="rain") as (calm, speakers):
        recorder = speakers.record()
        for number in range(1, sessions + 1):
            open_ready(calm, made.id, made.title)
            calm.desk.press("Return")
            calm.wait_for_position(1_000)
            if not speakers.streams():
                sys.exit("bench: a session was not heard")
            if number % 10 == 0:
                follow_to_end(calm, 60)
            else:
                calm.desk.press("space")
                calm.wait_for_session("paused")
                calm.desk.press("space")
                calm.wait_for_session("playing")
            calm.desk.press("Escape")
            calm.wait_for_end()
            if number in (1, WARM_AFTER, sessions):
                wait_for(lambda: not speakers.streams(), "the stream to be gone")
                time.sleep(SETTLE_S)
                memory[number] = pss_mb(calm.pid)
        recorder.close()
    last = memory[sessions]
    return [
        Row(f"session {WARM_AFTER} to {sessions}: memory grown (PSS)", last - memory[WARM_AFTER], None, 10, "MB"),
        Row(f"   1 to {sessions}, what is kept for the next included", last - memory[1], None, MOST_KEPT_MB, "MB"),
    ]
