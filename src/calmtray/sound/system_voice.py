"""The operating system's own program for speech: a sentence -> a WAV file. One small class for each system.

Words may begin with a dash, and hold quotes or line breaks. No shell ever sees them, and each program gets them in the
one way that takes all of it: eSpeak through standard input, ``say`` behind ``--``, PowerShell in a file.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Protocol

LONGEST_WAIT_S = 10.0
"""A program that has not spoken a sentence by then never will. PowerShell takes seconds to be there at all."""

ESPEAK_WAIT_S = 3.0
"""eSpeak needs less than a tenth of a second for a sentence."""

SENTENCE_END = re.compile(r"(?<=[.!?…])(\s*[”»\"]?)\s+(?=\S)")


class Program(Protocol):
    """A program that writes speech into a file."""

    name: str

    def available(self, lang: str) -> bool:
        """Whether it has a voice for this language (it may be started to find out). Raises TimeoutError: it hangs."""

    def speak(self, text: str, lang: str, path: Path) -> bool:
        """Write the words into a new WAV file; False where that went wrong. Raises TimeoutError where it hangs."""


def find_program() -> Program | None:
    """The program for speech of this machine, or None. Nothing is started."""
    if sys.platform == "darwin":
        return Say() if shutil.which(Say.name) else None
    if sys.platform == "win32":
        return PowerShell() if shutil.which(PowerShell.name) else None
    found = (name for name in ("espeak-ng", "espeak") if shutil.which(name))
    return next((Espeak(name) for name in found), None)


def sentences(text: str) -> list[str]:
    """One after another, without those that hold nothing to say; a closing quotation mark stays with what it closes."""
    parts = SENTENCE_END.sub(r"\1\n", " ".join(text.split())).split("\n")
    return [part.strip() for part in parts if any(sign.isalnum() for sign in part)]


class Espeak:
    """eSpeak NG, or eSpeak before it, on Linux and its like."""

    # Its voice and its pace. With the pauses between sentences both come to 120 words a minute (measured).
    VOICES: ClassVar = {"en": ("en-gb", 125), "fr": ("fr", 113)}

    def __init__(self, name: str = "espeak-ng") -> None:
        self.name = name

    def available(self, lang: str) -> bool:
        """Both languages come with the program."""
        return lang in self.VOICES

    def speak(self, text: str, lang: str, path: Path) -> bool:
        """See Program."""
        if not self.available(lang):
            return False
        return _run(self.command(lang, path), _plain(text), wait_s=ESPEAK_WAIT_S) is not None and path.is_file()

    def command(self, lang: str, path: Path) -> list[str]:
        """``-b 1``: the words come as UTF-8."""
        voice, pace = self.VOICES[lang]
        return [self.name, "-b", "1", "-v", voice, "-s", str(pace), "-w", str(path), "--stdin"]


class Say:
    """``say`` on macOS."""

    name = "say"
    WORDS_PER_MINUTE = 140

    # Other names of these languages are jokes (Bells, Zarvox) or the voices of a robot (Eddy, Flo).
    NATURAL: ClassVar = {
        "en": ("Serena", "Kate", "Daniel", "Samantha", "Moira", "Karen", "Alex"),
        "fr": ("Audrey", "Amélie", "Aurélie", "Thomas", "Marie", "Chantal"),
    }
    LINE = re.compile(r"^(?P<name>\S.*?)\s+(?P<lang>[a-z]{2,3})[_-]\w+\s+#")

    def __init__(self) -> None:
        self._listed: str | None = None

    def available(self, lang: str) -> bool:
        """Whether ``say`` lists a voice for it."""
        return self.voice(lang) is not None

    def speak(self, text: str, lang: str, path: Path) -> bool:
        """See Program."""
        voice = self.voice(lang)
        return voice is not None and _run(self.command(voice, path, text)) is not None and path.is_file()

    def voice(self, lang: str) -> str | None:
        """The most natural voice of this language, or None."""
        if self._listed is None:
            self._listed = _run([self.name, "-v", "?"]) or ""
        found = (self.LINE.match(line) for line in self._listed.splitlines())
        names = [match["name"] for match in found if match and match["lang"] == lang]
        return min(names, key=lambda name: self._rank(name, lang), default=None)

    def command(self, voice: str, path: Path, text: str) -> list[str]:
        """The words stand behind ``--``: of a file, ``say`` would have to guess the encoding."""
        pace = str(self.WORDS_PER_MINUTE)
        form = "--data-format=LEI16@22050"
        return [self.name, "-o", str(path), form, "-v", voice, "-r", pace, "--", _plain(text)]

    def _rank(self, name: str, lang: str) -> tuple[bool, bool, int]:
        """The better recordings of a voice come first; they have a name such as *Serena (Premium)*."""
        plain = name.partition(" (")[0]
        known = self.NATURAL.get(lang, ())
        place = known.index(plain) if plain in known else len(known)
        return "(Premium)" not in name, "(Enhanced)" not in name, place


class PowerShell:
    """System.Speech on Windows, by way of Windows PowerShell."""

    name = "powershell"

    FIND = (
        "$ErrorActionPreference = 'Stop'; Add-Type -AssemblyName System.Speech;"
        " $speaker = New-Object System.Speech.Synthesis.SpeechSynthesizer;"
        " $voice = $speaker.GetInstalledVoices() | Where-Object { $_.Enabled -and"
        " $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq $env:CALMTRAY_LANG } | Select-Object -First 1;"
        " if (-not $voice) { exit 3 }"
    )
    SPEAK = (
        f"{FIND};"
        " $words = [IO.File]::ReadAllText($env:CALMTRAY_WORDS, [Text.Encoding]::UTF8);"
        " $speaker.SelectVoice($voice.VoiceInfo.Name); $speaker.Rate = -3;"
        " $form = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, 'Sixteen', 'Mono');"
        " $speaker.SetOutputToWaveFile($env:CALMTRAY_FILE, $form);"
        " $speaker.Speak($words); $speaker.Dispose()"
    )

    def available(self, lang: str) -> bool:
        """Whether Windows has a voice of this language."""
        return _run(self.command(self.FIND), environment={"CALMTRAY_LANG": lang}) is not None

    def speak(self, text: str, lang: str, path: Path) -> bool:
        """See Program."""
        words = path.with_suffix(".txt")
        environment = {"CALMTRAY_LANG": lang, "CALMTRAY_FILE": str(path), "CALMTRAY_WORDS": str(words)}
        try:
            words.write_text(_plain(text), encoding="utf-8")
            return _run(self.command(self.SPEAK), environment=environment) is not None and path.is_file()
        except TimeoutError:
            raise
        except OSError:
            return False
        finally:
            words.unlink(missing_ok=True)

    def command(self, script: str) -> list[str]:
        """The script is always the same; language and files come through the environment.

        The words don't come through standard input, for PowerShell itself reads that.
        """
        return [self.name, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script]


def _plain(text: str) -> str:
    """Two brackets begin a command within the words, to eSpeak and to ``say``; no command line takes a zero byte."""
    return text.replace("\0", " ").replace("[[", "[ [")


def _run(
    command: Sequence[str],
    words: str = "",
    environment: Mapping[str, str] | None = None,
    wait_s: float = LONGEST_WAIT_S,
) -> str | None:
    """What the program printed, or None where it failed. Raises TimeoutError. No window flashes up on Windows."""
    try:
        running = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    with running:
        try:
            printed, _ = running.communicate(words.encode(), wait_s)
        except subprocess.TimeoutExpired:
            _end(running)
            raise TimeoutError(command[0]) from None
    return printed.decode(errors="replace") if running.returncode == 0 else None


def _end(running: subprocess.Popen[bytes]) -> None:
    """With all that it has started: a script around the program would leave that behind."""
    if sys.platform == "win32":
        running.kill()
    else:
        os.killpg(running.pid, signal.SIGKILL)
