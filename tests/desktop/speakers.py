"""Speakers of our own that somebody listens to: a PulseAudio server with a null sink, and a recorder on its monitor."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from tests.desktop import programs
from tests.desktop.desk import Desk
from tests.desktop.hearing import RATE, Mono, Recording
from tests.desktop.waiting import wait_for

SINK = "speakers"
OTHERS = "headphones"
SINK_ARGUMENTS = (f"sink_name={SINK}", f"rate={RATE}", "channels=2", "format=s16le")
READ_MS = 5
SURE_S = 0.1
"""A recorder is listening once this much has come: the first blocks arrive in a heap."""

ASLEEP_S = 0.5
"""Speakers that somebody listens to say something all the time; for so long only those that sleep say nothing."""

EARLIEST_WITHIN_S = 1.0
ENOUGH_PARTS = 4
SLIP_MS = 3.0
"""A recorder whose clock is off its line by more than this has lost frames, and what it says of time is worthless."""

Stamps = NDArray[np.float64]
"""(blocks, 2): how many frames had come, and the instant of it in seconds."""


class Speakers:
    """A sound server for one desk. The programs on it find it where a user's own server is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # The server itself must not look for another one.
        self._env = {name: value for name, value in desk.env.items() if name != "PULSE_SERVER"}
        self._server: subprocess.Popen[bytes] | None = None
        self._sink = ""
        self._others = ""
        self._recorders: list[Recorder] = []

    def start(self) -> None:
        """Start the server, with the speakers plugged in."""
        assert self._server is None
        self._server = programs.start(
            (
                "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes",
                "-L", "module-native-protocol-unix",
            ),
            self._env,
            self._desk.folder / "pulseaudio.log",
        )  # fmt: skip
        wait_for(lambda: self._desk.ask("pactl", "info"), "the sound server to answer")
        self.put_back()

    def close(self) -> None:
        """Put everything away, as far as it came up."""
        while self._recorders:
            self._recorders.pop().close()
        if self._server is not None:
            programs.stop(self._server)
            self._server = None

    def kill(self) -> None:
        """As a server that crashes."""
        assert self._server is not None
        programs.stop(self._server, signal.SIGKILL)
        self._server = None

    def hang(self) -> None:
        """As a server that is there and answers nobody."""
        assert self._server is not None
        self._server.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """It answers again."""
        assert self._server is not None
        self._server.send_signal(signal.SIGCONT)

    def pull_out(self) -> None:
        """Unplug the speakers; there are no others."""
        self._desk.ask("pactl", "unload-module", self._sink)
        wait_for(lambda: SINK not in self._desk.ask("pactl", "list", "short", "sinks"), "the speakers to be gone")

    def put_back(self) -> None:
        """Plug them in."""
        self._sink = self._desk.ask("pactl", "load-module", "module-null-sink", *SINK_ARGUMENTS).strip()
        wait_for(lambda: SINK in self._desk.ask("pactl", "list", "short", "sinks"), "the speakers to be there")

    def choose_others(self) -> None:
        """Make other speakers the default, as somebody does who puts headphones on; what plays goes there too."""
        arguments = (f"sink_name={OTHERS}", *SINK_ARGUMENTS[1:])
        self._others = self._desk.ask("pactl", "load-module", "module-null-sink", *arguments).strip()
        self._desk.ask("pactl", "set-default-sink", OTHERS)
        wait_for(lambda: all(self._plays_on(OTHERS)), "what plays to go there")

    def choose_back(self) -> None:
        """Make the first ones the default again."""
        self._desk.ask("pactl", "set-default-sink", SINK)
        wait_for(lambda: all(self._plays_on(SINK)), "what plays to come back")
        self._desk.ask("pactl", "unload-module", self._others)

    def take_away(self) -> None:
        """As a program that has the device to itself: nobody else is served."""
        self._desk.ask("pactl", "suspend-sink", SINK, "1")

    def give_back(self) -> None:
        """That program has done."""
        self._desk.ask("pactl", "suspend-sink", SINK, "0")

    def _plays_on(self, name: str) -> list[bool]:
        sinks = dict(line.split("\t")[:2] for line in self._desk.ask("pactl", "list", "short", "sinks").splitlines())
        return [sinks.get(line.split("\t")[1]) == name for line in self.streams()]

    def streams(self) -> list[str]:
        """What plays on them now, a line each."""
        return self._desk.ask("pactl", "list", "short", "sink-inputs").splitlines()

    def clients(self) -> int:
        """How many programs are connected, the one that asks included."""
        return len(self._desk.ask("pactl", "list", "short", "clients").splitlines())

    def record(self) -> Recorder:
        """Listen from now on. Speakers that somebody listens to are awake: what is played is heard at once."""
        recorder = Recorder(self._desk)
        self._recorders.append(recorder)
        wait_for(lambda: recorder.seconds >= SURE_S, "the recorder to hear the silence")
        return recorder


