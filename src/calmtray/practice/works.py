"""The works that practices cite: ``practices/sources.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """One paper or book: who wrote it, in which year, its title, where it was published, and its DOI if it has one."""

    id: str
    author: str
    year: int
    title: str
    published: str
    doi: str = ""


def parse_works(text: str) -> dict[str, Work]:
    """Every work by its id. The file ships with the app: a mistake in it is a bug, and raises TypeError, ValueError."""
    return {id_: Work(id_, **fields) for id_, fields in tomllib.loads(text).items()}
