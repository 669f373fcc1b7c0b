"""Try a wheel as somebody would who installs it: in fresh environments, one for each Python that is named.

    .venv/bin/python -m tools.packing.try_wheel dist/calmtray-*.whl python3.11 python3.12 python3.13

Each gets a new environment, the wheel with its libraries from a package index, a desktop with a tray and silent
speakers, and a home of its own. A click begins a practice that is heard; its line is in the journal; a next version is
installed over it, and the line is still there; it is uninstalled, and the line is there all the same. ``pipx`` beside
the Pythons tries that as well.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.desktop import programs
from tests.desktop.calm import BREATH, Calm, title
from tests.desktop.desk import Desk
from tests.desktop.listening import begin, open_ready
from tests.desktop.speakers import Speakers
from tests.desktop.waiting import let_pass, wait_for

SAME = (("list", "--json"), ("list", "--json", "--lang", "fr"), ("voices",))
"""What an installed calmtray says as the checkout does: it has the same practices, voices and sounds."""

PIP = ("-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check")


class Installed(Calm):
    """The app as it is installed, and not as it lies in a checkout."""

    def __init__(self, desk: Desk, home: Path, program: Path) -> None:
        super().__init__(desk, home)
        self._program = program

    def _command(self, *arguments: str) -> list[str]:
        return [str(self._program), "--home", str(self.home), *arguments]


def next_version(wheel: Path, folder: Path) -> Path:
    """The same wheel under a higher version."""
    name, version, *rest = wheel.name.split("-")
    higher = f"{version}.1"
    before, after = f"{name}-{version}.dist-info", f"{name}-{higher}.dist-info"
    made = folder / "-".join([name, higher, *rest])
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == f"{before}/METADATA":
                text = text.replace(f"\nVersion: {version}\n".encode(), f"\nVersion: {higher}\n".encode())
            elif entry.filename == f"{before}/RECORD":
                # Nobody checks the sums of what is installed from a file; the names have to be right.
                names = (line.split(",")[0].replace(before, after) for line in text.decode().splitlines())
                text = "".join(f"{each},,\n" for each in names).encode()
            new.writestr(entry.filename.replace(before, after), text)
    return made


def take_a_practice(calm: Calm, desk: Desk, speakers: Speakers) -> None:
    """A click on the icon, and a practice that is heard."""
    calm.decline_offers()
    calm.start()
    calm.click_icon()
    wait_for(calm.windows, "the window after a click on the icon")
    recorder = speakers.record()
    window = open_ready(calm, BREATH, title(BREATH))
    began = begin(calm, window)
    wait_for(speakers.streams, "sound")
    let_pass(1.5)
    desk.press("Escape")
    calm.wait_for_end()
    if recorder.stop().first_sound(began, threshold=0.001) is None:
        sys.exit("FAILED: nothing was heard")


def quit_(calm: Calm) -> None:
    """End it; it is to have had nothing to complain of."""
    calm.run("quit")
    if calm.exit_status() or calm.said():
        sys.exit(f"FAILED: it complained: {calm.said()}")


def here(desk: Desk, folder: Path, *arguments: str) -> str:
    """What the checkout's calmtray says to this."""
    command = [sys.executable, "-m", "calmtray", "--home", str(folder / "checkout"), *arguments]
    return subprocess.run(command, env=desk.env, capture_output=True, text=True, check=True).stdout


def practices_of(calm: Calm) -> list[str]:
    """What the journal has."""
    return [row["practice"] for row in calm.journal()]


def try_one(python: str, wheel: Path, desk: Desk, speakers: Speakers, folder: Path) -> str:
    """All of it, with one Python; what there is to say of it."""
    venv = folder / "venv"
    install: tuple[str, ...]
    uninstall: tuple[str, ...]
    if python == "pipx":
        env = desk.env | {"PIPX_HOME": str(folder / "pipx"), "PIPX_BIN_DIR": str(folder / "bin")}
        install = ("pipx", "install", "--force")
        uninstall = ("pipx", "uninstall", "calmtray")
        program = folder / "bin" / "calmtray"
    else:
        env = desk.env
        subprocess.run([python, "-m", "venv", str(venv)], check=True)
        its_python = str(venv / "bin" / "python")
        install = (its_python, *PIP, "install", "--upgrade")
        uninstall = (its_python, *PIP, "uninstall", "--yes", "calmtray")
        program = venv / "bin" / "calmtray"
    subprocess.run([*install, str(wheel)], env=env, check=True, stdout=subprocess.DEVNULL)
    calm = Installed(desk, folder / "calm", program)
    try:
        take_a_practice(calm, desk, speakers)
        quit_(calm)
        before = practices_of(calm)
        subprocess.run([*install, str(next_version(wheel, folder))], env=env, check=True, stdout=subprocess.DEVNULL)
        after = practices_of(calm)
        calm.start()
        wait_for(desk.icon, "the icon after the upgrade")
        quit_(calm)
        unlike = [what for what in SAME if calm.run(*what).stdout != here(desk, folder, *what)]
        version = calm.run("--version", "--verbose").stdout.split("Python ", 1)[1].split()[0]
        subprocess.run(uninstall, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    finally:
        calm.kill()
    if not before == after == [BREATH]:
        sys.exit(f"FAILED: the journal had {before}, and after the upgrade {after}")
    if unlike:
        sys.exit(f"FAILED: unlike the checkout in {unlike}")
    if program.exists() or not calm.paths.journal.exists():
        sys.exit("FAILED: uninstalled, the program is left or the journal is gone")
    return f"Python {version}: practices and voices as here; heard, kept through an upgrade, left alone at the end"


def main(arguments: list[str]) -> int:
    """Each Python in turn; the first that fails ends it."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    wheel = Path(arguments[0]).resolve()
    for python in arguments[1:]:
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder))
            speakers = Speakers(desk)
            try:
                desk.open()
                desk.start_trayer()
                speakers.start()
                print(f"- {python}: {try_one(python, wheel, desk, speakers, Path(folder))}", flush=True)
            finally:
                speakers.close()
                desk.close()
                programs.end_what_is_left()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
