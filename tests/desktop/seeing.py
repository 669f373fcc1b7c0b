"""Reading pictures: where the buttons are, and how large the circle is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageColor, ImageDraw

from calmtray.ui.theme import LIGHT

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in px, the last two just outside: as Pillow has it."""

RAYS = 16


def patches(picture: Image.Image, colour: str, least: tuple[int, int]) -> list[Box]:
    """Connected areas of exactly this colour that are at least so wide and high, from top to bottom."""
    flat = Image.new("RGB", picture.size, ImageColor.getrgb(colour))
    red, green, blue = ImageChops.difference(picture.convert("RGB"), flat).split()
    off = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    mask = off.point([255 if much <= 2 else 0 for much in range(256)])
    found = []
    while box := mask.getbbox():
        top = box[1]
        (left, *_) = mask.crop((0, top, mask.width, top + 1)).getbbox() or (0,)
        before = mask.copy()
        ImageDraw.floodfill(mask, (left, top), 0)
        patch = ImageChops.difference(before, mask).getbbox()
        assert patch is not None
        if patch[2] - patch[0] >= least[0] and patch[3] - patch[1] >= least[1]:
            found.append(patch)
    return found


def primary_buttons(picture: Image.Image) -> list[Box]:
    """The buttons that a page asks for most: *Open*, *Begin*, *That's enough*."""
    return patches(picture, LIGHT.accent, (40, 24))


def notices(picture: Image.Image) -> list[Box]:
    """What somebody should know, in a soft box across the page."""
    return patches(picture, LIGHT.accent_soft, (300, 24))


def colourful(picture: Image.Image) -> Box | None:
    """Where something stands out of the grey, as an icon does in a tray."""
    return picture.convert("HSV").getchannel("S").point([255 if much > 90 else 0 for much in range(256)]).getbbox()


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle in a picture, in px."""

    x: float
    y: float
    radius: float


def disc(picture: Image.Image) -> Disc:
    """The breathing circle: its middle, and its edge where the ground is half gone."""
    largest = max(patches(picture, LIGHT.accent_soft, (40, 40)), key=lambda box: box[2] - box[0])
    x, y = (largest[0] + largest[2] - 1) / 2, (largest[1] + largest[3] - 1) / 2
    reach = (largest[2] - largest[0]) / 2
    edges = [_edge(picture, x, y, turn, reach) for turn in _turns()]
    return Disc(x, y, sum(edges) / len(edges))


def outline(picture: Image.Image, around: Disc) -> float:
    """The radius of the faint ring of a full breath: where most of it lies, outside of the disc."""
    shares = {}
    start, end = round(around.radius + 6), round(around.radius * 3)
    for step in range(start * 4, end * 4):
        radius = step / 4
        rays = [_share(picture, around.x, around.y, turn, radius) for turn in _turns()]
        shares[radius] = sum(rays) / len(rays)
    radius = max(shares, key=lambda radius: shares[radius])
    assert shares[radius] > 0.1, f"there is no ring to be seen around the disc; the strongest is {shares[radius]:.2f}"
    near = {at: share for at, share in shares.items() if abs(at - radius) <= 2 and share > 0.02}
    return sum(at * share for at, share in near.items()) / sum(near.values())


def _turns() -> list[float]:
    return [math.tau * (number + 0.5) / RAYS for number in range(RAYS)]


def _edge(picture: Image.Image, x: float, y: float, turn: float, near: float) -> float:
    """Coming from outside, where the disc's edge is half there: 0.5 of its colour, to a fraction of a px."""
    outer, step = near + 6, 0.25
    before = _share(picture, x, y, turn, outer)
    while outer > near - 12:
        share = _share(picture, x, y, turn, outer - step)
        if share >= 0.5:
            return outer - step * (0.5 - before) / (share - before)
        before, outer = share, outer - step
    raise AssertionError("the disc has no edge")


def _share(picture: Image.Image, x: float, y: float, turn: float, radius: float) -> float:
    """How much of the accent is there, 0 the ground .. 1 the accent, between four px."""
    at_x, at_y = x + radius * math.cos(turn), y + radius * math.sin(turn)
    left, top = math.floor(at_x), math.floor(at_y)
    across, down = at_x - left, at_y - top
    share = 0.0
    for dx, dy, weight in (
        (0, 0, (1 - across) * (1 - down)),
        (1, 0, across * (1 - down)),
        (0, 1, (1 - across) * down),
        (1, 1, across * down),
    ):
        share += weight * _accent(picture, left + dx, top + dy)
    return share


_GROUND, _ACCENT = ImageColor.getrgb(LIGHT.ground), ImageColor.getrgb(LIGHT.accent)
_WAY = tuple(accent - ground for accent, ground in zip(_ACCENT, _GROUND, strict=True))
_WAY_2 = sum(part * part for part in _WAY)


def _accent(picture: Image.Image, x: int, y: int) -> float:
    if not (0 <= x < picture.width and 0 <= y < picture.height):
        return 0.0
    pixel = picture.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return sum((seen - ground) * part for seen, ground, part in zip(pixel, _GROUND, _WAY, strict=False)) / _WAY_2
