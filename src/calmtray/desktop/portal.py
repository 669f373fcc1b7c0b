"""The desktop's portal, through which a Flatpak reaches what lies outside of it (XDG Desktop Portal documentation)."""

from __future__ import annotations

from collections.abc import Mapping

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"


def within_flatpak(environ: Mapping[str, str]) -> bool:
    """Whether the portal is the only way there."""
    return "FLATPAK_ID" in environ
