"""python3 dev.py package [deb|folder|wheels|bill FILE]: the sdist and the wheel in ``dist/``, and

deb        the Debian package
folder     the folder that an installer of Windows or macOS brings, in ``build/packed``
wheels     the wheel and those of all libraries in ``dist/wheels``, for the Flatpak, which is built without a network
bill FILE  only the bill of materials beside FILE, an installer or a disk image that was made of that folder, or a
           Flatpak that was made of those wheels
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path

from calmtray import __version__
from calmtray.components import Component, components, libraries
from tools.packing import checking, debian, frozen, parts, sbom, sizes
from tools.packing.icons import write_icons
from tools.packing.licences import licences
from tools.packing.running import Failed, require, run
from tools.packing.wheel import build_both, epoch

ROOT = Path(__file__).parents[2]
OUT = ROOT / "dist"
WHEELS = OUT / "wheels"
PLACE = ROOT / "build"

FLATPAK_PYTHON = "3.13"
"""That of the Flatpak's runtime."""


def main(arguments: list[str]) -> int:
    """The exit status: 2 where something could not be built."""
    try:
        when = epoch(ROOT, os.environ)
        match arguments:
            case []:
                _wheel(when)
            case ["deb"]:
                _deb(when)
            case ["folder"]:
                _folder_for_an_installer(_wheel(when), when)
            case ["bill", file]:
                _bill(Path(file), when)
            case ["wheels"]:
                _wheels(_wheel(when))
            case _:
                print(str(__doc__), file=sys.stderr)
                return 2
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 2
    return 0


def _wheel(when: str) -> Path:
    _say("Building the sdist and the wheel ...")
    sdist, wheel = build_both(ROOT, OUT, when)
    here, names = components(), {one.name for one in libraries("calmtray", distribution)}
    for package in (sdist, wheel):
        _tell(package)
        _tell(sbom.write(package, here, names, when))
    return wheel


def _deb(when: str) -> None:
    # Before minutes of work, not after.
    require({**debian.TOOLS, **checking.TOOLS})
    wheel = _wheel(when)
    _say("Making a .venv to pack from (the first time it compiles NumPy, which takes minutes) ...")
    python = frozen.make_venv(ROOT, PLACE / "venv")
    made_of, names, texts = _folder(python, wheel, when, debian=True)
    package = debian.build(ROOT, PLACE / "packed/calmtray", made_of, texts, OUT, when)
    _say(sizes.table(PLACE / "packed/calmtray"))
    _tell(package)
    checking.check(package)
    sizes.check(PLACE / "packed/calmtray", package)
    _tell(sbom.write(package, made_of, names, when))


def _folder(python: Path, wheel: Path, when: str, debian: bool) -> tuple[list[Component], set[str], str]:
    """Pack the folder; its components, which of them are libraries of Python's, and all their licences."""
    frozen.install(python, ROOT, wheel)
    made_of, names = parts.of_packed(python, __version__)
    if unsaid := parts.unsaid(made_of):
        raise Failed(f"These do not say their licence, and calmtray can’t pass them on: {', '.join(unsaid)}")
    texts = licences(made_of, python, ROOT, debian)
    frozen.lay_in(python, parts.as_list(made_of), texts)
    _say("Packing ...")
    frozen.freeze(python, ROOT, PLACE / "packed", when)
    return made_of, names, texts


def _folder_for_an_installer(wheel: Path, when: str) -> None:
    _say("Making a .venv to pack from ...")
    python = frozen.make_plain_venv(PLACE / "venv")
    write_icons(ROOT, PLACE / "packed")
    _folder(python, wheel, when, debian=False)


def _bill(package: Path, when: str) -> None:
    """For an installer or a disk image that was made of the folder, or a Flatpak that was made of the wheels."""
    if not package.is_file():
        raise Failed(f"There is no file {package}.")
    if package.suffix == ".flatpak":
        made_of, names = parts.of_wheels(WHEELS, __version__)
    else:
        made_of, names = parts.of_packed(frozen.python_of(PLACE / "venv"), __version__)
    _tell(sbom.write(package.resolve(), made_of, names, when))


def _wheels(wheel: Path) -> None:
    _say("Collecting the wheels of all libraries ...")
    # Those of an older day would be installed as well.
    shutil.rmtree(WHEELS, ignore_errors=True)
    platforms = [f"--platform=manylinux{each}_x86_64" for each in ("_2_28", "2014", "_2_34")]
    target = ["--only-binary=:all:", f"--python-version={FLATPAK_PYTHON}", *platforms]
    constraints = ["--constraint", str(ROOT / "constraints.txt")]
    # pip reads what is wanted "on Python 3.13 and later" as meant for the Python that it runs in.
    wanted = [str(wheel), "audioop-lts"]
    run([sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(WHEELS), *target, *constraints, *wanted])
    left_out = tuple(f"{name}-".lower() for name in parts.LEFT_OUT)
    for each in list(WHEELS.iterdir()):
        if each.name.lower().startswith(left_out):
            each.unlink()
    _say(f"{sum(each.stat().st_size for each in WHEELS.iterdir()) / 1e6:7.1f} MB  {WHEELS.relative_to(ROOT)}")


def _tell(path: Path) -> None:
    _say(f"{path.stat().st_size / 1e6:7.1f} MB  {path.relative_to(ROOT)}")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
