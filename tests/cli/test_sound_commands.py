"""``calmtray voices`` and ``calmtray render``: what they say, what they write, and in one line what is wrong."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from calmtray.cli import FAILED, INTERRUPTED, MISTAKE, OK
from calmtray.desktop.paths import bundled
from calmtray.settings.file import SettingsFile
from calmtray.settings.model import Settings
from calmtray.sound import inventory, voices
from calmtray.sound.voices import bundled_voices
from tests.practice.bundled import GOOD
from tests.sound.speakers import Mute, Speaker, write_speech


@pytest.fixture
def speaker(monkeypatch):
    """The program for speech of this machine, for a test."""
    made = Speaker()
    monkeypatch.setattr(inventory, "find_program", lambda: made)
    monkeypatch.setattr(voices.Voices.__init__, "__defaults__", (lambda: made,))
    return made


@pytest.fixture
def mine(paths):
    """A practice of one's own."""
    paths.practices.mkdir(parents=True)
    path = paths.practices / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def seconds(path: Path) -> float:
    return float(soundfile.info(path).duration)


# --- voices -----------------------------------------------------------------------------------------------


def test_voices_has_a_line_for_each_recorded_voice(calmtray, speaker):
    said = calmtray("voices")
    assert (said.status, said.err) == (OK, "")
    lines = said.out.splitlines()
    recorded = bundled_voices(bundled("assets") / "voices")
    assert [line.split()[:2] for line in lines[: len(recorded)]] == [[voice.lang, voice.id] for voice in recorded]
    assert lines[0].endswith(f"Emma, a woman’s voice, {len(recorded[0].clips)} recordings")
    assert lines[len(recorded) :] == [
        "Words without a recording are spoken by speaker (English, Français).",
        "Without such a program, the desktop’s own voices are tried as a session plays.",
        "Ambience: room, rain, wind, drone",
        "Breath: swell, tone",
    ]


def test_voices_as_json(calmtray, speaker):
    listed = json.loads(calmtray("voices", "--json").out)
    assert [(each["lang"], each["id"], each["kind"]) for each in listed["voices"]] == [
        ("en", "emma", "woman"),
        ("en", "michael", "man"),
        ("fr", "siwis", "woman"),
    ]
    assert min(each["clips"] for each in listed["voices"]) > 0
    del listed["voices"]
    assert listed == {
        "system": {"program": "speaker", "languages": ["en", "fr"]},
        "live": True,
        "ambiences": ["room", "rain", "wind", "drone"],
        "breaths": ["swell", "tone"],
    }


def test_where_nothing_speaks_voices_says_so(calmtray, monkeypatch, tmp_path):
    monkeypatch.setattr(inventory, "find_program", lambda: None)
    monkeypatch.setattr(inventory, "find_spec", lambda name: None)
    monkeypatch.setattr("calmtray.cli.bundled", lambda name: tmp_path / name)
    assert calmtray("voices").out.splitlines() == [
        "No recorded voice is here.",
        "Words without a recording: no program for speech was found here.",
        "The desktop’s own voices can’t be tried here.",
        "Ambience: ",
        "Breath: tone",
    ]
    assert json.loads(calmtray("voices", "--json").out) == {
        "voices": [],
        "system": {"program": None, "languages": []},
        "live": False,
        "ambiences": [],
        "breaths": ["tone"],
    }


# --- render -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "subtype"), [("wav", "PCM_16"), ("flac", "PCM_16"), ("ogg", "VORBIS")])
def test_render_writes_a_whole_practice(calmtray, tmp_path, suffix, subtype):
    out = tmp_path / f"look.{suffix}"
    said = calmtray("render", "look-around-the-room", "--breath", "off", "--out", str(out))
    assert (said.status, said.err) == (OK, "")
    assert said.out == f"Look around the room, 1 min 30 s, is in {out}.\n"
    info = soundfile.info(out)
    assert (info.samplerate, info.channels, info.subtype) == (48_000, 2, subtype)
    assert info.duration == pytest.approx(90, abs=2)
    assert list(tmp_path.iterdir()) == [out]


