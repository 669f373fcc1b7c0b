"""Measure and print the table. Programs are measured alone and in turn: calmtray, baseline, calmtray, ..."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.process import Rate, pss_mb, watch
from benchmarks.screen import Screen, open_screen, seconds_until
from benchmarks.table import Row
from calmtray.desktop.paths import user_paths
from calmtray.settings.file import SettingsFile
from calmtray.settings.model import Settings
from tests.calendars.asked import many
from tests.desktop import programs

PYTHON = sys.executable
BARE = (PYTHON, "-m", "benchmarks.bare")
SETTLE_S = 6.0
AGENDA_ENTRIES = 3_000


def app_command(screen: Screen) -> tuple[str, ...]:
    """calmtray with files of its own."""
    return (PYTHON, "-m", "calmtray", "--home", screen.home())


def offering_command(screen: Screen) -> tuple[str, ...]:
    """calmtray where offers, an agenda of two years and every sense are on, and no offer is due before the end."""
    command, now = app_command(screen), datetime.now().astimezone()
    paths = user_paths(Path(command[-1]))
    agenda = Path(command[-1]) / "agenda.ics"
    agenda.write_text(many(AGENDA_ENTRIES, now.date() + timedelta(days=365)), encoding="utf-8", newline="")
    in_half_an_hour = now + timedelta(minutes=30)
    paths.settings.parent.mkdir(parents=True)
    SettingsFile(paths.settings).save(
        Settings(
            offers="on",
            rhythm=True,
            clock_times=(f"*:{in_half_an_hour:%M}",),
            # Work has just begun: of its rhythm nothing is due for an hour and a half.
            working_hours=(f"mon-sun {now:%H:%M}-24:00",),
            agenda=(str(agenda),),
        )
    )
    return command


def start_to_icon(screen: Screen, command: tuple[str, ...]) -> float:
    """Seconds until the icon is seen in the tray."""
    empty = screen.tray()
    began = time.perf_counter()
    with screen.running(*command):
        seconds_until(lambda: screen.tray() != empty, "the icon")
        took = time.perf_counter() - began
    seconds_until(lambda: screen.tray() == empty, "the icon to go")
    return took


def idle(screen: Screen, command: tuple[str, ...], seconds: float) -> tuple[float, Rate]:
    """PSS in MB once settled, and what the program does while nobody asks anything of it."""
    with screen.running(*command) as program:
        time.sleep(SETTLE_S)
        memory = pss_mb(program.pid)
        rate = watch(program.pid, seconds) if seconds else Rate(0, 0)
    return memory, rate


def click_to_window(screen: Screen, clicks: int) -> list[float]:
    """Seconds from a click on the icon to the window's picture, the first click included."""
    times = []
    empty_tray, bare_middle = screen.tray(), screen.middle()
    with screen.running(*app_command(screen)):
        seconds_until(lambda: screen.tray() != empty_tray, "the icon")
        time.sleep(SETTLE_S)
        screen.point_at_tray()
        time.sleep(0.5)
        for _ in range(clicks):
            # The time of the hand that clicks counts too: a few ms.
            began = time.perf_counter()
            click = screen.start("xdotool", "click", "1")
            seconds_until(lambda: screen.middle() != bare_middle, "the window")
            times.append(time.perf_counter() - began)
            programs.stop(click)
            time.sleep(0.5)
            screen.press("Escape")
            seconds_until(lambda: screen.middle() == bare_middle, "the window to go")
    return times


