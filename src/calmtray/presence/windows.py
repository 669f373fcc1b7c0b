"""The senses of Windows, each in a few lines. Never run on a real Windows: tests feed them recorded answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from calmtray.presence.sense import CantTell, Name, Patience, Sense, Why
from calmtray.schedule.quiet import QuietReason

AWAY_AFTER_S = 5 * 60

CONSENT = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
"""Where Windows notes which program used a device from when to when; the same list stands in its own settings."""

QUIET_HOURS = 0x0D83063EA3BF1C75
"""WNF_SHEL_QUIETHOURS_ACTIVE_PROFILE_CHANGED: 0 off, 1 priority only, 2 alarms only. Known, but not documented."""

TICKS = 1 << 32
"""GetTickCount begins again after 49.7 days."""


class UserState(IntEnum):
    """What SHQueryUserNotificationState answers."""

    NOT_PRESENT = 1
    BUSY = 2
    FULL_SCREEN_GAME = 3
    PRESENTATION = 4
    ACCEPTS = 5
    QUIET_TIME = 6
    APP = 7


FULL_SCREEN_STATES = (UserState.BUSY, UserState.FULL_SCREEN_GAME, UserState.APP)


@dataclass(frozen=True, slots=True)
class Use:
    """When a program began to use a device, and when it ended: 0 while it goes on."""

    began: int
    ended: int


@dataclass(frozen=True, slots=True)
class ByAnswer:
    """A sense that is one call of Windows, and what its answer means."""

    name: Name
    ask_windows: Callable[[], QuietReason | None]

    def ask(self, patience: Patience) -> QuietReason | None:
        """Ask; Windows answers at once."""
        patience.left_s()
        return self.ask_windows()


def senses() -> Sequence[Sense]:
    """In the order they are asked."""
    return (
        ByAnswer(Name.MICROPHONE, lambda: QuietReason.MICROPHONE if in_use(_uses("microphone")) else None),
        ByAnswer(Name.CAMERA, lambda: QuietReason.CAMERA if in_use(_uses("webcam")) else None),
        ByAnswer(Name.SCREEN_SHARING, lambda: sharing(_user_state())),
        ByAnswer(Name.DO_NOT_DISTURB, lambda: quiet_hours(_quiet_profile())),
        ByAnswer(Name.FULL_SCREEN, lambda: full_screen(_user_state())),
        ByAnswer(Name.AWAY, lambda: away(_user_state(), _idle_s())),
    )


def idle_s(_patience: Patience) -> float:
    """Seconds since somebody last moved or typed."""
    return _idle_s()


# What the answers mean.


def in_use(uses: Iterator[Use]) -> bool:
    """Whether one of these is still going on."""
    return any(use.began and not use.ended for use in uses)


def full_screen(state: int) -> QuietReason | None:
    """Windows itself holds notifications back while a program fills the screen."""
    return QuietReason.FULL_SCREEN if state in FULL_SCREEN_STATES else None


def sharing(state: int) -> QuietReason | None:
    """The presentation mode of Windows. Raises CantTell without it: what meetings share is told to nobody."""
    if state == UserState.PRESENTATION:
        return QuietReason.SCREEN_SHARED
    raise CantTell(Why.NOT_SAID)


def quiet_hours(profile: int) -> QuietReason | None:
    """Focus assist, or do not disturb as Windows 11 calls it."""
    return QuietReason.DO_NOT_DISTURB if profile > 0 else None


def away(state: int, idle: float) -> QuietReason | None:
    """Locked, or another user's turn, or nobody has touched anything for a while."""
    if state == UserState.NOT_PRESENT:
        return QuietReason.LOCKED
    return QuietReason.AWAY if idle >= AWAY_AFTER_S else None


def idle_from_ticks(now: int, last: int) -> float:
    """Seconds between two tick counts, across their beginning again."""
    return (now - last) % TICKS / 1000


# What is asked.

if sys.platform == "win32":
    import ctypes
    import winreg

    class _LastInput(ctypes.Structure):
        _fields_ = (("size", ctypes.c_uint), ("time", ctypes.c_uint))

    def _uses(device: str) -> Iterator[Use]:
        for where in (f"{CONSENT}\\{device}", f"{CONSENT}\\{device}\\NonPackaged"):
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, where) as programs:
                    for number in range(winreg.QueryInfoKey(programs)[0]):
                        with winreg.OpenKey(programs, winreg.EnumKey(programs, number)) as program:
                            yield Use(_number(program, "LastUsedTimeStart"), _number(program, "LastUsedTimeStop"))
            except FileNotFoundError:
                raise CantTell(Why.NOT_SAID) from None

    def _number(key: winreg.HKEYType, name: str) -> int:
        try:
            return int(winreg.QueryValueEx(key, name)[0])
        except FileNotFoundError:
            return 0

    def _user_state() -> int:
        state = ctypes.c_int()
        if ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state)):
            raise CantTell(Why.NOT_SAID)
        return state.value

    def _quiet_profile() -> int:
        name, stamp, profile, size = ctypes.c_uint64(QUIET_HOURS), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(4)
        failed = ctypes.windll.ntdll.NtQueryWnfStateData(
            ctypes.byref(name), None, None, ctypes.byref(stamp), ctypes.byref(profile), ctypes.byref(size)
        )
        if failed or size.value != ctypes.sizeof(profile):
            raise CantTell(Why.NOT_SAID)
        return profile.value

    def _idle_s() -> float:
        last = _LastInput(ctypes.sizeof(_LastInput), 0)
        if not ctypes.windll.user32.GetLastInputInfo(ctypes.byref(last)):
            raise CantTell(Why.NOT_SAID)
        return idle_from_ticks(ctypes.windll.kernel32.GetTickCount() & (TICKS - 1), last.time)

else:

    def _uses(_device: str) -> Iterator[Use]:
        raise CantTell(Why.NOBODY_TO_ASK)

    def _user_state() -> int:
        raise CantTell(Why.NOBODY_TO_ASK)

    def _quiet_profile() -> int:
        raise CantTell(Why.NOBODY_TO_ASK)

    def _idle_s() -> float:
        raise CantTell(Why.NOBODY_TO_ASK)
