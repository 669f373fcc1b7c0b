"""What a packed calmtray is made of: collected when it is packed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distributions
from pathlib import Path
from zipfile import ZipFile

from calmtray.components import UNKNOWN, Component, libraries, made_of, within
from tools.packing.running import run

LEFT_OUT = ("PySide6_Addons", "pycparser")
"""Asked for by calmtray or by its libraries, and nothing of them is kept (see ``kept.py``)."""

SNDFILE = "import soundfile; print(soundfile.__libsndfile_version__)"


def of_packed(python: Path, version: str) -> tuple[list[Component], set[str]]:
    """All components of what this .venv packs, calmtray first, and which of them are libraries of Python's."""
    site = site_of(python)
    found = [each for each in libraries("calmtray", lambda name: find(name, site)) if each.name not in LEFT_OUT]
    qt = [path.name for path in (site / "PySide6/Qt/lib").glob("*")]
    parts = made_of(
        version,
        *within("Python", "PSF-2.0", ask(python, "import platform; print(platform.python_version())")),
        *within("Qt", "LGPL-3.0-only", find("PySide6_Essentials", site).version, qt),
        *within("libsndfile", "LGPL-2.1-or-later", ask(python, SNDFILE)),
        Component("PyInstaller", find("pyinstaller", site).version, "GPL-2.0-or-later WITH Bootloader-exception"),
        *found,
    )
    return parts, {one.name for one in found}


def of_wheels(folder: Path, version: str) -> tuple[list[Component], set[str]]:
    """The same for the wheels in a folder, where Python is somebody else's."""
    wheels = sorted(folder.glob("*.whl"))
    found = libraries("calmtray", lambda name: find(name, *wheels))
    (qt,) = folder.glob("[Pp]y[Ss]ide6_[Ee]ssentials-*.whl")
    with ZipFile(qt) as files:
        names = [each.rpartition("/")[2] for each in files.namelist()]
    parts = made_of(
        version,
        *within("Qt", "LGPL-3.0-only", find("PySide6_Essentials", qt).version, names),
        # That of this Python is the one of constraints.txt, too.
        *within("libsndfile", "LGPL-2.1-or-later", ask(Path(sys.executable), SNDFILE)),
        *found,
    )
    return parts, {one.name for one in found}


def as_list(components: Sequence[Component]) -> str:
    """As ``calmtray --version --verbose`` reads it."""
    listed = [{"name": one.name, "version": one.version, "licence": one.licence} for one in components]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def unsaid(components: Sequence[Component]) -> list[str]:
    """Those whose licence is not known: none may be packed."""
    return [one.name for one in components if one.licence == UNKNOWN]


def site_of(python: Path) -> Path:
    """Where this Python's libraries are."""
    return Path(ask(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))


def find(name: str, *places: Path) -> Distribution:
    """A library that is installed in one of these folders, or is one of these wheels."""
    found = next(iter(distributions(name=name, path=[*map(str, places)])), None)
    if found is None:
        raise PackageNotFoundError(name)
    return found


def ask(python: Path, question: str) -> str:
    """What this Python prints when it is told so."""
    return run([str(python), "-c", question]).strip()
