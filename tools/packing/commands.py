"""calmtray's commands and options, read off the parser itself, for the man page and for shells."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field

WITH_PRACTICES = ("ID",)
"""What stands in the usage for the id of a practice."""


@dataclass(frozen=True)
class Option:
    """One option: its names, what it takes (empty: nothing), what for, and from which words."""

    names: tuple[str, ...]
    takes: str
    help: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Command:
    """One command: its words (``("pack", "make")``; the program itself has none), and all that may follow."""

    words: tuple[str, ...]
    help: str
    options: tuple[Option, ...] = ()
    takes: tuple[tuple[str, str], ...] = ()
    below: tuple[Command, ...] = field(default=())

    @property
    def takes_practices(self) -> bool:
        """Whether the ids of practices follow."""
        return any(name in WITH_PRACTICES for name, _ in self.takes)

    @property
    def takes_files(self) -> bool:
        """Whether files follow."""
        return any(name not in WITH_PRACTICES for name, _ in self.takes)


def read(parser: argparse.ArgumentParser, words: tuple[str, ...] = (), help_: str = "") -> Command:
    """The command that this parser reads."""
    options, takes, below = [], [], []
    for action in parser._actions:  # noqa: SLF001 - argparse tells it in no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            below = list(_below(action, words))
        elif action.option_strings:
            options.append(_option(action))
        else:
            takes.append((str(action.metavar or action.dest), action.help or ""))
    return Command(words, help_ or parser.description or "", tuple(options), tuple(takes), tuple(below))


def every(command: Command) -> Iterator[Command]:
    """The command and all below it."""
    yield command
    for one in command.below:
        yield from every(one)


def _below(action: argparse._SubParsersAction[argparse.ArgumentParser], words: tuple[str, ...]) -> Iterator[Command]:
    for name, parser in action.choices.items():
        yield read(parser, (*words, name), parser.description or "")


def _option(action: argparse.Action) -> Option:
    takes = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    choices = tuple(map(str, action.choices or ()))
    return Option(tuple(action.option_strings), takes, action.help or "", choices)
