"""Offers on a real desktop: a card that takes nothing from anybody, and a client session that keeps it away."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

from tests.calendars.asked import calendar, entry
from tests.desktop import programs
from tests.desktop.calm import library, title
from tests.desktop.desk import SIZE
from tests.desktop.listening import choose
from tests.desktop.notifying import Notifier
from tests.desktop.seeing import primary_buttons
from tests.desktop.waiting import let_pass, wait_for

ALWAYS = ("mon-sun 00:00-24:00",)
OFFER = "An offer"


def start_willing(calm, **chosen):
    """Somebody said yes to offers, and works all day."""
    choose(calm, offers="on", working_hours=ALWAYS, **chosen)
    calm.start()


def told(calm, *arguments):
    done = calm.run("session", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def card_of(calm):
    """The card, once nobody has touched anything for a while."""
    return wait_for(lambda: calm.find(OFFER), "the offer", 45)


def rows(calm):
    """What the journal has of offers."""
    with closing(sqlite3.connect(calm.paths.journal)) as db:
        return db.execute("SELECT kind, outcome, practice FROM offers ORDER BY id").fetchall()


def test_after_a_session_a_card_comes_takes_no_keyboard_and_begins_a_practice(trayer, calm):
    trayer.open_other_window("plain", "Notes")
    notes = wait_for(lambda: next((w for w in trayer.windows() if w.title == "Notes"), None), "another window")
    trayer.raise_(notes)
    wait_for(lambda: trayer.has_keyboard(notes), "it to have the keyboard")
    start_willing(calm)
    assert told(calm) == "Not in session."
    assert told(calm, "25").startswith("In session until ")
    assert calm.status()["in_session"] == told(calm)
    assert calm.find(OFFER) is None

    told(calm, "end")
    card = card_of(calm)
    assert trayer.has_keyboard(notes)
    assert card.above
    left, _top, right, bottom = card.box
    assert right <= SIZE[0]
    assert bottom <= SIZE[1]
    assert right - left < SIZE[0] / 2
    assert left > SIZE[0] / 2
    assert len(primary_buttons(trayer.picture(card.box))) == 2

    calm.press_primary(card)
    session = wait_for(calm.session, "the practice that was offered")
    assert session["status"] == "ready", "nobody has read yet what it asks"
    wait_for(lambda: calm.find(OFFER) is None, "the card to go")
    assert rows(calm) == [("after-session", "taken", session["practice"])]
    calm.window(title(session["practice"]))
    assert session["practice"] in library().practices


def test_a_full_screen_window_holds_an_offer_and_its_end_releases_it(trayer, calm, figures):
    trayer.open_other_window("full", "Slides")
    slides = wait_for(lambda: next((w for w in trayer.windows() if w.title == "Slides"), None), "the slides")
    wait_for(lambda: trayer.has_keyboard(slides), "them to have the keyboard")
    start_willing(calm)
    told(calm, "25")
    told(calm, "end")
    # Longer than anybody's hands could be the reason.
    let_pass(11)
    assert calm.find(OFFER) is None
    assert calm.status()["offered"] is False
    trayer.close_other_windows()
    ended = time.monotonic()
    card_of(calm)
    released = time.monotonic() - ended
    figures(released_s=round(released, 1))
    assert released < 20


def test_a_call_holds_an_offer_and_its_end_releases_it(trayer, calm, speakers, figures):
    trayer.ask("pactl", "load-module", "module-null-source", "source_name=headset")
    call = trayer.start("parec", "--device=headset", "--raw", "/dev/null")
    wait_for(lambda: trayer.ask("pactl", "list", "short", "source-outputs"), "the call to be under way")
    start_willing(calm)
    told(calm, "25")
    told(calm, "end")
    # Longer than anybody's hands could be the reason.
    let_pass(11)
    let_pass(11)
    assert calm.find(OFFER) is None
    assert calm.status()["offered"] is False
    programs.stop(call)
    ended = time.monotonic()
    card_of(calm)
    released = time.monotonic() - ended
    figures(released_s=round(released, 1))
    assert released < 20


def test_a_meeting_of_the_agenda_is_told_of_by_whoever_reads_it_in_a_child(trayer, calm, tmp_path):
    soon, over = (datetime.now(UTC) + timedelta(minutes=minutes) for minutes in (8, 60))
    peers = entry(f"DTSTART:{soon:%Y%m%dT%H%M%SZ}", f"DTEND:{over:%Y%m%dT%H%M%SZ}", summary="Supervision")
    (tmp_path / "peers.ics").write_text(calendar(peers), encoding="utf-8")
    start_willing(calm, agenda=(str(tmp_path),))
    wait_for(lambda: calm.find("calmtray"), "the line that tells of it", 30)


def test_the_notification_of_the_system_begins_a_practice_and_goes(trayer, calm):
    server = Notifier(trayer.env["DBUS_SESSION_BUS_ADDRESS"], ["actions", "body"])
    try:
        start_willing(calm, offer_as="notification")
        told(calm, "25")
        told(calm, "end")
        wait_for(lambda: server.shown, "the notification", 45)
        assert calm.find(OFFER) is None
        server.tell("ActionInvoked", "us", 41, "begin")
        session = wait_for(calm.session, "the practice that was offered")
        wait_for(lambda: server.closed == [41], "the notification to go")
        assert rows(calm) == [("after-session", "taken", session["practice"])]
        assert title(session["practice"]) in server.shown[0][4]
    finally:
        server.close()


def test_saying_in_session_starts_calmtray_where_it_is_not_running(trayer, calm):
    calm.start("session", "25")
    wait_for(lambda: calm.status()["in_session"], "it to be in session")
    assert told(calm).startswith("In session until ")
    assert calm.windows() == []


def test_offers_are_sent_away_for_today_and_called_back_from_a_terminal(trayer, calm):
    start_willing(calm)
    assert calm.run("pause").stdout == "No offers today.\n"
    assert calm.run("pause", "end").stdout == "Offers may come again.\n"


def test_one_key_in_the_window_says_in_session_and_that_it_is_over(trayer, calm):
    calm.decline_offers()
    calm.start()
    calm.click_icon()
    window = wait_for(lambda: next(iter(calm.windows()), None), "the window")
    trayer.raise_(window)
    wait_for(lambda: trayer.has_keyboard(window), "it to have the keyboard")
    trayer.press("ctrl+i")
    wait_for(lambda: calm.status()["in_session"], "it to be in session")
    trayer.press("ctrl+i")
    wait_for(lambda: not calm.status()["in_session"], "it to be over")
