"""Write ``assets/sounds``: ``python3 dev.py sounds``."""

from __future__ import annotations

from pathlib import Path

from tools.sounds.making import SOUNDS, write

FOLDER = Path(__file__).parent.parent.parent / "assets" / "sounds"


def main() -> None:
    for name in SOUNDS:
        print(name, flush=True)
        write(name, FOLDER)


if __name__ == "__main__":
    main()
