"""What calmtray says about voices and sounds on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from calmtray.words.language import _, plural
from calmtray.words.texts import language_name


def voice_line(name: str, kind: str, number: int) -> str:
    """A recorded voice: its name, whose it is, and how many texts it has recorded."""
    whose = {"woman": _("a woman’s voice"), "man": _("a man’s voice")}.get(kind, kind)
    recorded = plural("{number} recording", "{number} recordings", number).format(number=number)
    return f"{name}, {whose}, {recorded}"


def no_voices_text() -> str:
    """No recorded voice was found."""
    return _("No recorded voice is here.")


def system_voice_text(program: str | None, langs: Sequence[str]) -> str:
    """Who speaks words that nobody has recorded."""
    if program is None or not langs:
        return _("Words without a recording: no program for speech was found here.")
    names = ", ".join(language_name(lang) for lang in langs)
    return _("Words without a recording are spoken by {program} ({languages}).").format(
        program=program, languages=names
    )


def live_voice_text(possible: bool) -> str:
    """Whether Qt's voices could speak live."""
    if possible:
        return _("Without such a program, the desktop’s own voices are tried as a session plays.")
    return _("The desktop’s own voices can’t be tried here.")


def no_such_voice_text(voice: str, lang: str, choices: Sequence[str]) -> str:
    """A voice that this language does not have, and those that it has."""
    if not choices:
        return _("{language}: no voice is recorded.").format(language=language_name(lang))
    sentence = _("{language} has no voice “{voice}”. It has {choices}. Another language is chosen with --lang.")
    return sentence.format(voice=voice, language=language_name(lang), choices=", ".join(choices))


def silent_words_text(number: int) -> str:
    """Texts that nobody could say in a rendered file."""
    return plural(
        "{number} text has no voice here, so the file is quiet where it would be said.",
        "{number} texts have no voice here, so the file is quiet where they would be said.",
        number,
    ).format(number=number)


def song_flaw_text(flaw: str) -> str:
    """Why the user's own song can't be played (a value of ``sound.clips.Flaw``), and what to do."""
    return {
        "missing": _("This song is not where it was, so it stays quiet here. You might choose it again, or another."),
        "empty": _("There is no sound in this file, so it stays quiet here. You might choose another."),
        "not-audio": _("This file can’t be played, so it stays quiet here. WAV, FLAC, OGG and MP3 can."),
    }[flaw]


def no_song_text() -> str:
    """A practice that is written to a file would play a song, and none is chosen."""
    return _("No song is chosen in the practice, so the file is quiet where it would play.")
