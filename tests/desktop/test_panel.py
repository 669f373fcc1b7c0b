"""A tray that takes its icons over D-Bus (StatusNotifierItem)."""

from calmtray.desktop import clock
from calmtray.practice.moment import Moment
from calmtray.practice.suggest import suggest
from calmtray.words.texts import length_text
from tests.desktop.calm import library, outward
from tests.desktop.seeing import notices
from tests.desktop.waiting import wait_for


def test_the_icon_over_dbus_opens_the_now_page_and_a_menu_with_a_way_out_first(panel, calm):
    calm.start()
    (item,) = wait_for(panel.items, "the icon to be registered")
    assert calm.status()["tray"] is True

    calm.click_icon()
    calm.window("calmtray")
    assert calm.status()["page"] == "now"

    way_out = outward()
    three = suggest((p for p in library() if p.id != way_out.id), Moment(clock.now()))
    assert len(three) == 3
    menu = panel.menu(item)
    assert [entry.split(" (")[0] for entry in menu if entry != "-"] == [
        way_out.title["en"],
        *(suggestion.practice.title["en"] for suggestion in three),
        "In session for 50 min",
        "In session for…",
        "25 min",
        "80 min",
        "Until a time…",
        "Now",
        "Practices",
        "Journal",
        "Settings",
        "Discreet",
        "Quit",
    ]
    for suggestion, entry in zip(three, menu[2:5], strict=True):
        assert length_text(suggestion.practice.length_ms) in entry
    assert way_out.category == "orientation"

    calm.click_icon(3)
    wait_for(panel.popups, "the menu")
    panel.press("Down", "Return")
    assert calm.wait_for_session("ready")["practice"] == way_out.id


def test_a_panel_that_comes_late_goes_and_comes_again_has_the_icon_each_time(desk, calm):
    calm.decline_offers()
    calm.start()
    window = calm.window("calmtray")
    status = calm.status()
    assert (status["tray"], status["page"]) == (False, "now")
    wait_for(lambda: notices(desk.picture(window.box)), "a line on the page that there is no tray")

    desk.start_panel()
    wait_for(desk.items, "the icon to be registered with a panel that came late")
    wait_for(desk.icon, "the icon in the panel")
    assert calm.status()["tray"] is True
    wait_for(lambda: not notices(desk.picture(window.box)), "the line to go, now that there is a tray")
    desk.press("Escape")
    wait_for(lambda: not calm.windows(), "the window to close, and the app to stay")

    desk.stop_tray()
    wait_for(lambda: calm.status()["tray"] is False, "the app to see that the panel is gone")
    desk.start_panel()
    wait_for(desk.items, "the icon to be registered with the panel's second start")
    calm.click_icon()
    calm.window("calmtray")


def test_a_panel_that_stays_away_leaves_nobody_without_a_way_in(panel, calm):
    calm.start()
    wait_for(panel.icon, "the icon in the panel")
    assert calm.windows() == []
    panel.stop_tray()
    window = calm.window("calmtray")
    wait_for(lambda: notices(panel.picture(window.box)), "a line on the page that there is no tray")
