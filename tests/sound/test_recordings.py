"""The user's own recordings beside a practice: what ``calmtray check`` says of their names and of what is in them."""

from __future__ import annotations

import os
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.problem import Problem
from calmtray.sound.recordings import check_recordings
from calmtray.sound.voices import Source, Voices
from calmtray.words.language import use_language
from calmtray.words.texts import problem_text
from tests.making import practice, quiet
from tests.sound.speakers import write_speech

BOTH = {"en": "You might look up.", "fr": "Vous pouvez lever les yeux."}
# Words in its first, second and fourth step.
FOUR = practice(
    replace(quiet(9_000), say=BOTH),
    replace(quiet(9_000), say={"en": "A window.", "fr": "Une fenêtre."}),
    quiet(9_000),
    replace(quiet(9_000), say={"en": "Last part.", "fr": "Dernière partie."}),
    languages=("en", "fr"),
)


@pytest.fixture
def own(tmp_path):
    return tmp_path / "my.one (2).toml"


def write_level(path: Path, peak: int, ms: int = 300) -> None:
    """A tone of this peak (int16)."""
    tone = np.sin(np.arange(8 * ms) * 0.5) * peak
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(np.rint(tone).astype("<i2").tobytes())


def beside(own: Path, ending: str) -> Path:
    return own.with_name(f"{own.stem}{ending}")


def found(own: Path) -> list[tuple[str, str]]:
    problems = check_recordings(FOUR, own)
    return [(problem.code, Path(problem.file).name.removeprefix(own.stem)) for problem in problems]


@pytest.mark.parametrize("ending", [".1.wav", ".2.en.wav", ".4.fr.wav"])
def test_a_recording_that_is_heard_is_right(own, ending):
    write_speech(beside(own, ending), 300)
    assert found(own) == []


@pytest.mark.parametrize(
    "name",
    [
        "my.one (2).wav",
        "my.one (2).intro.wav",
        "my.one.1.wav",
        "other.9.wav",
        "my.one (2).1.mp3",
        "my.one (2).9.wav.bak",
    ],
)
def test_what_is_not_named_like_one_is_no_concern(own, name):
    own.with_name(name).write_bytes(b"whatever")
    assert found(own) == []


@pytest.mark.parametrize("number", ["0", "3", "5", "01", "4294967296"])
def test_a_recording_for_a_step_without_words_is_found(own, number):
    write_speech(beside(own, f".{number}.wav"), 300)
    (problem,) = check_recordings(FOUR, own)
    assert (problem.code, problem.details) == ("recording-no-step", {"got": number, "steps": "1, 2, 4"})


@pytest.mark.parametrize("lang", ["de", "FR", "fr-CA", "2"])
def test_a_recording_in_a_language_that_is_none_of_the_practice_is_found(own, lang):
    write_speech(beside(own, f".1.{lang}.wav"), 300)
    (problem,) = check_recordings(FOUR, own)
    assert (problem.code, problem.details) == ("recording-no-language", {"got": lang, "languages": "en, fr"})


def test_an_ending_in_capitals_is_right(own):
    write_speech(beside(own, ".1.WAV"), 300)
    assert found(own) == []


def test_beside_the_one_that_is_heard_capitals_do_no_harm(own):
    write_speech(beside(own, ".1.wav"), 300)
    write_speech(beside(own, ".1.WAV"), 300)
    assert found(own) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "recording-empty"), (b"RIFF", "recording-not-audio"), (b"\xff\xfbno music", "recording-not-audio")],
)
def test_a_recording_that_is_no_sound_is_found(own, content, code):
    beside(own, ".1.wav").write_bytes(content)
    assert found(own) == [(code, ".1.wav")]


def test_a_recording_without_a_frame_is_found(own):
    write_level(beside(own, ".1.wav"), 1_000, ms=0)
    assert found(own) == [("recording-empty", ".1.wav")]


@pytest.mark.parametrize(("seconds", "expected"), [(300, []), (301, [("recording-too-long", ".1.wav")])])
def test_a_recording_longer_than_five_minutes_is_found(own, seconds, expected):
    write_level(beside(own, ".1.wav"), 1_000, ms=1_000 * seconds)
    assert found(own) == expected


@pytest.mark.parametrize(("peak", "silent"), [(0, True), (100, True), (200, False), (1_000, False)])
def test_a_recording_in_which_nothing_can_be_heard_is_found(own, peak, silent):
    write_level(beside(own, ".1.wav"), peak)
    assert found(own) == ([("recording-silent", ".1.wav")] if silent else [])


def test_recordings_are_judged_in_the_order_of_their_names_each_once(own):
    beside(own, ".9.de.WAV").write_bytes(b"")
    beside(own, ".1.wav").write_bytes(b"")
    beside(own, ".2.wav").mkdir()
    assert found(own) == [("recording-empty", ".1.wav"), ("recording-no-step", ".9.de.WAV")]


def test_a_file_named_without_its_folder_is_looked_for_here(own, monkeypatch):
    monkeypatch.chdir(own.parent)
    beside(own, ".1.wav").write_bytes(b"")
    (problem,) = check_recordings(FOUR, Path(own.name))
    assert problem == Problem("recording-empty", file=f"{own.stem}.1.wav")


def test_a_folder_that_is_gone_has_no_recordings(own):
    assert check_recordings(FOUR, own.parent / "gone" / "mine.toml") == []


def test_what_is_gone_as_it_is_read_is_no_concern(own, monkeypatch):
    beside(own, ".1.wav").symlink_to(beside(own, ".2.wav"))
    write_speech(beside(own, ".2.wav"), 300)
    names = list(os.scandir(own.parent))
    assert all(entry.is_file() for entry in names)
    monkeypatch.setattr(os, "scandir", lambda folder: iter(names))
    beside(own, ".2.wav").unlink()
    assert found(own) == []


@given(
    number=st.integers(1, 4),
    lang=st.sampled_from(["", ".en", ".fr"]),
    ending=st.sampled_from([".wav", ".WAV"]),
    heard_in=st.sampled_from(["en", "fr"]),
)
def test_whatever_is_found_right_is_heard(tmp_path_factory, number, lang, ending, heard_in):
    folder = tmp_path_factory.mktemp("own")
    own = folder / "mine.toml"
    write_speech(folder / f"mine.{number}{lang}{ending}", 200)
    voices = Voices(folder / "none", folder / "cache", lambda: None)
    narration = voices.make(FOUR, heard_in, None, own)
    heard = Source.OWN in narration.sources.values()
    right = not check_recordings(FOUR, own)
    assert heard == (right and lang in ("", f".{heard_in}"))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("ending", [".9.wav", ".1.de.wav", ".1.wav"])
def test_each_has_a_sentence(own, ending, lang):
    use_language(lang)
    write_level(beside(own, ending), 0)
    for problem in check_recordings(FOUR, own):
        sentence = problem_text(problem)
        assert sentence.startswith(f"{beside(own, ending)}: ")
        assert sentence.endswith(".")
        assert "{" not in sentence
