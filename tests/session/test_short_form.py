"""The short form: the steps that are left when there is too little time for all of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.lint import lint
from calmtray.practice.model import Prop, Rule
from calmtray.practice.unfinished import read_unfinished
from calmtray.practice.writing import to_toml
from calmtray.session.lengths import lengths, nearest
from calmtray.session.runner import SessionRunner
from calmtray.session.timeline import (
    FIRST_WORDS_AFTER_MS,
    WORDS_AFTER_BELL_MS,
    Bell,
    Choices,
    Timeline,
    build_timeline,
    lengthen,
    live_words,
    shortest_ms,
    takes_short,
    whole_ms,
)
from calmtray.sound.score import Song, SoundChoices, placements
from tests.making import FOUR_SIX, breathing, practice, quiet, shortened

# The first, the third and the last are left out.
SHORT = practice(
    quiet(10_000, "One minute."),
    shortened(20_000, 14_000, "Look."),
    breathing(FOUR_SIX, 2, "Breathe."),
    shortened(20_000, 16_000, "Listen."),
    quiet(10_000, "Last part.", scale_ms=(5_000, 30_000)),
)
WHOLE_MS = 75_000


def played(wish: int | None, clips: dict[str, int] | None = None) -> Timeline:
    return build_timeline(SHORT, clips or {}, Choices(length_ms=wish))


def step_lengths(timeline: Timeline) -> list[int]:
    return [end - start for start, end in pairwise((*timeline.starts_ms, timeline.length_ms))]


def test_it_has_two_forms_and_the_shorter_one_is_its_shortest():
    assert (whole_ms(SHORT.steps), SHORT.short_ms, shortest_ms(SHORT)) == (WHOLE_MS, 30_000, 30_000)
    assert practice().short_ms is None


@pytest.mark.parametrize(
    ("wish", "length"),
    [(None, 80_000), (100_000, 100_000), (WHOLE_MS, WHOLE_MS), (WHOLE_MS - 1, 30_000), (30_000, 30_000), (0, 30_000)],
)
def test_it_is_played_when_the_whole_cannot_be_made_so_short(wish, length):
    assert played(wish).length_ms == length
    assert takes_short(SHORT, wish) == (length == 30_000)


def test_steps_keep_their_places_and_those_left_out_last_no_time_and_say_nothing():
    timeline = played(30_000)
    assert step_lengths(timeline) == [0, 14_000, 0, 16_000, 0]
    assert [(cue.step, cue.text) for cue in timeline.words] == [(1, "Look."), (3, "Listen.")]
    assert timeline.breath == ()
    assert [(bell.bell, bell.step, bell.at_ms) for bell in timeline.bells] == [
        (Bell.BEGIN, 1, 0),
        (Bell.STEP, 3, 14_000),
        (Bell.END, 3, 27_000),
    ]


@given(st.floats(0, 30_000))
def test_at_no_instant_is_there_a_step_that_is_left_out(ms):
    assert played(30_000).step_at(ms) == (1 if ms < 14_000 else 3)


def test_the_first_words_wait_as_first_words_do_and_a_clip_still_stretches_its_step():
    timeline = played(30_000, {"Look.": 20_000})
    assert [cue.at_ms for cue in timeline.words] == [FIRST_WORDS_AFTER_MS, 23_000]
    assert timeline.length_ms == 23_000 + 16_000
    live = live_words(played(30_000), ())
    assert [cue.at_ms for cue in live] == [FIRST_WORDS_AFTER_MS, 14_000 + WORDS_AFTER_BELL_MS]


def test_a_minute_more_is_given_to_the_step_under_way():
    assert step_lengths(lengthen(played(30_000), 5_000)) == [0, 74_000, 0, 16_000, 0]


class Log:
    def begin(self, timeline: Timeline) -> None:
        """Nothing."""

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        """Nothing."""

    def end(self, played_ms: int, timeline: Timeline, ending: object) -> None:
        self.ending = ending


def test_skipping_passes_over_what_is_left_out_both_ways():
    now = 0.0
    log = Log()
    runner = SessionRunner(played(30_000), lambda: now, log)
    runner.begin()
    runner.skip(+1)
    assert runner.position_ms == 14_000
    runner.skip(-1)
    assert runner.position_ms == 0
    runner.skip(+1)
    runner.skip(+1)
    assert log.ending == "finished"


def test_it_is_among_the_lengths_to_choose_from_and_nothing_between_it_and_the_whole_is():
    assert lengths(SHORT) == (30_000, 80_000)
    assert lengths(SHORT, 60_000) == (30_000, 80_000)
    assert lengths(SHORT, 90_000) == (30_000, 80_000, 90_000)
    assert [nearest(SHORT, wish) for wish in (None, 0, 60_000, 78_000, 10**9)] == [
        80_000,
        30_000,
        30_000,
        78_000,
        100_000,
    ]


def test_a_song_whose_step_is_left_out_is_not_played(tmp_path):
    choices = SoundChoices(song=Song(tmp_path / "song.ogg", 2))
    for wish, songs in ((30_000, 0), (None, 1)):
        placed = placements(played(wish), choices, {})
        assert sum(type(each.sound).__name__ == "SongSound" for each in placed) == songs


def test_an_unfinished_one_keeps_it():
    made = replace(SHORT, steps=(*SHORT.steps[:2], replace(SHORT.steps[3], prop=Prop.TIMER)))
    assert read_unfinished(to_toml(made), {}).steps == made.steps


def rules(*steps):
    return [(problem.code, problem.where) for problem in lint(practice(*steps, inward=1))]


def test_its_words_leave_time_for_quiet_and_it_leads_out_again():
    words = "word " * 25
    assert rules(shortened(30_000, 20_000, words), quiet(30_000)) == []
    assert rules(shortened(30_000, 17_000, words), quiet(30_000)) == [(Rule.TOO_MANY_WORDS, "steps[0].say.en")]
    inside = replace(shortened(30_000, 20_000), inward=True)
    assert rules(inside, quiet(30_000)) == [(Rule.NO_WAY_OUT, "steps[0]")]
    assert rules(inside, quiet(30_000), inside) == [(Rule.NO_WAY_OUT, "steps[2]")]
    assert rules(inside, shortened(30_000, 10_000, "The room again.")) == []


def test_the_words_are_weighed_at_the_shortest_that_a_step_may_become():
    words = "word " * 25
    assert rules(quiet(30_000, words, scale_ms=(18_000, 60_000))) == []
    assert rules(quiet(30_000, words, scale_ms=(15_000, 60_000))) == [(Rule.TOO_MANY_WORDS, "steps[0].say.en")]
