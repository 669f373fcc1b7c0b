"""Which practices are suggested: few, different, permitted, each with a reason that is true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.library import read_practice
from calmtray.practice.model import Category, Practice
from calmtray.practice.suggest import FEWEST, LATELY, MOST, SHORT_MS, Reason, outward_first, suggest
from calmtray.words.texts import reason_text
from tests.making import BOX, FOUR_SIX, breathing, practice, quiet
from tests.practice.bundled import FILES, SHARED

BUNDLED = tuple(read_practice(path, SHARED) for path in FILES)


def made(
    id_: str,
    category: Category = Category.SENSORY,
    inward: int = 0,
    seconds: int = 120,
    core: bool = False,
    holds: bool = False,
) -> Practice:
    steps = [quiet(seconds * 1_000, "A word.")] if not holds else [breathing(BOX, seconds // 12, "A word.")]
    return practice(*steps, id=id_, category=category, inward=inward, core=core)


@st.composite
def libraries(draw: st.DrawFn) -> tuple[Practice, ...]:
    chosen = draw(st.lists(st.sampled_from(BUNDLED), unique_by=lambda each: each.id, max_size=len(BUNDLED)))
    many = [
        made(
            f"made-{number}",
            draw(st.sampled_from(Category)),
            draw(st.integers(0, 2)),
            draw(st.integers(24, 300)),
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return (*chosen, *many)


@given(libraries(), st.booleans(), st.data())
def test_suggestions_are_few_distinct_permitted_and_their_reasons_are_true(library, holds, data):
    ids = [each.id for each in library] + ["taken-out-since"]
    recent = data.draw(st.lists(st.sampled_from(ids), max_size=12))
    without = data.draw(st.sets(st.sampled_from(ids)))
    suggestions = suggest(library, recent, holds, without)
    chosen = [suggestion.practice for suggestion in suggestions]
    permitted = [each for each in library if each.id not in without and (holds or not each.has_hold)]

    assert all(each in permitted for each in chosen)
    assert len({each.id for each in chosen}) == len(chosen) == min(MOST, len(permitted))
    for suggestion in suggestions:
        each = suggestion.practice
        assert {
            Reason.OUTWARD: each.inward == 0,
            Reason.SHORT: each.length_ms <= SHORT_MS,
            Reason.NEW: each.id not in recent,
            Reason.RESTED: each.id in recent and each.id not in recent[:LATELY],
            Reason.KNOWN: each.id in recent,
        }[suggestion.reason]
        assert reason_text(suggestion.reason)


@given(libraries(), st.booleans(), st.data())
def test_as_many_categories_as_there_can_be(library, holds, data):
    recent = data.draw(st.lists(st.sampled_from([each.id for each in library] or ["none"]), max_size=8))
    permitted = {each.category for each in library if holds or not each.has_hold}
    chosen = {suggestion.practice.category for suggestion in suggest(library, recent, holds)}
    assert len(chosen) == min(MOST, len(permitted))


def test_the_bundled_practices_always_leave_a_choice_even_without_holds():
    assert len(suggest(BUNDLED, [], holds=False)) >= FEWEST
    assert len(suggest(BUNDLED, [each.id for each in BUNDLED], holds=False)) >= FEWEST


def test_what_was_never_taken_comes_first_then_what_was_taken_longest_ago():
    library = [made(id_) for id_ in ("a", "b", "c", "d")]
    order = [suggestion.practice.id for suggestion in suggest(library, ["c", "a", "b", "c"], holds=True)]
    assert order == ["d", "b", "a"]


def test_among_equals_outward_comes_before_inward_and_core_before_the_others():
    library = [made("a", inward=2), made("b", inward=0), made("c", inward=0, core=True), made("d", inward=1)]
    order = [suggestion.practice.id for suggestion in suggest(library, [], holds=True)]
    assert order == ["c", "b", "d"]


@pytest.mark.parametrize(
    ("each", "recent", "reason"),
    [
        (made("x"), [], Reason.OUTWARD),
        (made("x", inward=1, seconds=60), [], Reason.SHORT),
        (made("x", inward=1, seconds=61), [], Reason.NEW),
        (made("x", inward=1), ["a", "b", "c", "x"], Reason.RESTED),
        (made("x"), ["a", "b", "c", "x"], Reason.RESTED),
        (made("x"), ["x"], Reason.OUTWARD),
        (made("x", inward=1, seconds=60), ["x"], Reason.SHORT),
        # Taken a moment ago, it is not "not taken lately", and no longer new.
        (made("x", inward=1), ["x", "a", "b", "c"], Reason.KNOWN),
    ],
)
def test_each_comes_with_its_reason(each, recent, reason):
    (suggestion,) = suggest([each], recent, holds=True)
    assert suggestion.reason is reason


def test_holds_are_suggested_only_to_those_who_switched_them_on():
    held = made("held", holds=True)
    assert suggest([held], [], holds=False) == ()
    assert [suggestion.practice for suggestion in suggest([held], [], holds=True)] == [held]


# The way out of any state.


@given(libraries())
def test_the_first_is_outward_short_and_without_a_hold(library):
    first = outward_first(library)
    fitting = [each for each in library if each.inward == 0 and each.length_ms <= SHORT_MS and not each.has_hold]
    if first is None:
        assert fitting == []
        return
    assert first in fitting
    orientation = [each for each in fitting if each.category is Category.ORIENTATION]
    assert (first.category is Category.ORIENTATION) == bool(orientation)
    assert first.length_ms == min(each.length_ms for each in orientation or fitting)


def test_among_the_bundled_there_is_one():
    first = outward_first(BUNDLED)
    assert first is not None
    assert first.category is Category.ORIENTATION


def test_a_breath_held_outward_and_short_is_no_way_out():
    short = made("short", seconds=48, holds=True)
    assert short.inward == 0
    assert outward_first([short]) is None


def test_neither_is_one_a_second_too_long_nor_one_that_turns_inward():
    assert outward_first([made("long", seconds=61), made("inward", inward=1, seconds=30)]) is None
    assert outward_first([practice(breathing(FOUR_SIX, 7)), made("long", seconds=60)]) is not None
    assert outward_first([replace(made("x", seconds=60), inward=0)]) is not None
