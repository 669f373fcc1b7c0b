"""What is amiss with a recording is told, whatever it is; and what was measured is kept as it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from calmtray.sound.rate import RATE
from tools.voices import kept, manifest, measures
from tools.voices.cast import CAST
from tools.voices.manifest import Clip
from tools.voices.proof import Heard, Measures, amiss, amiss_on_the_whole, table

EMMA, SIWIS = CAST[0], CAST[-1]

GOOD = Measures(
    lufs=-20.0,
    peak_dbtp=-3.4,
    edge_db=-99.0,
    floor_db=-90.0,
    step_db=-88.0,
    clipped=0,
    begins_ms=60.0,
    within_wpm=(150.0, 152.0),
    every_wpm=(150.0, 152.0),
    short=0,
    whole_wpm=118.0,
    pauses_s=(1.2,),
    phonemes_a_second=8.0,
    p808=3.9,
)
CLIP = Clip("a.opus", "Some words.", 5_000, -20.0, -3.4, "recipe")
ENGLISH = Heard(EMMA, CLIP, GOOD, (), 20, 0, "some words")
FRENCH = Heard(SIWIS, CLIP, GOOD, (10.0, 11.0))


def test_what_is_right_is_left_alone():
    assert amiss([ENGLISH, FRENCH]) == []
    assert amiss_on_the_whole([ENGLISH, replace(ENGLISH, voice=CAST[1]), FRENCH]) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"lufs": -21.2}, "-21.2 LUFS"),
        ({"peak_dbtp": -2.9}, "peak -2.9 dBTP"),
        ({"edge_db": -40.0}, "-40 dBFS at an end"),
        ({"floor_db": -55.0}, "floor -55 dBFS"),
        ({"step_db": -50.0}, "a step of -50 dBFS"),
        ({"clipped": 3}, "3 samples clipped"),
        ({"within_wpm": (150.0, 170.0)}, "150, 170 words a minute within sentences"),
        ({"whole_wpm": 130.0}, "130 words a minute with pauses"),
    ],
)
def test_what_is_wrong_with_a_clip_is_told(changed, told):
    (line,) = amiss([replace(ENGLISH, measures=replace(GOOD, **changed))])
    assert told in line
    assert line.endswith("<- Some words.")


def test_words_misheard_and_words_left_out_are_told():
    (line,) = amiss([replace(ENGLISH, wrong=3, understood="some worlds")])
    assert "3 of 20 words: some worlds" in line
    # Five words of thirteen left out: the rest seems to be spoken half as fast again.
    spoken = [replace(FRENCH, unstretched=(10.6,)) for _ in range(20)]
    (line,) = amiss([*spoken, replace(FRENCH, unstretched=(16.5,))])
    assert "16.5 phonemes a second, as the model speaks" in line


def test_a_voice_is_judged_as_a_whole():
    (line,) = amiss_on_the_whole([replace(ENGLISH, wrong=1), replace(ENGLISH, voice=CAST[1]), FRENCH])
    assert "emma: word error rate 5.0%" in line
    dull = replace(FRENCH, measures=replace(GOOD, p808=3.79))
    assert amiss_on_the_whole([ENGLISH, replace(ENGLISH, voice=CAST[1]), dull]) == ["siwis: DNSMOS 3.79"]


def test_what_was_measured_is_kept_for_as_long_as_the_clip_is_the_same(monkeypatch, tmp_path):
    voice = replace(EMMA)
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "measured")
    monkeypatch.setattr(type(voice), "folder", tmp_path)
    monkeypatch.setattr(manifest, "read", lambda _voice: {CLIP.text: CLIP})
    (tmp_path / CLIP.file).write_bytes(b"sound")
    assert kept.read(voice) == []
    kept.write(voice, [replace(ENGLISH, voice=voice)])
    assert kept.read(voice) == [replace(ENGLISH, voice=voice)]
    assert table([*kept.read(voice), replace(ENGLISH, voice=CAST[1]), FRENCH]).count("\n") > 10
    (tmp_path / CLIP.file).write_bytes(b"another sound")
    assert kept.read(voice) == []


def test_a_blip_belongs_to_the_pause():
    quiet, word = np.zeros(RATE // 2), np.sin(np.arange(RATE) / 20) * 0.3
    blip = np.sin(np.arange(RATE * 40 // 1000) / 20) * 0.01
    sound = np.concatenate([quiet, word, quiet, blip, quiet, word, quiet])
    first, second = measures.spoken(sound, [10, 10])
    assert [round((end - start) / RATE, 1) for span in (first, second) for start, end in span] == [1.0, 1.0]
    loud = np.concatenate([quiet, word, quiet, blip * 20, quiet, word, quiet])
    assert [len(spans) for spans in measures.spoken(loud, [10, 10])] == [1, 1]
