"""What a packed calmtray is made of: collected when it is packed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from importlib.metadata import Distribution, PackageNotFoundError, distributions
from pathlib import Path
from zipfile import ZipFile

from calmtray.components import UNKNOWN, Component, libraries
from tools.packing.running import run

LEFT_OUT = ("PySide6_Addons", "pycparser")
"""Asked for by calmtray or by its libraries, and nothing of them is kept (see ``kept.py``)."""

ICU_DATA = "libicudata.so.*"
SNDFILE = "import soundfile; print(soundfile.__libsndfile_version__)"

WITHIN = {
    "Qt": {
        "FreeType": "FTL OR GPL-2.0-only",
        "HarfBuzz": "MIT-Modern-Variant",
        "PCRE2": "BSD-3-Clause",
        "libjpeg-turbo": "IJG AND BSD-3-Clause AND Zlib",
        "libpng": "libpng-2.0",
        "libwebp": "BSD-3-Clause",
        "zlib": "Zlib",
    },
    "libsndfile": {
        "FLAC": "BSD-3-Clause",
        "LAME": "LGPL-2.0-or-later",
        "Ogg": "BSD-3-Clause",
        "Opus": "BSD-3-Clause",
        "Vorbis": "BSD-3-Clause",
        "mpg123": "LGPL-2.1-only",
    },
}
"""What is built into another one's files and says no version of its own."""

SLIDER = Component("The Affective Slider", "2016", "CC-BY-SA-4.0")
"""Whose scale the two sliders draw: A. Betella and P. F. M. J. Verschure."""


def within(host: str, version: str) -> list[Component]:
    """What is built into this version of it."""
    return [Component(name, f"within {host} {version}", licence) for name, licence in WITHIN[host].items()]


def of_packed(python: Path, version: str) -> tuple[list[Component], set[str]]:
    """All components of what this .venv packs, calmtray first, and which of them are libraries of Python's."""
    site = site_of(python)
    found = [each for each in libraries("calmtray", lambda name: find(name, site)) if each.name not in LEFT_OUT]
    # On Windows and macOS Qt does without.
    icu = [library.name for library in (site / "PySide6/Qt/lib").glob(ICU_DATA)]
    others = [
        Component("Python", ask(python, "import platform; print(platform.python_version())"), "PSF-2.0"),
        *_brought_along(find("PySide6_Essentials", site).version, icu, ask(python, SNDFILE)),
        Component("PyInstaller", find("pyinstaller", site).version, "GPL-2.0-or-later WITH Bootloader-exception"),
        *_own(version),
    ]
    return [Component("calmtray", version, "MIT"), *others, *found], {one.name for one in found}


def of_wheels(folder: Path, version: str) -> tuple[list[Component], set[str]]:
    """The same for the wheels in a folder, where Python is somebody else's."""
    wheels = sorted(folder.glob("*.whl"))
    found = libraries("calmtray", lambda name: find(name, *wheels))
    (qt,) = folder.glob("[Pp]y[Ss]ide6_[Ee]ssentials-*.whl")
    with ZipFile(qt) as files:
        icu = [name for each in files.namelist() if fnmatch(name := each.rpartition("/")[2], ICU_DATA)]
    # That of this Python is the one of constraints.txt, too.
    others = [*_brought_along(find("PySide6_Essentials", qt).version, icu, ask(Path(sys.executable), SNDFILE))]
    return [Component("calmtray", version, "MIT"), *others, *_own(version), *found], {one.name for one in found}


def _brought_along(qt: str, icu: Iterable[str], sndfile: str) -> list[Component]:
    """What Python's libraries bring along in their turn."""
    sndfile = sndfile.removeprefix("libsndfile-")
    return [
        Component("Qt", qt, "LGPL-3.0-only"),
        *within("Qt", qt),
        *(Component("ICU", library.rpartition(".")[2], "Unicode-DFS-2016") for library in icu),
        Component("libsndfile", sndfile, "LGPL-2.1-or-later"),
        *within("libsndfile", sndfile),
    ]


def _own(version: str) -> list[Component]:
    return [
        Component("calmtray’s practices", version, "CC-BY-4.0"),
        Component("calmtray’s pictures and sounds", version, "CC-BY-4.0"),
        Component("calmtray’s voices", version, "CC-BY-4.0"),
        SLIDER,
    ]


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
