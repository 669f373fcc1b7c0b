"""ICU's data for the languages that calmtray speaks: Qt needs the library, and 2 MB of the 31 that come with it.

ICU's own tool takes out what is left unsaid; a language that is missing falls back to ICU's root, as an unknown one
does. calmtray's own sentences, dates and numbers never come from there: gettext and Qt have them.
"""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path

from calmtray.practice.model import LANGUAGES
from tools.packing.running import Failed, run

DROPPED_FOLDERS = frozenset({"brkitr", "curr", "lang", "rbnf", "region", "translit", "unit", "zone"})
"""How languages, regions, currencies, units and zones are called everywhere; transliteration; Thai line breaks."""

COMMON_DATA = b"CmnD"
MAGIC = 0x27DA


def keeps(item: str) -> bool:
    """Whether an item of ICU's data stays: what is of no language, the root, and the languages of calmtray."""
    folder, _, name = item.rpartition("/")
    if folder in DROPPED_FOLDERS or name.endswith(".cnv"):
        return False
    base = name.removesuffix(".res").split("_")[0]
    # Codes of languages have two letters or three; “res_index” and “ucadata” are none.
    is_language = name.endswith(".res") and len(base) <= 3 and base.islower() and name != "res_index.res"
    return not is_language or base in LANGUAGES


def trim(library: Path) -> None:
    """Make ``libicudata.so.N`` again, with what is kept."""
    version = library.name.rpartition(".")[2]
    with tempfile.TemporaryDirectory() as place:
        # icupkg takes the name of a file for that of the data, and ICU looks every item up by it.
        name = f"icudt{version}l.dat"
        whole, small = Path(place, name), Path(place, "small", name)
        small.parent.mkdir()
        dropped = Path(place, "dropped.txt")
        whole.write_bytes(_data(library, place))
        items = run(["icupkg", "-l", str(whole)]).split()
        dropped.write_text("".join(f"{item}\n" for item in items if not keeps(item)), encoding="ascii")
        run(["icupkg", "-r", str(dropped), str(whole), str(small)])
        _link(small, version, library)


def _data(library: Path, place: str) -> bytes:
    """The data of a library that holds nothing else."""
    raw = Path(place, "raw")
    run(["objcopy", "-O", "binary", "-j", ".rodata", str(library), str(raw)])
    data = raw.read_bytes()
    if struct.unpack_from("<2xH", data) != (MAGIC,) or data[12:16] != COMMON_DATA:
        raise Failed(f"{library.name} is not made as it was: its data does not begin where it did.")
    return data


def _link(data: Path, version: str, library: Path) -> None:
    source = data.with_suffix(".S")
    symbol = f"icudt{version}_dat"
    source.write_text(
        f'.section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol}, @object\n{symbol}:\n.incbin "{data}"\n'
        f".size {symbol}, . - {symbol}\n.section .note.GNU-stack\n",
        encoding="utf-8",
    )
    soname = f"-Wl,-soname,libicudata.so.{version}"
    run(["gcc", "-shared", "-nostdlib", "-s", "-Wl,--build-id=none", soname, "-o", str(library), str(source)])
