"""TOML text -> a practice that may lack words or steps, as ``writing.to_toml`` wrote an unfinished one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from calmtray.practice.draft import own_breath
from calmtray.practice.model import (
    LANGUAGES,
    Category,
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
    Step,
    Why,
)


def read_unfinished(text: str, patterns: Mapping[str, Pattern]) -> Practice:
    """Read it back. Raises ValueError where calmtray can't have written it, or a pattern is known no more."""
    try:
        return _practice(tomllib.loads(text), patterns)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"this is no unfinished practice: {error!r}") from None


def _practice(table: Mapping[str, Any], patterns: Mapping[str, Pattern]) -> Practice:
    why = table["why"]
    return Practice(
        id=_text(table["id"]),
        category=Category(table["category"]),
        languages=tuple(lang for lang in LANGUAGES if lang in table.get("languages", LANGUAGES)) or LANGUAGES,
        title=_words(table, "title"),
        summary=_words(table, "summary"),
        needs=tuple(map(Need, table["needs"])),
        posture=tuple(map(Posture, table["posture"])),
        places=tuple(map(Place, table["places"])),
        discreet=Discreet(table["discreet"]),
        silent=bool(table["silent"]),
        eyes=Eyes(table["eyes"]),
        inward=int(table["inward"]),
        core=bool(table.get("core", False)),
        why=Why(Grade(why["grade"]), _words(why, "text"), tuple(map(_text, why.get("sources", ())))),
        caution=_words(table, "caution"),
        steps=tuple(_step(step, patterns) for step in table.get("steps", ())),
        overrules=tuple(
            Overrule(Rule(each["rule"]), _text(each["reason"]), each.get("where"))
            for each in table.get("overrules", ())
        ),
    )


def _step(table: Mapping[str, Any], patterns: Mapping[str, Pattern]) -> Step:
    pattern, rounds = None, 0
    if "breathe" in table:
        breathe = table["breathe"]
        rounds = int(breathe["rounds"])
        own = {phase: _ms(breathe[phase.value]) for phase in Phase if phase.value in breathe}
        pattern = own_breath(own) if own else patterns[breathe["pattern"]]
    ms = rounds * pattern.length_ms if pattern else _ms(table["seconds"])
    scale = table.get("scale")
    return Step(
        ms,
        _words(table, "say"),
        pattern,
        rounds,
        (_ms(scale[0]), _ms(scale[1])) if scale else None,
        bool(table.get("inward", False)),
        Prop(table["prop"]) if "prop" in table else None,
        _ms(table["short"]) if "short" in table else None,
    )


def _words(table: Mapping[str, Any], name: str) -> dict[str, str]:
    said = table.get(name, {})
    return {lang: _text(said[lang]) for lang in LANGUAGES if lang in said}


def _text(value: object) -> str:
    """What is written between three quotes comes in lines that flow together."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value.replace("\n", " ")


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
