"""The operating system's programs for speech: their exact command lines, and eSpeak NG itself where it is installed."""

from __future__ import annotations

import os
import select
import shutil
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from calmtray.sound import clips, system_voice
from calmtray.sound.system_voice import Espeak, PowerShell, Say, find_program, sentences

POSIX = pytest.mark.skipif(os.name == "nt", reason="the made-up programs are shell scripts")

SAID_BY_SAY = """\
Albert              en_US    # Hello! My name is Albert.
Amélie              fr_CA    # Bonjour! Je m’appelle Amélie.
Bad News            en_US    # Hello! My name is Bad News.
Daniel              en_GB    # Hello! My name is Daniel.
Daniel (Enhanced)   en_GB    # Hello! My name is Daniel.
Eddy (French (France)) fr_FR    # Bonjour! Je m’appelle Eddy.
Jacques             fr_FR    # Bonjour! Je m’appelle Jacques.
Samantha            en_US    # Hello! My name is Samantha.
Thomas (Premium)    fr_FR    # Bonjour! Je m’appelle Thomas.
Zuzana              cs_CZ    # Dobrý den!
"""


class Ran:
    """Takes the place of ``subprocess.Popen``, and notes how it was called, what it was told, and how long it had."""

    returncode = 0

    def __init__(self, printed: str = "", writes: str = "") -> None:
        self.calls: list[tuple[list[str], dict[str, Any]]] = []
        self._printed = printed
        self._writes = writes

    def __call__(self, command, **options):
        self.calls.append((list(command), options))
        if self._writes:
            Path(self._writes).write_bytes(b"RIFF")
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def communicate(self, words, wait_s):
        self.calls[-1][1].update(input=words, timeout=wait_s)
        return self._printed.encode(), None


# --- sentences --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.", ["One."]),
        ("One. Two? Three! Four… Five", ["One.", "Two?", "Three!", "Four…", "Five"]),
        ("One,\n  two.\tThree.", ["One, two.", "Three."]),
        ("He said: “Look.” Then: “Is it?” Yes.", ["He said: “Look.”", "Then: “Is it?”", "Yes."]),
        ("Ça picote\u202f? Plus petit. « Oui. » Non.", ["Ça picote ?", "Plus petit.", "« Oui. »", "Non."]),
        ("At 2.5 s. Or 3.", ["At 2.5 s.", "Or 3."]),
        ("… — !", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_its_sentences(text, expected):
    assert sentences(text) == expected


# --- the command lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "voice", "pace"), [("en", "en-gb", "125"), ("fr", "fr", "113")])
def test_espeak_is_given_its_words_through_standard_input(monkeypatch, tmp_path, lang, voice, pace):
    path = tmp_path / "out.wav"
    ran = Ran(writes=str(path))
    monkeypatch.setattr(subprocess, "Popen", ran)
    assert Espeak("espeak-ng").speak("-h “é”\n$(x)", lang, path)
    ((command, options),) = ran.calls
    assert command == ["espeak-ng", "-b", "1", "-v", voice, "-s", pace, "-w", str(path), "--stdin"]
    assert options["input"] == "-h “é”\n$(x)".encode()
    assert options["timeout"] == 3.0


def test_say_takes_the_most_natural_voice_of_the_language(monkeypatch, tmp_path):
    path = tmp_path / "out.wav"
    ran = Ran(SAID_BY_SAY, writes=str(path))
    monkeypatch.setattr(subprocess, "Popen", ran)
    say = Say()
    assert say.speak("-x é", "fr", path)
    assert [command for command, _ in ran.calls] == [
        ["say", "-v", "?"],
        ["say", "-o", str(path), "--data-format=LEI16@22050", "-v", "Thomas (Premium)", "-r", "140", "--", "-x é"],
    ]
    assert say.voice("en") == "Daniel (Enhanced)"
    assert (say.available("fr"), say.available("de")) == (True, False)
    assert not say.speak("Hallo", "de", path)
    assert len(ran.calls) == 2


def test_say_without_better_recordings_speaks_with_a_known_name_before_a_joke():
    say = Say()
    say._listed = "\n".join(line for line in SAID_BY_SAY.splitlines() if "(" not in line)
    assert (say.voice("en"), say.voice("fr")) == ("Daniel", "Amélie")
    say._listed = SAID_BY_SAY.splitlines()[0]
    assert say.voice("en") == "Albert"


def test_powershell_gets_the_words_in_a_file_and_the_rest_in_its_environment(monkeypatch, tmp_path):
    path = tmp_path / "out.wav"
    read = []
    ran = Ran(writes=str(path))

    def run(command, **options):
        if "CALMTRAY_WORDS" in options["env"]:
            read.append(Path(options["env"]["CALMTRAY_WORDS"]).read_bytes())
        return ran(command, **options)

    monkeypatch.setattr(subprocess, "Popen", run)
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    assert PowerShell().speak('"é"; exit #', "fr", path)
    ((command, options),) = ran.calls
    assert command[:-1] == ["powershell", "-NoLogo", "-NoProfile", "-NonInteractive", "-Command"]
    script = command[-1]
    assert "exit #" not in script
    assert str(path) not in script
    assert '"' not in script
    for part in (
        "ReadAllText($env:CALMTRAY_WORDS, [Text.Encoding]::UTF8)",
        "TwoLetterISOLanguageName -eq $env:CALMTRAY_LANG",
        "exit 3",
        "SelectVoice(",
    ):
        assert part in script
    assert script.index("SetOutputToWaveFile($env:CALMTRAY_FILE") < script.index("$speaker.Speak($words)")
    assert options["input"] == b""
    assert read == ['"é"; exit #'.encode()]
    assert list(tmp_path.iterdir()) == [path]
    assert options["env"]["CALMTRAY_LANG"] == "fr"
    assert options["env"]["CALMTRAY_FILE"] == str(path)
    assert options["creationflags"] == 0x08000000
    assert PowerShell().available("en")
    assert "Speak(" not in ran.calls[1][0][-1]


def test_what_would_be_a_command_within_the_words_is_none(monkeypatch, tmp_path):
    ran = Ran()
    monkeypatch.setattr(subprocess, "Popen", ran)
    Espeak().speak("[[h@'loU]] \0", "en", tmp_path / "out.wav")
    assert ran.calls[0][1]["input"] == b"[ [h@'loU]]  "
    assert Say().command("Daniel", tmp_path / "out.wav", "[[rate 900]]\0")[-1] == "[ [rate 900]] "


@pytest.mark.parametrize(
    ("platform", "there", "expected"),
    [
        ("linux", {"espeak-ng", "espeak"}, ("espeak-ng", Espeak)),
        ("linux", {"espeak"}, ("espeak", Espeak)),
        ("linux", {"say", "powershell"}, None),
        ("darwin", {"say", "espeak-ng"}, ("say", Say)),
        ("darwin", set(), None),
        ("win32", {"powershell"}, ("powershell", PowerShell)),
        ("win32", set(), None),
    ],
)
def test_each_system_has_its_program(monkeypatch, platform, there, expected):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in there else None)
    found = find_program()
    assert (found and (found.name, type(found))) == expected


