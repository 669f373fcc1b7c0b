"""Finding practices by words: both languages at once, accents or none, the title first."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.also_called import ALSO_CALLED
from calmtray.practice.library import read_practice
from calmtray.practice.model import Category, Need, Place, Posture
from calmtray.practice.search import Index, fold
from calmtray.words.language import language
from calmtray.words.practice_texts import names_everywhere
from tests.practice.bundled import FILES, SHARED

PRACTICES = [read_practice(path, SHARED) for path in FILES]
INDEX = Index(PRACTICES, names_everywhere())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("  ", ""),
        ("Water", " water"),
        ("Été", " ete"),
        ("L’œil", " l oeil"),
        ("l'oeil", " l oeil"),
        ("LʼŒIL", " l oeil"),
        ("aujourd’hui", " aujourd hui"),
        ("Peut-être, ou pas?", " peut etre ou pas"),
        ("cinq\N{NO-BREAK SPACE}: 5,5", " cinq 5 5"),
        ("e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}", " ete"),
        ("curriculum vitæ", " curriculum vitae"),
        ("ça_va", " ca va"),
        ("STRAẞE", " strasse"),
        ("— … !", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("soft box", "soft-box"),
        ("box soft", "soft-box"),
        ("CARRÉ", "soft-box"),
        ("carre doux", "soft-box"),
        ("carré soft", "soft-box"),
        ("tour piece", "look-around-the-room"),
        ("l'air sortir", "longer-out-breath"),
        ("l’air sort", "longer-out-breath"),
        ("4-6", "longer-out-breath"),
        ("tout doux 3-5", "step-down-pace"),
        ("walk short", "hallway-lap"),
        ("à pied escalier", "hallway-lap"),
        # What people call it.
        ("body scan", "light-body-scan"),
        ("scan corporel", "light-body-scan"),
        ("balayage corporel", "light-body-scan"),
        ("loving-kindness", "loving-kindness-mini"),
        ("amour bienveillant", "loving-kindness-mini"),
        ("5-4-3-2-1", "five-senses-countdown"),
        ("box breathing", "soft-box"),
        ("respiration carrée", "soft-box"),
        ("limits", "one-clear-limit"),
        ("limites", "one-clear-limit"),
        ("boire", "water-break"),
        ("lunch", "something-to-eat"),
        ("dessin", "one-minute-doodle"),
        ("cohérence", "five-five"),
    ],
)
def test_the_one_that_was_meant_comes_first(query, first):
    assert INDEX.find(query)[0] == first


def test_the_title_comes_before_the_rest():
    made = [
        replace(PRACTICES[0], id="about", title={"en": "Sea"}, summary={"en": "A blue wall, a door."}),
        replace(PRACTICES[0], id="half", title={"en": "Wall"}, summary={"en": "A door."}),
        replace(PRACTICES[0], id="title", title={"en": "Door", "fr": "Wall"}, summary={"en": "Sea."}),
    ]
    assert Index(made, {}).find("wall door") == ("title", "half", "about")


def test_every_word_has_to_be_there_from_its_beginning():
    made = [replace(PRACTICES[0], title={"en": "Start of spring"}, summary={"en": "."}, needs=())]
    index = Index(made, {})
    assert [bool(index.find(query)) for query in ("start", "sta spr", "art", "start winter")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("query", ["alone", "esseulé", "ESSEULE"])
def test_a_need_is_found_in_both_languages(query):
    index = Index(PRACTICES, {Need.LONELY.value: ("Alone", "Esseulé")})
    assert {p.id for p in PRACTICES if Need.LONELY in p.needs} <= set(index.find(query))


@pytest.mark.parametrize("query", ["movement", "mouvement"])
def test_a_category_is_found_in_both_languages(query):
    assert {p.id for p in PRACTICES if p.category is Category.MOVEMENT} <= set(INDEX.find(query))


TYPED = """
    walk walking marche marcher music musique breathe breathing stress calm calme grounding ancrage mindfulness
    meditation pleine\xa0conscience boundaries color draw team équipe collègue coffee café nature relaxation gratitude
    yoga émotions colleagues anxiety anxiété angoisse anger colère tristesse honte burnout épuisement tapping
"""


@pytest.mark.parametrize("query", [query.replace("\xa0", " ") for query in re.split(r"[ \n]+", TYPED) if query])
def test_what_people_type_finds_something(query):
    assert INDEX.find(query)


def test_what_else_people_call_them_is_of_practices_that_there_are():
    assert set(ALSO_CALLED) == {practice.id for practice in PRACTICES}


def test_the_names_are_in_both_languages_and_leave_the_one_spoken_as_it_is():
    names = names_everywhere()
    assert set(names) == {*Need, *Category, *Posture, *Place} - {Posture.ANY, Place.ANYWHERE}
    assert {"Breath", "Respiration"} <= set(names[Category.BREATH])
    assert language() == "en"


def test_without_words_everything_is_found_in_its_order():
    assert INDEX.find(" –") == tuple(practice.id for practice in PRACTICES)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_texts_fold_each_for_itself(one, other):
    assert fold(f"{one}\n{other}") == fold(one) + fold(other)


@given(st.sampled_from(PRACTICES), st.sampled_from(["en", "fr"]), st.data())
def test_any_words_of_a_title_in_any_order_find_it_among_the_first(practice, lang, data):
    words = fold(practice.title[lang]).split()
    some = data.draw(st.lists(st.sampled_from(words), min_size=1, unique=True))
    cut = [word[: data.draw(st.integers(1, len(word)))] for word in some]
    found = INDEX.find(" ".join(cut))
    assert practice.id in found
    in_title = [
        id_
        for id_ in found
        if all(f" {word}" in fold("\n".join(next(p for p in PRACTICES if p.id == id_).title.values())) for word in cut)
    ]
    assert found[: len(in_title)] == tuple(in_title)


@given(st.text(max_size=12), st.text(max_size=12))
def test_more_words_never_find_more(one, more):
    assert set(INDEX.find(f"{one} {more}")) <= set(INDEX.find(one))


def test_what_is_read_ahead_is_found_and_so_is_the_rest():
    for ahead in (0, 20, 51, 52, 60):
        index = Index(PRACTICES, names_everywhere())
        assert index.read_on(ahead) == (ahead <= 52)
        assert index.find("") == INDEX.find("")
        assert index.find("box") == INDEX.find("box")
        assert not index.read_on(1)
