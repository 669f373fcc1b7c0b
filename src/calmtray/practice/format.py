"""TOML text -> Practice, or the list of what is wrong with it. Format 1, documented in docs/practice-format.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from itertools import pairwise
from typing import Any

from calmtray.practice.fields import LONGEST_MS, PATTERN, PATTERN_ID, PRACTICE, SHORTEST_MS, Field, Kind
from calmtray.practice.held import held_too_much
from calmtray.practice.model import (
    LANGUAGES,
    TOP_UP_FROM,
    Availability,
    Category,
    Caution,
    Discreet,
    Eyes,
    Grade,
    Need,
    Overrule,
    Pattern,
    Phase,
    Place,
    Posture,
    Practice,
    Prop,
    Rule,
    Side,
    Span,
    Step,
    Why,
    Words,
)
from calmtray.practice.plain_toml import plain_table
from calmtray.practice.problem import Detail, Problem
from calmtray.session.timeline import whole_ms

Table = Mapping[str, Any]
LATEST = 1

ENDLESS_KEY = re.compile(r"""(?:\.[ \t]*+(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+){100}""")
"""A key of a hundred parts, where ``title.en`` has two."""

UNREADABLE = re.compile(r"[^\S \t\n\u00a0\u2000-\u200a\u202f\u205f\u3000]|[\x00-\x08\x0e-\x1f\x7f-\x9f"
                        r"\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # fmt: skip
"""What nobody means to write: line breaks of other kinds, what a terminal obeys, what turns the writing around."""

BEYOND_READING = "nested or long beyond reading"

MOST_PROBLEMS = 200
"""More of them are not looked for: a file of nothing but mistakes would take seconds."""


class Invalid(Exception):
    """Raised by the parsing functions; carries every Problem found."""

    def __init__(self, problems: Collection[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = tuple(problems)


def parse(text: str, patterns: Mapping[str, Pattern], sources: Collection[str] | None = None) -> Practice:
    """Read one practice.

    ``patterns`` are the named patterns a step may breathe; ``sources`` the known source ids (None: not checked).
    Raises Invalid with every Problem, each with its line or its path (``steps[2].breathe.in``, counted from 0).
    """
    table = _toml(text)
    _refuse_other_formats(table)
    reader = _Reader(table.get("languages"))
    values = reader.table(table, PRACTICE, "")
    steps = tuple(
        step
        for index, raw in enumerate(values.get("steps") or ())
        if (step := _step(reader, raw, f"steps[{index}]", patterns)) is not None
    )
    if sources is not None:
        _check_sources(reader, values, sources)
    if not reader.problems:
        _check_length(reader, steps)
    if reader.problems:
        raise Invalid(reader.problems)
    return _practice(values, reader.languages, steps)


def parse_patterns(text: str) -> dict[str, Pattern]:
    """Read a file of named patterns, one table each. Raises Invalid."""
    reader = _Reader(None)
    patterns: dict[str, Pattern] = {}
    for name, raw in _toml(text).items():
        if re.fullmatch(PATTERN_ID, name) is None:
            reader.add("bad-text", name, got=name)
        elif not isinstance(raw, dict):
            reader.add("wrong-type", name, wanted="table", got=_type_name(raw))
        else:
            count = len(reader.problems)
            values = reader.table(raw, PATTERN, name)
            if len(reader.problems) > count:
                continue
            spans = _spans([(p["phase"], p["seconds"], p.get("side")) for p in values["phases"]])
            if _check_shape(reader, spans, f"{name}.phases"):
                patterns[name] = Pattern(
                    spans,
                    name,
                    values["name"],
                    frozenset(map(Caution, values.get("cautions", ()))),
                    Availability(values["availability"]),
                    Grade(values["grade"]) if "grade" in values else None,
                )
    if reader.problems:
        raise Invalid(reader.problems)
    return patterns


def _toml(text: str) -> dict[str, Any]:
    plain = plain_table(text)
    if plain is not None:
        return plain
    _refuse_endless_keys(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        reason = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise Invalid([Problem("not-toml", line=line, details={"reason": reason})]) from None
    except (RecursionError, ValueError):
        # Thousands of nested brackets, or a number of thousands of digits: no line to point at.
        raise Invalid([Problem("not-toml", details={"reason": BEYOND_READING})]) from None


def _refuse_endless_keys(text: str) -> None:
    """Reading ``a.a.a.…`` costs the square of its parts: a file within the size allowed could take all memory."""
    endless = ENDLESS_KEY.search(text)
    if endless:
        line = text.count("\n", 0, endless.start()) + 1
        raise Invalid([Problem("not-toml", line=line, details={"reason": BEYOND_READING})])


def _refuse_other_formats(table: Table) -> None:
    """A newer format gets one Problem, not one for each key that this version does not know."""
    version = table.get("format")
    if type(version) is int and version > LATEST:
        raise Invalid([Problem("newer-format", "format", details={"got": _shown(version), "latest": LATEST})])


class _Reader:
    """Reads tables by their fields and gathers the Problems."""

    def __init__(self, languages: object) -> None:
        self.problems: list[Problem] = []
        known = isinstance(languages, list) and [lang for lang in LANGUAGES if lang in languages]
        self.languages: tuple[str, ...] = tuple(known) if known else LANGUAGES
        self._kinds: Mapping[Kind, Callable[[Any, Field, str], object]] = {
            Kind.TEXT: self._text,
            Kind.LINE: self._line,
            Kind.WORDS: self._words,
            Kind.CHOICE: self._choice,
            Kind.CHOICES: self._choices,
            Kind.TEXTS: self._texts,
            Kind.FLAG: self._flag,
            Kind.WHOLE: self._whole,
            Kind.NUMBER: self._number,
            Kind.RANGE: self._range,
            Kind.TABLE: self._table,
            Kind.TABLES: self._tables,
        }

    def add(self, code: str, where: str, **details: Detail) -> None:
        self.problems.append(Problem(code, where, details=details))
        if len(self.problems) == MOST_PROBLEMS:
            raise Invalid(self.problems)

    def table(self, raw: Table, fields: tuple[Field, ...], where: str) -> dict[str, Any]:
        """The values that could be read; whatever could not be is among the problems."""
        known = {field.name: field for field in fields}
        for key in raw:
            if key not in known:
                self.add("unknown-key", _join(where, key[:60]), key=key[:60], **_nearest(key, known))
        values: dict[str, Any] = {}
        for name, field in known.items():
            if name in raw:
                count = len(self.problems)
                value = self._kinds[field.kind](raw[name], field, _join(where, name))
                if len(self.problems) == count:
                    values[name] = value
            elif field.required:
                self.add("missing", _join(where, name), key=name)
        return values

    def _wrong(self, where: str, wanted: str, got: object) -> None:
        # "A whole number, but is a number" would be a riddle: there the number itself says what is wrong.
        broken = wanted == "whole number" and isinstance(got, float)
        self.add("wrong-type", where, wanted=wanted, got=str(got) if broken else _type_name(got))

    def _text(self, value: Any, field: Field, where: str) -> object:
        if not isinstance(value, str):
            self._wrong(where, "text", value)
        elif re.fullmatch(field.regex, value) is None:
            self.add("bad-text", where, got=value[:60])
        return value

    def _line(self, value: Any, field: Field, where: str) -> object:
        if not isinstance(value, str):
            self._wrong(where, "text", value)
            return None
        line = flowing(value)
        if len(line) < field.low:
            self.add("too-short", where, length=len(line), least=int(field.low))
        elif len(line) > field.high:
            self.add("too-long", where, length=len(line), most=int(field.high))
        self._readable(line, where)
        return line

    def _readable(self, text: str, where: str) -> None:
        odd = UNREADABLE.search(text)
        if odd:
            self.add("unreadable-letter", where, got=f"U+{ord(odd[0]):04X}")

    def _words(self, value: Any, field: Field, where: str) -> object:
        if not isinstance(value, dict):
            self._wrong(where, "words", value)
            return None
        for key in value:
            if key not in LANGUAGES:
                self.add("unknown-language", _join(where, key[:60]), key=key[:60])
        for lang in self.languages:
            place = _join(where, lang)
            if lang not in value:
                self.add("missing-language", place, language=lang)
            elif not isinstance(value[lang], str):
                self._wrong(place, "text", value[lang])
            elif not value[lang].strip():
                self.add("empty", place)
            elif len(value[lang]) > field.high:
                self.add("too-long", place, length=len(value[lang]), most=int(field.high))
            else:
                self._readable(value[lang], place)
        return {lang: flowing(value[lang]) for lang in self.languages if isinstance(value.get(lang), str)}

    def _choice(self, value: Any, field: Field, where: str) -> object:
        if not isinstance(value, str):
            self._wrong(where, "text", value)
        elif value not in field.choices:
            got = value[:60]
            self.add("unknown-choice", where, got=got, choices=", ".join(field.choices), **_nearest(got, field.choices))
        return value

    def _choices(self, value: Any, field: Field, where: str) -> object:
        if not isinstance(value, list):
            self._wrong(where, "list", value)
            return None
        if not value:
            self.add("empty", where)
        for index, item in enumerate(value):
            self._choice(item, field, f"{where}[{index}]")
        return list(dict.fromkeys(item for item in value if isinstance(item, str)))

    def _texts(self, value: Any, field: Field, where: str) -> object:
        if not isinstance(value, list):
            self._wrong(where, "list", value)
            return None
        return [self._text(item, field, f"{where}[{index}]") for index, item in enumerate(value)]

    def _flag(self, value: Any, _field: Field, where: str) -> object:
        if not isinstance(value, bool):
            self._wrong(where, "true or false", value)
        return value

    def _whole(self, value: Any, field: Field, where: str) -> object:
        if type(value) is not int:
            self._wrong(where, "whole number", value)
        else:
            self._bounds(value, field, where)
        return value

    def _number(self, value: Any, field: Field, where: str) -> object:
        if type(value) not in (int, float):
            self._wrong(where, "number", value)
        else:
            self._bounds(value, field, where)
        return value

    def _bounds(self, value: float, field: Field, where: str) -> None:
        # Written so that nan, which compares false with everything, is out of bounds too.
        if not field.low <= value <= field.high:
            self.add("out-of-bounds", where, got=_shown(value), low=field.low, high=field.high)

    def _range(self, value: Any, field: Field, where: str) -> object:
        if not isinstance(value, list) or len(value) != 2:
            self._wrong(where, "two numbers", value)
            return None
        count = len(self.problems)
        for index, item in enumerate(value):
            self._number(item, field, f"{where}[{index}]")
        if len(self.problems) == count and value[0] > value[1]:
            self.add("range-reversed", where, low=value[0], high=value[1])
        return tuple(value)

    def _table(self, value: Any, field: Field, where: str) -> object:
        if not isinstance(value, dict):
            self._wrong(where, "table", value)
            return None
        return self.table(value, field.fields, where)

    def _tables(self, value: Any, field: Field, where: str) -> object:
        if not isinstance(value, list):
            self._wrong(where, "list", value)
            return None
        if not value:
            self.add("empty", where)
        tables = []
        for index, item in enumerate(value):
            place = f"{where}[{index}]"
            if isinstance(item, dict):
                tables.append(self.table(item, field.fields, place))
            else:
                self._wrong(place, "table", item)
        return tables


def flowing(text: str) -> str:
    """Lines broken in the file flow together; no-break spaces, which French needs, stay."""
    # As one pattern would say it, in a tenth of the time: there are thousands of texts in a library.
    words = text.replace("\n", " ").replace("\t", " ").split(" ")
    return " ".join(filter(None, words)).strip()


def _nearest(got: str, known: Collection[str]) -> dict[str, Detail]:
    """The known name that was probably meant, as a detail; nothing where none is near."""
    import difflib  # only mistakes need it

    near = difflib.get_close_matches(got, known, n=1)
    return {"nearest": near[0]} if near else {}


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _shown(value: float) -> Detail:
    """A number for a sentence: an int may have thousands of digits, more than Python writes out."""
    return "1e9 +" if type(value) is int and abs(value) >= 1e9 else value


def _type_name(value: object) -> str:
    """The word of the TOML specification for a value's type; ``words.texts`` says it in the user's language."""
    names = {bool: "true or false", str: "text", int: "number", float: "number", list: "list", dict: "table"}
    return names.get(type(value), "date")


def _step(reader: _Reader, raw: Table, where: str, patterns: Mapping[str, Pattern]) -> Step | None:
    count = len(reader.problems)
    breathe, seconds = raw.get("breathe"), raw.get("seconds")
    pattern = None
    rounds = 0
    if breathe is not None:
        if seconds is not None:
            reader.add("seconds-and-breathe", f"{where}.seconds")
        if "prop" in raw:
            reader.add("prop-and-breathe", f"{where}.prop")
        if "short" in raw:
            reader.add("short-and-breathe", f"{where}.short")
        pattern = _pattern(reader, breathe, f"{where}.breathe", patterns)
        rounds = breathe["rounds"]
    elif seconds is None:
        reader.add("no-length", where)
    if len(reader.problems) > count:
        return None
    ms = rounds * pattern.length_ms if pattern else _ms(seconds or 0)
    scale = raw.get("scale")
    scale_ms = (_ms(scale[0]), _ms(scale[1])) if scale else None
    if scale_ms and not scale_ms[0] <= ms <= scale_ms[1]:
        reader.add("scale-excludes-length", f"{where}.scale", seconds=ms / 1000)
    prop = Prop(raw["prop"]) if "prop" in raw else None
    short_ms = _ms(raw["short"]) if "short" in raw else None
    return Step(ms, raw.get("say", {}), pattern, rounds, scale_ms, raw.get("inward", False), prop, short_ms)


def _pattern(reader: _Reader, breathe: Table, where: str, patterns: Mapping[str, Pattern]) -> Pattern | None:
    own = [(phase.value, breathe[phase.value], None) for phase in Phase if phase.value in breathe]
    if "pattern" not in breathe:
        spans = _spans(own)
        _check_shape(reader, spans, where)
        return Pattern(spans)
    name = breathe["pattern"]
    if own:
        reader.add("pattern-and-phases", f"{where}.{own[0][0]}", pattern=name[:60])
    if name not in patterns:
        reader.add("unknown-pattern", f"{where}.pattern", got=name[:60], **_nearest(name, patterns))
        return None
    return patterns[name]


def _spans(phases: Collection[tuple[str, float, str | None]]) -> tuple[Span, ...]:
    """Phases with the level each arrives at."""
    known = [(Phase(name), _ms(seconds), side) for name, seconds, side in phases]
    spans = []
    level = 0.0
    for index, (phase, ms, side) in enumerate(known):
        topped = index + 1 < len(known) and known[index + 1][0] is Phase.TOP_UP
        arrives = {Phase.IN: TOP_UP_FROM if topped else 1.0, Phase.TOP_UP: 1.0, Phase.OUT: 0.0}
        level = arrives.get(phase, level)
        spans.append(Span(phase, ms, level, Side(side) if side else None))
    return tuple(spans)


FOLLOWERS = {
    Phase.IN: {Phase.TOP_UP, Phase.HOLD, Phase.OUT},
    Phase.TOP_UP: {Phase.HOLD, Phase.OUT},
    Phase.HOLD: {Phase.OUT},
    Phase.OUT: {Phase.REST, Phase.IN},
    Phase.REST: {Phase.IN},
}


def _check_shape(reader: _Reader, spans: tuple[Span, ...], where: str) -> bool:
    order = [span.phase for span in spans]
    whole = order[:1] == [Phase.IN] and order[-1] in (Phase.OUT, Phase.REST)
    right = whole and all(after in FOLLOWERS[before] for before, after in pairwise(order))
    if not right:
        reader.add("not-a-breath", where)
    return right


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _check_sources(reader: _Reader, values: Table, sources: Collection[str]) -> None:
    for index, source in enumerate(values.get("why", {}).get("sources", ())):
        if source not in sources:
            reader.add("unknown-source", f"why.sources[{index}]", got=source[:60], **_nearest(source, sources))


def _check_length(reader: _Reader, steps: tuple[Step, ...]) -> None:
    length = sum(step.ms for step in steps)
    if not SHORTEST_MS <= length <= LONGEST_MS:
        reader.add("bad-length", "steps", seconds=length / 1000, low=SHORTEST_MS // 1000, high=LONGEST_MS // 1000)
    if not any(step.say for step in steps):
        reader.add("no-words", "steps")
    for problem in held_too_much(steps):
        reader.add(problem.code, problem.where, **problem.details)
    short = [step for step in steps if step.short_ms]
    if short:
        _check_short(reader, short, whole_ms(steps))


def _check_short(reader: _Reader, short: Collection[Step], shortest_ms: int) -> None:
    """A short form that the whole could be made just as short as would be there for nothing."""
    length = sum(step.short_ms or 0 for step in short)
    if not SHORTEST_MS <= length < shortest_ms:
        low, below = SHORTEST_MS // 1000, shortest_ms / 1000
        reader.add("bad-short", "steps", seconds=length / 1000, low=low, below=below)
    elif not any(step.say for step in short):
        reader.add("short-without-words", "steps")


def _practice(values: Table, languages: tuple[str, ...], steps: tuple[Step, ...]) -> Practice:
    why = values["why"]
    caution: Words = values.get("caution", {})
    return Practice(
        id=values["id"],
        category=Category(values["category"]),
        languages=languages,
        title=values["title"],
        summary=values["summary"],
        needs=tuple(map(Need, values["needs"])),
        posture=tuple(map(Posture, values["posture"])),
        places=tuple(map(Place, values["places"])),
        discreet=Discreet(values["discreet"]),
        silent=values["silent"],
        eyes=Eyes(values["eyes"]),
        inward=values["inward"],
        core=values.get("core", False),
        why=Why(Grade(why["grade"]), why["text"], tuple(why.get("sources", ()))),
        caution=caution,
        steps=steps,
        overrules=tuple(Overrule(Rule(o["rule"]), o["reason"], o.get("where")) for o in values.get("overrules", ())),
    )
