"""What calmtray says about packs: what is in one, what became of it, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from calmtray.practice.problem import Problem
from calmtray.words.language import _, marked, plural
from calmtray.words.texts import language_name, length_text, on_one_line, problem_text

if TYPE_CHECKING:
    # Packs are seldom looked at; their words are cheap, they are not.
    from calmtray.practice.packs import Pack, Packed, Taken

SHOWN = 5
"""So many mistakes in the practices of a pack are named: whoever made it has all of them at home."""


def refusal_text(problems: Sequence[Problem]) -> str:
    """Why a pack is refused: a sentence, or some lines where its practices have mistakes."""
    return "\n".join(_refusal(problem) for problem in problems[:SHOWN])


def _refusal(problem: Problem) -> str:
    if problem.code not in _SENTENCES:
        return problem_text(problem)
    sentence = _(_SENTENCES[problem.code]).format(file=problem.file, **problem.details)
    return on_one_line(sentence)


_SENTENCES: Mapping[str, str] = {
    "not-found": marked("There is no file {file}. Check its name."),
    "not-a-pack": marked("This is no pack of practices. Packs are made by calmtray, and end in .calmpack."),
    "pack-no-file": marked("{file} is not an ordinary file. Choose a file that ends in .calmpack."),
    "pack-unreadable": marked("The pack can’t be read: {file} ({reason}). Check who may read it."),
    "pack-cut-short": marked("The pack is cut short, or something was added to it. Ask for it again."),
    "pack-damaged": marked("The pack is damaged, at “{file}”. Ask for it again."),
    "pack-odd": marked(
        "The pack is not built as calmtray builds them, so it stays closed. Ask for one made by calmtray."
    ),
    "pack-locked": marked("The pack is locked with a password. Ask for one without."),
    "pack-bomb": marked("“{file}” would unpack to far more than practices need, so the pack stays closed."),
    "pack-too-large": marked("The pack holds more than {most} MB. Make two of it, or leave some recordings out."),
    "pack-too-many": marked(
        "The pack holds more than a pack can, which is {most} practices with short texts. Make two of it."
    ),
    "pack-too-many-files": marked("The pack holds more than {most} files. Make two of it."),
    "pack-file-too-large": marked("“{file}” is larger than {most} kB. Shorten it."),
    "pack-name-too-long": marked("The pack holds a name of more than {most} letters (“{file}”), so it stays closed."),
    "pack-name-leads-out": marked(
        "“{file}” in the pack leads out of the practices folder, so the pack stays closed. Better not to trust it."
    ),
    "pack-name-odd": marked(
        "“{file}” is no name that a pack can have: practices/<id>.toml or recordings/<id>.<step>.wav, in small letters,"
        " at most 60 of them, and none that Windows keeps for itself."
    ),
    "pack-name-twice": marked("“{file}” is in the pack twice, so it can’t be told which one is meant."),
    "pack-name-of-another": marked("“{file}” holds the practice “{id}”: the pack was put together wrongly."),
    "pack-not-a-file": marked("“{file}” in the pack is a link or a folder, where only text and sound belong."),
    "pack-manifest-wrong": marked("The list of what is in the pack can’t be read. Ask for one made by calmtray."),
    "pack-newer": marked("The pack was made by a newer calmtray. Install a newer calmtray to open it."),
    "pack-file-missing": marked("“{file}” is named in the pack’s list, and is not in the pack. Ask for it again."),
    "pack-unlisted": marked("“{file}” is in the pack, and not in its list. Only text and sound belong into a pack."),
    "pack-empty": marked("No practice is in the pack."),
    "pack-twice": marked("Two of the files have the id “{id}”. Give one of them another id."),
    "pack-recording-not-audio": marked("“{file}” is no whole WAV. Save the recording as an ordinary WAV."),
    "pack-recording-empty": marked("There is nothing in the recording “{file}”. Record it again, or leave it out."),
    "pack-recording-too-long": marked(
        "The recording “{file}” is longer than five minutes. Cut it to the words of its step."
    ),
    "pack-recording-of-nothing": marked("The recording “{file}” belongs to no words of a practice in the pack."),
    "pack-changed": marked("The pack has changed since it was shown. Open it again to see what is in it now."),
    "pack-busy": marked("Another calmtray is changing the practices folder. Try again in a moment."),
    "pack-unwritable": marked(
        "The pack can’t be written: {file} ({reason}). Is the disk full, or the folder read-only?"
    ),
    "pack-not-taken": marked(
        "The pack can’t be added ({reason}), and your practices are as they were. Is the disk full, or the folder"
        " read-only?"
    ),
    "pack-not-undone": marked("This can’t be undone ({reason}). Your practices stay as they are now."),
}


def contents_text(pack: Pack) -> str:
    """How much is in it, in a line: ``2 practices, 3 recordings, 14 MB``."""
    practices = len(pack.practices)
    recordings = sum(len(packed.recordings) for packed in pack.practices)
    parts = [plural("{number} practice", "{number} practices", practices).format(number=practices)]
    if recordings:
        parts.append(recordings_text(recordings))
    return ", ".join([*parts, size_text(pack.size)])


def recordings_text(number: int) -> str:
    """How many recordings there are."""
    return plural("{number} recording", "{number} recordings", number).format(number=number)


def size_text(size: int) -> str:
    """Bytes as people say them."""
    if size < 1_000_000:
        return _("{number} kB").format(number=-(-size // 1000))
    return _("{number} MB").format(number=round(size / 1_000_000))


def facts_text(packed: Packed) -> str:
    """A packed practice in a line: its length, its languages, its recordings."""
    parts = [length_text(packed.practice.length_ms)]
    parts.append(" + ".join(language_name(lang) for lang in packed.practice.languages))
    if packed.recordings:
        parts.append(recordings_text(len(packed.recordings)))
    return " · ".join(parts)


def standing_text(standing: str, id_: str) -> str:
    """What the library has of it already; empty where it has nothing."""
    return {
        "new": "",
        "same": _("You have this one already, exactly so."),
        "own": _("You have another practice with the id “{id}”."),
        "bundled": _("calmtray has a practice of its own with the id “{id}”, and keeps it."),
    }[standing].format(id=id_)


def choice_text(choice: str) -> str:
    """What becomes of a practice whose id is taken."""
    return {
        "skip": _("Leave it out"),
        "replace": _("Replace mine (it is set aside)"),
        "keep-both": _("Keep both"),
    }[choice]


def taken_text(taken: Taken) -> str:
    """What a pack changed, in a line."""
    added, replaced, skipped = len(taken.added), len(taken.replaced), len(taken.skipped)
    parts = [
        (added, plural("{number} practice added.", "{number} practices added.", added)),
        (replaced, plural("{number} practice replaced.", "{number} practices replaced.", replaced)),
        (skipped, plural("{number} practice left out.", "{number} practices left out.", skipped)),
    ]
    return " ".join(sentence.format(number=number) for number, sentence in parts if number)


def made_text(pack: Pack) -> str:
    """What was packed, and where it is."""
    return _("{contents}: {path}").format(contents=contents_text(pack), path=pack.path)
