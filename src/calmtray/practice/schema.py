"""The JSON Schema of format 1, generated from the table of fields."""

from __future__ import annotations

from typing import Any

from calmtray.practice.fields import PRACTICE, Field, Kind
from calmtray.practice.model import LANGUAGES

Schema = dict[str, Any]


def practice_schema() -> Schema:
    """The schema of a practice file (JSON Schema 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "calmtray practice, format 1",
        **_table(PRACTICE),
    }


def _table(fields: tuple[Field, ...]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if field.required],
        "properties": {field.name: {"description": field.doc, **_value(field)} for field in fields},
    }


def _value(field: Field) -> Schema:
    choice = {"enum": list(field.choices)}
    number = {"minimum": field.low, "maximum": field.high}
    text = {"type": "string", "minLength": 1}
    match field.kind:
        case Kind.TEXT:
            return {"type": "string", "pattern": f"^{field.regex}$"}
        case Kind.LINE:
            return {"type": "string", "minLength": field.low, "maxLength": field.high}
        case Kind.WORDS:
            said = {lang: {**text, "maxLength": field.high} for lang in LANGUAGES}
            return {"type": "object", "additionalProperties": False, "minProperties": 1, "properties": said}
        case Kind.CHOICE:
            return choice
        case Kind.CHOICES:
            return {"type": "array", "minItems": 1, "items": choice}
        case Kind.TEXTS:
            return {"type": "array", "items": {"type": "string", "pattern": f"^{field.regex}$"}}
        case Kind.FLAG:
            return {"type": "boolean"}
        case Kind.WHOLE:
            return {"type": "integer", **number}
        case Kind.NUMBER:
            return {"type": "number", **number}
        case Kind.RANGE:
            return {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number", **number}}
        case Kind.TABLE:
            return _table(field.fields)
    assert field.kind is Kind.TABLES
    return {"type": "array", "minItems": 1, "items": _table(field.fields)}
