"""The process that reads calendars: how it is started, and how long it is waited for."""

from __future__ import annotations

import subprocess
import sys

from calmtray.calendars.asking import Question, agenda
from calmtray.schedule.agenda import Agenda

PATIENCE_S = 20

TOO_LONG, GAVE_UP = "agenda-too-long", "agenda-gave-up"


def command() -> tuple[str, list[str]]:
    """The program and its arguments. Nothing that lies in the folder where somebody stands is imported (-P)."""
    return sys.executable, ["-P", "-m", "calmtray.calendars"]


def read_now(question: Question) -> Agenda:
    """Start it and wait: for the command line, where nothing else is going on."""
    program, arguments = command()
    try:
        done = subprocess.run(
            [program, *arguments], input=question.written(), capture_output=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as stopped:
        return agenda(stopped.stdout or b"", TOO_LONG)
    return agenda(done.stdout, GAVE_UP)
