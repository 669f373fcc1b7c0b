"""The Debian package: the packed folder, and what a desktop wants to know of it."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from calmtray.cli import make_parser
from calmtray.components import Component
from calmtray.words.language import use_language
from tools.packing import commands, completions
from tools.packing.manual import manual
from tools.packing.running import Failed, run

TOOLS = {
    "gcc": "gcc",
    "g++": "g++",
    "objdump": "binutils",
    "icupkg": "icu-devtools",
    "dpkg-shlibdeps": "dpkg-dev",
    "patchelf": "patchelf",
}
"""What building it calls, and the packages that have it; NumPy and what packs are compiled by the first two."""

MAINTAINER = "calmtray contributors <calmtray@users.invalid>"
SUMMARY = "short practices between two client sessions, from the tray"
DESCRIPTION = """\
 calmtray lives in the system tray of people who sit with other people's pain:
 social workers and therapists. One click offers two or three short practices,
 30 seconds to five minutes: a paced breath, a look around the room, a stretch,
 a small win. It shows and speaks the way, in English and in French, offline.
 .
 It brings its own Python, Qt and recorded voices along."""

FOR_SURE = ("libpulse0", "tzdata")
"""What is opened by name or read, and so is not seen by looking at which library needs which."""

VERSIONED = ("libc6 ", "libsqlite3-0 ")
"""What our Python was built with; libc6 is looked at again, see ``NEWEST_GLIBC``."""

RECOMMENDED = "espeak-ng"
"""Speaks what somebody wrote themselves, where no voice has been recorded."""

NEWEST_GLIBC = (2, 35)
"""That of Ubuntu 22.04."""

OVERRIDES = """\
# What is not Debian's brings its libraries along, so that it runs on Debian 12 and on what comes after it.
calmtray: embedded-library *
# Two of Python's modules call nothing of the C library.
calmtray: library-not-linked-against-libc *
# Modules of Python find its functions in the program that loads them, and data has no functions.
calmtray: shared-library-lacks-prerequisites *
# The program that starts Python is PyInstaller's.
calmtray: hardening-no-pie *
"""
"""What lintian is told, each with its reason."""

ELF = b"\x7fELF"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def build(root: Path, folder: Path, components: Sequence[Component], licences: str, out: Path, when: str) -> Path:
    """The .deb of the packed ``folder``."""
    version = components[0].version
    day = datetime.fromtimestamp(int(when), UTC)
    architecture = run(["dpkg", "--print-architecture"]).strip()
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place, "tree")
        library = tree / "usr/lib/calmtray"
        shutil.copytree(folder, library, symlinks=True)
        _forget_this_machine(library)
        _point(tree / "usr/bin/calmtray", "../lib/calmtray/calmtray")
        _lay_for_the_desktop(root, tree, version, day)
        _lay_for_the_shell(tree, version, day)
        documents = tree / "usr/share/doc/calmtray"
        _write(documents / "copyright", licences)
        _write(tree / "usr/share/lintian/overrides/calmtray", OVERRIDES)
        _write(documents / "changelog.gz", _changelog(version, day))
        _tidy(tree)
        _check_glibc(library)
        _write(tree / "DEBIAN/md5sums", _sums(tree))
        _write(tree / "DEBIAN/control", _control(tree, version, architecture, _needed(library, place)))
        package = out / f"calmtray_{version}_{architecture}.deb"
        run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", str(tree), str(package)],
            SOURCE_DATE_EPOCH=when,
        )
    return package


def _lay_for_the_desktop(root: Path, tree: Path, version: str, day: datetime) -> None:
    share = tree / "usr/share"
    linux = root / "packaging/linux"
    _write(share / "applications/calmtray.desktop", (linux / "calmtray.desktop").read_text(encoding="utf-8"))
    about = (linux / "calmtray.metainfo.xml").read_text(encoding="utf-8")
    about = about.replace("@VERSION@", version).replace("@DATE@", f"{day:%Y-%m-%d}")
    _write(share / "metainfo/org.calmtray.calmtray.metainfo.xml", about)
    icons = share / "icons/hicolor"
    for size in ICON_SIZES:
        _copy(root / f"assets/icons/calmtray-{size}.png", icons / f"{size}x{size}/apps/calmtray.png")
    _copy(root / "assets/icons/calmtray.svg", icons / "scalable/apps/calmtray.svg")


def _lay_for_the_shell(tree: Path, version: str, day: datetime) -> None:
    share = tree / "usr/share"
    for lang, folder in (("fr", "man/fr/man1"), ("en", "man/man1")):
        use_language(lang)
        program = commands.read(make_parser())
        _write(share / folder / "calmtray.1.gz", manual(program, version, f"{day:%Y-%m-%d}"))
    _write(share / "bash-completion/completions/calmtray", completions.bash(program))
    _write(share / "zsh/vendor-completions/_calmtray", completions.zsh(program))
    _write(share / "fish/vendor_completions.d/calmtray.fish", completions.fish(program))


def _control(tree: Path, version: str, architecture: str, needed: Sequence[str]) -> str:
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    return (
        f"Package: calmtray\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {size}\nDepends: {', '.join(needed)}\nRecommends: {RECOMMENDED}\nSection: utils\n"
        f"Priority: optional\nDescription: {SUMMARY}\n{DESCRIPTION}\n"
    )


def _needed(library: Path, place: str) -> list[str]:
    """The system's packages that have the libraries which are not packed."""
    source = Path(place, "debian")
    source.mkdir()
    (source / "control").write_text("Source: calmtray\n\nPackage: calmtray\nArchitecture: any\n", encoding="ascii")
    within = {f"-l{path.parent}" for path in _programs(library)}
    found = run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *sorted(within), *_programs(library)], cwd=Path(place)
    )
    needed = found.strip().removeprefix("shlibs:Depends=").split(", ")
    return sorted({*map(_as_old_as_can_be, needed), *FOR_SURE})


