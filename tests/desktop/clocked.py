"""calmtray with a clock that a test moves: ``python -m tests.desktop.clocked FILE ARGUMENTS``.

FILE says how far the clock on the wall and the one that never goes back are ahead, in seconds: ``2400 0`` after a sleep
of forty minutes, ``2460 60`` a minute later.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from calmtray.desktop import clock

AHEAD = Path(sys.argv.pop(1))
real_now, real_zoned_now, real_monotonic_ms = clock.now, clock.zoned_now, clock.monotonic_ms


def ahead_s() -> tuple[float, float]:
    """On the wall, and of the one that never goes back."""
    wall, monotonic = map(float, AHEAD.read_text().split())
    return wall, monotonic


clock.now = lambda: real_now() + timedelta(seconds=ahead_s()[0])
clock.zoned_now = lambda: real_zoned_now() + timedelta(seconds=ahead_s()[0])
clock.asleep_s = lambda: ahead_s()[0] - ahead_s()[1]
clock.monotonic_ms = lambda: real_monotonic_ms() + ahead_s()[1] * 1_000

from calmtray.cli import main  # noqa: E402 - whoever reads the clock reads the moved one

if __name__ == "__main__":
    sys.exit(main())
