"""The man page, in the language spoken now."""

from __future__ import annotations

from collections.abc import Iterable

from calmtray.words.language import _, language
from tools.packing.commands import Command, Option, every

HEADINGS = {
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "FILES", "EXIT STATUS"),
    "fr": ("NOM", "SYNOPSIS", "DESCRIPTION", "COMMANDES", "OPTIONS", "FICHIERS", "CODE DE RETOUR"),
}
NAME = {
    "en": "short practices between two client sessions, from the system tray",
    "fr": "de courtes pratiques entre deux rencontres, depuis la zone de notification",
}
DESCRIPTION = {
    "en": "With no command, calmtray starts in the tray, or brings the one that runs forward.",
    "fr": "Sans commande, calmtray démarre dans la zone de notification, ou fait venir celui qui tourne déjà.",
}
ANYWHERE = {
    "en": "Those of calmtray itself may stand before a command or after it.",
    "fr": "Celles de calmtray lui-même se placent avant une commande ou après elle.",
}
FILES = {
    "~/.config/calmtray/settings.toml": {"en": "the settings", "fr": "les réglages"},
    "~/.local/share/calmtray/journal.sqlite3": {"en": "the journal", "fr": "le journal"},
    "~/.local/share/calmtray/practices/": {"en": "practices of your own", "fr": "vos propres pratiques"},
    "~/.local/state/calmtray/calmtray.log": {"en": "what went wrong", "fr": "ce qui a mal tourné"},
    "/etc/calmtray/policy.toml": {"en": "what an organisation settles", "fr": "ce qu’une organisation a réglé"},
    "~/.config/autostart/calmtray.desktop": {"en": "opens calmtray at login", "fr": "ouvre calmtray avec la session"},
}
STATUS = {
    "0": {"en": "all is well", "fr": "tout va bien"},
    "1": {"en": "trouble with the machine", "fr": "un ennui avec la machine"},
    "2": {"en": "a mistake in the request", "fr": "une erreur dans la demande"},
    "130": {"en": "interrupted", "fr": "interrompu"},
}


def manual(program: Command, version: str, day: str) -> str:
    """``day``: as in 2026-11-26."""
    lang = language()
    name, synopsis, description, commands, options, files, status = HEADINGS[lang]
    lines = [
        f'.TH CALMTRAY 1 "{day}" "calmtray {version}"',
        # Words that may be typed are not parted, and so lines can't all end at the edge.
        ".nh",
        ".ad l",
        *_section(name, [f"calmtray \\- {_plain(NAME[lang])}"]),
        *_section(synopsis, [".B calmtray", _plain(f"[--home {_('DIR')}] [--lang en|fr] [{_('COMMAND')} …]")]),
        *_section(description, [_plain(DESCRIPTION[lang])]),
        *_section(commands, [line for one in every(program) if one.words for line in _command(one, program)]),
        *_section(options, [_plain(ANYWHERE[lang]), *_options(program.options)]),
        *_section(files, [line for path, said in FILES.items() for line in _item(path, said[lang])]),
        *_section(status, [line for number, said in STATUS.items() for line in _item(number, said[lang])]),
    ]
    return "\n".join(lines) + "\n"


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    return [f'.SH "{heading}"', *lines]


def _command(command: Command, program: Command) -> list[str]:
    usage = " ".join((*command.words, *(each.usage for each in command.takes)))
    everywhere = {option.names for option in program.options}
    own = [option for option in command.options if option.names not in everywhere]
    indented = [".RS", *_options(own), ".RE"] if own else []
    return [*_item(f"calmtray {usage}", command.help), *indented]


def _options(options: Iterable[Option]) -> list[str]:
    return [line for option in options for line in _item(_usage(option), option.help)]


def _usage(option: Option) -> str:
    return f"{', '.join(option.names)} {option.takes}".strip()


def _item(name: str, said: str) -> list[str]:
    return [".TP", f".B {_plain(name)}", _plain(said)]


def _plain(text: str) -> str:
    """Text as roff takes it."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("%%", "%")
    return f"\\&{text}" if text[:1] in (".", "'") else text