def draw_ours(screen: Screen, seconds: float) -> tuple[Rate, dict[str, object], int]:
    """What the session window costs while a breath goes on, its frames, and the diameter of a full breath in px."""
    program = subprocess.Popen(
        (PYTHON, "-m", "benchmarks.circle", "ours", str(seconds + 3)), env=screen.env, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    diameter = json.loads(program.stdout.readline())
    time.sleep(1)
    rate = watch(program.pid, seconds)
    log = json.loads(program.stdout.readline())
    program.kill()
    program.wait()
    return rate, log, diameter


def draw_plain(screen: Screen, seconds: float, diameter: int) -> Rate:
    """What the plain circle costs."""
    with screen.running(PYTHON, "-m", "benchmarks.circle", "plain", str(diameter)) as program:
        time.sleep(1.5)
        return watch(program.pid, seconds)


def in_turn(times: int, ours: Callable[[], float], base: Callable[[], float]) -> tuple[float, float]:
    """The medians of both, measured alternately."""
    pairs = [(ours(), base()) for _ in range(times)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def waiting_rows(screen: Screen, quick: bool) -> Iterator[Row]:
    """The app before anything is asked of it, and its first answer."""
    times, idle_s = (3, 10.0) if quick else (5, 60.0)
    app, bare = in_turn(times, lambda: start_to_icon(screen, app_command(screen)), lambda: start_to_icon(screen, BARE))
    yield Row("start to icon", app, bare, 1.6, "s")
    app, bare = in_turn(3, lambda: idle(screen, app_command(screen), 0)[0], lambda: idle(screen, BARE, 0)[0])
    yield Row("idle memory (PSS)", app, bare, 1.4, "MB")
    app, bare = in_turn(3, lambda: idle(screen, offering_command(screen), 0)[0], lambda: idle(screen, BARE, 0)[0])
    yield Row("   with offers, an agenda, all senses", app, bare, 1.4, "MB")
    _, rate = idle(screen, app_command(screen), idle_s)
    _, offering_rate = idle(screen, offering_command(screen), idle_s)
    _, base_rate = idle(screen, BARE, idle_s)
    yield Row(f"idle {idle_s:g} s: context switches", rate.switches_per_s, None, 0.2, "1/s")
    yield Row("   the bare program's", base_rate.switches_per_s, None, 0.2, "1/s")
    yield Row(f"idle {idle_s:g} s: CPU", rate.cpu_percent, None, 0.02, "% of core")
    yield Row("   with offers: context switches", offering_rate.switches_per_s, None, 0.2, "1/s")
    yield Row("   with offers: CPU", offering_rate.cpu_percent, None, 0.02, "% of core")
    clicks = click_to_window(screen, times)
    yield Row("click to window, first", clicks[0] * 1000, None, 150, "ms")
    yield Row("click to window, later (median)", statistics.median(clicks[1:]) * 1000, None, 150, "ms")


def drawing_rows(screen: Screen, quick: bool) -> Iterator[Row]:
    """The circle."""
    times, seconds = (3, 8.0) if quick else (5, 10.0)
    ours, base, frames, covered = [], [], [], 0
    for _ in range(times):
        rate, log, diameter = draw_ours(screen, seconds)
        ours.append(rate.cpu_percent)
        base.append(draw_plain(screen, seconds, diameter).cpu_percent)
        frames += list(log["frames"])  # type: ignore[call-overload]
        covered += int(log["covered_paints"])  # type: ignore[call-overload]
    late = 100 * sum(got > 1.25 * meant for meant, got, _ in frames) / len(frames)
    yield Row(f"circle of {diameter} px: CPU", statistics.median(ours), statistics.median(base), 0.7, "% of core")
    yield Row(f"circle: furthest move of {len(frames)} frames", max(moved for *_, moved in frames), None, 1.0, "px")
    yield Row("circle: frames later than 1.25 x", late, None, 1.0, "%")
    yield Row("circle: frames drawn while covered", covered, None, 0, "frames")


def sounding_rows(screen: Screen, quick: bool) -> Iterator[Row]:
    """What is heard. Loaded here: what waits and draws is measured without it."""
    from benchmarks.sound import sound_rows

    return sound_rows(screen, quick)


def measured_apart(screen: Screen, part: str, times: str) -> dict[str, Any]:
    """What a part of the benchmarks says that has a process, and a screen, to itself."""
    command = (PYTHON, "-m", f"benchmarks.{part}", times)
    program = subprocess.run(command, env=screen.env, capture_output=True, text=True, check=False)
    if program.returncode:
        sys.exit(f"bench: {part} could not be measured:\n{program.stderr}")
    said: dict[str, Any] = json.loads(program.stdout.splitlines()[-1])
    return said


def browsing_rows(screen: Screen, quick: bool) -> list[Row]:
    """The Practices page with a thousand practices of one's own."""
    found = measured_apart(screen, "browsing", "3" if quick else "7")
    rows = [Row("1,052 practices read", statistics.median(found["seconds"]), None, 0.5, "s")]
    for what, longest in found["pauses"].items():
        rows.append(Row(f"   longest pause: {what}", statistics.median(longest), None, 50, "ms"))
        if longest[0] == max(longest):
            rows.append(Row("      the first time", longest[0], None, 50, "ms"))
    return rows


def agenda_rows(screen: Screen, quick: bool) -> list[Row]:
    """A long agenda, read while the interface goes on."""
    found = measured_apart(screen, "agenda", "3" if quick else "7")
    return [
        Row("50,000 appointments read", statistics.median(found["seconds"]), None, 3.0, "s"),
        Row("   longest pause meanwhile", statistics.median(found["pauses"]), None, 50, "ms"),
    ]


def fuzzing_rows(_screen: Screen, quick: bool) -> Iterator[Row]:
    """10,000 damaged practice files and packs."""
    from benchmarks.fuzz import fuzz_rows

    return fuzz_rows(quick)


def packed_rows(screen: Screen, quick: bool) -> Iterator[Row]:
    """The start of what ``python3 dev.py package deb`` packed, beside that of the checkout; none where nothing was."""
    program = Path("build/packed/calmtray/calmtray").absolute()
    if program.exists():
        ours, base = in_turn(
            3 if quick else 7,
            lambda: start_to_icon(screen, (str(program), "--home", screen.home())),
            lambda: start_to_icon(screen, app_command(screen)),
        )
        yield Row("packed: start to icon, beside the checkout's", ours, base, 1.3, "s")


PARTS: dict[str, Callable[[Screen, bool], Iterable[Row]]] = {
    "waiting": waiting_rows,
    "drawing": drawing_rows,
    "practices": browsing_rows,
    "agenda": agenda_rows,
    "fuzz": fuzzing_rows,
    "sound": sounding_rows,
    "packed": packed_rows,
}


def main() -> int:
    """Print the table; the status says whether all is well."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs")
    parser.add_argument("--only", choices=PARTS, help="one part of the table alone")
    options = parser.parse_args()
    well = True
    print(f"{'':48} {'calmtray':>10} {'baseline':>10}", flush=True)
    with open_screen() as screen:
        for name, measure in PARTS.items():
            if options.only in (None, name):
                # Each row as soon as it is known: some take half an hour.
                for row in measure(screen, options.quick):
                    print(row, flush=True)
                    well = well and row.holds
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
