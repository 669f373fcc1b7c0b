"""Windows and macOS, by what they are known to answer. No real one has been asked."""

from __future__ import annotations

import plistlib
import sys

import pytest

from calmtray.presence import macos, windows
from calmtray.presence.sense import CantTell, Name, Patience, Why
from calmtray.presence.windows import Use, UserState
from calmtray.schedule.quiet import QuietReason


@pytest.mark.parametrize("system", [windows, macos])
def test_every_sense_is_there(system):
    # That it woke up, the app notices by its own clock on every system.
    assert [sense.name for sense in system.senses()] == [name for name in Name if name is not Name.JUST_RESUMED]


@pytest.mark.skipif(sys.platform != "linux", reason="asks what only Linux lacks")
@pytest.mark.parametrize("system", [windows, macos])
def test_on_another_system_none_of_them_can_tell(system):
    for sense in system.senses():
        with pytest.raises(CantTell):
            sense.ask(Patience())


# Windows.

BEGAN, ENDED = 133_600_000_000_000_000, 133_600_000_600_000_000


@pytest.mark.parametrize(
    ("uses", "used"),
    [
        ([], False),
        ([Use(0, 0)], False),
        ([Use(BEGAN, ENDED)], False),
        ([Use(BEGAN, ENDED), Use(BEGAN, 0)], True),
    ],
)
def test_a_device_is_in_use_while_its_use_has_no_end(uses, used):
    assert windows.in_use(iter(uses)) is used


@pytest.mark.parametrize("state", UserState)
def test_windows_says_what_the_screen_shows(state):
    filled = state in (UserState.BUSY, UserState.FULL_SCREEN_GAME, UserState.APP)
    assert windows.full_screen(state) is (QuietReason.FULL_SCREEN if filled else None)
    assert windows.away(state, 3) is (QuietReason.LOCKED if state is UserState.NOT_PRESENT else None)
    if state is UserState.PRESENTATION:
        assert windows.sharing(state) is QuietReason.SCREEN_SHARED
    else:
        with pytest.raises(CantTell):
            windows.sharing(state)


@pytest.mark.parametrize(
    ("profile", "reason"), [(0, None), (1, QuietReason.DO_NOT_DISTURB), (2, QuietReason.DO_NOT_DISTURB)]
)
def test_focus_assist_has_three_steps(profile, reason):
    assert windows.quiet_hours(profile) is reason


def test_idle_time_goes_on_where_the_ticks_begin_again():
    assert windows.idle_from_ticks(5_000, 2_000) == 3
    assert windows.idle_from_ticks(1_000, windows.TICKS - 1_000) == 2
    assert windows.away(UserState.ACCEPTS, windows.AWAY_AFTER_S) is QuietReason.AWAY


# macOS.

IOREG = b"""\
+-o IOHIDSystem  <class IOHIDSystem, id 0x100000372, registered, matched, active, busy 0 (0 ms), retain 26>
    {
      "IOClass" = "IOHIDSystem"
      "HIDIdleTime" = 42500000000
      "HIDParameters" = {"HIDClickTime"=500000000}
    }
"""


def test_ioreg_says_how_long_nobody_has_typed():
    assert macos.idle_from(IOREG) == 42.5
    with pytest.raises(CantTell):
        macos.idle_from(b"")


@pytest.mark.parametrize(("session", "locked"), [({"CGSSessionScreenIsLocked": True}, True), ({}, False)])
def test_the_key_of_a_locked_screen_is_there_only_while_it_is(session, locked):
    users = [{"kCGSSessionOnConsoleKey": True, "kCGSSessionUserIDKey": 501, **session}]
    assert macos.locked_from(plistlib.dumps({"IOConsoleUsers": users})) is locked


@pytest.mark.parametrize("said", [b"", b"nonsense", plistlib.dumps([1])])
def test_an_answer_that_makes_no_sense_says_nothing(said):
    with pytest.raises(CantTell) as cant_tell:
        macos.locked_from(said)
    assert cant_tell.value.why is Why.NOT_SAID


RECORD = '{"assertionDetails": {"assertionDetailsModeIdentifier": "com.apple.focus.work"}}'


@pytest.mark.parametrize(
    ("said", "on"),
    [
        (f'{{"data": [{{"storeAssertionRecords": [{RECORD}]}}]}}', True),
        ('{"data": [{"storeAssertionRecords": []}]}', False),
        ('{"data": [{"storeInvalidationRecords": []}]}', False),
    ],
)
def test_a_focus_that_is_on_has_a_record(said, on):
    assert macos.focus_from(said) is on


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"data": 1}', '{"data": ["x"]}'])
def test_a_record_that_makes_no_sense_says_nothing(said):
    with pytest.raises(CantTell):
        macos.focus_from(said)
