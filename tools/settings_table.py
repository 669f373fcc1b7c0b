"""Write docs/settings.md, every setting and what it takes, from the settings themselves: ``python3 dev.py schema``."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from calmtray.settings.model import SETTINGS, Setting, Value
from calmtray.words.language import use_language
from calmtray.words.setting_texts import section_text, setting_help, setting_name

TARGET = Path(__file__).parent.parent / "docs" / "settings.md"

INTRODUCTION = """\
# Every setting

The file is `~/.config/calmtray/settings.toml` (on other systems, the page *Settings* shows where it is). It is
[TOML](https://toml.io), one `name = value` in a line, and is there once somebody has changed a setting. The same names
and values stand under `[fix]` in [what an organisation settles](policy.md). What makes no sense is kept beside the file
and told on the Now page, and the usual value counts. This page is made from the source by `python3 dev.py schema`.
"""

FORMATS = {
    "clock_times": 'list of `"10:50"`, `"*:50"` (past every working hour), `"mon,wed 14:00"`',
    "working_hours": 'list of `"mon-fri 09:00-12:00 13:00-17:00"`',
    "other_days": 'list of `"2026-12-24 off"`, `"2026-12-28 09:00-12:00"`',
    "circles": 'list of `"thu 12:30 Supervision"`, `"2026-12-03 18:00 Community of practice"`',
}
REMEMBERED = {
    "my_pace": "the pace that was found in *Find my pace*",
    "at_my_pace": "slow breaths go at that pace",
    "song": "the file for the practice *One song*",
    "pictures": "the folder for the practice *Laugh file*",
    "checklist": "the lines for the practice *Leave work at work*",
    "favourites": "ids of practices",
    "hidden": "ids of practices that are not listed",
    "now_needs": "what was said on the Now page: how things are",
    "now_said": "when that was said",
    "offers_today": "the day, and whether offers were sent away for it (“off”) or called back (“on”)",
    "now_seconds": "how long there is, 0 for any length",
    "now_where": "where one is",
}
"""What is remembered where it is used, and has no row on a page."""


def settings_page() -> str:
    """The file as it should be."""
    use_language("en")
    parts = [INTRODUCTION]
    shown = [setting for setting in SETTINGS if setting.section]
    for section, settings in groupby(shown, key=lambda setting: setting.section):
        parts.append(_table(section_text(section), settings))
    parts.append(_table("Remembered where it is used", (setting for setting in SETTINGS if not setting.section)))
    return "\n".join(parts)


def _table(heading: str, settings: Iterable[Setting]) -> str:
    rows = [_row(setting) for setting in settings]
    return "\n".join([f"## {heading}\n", "| name | what it is | takes | usual |", "|---|---|---|---|", *rows, ""])


def _row(setting: Setting) -> str:
    said = ("", "") if setting.name in REMEMBERED else (setting_name(setting.name), setting_help(setting.name))
    about = REMEMBERED.get(setting.name) or ". ".join(filter(None, said))
    return f"| `{setting.name}` | {about} | {_takes(setting)} | {_toml(setting.default)} |"


def _takes(setting: Setting) -> str:
    if setting.name in FORMATS:
        return f"{FORMATS[setting.name]}, {setting.high} at most"
    choices = ", ".join(f'`"{choice}"`' for choice in setting.choices)
    if isinstance(setting.default, tuple):
        return f"list of {choices or 'texts'}, {setting.high} at most"
    if choices:
        return choices
    if isinstance(setting.default, bool):
        return "`true`, `false`"
    return f"{setting.low} to {setting.high}" if isinstance(setting.default, int) else "text"


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(_quoted(each) for each in value)}]`"
    return f"`{_quoted(value) if isinstance(value, str) else value}`"


def _quoted(text: str) -> str:
    return f'"{text}"'


def write() -> None:
    """Write it."""
    TARGET.write_text(settings_page(), encoding="utf-8")
