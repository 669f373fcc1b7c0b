#!/usr/bin/env python3
"""The commands of calmtray's developers. They need Python 3.11 to 3.13 and see to the rest.

    python3 dev.py run [arguments]            start the app
    python3 dev.py test                       every check and every test
    python3 dev.py test ARGUMENTS             pytest alone, with these arguments
    python3 dev.py bench [arguments]          the benchmarks
    python3 dev.py messages                   bring the message catalogues up to date with the source
    python3 dev.py schema | icons | sounds    make again what is made from the source
    python3 dev.py scenes                     paint the quiet pictures again
    python3 dev.py pictures                   take the pictures of the documents again
    python3 dev.py package [WHAT]             build what people install, into dist/ (see packaging/README.md)
    python3 dev.py voices [--check]           record what the practices say and has changed, or prove the recordings

Everything goes into .venv. Once that is ready, nothing is installed or asked twice: a command starts at once.
"""

from __future__ import annotations  # so that an older Python gets as far as being told that it is too old

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path  # what only a set-up needs is imported there: every start pays for these

ROOT = Path(__file__).resolve().parent
LOCALE = ROOT / "src/calmtray/words/locale"
CATALOGUES = ("--domain=calmtray", "-d", str(LOCALE))
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# A set-up goes as far as a command needs: "app" to start it, "dev" for checks, tests and benchmarks as well, "voices"
# to record voices on top of that (1 GB that nobody else needs): each holds the ones before it.
# Its last act is to write the stamp: a .venv without one was never finished.
STAMP = VENV / "ready"
PYTHON_VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
PIP_MANNERS = ("--quiet", "--no-input", "--disable-pip-version-check")
SET_UP_READS = ("pyproject.toml", "constraints.txt", "hatch_build.py", "dev.py")

