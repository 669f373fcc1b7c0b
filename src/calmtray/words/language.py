"""Which language calmtray speaks, and the translated form of each of its sentences (gettext catalogues)."""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from calmtray.practice.model import LANGUAGES

T = TypeVar("T")

DOMAIN = "calmtray"
LOCALE = Path(__file__).parent / "locale"

_lang = LANGUAGES[0]
_catalogue: catalogues.NullTranslations = catalogues.NullTranslations()


def use_language(lang: str) -> None:
    """Speak this language (a code of ``LANGUAGES``) from now on."""
    global _lang, _catalogue
    _lang = lang
    _catalogue = catalogues.translation(DOMAIN, LOCALE, [lang], fallback=lang == LANGUAGES[0])


def language() -> str:
    """The language spoken now."""
    return _lang


def in_each_language(say: Callable[[], T]) -> list[T]:
    """What ``say`` says in every language, in the order of ``LANGUAGES``."""
    spoken, said = _lang, []
    try:
        for lang in LANGUAGES:
            use_language(lang)
            said.append(say())
    finally:
        use_language(spoken)
    return said


def _(message: str) -> str:
    """The sentence in the language spoken now."""
    return _catalogue.gettext(message)


def marked(message: str) -> str:
    """The sentence itself, marked for the catalogues; ``_`` translates it where it is said."""
    return message


def plural(one: str, many: str, number: int) -> str:
    """The sentence for this number of things."""
    return _catalogue.ngettext(one, many, number)


def preferred(wanted: Iterable[str]) -> str:
    """The first wanted language (``fr-CA``, ``fr_FR.UTF-8``, ``fr``) that calmtray speaks, else English."""
    for code in wanted:
        base = code.replace("_", "-").split("-")[0].split(".")[0].lower()
        if base in LANGUAGES:
            return base
    return LANGUAGES[0]


def environment_languages(environ: Mapping[str, str]) -> list[str]:
    """The languages that the environment asks for, in gettext's order of precedence."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return environ[name].split(":")
    return []
