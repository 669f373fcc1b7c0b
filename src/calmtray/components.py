"""What calmtray is made of: every component with its version and its licence."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from calmtray import __version__
from calmtray.desktop.paths import bundled

LICENCES = "licences.txt"
LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice)")

LISTED = "components.json"
"""What a package lists at the top of itself: it is made of more than Python knows of."""

UNKNOWN = "?"
"""Where a component does not say."""

NAME = re.compile(r"[A-Za-z0-9._-]+")

# For libraries that say their licence in no field, or in a word that means several.
SAID_ELSEWHERE = {"jeepney": "MIT", "pydub": "MIT", "qasync": "BSD-2-Clause", "miniaudio": "MIT"}
OF_CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """One of them. ``licence``: as SPDX writes it."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom a voice is owed to, in the words of ``assets/SOURCES.toml``."""

    note: str
    licence: str


def credits_of_voices() -> list[Credit]:
    """One for each voice, in the order of the file; all else there was made for calmtray."""
    listed = tomllib.loads((bundled("assets") / "SOURCES.toml").read_text(encoding="utf-8"))["asset"]
    voices = (each for each in listed if each["files"].startswith("voices/"))
    return [Credit(" ".join(each["note"].split()), each["licence"]) for each in voices]


def licence_texts() -> str:
    """The texts of all licences: those that were packed along, or those that the installed libraries bring."""
    packed = bundled("assets").parent / LICENCES
    if packed.is_file():
        return packed.read_text(encoding="utf-8")
    parts = []
    for each in components():
        texts = "\n\n".join(_texts(each.name)) or "–"
        parts.append(f"{each.name} {each.version} ({each.licence})\n\n{texts.strip()}")
    return f"\n\n{'-' * 80}\n\n".join(parts) + "\n"


def licence_files(one: Distribution) -> list[Path]:
    """The files in which a library says its licence."""
    wanted = (file for file in one.files or () if ".dist-info" in str(file) and LICENCE_FILE.match(file.name))
    return [path for file in wanted if (path := Path(str(file.locate()))).is_file()]


def _texts(name: str) -> list[str]:
    try:
        return [path.read_text(encoding="utf-8", errors="replace") for path in licence_files(distribution(name))]
    except PackageNotFoundError:
        return []


def components() -> list[Component]:
    """All of them, calmtray first."""
    listed = bundled("assets").parent / LISTED
    if listed.is_file():
        return [Component(**each) for each in json.loads(listed.read_text(encoding="utf-8"))]
    return [Component("calmtray", __version__, "MIT"), python(), *libraries("calmtray", distribution)]


def python() -> Component:
    """The Python that runs this."""
    import platform

    return Component("Python", platform.python_version(), "PSF-2.0")


def libraries(name: str, find: Callable[[str], Distribution]) -> list[Component]:
    """The libraries that are installed for one, all the way down, without itself."""
    found: dict[str, Component] = {}
    ahead = [name]
    while ahead:
        try:
            one = find(ahead.pop())
        except PackageNotFoundError:
            continue  # of another system, or of an extra
        if one.name not in found:
            found[one.name] = Component(one.name, one.version, licence(one))
            ahead += [asked for line in one.requires or () if (asked := _named(line))]
    del found[find(name).name]
    return sorted(found.values(), key=lambda component: component.name.lower())


def licence(one: Distribution) -> str:
    """The licence of a library, from whichever field it is said in."""
    said = one.metadata
    if one.name in SAID_ELSEWHERE:
        return SAID_ELSEWHERE[one.name]
    if "License-Expression" in said:
        return str(said["License-Expression"])
    classified = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if "License ::" in line]
    known = [OF_CLASSIFIERS[word] for word in classified if word in OF_CLASSIFIERS]
    if known:
        return " AND ".join(known)
    lines = str(said["License"] or "").strip().splitlines()
    return lines[0] if len(lines) == 1 else UNKNOWN


def _named(requirement: str) -> str | None:
    """The library that a requirement names, but for one of an extra."""
    found = NAME.match(requirement)
    return None if found is None or "extra ==" in requirement else found[0]
