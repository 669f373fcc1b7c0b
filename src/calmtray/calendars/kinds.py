"""What an appointment is, by the words in its title. The title goes no further than this."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from calmtray.schedule.agenda import EventKind


@dataclass(frozen=True, slots=True)
class Marks:
    """The words that mark a client session, and those of a meeting with peers.

    ``all_busy``: whatever else keeps somebody busy is a client session.
    """

    client: tuple[str, ...] = ()
    circle: tuple[str, ...] = ()
    all_busy: bool = False


class Kinds:
    """Tells kinds apart. A word counts where one in the title begins with it (client: clients, cliente, client·e).

    Neither capitals nor accents matter. A meeting with peers comes first: “supervision of client work” is one.
    """

    def __init__(self, marks: Marks) -> None:
        self._all_busy = marks.all_busy
        self._client, self._circle = _any_of(marks.client), _any_of(marks.circle)

    def of(self, title: str) -> EventKind:
        """The kind of an appointment with such a title."""
        plain = _plain(title)
        if self._circle.search(plain):
            return EventKind.CIRCLE
        if self._all_busy or self._client.search(plain):
            return EventKind.CLIENT_SESSION
        return EventKind.BUSY


def _any_of(words: Collection[str]) -> re.Pattern[str]:
    plain = [re.escape(word) for word in (_plain(word.strip()) for word in words) if word]
    # Without a word, what never matches.
    return re.compile(rf"(?<!\w)(?:{'|'.join(plain)})" if plain else r"(?!)")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