def test_render_speaks_the_language_the_voice_and_the_sounds_it_is_asked_for(calmtray, tmp_path):
    asked = {
        "usual": [],
        "voice": ["--voice", "michael"],
        "lang": ["--lang", "fr"],
        "ambience": ["--ambience", "rain"],
        "breath": ["--breath", "tone"],
        "silent": ["--breath", "off"],
    }
    for name, arguments in asked.items():
        said = calmtray("render", "cyclic-sighing", *arguments, "--out", str(tmp_path / f"{name}.flac"))
        assert (said.status, said.err) == (OK, "")
    heard = {name: soundfile.read(tmp_path / f"{name}.flac", dtype="int16")[0] for name in asked}
    shortest = min(map(len, heard.values()))
    names = list(heard)
    for index, name in enumerate(names):
        for other in names[:index]:
            assert not np.array_equal(heard[name][:shortest], heard[other][:shortest]), (name, other)


def test_render_follows_the_settings_but_for_what_it_is_asked_for(calmtray, paths, tmp_path):
    def render(name, *arguments):
        out = tmp_path / f"{name}.flac"
        assert calmtray("render", "look-around-the-room", *arguments, "--out", str(out)).status == OK
        return soundfile.read(out, dtype="int16")[0]

    usual = render("usual")
    SettingsFile(paths.settings).save(Settings(voice_en="michael", volume=0, discreet=True))
    michael = render("michael")
    assert michael.any()
    assert not np.array_equal(usual[: len(michael)], michael[: len(usual)])
    assert np.array_equal(render("emma", "--voice", "emma"), usual)


def test_a_practice_of_ones_own_is_spoken_by_the_system_and_ones_own_recordings(
    calmtray, speaker, mine, paths, tmp_path
):
    write_speech(mine.with_name("mine.1.wav"), 1_500)
    said = calmtray("render", "a-good-one", "--out", str(tmp_path / "mine.wav"))
    assert (said.status, said.err) == (OK, "")
    assert seconds(tmp_path / "mine.wav") >= 20
    first = len(list(paths.voices.glob("*.wav")))
    assert first >= 1
    asked = len(speaker.said)
    calmtray("render", "a-good-one", "--out", str(tmp_path / "again.wav"))
    assert (tmp_path / "again.wav").read_bytes() == (tmp_path / "mine.wav").read_bytes()
    assert (len(speaker.said), len(list(paths.voices.glob("*.wav")))) == (asked, first)


def test_a_broken_recording_and_words_without_a_voice_are_told(calmtray, mine, monkeypatch, tmp_path):
    monkeypatch.setattr(voices.Voices.__init__, "__defaults__", (Mute,))
    recording = mine.with_name("mine.1.wav")
    recording.write_text("no sound")
    said = calmtray("render", "a-good-one", "--out", str(tmp_path / "mine.wav"))
    assert said.status == FAILED
    assert (tmp_path / "mine.wav").is_file()
    broken, silent = said.err.splitlines()
    assert broken.startswith(f"{recording}: This is no sound")
    assert "so the file is quiet where" in silent


def test_a_practice_with_holds_is_rendered_only_where_holds_are_on(calmtray, paths, tmp_path):
    out = tmp_path / "box.flac"
    said = calmtray("render", "soft-box", "--out", str(out))
    assert (said.status, said.err.count("\n")) == (MISTAKE, 1)
    assert said.err.startswith("calmtray: “soft-box” has breath holds")
    assert not out.exists()
    SettingsFile(paths.settings).save(Settings(breath_holds=True))
    assert calmtray("render", "soft-box", "--out", str(out)).status == OK
    assert out.exists()


