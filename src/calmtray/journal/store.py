"""The journal in SQLite: versioned, copied aside before a migration, whole after a crash. The only SQL in the house."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from calmtray.journal.feeling import Feeling
from calmtray.journal.schema import LATEST, MIGRATIONS

if TYPE_CHECKING:
    # Most trays offer nothing.
    from calmtray.schedule.occurrences import OfferRow, Told

LOCKED_FOR_S = 0.25
"""How long to wait for another program that holds the file; the window waits as long."""


class Ended(StrEnum):
    """How a session stands in the journal; ``OPEN`` is one under way."""

    OPEN = "open"
    FINISHED = "finished"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session: when it began (with the offset of that place and day), lengths in ms, and how it ended.

    ``before``, ``after``: how it felt, where somebody was asked and answered.
    """

    id: int
    practice: str
    began: datetime
    planned_ms: int
    played_ms: int
    ending: Ended
    lang: str
    pacer: str
    before: Feeling | None = None
    after: Feeling | None = None


class JournalError(Exception):
    """The journal can't be used; ``code`` and ``path`` say why, ``words.texts`` says it in a sentence."""

    def __init__(self, code: str, path: Path, reason: str = "") -> None:
        super().__init__(f"{code}: {path}: {reason}")
        self.code, self.path, self.reason = code, path, reason


