"""The sdist, and the wheel made from it: the same bytes wherever and whenever they are made from the same commit."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools.packing.running import Failed, run

EPOCH = "SOURCE_DATE_EPOCH"


def epoch(root: Path, environ: Mapping[str, str]) -> str:
    """The time that is written into what is built: as asked for, else that of the commit."""
    if environ.get(EPOCH):
        return environ[EPOCH]
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    if asked.returncode:
        raise Failed(f"This is no checkout, so it has no date of its own. Set {EPOCH}, then try again.")
    return asked.stdout.strip()


def build(target: str, source: Path, out: Path, when: str) -> Path:
    """``sdist`` or ``wheel`` of what is in ``source``."""
    out.mkdir(parents=True, exist_ok=True)
    run([sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)], cwd=source, SOURCE_DATE_EPOCH=when)
    pattern = {"sdist": "calmtray-*.tar.gz", "wheel": "calmtray-*.whl"}[target]
    return max(out.glob(pattern), key=lambda path: path.stat().st_mtime_ns)


def build_both(source: Path, out: Path, when: str) -> tuple[Path, Path]:
    """The sdist of ``source``, and the wheel that it makes: nothing is in it that the sdist lacks."""
    sdist = build("sdist", source, out, when)
    return sdist, wheel_of(sdist, out, when)


def wheel_of(sdist: Path, out: Path, when: str) -> Path:
    """The wheel that an sdist makes, as pip does on a user's machine."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(sdist) as archive:
            # What an sdist brings stays in the folder; Debian 12's own Python is older than this guard.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)  # type: ignore[assignment,unused-ignore]
            archive.extractall(folder)
        return build("wheel", next(Path(folder).iterdir()), out.absolute(), when)
