"""Practice -> TOML text that ``format.parse`` reads back to the same practice, set out as the bundled files are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from calmtray.practice.format import LATEST, UNREADABLE, flowing
from calmtray.practice.model import LANGUAGES, Pattern, Practice, Step, Words

WIDTH = 120
QUOTES = 3
LONGEST_ID = 60

NOT_FILES = frozenset({"patterns", "sources", "con", "prn", "aux", "nul"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)
}
"""Names that no practice file may have: the two that are read as something else, and those that Windows keeps."""

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})


def to_toml(practice: Practice) -> str:
    """The text of its file. An unfinished practice can be written too; ``format.parse`` then says what is missing.

    Only the words of its own languages are written. A pattern with an id is written by name; one without has each
    of its phases once at most, as a file can tell no other.
    """
    return "\n".join(
        [*_head(practice), "", *_texts(practice), *_why(practice), *_steps(practice), *_overrules(practice)]
    )


def new_id(title: str, taken: Collection[str]) -> str:
    """An id made from a title, unlike any of ``taken``: ``Une minute, là`` becomes ``une-minute-la``."""
    letters = unicodedata.normalize("NFKD", title.casefold().translate(LIGATURES))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    slug = "-".join(re.findall(r"[a-z0-9]+", bare))[:LONGEST_ID].strip("-") or "practice"
    refused = NOT_FILES.union(taken)
    number, id_ = 1, slug
    while id_ in refused:
        number += 1
        id_ = f"{slug}-{number}"
    return id_


def readable(text: str) -> str:
    """As it is written: in one line, without the signs that nobody can see and that come along when text is pasted."""
    return flowing(UNREADABLE.sub(" ", text))


# --- the parts of a file ----------------------------------------------------------------------------------


def _head(practice: Practice) -> Iterator[str]:
    yield f"format = {LATEST}"
    yield f"id = {_quoted(practice.id)}"
    yield f"category = {_quoted(practice.category)}"
    if set(practice.languages) != set(LANGUAGES):
        yield f"languages = {_list(practice.languages)}"
    if practice.core:
        yield "core = true"
    yield f"needs = {_list(practice.needs)}"
    yield f"posture = {_list(practice.posture)}"
    yield f"places = {_list(practice.places)}"
    yield f"discreet = {_quoted(practice.discreet)}"
    yield f"silent = {_flag(practice.silent)}"
    yield f"eyes = {_quoted(practice.eyes)}"
    yield f"inward = {practice.inward}"


def _texts(practice: Practice) -> Iterator[str]:
    for name, words in (("title", practice.title), ("summary", practice.summary), ("caution", practice.caution)):
        lines = list(_words(name, words, practice.languages))
        if lines:
            yield from (*lines, "")


def _why(practice: Practice) -> Iterator[str]:
    yield "[why]"
    yield f"grade = {_quoted(practice.why.grade)}"
    yield from _words("text", practice.why.text, practice.languages)
    if practice.why.sources:
        yield f"sources = {_list(practice.why.sources)}"
    yield ""


def _steps(practice: Practice) -> Iterator[str]:
    for step in practice.steps:
        yield "[[steps]]"
        yield _length(step)
        if step.scale_ms:
            yield f"scale = [{_seconds(step.scale_ms[0])}, {_seconds(step.scale_ms[1])}]"
        if step.short_ms:
            yield f"short = {_seconds(step.short_ms)}"
        if step.inward:
            yield "inward = true"
        if step.prop:
            yield f"prop = {_quoted(step.prop)}"
        yield from _words("say", step.say, practice.languages)
        yield ""


def _overrules(practice: Practice) -> Iterator[str]:
    for overrule in practice.overrules:
        yield "[[overrules]]"
        yield f"rule = {_quoted(overrule.rule)}"
        if overrule.where is not None:
            yield f"where = {_quoted(overrule.where)}"
        yield from _text("reason", readable(overrule.reason))
        yield ""


def _length(step: Step) -> str:
    if step.pattern is None:
        return f"seconds = {_seconds(step.ms)}"
    parts = [f"pattern = {_quoted(step.pattern.id)}"] if step.pattern.id else _own(step.pattern)
    return f"breathe = {{ {', '.join([*parts, f'rounds = {step.rounds}'])} }}"


def _own(pattern: Pattern) -> list[str]:
    return [f"{span.phase} = {_seconds(span.ms)}" for span in pattern.spans]


# --- values -----------------------------------------------------------------------------------------------


def _words(name: str, words: Words, languages: Iterable[str]) -> Iterator[str]:
    for lang in languages:
        text = readable(words.get(lang, ""))
        if text:
            yield from _text(f"{name}.{lang}", text)


def _text(name: str, text: str) -> Iterator[str]:
    """One line, or several between three quotes: line breaks become spaces when it is read."""
    line = f"{name} = {_quoted(text)}"
    if len(line) <= WIDTH:
        yield line
        return
    yield f'{name} = """'
    # Three quotes would end the text, and one at its end would join those that do.
    escaped = re.sub(r'"(?="|$)', r"\"", _escaped(text))
    rows = [""]
    for word in escaped.split(" "):
        row = f"{rows[-1]} {word}" if rows[-1] else word
        if rows[-1] and len(row) > WIDTH - QUOTES:
            rows.append(word)
        else:
            rows[-1] = row
    yield from rows[:-1]
    yield f'{rows[-1]}"""'


def _quoted(text: str) -> str:
    return '"' + _escaped(text).replace('"', r"\"") + '"'


def _escaped(text: str) -> str:
    """Backslashes as TOML wants them; half a character (U+D800 to U+DFFF) can't be written."""
    return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text).replace("\\", r"\\")


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _seconds(ms: int) -> str:
    whole, rest = divmod(ms, 1000)
    return f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)
