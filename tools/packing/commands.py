"""calmtray's commands and options, read off the parser itself, for the man page and for shells."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field

from calmtray.practice.model import Need, Where
from calmtray.settings.model import SETTINGS

WITH_PRACTICES = ("ID",)
"""What stands in the usage for the id of a practice."""

FILE_OPTIONS = ("--out", "--settings", "--agenda")
FOLDER_OPTIONS = ("--home",)

_CHOICES = {setting.name: setting.choices for setting in SETTINGS}
VALUES = {
    "--need": tuple(need.value for need in Need),
    "--where": tuple(where.value for where in Where),
    "--voice": _CHOICES["voice_en"],
    "--ambience": _CHOICES["ambience"],
    "--breath": _CHOICES["breath_sound"],
}
"""What the parser takes as a text, to say in a sentence of its own what is wrong with another."""


@dataclass(frozen=True)
class Option:
    """One option: its names, what it takes as a usage has it (empty: nothing), what for, and from which words."""

    names: tuple[str, ...]
    takes: str
    help: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """What stands behind a command. ``words``: what of it is meant as it is; ``usage``: as a man page has it."""

    name: str
    usage: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Command:
    """One command: its words (``("pack", "make")``; the program itself has none), and all that may follow."""

    words: tuple[str, ...]
    help: str
    options: tuple[Option, ...] = ()
    takes: tuple[Taken, ...] = ()
    below: tuple[Command, ...] = field(default=())

    @property
    def takes_practices(self) -> bool:
        """Whether the ids of practices follow."""
        return any(each.name in WITH_PRACTICES for each in self.takes)

    @property
    def takes_words(self) -> tuple[str, ...]:
        """The words that may follow as they are."""
        return tuple(word for each in self.takes for word in each.words)

    @property
    def takes_files(self) -> bool:
        """Whether files follow."""
        return any(each.name.startswith(("FILE", "FICHIER")) for each in self.takes)


def read(parser: argparse.ArgumentParser, words: tuple[str, ...] = (), help_: str = "") -> Command:
    """The command that this parser reads."""
    options, takes, below = [], [], []
    for action in parser._actions:  # noqa: SLF001 - argparse tells it in no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            below = list(_below(action, words))
        elif action.option_strings:
            options.append(_option(action))
        else:
            takes.append(_taken(action))
    return Command(words, help_ or parser.description or "", tuple(options), tuple(takes), tuple(below))


def every(command: Command) -> Iterator[Command]:
    """The command and all below it."""
    yield command
    for one in command.below:
        yield from every(one)


def _below(action: argparse._SubParsersAction[argparse.ArgumentParser], words: tuple[str, ...]) -> Iterator[Command]:
    for name, parser in action.choices.items():
        yield read(parser, (*words, name), parser.description or "")


def _taken(action: argparse.Action) -> Taken:
    words = tuple(map(str, action.choices or ()))
    name = str(action.metavar or "|".join(words) or action.dest)
    usage = f"{name} …" if action.nargs in ("+", "*") else name
    alternatives = tuple(part for part in name.split("|") if part.islower() and "|" in name)
    return Taken(name, f"[{usage}]" if action.nargs in ("?", "*") else usage, words or alternatives)


def _option(action: argparse.Action) -> Option:
    words = tuple(map(str, action.choices or ()))
    takes = "" if action.nargs == 0 else str(action.metavar or "|".join(words) or action.dest.upper())
    choices = words or VALUES.get(action.option_strings[-1], ())
    return Option(tuple(action.option_strings), takes, action.help or "", choices)
