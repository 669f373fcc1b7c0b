"""What the content of a practice is asked to be: invitations, time for them, a way back out, and no claims.

The rules are those of the reference, sections 1.2 and 2.2. They are advice: a practice that goes against one can be
used all the same, and may overrule it in its file, with a reason. Recognising words by their letters is crude; what it
can't tell apart is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from calmtray.practice.model import Category, Caution, Eyes, Grade, Practice, Rule, Words
from calmtray.practice.phrases import CLOSING, FORBIDDEN, HOLDING, OPEN, PARTS, SLOW_BREATHS, SPOKEN
from calmtray.practice.problem import Problem
from calmtray.session.timeline import WORDS_PER_MINUTE, shortest_step_ms, spoken_ms

MOST_SPOKEN = 0.75
"""The share of a step that its words may fill; a quarter at the least is quiet."""

IDLE = "overrules-nothing"
"""The code of an overrule without anything to overrule."""


def lint(practice: Practice) -> tuple[Problem, ...]:
    """Everything that goes against a rule and is not overruled, and every overrule that overrules nothing.

    The code of a finding is its ``Rule``, its place the path of what was written (``steps[2].say.fr``).
    """
    found = against(practice)
    reached = {each for problem, _ in found for each in _reach(problem)}
    idle = [
        Problem(IDLE, f"overrules[{index}]", details={"rule": overrule.rule})
        for index, overrule in enumerate(practice.overrules)
        if (overrule.rule.value, overrule.where) not in reached
    ]
    standing = [problem for problem, reason in found if reason is None]
    return (*standing, *idle)


def against(practice: Practice) -> tuple[tuple[Problem, str | None], ...]:
    """Everything that goes against a rule, each with the reason why that is overruled; None where it is not."""
    reasons = {(overrule.rule.value, overrule.where): overrule.reason for overrule in reversed(practice.overrules)}
    return tuple(
        (problem, next((reasons[each] for each in _reach(problem) if each in reasons), None))
        for problem in (*_phrases(practice), *_content(practice))
    )


def _reach(problem: Problem) -> list[tuple[str, str | None]]:
    """What overrules it: its rule in its own place, in the places around it (``steps[2]``), or everywhere (None)."""
    parts = problem.where.split(".")
    around = [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return [(str(problem.code), where) for where in (*around, None)]


# --- phrases ----------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Small letters without accents, straight apostrophes and hyphens, single spaces of the ordinary kind."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("\u00ad", ""))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    straight = bare.translate({0x2019: "'", 0x2018: "'", 0x2BC: "'", 0x2010: "-", 0x2011: "-"})
    return re.sub(r"\s+", " ", straight)


@cache
def _compiled(lines: str) -> re.Pattern[str]:
    """The phrases of ``practice.phrases``, one a line, as one expression."""
    phrases = "|".join(line.strip() for line in lines.strip().splitlines())
    whole = re.sub(r"<([a-z ]+)>", lambda part: PARTS[part[1]], phrases)
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)")


def _phrases(practice: Practice) -> Iterator[Problem]:
    for kind, where, text in _texts(practice):
        for lang, said in text.items():
            for rule, got in _forbidden(kind, lang, plain(said), practice):
                yield Problem(rule, f"{where}.{lang}", details={"got": got})


def _texts(practice: Practice) -> Iterator[tuple[str, str, Words]]:
    """Every text with the kind of its place and its path."""
    yield "title", "title", practice.title
    yield "summary", "summary", practice.summary
    yield "caution", "caution", practice.caution
    yield "why", "why.text", practice.why.text
    for index, step in enumerate(practice.steps):
        yield "say", f"steps[{index}].say", step.say


def _forbidden(kind: str, lang: str, said: str, practice: Practice) -> Iterator[tuple[Rule, str]]:
    """The forbidden phrases of a plain text, each once, with the rule it goes against."""
    for each in FORBIDDEN:
        if kind in each.places:
            for got in dict.fromkeys(_compiled(each.by_language[lang]).findall(said)):
                yield each.rule, got
    closing = _compiled(CLOSING[lang]).search(said)
    if kind in SPOKEN and closing:
        if practice.eyes is Eyes.OPEN:
            yield Rule.OPEN_EYES, closing[0]
        elif not _compiled(OPEN[lang]).search(said):
            yield Rule.CLOSED_EYES, closing[0]
    holding = _compiled(HOLDING[lang]).search(said)
    if kind in SPOKEN and holding and not practice.has_hold:
        yield Rule.SPOKEN_HOLD, holding[0]


# --- the whole --------------------------------------------------------------------------------------------


def _content(practice: Practice) -> Iterator[Problem]:
    yield from _too_many_words(practice)
    if practice.why.grade is not Grade.D and not practice.why.sources:
        yield Problem(Rule.NO_SOURCE, "why.sources", details={"grade": practice.why.grade})
    yield from _inward(practice)
    if practice.has_hold and not practice.caution:
        yield Problem(Rule.HOLD_WITHOUT_CAUTION, "caution")
    if Caution.SLOW in practice.cautions:
        yield from _slow(practice)


def _too_many_words(practice: Practice) -> Iterator[Problem]:
    """At the pace reckoned with, three quarters of a step are also below 125 words a minute for whoever speaks.

    What counts is the step at its shortest.
    """
    for index, step in enumerate(practice.steps):
        ms = shortest_step_ms(step)
        for lang, text in step.say.items():
            if spoken_ms(text) > MOST_SPOKEN * ms:
                most = int(MOST_SPOKEN * ms * WORDS_PER_MINUTE / 60_000)
                details = {"words": len(text.split()), "most": most, "seconds": ms / 1000}
                yield Problem(Rule.TOO_MANY_WORDS, f"steps[{index}].say.{lang}", details=details)


def _inward(practice: Practice) -> Iterator[Problem]:
    inward = [index for index, step in enumerate(practice.steps) if step.is_inward]
    lasts = (max((i for i, s in enumerate(practice.steps) if s.short_ms), default=None), len(practice.steps) - 1)
    for last in dict.fromkeys(lasts):
        if last in inward:
            yield Problem(Rule.NO_WAY_OUT, f"steps[{last}]")
    # A way out that nobody speaks of is none.
    if inward and inward[-1] not in lasts and not any(step.say for step in practice.steps[inward[-1] + 1 :]):
        yield Problem(Rule.NO_WAY_OUT, f"steps[{inward[-1]}]")
    if inward and not practice.inward:
        yield Problem(Rule.INWARD_UNSAID, "inward", details={"step": f"steps[{inward[0]}]"})
    elif not practice.inward and (practice.category is Category.BREATH or practice.patterns):
        yield Problem(Rule.BREATH_UNSAID, "inward")
    # Lightly inward may be meant of the whole; markedly inward begins and ends somewhere.
    if practice.inward == 2 and not inward:
        yield Problem(Rule.INWARD_UNMARKED, "inward")


def _slow(practice: Practice) -> Iterator[Problem]:
    first = next(i for i, s in enumerate(practice.steps) if s.pattern and Caution.SLOW in s.pattern.asks)
    for lang in practice.languages:
        said = plain(" ".join(text.get(lang, "") for kind, _, text in _texts(practice) if kind in ("say", "caution")))
        for rule, signs in SLOW_BREATHS:
            if not all(_compiled(sign[lang]).search(said) for sign in signs):
                yield Problem(rule, f"steps[{first}].say.{lang}")
