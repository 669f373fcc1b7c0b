"""Whether calmtray opens at login: what is written for each desktop, and removed again."""

from __future__ import annotations

import plistlib
import subprocess
import sys
import sysconfig
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jeepney import DBusAddress, new_method_return, new_signal

from calmtray.desktop import autostart, portal_autostart
from calmtray.desktop.autostart import DesktopEntry, LaunchAgent, RunKey, autostart_here
from calmtray.desktop.paths import Paths, user_paths
from calmtray.desktop.portal import NAME as PORTAL
from calmtray.desktop.portal_autostart import REQUEST, PortalAutostart
from tests.desktop.waiting import wait_for
from tests.presence.conftest import PrivateBus, Service

COMMAND = ("/usr/bin/calmtray", "--at-login")


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    return tmp_path / "autostart/calmtray.desktop"


def test_it_is_off_until_somebody_wants_it(entry):
    assert not DesktopEntry(entry, COMMAND).is_on()


def test_the_switch_writes_an_entry_and_removes_it(entry):
    login = DesktopEntry(entry, COMMAND)
    login.set(True)
    assert login.is_on()
    assert 'Exec="/usr/bin/calmtray" "--at-login"\n' in entry.read_text()
    assert "TryExec=/usr/bin/calmtray\n" in entry.read_text(), "a desktop passes over a calmtray that is gone"
    login.set(False)
    assert not login.is_on()
    assert list(entry.parent.iterdir()) == []


def test_switching_it_off_twice_does_no_harm(entry):
    DesktopEntry(entry, COMMAND).set(False)


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false", "Hidden = true"])
def test_a_desktop_that_switched_it_off_by_its_own_means_is_believed(entry, line):
    login = DesktopEntry(entry, COMMAND)
    login.set(True)
    with entry.open("a") as file:
        file.write(f"{line}\n")
    assert not login.is_on()


@pytest.mark.parametrize(
    ("argument", "written"),
    [
        ("/a folder/calmtray", '"/a folder/calmtray"'),
        ("100%", '"100%%"'),
        ('a"b', r'"a\\"b"'),
        ("$HOME", r'"\\$HOME"'),
        ("a\\b", r'"a\\\\b"'),
    ],
)
def test_what_a_desktop_would_read_something_into_is_escaped(entry, argument, written):
    DesktopEntry(entry, ("calmtray", argument)).set(True)
    assert f'Exec="calmtray" {written}\n' in entry.read_text()


def test_a_folder_that_can_not_be_written_is_an_error_for_whoever_asked(tmp_path):
    (tmp_path / "autostart").write_text("in the way")
    with pytest.raises(OSError, match="autostart"):
        DesktopEntry(tmp_path / "autostart/calmtray.desktop", COMMAND).set(True)


def test_it_is_started_as_it_was_installed(monkeypatch, tmp_path):
    script = Path(sysconfig.get_path("scripts"), "calmtray")
    assert autostart.this_program() == (str(script),)
    # From a folder of modules, without what pip installs.
    monkeypatch.setattr(sysconfig, "get_path", lambda _name: str(tmp_path))
    assert autostart.this_program() == (sys.executable, "-P", "-m", "calmtray")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert autostart.this_program() == (sys.executable,)


