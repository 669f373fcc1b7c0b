"""What is asked over D-Bus: of whom, what their answers mean, and that nobody is started or waited for."""

from __future__ import annotations

import pytest

from calmtray.desktop.clock import monotonic_ms
from calmtray.presence.away import AWAY_AFTER_S, AwaySense, idle_s, is_locked
from calmtray.presence.bus import Refused, session_bus
from calmtray.presence.do_not_disturb import DoNotDisturbSense
from calmtray.presence.sense import CantTell, Patience, Why
from calmtray.schedule.quiet import QuietReason

MUTTER = "org.gnome.Mutter.IdleMonitor"
LOGIND = "org.freedesktop.login1"
NOTIFICATIONS = "org.freedesktop.Notifications"
LONG_MS = 20_000
"""More patience than any answer needs, where it is not patience that is tested."""


def why(question):
    with pytest.raises(CantTell) as cant_tell:
        question()
    return cant_tell.value.why


def do_not_disturb(bus, desktop, **more):
    return DoNotDisturbSense({**bus.environ, "XDG_CURRENT_DESKTOP": desktop, **more}).ask(Patience(LONG_MS))


# Do not disturb.


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize(
    ("desktop", "service", "question"),
    [
        ("KDE", NOTIFICATIONS, "Get Inhibited"),
        ("i3", NOTIFICATIONS, "Get paused"),
        ("sway", "org.erikreider.swaync.cc", "GetDnd"),
        ("XFCE", "org.xfce.Xfconf", "GetProperty /do-not-disturb"),
    ],
)
def test_do_not_disturb_is_asked_of_the_one_who_knows(bus, desktop, service, question, on):
    answer = ("b", on) if question == "GetDnd" else ("v", ("b", on))
    bus.serve(service, {question: answer})
    assert do_not_disturb(bus, desktop) is (QuietReason.DO_NOT_DISTURB if on else None)


def test_xfce_has_no_entry_until_somebody_switches_it(bus):
    bus.serve("org.xfce.Xfconf", {})
    assert do_not_disturb(bus, "XFCE") is None


def test_a_film_that_keeps_the_screen_awake_is_no_do_not_disturb(bus):
    bus.serve("org.gnome.SessionManager", {"Get InhibitedActions": ("v", ("u", 8))})
    bus.serve("org.freedesktop.PowerManagement.Inhibit", {"HasInhibit": ("b", True)})
    bus.serve(NOTIFICATIONS, {"Get Inhibited": ("v", ("b", False))})
    assert do_not_disturb(bus, "KDE") is None


@pytest.mark.parametrize("desktop", ["KDE", "XFCE", "", "Budgie:GNOME"])
def test_a_desktop_that_says_nothing_can_not_tell(bus, desktop):
    assert why(lambda: do_not_disturb(bus, desktop)) is Why.NOT_SAID


def test_an_answer_of_another_kind_says_nothing(bus):
    bus.serve(NOTIFICATIONS, {"Get Inhibited": ("v", ("s", "yes"))})
    assert why(lambda: do_not_disturb(bus, "KDE")) is Why.NOT_SAID


@pytest.mark.parametrize(
    ("desktop", "key", "said", "quiet"),
    [
        ("ubuntu:GNOME", "org.gnome.desktop.notifications show-banners", "false", True),
        ("ubuntu:GNOME", "org.gnome.desktop.notifications show-banners", "true", False),
        ("X-Cinnamon", "org.cinnamon.desktop.notifications display-notifications", "false", True),
        ("MATE", "org.mate.NotificationDaemon do-not-disturb", "true", True),
        ("MATE", "org.mate.NotificationDaemon do-not-disturb", "false", False),
        ("Pantheon", "io.elementary.notifications do-not-disturb", "true", True),
    ],
)
def test_where_the_switch_is_a_setting_gsettings_reads_it(bus, tmp_path, desktop, key, said, quiet):
    gsettings(tmp_path, f'[ "$*" = "get {key}" ] && echo {said}')
    answer = do_not_disturb(bus, desktop, PATH=f"{tmp_path}:{bus.environ['PATH']}")
    assert answer is (QuietReason.DO_NOT_DISTURB if quiet else None)


@pytest.mark.parametrize("does", ["exit 1", "echo 'No such schema'"])
def test_a_setting_that_is_not_there_can_not_tell(bus, tmp_path, does):
    gsettings(tmp_path, does)
    path = f"{tmp_path}:{bus.environ['PATH']}"
    assert why(lambda: do_not_disturb(bus, "GNOME", PATH=path)) is Why.NOT_SAID


