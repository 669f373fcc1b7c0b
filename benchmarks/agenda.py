"""An agenda of 50,000 appointments: how long a child reads it, and how long the interface stands still meanwhile.

Prints a line of JSON: for each time, the seconds until the answer, and the longest pause of the event loop (ms).
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QTimer

from calmtray.own_agenda import OwnAgenda
from calmtray.settings.model import Settings
from tests.calendars.asked import MONDAY, many

ENTRIES = 50_000
NOW = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 9, tzinfo=ZoneInfo("Europe/Paris"))
BEAT_MS = 2


def read_once(app: QCoreApplication, settings: Settings) -> tuple[float, float]:
    """Ask, and go on beating until the answer is there."""
    agenda = OwnAgenda(lambda: settings)
    agenda.changed.connect(app.quit)
    longest, last = 0.0, time.perf_counter()

    def beat() -> None:
        nonlocal longest, last
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(BEAT_MS)
    began = time.perf_counter()
    agenda.around(NOW)
    app.exec()
    beat()
    took = time.perf_counter() - began
    assert agenda.known.events, agenda.known.problems
    agenda.close()
    return took, longest * 1000


def main() -> None:
    """Measure so many times."""
    app = QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "agenda.ics"
        file.write_text(many(ENTRIES, MONDAY + timedelta(days=365)), encoding="utf-8", newline="")
        settings = Settings(offers="on", agenda=(str(file),))
        measured = [read_once(app, settings) for _ in range(int(sys.argv[1]))]
    print(json.dumps({"seconds": [took for took, _ in measured], "pauses": [pause for _, pause in measured]}))


if __name__ == "__main__":
    main()
