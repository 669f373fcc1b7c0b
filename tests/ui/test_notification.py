"""The system's notification: its buttons, on a bus of its own, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from pytestqt.qtbot import QtBot

from calmtray.desktop import portal
from calmtray.desktop.notification_servers import OPENED, STAYS_MS, DesktopServer
from calmtray.desktop.notifications import Notification
from tests.desktop.notifying import Notifier, NotifyingPortal
from tests.desktop.waiting import wait_for
from tests.presence.conftest import PrivateBus

ACTIONS = {OPENED: "Show the offer", "begin": "Begin", "later": "Later", "no": "Not today"}


class Heard:
    """A notification, and what it told."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.notification = Notification(environ)
        self.actions: list[str] = []
        self.dismissed = 0
        self.notification.acted.connect(self.actions.append)
        self.notification.dismissed.connect(self._on_notification_dismissed)

    def show(self, text: str = "Look around · 1 min") -> bool:
        return self.notification.show("A minute?", text, ACTIONS)

    def _on_notification_dismissed(self) -> None:
        self.dismissed += 1


@pytest.fixture
def bus(qapp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateBus]:
    private = PrivateBus(tmp_path_factory.mktemp("b"))
    yield private
    private.close()


@pytest.fixture
def heard(bus) -> Iterator[Heard]:
    made = Heard(bus.environ)
    yield made
    made.notification.withdraw()


@pytest.fixture
def server(bus) -> Iterator[Notifier]:
    made = Notifier(bus.address, ["actions", "body"])
    yield made
    made.close()


def test_it_is_shown_with_its_buttons_and_without_a_sound(heard, server):
    assert heard.show("Tea & <rest>")
    ((name, replaces, icon, title, text, actions, hints, stays),) = server.shown
    assert (name, replaces, title, text, stays) == ("calmtray", 0, "A minute?", "Tea & <rest>", STAYS_MS)
    assert icon.endswith("calmtray-64.png")
    assert actions == ["default", "Show the offer", "begin", "Begin", "later", "Later", "no", "Not today"]
    assert hints["suppress-sound"] == ("b", True)
    assert hints["transient"] == ("b", True)


def test_where_text_may_be_marked_up_it_is_text_all_the_same(heard, bus):
    server = Notifier(bus.address, ["actions", "body-markup"])
    assert heard.show("Tea & <rest>")
    assert server.shown[0][4] == "Tea &amp; &lt;rest&gt;"
    server.close()


@pytest.mark.parametrize("action", ["begin", "later", "no", OPENED])
def test_an_action_is_told_and_the_notification_goes(qtbot: QtBot, heard, server, action):
    heard.show()
    with qtbot.waitSignal(heard.notification.acted):
        # That of somebody else, a strange one, and ours.
        server.tell("ActionInvoked", "us", 7, "begin")
        server.tell("ActivationToken", "us", 41, "token")
        server.tell("ActionInvoked", "us", 41, action)
    assert heard.actions == [action]
    assert server.closed == [41]
    server.tell("NotificationClosed", "uu", 41, 3)
    heard.show()
    assert (heard.actions, heard.dismissed) == ([action], 0)


def test_put_out_of_sight_it_says_so(qtbot: QtBot, heard, server):
    heard.show()
    with qtbot.waitSignal(heard.notification.dismissed):
        server.tell("NotificationClosed", "uu", 41, 2)
    heard.notification.withdraw()
    assert server.closed == []


def test_gone_by_itself_it_says_nothing(qtbot: QtBot, heard, server):
    heard.show()
    server.tell("NotificationClosed", "uu", 41, 1)
    qtbot.waitUntil(lambda: heard.notification._bus is None)
    assert (heard.actions, heard.dismissed) == ([], 0)


def test_it_is_withdrawn_and_another_takes_its_place(heard, server):
    heard.show()
    heard.show()
    assert server.closed == [41]
    heard.notification.withdraw()
    assert server.closed == [41, 42]
    heard.notification.withdraw()
    assert server.closed == [41, 42]


def test_where_there_are_no_buttons_or_nobody_shows_anything_it_says_so(heard, bus):
    assert not heard.show()
    server = Notifier(bus.address, ["body"])
    assert not heard.show()
    assert server.shown == []
    server.close()


def test_without_a_bus_it_says_so(qapp):
    assert not Notification({}).show("A minute?", "", ACTIONS)


def test_a_bus_that_goes_takes_the_notification_along_and_nothing_else(qtbot: QtBot, heard, bus, server):
    heard.show()
    bus._daemon.terminate()
    qtbot.waitUntil(lambda: heard.notification._bus is None)
    assert (heard.actions, heard.dismissed) == ([], 0)


def test_a_desktop_that_hangs_is_not_waited_for(heard, bus, server):
    heard.show()
    bus.hang()
    heard.notification.withdraw()
    assert heard.notification._bus is None


def test_nobody_is_started_to_show_it(heard, bus):
    bus.offer_to_start(DesktopServer.NAME)
    assert not heard.show()
    bus.start_by_calling(DesktopServer.NAME)
    wait_for(bus.trace.exists, "the service to be started")


# From within a Flatpak.


@pytest.fixture
def in_a_flatpak(bus, tmp_path, monkeypatch) -> Iterator[Heard]:
    (tmp_path / ".flatpak-info").write_text("")
    monkeypatch.setattr(portal, "INFO", tmp_path / ".flatpak-info")
    made = Heard({**bus.environ, "FLATPAK_ID": "org.calmtray.calmtray"})
    yield made
    made.notification.withdraw()


@pytest.fixture
def server_of_portal(bus) -> Iterator[NotifyingPortal]:
    made = NotifyingPortal(bus.address)
    yield made
    made.close()


def test_the_portal_shows_it_with_its_buttons(in_a_flatpak, server_of_portal):
    assert in_a_flatpak.show("Tea & <rest>")
    ((id_, said),) = server_of_portal.shown
    assert id_ == "offer-1"
    assert (said["title"], said["body"]) == (("s", "A minute?"), ("s", "Tea & <rest>"))
    assert said["default-action"] == ("s", "default")
    labels = [(each["action"][1], each["label"][1]) for each in said["buttons"][1]]
    assert labels == [("begin", "Begin"), ("later", "Later"), ("no", "Not today")]


@pytest.mark.parametrize("action", ["begin", "later", "no", OPENED])
def test_the_portal_tells_an_action_and_the_notification_goes(qtbot: QtBot, in_a_flatpak, server_of_portal, action):
    in_a_flatpak.show()
    with qtbot.waitSignal(in_a_flatpak.notification.acted):
        server_of_portal.tell("another", "begin")
        server_of_portal.tell("offer-1", action)
    assert in_a_flatpak.actions == [action]
    assert server_of_portal.removed == ["offer-1"]
    in_a_flatpak.show()
    assert server_of_portal.shown[1][0] == "offer-2", "a click on one that went is about none that comes"


def test_a_portal_is_started_when_it_is_asked_first(in_a_flatpak, bus):
    bus.offer_to_start(portal.NAME)
    assert not in_a_flatpak.show()
    wait_for(bus.trace.exists, "the portal to be started")
