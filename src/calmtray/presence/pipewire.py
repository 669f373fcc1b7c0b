"""What PipeWire carries of pictures: cameras, and screens that are shared. Asked through its own ``pw-dump``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum

from calmtray.presence.program import what_it_says
from calmtray.presence.sense import CantTell, Patience, Why


class Picture(StrEnum):
    """What a stream of pictures shows."""

    CAMERA = "camera"
    SCREEN = "screen"


CAMERA_INTERFACES = ("v4l2", "libcamera")


def running_pictures(environ: Mapping[str, str], patience: Patience) -> frozenset[Picture]:
    """Which kinds of pictures somebody gets just now. Raises CantTell where PipeWire does not answer."""
    said = what_it_says(("pw-dump", "-N"), environ, patience)
    try:
        return frozenset(pictures(json.loads(said)))
    except (ValueError, TypeError, AttributeError):
        raise CantTell(Why.NOT_SAID) from None


def pictures(dump: object) -> Iterator[Picture]:
    """The sources of pictures that run, out of everything that PipeWire lists."""
    for entry in dump if isinstance(dump, list) else ():
        info = entry.get("info") or {}
        about = info.get("props") or {}
        # A source that nobody is linked to is suspended or idle.
        if info.get("state") != "running" or about.get("media.class") not in ("Video/Source", "Stream/Output/Video"):
            continue
        camera = about.get("device.api") in CAMERA_INTERFACES or about.get("media.role") == "Camera"
        yield Picture.CAMERA if camera else Picture.SCREEN
