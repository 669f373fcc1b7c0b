"""What calmtray is made of: every component with its version and its licence."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from calmtray import __version__
from calmtray.desktop.paths import bundled

LISTED = "components.json"
"""What a package lists at the top of itself: it is made of more than Python knows of."""

UNKNOWN = "?"
"""Where a component does not say."""

ICU_DATA = re.compile(r"libicudata\.so\.(\d+)")
NAME = re.compile(r"[A-Za-z0-9._-]+")

# For libraries that say their licence in no field, or in words that mean several.
SAID_ELSEWHERE = {
    "jeepney": "MIT",
    "miniaudio": "MIT",
    "pydub": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qasync": "BSD-2-Clause",
}
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


WITHIN = {
    "Qt": {
        "BLAKE2": "CC0-1.0",
        "Easing Equations": "BSD-3-Clause",
        "FreeType": "FTL OR GPL-2.0-only",
        "HarfBuzz": "MIT-Modern-Variant",
        "Keccak": "CC0-1.0",
        "PCRE2": "BSD-3-Clause",
        "RFC 6234": "BSD-3-Clause",
        "TinyCBOR": "MIT",
        "Vulkan Memory Allocator": "MIT",
        "double-conversion": "BSD-3-Clause",
        "forkfd": "MIT",
        "libjpeg-turbo": "IJG AND BSD-3-Clause AND Zlib",
        "libpng": "libpng-2.0",
        "libwebp": "BSD-3-Clause",
        "md4c": "MIT",
        "pixman": "MIT",
        "zlib": "Zlib",
    },
    "Python": {
        "expat": "MIT",
        "libmpdec": "BSD-2-Clause",
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


def components() -> list[Component]:
    """All of them, calmtray first."""
    listed = bundled("assets").parent / LISTED
    if listed.is_file():
        return [Component(**each) for each in json.loads(listed.read_text(encoding="utf-8"))]
    import platform

    import soundfile

    qt = distribution("PySide6_Essentials")
    return made_of(
        __version__,
        Component("Python", platform.python_version(), "PSF-2.0"),
        *within("Qt", "LGPL-3.0-only", qt.version, [file.name for file in qt.files or ()]),
        *within("libsndfile", "LGPL-2.1-or-later", soundfile.__libsndfile_version__),
        *libraries("calmtray", distribution),
    )


def made_of(version: str, *others: Component) -> list[Component]:
    """This calmtray, the others, and what of calmtray has a licence of its own."""
    parts = (f"calmtray’s {part}" for part in ("practices", "pictures and sounds", "voices"))
    own = (Component(each, version, "CC-BY-4.0") for each in parts)
    return [Component("calmtray", version, "MIT"), *others, *own, SLIDER]


def within(host: str, licence: str, version: str, files: Iterable[str] = ()) -> list[Component]:
    """What a library of Python's brings along that is none itself, and what is built into that.

    ``files``: the names of those that it brings, which tell the version of ICU. On Windows and macOS Qt does without.
    """
    said = version.removeprefix(f"{host}-")
    inner = (Component(name, f"within {host} {said}", licence) for name, licence in WITHIN[host].items())
    icu = (Component("ICU", match[1], "Unicode-DFS-2016") for name in files if (match := ICU_DATA.fullmatch(name)))
    return [Component(host, said, licence), *inner, *icu]


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
