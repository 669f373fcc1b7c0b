"""From the icon in the tray to a paced breath and to a line in the journal, by mouse."""

import pytest

from calmtray.session.breath import pose_at
from calmtray.session.timeline import Choices, Timeline, build_timeline
from calmtray.settings.file import read_settings
from tests.desktop.calm import BREATH, outward, practice, title
from tests.desktop.desk import SIZE
from tests.desktop.listening import choose
from tests.desktop.seeing import Disc, disc, outline
from tests.desktop.waiting import wait_for

ROUGHLY_MS = 25
"""A picture counts where the playhead moved no further while it was taken."""


def test_one_click_becomes_a_paced_breath_and_the_journal_remembers_it(trayer, calm, figures):
    # A favourite comes first where nothing is said.
    calm.paths.config.mkdir(parents=True)
    calm.paths.settings.write_text(f'favourites = ["{BREATH}"]\n', encoding="utf-8")
    calm.start()
    calm.click_icon()
    now = calm.window("calmtray")
    assert calm.status()["page"] == "now"

    calm.press_primary(now)
    window = calm.window(title(BREATH))
    assert calm.session()["practice"] == BREATH
    assert calm.session()["status"] == "ready"
    assert window.centre == pytest.approx((SIZE[0] / 2, SIZE[1] / 2), abs=24)  # its title bar counts in

    calm.press_primary(window)
    calm.wait_for_session("playing")
    trayer.press("Right")
    agrees_with_the_timeline(window, calm, figures)

    # The first step was skipped, and skipping plays nothing.
    played = calm.position_ms() - practice(BREATH).steps[0].ms
    trayer.press("Escape")
    calm.wait_for_end()
    assert calm.run("quit").returncode == 0
    assert calm.exit_status() == 0

    row = calm.journal_file()[0]
    assert (row["practice"], row["ending"], row["lang"], row["pacer"]) == (BREATH, "stopped", "en", "circle")
    assert row["planned_ms"] == calm.score(BREATH)["length_ms"]
    assert played <= row["played_ms"] <= played + 3_000


def agrees_with_the_timeline(window, calm, figures):
    """The circle's radius is what the score says, in pictures from all over one breath."""
    timeline = build_timeline(practice(BREATH), {}, Choices("en"))
    breath = timeline.breath[0]
    # Two sizes are taken from the first picture: the outline of a full breath, and the circle, then almost empty.
    first = seen_at(breath.at_ms, window, calm)
    full = outline(first.picture, first.disc) + 0.5
    level = pose_at(timeline, first.before).level
    empty = (first.disc.radius - full * level) / (1 - level)
    assert level < 0.2
    assert 0.3 < empty / full < 0.65
    errors = {}
    for share in (0.1, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85):
        shot = seen_at(breath.at_ms + share * breath.pattern.length_ms, window, calm)
        assert (shot.disc.x, shot.disc.y) == pytest.approx((first.disc.x, first.disc.y), abs=1)
        errors[share] = off(shot, timeline, empty, full)
    figures(full_px=round(full, 1), empty_px=round(empty, 1), radius_errors_px=errors)
    assert max(map(abs, errors.values())) <= 2


class Shot:
    """A picture of a session, and between which places of the playhead it was taken."""

    def __init__(self, window, calm):
        self.before = calm.position_ms()
        self.picture = calm.desk.picture(window.box)
        self.after = calm.position_ms()
        self.disc = Disc(0, 0, 0)

    @property
    def sharp(self):
        return self.after - self.before <= ROUGHLY_MS


def seen_at(ms, window, calm):
    """A picture from this place of the playhead on, taken again as long as the machine was too slow for it."""
    calm.wait_for_position(ms)
    shot = wait_for(lambda: (shot := Shot(window, calm)).sharp and shot, "a picture taken quickly enough")
    shot.disc = disc(shot.picture)
    return shot


def off(shot: Shot, timeline: Timeline, empty: float, full: float) -> float:
    """How far the disc is from all that would be right while the picture was taken, in px."""
    ends = [empty + (full - empty) * pose_at(timeline, ms).level for ms in (shot.before, shot.after)]
    right = min(max(shot.disc.radius, min(ends)), max(ends))
    return round(shot.disc.radius - right, 2)


def test_what_was_said_is_remembered_and_what_was_stopped_at_once_rests(trayer, calm):
    calm.decline_offers()
    calm.start()
    calm.click_icon()
    now = calm.window("calmtray")
    # For the first time the questions are open; the first of the answers is “Tired”.
    trayer.press("Tab", "Tab", "Tab", "space")
    wait_for(lambda: read_settings(calm.paths.settings).now_needs == ("tired",), "the answer to be kept")
    calm.press_primary(now)
    assert calm.session()["practice"] == "water-break"
    trayer.press("Return")
    calm.wait_for_session("playing")
    trayer.press("Escape")
    calm.wait_for_end()
    assert calm.run("quit").returncode == 0
    assert calm.exit_status() == 0

    calm.start()
    calm.click_icon()
    calm.press_primary(calm.window("calmtray"))
    assert calm.session()["practice"] == "hallway-lap"


def test_what_was_taken_before_begins_with_one_click_in_the_menu(trayer, calm):
    way_out = outward()
    calm.start()
    calm.click_icon(3)
    wait_for(trayer.popups, "the menu")
    trayer.press("Down", "Return")
    # Who has never taken it reads first what it asks.
    window = calm.window(title(way_out.id))
    assert calm.session()["status"] == "ready"
    calm.press_primary(window)
    calm.wait_for_session("playing")
    trayer.press("Escape")
    calm.wait_for_end()

    calm.click_icon(3)
    wait_for(trayer.popups, "the menu")
    trayer.press("Down", "Return")
    assert calm.wait_for_session("playing")["practice"] == way_out.id


def test_the_menu_opens_by_the_right_button_and_quits_by_keyboard(trayer, calm):
    calm.start()
    calm.click_icon(3)
    wait_for(trayer.popups, "the menu")
    trayer.press("Up", "Return")
    assert calm.exit_status() == 0
    assert trayer.popups() == []
    assert trayer.docked_icons() == []


def test_the_menu_fits_the_screen_the_first_time_as_well(trayer, calm):
    choose(calm, language="fr")
    calm.start()
    calm.click_icon(3)
    wait_for(trayer.popups, "the menu")
    wait_for(lambda: all(box[2] <= SIZE[0] and box[3] <= SIZE[1] for box in trayer.popups()), "it to fit the screen")
    trayer.press("Escape")
