"""The recorded voices: every word of the bundled practices has its clip, and every clip its words."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import soundfile

from benchmarks.loudness import lufs
from calmtray.practice.library import read_practice
from calmtray.practice.model import LANGUAGES
from calmtray.session.timeline import Choices, build_timeline, shortest_ms, whole_ms
from tests.house.source import ROOT
from tests.practice.bundled import FILES, SHARED
from tools.voices import kept
from tools.voices.cast import ASSETS, CAST
from tools.voices.manifest import NAME, file_name
from tools.voices.phonemes import pronounced
from tools.voices.proof import amiss, amiss_on_the_whole, table
from tools.voices.recipe import SEEN, SPEED, digest, recorder
from tools.voices.texts import sentences

MOST_BYTES = 30e6

SAID = {
    lang: {step.say[lang] for path in FILES for step in read_practice(path, SHARED).steps if lang in step.say}
    for lang in LANGUAGES
}

every_voice = pytest.mark.parametrize("voice", CAST, ids=lambda voice: voice.id)


def listed(voice):
    return json.loads((voice.folder / NAME).read_text(encoding="utf-8"))["clips"]


@every_voice
def test_every_text_has_its_clip_and_every_clip_its_text(voice):
    """If this fails, a text changed: ``python3 dev.py voices`` records it."""
    texts = [clip["text"] for clip in listed(voice)]
    assert sorted(SAID[voice.lang] - set(texts)) == []
    assert sorted(set(texts) - SAID[voice.lang]) == []
    assert texts == sorted(set(texts))


@every_voice
def test_the_folder_holds_the_clips_of_the_manifest_and_nothing_else(voice):
    assert {path.name for path in voice.folder.iterdir()} == {NAME, *(clip["file"] for clip in listed(voice))}


def test_there_is_no_voice_but_those_of_the_cast():
    assert sorted(path.parent for path in ASSETS.rglob(NAME)) == sorted(voice.folder for voice in CAST)
    assert {voice.lang for voice in CAST} == set(LANGUAGES)


@every_voice
def test_a_clip_is_named_after_voice_speed_and_text(voice):
    for clip in listed(voice):
        assert clip["file"] == file_name(voice, SPEED, clip["text"])
        digest = hashlib.sha256(f"{voice.id}|0.9|{clip['text']}".encode()).hexdigest()
        assert clip["file"] == digest[:16] + ".opus"


@every_voice
def test_a_clip_is_made_from_the_phonemes_of_today(voice):
    """If this fails, a line, a lexicon, a style or the recipe changed: ``python3 dev.py voices`` records it again."""
    stale = []
    for clip in listed(voice):
        parts = sentences(clip["text"])
        book = pronounced(voice.accent, parts)
        if clip["recipe"] != digest(voice, [book[part] for part in parts]):
            stale.append(clip["text"])
    assert stale == []


def test_the_recorder_is_the_one_that_made_the_clips():
    """If this fails, raise ``VERSION`` in tools/voices/recipe.py if the change can be heard; then renew ``SEEN``."""
    assert recorder() == SEEN


@every_voice
def test_a_clip_is_what_the_manifest_says(voice):
    for clip in listed(voice):
        header = soundfile.info(voice.folder / clip["file"])
        assert (header.samplerate, header.channels, header.subtype) == (48_000, 1, "OPUS")
        assert clip["ms"] == -(-header.frames * 1000 // 48_000)


@every_voice
def test_a_clip_is_neither_soft_nor_loud_and_begins_and_ends_in_quiet(voice):
    # Decoding and Fourier transforms leave Python's lock alone.
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda clip: flaws(voice, clip), listed(voice))
        assert [flaw for flaws_of_one in found for flaw in flaws_of_one] == []


def flaws(voice, clip):
    """What is wrong with how a clip sounds, measured; and where the manifest says otherwise."""
    sound, _ = soundfile.read(voice.folder / clip["file"], dtype="float32", always_2d=True)
    loud = lufs(sound)
    level = np.abs(sound[:, 0])
    ends = 20 * np.log10(max(level[:480].max(), level[-480:].max(), 1e-9))
    begins_ms = np.argmax(level > level.max() / 10) / 48
    measured = {
        f"{loud:.1f} LUFS": abs(loud + 20) > 1 or abs(loud - clip["lufs"]) > 0.5,
        f"peak {level.max():.2f}, true peak {clip['peak_dbtp']}": level.max() >= 0.708 or clip["peak_dbtp"] >= -3,
        f"{ends:.0f} dBFS at an end": ends > -50,
        f"begins after {begins_ms:.0f} ms": not 20 <= begins_ms <= 250,
    }
    return [f"{voice.id} {clip['file']}: {what}" for what, wrong in measured.items() if wrong]


@every_voice
def test_the_manifest_tells_whose_voice_it_is(voice):
    about = json.loads((voice.folder / NAME).read_text(encoding="utf-8"))
    assert [about[key] for key in ("voice", "lang", "name", "kind")] == [voice.id, voice.lang, voice.name, voice.kind]
    assert "Apache-2.0" in about["licence"]
    assert "Kokoro-82M" in about["credit"]
    assert ("SIWIS" in about["credit"]) == (voice.lang == "fr")


def test_all_that_ships_is_light():
    assert sum(path.stat().st_size for path in (ROOT / "assets").rglob("*") if path.is_file()) < MOST_BYTES


@every_voice
def test_no_step_is_stretched_and_a_quarter_of_it_is_quiet(voice):
    """If this fails, the words are too many for their step: the silence is not to be shortened."""
    lengths = {clip["text"]: clip["ms"] for clip in listed(voice)}
    hurried = []
    for path in FILES:
        practice = read_practice(path, SHARED)
        if build_timeline(practice, lengths, Choices(voice.lang)).length_ms != practice.length_ms:
            hurried.append(f"{practice.id}: stretched")
        for number, step in enumerate(practice.steps):
            share = lengths[step.say[voice.lang]] / step.ms if step.say else 0
            if share > 0.75:
                hurried.append(f"{practice.id}: steps[{number}] speaks for {share:.0%}")
    assert hurried == []


def at_their_shortest():
    """Every bundled practice that can be made shorter, and each of its forms as short as it goes."""
    for path in FILES:
        practice = read_practice(path, SHARED)
        for wish in {whole_ms(practice.steps), shortest_ms(practice)} - {practice.length_ms}:
            yield practice, wish


@every_voice
def test_made_as_short_as_it_goes_no_step_is_stretched_and_a_quarter_of_it_is_quiet(voice):
    lengths = {clip["text"]: clip["ms"] for clip in listed(voice)}
    hurried = []
    for practice, wish in at_their_shortest():
        timeline = build_timeline(practice, lengths, Choices(voice.lang, wish))
        if timeline.length_ms != wish:
            hurried.append(f"{practice.id}: {timeline.length_ms} ms instead of {wish}")
        ends = (*timeline.starts_ms[1:], timeline.length_ms)
        for cue in timeline.words:
            share = lengths[cue.text] / (ends[cue.step] - timeline.starts_ms[cue.step])
            if share > 0.75:
                hurried.append(f"{practice.id}: steps[{cue.step}] speaks for {share:.0%}")
    assert hurried == []


@every_voice
def test_no_bell_rings_while_a_voice_speaks(voice):
    lengths = {clip["text"]: clip["ms"] for clip in listed(voice)}
    for path in FILES:
        timeline = build_timeline(read_practice(path, SHARED), lengths, Choices(voice.lang))
        for bell in timeline.bells:
            speaking = [cue.text for cue in timeline.words if cue.at_ms <= bell.at_ms < cue.until_ms]
            assert speaking == [], f"{path.name}: {bell}"


@pytest.fixture(scope="module")
def heard():
    """What ``python3 dev.py voices --check`` measured of the clips of today, as it is kept."""
    return [one for voice in CAST for one in kept.read(voice)]


def test_every_clip_was_measured_as_it_is(heard):
    """If this fails, clips were recorded since: ``python3 dev.py voices --check`` measures what is new."""
    assert [(one.voice.id, one.clip.text) for one in heard] == [
        (voice.id, clip["text"]) for voice in CAST for clip in listed(voice)
    ]


def test_nothing_is_amiss_with_the_recordings(heard):
    assert [*amiss(heard), *amiss_on_the_whole(heard)] == []


def test_the_document_has_the_figures_of_these_clips(heard):
    page = (ROOT / "docs" / "voices.md").read_text(encoding="utf-8")
    assert f"<!-- figures -->\n{table(heard)}<!-- /figures -->" in page
