"""Write what follows from tables in the source: ``python3 dev.py schema``.

The JSON Schema of practice files, and the page of every setting (``settings_table``).
"""

from __future__ import annotations

import json
from pathlib import Path

from calmtray.practice.schema import practice_schema
from tools import settings_table

TARGET = Path(__file__).parent.parent / "docs" / "practice.schema.json"


def schema_text() -> str:
    """The file as it should be."""
    return json.dumps(practice_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(schema_text(), encoding="utf-8")
    settings_table.write()
