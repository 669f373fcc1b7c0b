"""The page of every setting says what the source says."""

from __future__ import annotations

import re
import tomllib

from calmtray.settings.model import DEFAULTS, SETTINGS
from tools import schema
from tools.settings_table import FORMATS, REMEMBERED, TARGET, settings_page


def test_the_page_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == settings_page(), "write it again: python3 dev.py schema"


def test_every_setting_has_a_line_and_its_usual_value_is_toml():
    usual = dict(re.findall(r"^\| `(\w+)` \|.*\| `(.*)` \|$", settings_page(), re.MULTILINE))
    assert list(usual) == [s.name for s in SETTINGS if s.section] + [s.name for s in SETTINGS if not s.section]
    for name, value in usual.items():
        read = tomllib.loads(f"x = {value}")["x"]
        assert (tuple(read) if isinstance(read, list) else read) == getattr(DEFAULTS, name)


def test_the_formats_that_it_shows_are_taken():
    known = {setting.name: setting for setting in SETTINGS}
    for name, said in FORMATS.items():
        assert all(known[name].accepts((text,)) for text in re.findall(r'`"([^"]*)"`', said)), name
    assert set(REMEMBERED) == {setting.name for setting in SETTINGS if not setting.section}


def test_the_schema_of_practice_files_is_up_to_date_as_well():
    assert schema.TARGET.read_text(encoding="utf-8") == schema.schema_text(), "write it again: python3 dev.py schema"
