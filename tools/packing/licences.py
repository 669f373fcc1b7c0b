"""The texts of the licences of all that is packed, collected when it is packed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from calmtray.components import Component
from calmtray.licences import collect, licence_files
from tools.packing.parts import ask, find, site_of

COMMON_LICENCES = "/usr/share/common-licenses"
"""Where every Debian has these texts."""

FULL_TEXTS = {
    "GPL-2": r"[ \t]*GNU GENERAL PUBLIC LICENSE\s+Version 2, June 1991.*?END OF TERMS AND CONDITIONS",
    "Apache-2.0": r"[ \t]*Apache License\s+Version 2\.0, January 2004.*?END OF TERMS AND CONDITIONS",
}


def licences(components: Sequence[Component], python: Path, root: Path, debian: bool) -> str:
    """Every component with its licence in full, but for what every Debian has where it is packed for ``debian``."""
    brought = partial(_brought_along, python=python)
    own = _read(root / "LICENSE")
    if not debian:
        return collect(own, components, brought)
    return collect(own, components, lambda one: [_pointing(text) for text in brought(one)], COMMON_LICENCES)


def _brought_along(one: Component, python: Path) -> list[str]:
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
