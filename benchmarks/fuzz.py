"""Damaged practice files and packs by the thousands: ``python3 dev.py bench --only fuzz``.

Every one is refused with a sentence or taken as it should be, or this ends with an error that names its number.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.table import Row
from tests.practice.bundled import FILES, SHARED
from tests.practice.packing import SPOKEN
from tests.practice.spoiling import pack_spoiled, text_spoiled, watched
from tests.practice.trying import try_pack, try_practice

SEED = 4
LONGEST_S = 1.0


def fuzz_rows(quick: bool) -> Iterator[Row]:
    """5,000 files and 5,000 packs, or a tenth of them; the longest time that one of them took."""
    count = 500 if quick else 5_000
    with tempfile.TemporaryDirectory() as folder:
        for name, run in (("practice files", _try_file), ("packs", _try_pack)):
            outcomes: Counter[str] = Counter()
            longest, slowest = 0.0, 0
            for number in range(count):
                took, outcome = run(number, Path(folder))
                outcomes[outcome or "fine"] += 1
                longest, slowest = max((longest, slowest), (took, number))
            print(f"{count} {name}: " + ", ".join(f"{outcome} {times}" for outcome, times in outcomes.most_common()))
            yield Row(f"{count} damaged {name}: longest (number {slowest})", longest, None, LONGEST_S, "s")


def _try_file(number: int, folder: Path) -> tuple[float, str]:
    chance = Random(f"{SEED} file {number}")
    data = text_spoiled(chance.choice(FILES).read_text(encoding="utf-8"), chance)
    with watched(folder) as written:
        began = time.perf_counter()
        outcome = try_practice(folder / "spoiled.toml", data, SHARED)
        took = time.perf_counter() - began
    assert written == [], f"number {number}"
    return took, outcome


def _try_pack(number: int, folder: Path) -> tuple[float, str]:
    chance = Random(f"{SEED} pack {number}")
    own, path = folder / "own", folder / "spoiled.calmpack"
    own.mkdir(exist_ok=True)
    if not (own / "mine.toml").exists():
        (own / "mine.toml").write_bytes(SPOKEN["practices/mine.toml"].replace(b"A good one", b"Another one"))
    files = dict(SPOKEN)
    if chance.random() < 0.3:
        file = chance.choice(FILES)
        files[f"practices/{file.stem}.toml"] = file.read_bytes()
    data = pack_spoiled(files, chance)
    with watched(own, path) as written:
        began = time.perf_counter()
        outcome = try_pack(path, data, own, chance)
        took = time.perf_counter() - began
    assert written == [], f"number {number}"
    return took, outcome
