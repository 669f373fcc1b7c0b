"""The plain part of TOML that practices are written in, read three times as fast as ``tomllib`` does.

A library of a thousand practices is read while somebody waits. ``tomllib`` goes from letter to letter; here a regular
expression takes a statement at a time. It knows bare keys of one or two parts, texts without escapes, numbers, lists
and inline tables of those, and tables of one level (TOML 1.0). Whatever else a file holds, right or wrong, is left to
``tomllib``.
"""

from __future__ import annotations

import re
from typing import Any

# A group is never possessive: Python 3.11.2, which Debian 12 brings, takes such a one for no match.
_KEY = r"[A-Za-z0-9_-]++"
# Neither a quote, an escape nor a control character, but a tab.
_LETTERS = r'[^"\\\x00-\x08\x0a-\x1f\x7f]*+'
_LETTERS_AND_LINES = r'[^"\\\x00-\x08\x0b-\x1f\x7f]*+'
_TEXT = rf'"{_LETTERS}"(?!")'
_LONG_TEXT = rf'"""\n?(?P<long>{_LETTERS_AND_LINES}(?:"(?!""){_LETTERS_AND_LINES})*)"""(?!")'
_NUMBER = r"(?:0|[1-9][0-9]{0,8}+)(?:\.[0-9]{1,9}+)?"
_SCALAR = rf"(?:{_TEXT}|{_NUMBER}|true|false)"
_SPACE = r"[ \t]*+"
_GAP = r"[ \t\n]*+"
_LIST = rf"\[{_GAP}(?:{_SCALAR}{_GAP}(?:,{_GAP}|(?=\])))*\]"
_PAIR = rf"{_KEY}{_SPACE}={_SPACE}{_SCALAR}{_SPACE}"
_TABLE = rf"\{{{_SPACE}(?:{_PAIR}(?:,{_SPACE}{_PAIR})*)?\}}"
_COMMENT = r"(?:#[^\x00-\x08\x0a-\x1f\x7f]*+)?"

_STATEMENT = re.compile(
    rf"(?:{_SPACE}{_COMMENT}\n)*{_SPACE}"
    rf"(?:(?P<key>{_KEY})(?:\.(?P<part>{_KEY}))?{_SPACE}={_SPACE}"
    rf'(?:{_LONG_TEXT}|"(?P<text>{_LETTERS})"(?!")|(?P<other>{_NUMBER}|true|false|{_LIST}|{_TABLE}))'
    rf"|\[(?P<table>{_KEY})\]|\[\[(?P<entry>{_KEY})\]\])?"
    rf"{_SPACE}{_COMMENT}(?:\n|\Z)"
)
_ONE_SCALAR = re.compile(_SCALAR)
_ONE_PAIR = re.compile(rf"({_KEY}){_SPACE}={_SPACE}({_SCALAR})")


def plain_table(text: str) -> dict[str, Any] | None:
    """What ``tomllib.loads`` makes of the text, or None where the text is not plain."""
    root: dict[str, Any] = {}
    entries: set[str] = set()
    here = root
    parts: set[str] = set()
    place, end = 0, len(text)
    while place < end:
        found = _STATEMENT.match(text, place)
        if found is None:
            return None
        place = found.end()
        key, part, long, short, other, table, entry = found.groups()
        if key is not None:
            value = long if long is not None else short if short is not None else _value(other)
            if not _put(here, parts, key, part, value):
                return None
        elif table is not None or entry is not None:
            here, parts = {}, set()
            if table is not None:
                if table in root:
                    return None
                root[table] = here
            elif entry in entries:
                root[entry].append(here)
            elif entry in root:
                return None
            else:
                entries.add(entry)
                root[entry] = [here]
    return root


def _put(here: dict[str, Any], parts: set[str], key: str, part: str | None, value: Any) -> bool:
    """Put a value under its key, or under a part of it; False where it can't be. ``parts``: the keys that have some."""
    if part is None:
        target, name = here, key
    elif key not in here:
        parts.add(key)
        target, name = here.setdefault(key, {}), part
    elif key in parts:
        target, name = here[key], part
    else:
        return False
    if value is None or name in target:
        return False
    target[name] = value
    return True


def _value(written: str) -> Any:
    """The value of a number, yes or no, list or table; None for a table that says a thing twice."""
    if written[0] == "[":
        return [_scalar(one) for one in _ONE_SCALAR.findall(written)]
    if written[0] == "{":
        pairs = _ONE_PAIR.findall(written)
        table = {key: _scalar(one) for key, one in pairs}
        return table if len(table) == len(pairs) else None
    return _scalar(written)


def _scalar(written: str) -> str | bool | int | float:
    if written[0] == '"':
        return written[1:-1]
    if written in ("true", "false"):
        return written == "true"
    return float(written) if "." in written else int(written)
