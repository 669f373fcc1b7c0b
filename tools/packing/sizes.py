"""How large each part of a packed calmtray is."""

from __future__ import annotations

from pathlib import Path

from tools.packing.running import Failed

MOST_WITHOUT_VOICES, MOST_TO_DOWNLOAD = 95e6, 60e6
"""Bytes: unpacked, and of the package with the voices in it. Old machines have small disks."""

PARTS = (
    ("voices", ("_internal/calmtray/assets/voices/",)),
    ("sounds, pictures, icons, practices", ("_internal/calmtray/",)),
    ("ICU, for Qt", ("_internal/PySide6/Qt/lib/libicu",)),
    ("Qt", ("_internal/PySide6/Qt/",)),
    ("PySide6, which lets Python speak to Qt", ("_internal/PySide6/", "_internal/shiboken6/")),
    ("NumPy", ("_internal/numpy",)),
    ("libsndfile, miniaudio", ("_internal/_soundfile_data/", "_internal/_miniaudio")),
    ("Python, and calmtray’s own code", ("",)),
)


def table(folder: Path) -> str:
    """Megabytes of each part, and of all of them; with and without the voices."""
    sums = _sums(folder)
    whole = sum(sums.values())
    lines = [f"{size / 1e6:7.1f} MB  {name}" for name, size in sums.items()]
    lines.append(f"{whole / 1e6:7.1f} MB  together; without the voices {(whole - sums['voices']) / 1e6:.1f} MB")
    return "\n".join(lines)


def check(folder: Path, package: Path) -> None:
    """Raises Failed where the folder, or the package that was made of it, has grown too large."""
    sums = _sums(folder)
    sizes = {
        "installed, without the voices": (sum(sums.values()) - sums["voices"], MOST_WITHOUT_VOICES),
        "to download": (package.stat().st_size, MOST_TO_DOWNLOAD),
    }
    large = [
        f"{size / 1e6:.1f} MB {what}, {most / 1e6:.0f} at most" for what, (size, most) in sizes.items() if size > most
    ]
    if large:
        raise Failed(f"The package is too large: {'; '.join(large)}.")


def part_of(path: str) -> str:
    """The part that a file belongs to: the first one that fits."""
    return next(name for name, places in PARTS if any(path.startswith(place) for place in places))


def _sums(folder: Path) -> dict[str, int]:
    sums = dict.fromkeys((name for name, _ in PARTS), 0)
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sums[part_of(path.relative_to(folder).as_posix())] += path.stat().st_size
    return sums
