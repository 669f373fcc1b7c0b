"""Starts the programs that build."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


class Failed(Exception):
    """Something could not be built; the text is for whoever builds."""


def require(tools: Mapping[str, str]) -> None:
    """Raises Failed where programs are missing; ``tools``: by name, and the package of Debian's that has each."""
    missing = sorted({package for tool, package in tools.items() if shutil.which(tool) is None})
    if missing:
        raise Failed(f"Building needs what is not here. Install {' '.join(missing)}, then try again.")


def run(command: Sequence[str | Path], cwd: Path | None = None, **environ: str) -> str:
    """Run a program to its end, and give what it prints. It is shown only if the program fails."""
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, "LC_ALL": "C.UTF-8", **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise Failed(f"{command[0]} is missing here. packaging/README.md says what building needs.") from error
    if done.returncode:
        said = f"{done.stdout}{done.stderr}".strip()
        raise Failed(f"{said}\n\n{command[0]} ended with {done.returncode}, for the reason above.")
    return done.stdout