class Journal:
    """The journal of one user, in one file. Nothing is touched before ``open`` or ``open_to_read``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db: sqlite3.Connection | None = None

    def open(self) -> None:
        """Create or migrate the file, and close what a crash left open. Raises JournalError."""
        with self._environment(opening=True):
            self.close()
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # A home may be open to whoever shares the machine. How somebody fares is for nobody else to read.
            with suppress(OSError):
                self.path.parent.chmod(0o700)
            self._refuse_newer()
            self._db = sqlite3.connect(self.path, timeout=LOCKED_FOR_S, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._migrate(self._db)
            self._db.execute("UPDATE sessions SET ending = 'interrupted' WHERE ending = 'open'")

    def open_to_read(self) -> None:
        """Open without changing anything. A journal not begun yet reads as empty. Raises JournalError."""
        with self._environment(opening=True):
            if self.path.exists():
                self._refuse_newer()
                self._db = self._connected_to_read()
                if self._version(self._db) < LATEST:
                    self.close()
                    raise JournalError("older-journal", self.path)

    @property
    def is_open(self) -> bool:
        """Whether it can be read and written."""
        return self._db is not None

    def close(self) -> None:
        """Close the file; harmless where it is not open."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def begin_session(self, practice: str, began: datetime, planned_ms: int, lang: str, pacer: str) -> int:
        """Write the row of a session that has just begun, and give its id. ``began`` carries its UTC offset."""
        offset = began.utcoffset() or timedelta()
        with self._environment():
            cursor = self._open_db().execute(
                "INSERT INTO sessions (practice, began_utc, utc_offset_minutes, planned_ms, lang, pacer)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    practice,
                    _utc(began),
                    round(offset.total_seconds() / 60),
                    planned_ms,
                    lang,
                    pacer,
                ),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def keep_session(self, row: int, played_ms: int, planned_ms: int, ending: Ended = Ended.OPEN) -> None:
        """Write how far a session has come, so that a crash loses a few seconds at most, and how it ended."""
        with self._environment():
            self._open_db().execute(
                "UPDATE sessions SET played_ms = ?, planned_ms = ?, ending = ? WHERE id = ?",
                (played_ms, planned_ms, ending, row),
            )

    def keep_feelings(self, row: int, before: Feeling | None, after: Feeling | None) -> None:
        """Write how it felt before a session and after it."""
        values = [value for each in (before, after) for value in _values(each)]
        with self._environment():
            self._open_db().execute(
                "UPDATE sessions SET pleasure_before = ?, arousal_before = ?, pleasure_after = ?, arousal_after = ?"
                " WHERE id = ?",
                (*values, row),
            )

    def count_sessions(self) -> int:
        """How many sessions there are."""
        if self._db is None:
            return 0
        with self._environment():
            return int(self._db.execute("SELECT COUNT(*) FROM sessions").fetchone()[0])

    def sessions(self, limit: int | None = None, since: datetime | None = None) -> list[SessionRow]:
        """The sessions, newest first. ``since``: those alone that began at this time or later (with a UTC offset)."""
        if self._db is None:
            return []
        with self._environment():
            rows = self._db.execute(
                "SELECT id, practice, began_utc, utc_offset_minutes, planned_ms, played_ms, ending, lang, pacer,"
                " pleasure_before, arousal_before, pleasure_after, arousal_after"
                " FROM sessions WHERE began_utc >= ? ORDER BY began_utc DESC, id DESC LIMIT ?",
                ("" if since is None else _utc(since), -1 if limit is None else limit),
            ).fetchall()
        return [_row(*row) for row in rows]

    def practices_taken(self) -> list[str]:
        """The ids of all practices in the journal, the one taken last first."""
        if self._db is None:
            return []
        with self._environment():
            rows = self._db.execute(
                "SELECT practice FROM sessions GROUP BY practice ORDER BY MAX(began_utc) DESC, MAX(id) DESC"
            ).fetchall()
        return [practice for (practice,) in rows]

    # Offers, and client sessions.

    def keep_offers(self, rows: Iterable[OfferRow], offset: timedelta) -> None:
        """Write what became of offers, all or nothing. ``offset``: from UTC to the time of that place and day.

        An occurrence that has a row keeps it, unless it stayed quiet at a time that is yet to come: then the clock was
        ahead, and the occurrence is still to be.
        """
        values = [
            (
                row.kind,
                _utc(row.due),
                round(offset.total_seconds() / 60),
                _utc(row.settled),
                row.outcome,
                row.reason,
                row.practice,
                _utc(row.again) if row.again is not None else None,
            )
            for row in rows
        ]
        with self._environment(), self._transaction() as db:
            db.executemany(
                "INSERT INTO offers"
                " (kind, due_utc, utc_offset_minutes, settled_utc, outcome, reason, practice, again_utc)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, due_utc) DO UPDATE SET"
                " utc_offset_minutes = excluded.utc_offset_minutes, settled_utc = excluded.settled_utc,"
                " outcome = excluded.outcome, reason = excluded.reason, practice = excluded.practice,"
                " again_utc = excluded.again_utc"
                " WHERE outcome = 'quiet' AND settled_utc > excluded.settled_utc",
                values,
            )

    def offers(self, since: datetime) -> list[OfferRow]:
        """What became of the offers that were due at this time or later, in order. Their times are in UTC."""
        if self._db is None:
            return []
        with self._environment():
            rows = self._db.execute(
                "SELECT kind, due_utc, outcome, settled_utc, reason, practice, again_utc FROM offers"
                " WHERE due_utc >= ? ORDER BY due_utc, id",
                (_utc(since),),
            ).fetchall()
        from calmtray.schedule.occurrences import Kind, OfferRow, Outcome
        from calmtray.schedule.quiet import QuietReason

        return [
            OfferRow(
                Kind(kind),
                _instant(due),
                Outcome(outcome),
                _instant(settled),
                QuietReason(reason) if reason is not None else None,
                practice,
                _instant(again) if again is not None else None,
            )
            for kind, due, outcome, settled, reason, practice, again in rows
        ]

    def begin_client_session(self, session: Told) -> int:
        """Write that somebody is with a client, until when they think, and give its row."""
        with self._environment():
            cursor = self._open_db().execute(
                "INSERT INTO client_sessions (began_utc, ends_utc) VALUES (?, ?)",
                (_utc(session.start), _utc(session.end)),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def keep_client_session(self, row: int, session: Told) -> None:
        """Write another end, and whether somebody ended it."""
        with self._environment():
            self._open_db().execute(
                "UPDATE client_sessions SET ends_utc = ?, ended = ? WHERE id = ?",
                (_utc(session.end), session.ended, row),
            )

    def client_sessions(self, since: datetime) -> list[tuple[int, Told]]:
        """Those that end at this time or later, with their rows, in order."""
        if self._db is None:
            return []
        with self._environment():
            rows = self._db.execute(
                "SELECT id, began_utc, ends_utc, ended FROM client_sessions WHERE ends_utc >= ? ORDER BY began_utc, id",
                (_utc(since),),
            ).fetchall()
        if not rows:
            return []
        from calmtray.schedule.occurrences import Told

        return [(id_, Told(_instant(began), _instant(ends), bool(ended))) for id_, began, ends, ended in rows]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it, or nothing."""
        db = self._open_db()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def _open_db(self) -> sqlite3.Connection:
        if self._db is None:
            raise JournalError("journal-closed", self.path)
        return self._db

    def _refuse_newer(self) -> None:
        """A newer journal is left as it is: a connection that may write would already tidy it up."""
        if self.path.exists():
            with closing(self._connected_to_read()) as db:
                if self._version(db) > LATEST:
                    raise JournalError("newer-journal", self.path)

    def _connected_to_read(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)

    @staticmethod
    def _version(db: sqlite3.Connection) -> int:
        return int(db.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self, db: sqlite3.Connection) -> None:
        version = self._version(db)
        if 0 < version < LATEST:
            self._copy_aside(db, version)
        for number in range(version, LATEST):
            with self._transaction():
                for statement in MIGRATIONS[number]:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number + 1}")

    def _copy_aside(self, db: sqlite3.Connection, version: int) -> None:
        """A copy named after the version it holds, made by SQLite so that the write-ahead log is in it."""
        partial = self.path.with_name(f"{self.path.stem}.v{version}.partial")
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(partial)) as copy:
            db.backup(copy)
        partial.replace(self.path.with_name(f"{self.path.stem}.v{version}.backup{self.path.suffix}"))

    @contextmanager
    def _environment(self, opening: bool = False) -> Iterator[None]:
        """Turn what the disk or the file does to us into one kind of error."""
        try:
            yield
        except sqlite3.OperationalError as error:
            # Locked, or the disk is full: that may pass, so what was open stays open.
            if opening:
                self.close()
            raise JournalError("journal-unwritable", self.path, str(error)) from error
        except sqlite3.DatabaseError as error:
            self.close()
            raise JournalError("journal-damaged", self.path, str(error)) from error
        except OSError as error:
            self.close()
            raise JournalError("journal-unwritable", self.path, error.strerror or str(error)) from error


def _utc(when: datetime) -> str:
    """As it is written in the file: texts in the order of the times."""
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def _row(
    id_: int,
    practice: str,
    began_utc: str,
    offset: int,
    planned: int,
    played: int,
    ending: str,
    lang: str,
    pacer: str,
    *felt: float | None,
) -> SessionRow:
    zone = timezone(timedelta(minutes=offset))
    began = _instant(began_utc).astimezone(zone)
    before, after = _feeling(*felt[:2]), _feeling(*felt[2:])
    return SessionRow(id_, practice, began, planned, played, Ended(ending), lang, pacer, before, after)


def _values(feeling: Feeling | None) -> tuple[float | None, float | None]:
    return (feeling.pleasure, feeling.arousal) if feeling is not None else (None, None)


def _feeling(pleasure: float | None, arousal: float | None) -> Feeling | None:
    return Feeling(pleasure, arousal) if pleasure is not None and arousal is not None else None