# What a Linux system has to bring along: Debian's package, and the file by which we know that it is there.
# First Qt's libraries, which it loads late, saying little when one is missing; and what sound is played through.
APP_PACKAGES = {
    "libdbus-1-3": "libdbus-1.so.3",
    "libegl1": "libEGL.so.1",
    "libfontconfig1": "libfontconfig.so.1",
    "libgl1": "libGL.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libpulse0": "libpulse.so.0",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
# Then the desktop that tests/desktop brings up: a screen, a window manager, two trays, hands, and a sound server.
DEV_PACKAGES = {
    "dbus": "dbus-run-session",
    "dbus-x11": "dbus-launch",
    "espeak-ng": "espeak-ng",
    "git": "git",
    "groff-base": "groff",
    "openbox": "openbox",
    "pulseaudio": "pulseaudio",
    "pulseaudio-utils": "parec",
    "strace": "strace",
    "trayer": "trayer",
    "x11-utils": "xprop",
    "xdotool": "xdotool",
    "xfce4-panel": "xfce4-panel",
    "xvfb": "Xvfb",
}

SET_UPS = {
    "app": (APP_PACKAGES, "."),
    "dev": ({**APP_PACKAGES, **DEV_PACKAGES}, ".[dev]"),
    "voices": ({**APP_PACKAGES, **DEV_PACKAGES}, ".[dev,voices]"),
}

# Commands that are one Python module, and how far the set-up has to go for them.
MODULES = {
    "run": ("app", "calmtray"),
    "bench": ("dev", "benchmarks"),
    "schema": ("dev", "tools.schema"),
    "icons": ("dev", "tools.icons"),
    "sounds": ("dev", "tools.sounds"),
    "scenes": ("dev", "tools.scenes"),
    "pictures": ("dev", "tools.pictures"),
    "package": ("dev", "tools.packing"),
    "voices": ("voices", "tools.voices"),
}

HEARD = "tests/desktop/test_sound.py"

# What `test` does, in this order, as arguments of .venv's Python.
CHECKS = {
    "Style": ["-m", "ruff", "check"],
    "Layout": ["-m", "ruff", "format", "--check"],
    "Types": ["-m", "mypy"],
    "Who imports whom": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "Tests": ["-m", "pytest", "tests", "--ignore=tests/desktop", "-n", "2", "--cov", "--cov-report="],
    "Coverage of the pure rooms": ["-m", "coverage", "report"],
    # Two desktops side by side; what is heard is timed to the millisecond, and wants the machine to itself.
    "Tests on a real desktop": ["-m", "pytest", "tests/desktop", f"--ignore={HEARD}", "-n", "2", "--dist", "loadfile"],
    "Tests of what is heard": ["-m", "pytest", HEARD],
}


class Trouble(Exception):
    """Something that this machine lacks. Says what happened, what it means and what to do."""


def main(arguments: list[str]) -> int:
    command, rest = arguments[:1], arguments[1:]
    try:
        check_python(sys.version_info[:2])
        return obey(command[0] if command else "help", rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. The next command takes up from here.", file=sys.stderr)
        return 130


def obey(command: str, arguments: list[str]) -> int:
    if command in MODULES:
        return run_module(command, arguments)
    if command == "test":
        return run_pytest(arguments) if arguments else run_checks()
    if command == "messages":
        return renew_messages()
    say(str(__doc__).strip())
    return 0 if command in ("help", "-h", "--help") else 2


def say(line: str) -> None:
    print(line, flush=True)  # at once, to stay in order with what the programs that we start print


def tell(line: str) -> None:
    """Say how a set-up goes on; not among what the command is asked for, which may be read by a program."""
    print(line, file=sys.stderr, flush=True)


# --- the commands -----------------------------------------------------------------------------------------


def run_module(command: str, arguments: list[str]) -> int:
    depth, module = MODULES[command]
    get_ready(depth)
    if command != "run":  # the app stays where the user is, whose file names are meant from there
        os.chdir(ROOT)
    return become([str(PYTHON), "-m", module, *arguments])


def run_pytest(arguments: list[str]) -> int:
    get_ready("dev")
    os.chdir(ROOT)
    return become([str(PYTHON), "-m", "pytest", *arguments])


def run_checks() -> int:
    get_ready("dev")
    results = [run_check(name, arguments) for name, arguments in CHECKS.items()]
    say("\n=== In short")
    for _, verdict in results:
        say(verdict)
    return 0 if all(passed for passed, _ in results) else 1


def run_check(name: str, arguments: list[str]) -> tuple[bool, str]:
    say(f"\n=== {name}")
    start = time.monotonic()
    passed = subprocess.call([str(PYTHON), *arguments], cwd=ROOT) == 0
    verdict = f"{name:28}{'fine' if passed else 'FAILED':8}{time.monotonic() - start:6.1f} s"
    say(verdict)
    return passed, verdict


def renew_messages() -> int:
    get_ready("dev")
    say("Bringing the message catalogues up to date with the source ...")
    template = str(LOCALE / "calmtray.pot")
    keywords = ("--keyword=marked", "--keyword=plural:1,2")  # beside _: see calmtray.words.language
    pybabel("extract", *keywords, "-F", "pyproject.toml", "--add-location=file", "-o", template, "src")
    pybabel("update", *CATALOGUES, "-i", template, "--no-fuzzy-matching", "--ignore-pot-creation-date")
    compile_messages()
    return 0


def become(command: list[str]) -> int:
    """Leave this process to the command. Windows has no way to, there it runs below us."""
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


# --- getting ready ----------------------------------------------------------------------------------------


def check_python(version: tuple[int, ...]) -> None:
    if not (3, 11) <= version <= (3, 13):
        this = ".".join(map(str, version))
        raise Trouble(f"calmtray needs Python 3.11, 3.12 or 3.13 to start dev.py with, and this is {this}.")


def get_ready(depth: str) -> None:
    wanted = stamp(depth)
    if not serves(read_stamp(), wanted):
        set_up(depth, wanted)
    if has_stale_catalogue(LOCALE):
        compile_messages()


def stamp(depth: str) -> str:
    """Differs with everything that a set-up depends on; the place too, for .venv is full of whole paths."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in SET_UP_READS:
        digest.update((ROOT / name).read_bytes())
    return f"{PYTHON_VERSION} {digest.hexdigest()} {depth}"


def read_stamp() -> str:
    """The stamp of .venv; empty where .venv is missing, half made, or has lost the Python that made it."""
    return STAMP.read_text(encoding="utf-8") if STAMP.exists() and PYTHON.exists() else ""


def serves(found: str, wanted: str) -> bool:
    """A set-up is good for everything that needs no more of it."""
    kept, _, depth = wanted.rpartition(" ")
    depths = list(SET_UPS)
    return found in [f"{kept} {deeper}" for deeper in depths[depths.index(depth) :]]


def set_up(depth: str, wanted: str) -> None:
    packages, project = SET_UPS[depth]
    require_packages(packages)
    try:
        if not read_stamp().startswith(PYTHON_VERSION + " "):
            make_venv()
        STAMP.unlink(missing_ok=True)
        install(project)
        STAMP.write_text(wanted, encoding="utf-8")
    except OSError as error:
        raise Trouble(f"Could not finish .venv, and nothing starts without it: {error}") from error


def make_venv() -> None:
    tell(f"Making .venv with Python {PYTHON_VERSION} ...")
    run_quietly(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        "Python could not make .venv, for the reason above. Mend that, then try again.",
    )


def install(project: str) -> None:
    """First the build tools, as constraints.txt has them: pip alone would fetch the newest every time."""
    import tomllib

    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    beside = {".[dev]": ", for tests too", ".[dev,voices]": ", for tests and recordings too"}.get(project, "")
    tell(f"Installing calmtray and its libraries{beside} (once) ...")
    pip(*said["build-system"]["requires"])
    pip("--no-build-isolation", "--editable", project)


def pip(*what: str) -> None:
    run_quietly(
        [str(PYTHON), "-m", "pip", "install", *PIP_MANNERS, "--constraint", "constraints.txt", *what],
        "pip could not install the libraries, for the reason above, and calmtray cannot start without them.\n"
        "Most often it is the network or a full disk. Look to that, then try again.",
    )


def run_quietly(command: list[str], or_else: str) -> None:
    """What the command says is shown only if it fails, with a sentence on what that means."""
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    done = subprocess.run(command, cwd=ROOT, stdin=nothing, stdout=pipe, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise Trouble(f"{done.stdout.decode(errors='replace').strip()}\n\n{or_else}")


# --- the system's packages --------------------------------------------------------------------------------


def require_packages(packages: dict[str, str]) -> None:
    import shutil

    missing = missing_packages(packages) if sys.platform.startswith("linux") else {}
    if not missing:
        return
    names = " ".join(missing)
    if not shutil.which("apt-get"):
        raise Trouble(
            f"calmtray needs these files, which this system lacks: {' '.join(missing.values())}\n"
            f"Install the packages that bring them, then try again. Debian calls these: {names}"
        )
    if os.geteuid() != 0:
        raise Trouble(
            "calmtray needs a few packages that this system lacks. Type this, then try again:\n"
            f"sudo apt-get update && sudo apt-get install --no-install-recommends {names}"
        )
    tell(f"Installing Debian packages (once): {names} ...")
    apt_get("update")
    apt_get("install", "--yes", "--no-install-recommends", *missing)


def missing_packages(packages: dict[str, str]) -> dict[str, str]:
    import importlib.util

    missing = {package: file for package, file in packages.items() if not is_there(file)}
    if importlib.util.find_spec("ensurepip") is None:  # Debian takes it out of Python
        missing[f"python{PYTHON_VERSION}-venv"] = "ensurepip"
    return missing


def is_there(file: str) -> bool:
    import ctypes
    import shutil

    if ".so." not in file:
        return shutil.which(file) is not None
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def apt_get(*arguments: str) -> None:
    run_quietly(
        ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", *arguments],
        "apt-get could not install what calmtray needs, for the reason above. Mend that, then try again.",
    )


# --- message catalogues -----------------------------------------------------------------------------------


def has_stale_catalogue(locale: Path) -> bool:
    catalogues = locale.glob("*/LC_MESSAGES/*.po")
    return any(modified(source.with_suffix(".mo")) < modified(source) for source in catalogues)


def modified(file: Path) -> float:
    return file.stat().st_mtime if file.exists() else 0


def compile_messages() -> None:
    pybabel("compile", *CATALOGUES)


def pybabel(*arguments: str) -> None:
    run_quietly(
        [str(PYTHON), "-m", "babel.messages.frontend", *arguments],
        "The message catalogues are not in order, for the reason above. Mend that, then try again.",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
