"""The recorded voices: every word of the bundled practices has its clip, and every clip its words."""

from __future__ import annotations

import hashlib
import json

import pytest
import soundfile

from calmtray.practice.library import read_practice
from calmtray.practice.model import LANGUAGES
from calmtray.session.timeline import Choices, build_timeline
from tests.house.source import ROOT
from tests.practice.bundled import FILES, SHARED
from tools.voices.cast import ASSETS, CAST
from tools.voices.manifest import NAME, file_name
from tools.voices.recipe import SPEED

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
def test_a_clip_is_what_the_manifest_says(voice):
    for clip in listed(voice):
        header = soundfile.info(voice.folder / clip["file"])
        assert (header.samplerate, header.channels, header.subtype) == (48_000, 1, "OPUS")
        assert clip["ms"] == -(-header.frames * 1000 // 48_000)


@every_voice
def test_a_clip_is_neither_soft_nor_loud(voice):
    assert [clip["file"] for clip in listed(voice) if abs(clip["lufs"] + 20) > 1 or clip["peak_dbtp"] >= -3] == []


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
def test_no_bell_rings_while_a_voice_speaks(voice):
    lengths = {clip["text"]: clip["ms"] for clip in listed(voice)}
    for path in FILES:
        timeline = build_timeline(read_practice(path, SHARED), lengths, Choices(voice.lang))
        for bell in timeline.bells:
            speaking = [cue.text for cue in timeline.words if cue.at_ms <= bell.at_ms < cue.until_ms]
            assert speaking == [], f"{path.name}: {bell}"