LOOK = ("render", "look-around-the-room")


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("render", "five-fiv", "--out", "x.wav"), MISTAKE, "Did you mean “five-five”?"),
        ((*LOOK,), MISTAKE, "--out"),
        ((*LOOK, "--out", "x.mp3"), MISTAKE, "x.mp3 should end in .wav, .flac or .ogg."),
        ((*LOOK, "--out", "x"), MISTAKE, "x should end in .wav, .flac or .ogg."),
        ((*LOOK, "--out", "x.wav", "--voice", "bo"), MISTAKE, "no voice “bo”. It has emma, michael."),
        ((*LOOK, "--out", "x.wav", "--voice", "emma", "--lang", "fr"), MISTAKE, "emma"),
        ((*LOOK, "--out", "x.wav", "--ambience", "sea"), MISTAKE, "“sea” is not one of: off, room, rain, wind, drone."),
        ((*LOOK, "--out", "x.wav", "--breath", "loud"), MISTAKE, "“loud” is not one of: off, swell, tone."),
        ((*LOOK, "--out", "folder.wav"), FAILED, "folder.wav is a folder. Name a file in it."),
        ((*LOOK, "--out", "nowhere/x.wav"), MISTAKE, "There is no folder nowhere."),
        ((*LOOK, "--out", "file/x.wav"), MISTAKE, "There is no folder file."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_mistake_is_told_in_one_line(calmtray, tmp_path, monkeypatch, arguments, status, sentence, lang):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "file").touch()
    said = calmtray("--lang", lang, *arguments)
    assert (said.status, said.out, said.err.count("\n")) == (status, "", 1)
    assert said.err.startswith("calmtray: ")
    if lang == "en":
        assert sentence in said.err
    assert {path.name for path in tmp_path.iterdir()} <= {"folder.wav", "file", "home"}


def test_where_no_voice_is_recorded_none_can_be_chosen(calmtray, monkeypatch, tmp_path):
    (tmp_path / "practices").symlink_to(bundled("practices"))
    monkeypatch.setattr("calmtray.cli.bundled", lambda name: tmp_path / name)
    said = calmtray(*LOOK, "--voice", "emma", "--out", str(tmp_path / "x.wav"))
    assert (said.status, said.err) == (MISTAKE, "calmtray: English: no voice is recorded.\n")


def test_an_installation_without_its_sounds_is_told(calmtray, monkeypatch, tmp_path):
    (tmp_path / "practices").symlink_to(bundled("practices"))
    monkeypatch.setattr("calmtray.cli.bundled", lambda name: tmp_path / name)
    said = calmtray(*LOOK, "--out", str(tmp_path / "x.wav"))
    assert (said.status, said.out) == (FAILED, "")
    assert said.err.splitlines()[-1].startswith("calmtray: calmtray’s own sounds are missing (")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_that_was_there_is_replaced_whole(calmtray, tmp_path):
    out = tmp_path / "look.wav"
    out.write_text("before")
    assert calmtray(*LOOK, "--out", str(out)).status == OK
    with wave.open(str(out)) as file:
        assert file.getframerate() == 48_000
    assert stat.S_IMODE(out.stat().st_mode) & 0o400


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_a_link_stays_and_the_file_that_it_leads_to_is_written(calmtray, tmp_path):
    music = tmp_path / "music"
    music.mkdir()
    link, chain = tmp_path / "look.wav", tmp_path / "again.wav"
    link.symlink_to(music / "look")
    chain.symlink_to(link)
    assert calmtray(*LOOK, "--out", str(chain)).status == OK
    assert chain.is_symlink()
    assert link.is_symlink()
    assert [path.name for path in music.iterdir()] == ["look"]
    assert seconds(music / "look") == pytest.approx(90, abs=2)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
@pytest.mark.parametrize(
    ("leads_to", "sentence"),
    [(os.devnull, "is not a file"), ("round.wav", "is not a file"), ("pipe", "is not a file"), ("no/x", "no folder")],
)
def test_a_link_that_leads_to_no_file_is_refused_and_stays(calmtray, tmp_path, leads_to, sentence):
    os.mkfifo(tmp_path / "pipe")
    link = tmp_path / "round.wav"
    link.symlink_to(leads_to)
    said = calmtray(*LOOK, "--out", str(link))
    assert (said.status, said.out, said.err.count("\n")) == (MISTAKE, "", 1)
    assert sentence in said.err
    assert os.readlink(link) == leads_to  # noqa: PTH115 - as it was written


