"""calmtray as one folder that needs no Python: PyInstaller's, from the wheel, with the libraries of constraints.txt."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.packing import icu
from tools.packing.running import run

NUMPY_BUILD = ("blas=none", "lapack=none", "allow-noblas=true", "cpu-dispatch=none")
"""calmtray adds and multiplies blocks of sound: NumPy's usual 25 MB for linear algebra would lie idle, and so would
the same loops compiled five times for newer processors."""


def make_venv(root: Path, folder: Path) -> Path:
    """A .venv with what packs, and with what is packed except for calmtray; gives its Python."""
    python = folder / "bin" / "python"
    made_of = folder / "made-of.txt"
    constraints = root / "constraints.txt"
    wanted = constraints.read_text(encoding="utf-8") + "\n".join(NUMPY_BUILD)
    if python.exists() and made_of.exists() and made_of.read_text(encoding="utf-8") == wanted:
        return python
    run([sys.executable, "-m", "venv", "--clear", str(folder)])
    pip = [str(python), "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
    limits = ["--constraint", str(constraints)]
    lean = [f"-Csetup-args=-D{option}" for option in NUMPY_BUILD]
    run([*pip, "install", *limits, "--no-binary=numpy", *lean, "numpy"])
    run([*pip, "install", *limits, "pyinstaller"])
    made_of.write_text(wanted, encoding="utf-8")
    return python


def install(python: Path, root: Path, wheel: Path) -> None:
    """Put this wheel, and what it needs, into the .venv."""
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    run([*pip, "--constraint", str(root / "constraints.txt"), str(wheel)])
    run([*pip, "--no-deps", "--force-reinstall", str(wheel)])


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
