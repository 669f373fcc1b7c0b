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

MIGRATIONS: tuple[tuple[str, ...], ...] = (VERSION_1,)
"""Statements that lead from version n to n + 1, one at a time: ``executescript`` would commit half-way."""

LATEST = len(MIGRATIONS)
