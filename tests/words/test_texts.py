"""Codes become sentences, in English and in French."""

from __future__ import annotations

import ast
import math
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calmtray
from calmtray.journal import store
from calmtray.practice.lint import IDLE
from calmtray.practice.model import Category, Caution, Eyes, Grade, Phase, Posture, Rule
from calmtray.practice.problem import Problem
from calmtray.session.state import Status
from calmtray.settings.model import SETTINGS
from calmtray.words import setting_texts, texts
from calmtray.words.language import use_language
from tests.making import BOX, FOUR_SIX, breathing, practice, quiet
from tests.practice.test_format import SPOILED

SOURCE = Path(calmtray.__file__).parent

FROM_THE_LIBRARY = {
    # Each of these is produced in tests/practice/test_library.py.
    "duplicate-id",
    "is-a-folder",
    "not-a-file",
    "not-found",
    "not-utf8",
    "too-large",
    "unreadable",
}

FROM_THE_VOICES = {
    # Each of these in tests/sound/test_voices.py.
    "clips-unkept",
    "recording-empty",
    "recording-not-audio",
    "recording-too-long",
}

FROM_THE_RECORDINGS = {
    # These in tests/sound/test_recordings.py.
    "recording-no-language",
    "recording-no-step",
    "recording-silent",
}

# And these in tests/practice/test_lint.py.
FROM_THE_LINT = {*Rule, IDLE}

both_languages = pytest.mark.parametrize("lang", ["en", "fr"])


@pytest.fixture
def lang(request: pytest.FixtureRequest) -> str:
    chosen = str(request.param)
    use_language(chosen)
    return chosen


def strings(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


# Problems.


def test_every_sentence_for_a_problem_is_produced_by_a_test():
    elsewhere = FROM_THE_LIBRARY | FROM_THE_VOICES | FROM_THE_RECORDINGS | FROM_THE_LINT
    assert {row.code for row in SPOILED} | elsewhere == set(texts._SENTENCES)


def test_every_code_in_the_practice_room_has_a_sentence():
    codes = set()
    for path in (SOURCE / "practice").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                codes |= {node.args[0].value} if name in ("Problem", "add") else set()
    assert len(codes) > 20
    assert codes <= set(texts._SENTENCES)


PLACES = [
    (Problem("empty"), "This is empty. Write something, or take it out."),
    (Problem("empty", "title.en"), "title.en: This is empty. Write something, or take it out."),
    (Problem("empty", line=3), "line 3: This is empty. Write something, or take it out."),
    (Problem("empty", file="a.toml"), "a.toml: This is empty. Write something, or take it out."),
    (Problem("empty", file="a.toml", line=3), "a.toml:3: This is empty. Write something, or take it out."),
    (Problem("empty", "id", file="a.toml"), "a.toml: id: This is empty. Write something, or take it out."),
]


@pytest.mark.parametrize(("problem", "sentence"), PLACES)
def test_a_problem_begins_with_its_place(problem, sentence):
    assert texts.problem_text(problem) == sentence


@pytest.mark.parametrize(
    ("code", "details", "said"),
    [
        (
            "wrong-type",
            {"wanted": "words", "got": "number"},
            "a text for each language (say.en, say.fr), but is a number",
        ),
        ("out-of-bounds", {"got": 1.5, "low": 2.0, "high": 600.0}, "1.5 is out of bounds. Choose from 2 to 600."),
        ("out-of-bounds", {"got": math.inf, "low": 2, "high": 600}, "inf is out of bounds."),
        ("out-of-bounds", {"got": math.nan, "low": 2, "high": 600}, "nan is out of bounds."),
        ("bad-length", {"seconds": 17.0, "low": 20, "high": 1200}, "lasts 17 s. Make it 20 to 1200 s long."),
        ("bad-text", {"got": "{0} {x}"}, "“{0} {x}” can"),
        ("unknown-pattern", {"got": "slow", "nearest": "slow_4_6"}, "“slow”. Did you mean “slow_4_6”?"),
    ],
)
def test_the_details_are_in_the_sentence(code, details, said):
    assert said in texts.problem_text(Problem(code, details=details))


@both_languages
@given(found=st.text(max_size=30), where=st.text(max_size=30))
def test_whatever_was_found_makes_one_line(lang, found, where):
    use_language(lang)
    problem = Problem("unknown-choice", where, details={"got": found, "choices": "a, b", "nearest": "b"})
    assert len(texts.problem_text(problem).splitlines()) == 1


# Everything else that has a code.

ON_THE_PAGE = [setting for setting in SETTINGS if setting.section]


@pytest.mark.parametrize("lang", ["en", "fr"], indirect=True)
def test_every_code_has_words(lang):
    said = [
        *map(texts.phase_word, Phase),
        *map(texts.category_name, Category),
        *map(texts.grade_text, Grade),
        *map(texts.ending_text, store.Ended),
        *(texts.posture_text(practice(posture=(posture,))) for posture in Posture),
        *(texts.eyes_text(practice(eyes=eyes)) for eyes in Eyes),
        *(texts.holds_text(practice(breathing(pattern, 5))) for pattern in (BOX, FOUR_SIX)),
        *map(texts.language_name, ("en", "fr")),
        *map(setting_texts.setting_name, (setting.name for setting in ON_THE_PAGE)),
        *map(setting_texts.section_text, (setting.section for setting in ON_THE_PAGE)),
        *(setting_texts.choice_text(setting.name, choice) for setting in ON_THE_PAGE for choice in setting.choices),
    ]
    assert all(said)
    assert [text for text in said if text != text.strip()] == []


def test_help_is_given_where_the_name_does_not_say_it_all():
    helped = [setting.name for setting in ON_THE_PAGE if setting_texts.setting_help(setting.name)]
    assert helped == [
        "motion", "discreet", "voice_en", "breath_shape", "ambience", "breath_holds", "ramp", "shapes", "feelings",
            "open_at_login",
        "offers", "after_sessions", "working_hours", "other_days", "minutes_held", "offered_needs", "offer_as",
        "offer_sound", "circles", "agenda", "client_words",
    ]  # fmt: skip


def test_every_trouble_of_the_journal_has_a_sentence_with_its_path():
    tree = ast.parse((SOURCE / "journal/store.py").read_text(encoding="utf-8"))
    raised = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)]
    codes = {code for call in raised for code in strings(call.args[0])}
    assert codes == {"newer-journal", "older-journal", "journal-damaged", "journal-unwritable", "journal-closed"}
    for code in codes:
        sentence = texts.journal_error_text(code, "the/path", "the reason")
        assert "the/path" in sentence
        assert ("the reason" in sentence) == (code in ("journal-damaged", "journal-unwritable"))


