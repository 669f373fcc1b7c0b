"""Two screens side by side."""

import pytest

from tests.desktop.calm import BREATH, title
from tests.desktop.desk import SIZE
from tests.desktop.listening import choose
from tests.desktop.two_screens import divide_screen
from tests.desktop.waiting import wait_for


@pytest.fixture(scope="module", autouse=True)
def halves(shared_desk):
    """The module's screen in two halves."""
    divide_screen(shared_desk.display[1:], *SIZE)


@pytest.mark.parametrize(("pointer_x", "middle_x"), [(200, 320), (1000, 960)], ids=["left", "right"])
def test_a_session_opens_in_the_middle_of_the_screen_with_the_pointer(trayer, calm, pointer_x, middle_x):
    calm.start()
    trayer.click(pointer_x, SIZE[1] // 2)
    assert calm.run("start", BREATH).returncode == 0
    calm.window(title(BREATH))
    wait_for(lambda: near(calm.find(title(BREATH)), middle_x), f"the window in the middle of the screen at {middle_x}")


@pytest.mark.parametrize(("pointer_x", "left", "right"), [(200, 0, 640), (1000, 640, 1280)], ids=["left", "right"])
def test_an_offer_comes_in_the_corner_of_the_screen_with_the_pointer(trayer, clocked, pointer_x, left, right):
    calm = clocked
    choose(calm, offers="on", working_hours=("mon-sun 00:00-24:00",))
    calm.start()
    trayer.click(pointer_x, SIZE[1] // 2)
    for what in ("25", "end"):
        assert calm.run("session", what).returncode == 0
    # So long after a session it waits for no pause any more.
    calm.set_ahead(240, 240)
    card = wait_for(lambda: calm.find("An offer"), "the offer", 45)
    assert left <= card.box[0]
    assert right - 40 <= card.box[2] <= right
    assert SIZE[1] - 80 <= card.box[3] <= SIZE[1]


def test_no_panel_lies_over_an_offer(trayer, clocked):
    calm = clocked
    choose(calm, offers="on", working_hours=("mon-sun 00:00-24:00",))
    trayer.keep_clear(0, 0, 0, 48)
    calm.start()
    trayer.click(1_000, SIZE[1] // 2)
    for what in ("25", "end"):
        assert calm.run("session", what).returncode == 0
    # So long after a session it waits for no pause any more.
    calm.set_ahead(240, 240)
    card = wait_for(lambda: calm.find("An offer"), "the offer", 45)
    assert card.box[3] <= SIZE[1] - 48
    # A panel that comes while it is there.
    trayer.keep_clear(0, 60, 0, 0)
    wait_for(lambda: calm.find("An offer").box[2] <= SIZE[0] - 60, "the card to make room")


def near(window, middle_x):
    return window is not None and abs(window.centre[0] - middle_x) <= 24 and abs(window.centre[1] - SIZE[1] / 2) <= 24
