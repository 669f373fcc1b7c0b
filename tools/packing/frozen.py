"""calmtray as one folder that needs no Python: PyInstaller's, from the wheel, with the libraries of constraints.txt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from calmtray.components import LISTED
from calmtray.licences import PACKED
from tools.packing import icu
from tools.packing.parts import site_of
from tools.packing.running import run

NUMPY_BUILD = ("blas=none", "lapack=none", "allow-noblas=true", "cpu-dispatch=none")
"""calmtray adds and multiplies blocks of sound: NumPy's usual 25 MB for linear algebra would lie idle, and so would
the same loops compiled five times for newer processors."""


PIP = ("-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check", "install", "--constraint")


def make_venv(root: Path, folder: Path) -> Path:
    """A .venv with that NumPy, which is compiled once for each version of it; gives its Python."""
    python = python_of(folder)
    made_of = folder / "made-of.txt"
    constraints = root / "constraints.txt"
    makers = root / "packaging/numpy-build.txt"
    pinned = [line for line in constraints.read_text(encoding="utf-8").splitlines() if line.startswith("numpy==")]
    wanted = "\n".join([sys.version, *pinned, *NUMPY_BUILD, makers.read_text(encoding="utf-8")])
    if python.exists() and made_of.exists() and made_of.read_text(encoding="utf-8") == wanted:
        return python
    run([sys.executable, "-m", "venv", "--clear", str(folder)])
    # The pip of Debian 12 passes no options on to what compiles, and takes no versions for it.
    run([python, *PIP, constraints, "--upgrade", "pip"])
    lean = [f"-Csetup-args=-D{option}" for option in NUMPY_BUILD]
    run([python, *PIP, constraints, "--build-constraint", makers, "--no-binary=numpy", *lean, "numpy"])
    made_of.write_text(wanted, encoding="utf-8")
    return python


def make_plain_venv(folder: Path) -> Path:
    """A .venv with NumPy as it comes, where nobody looks at every megabyte; gives its Python."""
    run([sys.executable, "-m", "venv", "--clear", str(folder)])
    return python_of(folder)


def python_of(folder: Path) -> Path:
    """The Python of a .venv."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(python: Path, root: Path, wheel: Path) -> None:
    """Put what packs, this wheel, and what it needs into the .venv."""
    constraints = root / "constraints.txt"
    run([python, *PIP, constraints, "pyinstaller", wheel])
    run([python, *PIP, constraints, "--no-deps", "--force-reinstall", wheel])


def lay_in(python: Path, listed: str, texts: str) -> None:
    """Lay the list of components and the texts of their licences into the calmtray that is installed there."""
    folder = site_of(python) / "calmtray"
    (folder / LISTED).write_text(listed, encoding="utf-8")
    (folder / PACKED).write_text(texts, encoding="utf-8")


def freeze(python: Path, root: Path, place: Path, when: str) -> Path:
    """The folder, below ``place``."""
    spec = root / "packaging" / "calmtray.spec"
    places = ["--distpath", str(place), "--workpath", str(place / "work")]
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--clean", *places, str(spec)]
    # The hash seed and the date go into what is packed.
    run(command, cwd=root, PYTHONHASHSEED="0", SOURCE_DATE_EPOCH=when)
    folder = place / "calmtray"
    for library in (folder / "_internal/PySide6/Qt/lib").glob("libicudata.so.*"):
        icu.trim(library)
    return folder
