"""The texts of the licences of all that calmtray is made of."""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Callable, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from calmtray.components import Component, components
from calmtray.desktop.paths import bundled

PACKED = "licences.txt"
"""What a package lays at the top of itself: all of them, collected when it was packed."""

LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice)")

# Those that bring no text along. The LGPL's third version is a list of permissions on top of the GPL's.
NO_TEXT = {
    "PySide6_Addons": ("LGPL-3", "GPL-3"), "PySide6_Essentials": ("LGPL-3", "GPL-3"), "Qt": ("LGPL-3", "GPL-3"),
    "shiboken6": ("LGPL-3", "GPL-3"), "libsndfile": ("LGPL-2.1",), "PyInstaller": ("GPL-2",),
}  # fmt: skip

NOTES = {
    "Qt": (
        "Its source: download.qt.io/official_releases/qt, in the folder of this version. Other builds of its libraries"
        " may be put in their place."
    ),
    "PySide6_Essentials": "Its source: download.qt.io/official_releases/QtForPython, in the folder of this version.",
    "shiboken6": "Its source: download.qt.io/official_releases/QtForPython, in the folder of this version.",
    "libsndfile": "Its source: github.com/libsndfile/libsndfile. Another build of it may be put in its place.",
    "mpg123": "Its source: mpg123.org.",
    "LAME": "Its source: lame.sourceforge.io.",
    "recurring-ical-events": "Its source: github.com/niccokunzmann/python-recurring-ical-events.",
    "x-wr-timezone": "Its source: github.com/niccokunzmann/x-wr-timezone.",
    "ICU": "Its data is kept for English and French.",
    "The Affective Slider": (
        "A digital self-assessment scale by A. Betella and P. F. M. J. Verschure (PLoS ONE 11(2): e0148037), drawn anew"
        " here. The text of the licence: creativecommons.org/licenses/by-sa/4.0/legalcode."
    ),
    "libjpeg-turbo": "This software is based in part on the work of the Independent JPEG Group.",
    "PyInstaller": "The program that starts Python. Its exception allows any licence for what it starts.",
}


def licence_texts() -> str:
    """All of them: as they were packed along, or collected from what is installed here."""
    packed = bundled("assets").parent / PACKED
    if packed.is_file():
        return packed.read_text(encoding="utf-8")
    own = "\n\n".join(map(_read, licence_files(distribution("calmtray"))))
    return collect(own, components(), _brought_along)


def collect(own: str, parts: Sequence[Component], brought: Callable[[Component], list[str]], system: str = "") -> str:
    """Every component with its licence in full, calmtray's ``own`` first.

    ``brought``: the texts that a library of Python's, or Python itself, brings along. ``system``: where the system that
    this is for has the GNU licences, which are pointed to then.
    """
    assets = bundled("assets")
    texts = (own, _read(assets / "LICENSE"), _read(bundled("practices") / "LICENSE"), _read(assets / "SOURCES.toml"))
    chapters = ["calmtray, its practices, pictures, sounds and voices\n\n" + "\n\n".join(texts)]
    others = [each for each in parts if not each.name.startswith("calmtray")]
    chapters += [_chapter(each, brought, system) for each in others]
    if not system:
        wanted = sorted({name for each in others for name in NO_TEXT.get(each.name, ())})
        chapters += [f"{name}\n\n{_read(assets / 'licences' / f'{name}.txt')}" for name in wanted]
    return f"\n\n{'-' * 80}\n\n".join(chapter.strip() for chapter in chapters) + "\n"


def licence_files(one: Distribution) -> list[Path]:
    """The files in which a library says its licence."""
    wanted = (file for file in one.files or () if ".dist-info" in str(file) and LICENCE_FILE.match(file.name))
    return [path for file in wanted if (path := Path(str(file.locate()))).is_file()]


def _chapter(one: Component, brought: Callable[[Component], list[str]], system: str) -> str:
    said = [f"{one.name} {one.version}", f"Licence: {one.licence}"]
    if one.name in NOTES:
        said.append(NOTES[one.name])
    if names := NO_TEXT.get(one.name):
        where = [f"{system}/{name}" if system else f"{name}, below" for name in names]
        said.append(f"The text of the licence: {'; '.join(where)}.")
    within = bundled("assets") / "licences" / "within" / f"{one.name}.txt"
    texts = [_read(within)] if within.is_file() else brought(one)
    return "\n".join(said) + "\n\n" + "\n\n".join(texts)


def _brought_along(one: Component) -> list[str]:
    """What is installed here with it."""
    if one.name == "Python":
        text = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
        return [_read(text)] if text.is_file() else []
    try:
        return [_read(path) for path in licence_files(distribution(one.name))]
    except PackageNotFoundError:
        return []


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
