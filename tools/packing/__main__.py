"""python3 dev.py package [deb]: the sdist and the wheel, and with ``deb`` the Debian package, in ``dist/``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from calmtray import __version__
from calmtray.components import components
from tools.packing import debian, frozen, parts, sbom, sizes
from tools.packing.running import Failed
from tools.packing.wheel import build_both, epoch

ROOT = Path(__file__).parents[2]
OUT = ROOT / "dist"
PLACE = ROOT / "build"


def main(arguments: list[str]) -> int:
    """The exit status: 2 where something could not be built."""
    if arguments not in ([], ["deb"]):
        print(str(__doc__), file=sys.stderr)
        return 2
    try:
        when = epoch(ROOT, os.environ)
        wheel = _wheel(when)
        if arguments == ["deb"]:
            _deb(wheel, when)
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 2
    return 0


def _wheel(when: str) -> Path:
    _say("Building the sdist and the wheel ...")
    sdist, wheel = build_both(ROOT, OUT, when)
    here = components()
    names = {one.name for one in here} - {"calmtray", "Python"}
    for package in (sdist, wheel):
        _tell(package)
        _tell(sbom.write(package, here, names, when))
    return wheel


def _deb(wheel: Path, when: str) -> None:
    _say("Making a .venv to pack from (the first time it compiles NumPy, which takes minutes) ...")
    python = frozen.make_venv(ROOT, PLACE / "venv")
    frozen.install(python, ROOT, wheel)
    _say("Packing ...")
    folder = frozen.freeze(python, ROOT, PLACE / "packed", when)
    made_of, names = parts.of_packed(python, folder, __version__)
    if unsaid := parts.unsaid(made_of):
        raise Failed(f"These do not say their licence, and calmtray can’t pass them on: {', '.join(unsaid)}")
    parts.write_list(made_of, folder)
    licences = parts.copyright_text(made_of, python, ROOT)
    parts.write_licences(licences, folder)
    package = debian.build(ROOT, folder, made_of, licences, OUT, when)
    _say(sizes.table(folder))
    _tell(package)
    _tell(sbom.write(package, made_of, names, when))


def _tell(path: Path) -> None:
    _say(f"{path.stat().st_size / 1e6:7.1f} MB  {path.relative_to(ROOT)}")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
