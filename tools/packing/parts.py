"""What a packed calmtray is made of, and the texts of the licences: collected when it is packed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distributions
from pathlib import Path

from calmtray.components import LICENCES, LISTED, UNKNOWN, Component, libraries, licence_files
from tools.packing.running import run

LEFT_OUT = ("PySide6_Addons", "pycparser")
"""Asked for by calmtray or by its libraries, and nothing of them is kept (see ``kept.py``)."""

COMMON_LICENCES = "/usr/share/common-licenses"
"""Where every Debian has these texts."""

FULL_TEXTS = {
    "GPL-2": r"[ \t]*GNU GENERAL PUBLIC LICENSE\s+Version 2, June 1991.*?END OF TERMS AND CONDITIONS",
    "Apache-2.0": r"[ \t]*Apache License\s+Version 2\.0, January 2004.*?END OF TERMS AND CONDITIONS",
}

NO_TEXT = {
    "PySide6_Essentials": "LGPL-3", "Qt": "LGPL-3", "shiboken6": "LGPL-3", "libsndfile": "LGPL-2.1",
    "PyInstaller": "GPL-2",
}  # fmt: skip

NOTES = {
    "Qt": "The Qt Project offers its source. Other builds of its libraries may be put in their place.",
    "ICU": "Its data is kept for English and French.",
    "libsndfile": "With FLAC, Ogg, Vorbis, Opus (BSD-3-Clause), LAME (LGPL-2.0-or-later), mpg123 (LGPL-2.1-only).",
    "PyInstaller": "The program that starts Python. Its exception allows any licence for what it starts.",
}


def of_packed(python: Path, folder: Path, version: str) -> tuple[list[Component], set[str]]:
    """All components of what is packed in ``folder``, calmtray first, and which of them are libraries of Python's."""
    site = site_of(python)
    found = [each for each in libraries("calmtray", lambda name: find(name, site)) if each.name not in LEFT_OUT]
    qt = find("PySide6_Essentials", site).version
    icu = next((folder / "_internal/PySide6/Qt/lib").glob("libicudata.so.*")).name.rpartition(".")[2]
    sndfile = _ask(python, "import soundfile; print(soundfile.__libsndfile_version__)")
    others = [
        Component("Python", _ask(python, "import platform; print(platform.python_version())"), "PSF-2.0"),
        Component("Qt", qt, "LGPL-3.0-only"),
        Component("ICU", icu, "Unicode-DFS-2016"),
        Component("libsndfile", sndfile, "LGPL-2.1-or-later"),
        Component("PyInstaller", find("pyinstaller", site).version, "GPL-2.0-or-later WITH Bootloader-exception"),
        Component("calmtray’s practices", version, "CC-BY-4.0"),
        Component("calmtray’s pictures and sounds", version, "CC-BY-4.0"),
        Component("calmtray’s voices", version, "CC-BY-4.0"),
    ]  # fmt: skip
    return [Component("calmtray", version, "MIT"), *others, *found], {one.name for one in found}


def write_list(components: Sequence[Component], folder: Path) -> None:
    """Where ``calmtray --version --verbose`` looks for it."""
    listed = [{"name": one.name, "version": one.version, "licence": one.licence} for one in components]
    (folder / "_internal/calmtray" / LISTED).write_text(
        json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def write_licences(text: str, folder: Path) -> None:
    """Where the page *About* looks for them."""
    (folder / "_internal/calmtray" / LICENCES).write_text(text, encoding="utf-8")


def copyright_text(components: Sequence[Component], python: Path, root: Path) -> str:
    """Every component with its licence, in full where Debian has it not."""
    site = site_of(python)
    own = "\n\n".join(
        (root / path).read_text(encoding="utf-8") for path in ("LICENSE", "assets/LICENSE", "practices/LICENSE")
    )
    sources = (root / "assets/SOURCES.toml").read_text(encoding="utf-8")
    parts = [f"calmtray, its practices, pictures, sounds and voices\n\n{own}\n\n{sources}"]
    parts += [_licence_part(one, site, python) for one in components[1:] if not one.name.startswith("calmtray")]
    return f"\n\n{'-' * 80}\n\n".join(part.strip() for part in parts) + "\n"


def _licence_part(one: Component, site: Path, python: Path) -> str:
    said = [f"{one.name} {one.version}", f"Licence: {one.licence}"]
    if one.name in NOTES:
        said.append(NOTES[one.name])
    if one.name in NO_TEXT:
        said.append(f"The text of the licence is in {COMMON_LICENCES}/{NO_TEXT[one.name]}.")
    return "\n".join(said) + "\n\n" + "\n\n".join(_texts(one, site, python))


def _texts(one: Component, site: Path, python: Path) -> list[str]:
    if one.name == "Python":
        library = Path(_ask(python, "import sysconfig; print(sysconfig.get_path('stdlib'))"))
        return [(library / "LICENSE.txt").read_text(encoding="utf-8")]
    try:
        return [_pointing(path.read_text(encoding="utf-8")) for path in licence_files(find(one.name, site))]
    except PackageNotFoundError:
        return []


def _pointing(text: str) -> str:
    """A licence that every Debian has is pointed to, as its policy wants (12.5)."""
    for name, full in FULL_TEXTS.items():
        text = re.sub(full, f"The text is in {COMMON_LICENCES}/{name}.", text, flags=re.DOTALL)
    return text


def site_of(python: Path) -> Path:
    """Where this Python's libraries are."""
    return Path(_ask(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))


def find(name: str, site: Path) -> Distribution:
    """A library that is installed there."""
    found = next(iter(distributions(name=name, path=[str(site)])), None)
    if found is None:
        raise PackageNotFoundError(name)
    return found


def unsaid(components: Sequence[Component]) -> list[str]:
    """Those whose licence is not known: none may be packed."""
    return [one.name for one in components if one.licence == UNKNOWN]


def _ask(python: Path, question: str) -> str:
    return run([str(python), "-c", question]).strip()
