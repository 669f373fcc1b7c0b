"""Practice files as long as they may be, and as bad: the work is bounded, and the answer is a list of sentences."""

from __future__ import annotations

import pytest

from calmtray.practice.format import MOST_PROBLEMS, Invalid, parse
from calmtray.practice.library import LARGEST_BYTES
from calmtray.practice.problem import Problem
from calmtray.words.texts import problem_text
from tests.practice.bundled import GOOD, SHARED
from tests.practice.trying import is_sentence


def filled(unit: str) -> str:
    """As often as it fits."""
    return unit * (LARGEST_BYTES // len(unit))


def counted(unit: str) -> str:
    return "".join(unit.replace("{}", str(number)) for number in range(LARGEST_BYTES // (len(unit) + 4)))


def refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(Invalid) as caught:
        parse(text, SHARED.patterns, SHARED.sources)
    assert all(is_sentence(problem_text(problem)) for problem in caught.value.problems)
    return caught.value.problems


MANY = {
    "keys that mean nothing": counted("k{}=1\n"),
    "keys that nearly mean something": counted("titl{}=1\n"),
    "tables": counted("[t{}]\n"),
    "empty steps": filled("[[steps]]\n"),
    "steps of nonsense": filled("[[steps]]\nx=1\n"),
    "needs that nobody has": f"needs = [{filled('1,')[:-20]}]",
    "needs that are nearly some": f"needs = [{filled(chr(34) + 'agitate' + chr(34) + ',')[:-30]}]".replace('"a]', "]"),
    "languages": "languages = ['en']\n" + counted("title.l{}='x'\n"),
}


@pytest.mark.parametrize("kind", MANY)
def test_beyond_so_many_mistakes_no_more_are_looked_for(kind):
    assert len(refused(MANY[kind])) == MOST_PROBLEMS


ONE = {
    "brackets": filled("["),
    "quotes": filled('"'),
    "a key without end": filled("a."),
    "digits": "a=" + filled("1"),
    "a long key": filled("a") + "=1",
    "nothing": "",
    "line breaks": filled("\n"),
}


@pytest.mark.parametrize("kind", ONE)
def test_one_mistake_as_long_as_the_file_is_told_in_few_words(kind):
    assert 1 <= len(refused(ONE[kind])) <= MOST_PROBLEMS


@pytest.mark.parametrize("value", ["0x" + "f" * 4_000, "0b" + "1" * 20_000, "-0o" + "7" * 9_000])
@pytest.mark.parametrize("key", ["say.en", "seconds", "inward", "scale", "breathe", "prop"])
def test_a_number_too_long_to_be_written_out_is_only_a_wrong_type(key, value):
    text = GOOD.replace(
        "seconds = 15\n", f"seconds = 15\n{key} = {value}\n" if key != "seconds" else f"{key} = {value}\n"
    )
    text = text.replace('say = { en = "Here is a word.", fr = "Voici un mot." }\n', "") if key == "say.en" else text
    assert refused(text)


def test_marks_that_turn_the_writing_around_are_not_repeated():
    (problem,) = refused(GOOD.replace('"open"', '"\u202eopen\u2066\u200f"'))
    assert "\u202e" not in problem_text(problem)


@pytest.mark.parametrize(
    "sign", ["\\u001b", "\\u009b", "\\u0000", "\\r", "\\u2028", "\\u202e", "\\u2066", "\\u200f", "\\u007f"]
)
def test_a_text_holds_no_sign_that_nobody_means_to_write(sign):
    (problem,) = refused(GOOD.replace("A good one", f"A {sign}[2J one"))
    assert (problem.code, problem.where) == ("unreadable-letter", "title.en")
    reason = f'[[overrules]]\nrule = "no-source"\nreason = "Because {sign} said so."\n'
    (problem,) = refused(GOOD.replace("[why]", f"{reason}\n[why]"))
    assert (problem.code, problem.where) == ("unreadable-letter", "overrules[0].reason")


@pytest.mark.parametrize(
    "sign", ["\u00a0", "\u202f", "\u2009", "\\t", "\\n", "é", "œ", "’", "…", "\u00ad", "🌿", "\u200d"]
)
def test_letters_and_spaces_of_every_kind_are_welcome(sign):
    assert parse(GOOD.replace("A good one", f"A {sign} one"), SHARED.patterns, SHARED.sources).title["en"]
