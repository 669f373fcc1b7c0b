"""The fast reader agrees with ``tomllib`` on everything that it reads, and leaves the rest alone."""

from __future__ import annotations

import tomllib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmtray.practice.format import Invalid, parse
from calmtray.practice.plain_toml import plain_table
from tests.practice.bundled import FILES, GOOD, SHARED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_bundled_practice_is_plain(path):
    text = path.read_text(encoding="utf-8")
    assert plain_table(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \t\n# only a word",
        "a = 1",
        "a=1#x\n  b\t=\t2  ",
        'a = ""\nb = "#"\nc = " \t’"',
        'a = """"""',
        'a = """x"y""z"""',
        'a = """\n\nx\n"""\n',
        'a = [ ]\nb = [1,2.5,\n true , "x]",\n]',
        'a = {}\nb = { x = 1, y = "}" }',
        "a.b = 1\na.c = 2\n[d]\na.b = 3\n[[e]]\n[[e]]\na.b = 4\n[f]",
        "1 = 0\n-_- = 0.50",
    ],
)
def test_plain_texts_are_read(text):
    assert plain_table(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\na = 2",
        "a = 1\na.b = 2",
        "a = {}\na.b = 2",
        "a.b = 1\na = 2",
        "a.b = 1\na.b = 2",
        "a.b = 1\n[a]",
        "a = [1]\n[[a]]",
        "[a]\n[a]",
        "[a]\n[[a]]",
        "[[a]]\n[a]",
        "a = { b = 1, b = 2 }",
        "a = { b = 1, }",
        "a = { b = 1\n}",
        "a = [,]",
        "a = [1 2]",
        "a = 01",
        "a = 1.",
        "a = +1",
        "a = 1_0",
        "a = 0x1",
        "a = 1e3",
        "a = nan",
        "a = 2026-11-22",
        "a = 'x'",
        'a = "\\n"',
        'a = "x',
        'a = "x\ny"',
        'a = """x',
        'a = """x\\"""',
        'a = """x""""',
        'a = "\x01"',
        "a = 1 b = 2",
        "a",
        "= 1",
        "a = 1 # \x01",
        "a = 1\r\n",
        "[a",
        "[a.b]",
        "a.b.c = 1",
        '"a" = 1',
        "é = 1",
        "a = [[1]]",
        "a = [{}]",
        "a = 1234567890",
    ],
)
def test_whatever_else_is_left_alone(text):
    assert plain_table(text) is None


PIECES = [
    *(
        "a",
        "b",
        "1",
        "0",
        "=",
        ".",
        ",",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        '"',
        '""',
        '"""',
        "'",
        "\\",
        "#",
        "-",
        "_",
        "é",
    ),
    *("\n", " ", "\t", "\r", "\x00", "true", " = ", 'a = "x"\n', "a.b = 1\n", "[a]\n", "[[a]]\n", "[[b]]\n"),
]


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_it_never_disagrees(text):
    plain = plain_table(text)
    if plain is not None:
        assert plain == tomllib.loads(text)


@settings(max_examples=300)
@given(st.data())
def test_it_never_disagrees_about_a_spoilt_practice(data):
    cut = data.draw(st.integers(0, len(GOOD)))
    text = GOOD[:cut] + data.draw(st.sampled_from([*PIECES, GOOD[:cut]])) + GOOD[cut + data.draw(st.integers(0, 3)) :]
    plain = plain_table(text)
    if plain is not None:
        assert plain == tomllib.loads(text)


@pytest.mark.parametrize("piece", ['a = """', "a = [", "a = {", '"', "[", "a.", "#", "a = [1,", 'x = "\n', "\n", " "])
def test_nothing_within_the_size_allowed_takes_long(piece):
    # Whatever goes back and forth would take the square of these: minutes.
    plain_table(piece * (256 * 1024 // len(piece)))


def test_a_practice_reads_the_same_with_and_without_it(monkeypatch):
    def read_all():
        for path in FILES:
            with suppress(Invalid):
                yield parse(path.read_text(encoding="utf-8"), SHARED.patterns)

    fast = list(read_all())
    monkeypatch.setattr("calmtray.practice.format.plain_table", lambda text: None)
    assert list(read_all()) == fast
    assert len(fast) == len(FILES)
