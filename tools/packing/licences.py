"""The texts of the licences of all that is packed, collected when it is packed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from calmtray.components import Component, licence_files
from tools.packing.parts import ask, find, site_of

COMMON_LICENCES = "/usr/share/common-licenses"
"""Where every Debian has these texts."""

KEPT = "packaging/licences"
"""Where this checkout has them, for systems that do not."""

INNER = "packaging/licences/within"
"""And the texts of those that bring no file along, as their authors or a distribution give them."""

FULL_TEXTS = {
    "GPL-2": r"[ \t]*GNU GENERAL PUBLIC LICENSE\s+Version 2, June 1991.*?END OF TERMS AND CONDITIONS",
    "Apache-2.0": r"[ \t]*Apache License\s+Version 2\.0, January 2004.*?END OF TERMS AND CONDITIONS",
}

# Those that bring no text along. The LGPL's third version is a list of permissions on top of the GPL's.
NO_TEXT = {
    "PySide6_Essentials": ("LGPL-3", "GPL-3"), "Qt": ("LGPL-3", "GPL-3"), "shiboken6": ("LGPL-3", "GPL-3"),
    "libsndfile": ("LGPL-2.1",), "PyInstaller": ("GPL-2",),
}  # fmt: skip

NOTES = {
    "Qt": "The Qt Project offers its source. Other builds of its libraries may be put in their place.",
    "ICU": "Its data is kept for English and French.",
    "The Affective Slider": (
        "A digital self-assessment scale by A. Betella and P. F. M. J. Verschure (PLoS ONE 11(2): e0148037), drawn anew"
        " here. The text of the licence: creativecommons.org/licenses/by-sa/4.0/legalcode."
    ),
    "libjpeg-turbo": "This software is based in part on the work of the Independent JPEG Group.",
    "PyInstaller": "The program that starts Python. Its exception allows any licence for what it starts.",
}


def licences(components: Sequence[Component], python: Path, root: Path, debian: bool) -> str:
    """Every component with its licence in full, but for what every Debian has where it is packed for ``debian``."""
    own = "\n\n".join(_read(root / path) for path in ("LICENSE", "assets/LICENSE", "practices/LICENSE"))
    sources = _read(root / "assets/SOURCES.toml")
    parts = [f"calmtray, its practices, pictures, sounds and voices\n\n{own}\n\n{sources}"]
    others = [one for one in components[1:] if not one.name.startswith("calmtray")]
    parts += [_part(one, python, root, debian) for one in others]
    if not debian:
        wanted = sorted({name for one in others for name in NO_TEXT.get(one.name, ())})
        parts += [f"{name}\n\n{_read(root / KEPT / f'{name}.txt')}" for name in wanted]
    return f"\n\n{'-' * 80}\n\n".join(part.strip() for part in parts) + "\n"


def _part(one: Component, python: Path, root: Path, debian: bool) -> str:
    said = [f"{one.name} {one.version}", f"Licence: {one.licence}"]
    if one.name in NOTES:
        said.append(NOTES[one.name])
    if one.name in NO_TEXT:
        names = NO_TEXT[one.name]
        where = [f"{COMMON_LICENCES}/{name}" for name in names] if debian else [f"{name}, below" for name in names]
        said.append(f"The text of the licence: {'; '.join(where)}.")
    texts = _texts(one, python, root)
    return "\n".join(said) + "\n\n" + "\n\n".join(map(_pointing, texts) if debian else texts)


def _texts(one: Component, python: Path, root: Path) -> list[str]:
    inner = root / INNER / f"{one.name}.txt"
    if inner.is_file():
        return [_read(inner)]
    if one.name == "Python":
        places = ask(python, "import sys, sysconfig; print(sysconfig.get_path('stdlib'), sys.base_prefix, sep='\\n')")
        # Windows keeps it above the library.
        found = (Path(place, "LICENSE.txt") for place in places.splitlines())
        return [_read(next(path for path in found if path.is_file()))]
    try:
        return [_read(path) for path in licence_files(find(one.name, site_of(python)))]
    except PackageNotFoundError:
        return []


def _pointing(text: str) -> str:
    """A licence that every Debian has is pointed to, as its policy wants (12.5)."""
    for name, full in FULL_TEXTS.items():
        text = re.sub(full, f"The text is in {COMMON_LICENCES}/{name}.", text, flags=re.DOTALL)
    return text


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
