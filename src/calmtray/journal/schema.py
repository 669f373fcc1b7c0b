"""The journal's tables, version by version. The version is SQLite's ``PRAGMA user_version``."""

from __future__ import annotations

VERSION_1 = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY,
        practice TEXT NOT NULL,
        began_utc TEXT NOT NULL,
        utc_offset_minutes INTEGER NOT NULL,
        planned_ms INTEGER NOT NULL CHECK (planned_ms > 0),
        played_ms INTEGER NOT NULL DEFAULT 0 CHECK (played_ms >= 0),
        ending TEXT NOT NULL DEFAULT 'open' CHECK (ending IN ('open', 'finished', 'stopped', 'interrupted')),
        lang TEXT NOT NULL,
        pacer TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX sessions_began ON sessions (began_utc)",
)

VERSION_2 = (
    # What became of every offer that was due. One occurrence has one row.
    """
    CREATE TABLE offers (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        due_utc TEXT NOT NULL,
        utc_offset_minutes INTEGER NOT NULL,
        settled_utc TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'later', 'passed', 'expired', 'not-today', 'quiet')),
        reason TEXT CHECK ((reason IS NOT NULL) = (outcome = 'quiet')),
        practice TEXT NOT NULL DEFAULT '',
        again_utc TEXT CHECK ((again_utc IS NOT NULL) = (outcome = 'later')),
        UNIQUE (kind, due_utc)
    ) STRICT
    """,
    "CREATE INDEX offers_due ON offers (due_utc)",
    # When somebody said that a client was with them, and nothing else about it.
    """
    CREATE TABLE client_sessions (
        id INTEGER PRIMARY KEY,
        began_utc TEXT NOT NULL,
        ends_utc TEXT NOT NULL CHECK (ends_utc >= began_utc)
    ) STRICT
    """,
)

VERSION_3 = tuple(
    # How it felt, from 0 to 1, where somebody was asked and answered.
    f"ALTER TABLE sessions ADD COLUMN {name} REAL CHECK ({name} BETWEEN 0 AND 1)"
    for name in ("pleasure_before", "arousal_before", "pleasure_after", "arousal_after")
)

VERSION_4 = (
    # Whether somebody said that it was over, or it just ran out.
    "ALTER TABLE client_sessions ADD COLUMN ended INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1))",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (VERSION_1, VERSION_2, VERSION_3, VERSION_4)
"""Statements that lead from version n to n + 1, one at a time: ``executescript`` would commit half-way."""

LATEST = len(MIGRATIONS)