class Recorder:
    """Listens to the speakers, and notes when each block arrived."""

    def __init__(self, desk: Desk) -> None:
        self._log = (desk.folder / "parec.log").open("ab")
        self._program = subprocess.Popen(
            [
                "setpriv", "--pdeathsig", "KILL", "parec", "--raw", f"--device={SINK}.monitor", f"--rate={RATE}",
                "--channels=1", "--format=s16le", f"--latency-msec={READ_MS}", f"--process-time-msec={READ_MS}",
            ],
            env=desk.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._log, start_new_session=True,
        )  # fmt: skip
        self._blocks: list[bytes] = []
        self._stamps: list[tuple[int, float]] = []
        self._bytes = 0
        self._reader = threading.Thread(target=self._read, name="recorder", daemon=True)
        self._reader.start()

    @property
    def seconds(self) -> float:
        """How much it has heard."""
        return self._bytes / 2 / RATE

    def so_far(self) -> Recording:
        """What it has heard. Raises AssertionError where it lost some of that."""
        stamps = np.array(self._stamps[:])
        return Recording(self._samples(int(stamps[-1, 0])), *_clock(stamps))

    def stop(self) -> Recording:
        """Hear what is still under way, and end."""
        enough = self.seconds + SURE_S
        # Speakers that were pulled out, or that are asleep, say nothing any more.
        wait_for(lambda: self.seconds >= enough or self._hears_nothing, "the recorder to catch up")
        self.close()
        return self.so_far()

    def close(self) -> None:
        """End, whatever it has heard."""
        if self._program.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._program.pid, signal.SIGTERM)
        self._program.wait(5)
        self._reader.join(5)
        if self._program.stdout is not None:
            self._program.stdout.close()
        self._log.close()

    @property
    def _hears_nothing(self) -> bool:
        return not self._reader.is_alive() or time.monotonic() - self._stamps[-1][1] > ASLEEP_S

    def _read(self) -> None:
        assert self._program.stdout is not None
        pipe = self._program.stdout.fileno()
        while block := os.read(pipe, 1 << 16):
            now = time.monotonic()
            self._blocks.append(block)
            self._bytes += len(block)
            self._stamps.append((self._bytes // 2, now))

    def _samples(self, frames: int) -> Mono:
        whole = b"".join(self._blocks)[: 2 * frames]
        return (np.frombuffer(whole, dtype="<i2") / np.float32(32_768)).astype(np.float32)


def _clock(stamps: Stamps) -> tuple[float, float]:
    """The instant of frame 0 and the seconds from one frame to the next, from how many frames there were when.

    A block is never too early and often late: the earliest ones are right. They must lie on one line, or the
    recorder has lost something on the way.
    """
    # The first blocks come in a heap, with what the pipe has held.
    settled = stamps[stamps[:, 0] > SURE_S * RATE]
    late = settled[:, 1] - settled[:, 0] / RATE
    parts = np.array_split(np.arange(len(settled)), max(1, int((settled[-1, 1] - settled[0, 1]) / EARLIEST_WITHIN_S)))
    earliest = np.array([part[np.argmin(late[part])] for part in parts])
    frames, lates = settled[earliest, 0], late[earliest]
    drift, start = np.polyfit(frames, lates, 1) if len(parts) >= ENOUGH_PARTS else (0.0, float(lates.min()))
    slip_ms = float(np.abs(lates - start - drift * frames).max()) * 1000
    assert slip_ms <= SLIP_MS, f"The recorder slipped by {slip_ms:.1f} ms: it lost frames, or was kept from reading."
    return float(start), 1 / RATE + float(drift)