def test_a_name_as_long_as_names_may_be_is_written_and_a_longer_one_refused(calmtray, tmp_path):
    out = tmp_path / ("x" * 245 + ".flac")
    assert calmtray(*LOOK, "--out", str(out)).status == OK
    assert list(tmp_path.glob("*.flac")) == [out]
    said = calmtray(*LOOK, "--out", str(tmp_path / ("x" * 300 + ".flac")))
    assert (said.status, said.err.count("\n")) == (MISTAKE, 1)
    assert said.err.endswith(". Choose another name.\n")


# --- as a process of its own ------------------------------------------------------------------------------

SLOW = """
import sys
from calmtray.sound import mixer

class Slow(mixer.Mixer):
    def window(self, placements, start, stop):
        if start:
            print("writing", flush=True)
            sys.stdin.read()
        return super().window(placements, start, stop)

mixer.Mixer = Slow
import signal

# Whoever started the tests may have had SIGINT ignored, and that is inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)
from calmtray.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_cut_off_leaves_nothing_behind(tmp_path, how):
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-c", SLOW, "--home", str(tmp_path / "home"), *LOOK, "--out", str(out / "look.wav")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        assert len(list(out.iterdir())) == 1
        process.send_signal(how)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (INTERRUPTED, "")
    assert list(out.iterdir()) == []


MAKING = """
import sys
from pathlib import Path
from calmtray.sound import voices

class Slow:
    name = "slow"

    def available(self, lang):
        return True

    def speak(self, text, lang, path):
        print("speaking", flush=True)
        sys.stdin.read()
        return False

voices.Voices.__init__.__defaults__ = (Slow,)
import signal

signal.signal(signal.SIGINT, signal.default_int_handler)
from calmtray.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_cut_off_while_voices_are_made_it_leaves_as_little(mine, home, tmp_path, how):
    spare = tmp_path / "spare"
    spare.mkdir()
    out = tmp_path / "mine.wav"
    command = [sys.executable, "-c", MAKING, "--home", str(home), "render", "a-good-one", "--out", str(out)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(spare)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "speaking\n"
        assert len(list(spare.iterdir())) == 1
        process.send_signal(how)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (INTERRUPTED, "")
    assert list(spare.iterdir()) == []
    assert not out.exists()


LOADED = """
import sys
from calmtray.cli import main
status = main(sys.argv[1:])
print(*sorted({"PySide6", "shiboken6", "qasync", "miniaudio"} & set(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


def test_render_needs_no_window_and_keeps_no_file_but_its_own(python, tmp_path):
    out = tmp_path / "look.flac"
    said = python("-c", LOADED, "--home", str(tmp_path / "home"), *LOOK, "--out", str(out))
    assert (said.status, said.err.strip()) == (0, "")
    assert out.exists()
    assert not (tmp_path / "home").exists()


def test_render_plays_the_users_song_and_says_when_it_cannot(calmtray, paths, tmp_path):
    def render(name):
        said = calmtray("render", "one-song", "--seconds", "60", "--out", str(tmp_path / name))
        return said, soundfile.read(tmp_path / name, dtype="int16")[0]

    without, quiet = render("without.flac")
    assert (without.status, without.err.splitlines()) == (
        OK,
        ["No song is chosen in the practice, so the file is quiet where it would play."],
    )
    song = tmp_path / "song.wav"
    soundfile.write(song, np.random.default_rng(1).normal(0, 0.1, 48_000 * 120), 48_000)
    SettingsFile(paths.settings).save(Settings(song=str(song)))
    with_it, heard = render("with.flac")
    assert (with_it.status, with_it.err) == (OK, "")
    assert np.abs(heard).mean() > 2 * np.abs(quiet).mean()
    song.unlink()
    assert render("gone.flac")[0].err.startswith(f"{song}: This song is not where it was")
