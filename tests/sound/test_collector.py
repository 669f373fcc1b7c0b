"""The collector: kept out as long as anybody's sound plays."""

from __future__ import annotations

import gc
import weakref

from calmtray.sound.collector import collect, kept_out


def test_it_comes_back_when_the_last_one_has_gone():
    before = gc.get_freeze_count()
    ringing_out, next_one = kept_out(), kept_out()
    with ringing_out:
        frozen = gc.get_freeze_count()
        next_one.__enter__()
    assert frozen > before
    # A few of what was frozen may have died meanwhile.
    assert gc.get_freeze_count() > frozen / 2
    next_one.__exit__(None, None, None)
    assert gc.get_freeze_count() == 0


class Circle:
    """What only the collector sees the end of."""

    def __init__(self) -> None:
        self.itself = self


def test_what_died_while_somebody_was_within_can_be_collected_all_the_same():
    circle = weakref.ref(alive := Circle())
    with kept_out():
        del alive
        gc.collect()
        assert circle() is not None
        collect()
        assert circle() is None
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
