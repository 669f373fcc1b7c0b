"""python3 dev.py package [deb|folder|wheels]: the sdist and the wheel in ``dist/``, and

deb       the Debian package
folder    the folder that an installer of Windows or macOS brings, in ``build/packed``
wheels    the wheel and those of all libraries in ``dist/wheels``, for the Flatpak, which is built without a network
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from calmtray import __version__
from calmtray.components import components
from tools.packing import checking, debian, frozen, parts, sbom, sizes
from tools.packing.icons import write_icons
from tools.packing.running import Failed, run
from tools.packing.wheel import build_both, epoch

ROOT = Path(__file__).parents[2]
OUT = ROOT / "dist"
PLACE = ROOT / "build"


def main(arguments: list[str]) -> int:
    """The exit status: 2 where something could not be built."""
    if arguments not in ([], ["deb"], ["folder"], ["wheels"]):
        print(str(__doc__), file=sys.stderr)
        return 2
    try:
        when = epoch(ROOT, os.environ)
        wheel = _wheel(when)
        if arguments == ["deb"]:
            _deb(wheel, when)
        elif arguments == ["folder"]:
            _folder(wheel, when)
        elif arguments == ["wheels"]:
            _wheels(wheel)
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
    checking.check(package)
    _say(sizes.table(folder))
    _tell(package)
    _tell(sbom.write(package, made_of, names, when))


def _folder(wheel: Path, when: str) -> None:
    _say("Making a .venv to pack from ...")
    python = frozen.make_plain_venv(PLACE / "venv")
    frozen.install(python, ROOT, wheel)
    _say("Packing ...")
    write_icons(ROOT, PLACE / "packed")
    frozen.freeze(python, ROOT, PLACE / "packed", when)


def _wheels(wheel: Path) -> None:
    _say("Collecting the wheels of all libraries ...")
    target = ["--only-binary=:all:", "--python-version=3.12", "--platform=manylinux_2_28_x86_64"]
    target += ["--platform=manylinux2014_x86_64", "--platform=manylinux_2_34_x86_64"]
    constraints = ["--constraint", str(ROOT / "constraints.txt")]
    run(
        [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--dest",
            str(OUT / "wheels"),
            *target,
            *constraints,
            str(wheel),
        ]
    )


def _tell(path: Path) -> None:
    _say(f"{path.stat().st_size / 1e6:7.1f} MB  {path.relative_to(ROOT)}")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
