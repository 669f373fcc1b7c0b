"""A practice while somebody writes it: unfinished, changed step by step, and finished with what goes without saying."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from calmtray.practice.lint import IDLE, lint
from calmtray.practice.model import (
    TOP_UP_FROM,
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
    Span,
    Step,
    Why,
    Words,
)
from calmtray.practice.writing import new_id

STEP_MS = 30_000
"""A new step: long enough to be a practice by itself."""

LONGEST_TITLE = 60
LONGEST_WHY = 500

Take: TypeAlias = tuple[int, str]
"""Whose recording it is: the key of a step, and a language, or an empty text for every language."""

_OF_ONES_OWN = {
    "en": "Made for one’s own use; it has not been studied.",
    "fr": "Conçue pour son propre usage; elle n’a pas été étudiée.",
}
_BEGAN_AS = {
    "en": "It began as “{title}”. About the original: {why}",
    "fr": "Elle vient de «\u00a0{title}\u00a0». À propos de l’originale\u00a0: {why}",
}
_MY_WAY = {"en": "{title}, my way", "fr": "{title}, à ma façon"}


@dataclass(frozen=True, slots=True)
class Draft:
    """``practice`` may lack words. ``keys`` name its steps for good, wherever they move; ``takes`` are recordings."""

    practice: Practice
    keys: tuple[int, ...]
    takes: Mapping[Take, Path] = field(default_factory=dict)


def fresh(lang: str) -> Draft:
    """A new practice, which wants only a title and the words of its one step."""
    practice = Practice(
        id="",
        category=Category.ORIENTATION,
        languages=(lang,),
        title={},
        summary={},
        needs=(Need.BETWEEN_BACK_TO_BACK,),
        posture=(Posture.ANY,),
        places=(Place.ANYWHERE,),
        discreet=Discreet.PARTLY,
        silent=True,
        eyes=Eyes.OPEN,
        # Until somebody says otherwise: what is said to look outward is offered to people who need just that.
        inward=1,
        core=False,
        why=Why(Grade.D, _OF_ONES_OWN),
        caution={},
        steps=(Step(STEP_MS, {}),),
    )
    return Draft(practice, (0,))


def draft_of(practice: Practice) -> Draft:
    """A practice as it is, to be changed."""
    return Draft(practice, tuple(range(len(practice.steps))))


def copy_of(practice: Practice) -> Draft:
    """A practice of one's own that begins as another one.

    What was studied is the other one: that is said, and this one is graded as what nobody has looked at yet.
    """
    title = {lang: _my_way(lang, text) for lang, text in practice.title.items()}
    return draft_of(replace(practice, id="", title=title, core=False, why=_why_of_a_copy(practice)))


def _why_of_a_copy(practice: Practice) -> Why:
    why = practice.why
    if why.grade is Grade.D and not why.sources:
        return why
    said = {lang: _BEGAN_AS[lang].format(title=practice.title[lang], why=text) for lang, text in why.text.items()}
    return Why(Grade.D, said if all(len(text) <= LONGEST_WHY for text in said.values()) else _OF_ONES_OWN)


def _my_way(lang: str, title: str) -> str:
    mine = _MY_WAY[lang].format(title=title)
    return mine if len(mine) <= LONGEST_TITLE else title


# --- steps ------------------------------------------------------------------------------------------------


def add_step(draft: Draft, at: int) -> Draft:
    """With a new quiet step at this place."""
    key = max(draft.keys, default=-1) + 1
    order = list(range(len(draft.keys)))
    practice = draft.practice
    steps = (*practice.steps[:at], Step(STEP_MS, {}), *practice.steps[at:])
    moved = _overrules_moved(practice, {old: old + (old >= at) for old in order})
    return replace(
        draft, practice=replace(practice, steps=steps, overrules=moved), keys=(*draft.keys[:at], key, *draft.keys[at:])
    )


def remove_step(draft: Draft, at: int) -> Draft:
    """Without the step at this place."""
    return _ordered(draft, [index for index in range(len(draft.keys)) if index != at])


def move_step(draft: Draft, at: int, to: int) -> Draft:
    """With the step at one place at another, the steps between moving along."""
    order = [index for index in range(len(draft.keys)) if index != at]
    order.insert(to, at)
    return _ordered(draft, order)


def with_step(draft: Draft, at: int, step: Step) -> Draft:
    """With another step at this place. A practice with a step that breathes or turns inward does so lightly."""
    practice = draft.practice
    steps = (*practice.steps[:at], step, *practice.steps[at + 1 :])
    before = practice.steps[at]
    newly = (step.is_inward and not before.is_inward) or (step.pattern is not None and before.pattern is None)
    inward = max(practice.inward, 1) if newly else practice.inward
    return replace(draft, practice=replace(practice, steps=steps, inward=inward))


def own_breath(lengths: Mapping[Phase, int]) -> Pattern:
    """A breath without a name, from the ms of its phases; those of 0 are left out."""
    full = {Phase.IN: TOP_UP_FROM if lengths.get(Phase.TOP_UP) else 1.0, Phase.TOP_UP: 1.0, Phase.HOLD: 1.0}
    return Pattern(tuple(Span(each, lengths[each], full.get(each, 0.0)) for each in Phase if lengths.get(each)))


def _ordered(draft: Draft, order: list[int]) -> Draft:
    """With these of its steps, in this order."""
    practice = draft.practice
    keys = tuple(draft.keys[index] for index in order)
    steps = tuple(practice.steps[index] for index in order)
    moved = _overrules_moved(practice, {old: new for new, old in enumerate(order)})
    takes = {take: path for take, path in draft.takes.items() if take[0] in keys}
    return Draft(replace(practice, steps=steps, overrules=moved), keys, takes)


def _overrules_moved(practice: Practice, places: Mapping[int, int]) -> tuple[Overrule, ...]:
    """Overrules follow the step they are meant for, and go with it."""
    kept: list[Overrule] = []
    for overrule in practice.overrules:
        match = re.match(r"steps\[(\d+)\]", overrule.where or "")
        if match is None:
            kept.append(overrule)
        elif overrule.where and int(match[1]) in places:
            where = f"steps[{places[int(match[1])]}]{overrule.where[match.end() :]}"
            kept.append(replace(overrule, where=where))
    return tuple(kept)


# --- the end ----------------------------------------------------------------------------------------------


def finished(practice: Practice, taken: Collection[str]) -> Practice:
    """With an id of its own, a summary, and without overrules that nothing needs any more."""
    title = next((text for lang in practice.languages if (text := practice.title.get(lang, ""))), "")
    return without_idle_overrules(
        replace(
            practice,
            id=practice.id or new_id(title, taken),
            summary=_or_else(practice.summary, practice.title),
            why=replace(practice.why, text=_or_else(practice.why.text, _OF_ONES_OWN)),
        )
    )


def without_idle_overrules(practice: Practice) -> Practice:
    """With those of its overrules that overrule something."""
    idle = {problem.where for problem in lint(practice) if problem.code == IDLE}
    kept = tuple(each for index, each in enumerate(practice.overrules) if f"overrules[{index}]" not in idle)
    return replace(practice, overrules=kept)


def _or_else(words: Words, others: Words) -> Words:
    """Where there are no words at all, others; where one language lacks them, that is for the writer to say."""
    return words if any(text.strip() for text in words.values()) else others
