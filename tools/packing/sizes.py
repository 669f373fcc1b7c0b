"""How large each part of a packed calmtray is."""

from __future__ import annotations

from pathlib import Path

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
    sums = dict.fromkeys((name for name, _ in PARTS), 0)
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sums[part_of(path.relative_to(folder).as_posix())] += path.stat().st_size
    whole = sum(sums.values())
    lines = [f"{size / 1e6:7.1f} MB  {name}" for name, size in sums.items()]
    lines.append(f"{whole / 1e6:7.1f} MB  together; without the voices {(whole - sums['voices']) / 1e6:.1f} MB")
    return "\n".join(lines)


def part_of(path: str) -> str:
    """The part that a file belongs to: the first one that fits."""
    return next(name for name, places in PARTS if any(path.startswith(place) for place in places))