def test_a_program_that_hangs_is_not_waited_for(bus, tmp_path):
    gsettings(tmp_path, "exec tail -f /dev/null")
    environ = {**bus.environ, "XDG_CURRENT_DESKTOP": "GNOME", "PATH": f"{tmp_path}:{bus.environ['PATH']}"}
    began = monotonic_ms()
    assert why(lambda: DoNotDisturbSense(environ).ask(Patience())) is Why.NO_ANSWER
    assert monotonic_ms() - began < 1_000


def gsettings(folder, does):
    program = folder / "gsettings"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o700)


# Locked, and away.


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize(
    "service", ["org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver", "org.xfce.ScreenSaver", "org.mate.ScreenSaver"]
)
def test_whoever_locks_the_screen_is_asked(bus, service, locked):
    bus.serve(service, {"GetActive": ("b", locked)})
    assert is_locked(bus.environ, Patience(LONG_MS)) is locked


def test_logind_may_know_it_too(bus):
    bus.serve(LOGIND, {"Get LockedHint": ("v", ("b", True))})
    assert AwaySense(bus.environ).ask(Patience(LONG_MS)) is QuietReason.LOCKED


@pytest.mark.parametrize(
    ("idle_ms", "reason"), [(0, None), (AWAY_AFTER_S * 1000 - 1, None), (AWAY_AFTER_S * 1000, QuietReason.AWAY)]
)
@pytest.mark.parametrize("service", [MUTTER, "org.cinnamon.Muffin.IdleMonitor"])
def test_on_wayland_the_compositor_counts(bus, service, idle_ms, reason):
    bus.serve(service, {"GetIdletime": ("t", idle_ms)})
    environ = {**bus.environ, "WAYLAND_DISPLAY": "wayland-0"}
    assert AwaySense(environ).ask(Patience(LONG_MS)) is reason
    assert idle_s(environ, Patience(LONG_MS)) == idle_ms / 1000


def test_where_nobody_counts_logind_may_know_that_somebody_is_away(bus):
    environ = {**bus.environ, "XDG_SESSION_TYPE": "wayland"}
    assert why(lambda: AwaySense(environ).ask(Patience(LONG_MS))) is Why.WAYLAND
    bus.serve(LOGIND, {"Get LockedHint": ("v", ("b", False)), "Get IdleHint": ("v", ("b", True))})
    assert AwaySense(environ).ask(Patience(LONG_MS)) is QuietReason.AWAY


# Manners.


def test_nobody_is_started_for_a_question(bus):
    names = (MUTTER, LOGIND, "org.gnome.ScreenSaver", "org.xfce.Xfconf", NOTIFICATIONS)
    for name in names:
        bus.offer_to_start(name)
    environ = {**bus.environ, "WAYLAND_DISPLAY": "wayland-0"}
    assert why(lambda: AwaySense(environ).ask(Patience(LONG_MS))) is Why.WAYLAND
    for desktop in ("KDE", "XFCE"):
        assert why(lambda desktop=desktop: do_not_disturb(bus, desktop)) is Why.NOT_SAID
    with session_bus(bus.environ, Patience(LONG_MS)) as ours, pytest.raises(Refused):
        ours.call(MUTTER, "/", f"{MUTTER}.GetIdletime")
    assert not bus.trace.exists()
    bus.start_by_calling(MUTTER)
    assert bus.trace.exists()


def test_a_bus_that_hangs_is_not_waited_for(bus):
    bus.hang()
    for ask in (
        lambda: AwaySense(bus.environ).ask(Patience()),
        lambda: do_not_disturb_now(bus),
    ):
        began = monotonic_ms()
        assert why(ask) is Why.NO_ANSWER
        assert monotonic_ms() - began < 1_000


def do_not_disturb_now(bus):
    return DoNotDisturbSense({**bus.environ, "XDG_CURRENT_DESKTOP": "KDE"}).ask(Patience())


def test_a_service_that_hangs_is_not_waited_for(bus):
    bus.serve(NOTIFICATIONS, {"Get Inhibited": None})
    began = monotonic_ms()
    assert why(lambda: do_not_disturb_now(bus)) is Why.NO_ANSWER
    assert monotonic_ms() - began < 1_000


@pytest.mark.parametrize("address", ["", "nonsense", "tcp:host=localhost,port=1", "unix:path=/nobody/here"])
def test_without_a_bus_there_is_nobody_to_ask(address):
    environ = {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_CURRENT_DESKTOP": "KDE"}
    assert why(lambda: DoNotDisturbSense(environ).ask(Patience())) is Why.NOBODY_TO_ASK
