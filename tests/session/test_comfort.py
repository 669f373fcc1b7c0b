"""Which pace was the most comfortable: tables of answers, and what holds for any of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.model import Availability
from calmtray.session.comfort import (
    MINUTES_EACH,
    NO_PACE,
    RATES,
    REST_MS,
    SETTLE_MS,
    Answer,
    Comfort,
    Effort,
    best_pace,
    trial,
)
from calmtray.session.timeline import Choices, build_timeline
from calmtray.settings.model import SETTINGS
from tests.practice.bundled import SHARED

P65, P60, P55, P50, P45 = RATES
YES, PARTLY, NO = Comfort.YES, Comfort.PARTLY, Comfort.NO
LITTLE, SOME, MUCH = Effort.LITTLE, Effort.SOME, Effort.MUCH

answers = st.dictionaries(
    st.sampled_from(list(RATES)),
    st.builds(Answer, st.none() | st.sampled_from(Comfort), st.none() | st.sampled_from(Effort)),
)


@pytest.mark.parametrize(
    ("told", "best"),
    [
        ({}, None),
        ({P65: Answer(), P60: Answer()}, None),
        ({P55: Answer(YES, LITTLE)}, P55),
        # The best comfort wins, whatever it cost …
        ({P65: Answer(PARTLY, LITTLE), P50: Answer(YES, MUCH)}, P50),
        # … then the least effort …
        ({P65: Answer(YES, SOME), P50: Answer(YES, LITTLE)}, P50),
        # … then the quicker one, in whatever order they were asked.
        ({P50: Answer(YES, LITTLE), P60: Answer(YES, LITTLE), P45: Answer(YES, LITTLE)}, P60),
        # A question left open counts as its middle answer.
        ({P65: Answer(None, LITTLE), P60: Answer(PARTLY, MUCH)}, P65),
        ({P65: Answer(None, LITTLE), P60: Answer(YES, MUCH)}, P60),
        ({P65: Answer(YES, None), P60: Answer(YES, LITTLE)}, P60),
        ({P65: Answer(YES, None), P60: Answer(YES, MUCH)}, P65),
        # Of a pace that was passed by nothing is known.
        ({P65: Answer(), P60: Answer(PARTLY, MUCH)}, P60),
        # What was not comfortable is not kept, even where it is all there is.
        ({P65: Answer(NO, LITTLE), P60: Answer(NO, LITTLE)}, None),
        ({P65: Answer(NO, LITTLE), P60: Answer(None, MUCH)}, P60),
    ],
)
def test_the_most_comfortable_pace(told, best):
    assert best_pace(told) == best


@given(answers)
def test_no_other_pace_was_better(told):
    best = best_pace(told)
    for pace, answer in told.items():
        if best is None:
            assert answer == Answer() or answer.comfort is NO
        elif None not in (answer.comfort, answer.effort, told[best].comfort, told[best].effort):
            assert (told[best].comfort, -told[best].effort, RATES[best]) >= (
                answer.comfort,
                -answer.effort,
                RATES[pace],
            )


@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_asking_does_not_matter(told, chance):
    shuffled = list(told.items())
    chance.shuffle(shuffled)
    assert best_pace(dict(shuffled)) == best_pace(told)


def test_the_paces_are_the_patterns_of_the_tool_the_quickest_first():
    tools = {id_ for id_, pattern in SHARED.patterns.items() if pattern.availability is Availability.TOOL}
    assert set(RATES) == tools
    assert list(RATES.values()) == sorted(RATES.values(), reverse=True)
    for id_, rate in RATES.items():
        assert 60_000 / SHARED.patterns[id_].length_ms == pytest.approx(rate, abs=0.05)


def test_the_setting_takes_exactly_these_paces():
    (setting,) = (setting for setting in SETTINGS if setting.name == "my_pace")
    assert setting.choices == (NO_PACE, *RATES)
    assert setting.default == NO_PACE


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("minutes", MINUTES_EACH)
@pytest.mark.parametrize("id_", RATES)
def test_a_try_is_a_rest_and_then_whole_breaths_for_about_so_many_minutes(id_, minutes, first):
    pattern = SHARED.patterns[id_]
    timeline = build_timeline(trial(pattern, minutes, first), {}, Choices())
    rest = SETTLE_MS if first else REST_MS
    assert timeline.breath[0].at_ms == rest
    breathed = timeline.length_ms - rest
    assert breathed % pattern.length_ms == 0
    assert abs(breathed - minutes * 60_000) <= pattern.length_ms / 2
    assert timeline.words == ()
    assert all(cue.pattern == pattern for cue in timeline.breath)
