"""Where a packed calmtray begins. It brings no ``python`` along, so it is one for the child that it starts itself."""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import MutableMapping, Sequence

CHILDREN = ("calmtray.calendars",)
"""Modules that calmtray starts in a process of their own, as ``[sys.executable, "-P", "-m", module, …]``."""

LIBRARY_PATH = "LD_LIBRARY_PATH"


def main() -> int:
    """The command line, or a child."""
    give_back(os.environ)
    child = child_of(sys.argv[1:])
    if child is None:
        from calmtray.cli import main as command_line

        return command_line()
    sys.argv[1:] = sys.argv[sys.argv.index(child) + 1 :]
    runpy.run_module(child, run_name="__main__", alter_sys=True)
    return 0


def child_of(arguments: Sequence[str]) -> str | None:
    """The child that these arguments ask Python for: calmtray's own, and no other module."""
    rest = [argument for argument in arguments[:3] if argument != "-P"]
    return rest[1] if len(rest) > 1 and rest[0] == "-m" and rest[1] in CHILDREN else None


def give_back(environ: MutableMapping[str, str]) -> None:
    """What calmtray starts (a voice, a browser) is to find its own libraries, not those that are packed."""
    before = environ.pop(f"{LIBRARY_PATH}_ORIG", None)
    if before is not None:
        environ[LIBRARY_PATH] = before
    else:
        environ.pop(LIBRARY_PATH, None)


if __name__ == "__main__":
    sys.exit(main())