def _as_old_as_can_be(needed: str) -> str:
    """Without a version, where that is but the one of the machine that builds: Qt was built for older systems."""
    return needed if needed.startswith(VERSIONED) else needed.partition(" (")[0]


def _forget_this_machine(library: Path) -> None:
    """Python's modules say where the Python lies that they were built for; libraries beside them are found without."""
    for path in _programs(library):
        searched = run(["patchelf", "--print-rpath", str(path)]).strip().split(":")
        kept = [place for place in searched if place.startswith("$ORIGIN")]
        if searched != kept and searched != [""]:
            run(
                ["patchelf", "--set-rpath", ":".join(kept), str(path)]
                if kept
                else ["patchelf", "--remove-rpath", str(path)]
            )


def _check_glibc(library: Path) -> None:
    """Built on a newer system than its oldest user has, a package installs and does not start."""
    for path in _programs(library):
        versions = re.findall(r"GLIBC_(\d+)\.(\d+)", run(["objdump", "-T", str(path)]))
        if max(((int(major), int(minor)) for major, minor in versions), default=(0, 0)) > NEWEST_GLIBC:
            raise Failed(f"{path.name} needs a newer C library than Ubuntu 22.04 has. Build on Debian 12 or older.")


def _programs(library: Path) -> list[Path]:
    """Programs and libraries, whatever they are called."""
    return sorted(path for path in library.rglob("*") if path.is_file() and not path.is_symlink() and _is_program(path))


def _is_program(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == ELF


def _changelog(version: str, day: datetime) -> str:
    return (
        f"calmtray ({version}) unstable; urgency=medium\n\n  * What changed is told in the project's CHANGELOG.md.\n\n"
        f" -- {MAINTAINER}  {format_datetime(day)}\n"
    )


def _sums(tree: Path) -> str:
    return "".join(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in _files(tree))


def _files(tree: Path) -> Iterator[Path]:
    yield from sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())


def _tidy(tree: Path) -> None:
    """The same rights whoever builds; only what is started may be."""
    started = tree / "usr/lib/calmtray/calmtray"
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == started else 0o644)
    tree.chmod(0o755)


def _copy(source: Path, goal: Path) -> None:
    goal.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, goal)


def _write(goal: Path, text: str) -> None:
    goal.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    goal.write_bytes(gzip.compress(data, 9, mtime=0) if goal.suffix == ".gz" else data)


def _point(link: Path, goal: str) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(goal)
