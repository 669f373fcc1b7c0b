"""Practices shared as one file, ``.calmpack``, and taken in safely. Documented in docs/packs.md.

A pack is a zip of text and sound: ``manifest.json``, ``practices/<id>.toml``, and the user's own recordings as
``recordings/<id>.<step>[.<language>].wav``. Nothing of it is believed before it was looked at, and a library that
took a pack in has all of it, or is as it was before.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from calmtray import __version__
from calmtray.practice import moves, riff
from calmtray.practice.archive import CHUNK, Archive, Entry, Refused, refused
from calmtray.practice.archive import LARGEST_BYTES as LARGEST_PACK
from calmtray.practice.format import Invalid, parse
from calmtray.practice.library import LARGEST_BYTES as LARGEST_PRACTICE
from calmtray.practice.library import Library, Origin, Shared, load, read_practice, read_shared
from calmtray.practice.model import LANGUAGES, Practice
from calmtray.practice.writing import LONGEST_ID, NOT_FILES, to_toml

FORMAT = 1
ENDING = ".calmpack"
MANIFEST = "manifest.json"

MOST_PRACTICES = 100
LARGEST_TEXT = 512 * 1024
"""All practices of a pack together, and its manifest alone: the 52 that come with calmtray have 150 kB."""

LARGEST_RECORDING = 64 * 1024 * 1024
"""Five minutes of 16 bit, 48 kHz, stereo have 58 MB."""

_PRACTICE = re.compile(r"practices/([a-z0-9]+(?:-[a-z0-9]+)*)\.toml")
_RECORDING = re.compile(rf"recordings/([a-z0-9-]+)\.([1-9]\d{{0,2}})(?:\.({'|'.join(LANGUAGES)}))?\.wav")


class Standing(StrEnum):
    """What the library has of a packed practice already."""

    NEW = "new"
    SAME = "same"
    OWN = "own"
    BUNDLED = "bundled"


class Choice(StrEnum):
    """What becomes of a practice whose id is taken."""

    SKIP = "skip"
    REPLACE = "replace"
    KEEP_BOTH = "keep-both"


CHOICES: Mapping[Standing, tuple[Choice, ...]] = {
    Standing.NEW: (),
    Standing.SAME: (),
    Standing.OWN: (Choice.SKIP, Choice.REPLACE, Choice.KEEP_BOTH),
    Standing.BUNDLED: (Choice.SKIP, Choice.KEEP_BOTH),
}
"""What can be chosen, the first unless said. Bundled practices are never replaced."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The words of a step (counted from 1), spoken: its language or None for all, bytes, ms, and SHA-256."""

    step: int
    lang: str | None
    size: int
    length_ms: int
    sha256: str

    @property
    def suffix(self) -> str:
        """What its name has after that of its practice: ``.1.fr.wav``."""
        return f".{self.step}.{self.lang}.wav" if self.lang else f".{self.step}.wav"


@dataclass(frozen=True, slots=True)
class Packed:
    """One practice of a pack: as it was read, its text as it was written, and what the library has of it."""

    practice: Practice
    text: str = field(repr=False)
    recordings: tuple[Recording, ...] = ()
    standing: Standing = Standing.NEW


