"""The JSON Schema and the documentation say of format 1 what the parser does."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from calmtray.practice.fields import PATTERN, PRACTICE, Field, Kind
from calmtray.practice.lint import lint
from calmtray.practice.model import Availability, Caution, Phase, Prop, Rule
from calmtray.practice.phrases import FORBIDDEN
from calmtray.practice.schema import practice_schema
from calmtray.words.texts import problem_text
from tests.making import practice, quiet
from tests.practice.bundled import FILES, GOOD, PRACTICES
from tests.practice.test_format import SPOILED, Row, read, spoiled

SCHEMA = practice_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
DOCUMENT = (PRACTICES.parent / "docs/practice-format.md").read_text(encoding="utf-8")

# What a schema can't say: it knows one value at a time, and no other file.
BEYOND_A_SCHEMA = {
    "bad-length",
    "bad-short",
    "held-too-long",
    "missing-language",
    "newer-format",
    "no-length",
    "no-words",
    "not-a-breath",
    "not-toml",
    "pattern-and-phases",
    "prop-and-breathe",
    "range-reversed",
    "scale-excludes-length",
    "seconds-and-breathe",
    "short-and-breathe",
    "short-without-words",
    "too-many-long-holds",
    "unknown-pattern",
    "unknown-source",
    "unreadable-letter",
}
IN_A_SCHEMA = [
    change
    for change in SPOILED
    if change.code not in BEYOND_A_SCHEMA
    # JSON knows no dates, no nan and no number of a thousand digits, 1.0 is a whole number there, and white space is
    # not nothing; in Python's idea of its patterns "$" stands before a last line break too.
    and not re.search(r"nan|2026-01-01|1\.0$|en = \" |0x|\\n\"$", change.new)
]


def validates(text: str) -> bool:
    table: dict[str, Any] = tomllib.loads(text)
    return bool(VALIDATOR.is_valid(table))


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_bundled_practice_fits_the_schema(path):
    errors = [error.message for error in VALIDATOR.iter_errors(tomllib.loads(path.read_text(encoding="utf-8")))]
    assert errors == []


def test_a_good_file_fits_the_schema():
    assert validates(GOOD)


@pytest.mark.parametrize("change", IN_A_SCHEMA, ids=lambda change: f"{change.code} {change.where} {change.new[:20]!r}")
def test_what_the_parser_refuses_the_schema_refuses_too(change: Row):
    assert not validates(spoiled(change))


def test_the_schema_is_asked_about_every_code_it_can_know():
    assert {change.code for change in IN_A_SCHEMA} | BEYOND_A_SCHEMA == {change.code for change in SPOILED}


# The documentation.


def table_under(heading: str) -> dict[str, list[str]]:
    """The rows of the first table below this text, by their first cell."""
    below = DOCUMENT[DOCUMENT.index(f"\n{heading}") :]
    lines = below[below.index("\n|") :].lstrip("\n").split("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]
    return {row[0].strip("`"): row[1:] for row in cells}


def fields_of(fields: tuple[Field, ...], name: str) -> tuple[Field, ...]:
    return next(field.fields for field in fields if field.name == name)


TABLES = [
    ("### A practice", PRACTICE),
    ("### `why`", fields_of(PRACTICE, "why")),
    ("### Each of the `steps`", fields_of(PRACTICE, "steps")),
    ("### `breathe`", fields_of(fields_of(PRACTICE, "steps"), "breathe")),
    ("### Each of the `overrules`", fields_of(PRACTICE, "overrules")),
    ("## Patterns", PATTERN),
    ("Each of the `phases`:", fields_of(PATTERN, "phases")),
]

KINDS = {
    Kind.LINE: "text",
    Kind.CHOICES: "list of choices",
    Kind.TEXTS: "list of texts",
    Kind.FLAG: "true or false",
    Kind.WHOLE: "whole number",
    Kind.RANGE: "two numbers",
    Kind.TABLES: "list of tables",
}


@pytest.mark.parametrize(("heading", "fields"), TABLES, ids=[heading.strip("#` ") for heading, _ in TABLES])
def test_the_documentation_lists_every_field_as_it_is(heading, fields):
    rows = table_under(heading)
    assert list(rows) == [field.name for field in fields]
    for field in fields:
        kind, required, allowed, meaning = rows[field.name]
        assert kind == KINDS.get(field.kind, field.kind.value)
        assert required == ("yes" if field.required else "no")
        assert meaning == field.doc
        if field.kind in (Kind.LINE, Kind.WORDS, Kind.NUMBER, Kind.RANGE, Kind.WHOLE):
            bounds = {f"{number:g}" for number in (field.low, field.high) if number}
            assert bounds <= set(re.findall(r"[\d.]+", allowed)), field.name
        elif field.choices and not allowed.startswith("see "):
            assert tuple(re.findall(r"`([^`]+)`", allowed)) == field.choices


@pytest.mark.parametrize(("name", "heading"), [("category", "Categories"), ("needs", "Needs"), ("places", "Places")])
def test_the_documentation_lists_every_choice(name, heading):
    (field,) = (field for field in PRACTICE if field.name == name)
    (line,) = (line for line in DOCUMENT.splitlines() if line.startswith(f"- **{heading}**"))
    assert tuple(re.findall(r"`([^`]+)`", line)) == field.choices


def test_the_documentation_explains_every_caution_availability_and_prop():
    assert list(table_under("| `availability` | meaning")) == [each.value for each in Availability]
    assert list(table_under("| caution | what")) == [each.value for each in Caution]
    assert list(table_under("| `prop` | what")) == [each.value for each in Prop]


def test_the_documentation_lists_every_rule_with_examples_that_are_found_and_advice_that_is_not():
    rows = table_under("| rule | what")
    assert list(rows) == [each.value for each in Rule]
    for rule in {each.rule for each in FORBIDDEN}:
        _, examples, advice = rows[rule]
        for lang, quoted in [("en", "“([^”]+)”"), ("fr", "« ([^»]+) »")]:
            assert re.findall(quoted, examples)
            assert {found for text in re.findall(quoted, examples) for found in findings(text, lang)} == {rule}
            assert not [found for text in re.findall(quoted, advice) for found in findings(text, lang)]


def findings(text: str, lang: str) -> list[str]:
    said = practice(replace(quiet(600_000), say={lang: text}), languages=(lang,))
    return [problem.code for problem in lint(said)]


def test_the_documentation_quotes_advice_as_it_is_given():
    quoted = DOCUMENT[DOCUMENT.index("my-practice.toml: steps[0].say.en: “try to”") :].split("```")[0]
    (problem,) = lint(practice(quiet(60_000, "Try to look.")))
    assert " ".join(quoted.split()) == problem_text(replace(problem, file="my-practice.toml"))


def test_the_example_of_the_documentation_is_right():
    example = DOCUMENT[DOCUMENT.index("```toml\n") + 8 :].split("```")[0]
    assert read(example).id == "longer-out-breath"


def test_the_phases_are_documented_in_the_order_in_which_they_are_breathed():
    order = ", ".join(f"`{phase}`" for phase in Phase)
    assert f"in the order {order}" in DOCUMENT
