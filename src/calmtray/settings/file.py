"""The settings file: read, repaired where damaged, written whole or not at all. Nothing the user wrote is lost."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from calmtray.settings.model import DEFAULTS, SETTINGS, Settings
from calmtray.settings.policy import NO_POLICY, Policy

SET_ASIDE = "settings.set-aside.toml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, keys this version does not know (kept for the one that does), and what was set aside."""

    settings: Settings = DEFAULTS
    unknown: dict[str, Any] = field(default_factory=dict)
    set_aside: Path | None = None
    names: tuple[str, ...] = ()


def read_settings(path: Path, policy: Policy = NO_POLICY) -> Settings:
    """The settings as far as they can be read, leaving the file alone; the usual ones where it can't be read."""
    try:
        table, _ = _read(path)
    except OSError:
        table = {}
    return policy.apply(_sorted_out(table)[0])


def refused_names(path: Path) -> tuple[str, ...] | None:
    """What stands in a settings file and is not accepted; None where it can't be read as one at all."""
    try:
        table, damaged = _read(path)
    except OSError:
        return None
    return None if damaged else tuple(_sorted_out(table)[2])


class SettingsFile:
    """One settings file. ``load`` never fails for what is in it; ``save`` raises OSError where it can't write.

    What the ``policy`` fixes counts instead of what the user chose, which stays in the file.
    """

    def __init__(self, path: Path, policy: Policy = NO_POLICY) -> None:
        self.path = path
        self._policy = policy
        self._own = DEFAULTS
        self._unknown: dict[str, Any] = {}
        self._unread = False

    def load(self) -> Loaded:
        """Read it. What can't be read is kept beside it, and the rest is used; a missing file means defaults."""
        loaded = self._load()
        self._own = loaded.settings
        return replace(loaded, settings=self._policy.apply(loaded.settings))

    def _load(self) -> Loaded:
        self._unread = True
        table, damaged = _read(self.path)
        self._unread = False
        if damaged:
            return Loaded(set_aside=self._keep_aside(damaged))
        settings, unknown, refused = _sorted_out(table)
        self._unknown = unknown
        if not refused:
            return Loaded(settings, unknown)
        aside = self._keep_aside(_to_toml(refused))
        return Loaded(settings, unknown, aside, tuple(refused))

    def save(self, settings: Settings) -> None:
        """Write all of it, or nothing. A file that could not be read is put aside first."""
        if self._unread:
            self.path.rename(self._free_name())
            self._unread = False
        self._own = self._policy.without_fixed(settings, self._own)
        values: dict[str, Any] = {setting.name: getattr(self._own, setting.name) for setting in SETTINGS}
        _write_whole(self.path, _to_toml({**values, **self._unknown}))

    def _keep_aside(self, data: bytes) -> Path:
        """Write the bad part beside the file."""
        path = self._free_name()
        _write_whole(path, data)
        return path

    def _free_name(self) -> Path:
        """A name beside the file that is not taken yet."""
        path = self.path.with_name(SET_ASIDE)
        number = 2
        while path.exists():
            path = self.path.with_name(SET_ASIDE.replace(".toml", f"-{number}.toml"))
            number += 1
        return path


def _read(path: Path) -> tuple[dict[str, Any], bytes]:
    """The file's table, or an empty one and the bytes that make no sense. A missing file is an empty one."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}, b""
    try:
        return tomllib.loads(data.decode("utf-8-sig")), b""
    except (ValueError, RecursionError):
        return {}, data


def _sorted_out(table: dict[str, Any]) -> tuple[Settings, dict[str, Any], dict[str, Any]]:
    """The settings that are right, the keys that are unknown, and the values that are refused."""
    known = {setting.name: setting for setting in SETTINGS}
    right: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    refused: dict[str, Any] = {}
    for name, raw in table.items():
        value = tuple(raw) if isinstance(raw, list) else raw
        if name not in known:
            unknown[name] = value
        elif known[name].accepts(value):
            right[name] = value
        elif part := known[name].right_part(value):
            right[name] = part
            refused[name] = tuple(each for each in value if each not in part)
        else:
            refused[name] = value
    return replace(Settings(), **right), unknown, refused


def _to_toml(table: dict[str, Any]) -> bytes:
    # Seldom needed: the file is written when somebody changes a setting.
    import tomli_w

    return tomli_w.dumps(table).encode()


def _write_whole(path: Path, data: bytes) -> None:
    """Write beside the file, then put it in its place in one move, so that a crash leaves the old or the new."""
    # What somebody wrote down or said of themselves is for nobody else on the machine.
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
