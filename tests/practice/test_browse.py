"""What is listed under which heading, and what the filters leave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.browse import Filters, Grouping, grouped
from calmtray.practice.library import read_practice
from calmtray.practice.model import Category, Discreet, Eyes, Need, Posture
from calmtray.session.lengths import lengths
from tests.making import practice, quiet
from tests.practice.bundled import FILES, SHARED

PRACTICES = [read_practice(path, SHARED) for path in FILES]
FAVOURITES = {"soft-box", "water-break"}

FILTERS = {
    "most_ms": lambda p: lengths(p, 60_000)[0] <= 60_000,
    "discreet": lambda p: p.discreet is Discreet.YES,
    "seated": lambda p: Posture.SEATED in p.posture or Posture.ANY in p.posture,
    "no_holds": lambda p: not p.has_hold,
    "eyes_open": lambda p: p.eyes is Eyes.OPEN,
    "favourites": lambda p: p.id in FAVOURITES,
}


def filters(names):
    return Filters(60_000 if "most_ms" in names else 0, **dict.fromkeys(names - {"most_ms"}, True))


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_leaves_some_and_what_it_says(name):
    left = filters({name}).fitting(PRACTICES, FAVOURITES)
    assert left == [p for p in PRACTICES if FILTERS[name](p)]
    assert 0 < len(left) < len(PRACTICES)


@given(st.sets(st.sampled_from(sorted(FILTERS))))
def test_several_filters_leave_what_each_of_them_leaves(names):
    assert filters(names).fitting(PRACTICES, FAVOURITES) == [p for p in PRACTICES if all(FILTERS[n](p) for n in names)]


def test_by_category_each_practice_stands_once():
    groups = grouped(PRACTICES, Grouping.CATEGORY)
    assert [group.heading for group in groups] == list(Category)
    assert sorted(p.id for group in groups for p in group.practices) == sorted(p.id for p in PRACTICES)
    assert all(p.category is group.heading for group in groups for p in group.practices)


def test_by_need_each_practice_stands_under_each_of_its_needs():
    groups = {group.heading: group.practices for group in grouped(PRACTICES, Grouping.NEED)}
    assert list(groups) == [need for need in Need if need in groups]
    for need in Need:
        assert list(groups.get(need, ())) == [p for p in PRACTICES if need in p.needs]


@pytest.mark.parametrize("grouping", Grouping)
def test_nothing_has_no_headings(grouping):
    assert grouped([], grouping) == ()


@pytest.mark.parametrize(
    ("most_ms", "expected_ms"), [(0, 90_000), (120_000, 90_000), (60_000, 60_000), (30_000, 40_000)]
)
def test_each_is_as_long_as_it_may_be(most_ms, expected_ms):
    made = practice(quiet(90_000, "Look.", (40_000, 200_000)))
    assert Filters(most_ms).length_ms(made) == expected_ms
