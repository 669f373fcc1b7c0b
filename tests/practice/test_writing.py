"""What is written is read back the same; what is unfinished is finished with what goes without saying."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.draft import (
    Draft,
    add_step,
    copy_of,
    draft_of,
    finished,
    fresh,
    move_step,
    own_breath,
    remove_step,
    with_step,
)
from calmtray.practice.fields import SLUG
from calmtray.practice.format import Invalid, flowing, parse
from calmtray.practice.lint import lint
from calmtray.practice.model import (
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
from calmtray.practice.unfinished import read_unfinished
from calmtray.practice.writing import WIDTH, new_id, readable, to_toml
from tests.making import BOX, FOUR_SIX, SIGH, breathing, practice, quiet
from tests.practice.bundled import FILES, SHARED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bundled_practice_is_written_as_it_is(path):
    made = parse(path.read_text(encoding="utf-8"), SHARED.patterns, SHARED.sources)
    written = to_toml(made)
    assert parse(written, SHARED.patterns, SHARED.sources) == made
    assert max(map(len, written.splitlines())) <= WIDTH


def several(values: type[StrEnum]) -> st.SearchStrategy[tuple[StrEnum, ...]]:
    return st.lists(st.sampled_from(list(values)), min_size=1, max_size=4, unique=True).map(tuple)


# What somebody might type or paste: quotes, backslashes, line breaks, control characters, spaces that do not break.
letters = st.text(st.characters(codec="utf-8") | st.sampled_from('"\\\n\t \u00a0\x7f\r'), max_size=300)


@st.composite
def words(draw: st.DrawFn, langs: tuple[str, ...], most: int) -> dict[str, str]:
    texts = letters.map(lambda text: readable(readable(text)[:most])).filter(bool)
    return {lang: draw(texts) for lang in langs}


@st.composite
def lengths(draw: st.DrawFn) -> dict[Phase, int]:
    # Four of them, each with a hold, are no more than may be held.
    ms = st.integers(500, 15_000)
    others = draw(st.sets(st.sampled_from([Phase.TOP_UP, Phase.HOLD, Phase.REST])))
    return {phase: draw(ms) for phase in (Phase.IN, Phase.OUT, *others)}


@st.composite
def steps(draw: st.DrawFn, langs: tuple[str, ...], spoken: bool) -> Step:
    pattern = draw(st.none() | lengths().map(own_breath) | st.sampled_from(list(SHARED.patterns.values())))
    held = pattern is not None and pattern.has_hold
    rounds = draw(st.integers(1, 1 if held else 4)) if pattern else 0
    ms = rounds * pattern.length_ms if pattern else draw(st.integers(20_000, 100_000))
    # A single quick breath is shorter than the shortest that may be asked for.
    scale = draw(st.none() | st.just((2_000, 1_200_000))) if ms >= 2_000 and not held else None
    say = draw(words(langs, 600)) if spoken or draw(st.booleans()) else {}
    prop = None if pattern else draw(st.none() | st.sampled_from(list(Prop)))
    return Step(ms, say, pattern, rounds, scale, draw(st.booleans()), prop)


@st.composite
def written_practices(draw: st.DrawFn) -> Practice:
    langs = draw(st.sampled_from([("en",), ("fr",), ("en", "fr")]))
    rules = st.builds(
        Overrule,
        st.sampled_from(list(Rule)),
        st.text("abc é\"'", min_size=8, max_size=300).map(flowing).filter(lambda text: len(text) >= 8),
        st.none() | st.just("steps[0].say"),
    )
    return practice(
        Step(20_000, draw(words(langs, 600))),
        *draw(st.lists(steps(langs, spoken=False), max_size=4)),
        languages=langs,
        id=draw(st.from_regex(SLUG, fullmatch=True)),
        title=draw(words(langs, 60)),
        summary=draw(words(langs, 140)),
        caution=draw(st.just({}) | words(langs, 400)),
        why=Why(draw(st.sampled_from(list(Grade))), draw(words(langs, 500)), draw(st.just(()) | st.just(("a-2", "b")))),
        category=draw(st.sampled_from(list(Category))),
        needs=draw(several(Need)),
        posture=draw(several(Posture)),
        places=draw(several(Place)),
        discreet=draw(st.sampled_from(list(Discreet))),
        silent=draw(st.booleans()),
        eyes=draw(st.sampled_from(list(Eyes))),
        inward=draw(st.integers(0, 2)),
        core=draw(st.booleans()),
        overrules=tuple(draw(st.lists(rules, max_size=2))),
    )


@given(written_practices())
def test_whatever_can_be_read_is_written_and_read_back_the_same(made):
    assert parse(to_toml(made), SHARED.patterns) == made


def without(words: dict[str, str], lang: str) -> dict[str, str]:
    return {each: text for each, text in words.items() if each != lang}


@given(written_practices(), st.sampled_from(["en", "fr"]), st.booleans())
def test_what_is_unfinished_is_written_and_read_back_the_same(made, lang, stepless):
    steps = () if stepless else tuple(replace(step, say=without(step.say, lang), scale_ms=None) for step in made.steps)
    draft = replace(made, id="", title=without(made.title, lang), summary={}, needs=(), places=(), steps=steps)
    assert read_unfinished(to_toml(draft), SHARED.patterns) == draft


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_practice_just_begun_is_read_back(lang):
    begun = replace(add_step(fresh(lang), 1).practice, languages=("en", "fr"))
    assert read_unfinished(to_toml(begun), {}) == begun


def test_a_practice_just_begun_is_not_said_to_look_outward():
    assert fresh("en").practice.inward > 0


@pytest.mark.parametrize("text", ["", "id = 1", "= no", "steps = 3", 'title = "a"', "format = 1\nwhy = []"])
def test_what_nobody_wrote_is_no_unfinished_practice(text):
    with pytest.raises(ValueError, match=r"."):
        read_unfinished(text, {})


def test_a_number_is_no_title_of_an_unfinished_practice():
    begun = to_toml(replace(fresh("en").practice, title={"en": "A title"}))
    assert '"A title"' in begun
    with pytest.raises(ValueError, match="3 is no text"):
        read_unfinished(begun.replace('"A title"', "3"), {})


@given(letters)
def test_no_text_breaks_the_file(text):
    made = practice(quiet(30_000, text), title={"en": text})
    table = tomllib.loads(to_toml(made))
    assert flowing(table.get("title", {}).get("en", "")) == readable(text)


def test_half_a_character_is_written_as_one_that_nobody_knows():
    assert parse(to_toml(practice(title={"en": "a\ud800"})), {}).title == {"en": "a\ufffd"}


def test_a_practice_without_steps_is_said_to_have_none():
    with pytest.raises(Invalid) as refused:
        parse(to_toml(replace(practice(), steps=())), {})
    assert [(each.code, each.where) for each in refused.value.problems] == [("missing", "steps")]


@pytest.mark.parametrize(
    ("title", "taken", "expected"),
    [
        ("Une minute, là!", (), "une-minute-la"),
        ("Cœur & souffle", (), "coeur-souffle"),
        ("Rain", {"rain", "rain-2"}, "rain-3"),
        ("Patterns", (), "patterns-2"),
        ("CON", (), "con-2"),
        ("雨", (), "practice"),
        ("", {"practice"}, "practice-2"),
        ("word " * 30, (), ("word-" * 12).rstrip("-")),
    ],
)
def test_an_id_is_made_from_the_title(title, taken, expected):
    assert new_id(title, taken) == expected


@given(st.text(max_size=80), st.sets(st.from_regex(SLUG, fullmatch=True), max_size=4))
def test_every_id_is_one_and_free(title, taken):
    id_ = new_id(title, taken)
    assert id_ not in taken
    assert parse(to_toml(practice(id=id_)), {}).id == id_


# A draft.


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_new_practice_wants_a_title_and_the_words_of_one_step(lang):
    draft = fresh(lang)
    with pytest.raises(Invalid) as refused:
        parse(to_toml(finished(draft.practice, ())), {})
    wanted = {problem.where for problem in refused.value.problems}
    assert wanted == {"title", "summary"}
    said = with_step(draft, 0, replace(draft.practice.steps[0], say={lang: "Look."})).practice
    made = finished(replace(said, title={lang: "Trois fenêtres"}), ())
    read = parse(to_toml(made), {})
    assert (read.id, read.summary) == ("trois-fenetres", {lang: "Trois fenêtres"})
    assert lint(read) == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_copy_of_any_practice_can_be_saved_without_another_word(path):
    made = parse(path.read_text(encoding="utf-8"), SHARED.patterns, SHARED.sources)
    copy = finished(copy_of(made).practice, {made.id})
    read = parse(to_toml(copy), SHARED.patterns, SHARED.sources)
    assert read.id != made.id
    assert read.title != made.title
    assert (read.steps, read.core) == (made.steps, False)
    assert lint(read) == ()


def test_a_title_without_room_is_copied_as_it_is():
    made = practice(title={"en": "t" * 58})
    assert copy_of(made).practice.title == made.title


def test_a_copy_tells_what_is_known_as_known_of_the_original():
    langs = {"languages": ("en", "fr"), "title": {"en": "Sighing", "fr": "Soupirer"}}
    why = Why(Grade.B, {"en": "A study found it.", "fr": "Une étude l’a vu."}, ("balban-2023",))
    assert copy_of(practice(why=why, **langs)).practice.why == Why(
        Grade.D,
        {
            "en": "It began as “Sighing”. About the original: A study found it.",
            "fr": "Elle vient de «\u00a0Soupirer\u00a0». À propos de l’originale\u00a0: Une étude l’a vu.",
        },
    )


@pytest.mark.parametrize(
    ("why", "kept"),
    [
        # Where nothing was studied there is nothing to take back.
        (Why(Grade.D, {"en": "An old custom."}), True),
        (Why(Grade.D, {"en": "An old custom."}, ("balban-2023",)), False),
        (Why(Grade.C, {"en": "Related research."}), False),
    ],
)
def test_a_copy_of_what_was_not_studied_keeps_its_why(why, kept):
    assert (copy_of(practice(why=why)).practice.why == why) is kept


def test_where_there_is_no_room_for_both_a_copy_is_said_to_be_for_oneself():
    made = practice(why=Why(Grade.A, {"en": "a" * 470}, ("balban-2023",)))
    why = copy_of(made).practice.why
    assert why.grade is Grade.D
    assert why.text["en"].startswith("Made for one’s own use")


def story() -> Draft:
    made = practice(
        quiet(10_000, "one"),
        quiet(20_000, "two"),
        quiet(30_000, "three"),
        overrules=(
            Overrule(Rule.PRESSURE, "because one", "steps[0].say.en"),
            Overrule(Rule.PRESSURE, "because three", "steps[2]"),
            Overrule(Rule.NO_SOURCE, "because all"),
            Overrule(Rule.PRESSURE, "because title", "title.en"),
        ),
    )
    return replace(draft_of(made), takes={(0, "en"): Path("one.wav"), (2, ""): Path("three.wav")})


def told(draft: Draft) -> tuple[list[str], list[str | None], list[int]]:
    said = [step.say.get("en", "") for step in draft.practice.steps]
    return said, [each.where for each in draft.practice.overrules], [key for key, _ in draft.takes]


def test_steps_take_along_what_belongs_to_them():
    assert told(move_step(story(), 0, 2)) == (
        ["two", "three", "one"],
        ["steps[2].say.en", "steps[1]", None, "title.en"],
        [0, 2],
    )
    assert move_step(story(), 0, 2).keys == (1, 2, 0)
    assert told(remove_step(story(), 0)) == (["two", "three"], ["steps[1]", None, "title.en"], [2])
    assert told(add_step(story(), 1))[:2] == (
        ["one", "", "two", "three"],
        ["steps[0].say.en", "steps[3]", None, "title.en"],
    )
    assert add_step(story(), 3).keys == (0, 1, 2, 3)
    assert add_step(replace(story(), keys=(), practice=replace(practice(), steps=())), 0).keys == (0,)


@given(st.integers(0, 2), st.integers(0, 2))
def test_a_move_is_undone_by_the_way_back(at, to):
    assert move_step(move_step(story(), at, to), to, at) == story()


def test_a_step_that_turns_inward_makes_the_practice_turn_inward_lightly():
    draft = story()
    inward = with_step(draft, 1, replace(draft.practice.steps[1], inward=True))
    assert inward.practice.inward == 1
    # Whoever then says otherwise is not talked over.
    unsaid = replace(inward, practice=replace(inward.practice, inward=0))
    assert with_step(unsaid, 1, replace(unsaid.practice.steps[1], ms=40_000)).practice.inward == 0


def test_overrules_that_nothing_needs_are_left_out():
    made = practice(
        quiet(60_000, "You must look."),
        overrules=(Overrule(Rule.PRESSURE, "it is a quotation"), Overrule(Rule.NO_SOURCE, "nothing at all")),
    )
    assert [each.rule for each in finished(made, ()).overrules] == [Rule.PRESSURE]


def test_a_finished_practice_keeps_its_own_words():
    made = practice()
    assert finished(made, {made.id}) == made


@pytest.mark.parametrize("pattern", [FOUR_SIX, BOX, SIGH], ids=["two", "four", "top-up"])
def test_a_breath_of_ones_own_is_the_one_that_a_file_tells(pattern: Pattern):
    made = own_breath({span.phase: span.ms for span in pattern.spans})
    assert made == pattern
    written = practice(breathing(made, 4, "Breathe as you like."))
    assert parse(to_toml(written), {}) == written
