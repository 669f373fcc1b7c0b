"""TOML text -> Practice, or everything that is wrong with it, each with its place."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calmtray.practice.fields import PRACTICE, Field, Kind
from calmtray.practice.format import MOST_PROBLEMS, Invalid, parse, parse_patterns
from calmtray.practice.model import (
    Availability,
    Caution,
    Grade,
    Need,
    Overrule,
    Pattern,
    Phase,
    Posture,
    Practice,
    Prop,
    Rule,
    Side,
)
from calmtray.practice.problem import Problem
from calmtray.words.language import use_language
from calmtray.words.texts import problem_text
from tests.practice.bundled import FILES, GOOD, PATTERNS_TEXT, SHARED, SOURCES_TEXT


def read(text: str) -> Practice:
    return parse(text, SHARED.patterns, SHARED.sources)


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(Invalid) as caught:
        read(text)
    return caught.value.problems


# What is good.


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_bundled_practice_is_right_and_lies_in_the_folder_of_its_category(path):
    practice = read(path.read_text(encoding="utf-8"))
    assert path.stem == practice.id
    assert path.parent.name == practice.category
    assert practice.languages == ("en", "fr")


def test_there_are_at_least_the_ten():
    assert len(FILES) >= 10


def test_a_file_becomes_the_practice_it_describes():
    practice = read(GOOD)
    assert (practice.id, practice.category, practice.inward, practice.core) == ("a-good-one", "breath", 1, False)
    assert (practice.needs, practice.posture) == ((Need.AGITATED,), (Posture.SEATED,))
    assert practice.title == {"en": "A good one", "fr": "Un bon"}
    assert (practice.why.grade, practice.why.sources) == (Grade.D, ("balban-2023",))
    assert practice.caution == {}
    words, breaths = practice.steps
    assert (words.ms, words.pattern, words.rounds, words.scale_ms) == (15_000, None, 0, None)
    assert (breaths.ms, breaths.rounds, breaths.scale_ms) == (40_000, 4, (20_000, 60_000))
    assert breaths.say == {}
    assert practice.patterns == (SHARED.patterns["slow_4_6"],)
    assert (practice.length_ms, practice.has_hold) == (55_000, False)
    assert practice.cautions == {Caution.SLOW, Caution.INWARD}


def test_a_step_may_turn_inward_and_show_a_prop():
    words, breaths = read(GOOD.replace("seconds = 15", 'seconds = 15\ninward = true\nprop = "own-song"')).steps
    assert (words.inward, words.is_inward, words.prop) == (True, True, Prop.OWN_SONG)
    assert (breaths.inward, breaths.is_inward, breaths.prop) == (False, True, None)
    plain, quick = read(GOOD.replace("slow_4_6", "equal_3_3")).steps
    assert (plain.inward, plain.is_inward, plain.prop) == (False, False, None)
    assert not quick.is_inward


def test_a_practice_may_overrule_rules_with_a_reason():
    assert read(GOOD).overrules == ()
    text = (
        GOOD
        + '''
[[overrules]]
rule = "pressure"
reason = """
A sentence that somebody
  wrote."""
where = "steps[0].say.en"
[[overrules]]
rule = "no-source"
reason = "The book is out of print."
'''
    )
    assert read(text).overrules == (
        Overrule(Rule.PRESSURE, "A sentence that somebody wrote.", "steps[0].say.en"),
        Overrule(Rule.NO_SOURCE, "The book is out of print."),
    )


def test_a_breath_of_ones_own_has_its_phases_in_their_order():
    breathe = "breathe = { rest = 1, out = 4.5, in = 3, hold = 2, top-up = 0.5, rounds = 4 }"
    practice = read(GOOD.replace('breathe = { pattern = "slow_4_6", rounds = 4 }', breathe))
    (pattern,) = practice.patterns
    assert [(span.phase.value, span.ms, span.to_level) for span in pattern.spans] == [
        ("in", 3_000, 0.75),
        ("top-up", 500, 1.0),
        ("hold", 2_000, 1.0),
        ("out", 4_500, 0.0),
        ("rest", 1_000, 0.0),
    ]
    assert practice.has_hold
    assert Caution.HOLD in practice.cautions


def test_a_practice_in_one_language_needs_that_one_only():
    practice = read(
        """
        format = 1
        id = "pluie"
        category = "sensory"
        languages = ["fr"]
        needs = ["tired"]
        posture = ["any"]
        places = ["window"]
        discreet = "yes"
        silent = true
        eyes = "open"
        inward = 0
        title.fr = "Deux minutes de pluie"
        summary.fr = "La pluie, par la fenêtre."
        why = { grade = "D", text = { fr = "On ne sait pas." } }
        [[steps]]
        seconds = 120
        say.fr = "Il pleut, peut-être."
        """
    )
    assert practice.languages == ("fr",)
    assert practice.title == {"fr": "Deux minutes de pluie"}
    assert practice.language("en") == "fr"


def test_both_languages_are_always_in_the_same_order():
    assert read('languages = ["fr", "en"]\n' + GOOD).languages == ("en", "fr")


def test_broken_lines_flow_together_and_no_break_spaces_stay():
    text = GOOD.replace('"Voici un mot."', '"""\nVoici\n   un\tmot\u202f: «\u00a0lent\u00a0».\n"""')
    # An inline table may not be broken, so say.fr stands on lines of its own.
    text = (
        text.replace("say = { en = ", "say.en = ").replace('word.", fr = ', 'word."\nsay.fr = ').replace('""" }', '"""')
    )
    assert read(text).steps[0].say["fr"] == "Voici un mot\u202f: «\u00a0lent\u00a0»."


def test_a_choice_given_twice_counts_once():
    assert read(GOOD.replace('["agitated"]', '["agitated", "numb", "agitated"]')).needs == (
        Need.AGITATED,
        Need.NUMB,
    )


def test_sources_are_checked_only_where_they_are_known():
    text = GOOD.replace("balban-2023", "nobody-1900")
    assert parse(text, SHARED.patterns).why.sources == ("nobody-1900",)
    assert [problem.code for problem in problems_of(text)] == ["unknown-source"]


def test_no_sources_at_all_are_no_mistake():
    assert read(GOOD.replace('["balban-2023"]', "[]")).why.sources == ()


# What is wrong. Each row: what is changed in the good file, into what, the code, the place, and details.


@dataclass(frozen=True)
class Row:
    old: str
    new: str
    code: str
    where: str = ""
    details: tuple[tuple[str, object], ...] = ()
    line: int | None = None


def row(old: str, new: str, code: str, where: str = "", line: int | None = None, **details: object) -> Row:
    return Row(old, new, code, where, tuple(details.items()), line)


def overruled(reason: str, rule: str = "pressure") -> str:
    return f'[20, 60]\n[[overrules]]\nrule = "{rule}"\nreason = {reason}\n'


BREATHS = 'breathe = { pattern = "slow_4_6", rounds = 4 }\nscale = [20, 60]'

SPOILED = [
    # Keys that mean nothing.
    row("[why]", 'colour = "blue"\n[why]', "unknown-key", "colour", key="colour"),
    row("silent = true", "silent = true\ncatgory = 1", "unknown-key", "catgory", nearest="category"),
    row("scale =", "scael =", "unknown-key", "steps[1].scael", nearest="scale"),
    row("rounds = 4", "rounds = 4, top_up = 1", "unknown-key", "steps[1].breathe.top_up", nearest="top-up"),
    row('grade = "D"', 'grade = "D"\ngrades = 1', "unknown-key", "why.grades", nearest="grade"),
    # Keys that are missing.
    row('id = "a-good-one"\n', "", "missing", "id", key="id"),
    row("format = 1\n", "", "missing", "format", key="format"),
    row('grade = "D"\n', "", "missing", "why.grade", key="grade"),
    row(", rounds = 4", "", "missing", "steps[1].breathe.rounds", key="rounds"),
    # The wrong type, for every kind of field.
    row('"a-good-one"', "1", "wrong-type", "id", wanted="text", got="number"),
    row('{ en = "A good one", fr = "Un bon" }', '"A good one"', "wrong-type", "title", wanted="words", got="text"),
    row('en = "A good one"', "en = 7", "wrong-type", "title.en", wanted="text", got="number"),
    row('"breath"', '["breath"]', "wrong-type", "category", wanted="text", got="list"),
    row('["agitated"]', '"agitated"', "wrong-type", "needs", wanted="list", got="text"),
    row('["agitated"]', "[3]", "wrong-type", "needs[0]", wanted="text", got="number"),
    row('["balban-2023"]', '"balban-2023"', "wrong-type", "why.sources", wanted="list", got="text"),
    row('["balban-2023"]', "[1]", "wrong-type", "why.sources[0]", wanted="text", got="number"),
    row("silent = true", "silent = 1", "wrong-type", "silent", wanted="true or false", got="number"),
    row("inward = 1", "inward = 1.0", "wrong-type", "inward", wanted="whole number", got="1.0"),
    row("inward = 1", "inward = true", "wrong-type", "inward", wanted="whole number", got="true or false"),
    row("seconds = 15", 'seconds = "15"', "wrong-type", "steps[0].seconds", wanted="number", got="text"),
    row("seconds = 15", "seconds = false", "wrong-type", "steps[0].seconds", wanted="number", got="true or false"),
    row("seconds = 15", "seconds = 2026-01-01", "wrong-type", "steps[0].seconds", wanted="number", got="date"),
    row("[20, 60]", "60", "wrong-type", "steps[1].scale", wanted="two numbers", got="number"),
    row("[20, 60]", "[20, 40, 60]", "wrong-type", "steps[1].scale", wanted="two numbers", got="list"),
    row("[20, 60]", '[20, "60"]', "wrong-type", "steps[1].scale[1]", wanted="number", got="text"),
    row('{ pattern = "slow_4_6", rounds = 4 }', "9", "wrong-type", "steps[1].breathe", wanted="table", got="number"),
    row('"slow_4_6"', "4", "wrong-type", "steps[1].breathe.pattern", wanted="text", got="number"),
    row("format = 1", 'format = "1"', "wrong-type", "format", wanted="whole number", got="text"),
    # Numbers out of bounds.
    row("seconds = 15", "seconds = -15", "out-of-bounds", "steps[0].seconds", got=-15, low=2, high=600),
    row("seconds = 15", "seconds = 0", "out-of-bounds", "steps[0].seconds", got=0),
    row("seconds = 15", "seconds = 1.9", "out-of-bounds", "steps[0].seconds", got=1.9),
    row("seconds = 15", "seconds = 600.1", "out-of-bounds", "steps[0].seconds", got=600.1),
    row("seconds = 15", "seconds = nan", "out-of-bounds", "steps[0].seconds"),
    row("seconds = 15", "seconds = inf", "out-of-bounds", "steps[0].seconds", got=float("inf")),
    row("seconds = 15", "seconds = -inf", "out-of-bounds", "steps[0].seconds", got=float("-inf")),
    row("seconds = 15", "seconds = 1e400", "out-of-bounds", "steps[0].seconds", got=float("inf")),
    row("seconds = 15", f"seconds = {10**400}", "out-of-bounds", "steps[0].seconds", got="1e9 +"),
    row("seconds = 15", f"seconds = {hex(10**9000)}", "out-of-bounds", "steps[0].seconds", got="1e9 +"),
    row("rounds = 4", "rounds = 0", "out-of-bounds", "steps[1].breathe.rounds", got=0, low=1, high=400),
    row("rounds = 4", "rounds = 401", "out-of-bounds", "steps[1].breathe.rounds", got=401),
    row("inward = 1", "inward = 3", "out-of-bounds", "inward", got=3, low=0, high=2),
    row("format = 1", "format = 0", "out-of-bounds", "format", got=0),
    row("[20, 60]", "[1, 60]", "out-of-bounds", "steps[1].scale[0]", got=1, low=2, high=1200),
    row("[20, 60]", "[20, inf]", "out-of-bounds", "steps[1].scale[1]", got=float("inf")),
    row("[20, 60]", f"[{hex(10**9000)}, 60]", "out-of-bounds", "steps[1].scale[0]", got="1e9 +"),
    row("[20, 60]", "[60, 20]", "range-reversed", "steps[1].scale", low=60, high=20),
    # Words.
    row(', fr = "Un bon"', "", "missing-language", "title.fr", language="fr"),
    row('say = { en = "Here is a word.", fr = "Voici un mot." }', "say = {}", "missing-language", "steps[0].say.en"),
    row('fr = "Un bon"', 'fr = "Un bon", de = "Gut"', "unknown-language", "title.de", key="de"),
    row('en = "A good one"', 'en = " \\t\\n"', "empty", "title.en"),
    row("A good one", "A" * 61, "too-long", "title.en", length=61, most=60),
    row("A good one", "A good\\u001b one", "unreadable-letter", "title.en", got="U+001B"),
    row("Here is a word.", "A word. " * 100, "too-long", "steps[0].say.en", length=800, most=600),
    # Choices.
    row('"breath"', '"breth"', "unknown-choice", "category", got="breth", nearest="breath"),
    row('"open"', '"closed"', "unknown-choice", "eyes", got="closed", choices="open, optional"),
    row('["agitated"]', '["numb", "tierd"]', "unknown-choice", "needs[1]", got="tierd", nearest="tired"),
    row('["agitated"]', "[]", "empty", "needs"),
    row("[why]", 'languages = ["de"]\n[why]', "unknown-choice", "languages[0]", got="de"),
    row("[why]", "languages = []\n[why]", "empty", "languages"),
    row("[why]", 'languages = "fr"\n[why]', "wrong-type", "languages", wanted="list"),
    # Names.
    row('"a-good-one"', '"A Good One"', "bad-text", "id", got="A Good One"),
    row('"a-good-one"', '"a--good"', "bad-text", "id"),
    row('"a-good-one"', '"a-good-one\\n"', "bad-text", "id"),
    row('"slow_4_6"', '"Slow"', "bad-text", "steps[1].breathe.pattern"),
    row('"balban-2023"', '"Balban 2023"', "bad-text", "why.sources[0]"),
    row("balban-2023", "balban-2024", "unknown-source", "why.sources[0]", got="balban-2024", nearest="balban-2023"),
    row('"slow_4_6"', '"slow_4_7"', "unknown-pattern", "steps[1].breathe.pattern", got="slow_4_7"),
    row('"slow_4_6"', '"xyzzy"', "unknown-pattern", "steps[1].breathe.pattern", got="xyzzy"),
    # Steps.
    row("seconds = 15\n", "", "no-length", "steps[0]"),
    row("[20, 60]", "[20, 60]\nseconds = 40", "seconds-and-breathe", "steps[1].seconds"),
    row("[20, 60]", "[41, 60]", "scale-excludes-length", "steps[1].scale", seconds=40.0),
    row("[20, 60]", "[20, 39.9]", "scale-excludes-length", "steps[1].scale", seconds=40.0),
    row("rounds = 4", "rounds = 4, in = 3", "pattern-and-phases", "steps[1].breathe.in", pattern="slow_4_6"),
    row('pattern = "slow_4_6"', "in = 4", "not-a-breath", "steps[1].breathe"),
    row('pattern = "slow_4_6", ', "", "not-a-breath", "steps[1].breathe"),
    row('pattern = "slow_4_6"', "out = 4", "not-a-breath", "steps[1].breathe"),
    row('pattern = "slow_4_6"', "in = 4, rest = 4", "not-a-breath", "steps[1].breathe"),
    row('pattern = "slow_4_6"', "in = 4, hold = 4", "not-a-breath", "steps[1].breathe"),
    row("seconds = 15", "seconds = 15\ninward = 1", "wrong-type", "steps[0].inward", wanted="true or false"),
    row("seconds = 15", 'seconds = 15\nprop = "color"', "unknown-choice", "steps[0].prop", nearest="colour"),
    row("[20, 60]", '[20, 60]\nprop = "timer"', "prop-and-breathe", "steps[1].prop"),
    row("seconds = 15", "seconds = 15\nshort = 1", "out-of-bounds", "steps[0].short", got=1, low=2, high=600),
    row("[20, 60]", "[20, 60]\nshort = 20", "short-and-breathe", "steps[1].short"),
    # With the breath at its shortest, all steps together last 35 s.
    row("seconds = 15", "seconds = 15\nshort = 19.9", "bad-short", "steps", seconds=19.9, low=20, below=35.0),
    row("seconds = 15", "seconds = 15\nshort = 35", "bad-short", "steps", seconds=35.0, low=20, below=35.0),
    row("[20, 60]\n", "[20, 60]\n\n[[steps]]\nseconds = 30\nshort = 20\n", "short-without-words", "steps"),
    # Holds.
    row(
        '{ pattern = "slow_4_6", rounds = 4 }\nscale = [20, 60]',
        '{ pattern = "four_seven_eight", rounds = 5 }',
        "too-many-long-holds",
        "steps[1].breathe.rounds",
        most=4,
        seconds=4,
    ),
    row(
        '"slow_4_6", rounds = 4 }\nscale = [20, 60]',
        '"box_4", rounds = 4 }\nscale = [32, 310]',
        "held-too-long",
        "steps[1].scale",
        minutes=5,
    ),
    # Overrules.
    row("[20, 60]\n", overruled('"Long enough."', "pushing"), "unknown-choice", "overrules[0].rule", got="pushing"),
    row("[20, 60]\n", overruled('"No way"'), "too-short", "overrules[0].reason", length=6, least=8),
    row("[20, 60]\n", overruled(f'"{301 * "a"}"'), "too-long", "overrules[0].reason", length=301, most=300),
    row("[20, 60]\n", overruled("3"), "wrong-type", "overrules[0].reason", wanted="text"),
    row("[why]", "overrules = []\n[why]", "empty", "overrules"),
    # The whole.
    row(
        BREATHS,
        'breathe = { pattern = "slow_4_6", rounds = 120 }',
        "bad-length",
        "steps",
        seconds=1215.0,
        low=20,
        high=1200,
    ),
    row(BREATHS, "breathe = { in = 1, out = 1, rounds = 1 }", "bad-length", "steps", seconds=17.0, low=20),
    row('say = { en = "Here is a word.", fr = "Voici un mot." }\n', "", "no-words", "steps"),
    # The file as such.
    row("format = 1", "format = 2", "newer-format", "format", got=2, latest=1),
    row("format = 1", "format = 2\nnonsense = true", "newer-format", "format"),
    row("format = 1", f"format = {hex(10**9000)}", "newer-format", "format", got="1e9 +"),
    row("silent = true", "silent = yes", "not-toml", line=8, reason="Invalid value"),
    row("silent = true", "silent true", "not-toml", line=8),
    row("silent = true", "silent = true\nsilent = true", "not-toml", line=9),
    row("scale = [20, 60]\n", "scale = [20, 60", "not-toml", line=25),
    row("seconds = 15", f"seconds = {'9' * 5_000}", "not-toml", reason="nested or long beyond reading"),
    row("seconds = 15", f"seconds = {'[' * 5_000}", "not-toml", reason="nested or long beyond reading"),
    row("seconds = 15", f"seconds = {'{a=' * 5_000}", "not-toml", reason="nested or long beyond reading"),
    row("seconds = 15", f"{'a.' * 50_000}a = 15", "not-toml", line=20, reason="nested or long beyond reading"),
    row("seconds = 15", f"{'a . ' * 100} a . a = 15", "not-toml", line=20),
    row("seconds = 15", f"""{"'a'." * 100}"a".a = 15""", "not-toml", line=20),
]


def spoiled(change: Row) -> str:
    assert GOOD.count(change.old) == 1, change.old
    return GOOD.replace(change.old, change.new)


@pytest.mark.parametrize("change", SPOILED, ids=lambda change: f"{change.code} {change.where} {change.new[:20]!r}")
def test_a_good_file_spoiled_in_one_place_has_this_one_problem(change):
    if change.code == "missing-language" and change.new == "say = {}":
        both = [(problem.code, problem.where) for problem in problems_of(spoiled(change))]
        assert both == [("missing-language", "steps[0].say.en"), ("missing-language", "steps[0].say.fr")]
        return
    (problem,) = problems_of(spoiled(change))
    assert (problem.code, problem.where, problem.line, problem.file) == (change.code, change.where, change.line, "")
    assert dict(problem.details) | dict(change.details) == dict(problem.details)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("change", SPOILED, ids=lambda change: f"{change.code} {change.where} {change.new[:20]!r}")
def test_every_problem_has_a_sentence_that_begins_with_its_place(change, lang):
    use_language(lang)
    for problem in problems_of(spoiled(change)):
        sentence = problem_text(problem)
        assert sentence.startswith(problem.where or ("line " if problem.line and lang == "en" else ""))
        assert sentence[-1] in ".?"
        assert len(sentence) < 700
        assert "{" not in sentence.replace("languages = {", "")


def test_everything_wrong_is_found_at_once_and_in_order():
    text = GOOD.replace('"open"', '"closed"').replace("inward = 1", "inward = 3").replace("scale", "scael")
    assert [problem_text(problem) for problem in problems_of(text)] == [
        "eyes: “closed” is not one of: open, optional.",
        "inward: 3 is out of bounds. Choose from 0 to 2.",
        "steps[1].scael: “scael” means nothing here. Take it out or mend its name. Did you mean “scale”?",
    ]


def test_a_file_of_steps_without_end_is_judged_in_no_time():
    assert len(problems_of(GOOD + "[[steps]]\n" * 10_000)) == MOST_PROBLEMS


@pytest.mark.parametrize(
    ("steps", "code", "where"),
    [
        ("[]", "empty", "steps"),
        ("3", "wrong-type", "steps"),
        ("[3]", "wrong-type", "steps[0]"),
        ("[[]]", "wrong-type", "steps[0]"),
        ("[{}]", "no-length", "steps[0]"),
    ],
)
def test_steps_are_tables_one_at_least(steps, code, where):
    text = GOOD[: GOOD.index("[[steps]]")].replace("[why]", f"steps = {steps}\n[why]")
    assert [(problem.code, problem.where) for problem in problems_of(text)] == [(code, where)]


@pytest.mark.parametrize("key", ['"\\""', "'\"'", "a-b", "a ", " 1"])
def test_a_key_without_end_is_refused_before_it_takes_all_memory(key):
    (problem,) = problems_of("# one\n" + ".".join([key] * 101) + " = 1")
    assert (problem.code, problem.line) == ("not-toml", 2)


@pytest.mark.parametrize("nothing", ["", "\n\n", "# only a comment"])
def test_an_empty_file_misses_everything_that_is_required(nothing):
    missing = [problem.where for problem in problems_of(nothing)]
    assert missing == [field.name for field in PRACTICE if field.required]


def test_a_row_of_dots_in_a_comment_or_a_text_is_no_key():
    dots = "." * 600
    assert read(f"# {dots}\n" + GOOD.replace("Here is a word.", dots)).steps[0].say["en"] == dots


# Any text at all.


def reads_or_says_why(text: str) -> None:
    try:
        practice = read(text)
    except Invalid as invalid:
        problems = invalid.problems
    else:
        assert practice.steps
        return
    assert problems
    for problem in problems:
        sentence = problem_text(problem)
        assert len(sentence.splitlines()) == 1
        assert problem.where in sentence or not problem.where.isprintable()


@given(st.text(max_size=300))
@example("\x00")
@example("\r")
@example("a=1979-99-99")
@example('a."\\u0000"=1')
@example('"eyes\u2028" = 1')
def test_any_text_is_read_or_refused_with_a_reason(text):
    reads_or_says_why(text)


@given(st.data())
def test_a_good_file_spoiled_anywhere_is_read_or_refused_with_a_reason(data):
    text = GOOD
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        text = text[:start] + data.draw(st.text(max_size=8)) + text[end:]
    reads_or_says_why(text)


TOML_VALUES = st.recursive(
    st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.dates()
    | st.sampled_from(["breath", "open", "slow_4_6", "yes", "D", 10**30, -1, 0.4, 2, 20]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["en", "fr", "in", "x"]), inner),
    max_leaves=6,
)


@given(st.data())
def test_any_value_in_place_of_a_good_one_is_read_or_refused_with_a_reason(data):
    import tomli_w

    table: Any = tomllib.loads(GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        here = table
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(here[key], (dict, list)) or not here[key] or data.draw(st.booleans()):
                here[key] = data.draw(TOML_VALUES)
                break
            here = here[key]
    reads_or_says_why(tomli_w.dumps(table))


def leaves(fields: tuple[Field, ...]) -> set[Kind]:
    return {kind for field in fields for kind in (field.kind, *leaves(field.fields))}


def test_the_table_above_has_a_wrong_type_for_every_kind_of_field():
    tried = {row.details[0][1] for row in SPOILED if row.code == "wrong-type"}
    assert tried == {"text", "words", "list", "table", "number", "whole number", "two numbers", "true or false"}
    assert leaves(PRACTICE) == set(Kind)


# The named patterns.


def patterns_problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        parse_patterns(text)
    return [(problem.code, problem.where) for problem in caught.value.problems]


ONE = """
[ease_3_5]
name = { en = "Easy", fr = "Doux" }
phases = [{ phase = "in", seconds = 3 }, { phase = "out", seconds = 5 }]
availability = "yes"
"""


def test_the_bundled_patterns_are_right_begin_and_end_empty_and_say_what_they_ask():
    patterns = parse_patterns(PATTERNS_TEXT)
    assert len(patterns) >= 20
    for name, pattern in patterns.items():
        assert pattern.id == name
        assert pattern.name.keys() == {"en", "fr"}
        assert pattern.spans[0].phase is Phase.IN
        assert pattern.spans[-1].to_level == 0.0
        assert pattern.asks >= pattern.cautions, name


def test_alternate_nostrils_take_two_breaths_a_round_and_say_which_side():
    sided = [pattern for pattern in SHARED.patterns.values() if {span.side for span in pattern.spans} >= {*Side}]
    assert sided
    assert {pattern.breaths for pattern in sided} == {2}


def test_a_pattern_may_do_without_cautions_and_grade():
    (pattern,) = parse_patterns(ONE).values()
    assert (pattern.cautions, pattern.grade, pattern.availability) == (frozenset(), None, Availability.YES)
    assert pattern.asks == frozenset()
    (graded,) = parse_patterns(ONE + 'grade = "C"\ncautions = ["mouth"]').values()
    assert (graded.cautions, graded.grade) == (frozenset({Caution.MOUTH}), Grade.C)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ONE.replace("ease_3_5", '"Ease 3"'), [("bad-text", "Ease 3")]),
        ("ease = 3", [("wrong-type", "ease")]),
        (ONE.replace('"in"', '"inn"'), [("unknown-choice", "ease_3_5.phases[0].phase")]),
        (ONE.replace("5 }]", "50 }]"), [("out-of-bounds", "ease_3_5.phases[1].seconds")]),
        (ONE.replace('"in"', '"out"'), [("not-a-breath", "ease_3_5.phases")]),
        (ONE + "phase = 1", [("unknown-key", "ease_3_5.phase")]),
        # A mistake in one hides none in another, even if their names begin alike.
        (
            ONE.replace('"in"', '"inn"') + ONE.replace("ease_3_5", "ease").replace('"in"', '"out"'),
            [("unknown-choice", "ease_3_5.phases[0].phase"), ("not-a-breath", "ease.phases")],
        ),
        ("[a", [("not-toml", "")]),
    ],
)
def test_a_mistake_in_a_pattern_is_found(text, found):
    assert patterns_problems(text) == found


def test_the_bundled_sources_have_what_the_format_promises():
    for source in tomllib.loads(SOURCES_TEXT).values():
        assert source.keys() - {"doi"} == {"author", "year", "title", "published"}
        assert type(source["year"]) is int
        assert not str(source.get("doi", "")).startswith("http")


@pytest.mark.parametrize("pattern", SHARED.patterns.values(), ids=list(SHARED.patterns))
def test_a_practice_can_breathe_every_named_pattern(pattern: Pattern):
    rounds = -(-20_000 // pattern.length_ms)
    breathe = f'breathe = {{ pattern = "{pattern.id}", rounds = {rounds} }}'
    assert read(GOOD.replace(BREATHS, breathe)).patterns == (pattern,)
