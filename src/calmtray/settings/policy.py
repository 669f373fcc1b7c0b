"""What an organisation settles for everybody on its machines: a file that users read and can't write."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from calmtray.practice.problem import Problem
from calmtray.settings.model import SETTINGS, Settings, Value

T = TypeVar("T")

FIX, HIDE, EXPORTS = "fix", "hide", "exports"

KNOWN = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Policy:
    """``fixed``: settings by name, for good; ``hidden``: settings without a row; ``exports``: whether files may leave.

    ``problems``: what in the file makes no sense; the rest of it counts.
    """

    fixed: Mapping[str, Value] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    exports: bool = True
    problems: tuple[Problem, ...] = ()

    def apply(self, settings: Settings) -> Settings:
        """The settings as they count here."""
        return replace(settings, **dict(self.fixed)) if self.fixed else settings  # type: ignore[arg-type]

    def without_fixed(self, settings: Settings, own: Settings) -> Settings:
        """The user's own settings: those that count, but for what is fixed, which stays what ``own`` has."""
        return replace(settings, **{name: getattr(own, name) for name in self.fixed})


NO_POLICY = Policy()


def read_policy(path: Path) -> Policy:
    """The policy of this machine; one that settles nothing where there is none. Never fails for what is in the file.

    Of one that can't be read nobody knows what it forbids: nothing may leave until it is put right.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return NO_POLICY
    except OSError as error:
        details = {"reason": error.strerror or str(error)}
        return Policy(exports=False, problems=(Problem("policy-unreadable", file=str(path), details=details),))
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        details = {"reason": str(error)}
        return Policy(exports=False, problems=(Problem("policy-damaged", file=str(path), details=details),))
    return _policy(table, str(path))


def _policy(table: Mapping[str, Any], file: str) -> Policy:
    problems = [Problem("policy-unknown", name, file=file) for name in sorted(table.keys() - {FIX, HIDE, EXPORTS})]

    def wrong(code: str, where: str) -> None:
        problems.append(Problem(code, where, file=file))

    fixed: dict[str, Value] = {}
    for name, raw in _expected(dict, table, FIX, {}, wrong).items():
        value = tuple(raw) if isinstance(raw, list) else raw
        if name not in KNOWN:
            wrong("policy-no-setting", f"{FIX}.{name}")
        elif not KNOWN[name].accepts(value):
            wrong("policy-value", f"{FIX}.{name}")
        else:
            fixed[name] = value
    hidden = [str(name) for name in _expected(list, table, HIDE, [], wrong)]
    for name in hidden:
        if name not in KNOWN:
            wrong("policy-no-setting", f"{HIDE}: {name}")
    exports = _expected(bool, table, EXPORTS, EXPORTS not in table, wrong)
    # Whoever names it in another place (below ``[fix]``, say) or in another way did not mean that everything may leave.
    misplaced = any("export" in problem.where for problem in problems)
    return Policy(fixed, frozenset(hidden) & KNOWN.keys(), exports and not misplaced, tuple(problems))


def _expected(kind: type[T], table: Mapping[str, Any], name: str, otherwise: T, wrong: Callable[[str, str], None]) -> T:
    value = table.get(name, otherwise)
    if isinstance(value, kind):
        return value
    wrong("policy-value", name)
    return otherwise
