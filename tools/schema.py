"""Write the JSON Schema of practice files from the table of fields: ``python3 dev.py schema``."""

from __future__ import annotations

import json
from pathlib import Path

from calmtray.practice.schema import practice_schema

TARGET = Path(__file__).parent.parent / "docs" / "practice.schema.json"


def schema_text() -> str:
    """The file as it should be."""
    return json.dumps(practice_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(schema_text(), encoding="utf-8")
