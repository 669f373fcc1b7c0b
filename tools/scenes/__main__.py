"""Write ``assets/pictures``: ``python3 dev.py scenes``."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from tools.scenes import leaves, meadow, plant
from tools.scenes.painting import finished

FOLDER = Path(__file__).parent.parent.parent / "assets" / "pictures"

SCENES = {"leaves": leaves, "meadow": meadow, "plant": plant}

QUALITY = 92


def main(names: list[str], folder: Path = FOLDER) -> None:
    """Paint these scenes, or all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or SCENES:
        print(name, flush=True)
        scene = SCENES[name]
        chance = np.random.default_rng(scene.SEED)
        Image.fromarray(finished(scene.paint(chance), chance)).save(folder / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main(sys.argv[1:])
