"""Words -> clips: whose voice is heard, what is prepared, and what damage does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from calmtray.desktop.paths import bundled
from calmtray.practice.library import load
from calmtray.practice.model import Step
from calmtray.practice.problem import Problem
from calmtray.session.timeline import Choices, build_timeline
from calmtray.sound import clips
from calmtray.sound.clip_cache import ClipCache
from calmtray.sound.score import BreathSet, Clip, SoundChoices, placements
from calmtray.sound.voices import Source, Voices, bundled_voices
from calmtray.words.texts import problem_text
from tests.making import practice, quiet
from tests.sound.speakers import Babble, Mute, Speaker, write_speech

FIRST, SECOND, THIRD = "You might look up.", "There is a window. Or is there?", "Last part."
THREE = practice(quiet(9_000, FIRST), quiet(9_000, SECOND), quiet(9_000), quiet(9_000, THIRD))


@pytest.fixture
def recorded(tmp_path):
    """Two voices: one has recorded everything, the other a part of it."""
    folder = tmp_path / "voices"
    put_voice(folder, "en", "anna", [FIRST, SECOND, THIRD])
    put_voice(folder, "en", "bob", [FIRST])
    put_voice(folder, "fr", "chloé", ["Un mot."])
    return folder


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache" / "voices"


@pytest.fixture
def own(tmp_path):
    (tmp_path / "practices").mkdir()
    return tmp_path / "practices" / "my.one.toml"


def put_voice(folder, lang, id_, texts):
    where = folder / lang / id_
    where.mkdir(parents=True)
    listed = []
    for number, text in enumerate(texts):
        soundfile.write(where / f"{number}.opus", np.zeros((4_800, 1)), 48_000, format="OGG", subtype="OPUS")
        listed.append({"file": f"{number}.opus", "text": text, "ms": 100 + number, "lufs": -20.0})
    manifest = {"voice": id_, "lang": lang, "name": id_.title(), "kind": "woman", "clips": listed}
    (where / "manifest.json").write_text(json.dumps(manifest))


def voices(recorded, cache, speaker=None):
    return Voices(recorded, cache, lambda: speaker)


# --- recorded voices --------------------------------------------------------------------------------------


def test_the_voices_are_read_with_their_clips(recorded):
    anna, bob, chloe = bundled_voices(recorded)
    assert [(voice.id, voice.lang, voice.name, voice.kind) for voice in (anna, bob, chloe)] == [
        ("anna", "en", "Anna", "woman"),
        ("bob", "en", "Bob", "woman"),
        ("chloé", "fr", "Chloé", "woman"),
    ]
    assert anna.clips[SECOND] == Clip(str(recorded / "en" / "anna" / "1.opus"), 101)
    assert set(bob.clips) == {FIRST}


def test_without_a_folder_there_are_no_voices(tmp_path):
    assert bundled_voices(tmp_path / "nowhere") == ()


def test_the_wanted_voice_speaks_and_else_the_first_of_the_language(recorded, cache):
    all_voices = voices(recorded, cache)
    chosen = [all_voices.choose(*wanted) for wanted in (("en", "bob"), ("en", "chloé"), ("en", None), ("fr", "bob"))]
    assert [voice.id for voice in chosen] == ["bob", "anna", "anna", "chloé"]
    assert all_voices.choose("xx", None) is None


def test_what_is_recorded_is_known_at_once(recorded, cache):
    speaker = Speaker()
    narration = voices(recorded, cache, speaker).known(THREE, "en", "anna", None)
    assert narration.lengths == {FIRST: 100, SECOND: 101, THIRD: 102}
    assert set(narration.sources.values()) == {narration.source} == {Source.RECORDED}
    assert (narration.missing, narration.unmade, narration.problems) == ((), (), ())
    assert not speaker.said
    assert not cache.exists()


def test_a_practice_without_the_language_speaks_its_own(recorded, cache):
    assert voices(recorded, cache).known(THREE, "fr", None, None).source is Source.RECORDED


DAMAGE = {
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "a manifest cut short": lambda folder: (folder / "manifest.json").write_text('{"voice": "anna", "cl'),
    "a manifest that is no text": lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe\x00"),
    "a manifest of another kind": lambda folder: (folder / "manifest.json").write_text("[1, 2]"),
    "a manifest without end": lambda folder: (folder / "manifest.json").write_text("[" * 100_000),
    "a voice that is a number": lambda folder: (folder / "manifest.json").write_text(
        '{"voice": 1, "lang": "en", "name": "x", "kind": "man", "clips": []}'
    ),
    "clips that are none": lambda folder: (folder / "manifest.json").write_text(
        '{"voice": "anna", "lang": "en", "name": "x", "kind": "man", "clips": [null]}'
    ),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_manifest_takes_its_voice_away_and_no_other(recorded, damage):
    damage(recorded / "en" / "anna")
    assert [voice.id for voice in bundled_voices(recorded)] == ["bob", "chloé"]


KEYS = st.sampled_from(["voice", "lang", "name", "kind", "clips", "file", "text", "ms"])
ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(), lambda each: st.lists(each) | st.dictionaries(KEYS, each)
)


@given(found=ANYTHING)
def test_whatever_a_manifest_holds_nothing_is_raised(found, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp() / "any" / "en" / "x"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(found))
    bundled_voices(folder.parent.parent)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda clip: clip.unlink(),
        lambda clip: clip.write_bytes(b""),
        lambda clip: clip.write_text("no sound"),
        lambda clip: (clip.unlink(), clip.mkdir()),
    ],
)
def test_a_clip_that_is_damaged_or_missing_leaves_its_text_without_one(recorded, cache, spoil):
    spoil(recorded / "en" / "anna" / "1.opus")
    narration = voices(recorded, cache).make(THREE, "en", "anna", None)
    assert set(narration.clips) == {FIRST, THIRD}
    assert narration.missing == (SECOND,)
    assert narration.problems == ()


@pytest.mark.parametrize("entry", [{"file": "../bob/0.opus"}, {"ms": 0}, {"ms": "9"}, {"ms": True}, {"text": 3}])
def test_a_clip_that_the_manifest_tells_wrongly_of_is_none(recorded, entry):
    path = recorded / "en" / "bob" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["clips"][0].update(entry)
    path.write_text(json.dumps(manifest))
    assert bundled_voices(recorded)[1].clips == {}


# --- the operating system's voice -------------------------------------------------------------------------


def test_what_nobody_has_recorded_is_said_by_the_system_once(recorded, cache):
    speaker = Speaker()
    all_voices = voices(recorded, cache, speaker)
    before = all_voices.known(THREE, "en", "bob", None)
    assert (before.missing, before.unmade, speaker.said) == ((SECOND, THIRD), (SECOND, THIRD), [])
    made = all_voices.make(THREE, "en", "bob", None)
    assert made.sources == {FIRST: Source.RECORDED, SECOND: Source.SYSTEM, THIRD: Source.SYSTEM}
    assert made.source is Source.SYSTEM
    assert (made.missing, made.unmade, made.problems) == ((), (), ())
    assert speaker.said == [("There is a window.", "en"), ("Or is there?", "en"), ("Last part.", "en")]
    # Another day, another process.
    assert voices(recorded, cache, speaker).known(THREE, "en", "bob", None) == made
    assert voices(recorded, cache, speaker).make(THREE, "en", "bob", None) == made
    assert len(speaker.said) == 3


def test_its_sentences_are_trimmed_joined_with_a_pause_and_as_loud_as_the_others(recorded, cache):
    clip = voices(recorded, cache, Speaker()).make(THREE, "en", "bob", None).clips[SECOND]
    sound = clips.read(Path(clip.path))
    assert sound.shape == (clip.ms * 48, 1)
    # Half a second, less the quiet of its first and last syllable, plus what trim leaves, twice; and the pause.
    assert clip.ms == pytest.approx(2 * (500 + 60 + 120) + 850, abs=60)
    loud = sound[60 * 48 : 560 * 48].astype(float) / 32_768
    assert 10 * np.log10((loud**2).mean()) == pytest.approx(-20, abs=2)
    assert not sound[0].any()
    assert np.abs(sound[-48:]).max() <= 1
    quiet_ms = np.abs(sound.reshape(-1, 48)).max(axis=1)[700:1400]
    assert quiet_ms.max() == 0


def test_a_program_that_fails_is_not_asked_again_at_every_step(recorded, cache):
    mute = Mute()
    narration = voices(recorded, cache, mute).make(THREE, "en", "bob", None)
    assert len(mute.said) == 1
    assert (narration.missing, narration.unmade, narration.problems) == ((SECOND, THIRD), (), ())
    assert not cache.exists()


def test_a_program_that_hangs_keeps_people_waiting_once(recorded, cache):
    class Hung(Speaker):
        def speak(self, text, lang, path):
            self.said.append((text, lang))
            raise TimeoutError

    hung = Hung()
    all_voices = voices(recorded, cache, hung)
    for _ in range(2):
        assert all_voices.make(THREE, "en", "bob", None).missing == (SECOND, THIRD)
    assert all_voices.known(THREE, "en", "bob", None).unmade == ()
    assert hung.said == [("There is a window.", "en")]


def test_a_program_that_writes_no_sound_is_no_voice(recorded, cache):
    assert voices(recorded, cache, Babble()).make(THREE, "en", "bob", None).missing == (SECOND, THIRD)


def test_without_any_voice_the_words_stay_on_the_screen(tmp_path, cache):
    narration = voices(tmp_path / "nowhere", cache).make(THREE, "en", "anna", None)
    assert (narration.source, narration.missing, narration.unmade) == (Source.NONE, (FIRST, SECOND, THIRD), ())


def test_words_that_hold_nothing_to_say_are_not_given_to_a_program(recorded, cache):
    speaker = Speaker()
    narration = voices(recorded, cache, speaker).make(practice(quiet(30_000, "… — !")), "en", None, None)
    assert (narration.missing, speaker.said) == (("… — !",), [])


def test_each_language_and_program_has_its_own_clips(recorded, cache):
    both = practice(Step(30_000, {"en": "Pause", "fr": "Pause"}), languages=("en", "fr"))
    speaker, other = Speaker(), Speaker()
    other.name = "other"
    for lang, program in (("en", speaker), ("fr", speaker), ("en", other), ("en", speaker)):
        voices(recorded, cache, program).make(both, lang, None, None)
    assert speaker.said == [("Pause", "en"), ("Pause", "fr")]
    assert other.said == [("Pause", "en")]


# --- the user's own recordings ----------------------------------------------------------------------------


def test_ones_own_recording_takes_the_place_of_the_voice(recorded, cache, own):
    write_speech(own.with_name("my.one.2.wav"), 1_000)
    all_voices = voices(recorded, cache)
    before = all_voices.known(THREE, "en", "anna", own)
    assert (before.sources[SECOND], before.missing, before.unmade) == (Source.RECORDED, (), (SECOND,))
    made = all_voices.make(THREE, "en", "anna", own)
    assert made.sources == {FIRST: Source.RECORDED, SECOND: Source.OWN, THIRD: Source.RECORDED}
    assert made.lengths[SECOND] == pytest.approx(1_000 + 60 + 120, abs=60)
    assert all_voices.known(THREE, "en", "anna", own) == made


def test_steps_are_counted_from_1_and_those_without_words_count(recorded, cache, own):
    for number in (0, 1, 3, 4, 5):
        write_speech(own.with_name(f"my.one.{number}.wav"), 400)
    sources = voices(recorded, cache).make(THREE, "en", None, own).sources
    assert sources == {FIRST: Source.OWN, SECOND: Source.RECORDED, THIRD: Source.OWN}


def test_the_recording_of_the_language_wins(recorded, cache, own):
    both = practice(Step(30_000, {"en": "Look.", "fr": "Voyez."}), languages=("en", "fr"))
    write_speech(own.with_name("my.one.1.wav"), 400)
    write_speech(own.with_name("my.one.1.fr.wav"), 2_000)
    all_voices = voices(recorded, cache)
    assert all_voices.make(both, "en", None, own).lengths["Look."] < 700
    assert all_voices.make(both, "fr", None, own).lengths["Voyez."] > 1_900


def test_the_first_recording_of_a_text_is_heard_wherever_it_is_said(recorded, cache, own):
    twice = practice(quiet(9_000, THIRD), quiet(9_000, FIRST), quiet(9_000, THIRD))
    write_speech(own.with_name("my.one.3.wav"), 900)
    all_voices = voices(recorded, cache)
    assert all_voices.make(twice, "en", None, own).lengths[THIRD] == pytest.approx(1_080, abs=60)
    write_speech(own.with_name("my.one.1.wav"), 300)
    assert all_voices.make(twice, "en", None, own).lengths[THIRD] == pytest.approx(480, abs=60)


def test_steps_that_say_the_same_are_heard_as_each_was_recorded(recorded, cache, own):
    thrice = practice(quiet(9_000, THIRD), quiet(9_000, FIRST), quiet(9_000, THIRD), quiet(9_000, THIRD))
    for number, ms in ((1, 300), (3, 1_200)):
        write_speech(own.with_name(f"my.one.{number}.wav"), ms)
    narration = voices(recorded, cache).make(thrice, "en", None, own)
    timeline = build_timeline(thrice, narration.lengths, Choices())
    lengths = [cue.until_ms - cue.at_ms for cue in timeline.words]
    assert lengths == [pytest.approx(480, abs=60), 100, pytest.approx(1_380, abs=60), lengths[0]]
    placed = placements(timeline, SoundChoices(breath_sound=BreathSet.OFF, bells_volume=0), narration.clips)
    assert [placement.until_ms - placement.at_ms for placement in placed] == lengths
    assert len({placement.sound for placement in placed}) == 3
    assert (narration.missing, len(narration.sources)) == ((), 2)


def test_an_ending_in_capitals_is_found_and_small_letters_go_before(recorded, cache, own):
    write_speech(own.with_name("my.one.1.WAV"), 1_200)
    all_voices = voices(recorded, cache)
    assert all_voices.make(THREE, "en", None, own).lengths[FIRST] == pytest.approx(1_380, abs=60)
    write_speech(own.with_name("my.one.1.wav"), 300)
    assert all_voices.make(THREE, "en", None, own).lengths[FIRST] == pytest.approx(480, abs=60)


def test_a_recording_made_anew_is_prepared_anew(recorded, cache, own):
    path = own.with_name("my.one.1.wav")
    all_voices = voices(recorded, cache)
    write_speech(path, 400)
    short = all_voices.make(THREE, "en", None, own).clips[FIRST]
    write_speech(path, 800)
    assert all_voices.known(THREE, "en", None, own).unmade == (FIRST,)
    assert all_voices.make(THREE, "en", None, own).clips[FIRST].ms > short.ms


def test_a_recording_in_stereo_becomes_mono_and_as_loud_as_the_voices(recorded, cache, own):
    write_speech(own.with_name("my.one.1.wav"), 3_000, channels=2)
    clip = voices(recorded, cache).make(THREE, "en", None, own).clips[FIRST]
    sound = clips.read(Path(clip.path))
    assert sound.shape[1] == 1
    assert 10 * np.log10((sound[4_800:-9_600].astype(float) ** 2).mean() / 32_768**2) == pytest.approx(-20, abs=1)


def too_long(path):
    soundfile.write(path, np.zeros(8_000 * 301, np.int16), 8_000, subtype="PCM_U8")


def hiss(path):
    """A microphone's own noise, at -62 dBFS."""
    soundfile.write(path, np.random.default_rng(1).normal(0, 10 ** (-62 / 20), 3 * 48_000), 48_000)


