"""Which language calmtray speaks."""

from __future__ import annotations

import pytest

from calmtray.practice.model import LANGUAGES
from calmtray.words.language import (
    _,
    environment_languages,
    in_each_language,
    language,
    marked,
    plural,
    preferred,
    use_language,
)


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ([], "en"),
        (["fr"], "fr"),
        (["fr-CA"], "fr"),
        (["fr_FR.UTF-8"], "fr"),
        (["FR.utf8"], "fr"),
        (["de", "it"], "en"),
        (["de", "fr_CH@euro", "en"], "fr"),
        (["C"], "en"),
        (["", "frisian"], "en"),
        (["fry", "fr"], "fr"),
    ],
)
def test_the_first_language_that_calmtray_speaks_is_taken(wanted, spoken):
    assert preferred(wanted) == spoken


@pytest.mark.parametrize(
    ("environ", "asked"),
    [
        ({}, []),
        ({"LANG": "fr_CA.UTF-8"}, ["fr_CA.UTF-8"]),
        ({"LANG": "fr_CA.UTF-8", "LC_MESSAGES": "en_GB"}, ["en_GB"]),
        ({"LC_MESSAGES": "en_GB", "LC_ALL": "fr_FR"}, ["fr_FR"]),
        ({"LC_ALL": "C", "LANGUAGE": "de:fr"}, ["de", "fr"]),
        ({"LANGUAGE": "", "LANG": "fr"}, ["fr"]),
    ],
)
def test_the_environment_asks_in_the_order_of_gettext(environ, asked):
    assert environment_languages(environ) == asked


def test_a_sentence_is_said_in_the_language_chosen():
    use_language("fr")
    assert (language(), _("Language")) == ("fr", "Langue")
    assert plural("{number} practice is right.", "{number} practices are right.", 2) != (
        "{number} practices are right."
    )
    use_language("en")
    assert (language(), _("Language")) == ("en", "Language")


def test_every_language_is_asked_in_turn_and_the_one_spoken_goes_on():
    use_language("fr")
    assert in_each_language(language) == list(LANGUAGES)
    assert language() == "fr"


def test_a_question_that_fails_leaves_the_language_as_it_was():
    with pytest.raises(ZeroDivisionError):
        in_each_language(lambda: 1 // 0)
    assert language() == "en"


def test_a_sentence_no_catalogue_knows_is_said_as_it_is():
    use_language("fr")
    assert _("Nobody ever translated this.") == "Nobody ever translated this."


def test_marking_a_sentence_changes_nothing():
    assert marked("Language") == "Language"
