"""What a practice of a pack is, before it is taken: what it asks for, what it says, which rules it goes against."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent
from typing import TYPE_CHECKING, TypeAlias

from calmtray.practice.lint import against
from calmtray.practice.model import LANGUAGES, Practice, Rule
from calmtray.practice.problem import Problem
from calmtray.words.editor_texts import place_text
from calmtray.words.language import _, language, plural
from calmtray.words.pack_texts import facts_text, standing_text
from calmtray.words.practice_texts import APART, attention_text, step_heading, summary_text
from calmtray.words.texts import caution_text, holds_text, title_text

if TYPE_CHECKING:
    from calmtray.practice.packs import Packed

_Found: TypeAlias = tuple[Rule, str | None]
"""A rule that something goes against, and the reason why it is overruled, if it is."""


def asks_text(practice: Practice) -> str:
    """Whether a breath is held, and whether it looks inward, in a line."""
    asked = ((_("Breath holds"), holds_text(practice)), (_("Attention"), attention_text(practice)))
    return APART.join(_("{name}: {fact}").format(name=name, fact=fact) for name, fact in asked)


def good_to_know_text(practice: Practice) -> str:
    """Its own caution, and what is said before its breaths; empty where there is neither."""
    own = practice.caution.get(practice.language(language()), "")
    return "\n".join(filter(None, (own, caution_text(practice.cautions))))


def steps_texts(practice: Practice) -> tuple[tuple[str, str], ...]:
    """Each step: its number, length and breath, and its words, which may be none."""
    lang = practice.language(language())
    return tuple(
        (step_heading(number, step, lang), step.say.get(lang, "")) for number, step in enumerate(practice.steps, 1)
    )


def rules_texts(practice: Practice) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """How many rules its content goes against, and a line for each of them; nothing where there are none.

    First those that it overrules, each with its reason; then those that it says nothing about.
    """
    found: dict[_Found, dict[str, None]] = {}
    for problem, reason in against(practice):
        found.setdefault((Rule(problem.code), reason), {}).update(_place(problem))
    overruled = [_line(*each, found[each]) for each in found if each[1] is not None]
    standing = [_line(*each, found[each]) for each in found if each[1] is None]
    said = []
    if overruled:
        number = len({rule for rule, reason in found if reason is not None})
        sentence = plural(
            "It overrules {number} rule of content, and says why:",
            "It overrules {number} rules of content, and says why:",
            number,
        )
        said.append((sentence.format(number=number), tuple(overruled)))
    if standing:
        sentence = plural(
            "It goes against {number} rule of content, and does not say why:",
            "It goes against {number} rules of content, and does not say why:",
            len(standing),
        )
        said.append((sentence.format(number=len(standing)), tuple(standing)))
    return tuple(said)


def _place(problem: Problem) -> dict[str, None]:
    """Which step or text it is, whatever the language; nothing where the whole is meant."""
    base, _dot, lang = problem.where.rpartition(".")
    where = base if lang in LANGUAGES else problem.where
    return {place_text(where): None} if where.startswith("steps") or where != problem.where else {}


def _line(rule: Rule, reason: str | None, places: Iterable[str]) -> str:
    line = rule_name(rule)
    if at := ", ".join(places):
        line = _("{rule} ({places})").format(rule=line, places=at)
    return line if reason is None else _("{rule}: “{reason}”").format(rule=line, reason=reason)


def rule_name(rule: Rule) -> str:
    """What a practice does that goes against a rule, in a few words."""
    return {
        Rule.DEEP_BREATH: _("asks for big breaths"),
        Rule.ORDERED_FEELING: _("tells people what to feel"),
        Rule.PRESSURE: _("pushes"),
        Rule.CLOSED_EYES: _("closes the eyes without a choice"),
        Rule.OPEN_EYES: _("closes the eyes, and says that they stay open"),
        Rule.KEPT_SCORE: _("grades, counts or compares"),
        Rule.MEDICAL_CLAIM: _("promises more than anybody has shown"),
        Rule.CLIENT_DETAILS: _("calls up a client"),
        Rule.TOO_MANY_WORDS: _("leaves little silence"),
        Rule.NO_SOURCE: _("speaks of research without naming it"),
        Rule.NO_WAY_OUT: _("ends turned inward"),
        Rule.INWARD_UNSAID: _("turns inward without saying so"),
        Rule.BREATH_UNSAID: _("follows the breath, and says that it stays outward"),
        Rule.INWARD_UNMARKED: _("does not say which step turns inward"),
        Rule.SMALL_AND_SOFT: _("slows the breath without “small and soft”"),
        Rule.SMALLER_OR_STOP: _("slows the breath without what to do when light-headed"),
        Rule.SPOKEN_HOLD: _("asks for a held breath that can’t be switched off"),
        Rule.HOLD_WITHOUT_CAUTION: _("holds the breath without a caution"),
    }[rule]


def packed_text(packed: Packed) -> str:
    """All of it as plain text, for a terminal."""
    practice = packed.practice
    about = [summary_text(practice), facts_text(packed), asks_text(practice)]
    about += filter(None, (standing_text(packed.standing, practice.id), good_to_know_text(practice)))
    parts = [indent("\n".join(about), "  ")]
    for heading, words in steps_texts(practice):
        parts.append(indent("\n".join(filter(None, (heading, words))), "  "))
    for sentence, lines in rules_texts(practice):
        parts.append("\n".join([indent(sentence, "  "), *(indent(line, "    ") for line in lines)]))
    return "\n".join([f"{practice.id}: {title_text(practice)}", *parts])