BROKEN = {
    "recording-not-audio": [
        lambda path: path.write_text("words"),
        lambda path: path.write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt "),
    ],
    "recording-empty": [
        lambda path: path.touch(),
        lambda path: soundfile.write(path, np.zeros((0, 1)), 48_000),
    ],
    "recording-too-long": [too_long],
    "recording-silent": [hiss],
}


@pytest.mark.parametrize(("code", "make"), [(code, make) for code, makes in BROKEN.items() for make in makes])
def test_a_broken_recording_is_told_and_the_next_voice_speaks(recorded, cache, own, code, make):
    path = own.with_name("my.one.1.wav")
    make(path)
    for _ in range(2):
        narration = voices(recorded, cache).make(THREE, "en", "anna", own)
        assert narration.problems == (Problem(code, file=str(path)),)
        assert narration.sources[FIRST] is Source.RECORDED
    (problem,) = narration.problems
    assert problem_text(problem).startswith(f"{path}: ")
    assert "it is left out" in problem_text(problem)


def test_a_recording_cut_short_anywhere_raises_nothing(recorded, cache, own):
    path = own.with_name("my.one.1.wav")
    write_speech(path, 300)
    whole = path.read_bytes()
    for length in [*range(60), 1_000, len(whole) // 2, len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert FIRST in voices(recorded, cache).make(THREE, "en", "anna", own).clips


def test_a_folder_in_the_place_of_a_recording_is_none(recorded, cache, own):
    own.with_name("my.one.1.wav").mkdir()
    narration = voices(recorded, cache).make(THREE, "en", "anna", own)
    assert (narration.source, narration.problems) == (Source.RECORDED, ())


# --- the cache --------------------------------------------------------------------------------------------


def test_a_damaged_clip_in_the_cache_is_made_anew(recorded, cache):
    speaker = Speaker()
    all_voices = voices(recorded, cache, speaker)
    made = all_voices.make(THREE, "en", "bob", None)
    path = Path(made.clips[THIRD].path)
    for damage in (b"", path.read_bytes()[:20], path.read_bytes()[:-1], b"noise" * 1_000):
        path.write_bytes(damage)
        assert all_voices.known(THREE, "en", "bob", None).missing == (THIRD,)
        assert all_voices.make(THREE, "en", "bob", None) == made
        assert len(clips.read(path)) == made.clips[THIRD].ms * 48


def test_a_cache_that_can_not_be_written_is_told_once(recorded, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    narration = voices(recorded, blocked / "voices", Speaker()).make(THREE, "en", "bob", None)
    (problem,) = narration.problems
    assert (problem.code, problem.file) == ("clips-unkept", str(blocked / "voices"))
    assert problem_text(problem).startswith(f"{blocked / 'voices'}: The spoken words can’t be kept here (")
    assert narration.missing == ()


def test_without_a_cache_the_clips_are_heard_for_as_long_as_the_app_runs(recorded, tmp_path, own):
    """Made once, even so, and gone afterwards."""
    write_speech(own.with_name("my.one.1.wav"), 400)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    run = f"""
import tempfile
from pathlib import Path
from calmtray.sound.voices import Voices
from tests.making import practice, quiet
tempfile.tempdir = {str(tmp_path)!r}
voices = Voices(Path({str(recorded)!r}), Path({str(blocked / "voices")!r}), lambda: None)
asked = practice(quiet(9_000, {FIRST!r})), "en", None, Path({str(own)!r})
made, known = voices.make(*asked), voices.known(*asked)
print(made.source, known.unmade, known.clips == made.clips, Path(made.clips[{FIRST!r}].path).is_file())
"""
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "own () True True"
    assert list(tmp_path.glob("calmtray-*")) == []


def test_where_nothing_can_be_written_at_all_the_next_voice_speaks(recorded, tmp_path, own, monkeypatch):
    write_speech(own.with_name("my.one.1.wav"), 400)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    (tmp_path / "blocked").write_text("a file")
    narration = voices(recorded, tmp_path / "blocked" / "voices").make(THREE, "en", "anna", own)
    assert narration.source is Source.RECORDED
    assert [problem.code for problem in narration.problems] == ["clips-unkept"]


def test_old_clips_that_can_not_be_cleared_away_do_no_harm(tmp_path, monkeypatch):
    """As on Windows, where a file that is open stays."""
    cache = ClipCache(tmp_path, largest_bytes=10)
    first = cache.keep("a", np.zeros((48_000, 1), np.int16))

    def refuse(path, missing_ok=False):
        raise PermissionError(13, "in use", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    assert cache.keep("b", np.zeros((48_000, 1), np.int16)) == cache.known("b")
    assert cache.known("a") == first


def test_the_cache_stays_small_and_keeps_what_was_used_last(tmp_path):
    second = np.zeros((48_000, 1), np.int16)
    cache = ClipCache(tmp_path, largest_bytes=3 * 96_044)
    kept = {key: cache.keep(key, second) for key in "abc"}
    assert kept["a"].ms == 1_000
    for age, key in enumerate("bca"):
        os.utime(kept[key].path, (1_000 + age, 1_000 + age))
    assert cache.known("b") == kept["b"]  # used now
    cache.keep("d", second)
    assert [key for key in "abcd" if cache.known(key)] == ["a", "b", "d"]


def test_one_clip_larger_than_the_cache_is_kept_alone(tmp_path):
    cache = ClipCache(tmp_path, largest_bytes=10)
    for key in "ab":
        cache.keep(key, np.zeros((48_000, 1), np.int16))
    assert [key for key in "ab" if cache.known(key)] == ["b"]
    assert len(list(tmp_path.iterdir())) == 1


# --- what it costs, and the real thing --------------------------------------------------------------------

NOTHING_HEAVY = """
import sys
from pathlib import Path
from calmtray.practice.library import load
from calmtray.sound.voices import Voices
own = Path(sys.argv[1])
library = load(Path(sys.argv[2]), own)
voices = Voices(own, own)
for practice in library:
    voices.known(practice, "en", None, None)
print(*sorted({"numpy", "soundfile", "pydub", "PySide6", "miniaudio"} & set(sys.modules)))
"""


def test_to_know_the_clips_nothing_heavy_is_loaded(tmp_path):
    command = [sys.executable, "-c", NOTHING_HEAVY, str(tmp_path), str(bundled("practices"))]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_systems_own_voice_says_a_practice_calmly(tmp_path, lang):
    look = load(bundled("practices"), tmp_path).practices["look-around-the-room"]
    made = Voices(tmp_path / "nowhere", tmp_path / "cache").make(look, lang, None, None)
    texts = [step.say[lang] for step in look.steps if step.say]
    assert set(made.clips) == set(texts)
    assert made.source is Source.SYSTEM
    words_a_minute = sum(len(text.split()) for text in texts) * 60_000 / sum(made.lengths.values())
    assert 105 <= words_a_minute <= 130
    for clip in made.clips.values():
        sound = clips.read(Path(clip.path)).astype(float) / 32_768
        assert 10 ** (-30 / 20) < np.abs(sound).max() <= 10 ** (-2.9 / 20)