def test_trouble_with_the_settings_says_what_it_means():
    assert "the/path (disk full)" in texts.settings_error_text("the/path", "disk full")
    assert texts.set_aside_text([], "the/copy").endswith("kept as the/copy.")
    assert "(theme, pacer)" in texts.set_aside_text(["theme", "pacer"], "the/copy")


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0 s"),
        (45_400, "45 s"),
        (59_499, "59 s"),
        (59_500, "1 min"),
        (60_000, "1 min"),
        (150_000, "2 min 30 s"),
        (3_600_000, "60 min"),
    ],
)
def test_a_length_is_said_as_people_say_it(ms, text):
    assert texts.length_text(ms) == text


def test_what_a_breath_asks_is_said_before_it_begins():
    assert texts.caution_text(frozenset({Caution.INWARD})) == ""
    both = texts.caution_text(frozenset({Caution.SLOW, Caution.HOLD}))
    assert both.startswith("Small, soft breaths")
    assert both.endswith("Skip any of them.")


def test_several_postures_mean_either():
    assert texts.posture_text(practice(posture=(Posture.SEATED, Posture.STANDING))) == "seated or standing"


QUIET = {"running": True, "session": None, "in_session": "", "not_today": False}


@pytest.mark.parametrize("status", Status)
def test_the_running_app_says_what_it_does(status):
    session = {"practice": "five-five", "status": status, "length_ms": 60_000, "position_ms": 15_000}
    sentence = texts.status_text({**QUIET, "session": session})
    assert "“five-five”" in sentence
    assert ("45 s" in sentence) == (status in (Status.PLAYING, Status.PAUSED))


def test_an_app_that_does_nothing_says_so():
    assert texts.status_text({"running": False}) == "calmtray is not running."
    assert texts.status_text(QUIET) == "calmtray is running; no practice is open."
    standing = {**QUIET, "in_session": "In session until 14:50", "not_today": True}
    assert texts.status_text(standing).splitlines()[1:] == ["In session until 14:50.", "No offers today."]


@pytest.mark.parametrize(("number", "text"), [(1, "1 practice is right."), (2, "2 practices are right.")])
def test_one_practice_and_several(number, text):
    assert texts.practices_right(number) == text


def test_the_title_is_in_the_language_spoken_or_in_the_practices_own():
    both = practice(quiet(60_000), title={"en": "Rain", "fr": "Pluie"}, languages=("en", "fr"))
    french = practice(quiet(60_000), title={"fr": "Pluie"}, languages=("fr",))
    assert [texts.title_text(each) for each in (both, french)] == ["Rain", "Pluie"]
    use_language("fr")
    assert texts.title_text(both) == "Pluie"


def test_every_place_in_a_sentence_for_a_problem_is_a_plain_name():
    for sentence in texts._SENTENCES.values():
        assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(sentence))