@dataclass(frozen=True, slots=True)
class Pack:
    """What is in a pack. ``size``: bytes of the file; ``sha256``: that of its manifest, which knows all the rest."""

    path: Path
    size: int
    calmtray: str
    sha256: str
    practices: tuple[Packed, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a pack changed: ids that are new, replaced and left as they were. ``moved`` is for ``undo``."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    skipped: tuple[str, ...]
    moved: tuple[moves.Move, ...] = field(repr=False, default=())


# --- sharing ----------------------------------------------------------------------------------------------


def make(files: Sequence[Path], bundled: Path, out: Path) -> Pack:
    """Write these practice files, and the recordings beside them, into one pack; whole or not at all.

    The same files give the same bytes, whenever and wherever. Raises Refused.
    """
    shared = read_shared(bundled)
    listed = {}
    for file in files:
        practice = _read_own(file, shared)
        if f"practices/{practice.id}.toml" in listed:
            raise refused("pack-twice", id=practice.id)
        listed[f"practices/{practice.id}.toml"] = file
        listed |= {f"recordings/{practice.id}{suffix}": beside for suffix, beside in _recordings(practice, file)}
    if not listed:
        raise refused("pack-empty")
    try:
        with _written_whole(out) as unfinished:
            _write(listed, unfinished)
            # What is made here can be taken elsewhere, or is not made.
            made = _read(unfinished, shared)
    except OSError as error:
        raise refused("pack-unwritable", str(out), reason=error.strerror or str(error)) from None
    return replace(made, path=out)


def _read_own(file: Path, shared: Shared) -> Practice:
    try:
        return read_practice(file, shared)
    except Invalid as error:
        raise Refused(*error.problems) from None


def _recordings(practice: Practice, file: Path) -> Iterator[tuple[str, Path]]:
    """Those that are heard: for steps with words, in its languages."""
    for number, step in enumerate(practice.steps, 1):
        if step.say:
            for suffix in (f".{number}.wav", *(f".{number}.{lang}.wav" for lang in practice.languages)):
                beside = file.with_name(file.stem + suffix)
                if beside.is_file():
                    yield suffix, beside


def _write(listed: Mapping[str, Path], out: Path) -> None:
    files = []
    for name, file in sorted(listed.items()):
        size, sha256 = _hash(file)
        if size > _most(name):
            raise refused("pack-file-too-large", str(file), most=_most(name) // 1024)
        kind = name.partition("/")[0].removesuffix("s")
        files.append({"path": name, "kind": kind, "size": size, "sha256": sha256})
    if sum(int(str(each["size"])) for each in files) > LARGEST_PACK:
        raise refused("pack-too-large", most=LARGEST_PACK // 1024**2)
    manifest = json.dumps({"format": FORMAT, "calmtray": __version__, "files": files}, indent=1).encode() + b"\n"
    # Stored as it is: sound hardly shrinks, and how far a text does depends on the machine's zlib.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        archive.writestr(_info(MANIFEST, len(manifest)), manifest)
        for each in files:
            name = str(each["path"])
            with archive.open(_info(name, int(str(each["size"]))), "w") as packed, listed[name].open("rb") as stream:
                while chunk := stream.read(CHUNK):
                    packed.write(chunk)


def _info(name: str, size: int) -> zipfile.ZipInfo:
    """Without a date, and as if every system were the same."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    info.file_size = size
    return info


def _hash(file: Path) -> tuple[int, str]:
    known, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            known.update(chunk)
    return size, known.hexdigest()


@contextmanager
def _written_whole(out: Path) -> Iterator[Path]:
    unfinished = out.with_name(f".{out.name}.partial")
    try:
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


# --- looking ----------------------------------------------------------------------------------------------


def show(path: Path, bundled: Path, own: Path) -> Pack:
    """What is in a pack, all of it looked at and nothing written. Raises Refused."""
    return _compared(_read(path, read_shared(bundled)), load(bundled, own))


Keep = Callable[[str, Iterable[bytes]], Iterator[bytes]]
"""Is given every file as it is read, by its name in the pack, and hands it on."""


def _read(path: Path, shared: Shared, keep: Keep = lambda _, chunks: iter(chunks)) -> Pack:
    with _opened(path) as file:
        archive = Archive(file)
        entries = _by_name(archive.entries)
        manifest = _read_manifest(archive, entries)
        sizes = _check_listed(manifest["files"], entries)
        practices: dict[str, tuple[Practice, str]] = {}
        recordings: dict[str, list[Recording]] = {}
        for name in sorted(sizes):
            size, sha256 = sizes[name]
            data = keep(name, _checked(archive, entries[name], size, sha256))
            if match := _PRACTICE.fullmatch(name):
                practices[match[1]] = _read_text(name, data, shared)
            elif match := _RECORDING.fullmatch(name):
                ms = _length_ms(name, data, size)
                recordings.setdefault(match[1], []).append(Recording(int(match[2]), match[3], size, ms, sha256))
        packed = tuple(
            Packed(practice, text, _in_order(practice, recordings.pop(id_, [])))
            for id_, (practice, text) in practices.items()
        )
        if recordings:
            raise refused("pack-recording-of-nothing", next(iter(recordings)))
        known = hashlib.sha256(b"".join(archive.chunks(entries[MANIFEST]))).hexdigest()
        return Pack(path, file.seek(0, os.SEEK_END), manifest["calmtray"], known, packed)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A pipe or a device would be waited for, or never end: only files are opened."""
    try:
        if not path.exists():
            raise refused("not-found", str(path))
        if not path.is_file():
            raise refused("pack-no-file", str(path))
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise refused("pack-unreadable", str(path), reason=error.strerror or str(error)) from None


def _by_name(entries: Sequence[Entry]) -> dict[str, Entry]:
    """No name twice, nor two that some file systems take for one."""
    names = Counter(entry.name.casefold() for entry in entries)
    twice = [entry.name for entry in entries if names[entry.name.casefold()] > 1]
    if twice:
        raise refused("pack-name-twice", twice[0])
    return {entry.name: entry for entry in entries}


def _read_manifest(archive: Archive, entries: Mapping[str, Entry]) -> dict[str, Any]:
    if MANIFEST not in entries:
        raise refused("not-a-pack")
    if entries[MANIFEST].size > LARGEST_TEXT:
        raise refused("pack-manifest-wrong")
    try:
        manifest = json.loads(b"".join(archive.chunks(entries[MANIFEST])), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise refused("pack-manifest-wrong") from None
    version = manifest.get("format") if isinstance(manifest, dict) else None
    if type(version) is int and version > FORMAT:
        raise refused("pack-newer", latest=FORMAT)
    if type(version) is not int or version != FORMAT or manifest.keys() != {"format", "calmtray", "files"}:
        raise refused("pack-manifest-wrong")
    made_by = manifest["calmtray"]
    if not isinstance(made_by, str) or not re.fullmatch(r"[0-9A-Za-z.+-]{1,40}", made_by):
        raise refused("pack-manifest-wrong")
    return dict(manifest)


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError
    return table


def _check_listed(files: object, entries: Mapping[str, Entry]) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of each file by name; what is listed is there, and what is there is listed, once."""
    listed: dict[str, tuple[int, str]] = {}
    if not isinstance(files, list):
        raise refused("pack-manifest-wrong")
    for each in files:
        if not isinstance(each, dict) or each.keys() != {"path", "kind", "size", "sha256"}:
            raise refused("pack-manifest-wrong")
        name, kind, size, sha256 = (each[key] for key in ("path", "kind", "size", "sha256"))
        right = isinstance(name, str) and type(size) is int and isinstance(sha256, str)
        if not right or name in listed or len(name) > 1000:
            raise refused("pack-manifest-wrong")
        if name not in entries:
            raise refused("pack-file-missing", name[:100])
        if size != entries[name].size:
            raise refused("pack-damaged", name)
        _check_name(name, kind)
        if size > _most(name):
            raise refused("pack-file-too-large", name, most=_most(name) // 1024)
        listed[name] = (size, sha256)
    unlisted = sorted(entries.keys() - listed.keys() - {MANIFEST})
    if unlisted:
        raise refused("pack-unlisted", unlisted[0])
    texts = [size for name, (size, _) in listed.items() if _PRACTICE.fullmatch(name)]
    if not texts:
        raise refused("pack-empty")
    if len(texts) > MOST_PRACTICES or sum(texts) > LARGEST_TEXT:
        raise refused("pack-too-many", most=MOST_PRACTICES)
    return listed


def _check_name(name: str, kind: object) -> None:
    """Only names that a pack has, and no file that Windows would take for a device."""
    practice, recording = _PRACTICE.fullmatch(name), _RECORDING.fullmatch(name)
    match = practice or recording
    if match is None or kind != ("practice" if practice else "recording"):
        raise refused("pack-name-odd", name)
    if len(match[1]) > LONGEST_ID or match[1] in NOT_FILES:
        raise refused("pack-name-odd", name)


def _most(name: str) -> int:
    return LARGEST_PRACTICE if _PRACTICE.fullmatch(name) else LARGEST_RECORDING


def _checked(archive: Archive, entry: Entry, size: int, sha256: str) -> Iterator[bytes]:
    known = hashlib.sha256()
    for chunk in archive.chunks(entry):
        known.update(chunk)
        yield chunk
    if entry.size != size or known.hexdigest() != sha256:
        raise refused("pack-damaged", entry.name)


def _read_text(name: str, data: Iterable[bytes], shared: Shared) -> tuple[Practice, str]:
    try:
        text = b"".join(data).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise refused("not-utf8", name) from None
    try:
        practice = parse(text, shared.patterns, shared.sources)
    except Invalid as error:
        raise Refused(*(replace(problem, file=name) for problem in error.problems)) from None
    if name != f"practices/{practice.id}.toml":
        raise refused("pack-name-of-another", name, id=practice.id[:LONGEST_ID])
    return practice, text


def _length_ms(name: str, data: Iterable[bytes], size: int) -> int:
    head = b""
    for chunk in data:
        if len(head) < riff.HEAD_BYTES:
            head += chunk[: riff.HEAD_BYTES - len(head)]
    try:
        return riff.length_ms(head, size)
    except riff.NotWav as error:
        raise refused(f"pack-{error.code}", name) from None


def _in_order(practice: Practice, recordings: Iterable[Recording]) -> tuple[Recording, ...]:
    """Every recording belongs to words of its practice."""
    ordered = sorted(recordings, key=lambda recording: (recording.step, recording.lang or ""))
    for recording in ordered:
        step = practice.steps[recording.step - 1 : recording.step]
        if not (step and step[0].say) or recording.lang not in (None, *practice.languages):
            raise refused("pack-recording-of-nothing", f"recordings/{practice.id}{recording.suffix}")
    return tuple(ordered)


def _compared(pack: Pack, library: Library) -> Pack:
    return replace(pack, practices=tuple(replace(each, standing=_standing(each, library)) for each in pack.practices))


def _standing(packed: Packed, library: Library) -> Standing:
    id_ = packed.practice.id
    if id_ not in library.practices:
        return Standing.NEW
    bundled = library.origins[id_] is not Origin.OWN
    beside = {} if bundled else dict(_recordings(library.practices[id_], library.files[id_]))
    same = library.practices[id_] == packed.practice and beside.keys() == {r.suffix for r in packed.recordings}
    if same and all(_is_same(recording, beside[recording.suffix]) for recording in packed.recordings):
        return Standing.SAME
    return Standing.BUNDLED if bundled else Standing.OWN


def _is_same(recording: Recording, file: Path) -> bool:
    try:
        return file.stat().st_size == recording.size and _hash(file)[1] == recording.sha256
    except OSError:
        return False


# --- taking in --------------------------------------------------------------------------------------------


def take(pack: Pack, bundled: Path, own: Path, choices: Mapping[str, Choice]) -> Taken:
    """Take a pack in as it was shown: all of it, or nothing at all. Raises Refused.

    ``choices``: by id, for practices whose id is taken; without one, and where it can't be, they are left out. What
    is replaced is set aside.
    """
    shared = read_shared(bundled)
    try:
        with moves.alone(own), moves.staged(own) as stage:
            kept: dict[str, Path] = {}

            def keep(name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
                # The name is one of ours, not the pack's: nothing of a pack says where something is written.
                kept[name] = stage / str(len(kept))
                with kept[name].open("wb") as file:
                    for chunk in chunks:
                        file.write(chunk)
                        yield chunk
                    file.flush()
                    os.fsync(file.fileno())

            seen = _read(pack.path, shared, keep)
            if seen.sha256 != pack.sha256:
                raise refused("pack-changed", str(pack.path))
            plan = _Plan(own, load(bundled, own), shared, kept)
            for packed in _compared(seen, plan.library).practices:
                plan.add(packed, choices.get(packed.practice.id, Choice.SKIP))
            moves.carry_out(own, plan.moves)
            return Taken(tuple(plan.added), tuple(plan.replaced), tuple(plan.skipped), tuple(plan.moves))
    except moves.Busy:
        raise refused("pack-busy") from None
    except OSError as error:
        raise refused("pack-not-taken", reason=error.strerror or str(error)) from None


def undo(taken: Taken, own: Path) -> None:
    """Set aside what was added, and put back what was replaced. What is gone meanwhile is not missed.

    Raises Refused, and then nothing has changed.
    """
    try:
        with moves.alone(own):
            aside = moves.new_set_aside(own)
            added = [there for _, there in taken.moved if not there.startswith(moves.SET_ASIDE)]
            old = [(there, here) for here, there in taken.moved if there.startswith(moves.SET_ASIDE)]
            back = [*((name, f"{aside}/{name}") for name in added), *old]
            moves.carry_out(own, [(here, there) for here, there in back if (own / here).exists()])
    except moves.Busy:
        raise refused("pack-busy") from None
    except OSError as error:
        raise refused("pack-not-undone", reason=error.strerror or str(error)) from None


class _Plan:
    """Where everything goes, practice by practice. ``kept``: the staged files by their names in the pack."""

    def __init__(self, own: Path, library: Library, shared: Shared, kept: Mapping[str, Path]) -> None:
        self.library = library
        self.moves: list[moves.Move] = []
        self.added: list[str] = []
        self.replaced: list[str] = []
        self.skipped: list[str] = []
        self._own = own
        self._shared = shared
        self._kept = kept
        self._aside = moves.new_set_aside(own)
        self._ids = {*library.practices, *(match[1] for name in kept if (match := _PRACTICE.fullmatch(name)))}
        self._names = {path.name.casefold() for path in own.iterdir()}

    def add(self, packed: Packed, choice: Choice) -> None:
        """Plan for one practice."""
        id_, standing = packed.practice.id, packed.standing
        if standing is Standing.NEW:
            self._put(packed, self._free_place(id_))
            self.added.append(id_)
        elif choice is Choice.SKIP or choice not in CHOICES[standing]:
            self.skipped.append(id_)
        elif choice is Choice.REPLACE:
            self._put(packed, self._set_aside(id_))
            self.replaced.append(id_)
        else:
            free = self._free_id(id_)
            text = _with_id(packed, free, self._shared)
            self._kept[f"practices/{id_}.toml"].write_text(text, encoding="utf-8", newline="\n")
            self._put(packed, self._free_place(free))
            self.added.append(free)

    def _put(self, packed: Packed, place: str) -> None:
        """Everything of a practice under one name; ``place`` is that of its file without the ending."""
        id_ = packed.practice.id
        files = {f"practices/{id_}.toml": f"{place}.toml"}
        files |= {f"recordings/{id_}{each.suffix}": f"{place}{each.suffix}" for each in packed.recordings}
        for name, there in files.items():
            self.moves.append((self._kept[name].relative_to(self._own).as_posix(), there))
            self._names.add(there.casefold())

    def _set_aside(self, id_: str) -> str:
        """Out of the way with a practice and all its recordings; the answer is its place."""
        file = self.library.files[id_]
        beside = re.compile(rf"{re.escape(file.stem)}\.\d+(\.[^.]+)?\.wav", re.IGNORECASE)
        names = [file.name, *sorted(path.name for path in file.parent.iterdir() if beside.fullmatch(path.name))]
        folder = file.parent.relative_to(self._own)
        for name in names:
            here = (folder / name).as_posix()
            self.moves.append((here, f"{self._aside}/{here}"))
        return (folder / file.stem).as_posix()

    def _free_place(self, id_: str) -> str:
        """A name in the practices folder that is nobody's, nor that of a recording which lies about."""
        number, place = 1, id_
        while any(name.startswith(f"{place}.") for name in self._names):
            number += 1
            place = f"{id_}-{number}"
        return place

    def _free_id(self, id_: str) -> str:
        number = 2
        while (free := f"{id_[: LONGEST_ID - 5].rstrip('-')}-{number}") in self._ids:
            number += 1
        self._ids.add(free)
        return free


def _with_id(packed: Packed, id_: str, shared: Shared) -> str:
    """The text with another id, otherwise as somebody wrote it; where that can't be done, written anew."""
    wanted = replace(packed.practice, id=id_)
    line = re.compile(rf"""(?m)^([ \t]*id[ \t]*=[ \t]*["'])({re.escape(packed.practice.id)})(?=["'])""")
    for match in islice(line.finditer(packed.text), 3):
        text = packed.text[: match.start(2)] + id_ + packed.text[match.end(2) :]
        # A line of a longer text may look like it.
        with suppress(Invalid):
            if parse(text, shared.patterns, shared.sources) == wanted:
                return text
    return to_toml(wanted)
