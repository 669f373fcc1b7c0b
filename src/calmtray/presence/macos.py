"""The senses of macOS, each in a few lines. Never run on a real Mac: tests feed them recorded answers."""

from __future__ import annotations

import ctypes
import json
import plistlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calmtray.presence.program import what_it_says
from calmtray.presence.sense import CantTell, Name, Patience, Sense, Why
from calmtray.schedule.quiet import QuietReason

AWAY_AFTER_S = 5 * 60

CORE_AUDIO = "/System/Library/Frameworks/CoreAudio.framework/CoreAudio"
CORE_MEDIA_IO = "/System/Library/Frameworks/CoreMediaIO.framework/CoreMediaIO"
FOCUS = Path("Library/DoNotDisturb/DB/Assertions.json")

IDLE = ("ioreg", "-r", "-d", "1", "-c", "IOHIDSystem")
CONSOLE = ("ioreg", "-a", "-d", "1", "-n", "Root")

SYSTEM_OBJECT = 1
DEVICES, PROCESSES, RUNS_INPUT, RUNS_SOMEWHERE, GLOBAL = "dev#", "prs#", "piri", "gone", "glob"
"""Property names of CoreAudio and CoreMediaIO."""


@dataclass(frozen=True, slots=True)
class ByAnswer:
    """A sense that is one question, and what its answer means."""

    name: Name
    ask_macos: Callable[[Patience], QuietReason | None]

    def ask(self, patience: Patience) -> QuietReason | None:
        """Ask."""
        return self.ask_macos(patience)


def senses() -> Sequence[Sense]:
    """In the order they are asked."""
    return (
        ByAnswer(Name.MICROPHONE, _microphone),
        ByAnswer(Name.CAMERA, _camera),
        ByAnswer(Name.SCREEN_SHARING, _not_said),
        ByAnswer(Name.DO_NOT_DISTURB, _focus),
        ByAnswer(Name.FULL_SCREEN, _not_said),
        ByAnswer(Name.AWAY, _away),
    )


def idle_s(patience: Patience) -> float:
    """Seconds since somebody last moved or typed. Raises CantTell."""
    return idle_from(what_it_says(IDLE, None, patience))


# What the answers mean.


def idle_from(said: bytes) -> float:
    """``HIDIdleTime`` counts nanoseconds."""
    found = re.search(rb'"HIDIdleTime" = (\d+)', said)
    if found is None:
        raise CantTell(Why.NOT_SAID)
    return int(found[1]) / 1e9


def locked_from(said: bytes) -> bool:
    """Whether the session on the console is locked: the key is there only while it is."""
    try:
        users = plistlib.loads(said).get("IOConsoleUsers", [])
        return any(bool(user.get("CGSSessionScreenIsLocked")) for user in users)
    except (plistlib.InvalidFileException, ValueError, AttributeError):
        raise CantTell(Why.NOT_SAID) from None


def focus_from(said: str) -> bool:
    """Whether a focus is on: each that is has a record. One that begins by its own schedule has none."""
    try:
        return any(each.get("storeAssertionRecords") for each in json.loads(said)["data"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CantTell(Why.NOT_SAID) from None


# What is asked.


def _away(patience: Patience) -> QuietReason | None:
    if locked_from(what_it_says(CONSOLE, None, patience)):
        return QuietReason.LOCKED
    return QuietReason.AWAY if idle_s(patience) >= AWAY_AFTER_S else None


def _focus(_patience: Patience) -> QuietReason | None:
    try:
        said = (Path.home() / FOCUS).read_text(encoding="utf-8")
    except PermissionError:
        # Only programs with access to the whole disk may read it.
        raise CantTell(Why.NOT_ALLOWED) from None
    except OSError:
        raise CantTell(Why.NOT_SAID) from None
    return QuietReason.DO_NOT_DISTURB if focus_from(said) else None


def _not_said(_patience: Patience) -> QuietReason | None:
    raise CantTell(Why.NOT_SAID)


def _microphone(_patience: Patience) -> QuietReason | None:
    """Which programs listen (macOS 14.2 and later): a device alone does not say whether it is heard or plays."""
    audio = _Objects(CORE_AUDIO, "AudioObject")
    listens = any(audio.number(process, RUNS_INPUT) for process in audio.list(SYSTEM_OBJECT, PROCESSES))
    return QuietReason.MICROPHONE if listens else None


def _camera(_patience: Patience) -> QuietReason | None:
    cameras = _Objects(CORE_MEDIA_IO, "CMIOObject")
    runs = any(cameras.number(device, RUNS_SOMEWHERE) for device in cameras.list(SYSTEM_OBJECT, DEVICES))
    return QuietReason.CAMERA if runs else None


class _Address(ctypes.Structure):
    _fields_ = (("selector", ctypes.c_uint32), ("scope", ctypes.c_uint32), ("element", ctypes.c_uint32))


class _Objects:
    """The objects of CoreAudio or CoreMediaIO, which are asked alike."""

    def __init__(self, framework: str, kind: str) -> None:
        try:
            library = ctypes.CDLL(framework)
        except OSError:
            raise CantTell(Why.NOBODY_TO_ASK) from None
        self._size_of: Any = getattr(library, f"{kind}GetPropertyDataSize")
        self._value_of: Any = getattr(library, f"{kind}GetPropertyData")
        self._tells_apart = kind == "CMIOObject"

    def list(self, owner: int, name: str) -> Sequence[int]:
        """A property that is a list of objects."""
        size = ctypes.c_uint32()
        self._check(self._size_of(owner, _address(name), 0, None, ctypes.byref(size)))
        numbers = (ctypes.c_uint32 * (size.value // 4))()
        self._read(owner, name, numbers)
        return tuple(numbers)

    def number(self, owner: int, name: str) -> int:
        """A property that is a number."""
        number = ctypes.c_uint32()
        self._read(owner, name, number)
        return number.value

    def _read(self, owner: int, name: str, into: Any) -> None:
        size, used = ctypes.c_uint32(ctypes.sizeof(into)), ctypes.c_uint32()
        # CoreAudio takes and gives the size in one place, CoreMediaIO in two.
        sizes = (size, ctypes.byref(used)) if self._tells_apart else (ctypes.byref(size),)
        self._check(self._value_of(owner, _address(name), 0, None, *sizes, ctypes.byref(into)))

    @staticmethod
    def _check(failed: int) -> None:
        if failed:
            raise CantTell(Why.NOT_SAID)


def _address(name: str) -> Any:
    return ctypes.byref(_Address(_code(name), _code(GLOBAL), 0))


def _code(name: str) -> int:
    return int.from_bytes(name.encode(), "big")
