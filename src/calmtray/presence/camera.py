"""Whether one of this user's programs has a camera open: the holders of ``/dev/video*``, as ``/proc`` lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from calmtray.presence.pipewire import Picture, running_pictures
from calmtray.presence.sense import Name, Patience
from calmtray.schedule.quiet import QuietReason

CAPTURES = b":capture:"
SAYS_WHAT_IT_CAN = b"E:ID_V4L_CAPABILITIES="

CARRIER = "pipewire"
"""Holds cameras open for others, at times long after they have done: what it carries tells more."""

WATCHERS = ("wireplumber", "pipewire-media-")
"""Keep cameras open to know them, and never look through."""


class CameraSense:
    """Cameras only: what decodes a film or gives out a camera's data on the side has a number of its own."""

    name = Name.CAMERA

    def __init__(self, environ: Mapping[str, str], root: Path = Path("/")) -> None:
        self._environ = environ
        self._root = root

    def ask(self, patience: Patience) -> QuietReason | None:
        """Look who holds one; where it is PipeWire, ask that."""
        cameras = self._cameras()
        carried = False
        if cameras:
            for holder in self._holders(cameras, patience):
                if holder == CARRIER:
                    carried = True
                elif not holder.startswith(WATCHERS):
                    return QuietReason.CAMERA
        if carried and Picture.CAMERA in running_pictures(self._environ, patience):
            return QuietReason.CAMERA
        return None

    def _cameras(self) -> frozenset[str]:
        return frozenset(
            f"/dev/{device.name}" for device in (self._root / "dev").glob("video[0-9]*") if self._captures(device)
        )

    def _captures(self, device: Path) -> bool:
        """Whether pictures come from it, as udev noted when it was plugged in; without a note they may."""
        try:
            number = (self._root / "sys/class/video4linux" / device.name / "dev").read_text().strip()
            notes = (self._root / "run/udev/data" / f"c{number}").read_bytes().splitlines()
        except OSError:
            return True
        can = [line.removeprefix(SAYS_WHAT_IT_CAN) for line in notes if line.startswith(SAYS_WHAT_IT_CAN)]
        return not can or CAPTURES in can[0]

    def _holders(self, cameras: frozenset[str], patience: Patience) -> Iterator[str]:
        """The programs that have one of them open. Those of other users can't be seen."""
        for process in (self._root / "proc").iterdir():
            if not process.name.isdigit():
                continue
            patience.left_s()
            try:
                if any(str(each.readlink()) in cameras for each in (process / "fd").iterdir()):
                    yield (process / "comm").read_text().strip()
            except OSError:
                continue  # it has just ended, or is none of ours
