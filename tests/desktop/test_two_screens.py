"""Two screens side by side."""

import pytest

from tests.desktop.calm import BREATH, title
from tests.desktop.desk import SIZE
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


def near(window, middle_x):
    return window is not None and abs(window.centre[0] - middle_x) <= 24 and abs(window.centre[1] - SIZE[1] / 2) <= 24