# --- what goes wrong --------------------------------------------------------------------------------------


def program(folder, text):
    path = folder / "espeak-ng"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Espeak(str(path))


@POSIX
def test_a_program_that_fails_or_writes_nothing_is_no_voice_and_no_error(tmp_path):
    out = tmp_path / "out.wav"
    assert not program(tmp_path, "exit 1").speak("Hello.", "en", out)
    assert not program(tmp_path, "cat >/dev/null").speak("Hello.", "en", out)
    assert not program(tmp_path, "exit 0").speak("Hello. " * 50_000, "en", out)  # it does not read its input
    assert not Espeak(str(tmp_path / "nowhere")).speak("Hello.", "en", out)
    assert not Espeak(str(tmp_path)).speak("Hello.", "en", out)
    assert not PowerShell().speak("Hello.", "en", tmp_path / "nowhere" / "out.wav")


@POSIX
def test_a_program_that_hangs_is_told_from_one_that_fails(monkeypatch, tmp_path):
    monkeypatch.setattr(system_voice, "ESPEAK_WAIT_S", 0.2)
    with pytest.raises(TimeoutError):
        program(tmp_path, "exec tail -f /dev/null").speak("Hello.", "en", tmp_path / "out.wav")


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux lets one wait for a stranger's end")
def test_a_program_that_hangs_takes_with_it_what_it_started(monkeypatch, tmp_path):
    monkeypatch.setattr(system_voice, "ESPEAK_WAIT_S", 0.5)
    with pytest.raises(TimeoutError):
        program(tmp_path, f"tail -f /dev/null & echo $! >{tmp_path}/pid; wait").speak("Hi.", "en", tmp_path / "out.wav")
    with suppress(ProcessLookupError):  # gone already
        child = os.pidfd_open(int((tmp_path / "pid").read_text()))
        assert select.select([child], [], [], 5)[0], "it still runs"
        os.close(child)


def test_a_language_it_does_not_speak_is_no_voice(tmp_path):
    assert not Espeak().available("de")
    assert not Espeak().speak("Hallo.", "de", tmp_path / "out.wav")


# --- eSpeak NG itself -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    "text",
    [
        "Look around.",
        "-v is a letter.",
        "--help",
        '“A ‘quote’ and "another"”; $(x) `y`\nand a line.',
        "Ça, c’était l’été.",
    ],
)
def test_espeak_speaks_whatever_the_words_hold(tmp_path, text, lang):
    assert Espeak().speak(text, lang, tmp_path / "out.wav")
    sound = clips.trim(clips.segment(clips.read(tmp_path / "out.wav")))
    assert len(sound) > 400
    assert sound.dBFS > -40


def test_espeak_speaks_each_language_in_its_own_voice(tmp_path):
    for lang in ("en", "fr"):
        Espeak().speak("Orange, dimanche, table.", lang, tmp_path / f"{lang}.wav")
    assert (tmp_path / "en.wav").read_bytes() != (tmp_path / "fr.wav").read_bytes()
