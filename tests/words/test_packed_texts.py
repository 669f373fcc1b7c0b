"""What is said of a practice in a pack before it is taken: all of it, in a few words."""

from __future__ import annotations

import pytest

from calmtray.practice.model import Caution, Overrule, Practice, Rule
from calmtray.practice.packs import Packed, Standing
from calmtray.words.packed_texts import (
    asks_text,
    good_to_know_text,
    packed_text,
    rule_name,
    rules_texts,
    steps_texts,
)
from tests.making import BOX, FOUR_SIX, breathing, practice, quiet

PUSHING = practice(quiet(60_000, "You should relax."), quiet(60_000, "You must look around."))


def overruled(made: Practice, *overrules: Overrule) -> Practice:
    return practice(*made.steps, overrules=overrules)


def test_holds_and_the_way_attention_turns_are_said_in_a_line():
    assert asks_text(practice()) == "Breath holds: none · Attention: outward"
    held = practice(breathing(BOX, 4), inward=2)
    assert asks_text(held) == "Breath holds: yes, soft ones; any of them may be skipped · Attention: inward"


def test_every_caution_is_said():
    assert good_to_know_text(practice()) == ""
    slow = practice(breathing(FOUR_SIX, 4), caution={"en": "Not for driving."})
    assert slow.cautions == {Caution.SLOW}
    assert good_to_know_text(slow).splitlines()[0] == "Not for driving."
    assert "Small, soft breaths" in good_to_know_text(slow)


def test_every_step_is_said_with_its_words():
    made = practice(quiet(10_000, "Here is a word."), breathing(FOUR_SIX, 2))
    assert steps_texts(made) == (
        ("1 · 10 s", "Here is a word."),
        ("2 · 20 s · 2 breaths (in\u00a04\u00a0s, out\u00a06\u00a0s)", ""),
    )


def test_where_nothing_goes_against_a_rule_nothing_is_said():
    assert rules_texts(practice()) == ()


def test_rules_are_counted_and_named_with_their_steps():
    assert rules_texts(PUSHING) == (
        (
            "It goes against 2 rules of content, and does not say why:",
            ("tells people what to feel (step 1)", "pushes (step 1, step 2)"),
        ),
    )


def test_what_is_overruled_comes_with_its_reason():
    made = overruled(
        PUSHING,
        Overrule(Rule.PRESSURE, "Said in jest.", "steps[0]"),
        Overrule(Rule.PRESSURE, "A quotation.", "steps[1].say.en"),
        Overrule(Rule.PRESSURE, "Never asked."),
    )
    assert rules_texts(made) == (
        (
            "It overrules 1 rule of content, and says why:",
            ("pushes (step 1): “Said in jest.”", "pushes (step 2): “A quotation.”"),
        ),
        (
            "It goes against 1 rule of content, and does not say why:",
            ("tells people what to feel (step 1)",),
        ),
    )


def test_of_the_whole_no_place_is_named_and_of_its_texts_which_one():
    made = practice(breathing(BOX, 4, "Small and soft."), quiet(30_000, "Look."), summary={"en": "You should try."})
    lines = [line for _sentence, said in rules_texts(made) for line in said]
    assert "holds the breath without a caution" in lines
    assert "pushes (in a line)" in lines


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_name(rule):
    assert rule_name(rule)


def test_a_terminal_is_told_all_of_it():
    told = packed_text(Packed(PUSHING, "", (), Standing.OWN)).splitlines()
    assert told == [
        "made-up: Made up",
        "  For a test.",
        "  2 min · English",
        "  Breath holds: none · Attention: outward",
        "  You have another practice with the id “made-up”.",
        "  1 · 1 min",
        "  You should relax.",
        "  2 · 1 min",
        "  You must look around.",
        "  It goes against 2 rules of content, and does not say why:",
        "    tells people what to feel (step 1)",
        "    pushes (step 1, step 2)",
    ]
