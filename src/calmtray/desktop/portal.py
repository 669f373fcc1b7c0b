"""The desktop's portal, through which a Flatpak reaches what lies outside of it (XDG Desktop Portal documentation)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

INFO = Path("/.flatpak-info")
"""What every Flatpak has, and nothing else."""

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"


def within_flatpak(environ: Mapping[str, str]) -> bool:
    """Whether the portal is the only way there. What a Flatpak starts outside of itself inherits its environment."""
    return "FLATPAK_ID" in environ and INFO.exists()