def test_on_windows_it_brings_no_terminal_along(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    assert autostart.this_program() == (str(tmp_path / "python.exe"), "-P", "-m", "calmtray")
    (tmp_path / "pythonw.exe").write_text("")
    assert autostart.this_program() == (str(tmp_path / "pythonw.exe"), "-P", "-m", "calmtray")


def test_what_lies_in_the_folder_of_a_login_is_not_taken_for_it(tmp_path):
    (tmp_path / "calmtray.py").write_text("print('another')")
    (tmp_path / "platform.py").write_text("print('another')")
    told = subprocess.run([*autostart.this_program(), "--version"], capture_output=True, text=True, cwd=tmp_path)
    assert (told.returncode, told.stdout[:9]) == (0, "calmtray ")


def test_what_is_written_is_a_command_that_the_program_takes():
    told = subprocess.run([*autostart.this_program(), autostart.QUIETLY, "--version"], capture_output=True, text=True)
    assert (told.returncode, told.stdout[:9]) == (0, "calmtray ")


def test_each_system_has_its_way(tmp_path, monkeypatch):
    paths = user_paths(tmp_path)
    for system, way in (("linux", DesktopEntry), ("darwin", LaunchAgent), ("win32", RunKey)):
        monkeypatch.setattr(sys, "platform", system)
        assert isinstance(autostart_here(paths), way)


def test_it_stands_where_the_desktop_looks(monkeypatch):
    linux = Paths(*[Path("/h/.config/calmtray")] * 5)
    assert linux.autostart == Path("/h/.config/autostart")
    monkeypatch.setattr(sys, "platform", "darwin")
    macos = Paths(*[Path("/h/Library/Application Support/calmtray")] * 5)
    assert macos.autostart == Path("/h/Library/LaunchAgents")


# macOS and Windows, by what is known of them. No real one has been asked.


def test_launchd_is_told_to_start_it_when_the_session_begins(tmp_path):
    login = LaunchAgent(tmp_path / "LaunchAgents/calmtray.plist", COMMAND)
    login.set(True)
    assert login.is_on()
    agent = plistlib.loads((tmp_path / "LaunchAgents/calmtray.plist").read_bytes())
    assert (agent["ProgramArguments"], agent["RunAtLoad"]) == (list(COMMAND), True)
    login.set(False)
    assert not login.is_on()


def test_windows_is_told_in_the_users_own_part_of_the_registry(monkeypatch):
    values: dict[str, str] = {}

    def read(key, name):
        if name not in values:
            raise FileNotFoundError(name)
        return values[name]

    registry = SimpleNamespace(
        HKEY_CURRENT_USER="user",
        REG_SZ="text",
        OpenKey=lambda root, path: nullcontext((root, path)),
        CreateKey=lambda root, path: nullcontext((root, path)),
        QueryValueEx=read,
        SetValueEx=lambda key, name, _reserved, _kind, value: values.update({name: value}),
        DeleteValue=lambda key, name: values.pop(name),
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)
    login = RunKey((r"C:\Program Files\calmtray\calmtray.exe", "--at-login"))
    login.set(False)
    assert not login.is_on()
    login.set(True)
    assert login.is_on()
    assert values == {"calmtray": r'"C:\Program Files\calmtray\calmtray.exe" --at-login'}
    login.set(False)
    assert not login.is_on()


class Portal(Service):
    """A desktop's portal, which grants or does not."""

    def __init__(self, address: str, code: int | None, opens: bool | None = None) -> None:
        self.code = code
        self.opens = opens
        self.asked: list[tuple[object, ...]] = []
        super().__init__(address, PORTAL, {})

    def _answer(self, message: Any) -> None:
        self.asked.append(message.body)
        place = "/org/freedesktop/portal/desktop/request/1_1/t"
        self._connection.send(new_method_return(message, "o", (place,)))
        if self.code is not None:
            opens = message.body[1]["autostart"] if self.opens is None else ("b", self.opens)
            answer = (self.code, {"background": ("b", True), "autostart": opens})
            self._connection.send(new_signal(DBusAddress(place, interface=REQUEST), "Response", "ua{sv}", answer))


@pytest.fixture
def bus(tmp_path_factory):
    private = PrivateBus(tmp_path_factory.mktemp("b"))
    yield private
    private.close()


@pytest.fixture
def portal(bus):
    made: list[Portal] = []

    def serve(code: int | None, opens: bool | None = None) -> Portal:
        made.append(Portal(bus.address, code, opens))
        return made[0]

    yield serve
    for each in made:
        each.close()


def test_in_a_flatpak_the_portal_is_asked(bus, portal, tmp_path):
    granting = portal(0)
    login = PortalAutostart(bus.environ, tmp_path / "state" / "open-at-login", ("calmtray", "--at-login"))
    assert not login.is_on()
    login.set(True)
    assert login.is_on()
    assert granting.asked[0][1] == {"autostart": ("b", True), "commandline": ("as", ["calmtray", "--at-login"])}
    login.set(False)
    assert not login.is_on()
    assert granting.asked[1][1]["autostart"] == ("b", False)


@pytest.mark.parametrize("code", [1, 2, None])
def test_what_the_portal_does_not_grant_is_not_so(bus, portal, tmp_path, monkeypatch, code):
    monkeypatch.setattr(portal_autostart, "ANSWER_WITHIN_MS", 300)
    portal(code)
    login = PortalAutostart(bus.environ, tmp_path / "open-at-login", ("calmtray",))
    with pytest.raises(OSError, match="Background"):
        login.set(True)
    assert not login.is_on()


def test_to_run_in_the_background_is_not_to_be_opened_at_login(bus, portal, tmp_path):
    portal(0, opens=False)
    login = PortalAutostart(bus.environ, tmp_path / "open-at-login", ("calmtray",))
    with pytest.raises(OSError, match="Background"):
        login.set(True)
    assert not login.is_on()


def test_a_portal_that_is_not_running_is_started(bus, tmp_path, monkeypatch):
    monkeypatch.setattr(portal_autostart, "ANSWER_WITHIN_MS", 300)
    bus.offer_to_start(PORTAL)
    with pytest.raises(OSError, match="Background"):
        PortalAutostart(bus.environ, tmp_path / "open-at-login", ("calmtray",)).set(True)
    wait_for(bus.trace.exists, "the portal to be started")


def test_without_a_portal_nothing_is_granted(bus, tmp_path):
    with pytest.raises(OSError, match="Background"):
        PortalAutostart(bus.environ, tmp_path / "open-at-login", ("calmtray",)).set(True)


def test_a_flatpak_is_known_by_what_only_it_has(monkeypatch, tmp_path):
    monkeypatch.setenv("FLATPAK_ID", "org.calmtray.calmtray")
    # So does whatever is started from a terminal that is a Flatpak.
    assert isinstance(autostart_here(user_paths(tmp_path)), DesktopEntry)
    (tmp_path / ".flatpak-info").write_text("")
    monkeypatch.setattr("calmtray.desktop.portal.INFO", tmp_path / ".flatpak-info")
    assert isinstance(autostart_here(user_paths(tmp_path)), PortalAutostart)
