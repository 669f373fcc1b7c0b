"""The journal in SQLite: what was written is there, whatever happened meanwhile."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calmtray.journal import store
from calmtray.journal.feeling import Feeling
from calmtray.journal.schema import LATEST, MIGRATIONS, VERSION_1, VERSION_2, VERSION_3
from calmtray.journal.store import Ended, Journal, JournalError
from calmtray.words.texts import journal_error_text

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    opened = Journal(path)
    opened.open()
    yield opened
    opened.close()


def begin(journal: Journal, practice: str = "five-five", began: datetime = NOON) -> int:
    return journal.begin_session(practice, began, 300_000, "en", "circle")


def reopened(journal: Journal) -> Journal:
    journal.close()
    journal.open()
    return journal


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(question).fetchall()


def refused(journal: Journal) -> JournalError:
    with pytest.raises(JournalError) as caught:
        journal.open()
    return caught.value


# A session, from beginning to end.


def test_a_session_is_written_when_it_begins_kept_as_it_goes_and_closed_when_it_ends(journal):
    id_ = begin(journal)
    (row,) = journal.sessions()
    assert (row.id, row.practice, row.planned_ms, row.played_ms) == (id_, "five-five", 300_000, 0)
    assert (row.ending, row.lang, row.pacer) == (Ended.OPEN, "en", "circle")
    journal.keep_session(id_, 3_000, 300_000)
    assert (journal.sessions()[0].played_ms, journal.sessions()[0].ending) == (3_000, Ended.OPEN)
    journal.keep_session(id_, 280_000, 280_000, Ended.FINISHED)
    (row,) = reopened(journal).sessions()
    assert (row.played_ms, row.planned_ms, row.ending) == (280_000, 280_000, Ended.FINISHED)


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("America/St_Johns", timedelta(hours=-3, minutes=-30)),
        ("Asia/Kathmandu", timedelta(hours=5, minutes=45)),
        ("UTC", timedelta()),
        ("Pacific/Kiritimati", timedelta(hours=14)),
    ],
)
def test_a_session_keeps_the_time_on_the_users_own_clock(journal, zone, offset):
    began = datetime(2026, 1, 2, 23, 30, 15, 123_000, tzinfo=ZoneInfo(zone))
    begin(journal, began=began)
    (row,) = reopened(journal).sessions()
    assert row.began == began
    assert row.began.utcoffset() == offset
    assert row.began.replace(tzinfo=None) == began.replace(tzinfo=None)


def test_in_autumn_the_hour_that_comes_twice_stays_two_hours(journal):
    zone = ZoneInfo("America/St_Johns")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=zone, fold=0)
    second = first.replace(fold=1)
    begin(journal, "first", first)
    begin(journal, "second", second)
    rows = journal.sessions()
    assert [row.practice for row in rows] == ["second", "first"]
    assert rows[0].began - rows[1].began == timedelta(hours=1)


def test_the_newest_comes_first_wherever_on_earth_it_was(journal):
    begin(journal, "second", datetime(2026, 3, 4, 9, 0, tzinfo=ZoneInfo("America/St_Johns")))
    begin(journal, "first", datetime(2026, 3, 4, 18, 0, tzinfo=ZoneInfo("Asia/Kathmandu")))
    begin(journal, "third", NOON + timedelta(hours=3))
    begin(journal, "fourth", NOON + timedelta(hours=3))
    assert [row.practice for row in journal.sessions()] == ["fourth", "third", "second", "first"]
    assert [row.practice for row in journal.sessions(limit=2)] == ["fourth", "third"]


def test_nothing_is_touched_before_it_is_opened(path):
    journal = Journal(path)
    assert journal.sessions() == []
    journal.close()
    assert not path.parent.exists()
    with pytest.raises(JournalError, match="journal-closed"):
        begin(journal)


# What a crash leaves behind.


def test_what_was_open_when_calmtray_ended_was_interrupted(journal):
    id_ = begin(journal)
    journal.keep_session(id_, 42_000, 300_000)
    done = begin(journal)
    journal.keep_session(done, 300_000, 300_000, Ended.FINISHED)
    rows = {row.id: row for row in reopened(journal).sessions()}
    assert (rows[id_].ending, rows[id_].played_ms) == (Ended.INTERRUPTED, 42_000)
    assert rows[done].ending is Ended.FINISHED


WRITER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from calmtray.journal.store import Journal, Ended
journal = Journal(Path(sys.argv[1]))
journal.open()
while True:
    row = journal.begin_session("five-five", datetime.now(UTC), 300_000, "en", "circle")
    for played in range(0, 30_000, 3_000):
        journal.keep_session(row, played, 300_000)
    print(row, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7])
def test_a_kill_in_the_middle_of_writing_loses_nothing_that_was_told(path, after):
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(after)]
        child.kill()
        child.wait()
    if sys.platform != "win32":
        assert child.returncode == -signal.SIGKILL
    journal = Journal(path)
    journal.open()
    rows = {row.id: row for row in journal.sessions()}
    journal.close()
    assert all(rows[id_].played_ms == 27_000 for id_ in told)
    assert {row.ending for row in rows.values()} == {Ended.INTERRUPTED}
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]


# Versions.


def make_version(path: Path, version: int, journal_mode: str = "delete") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA journal_mode = {journal_mode}")
        for statement in (*VERSION_1, *(VERSION_2 if version == 2 else ())):
            db.execute(statement)
        db.execute("INSERT INTO sessions VALUES (1, 'old', '2026-01-01T00:00:00.000', 60, 9, 0, 'open', 'fr', 'wave')")
        db.execute(f"PRAGMA user_version = {version}")


@pytest.mark.parametrize("journal_mode", ["delete", "wal"])
def test_a_newer_journal_is_refused_and_left_untouched(path, journal_mode):
    make_version(path, LATEST + 1, journal_mode)
    before = fingerprint(path)
    error = refused(Journal(path))
    assert (error.code, error.path) == ("newer-journal", path)
    with pytest.raises(JournalError, match="newer-journal"):
        Journal(path).open_to_read()
    assert fingerprint(path) == before


def test_a_newer_journal_that_crashed_is_left_to_the_newer_calmtray_to_tidy_up(path, tmp_path):
    make_version(tmp_path / "running.sqlite3", LATEST + 1, "wal")
    with closing(sqlite3.connect(tmp_path / "running.sqlite3", isolation_level=None)) as db:
        db.execute("UPDATE sessions SET played_ms = 5")
        path.parent.mkdir()
        for end in ("", "-wal"):  # as a kill would leave them
            path.with_name(path.name + end).write_bytes((tmp_path / f"running.sqlite3{end}").read_bytes())
    files = [path, path.with_name(path.name + "-wal")]
    before = [fingerprint(file) for file in files]
    assert refused(Journal(path)).code == "newer-journal"
    assert [fingerprint(file) for file in files] == before


def columns(path: Path) -> list[object]:
    return [column[1] for column in asked(path, "PRAGMA table_info(sessions)")]


def test_migration_to_version_1_makes_the_table_of_sessions(journal, path):
    assert columns(path)[:9] == [
        "id",
        "practice",
        "began_utc",
        "utc_offset_minutes",
        "planned_ms",
        "played_ms",
        "ending",
        "lang",
        "pacer",
    ]
    assert asked(path, "PRAGMA user_version") == [(LATEST,)]


def test_migration_to_version_2_adds_offers_and_client_sessions_and_keeps_the_sessions(path):
    make_version(path, 1)
    journal = Journal(path)
    journal.open()
    assert [row.practice for row in journal.sessions()] == ["old"]
    assert journal.offers(NOON - timedelta(days=9_999)) == []
    journal.close()
    tables = {str(name) for (name,) in asked(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"sessions", "offers", "client_sessions"}
    assert asked(backup_of(path), "PRAGMA user_version") == [(1,)]


def test_migration_to_version_3_adds_how_it_felt_and_keeps_the_sessions(path):
    make_version(path, 1)
    journal = Journal(path)
    journal.open()
    assert columns(path)[9:] == ["pleasure_before", "arousal_before", "pleasure_after", "arousal_after"]
    (row,) = journal.sessions()
    assert (row.practice, row.before, row.after) == ("old", None, None)
    journal.keep_feelings(row.id, Feeling(0.25, 1.0), None)
    (row,) = journal.sessions()
    assert (row.before, row.after) == (Feeling(0.25, 1.0), None)
    with pytest.raises(JournalError):
        journal.keep_feelings(row.id, Feeling(1.01, 0.0), None)


def test_migration_to_version_4_knows_of_no_client_session_that_it_was_ended(path):
    make_version(path, 2)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO client_sessions (began_utc, ends_utc) VALUES ('2026-03-04T12:00', '2026-03-04T12:50')")
    journal = Journal(path)
    journal.open()
    ((_row, session),) = journal.client_sessions(datetime(2026, 3, 4, tzinfo=UTC))
    assert session.ended is False


def test_sessions_are_counted(journal):
    assert journal.count_sessions() == 0
    begin(journal)
    begin(journal)
    assert journal.count_sessions() == 2
    journal.close()
    assert journal.count_sessions() == 0


def test_every_migration_has_a_test():
    tests = [name for name in globals() if name.startswith("test_migration_to_version_")]
    numbers = {int(name.removeprefix("test_migration_to_version_").split("_")[0]) for name in tests}
    assert numbers == set(range(1, len(MIGRATIONS) + 1)), (
        "write a test for each migration, and name it after its version"
    )
    assert len(MIGRATIONS) == LATEST


def plan(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """From now on this calmtray knows a second version."""
    monkeypatch.setattr(store, "MIGRATIONS", (VERSION_1, statements))
    monkeypatch.setattr(store, "LATEST", 2)


def backup_of(path: Path) -> Path:
    return path.with_name("journal.v1.backup.sqlite3")


def test_an_older_journal_is_copied_aside_and_brought_up_to_date(path, monkeypatch):
    make_version(path, 1)
    # The sessions as they are read today.
    plan(monkeypatch, *VERSION_3, "ALTER TABLE sessions ADD COLUMN mood TEXT", "UPDATE sessions SET mood = 'fine'")
    journal = Journal(path)
    journal.open()
    assert [row.practice for row in journal.sessions()] == ["old"]
    journal.close()
    assert asked(path, "SELECT mood FROM sessions") == [("fine",)]
    assert asked(path, "PRAGMA user_version") == [(2,)]
    assert asked(backup_of(path), "PRAGMA user_version") == [(1,)]
    assert asked(backup_of(path), "SELECT practice, ending FROM sessions") == [("old", "open")]
    assert "mood" not in columns(backup_of(path))
    assert list(path.parent.glob("*.partial")) == []


def test_the_copy_holds_what_a_crash_left_in_the_write_ahead_log(path, tmp_path, monkeypatch):
    make_version(tmp_path / "running.sqlite3", 1, "wal")
    with closing(sqlite3.connect(tmp_path / "running.sqlite3", isolation_level=None)) as db:
        db.execute("UPDATE sessions SET played_ms = 7")
        path.parent.mkdir()
        for end in ("", "-wal"):
            path.with_name(path.name + end).write_bytes((tmp_path / f"running.sqlite3{end}").read_bytes())
    plan(monkeypatch, "ALTER TABLE sessions ADD COLUMN mood TEXT")
    journal = Journal(path)
    journal.open()
    journal.close()
    assert asked(backup_of(path), "SELECT played_ms FROM sessions") == [(7,)]


def test_a_journal_not_begun_yet_needs_no_copy(path, monkeypatch):
    plan(monkeypatch, "ALTER TABLE sessions ADD COLUMN mood TEXT")
    journal = Journal(path)
    journal.open()
    journal.close()
    assert "mood" in columns(path)
    assert not backup_of(path).exists()


def test_a_migration_that_fails_leaves_the_journal_as_it_was(path, monkeypatch):
    make_version(path, 1)
    before = asked(path, "SELECT * FROM sessions")
    plan(monkeypatch, "ALTER TABLE sessions ADD COLUMN mood TEXT", "UPDATE sessions SET mood = 'fine'", "NONSENSE")
    journal = Journal(path)
    assert "NONSENSE" in refused(journal).reason
    assert asked(path, "SELECT * FROM sessions") == before
    assert asked(path, "PRAGMA user_version") == [(1,)]
    assert "mood" not in columns(path)
    with pytest.raises(JournalError, match="journal-closed"):
        begin(journal)


def test_without_a_copy_there_is_no_migration(path, monkeypatch):
    make_version(path, 1)
    plan(monkeypatch, "ALTER TABLE sessions ADD COLUMN mood TEXT")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    journal = Journal(path)
    error = refused(journal)
    assert (error.code, error.reason) == ("journal-unwritable", "No space left on device")
    assert "mood" not in columns(path)
    # Nothing of this calmtray is written into the journal of the other version.
    with pytest.raises(JournalError, match="journal-closed"):
        begin(journal)


def test_an_older_journal_is_not_brought_up_to_date_by_one_who_only_reads(path, monkeypatch):
    make_version(path, 1)
    plan(monkeypatch, "ALTER TABLE sessions ADD COLUMN mood TEXT")
    before = fingerprint(path)
    with pytest.raises(JournalError, match="older-journal"):
        Journal(path).open_to_read()
    assert fingerprint(path) == before


# Trouble.


def write_noise(path: Path) -> None:
    path.write_bytes(b"This is no database. " * 1_000)


def lose_the_middle(path: Path) -> None:
    journal = Journal(path)
    journal.open()
    for _ in range(200):
        begin(journal)
    journal.close()
    data = path.read_bytes()
    path.write_bytes(data[:4_096] + b"\xff" * (len(data) - 4_096))


@pytest.mark.parametrize("damage", [write_noise, lose_the_middle])
def test_a_damaged_journal_is_told_in_a_sentence_and_left_where_it_is(path, damage):
    path.parent.mkdir()
    damage(path)
    before = fingerprint(path)
    error = refused(Journal(path))
    assert error.code == "journal-damaged"
    assert str(path) in journal_error_text(error.code, str(error.path), error.reason)
    reader = Journal(path)
    with pytest.raises(JournalError, match="journal-damaged"):  # noqa: PT012 - some damage shows only now
        reader.open_to_read()
        reader.sessions()
    reader.close()
    assert fingerprint(path) == before


def test_a_folder_that_can_not_be_made_is_told(tmp_path):
    (tmp_path / "data").write_text("in the way")
    error = refused(Journal(tmp_path / "data" / "journal.sqlite3"))
    assert error.code == "journal-unwritable"
    assert "can’t be written" in journal_error_text(error.code, str(error.path), error.reason).replace("'", "’")


def test_a_folder_in_the_place_of_the_journal_is_told(path):
    path.mkdir(parents=True)
    assert refused(Journal(path)).code == "journal-unwritable"


def test_a_full_disk_is_told_and_what_was_written_before_stays(journal, path):
    begin(journal)
    assert journal._db is not None
    journal._db.execute("PRAGMA max_page_count = 1")  # SQLite's own idea of a disk without room
    with pytest.raises(JournalError) as caught:  # noqa: PT012 - the last page has room for some
        for _ in range(1_000):
            begin(journal)
    assert caught.value.code == "journal-unwritable"
    assert "full" in caught.value.reason
    assert journal.sessions()[-1].practice == "five-five"
    journal.open()
    assert len(journal.sessions()) >= 1
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_journal_locked_by_another_program_is_told(journal, path):
    assert journal._db is not None
    journal._db.execute("PRAGMA busy_timeout = 0")  # else it would wait for five seconds
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match=r"journal-unwritable.*locked"):
            begin(journal)


# Reading only.


def test_reading_a_journal_not_begun_yet_finds_nothing_and_makes_nothing(path):
    journal = Journal(path)
    journal.open_to_read()
    assert journal.sessions() == []
    journal.close()
    assert not path.parent.exists()


def test_reading_changes_nothing(journal, path):
    begin(journal)
    journal.close()
    before = fingerprint(path)
    reader = Journal(path)
    reader.open_to_read()
    assert [row.ending for row in reader.sessions()] == [Ended.OPEN]
    with pytest.raises(JournalError, match=r"journal-unwritable.*readonly"):
        begin(reader)
    reader.close()
    assert fingerprint(path) == before


def test_reading_works_while_the_running_calmtray_writes(journal, path):
    id_ = begin(journal)
    assert journal._db is not None
    journal._db.execute("BEGIN IMMEDIATE")
    journal.keep_session(id_, 9_000, 300_000)
    reader = Journal(path)
    reader.open_to_read()
    assert [row.played_ms for row in reader.sessions()] == [0]
    journal._db.execute("COMMIT")
    assert [row.played_ms for row in reader.sessions()] == [9_000]
    reader.close()
    journal.keep_session(id_, 12_000, 300_000)


def test_a_path_with_odd_letters_can_be_read(tmp_path):
    path = tmp_path / "ça ? #1 100%" / "journal.sqlite3"
    journal = Journal(path)
    journal.open()
    begin(journal)
    journal.close()
    reader = Journal(path)
    reader.open_to_read()
    assert len(reader.sessions()) == 1
    reader.close()


def test_practices_are_told_once_each_the_one_taken_last_first(journal):
    for minute, practice in enumerate(("five-five", "soft-box", "five-five", "look-around-the-room", "soft-box")):
        begin(journal, practice, NOON + timedelta(minutes=minute))
    assert journal.practices_taken() == ["soft-box", "look-around-the-room", "five-five"]


def test_an_unopened_journal_knows_no_practices(path):
    assert Journal(path).practices_taken() == []


def test_nobody_else_on_this_machine_can_look_into_its_folder(path):
    path.parent.mkdir(parents=True, mode=0o755)
    path.parent.chmod(0o755)
    journal = Journal(path)
    journal.open()
    journal.close()
    assert path.parent.stat().st_mode & 0o777 == 0o700
