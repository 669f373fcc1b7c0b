"""No tray at all, and one for X11 icons (XEmbed) that comes later."""

from calmtray.app import TRAY_GONE_MS
from tests.desktop.seeing import notices
from tests.desktop.waiting import wait_for


def test_without_a_tray_the_window_opens_and_says_so_and_the_icon_comes_with_the_tray(desk, calm):
    calm.decline_offers()
    calm.start()
    window = calm.window("calmtray")
    status = calm.status()
    assert (status["tray"], status["page"]) == (False, "now")
    wait_for(lambda: notices(desk.picture(window.box)), "a line on the page that there is no tray")

    desk.start_trayer()
    wait_for(desk.icon, "the icon in a tray that came late")
    assert calm.status()["tray"] is True
    wait_for(lambda: not notices(desk.picture(window.box)), "the line to go, now that there is a tray")
    desk.press("Escape")
    wait_for(lambda: not calm.windows(), "the window to close, and the app to stay")
    calm.click_icon()
    calm.window("calmtray")


def test_at_login_it_waits_without_a_window_for_a_tray_that_comes_late(desk, calm):
    calm.start("--at-login")
    assert (calm.status()["tray"], calm.windows()) == (False, [])
    assert calm.run("--at-login").returncode == 0, "a second one changes nothing"
    desk.start_trayer()
    wait_for(desk.icon, "the icon in a tray that came late")
    assert calm.windows() == []


def test_without_a_tray_closing_the_window_ends_the_app(desk, calm):
    calm.start()
    window = calm.window("calmtray")
    wait_for(lambda: desk.has_keyboard(window), "the window to have the keyboard")
    desk.press("Escape")
    assert calm.exit_status() == 0


def test_a_tray_that_restarts_gets_its_icon_back(trayer, calm):
    calm.start()
    wait_for(trayer.icon, "the icon in the tray")
    trayer.stop_tray()
    wait_for(lambda: calm.status()["tray"] is False, "the app to see that the tray is gone")
    trayer.start_trayer()
    calm.click_icon()
    calm.window("calmtray")


def test_a_tray_that_goes_leaves_a_session_alone_and_the_window_follows_it(trayer, calm):
    calm.start()
    session = calm.play_breath()
    trayer.stop_tray()
    wait_for(lambda: not (calm.status() or {})["tray"], "calmtray to miss the tray")
    began = calm.position_ms()
    wait_for(lambda: calm.position_ms() > began + TRAY_GONE_MS + 2_000, "the time a tray has to come back", 30)
    assert [window.title for window in calm.windows()] == [session.title]
    assert trayer.has_keyboard(session)
    trayer.press("Escape")
    window = calm.window("calmtray")
    assert not calm.session()
    assert calm.journal()[0]["ending"] == "stopped"
    trayer.raise_(window)
