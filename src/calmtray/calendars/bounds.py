"""How much of the machine the child may take, where the system keeps an eye on it."""

from __future__ import annotations

import os
import sys

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
"""Of a processor's time; whoever started it does not wait longer by the clock either."""


def keep_within_bounds() -> None:
    """Take no more than that, and step back for whatever else has work to do."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(10)
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        _soft, hard = resource.getrlimit(limit)
        try:
            resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (OSError, ValueError):
            # Some systems know of a limit and don't take it.
            continue
