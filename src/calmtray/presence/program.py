"""What a short-lived program says, within patience."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence

from calmtray.presence.sense import CantTell, Patience, Why


def what_it_says(command: Sequence[str], environ: Mapping[str, str] | None, patience: Patience) -> bytes:
    """Its output. Raises CantTell where the program is not there, fails, or does not end in time."""
    try:
        done = subprocess.run(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience.left_s(),
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise CantTell(Why.NO_ANSWER) from None
    except subprocess.CalledProcessError:
        raise CantTell(Why.NOT_SAID) from None
    except OSError:
        raise CantTell(Why.NOBODY_TO_ASK) from None
    return done.stdout
