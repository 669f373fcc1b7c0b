"""A mistake in data, as a value. The sentences for people are in ``words.texts``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Detail = str | int | float


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong (``code``) and where: a file, a line, or a path such as ``steps[2].breathe.in``."""

    code: str
    where: str = ""
    line: int | None = None
    file: str = ""
    details: Mapping[str, Detail] = field(default_factory=dict)
