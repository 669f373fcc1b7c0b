"""The icon as Windows and macOS have it: one file that holds every size."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

SIZES = (16, 24, 32, 48, 64, 128, 256)


def write_icons(root: Path, folder: Path) -> tuple[Path, Path]:
    """``calmtray.ico`` and ``calmtray.icns``, from the pictures of the tray icon."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = [_picture(root / "assets" / "icons" / f"calmtray-{size}.png") for size in SIZES]
    windows, macos = folder / "calmtray.ico", folder / "calmtray.icns"
    largest = pictures[-1]
    largest.save(windows, sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    largest.save(macos, append_images=pictures[:-1])
    return windows, macos


def _picture(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        return opened.convert("RGBA")
