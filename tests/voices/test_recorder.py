"""The voice recorder, as far as it goes without a model: texts, phonemes, pace, stretching, and reading back."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.voices import __main__ as recorder
from tools.voices import kokoro, manifest, phonemes, texts
from tools.voices.cast import CAST, STYLES, Voice
from tools.voices.hearing import errors, normal, spelled
from tools.voices.pace import PAUSES_S, QUICKEST, SLOWEST, TEMPOS, Spoken, planned
from tools.voices.recipe import digest
from tools.voices.stretch import stretched


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One minute.", ["One minute."]),
        ("Eyes open. Light-headed? Smaller, or stop.", ["Eyes open.", "Light-headed?", "Smaller, or stop."]),
        ("“I asked.” “Not today” is one too.", ["“I asked.”", "“Not today” is one too."]),
        ("« Je sais. » « Pas ici », aussi.", ["« Je sais. »", "« Pas ici », aussi."]),
        ("Puis, si c’est juste : « C’était dur, ça. »", ["Puis, si c’est juste : « C’était dur, ça. »"]),
        ("Dernière partie : ça compte. Ou pas.", ["Dernière partie : ça compte.", "Ou pas."]),
    ],
)
def test_a_text_is_cut_into_its_sentences(text, parts):
    assert texts.sentences(text) == parts
    assert texts.sentences(text.replace(" :", "\u00a0:").replace(" »", "\u00a0»"))[-1] == parts[-1].replace(
        " :", "\u00a0:"
    ).replace(" »", "\u00a0»")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_sentences_laid_end_to_end_are_the_text(lang):
    for text in texts.said(lang):
        assert " ".join(texts.sentences(text)).split() == text.split()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("D’abord\u00a0: l’heure.", "D'abord: l'heure."),
        ("« Plus facile » ici", "«Plus facile» ici"),
        ("là\u202f; ça va\u202f?", "là; ça va?"),
    ],
)
def test_the_phonemiser_gets_plain_signs(written, read):
    assert texts.plain(written) == read


def test_words_are_counted_between_spaces():
    assert texts.words("D’abord, peut-être : le jour.") == 4


@pytest.mark.parametrize("accent", [voice.accent for voice in CAST])
def test_every_sentence_has_its_line_and_the_model_knows_every_sign(accent):
    lang = accent[:2]
    book = phonemes.read(accent)
    assert list(book.heard) == list(dict.fromkeys(part for text in texts.said(lang) for part in texts.sentences(text)))
    assert book.by_hand.keys() <= book.heard.keys()
    known = (STYLES / "vocab.json").read_text(encoding="utf-8")
    lines = phonemes.pronounced(accent, book.heard)
    assert {sign for line in lines.values() for sign in line if f'"{sign}"' not in known and sign != '"'} == set()


@pytest.fixture
def french_book(tmp_path, monkeypatch):
    """A book of two lines, one of them a reader's."""
    book = tmp_path / "fr.toml"
    book.write_text(
        '"Votre dos." = "votʁ dˈɒs."\n"Le dos." = "lə dˈɒs."\n\n[by-hand]\n"Le dos." = "lə dos."\n', "utf-8"
    )
    monkeypatch.setattr(phonemes, "BOOKS", tmp_path)
    return book


def test_a_line_is_mended_when_it_is_spoken_so_that_a_lexicon_can_take_its_word_back(french_book, monkeypatch):
    assert phonemes.pronounced("fr", ["Votre dos."]) == {"Votre dos.": "vɔtʁ dˈo."}
    phonemes.note("fr", ["Votre dos."])
    monkeypatch.setattr(phonemes, "_mends", lambda _: [])
    assert phonemes.pronounced("fr", ["Votre dos."]) == {"Votre dos.": "votʁ dˈɒs."}


def test_a_line_by_hand_is_spoken_to_the_letter_and_lasts_as_long_as_its_sentence(french_book):
    assert phonemes.pronounced("fr", ["Le dos."]) == {"Le dos.": "lə dos."}
    whole = french_book.read_text("utf-8")
    phonemes.note("fr", ["Votre dos.", "Le dos."])
    assert french_book.read_text("utf-8") == whole
    phonemes.note("fr", ["Votre dos."])
    assert phonemes.read("fr") == phonemes.Book({"Votre dos.": "votʁ dˈɒs."}, {})


def test_a_word_is_mended_where_it_is_written_and_nowhere_else():
    assert phonemes.mended("fr", "Votre dos.", "votʁ dˈɒs.") == "vɔtʁ dˈo."
    assert phonemes.mended("fr", "Votre dose.", "votʁ dˈɒs.") == "vɔtʁ dˈɒs."
    assert phonemes.mended("en-gb", "Last part.", "lˈast pˈɑːt.") == "lˈɑːst pˈɑːt."
    assert phonemes.mended("en-us", "Last part.", "lˈast pˈɑːt.") == "lˈast pˈɑːt."


spoken = st.builds(
    lambda words, pace, silent: Spoken(words, words * 60 / pace + silent, words * 60 / pace),
    st.integers(1, 20),
    st.floats(130, 280),
    st.floats(0, 1),
)


@given(st.lists(spoken, min_size=1, max_size=8))
def test_every_sentence_keeps_within_its_pace_and_every_pause_within_its_bounds(sentences):
    plan = planned(sentences)
    for one, tempo in zip(sentences, plan.tempos, strict=True):
        if one.words > 4:
            assert SLOWEST - 1e-6 <= one.pace * tempo <= QUICKEST + 1e-6
        else:
            assert TEMPOS[0] <= tempo <= TEMPOS[1]
    assert plan.pause == 0 if len(sentences) == 1 else PAUSES_S[0] <= plan.pause <= PAUSES_S[1]


def test_ordinary_sentences_come_to_the_pace_of_the_whole():
    sentences = [Spoken(words, words * 60 / 205 + 0.2, words * 60 / 205) for words in (2, 10, 9, 8)]
    plan = planned(sentences)
    length = sum(one.length / tempo for one, tempo in zip(sentences, plan.tempos, strict=True)) + 3 * plan.pause
    assert 110 < 29 * 60 / length < 122


@pytest.mark.parametrize("tempo", [0.62, 0.74, 1.0])
def test_stretched_sound_is_longer_and_keeps_its_pitch_and_level(tempo):
    rate = 24_000
    tone = (0.5 * np.sin(2 * np.pi * 220 * np.arange(rate) / rate)).astype(np.float32)
    slow = stretched(tone, rate, tempo)
    assert len(slow) == int(rate / tempo)
    middle = slow[rate // 10 : -rate // 10]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) * rate / len(middle) == pytest.approx(220, abs=2)
    assert np.sqrt((middle**2).mean()) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("In for five, out for 5.", "in four five out for five"),
        ("It’s light-headed.", "It is light headed"),
        ("Two colours, a centimetre", "2 colors a centimeter"),
        ("Ninety seconds", "90 seconds"),
        ("Head or aloud", "head or a loud"),
    ],
)
def test_two_spellings_of_the_same_sounds_are_one(one, other):
    assert normal(one) == normal(other)


def test_different_words_stay_different():
    assert normal("the pacer fades") != normal("the pace of fades")


@pytest.mark.parametrize(("number", "words"), [(0, "zero"), (13, "thirteen"), (40, "forty"), (57, "fifty seven")])
def test_numbers_are_written_out(number, words):
    assert spelled(number) == words


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [("a b c", "a b c", 0), ("a b c", "a c", 1), ("a b c", "a x b c", 1), ("a b", "b a", 2), ("a b", "", 2)],
)
def test_errors_are_words_added_dropped_or_changed(said, heard, wrong):
    assert errors(said.split(), heard.split()) == wrong


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_errors_are_the_same_both_ways(said, heard):
    assert errors(said, heard) == errors(heard, said)
    assert (errors(said, heard) == 0) == (said == heard)


def test_a_sound_is_taken_from_its_first_to_its_last_moment_with_a_hundredth_of_a_second_around():
    speech = np.zeros(1_000, dtype=np.float32)
    speech[300:500] = 0.5
    assert len(kokoro.audible(speech)) == 240 + 200 + 239


@pytest.mark.parametrize("sounding", [slice(239, 500), slice(300, 761), slice(0)], ids=["begun", "going on", "silent"])
def test_a_sound_that_is_cut_off_is_refused(sounding):
    speech = np.zeros(1_000, dtype=np.float32)
    speech[sounding] = 0.5
    with pytest.raises(ValueError, match="cut off"):
        kokoro.audible(speech)


def test_a_text_that_cannot_be_recorded_is_told_of_and_does_not_hold_up_the_others(tmp_path, monkeypatch, capsys):
    def record(voice, sentences, phonemes, path):
        if sentences == ["Bad."]:
            raise kokoro.BadSpeech("The model's sound is cut off")
        path.touch()
        return SimpleNamespace(ms=900, lufs=-20.0, peak_dbtp=-4.0)

    monkeypatch.setattr(Voice, "folder", tmp_path)
    monkeypatch.setitem(sys.modules, "tools.voices.recording", SimpleNamespace(record=record))
    monkeypatch.setattr(recorder, "ProcessPoolExecutor", lambda count, **_: ThreadPoolExecutor(count))
    monkeypatch.setattr(recorder, "CAST", CAST[:1])
    monkeypatch.setattr(recorder, "said", lambda _: ["Bad.", "Good."])
    monkeypatch.setattr(recorder, "note", lambda *_: None)
    monkeypatch.setattr(recorder, "pronounced", lambda _, parts: dict.fromkeys(parts, "a"))
    monkeypatch.setattr(sys, "argv", ["voices"])
    with pytest.raises(SystemExit) as ended:
        recorder.main()
    assert "1 could not be recorded" in str(ended.value.code)  # a sentence: status 1
    told = capsys.readouterr().out
    assert "emma not recorded: The model's sound is cut off  <- Bad." in told
    assert "1 clips recorded, 0 taken away." in told
    assert list(manifest.read(CAST[0])) == ["Good."]


def test_the_recipe_changes_with_the_phonemes_and_the_voice():
    emma, michael, _ = CAST
    assert len({digest(emma, ["a"]), digest(emma, ["b"]), digest(emma, ["a", "b"]), digest(michael, ["a"])}) == 4
