"""What goes into a package, and what is left out: the decisions, as far as they can be tried without packing."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest

from calmtray.cli import make_parser
from calmtray.components import Component, components, libraries, within
from calmtray.packed import child_of, give_back
from calmtray.words.language import use_language
from tools.packing import commands, completions, sbom, sizes
from tools.packing.icu import keeps as icu_keeps
from tools.packing.kept import kept
from tools.packing.licences import COMMON_LICENCES, licences
from tools.packing.manual import manual
from tools.packing.parts import LEFT_OUT, of_wheels
from tools.packing.running import Failed, require
from tools.packing.sizes import part_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def program():
    return commands.read(make_parser())


# What PyInstaller finds, and what is kept of it.


def test_a_library_of_the_system_is_left_to_the_system():
    own, systems = ("libpython3.11.so.1.0", "/usr/lib/a", "BINARY"), ("libX11.so.6", "/usr/lib/b", "BINARY")
    assert kept([own, systems]) == [own]


def test_qt_is_kept_as_far_as_it_is_in_use():
    used = ("PySide6/Qt/lib/libQt6Gui.so.6", "x", "BINARY")
    unused = ("PySide6/Qt/lib/libQt6Network.so.6", "x", "BINARY")
    theme = ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "x", "BINARY")
    french, german = (
        ("PySide6/Qt/translations/qtbase_fr.qm", "x", "DATA"),
        ("PySide6/Qt/translations/qtbase_de.qm", "x", "DATA"),
    )
    assert kept([used, unused, theme, french, german]) == [used, french]


def test_a_link_stays_with_what_it_leads_to():
    file = ("PySide6/Qt/lib/libQt6Gui.so.6", "x", "BINARY")
    good = ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK")
    near = ("PySide6/Qt/lib/libQt6Gui.so", "libQt6Gui.so.6", "SYMLINK")
    loose = ("libQt6Qml.so.6", "PySide6/Qt/lib/libQt6Qml.so.6", "SYMLINK")
    assert kept([file, good, near, loose]) == [file, good, near]


@pytest.mark.parametrize(
    ("item", "stays"),
    [
        ("root.res", True),
        ("fr_CA.res", True),
        ("de.res", False),
        ("coll/ucadata.icu", True),
        ("coll/res_index.res", True),
        ("coll/en.res", True),
        ("coll/yue_Hant.res", False),
        ("zone/fr.res", False),
        ("pool.res", True),
        ("ibm-37_P100-1995.cnv", False),
    ],
)
def test_icu_keeps_what_is_of_no_language_and_what_is_of_ours(item, stays):
    assert icu_keeps(item) is stays


def test_every_file_belongs_to_a_part():
    assert part_of("_internal/calmtray/assets/voices/en/emma/0.opus") == "voices"
    assert part_of("_internal/PySide6/Qt/lib/libicudata.so.73") == "ICU, for Qt"
    assert part_of("calmtray") == "Python, and calmtray’s own code"


@pytest.mark.parametrize(
    ("voices", "others", "package", "said"),
    [
        (30, 95, 60, None),
        (0, 96, 50, "96.0 MB installed, without the voices, 95 at most"),
        (30, 90, 61, "61.0 MB to download, 60 at most"),
    ],
)
def test_a_package_that_has_grown_too_large_is_none(tmp_path: Path, voices, others, package, said):
    def fill(name: str, megabytes: int) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(megabytes * 1_000_000)
        return path

    fill("packed/_internal/calmtray/assets/voices/en/emma/0.opus", voices)
    fill("packed/_internal/PySide6/Qt/lib/libQt6Gui.so.6", others)
    made = fill("calmtray.deb", package)
    if said is None:
        sizes.check(tmp_path / "packed", made)
    else:
        with pytest.raises(Failed, match=said):
            sizes.check(tmp_path / "packed", made)


def test_what_building_needs_is_asked_for_before_it_begins():
    require({"python3": "python3"})
    with pytest.raises(Failed, match="Install a-package z-package, then") as failed:
        require({"no-such-z": "z-package", "no-such-a": "a-package", "no-such-a2": "a-package", "python3": "python3"})
    assert "python3" not in str(failed.value)


# A packed calmtray and its children.


@pytest.mark.parametrize("arguments", [["-P", "-m", "calmtray.calendars"], ["-m", "calmtray.calendars", "more"]])
def test_it_is_python_for_its_own_child(arguments):
    assert child_of(arguments) == "calmtray.calendars"


@pytest.mark.parametrize("arguments", [[], ["-m"], ["-P", "-m", "http.server"], ["start", "-m", "calmtray.calendars"]])
def test_it_is_python_for_nobody_else(arguments):
    assert child_of(arguments) is None


def test_what_it_starts_finds_the_libraries_of_the_system():
    packed = {"LD_LIBRARY_PATH": "/usr/lib/calmtray/_internal"}
    give_back(packed)
    assert packed == {}
    chosen = {"LD_LIBRARY_PATH": "/usr/lib/calmtray/_internal:/mine", "LD_LIBRARY_PATH_ORIG": "/mine"}
    give_back(chosen)
    assert chosen == {"LD_LIBRARY_PATH": "/mine"}


def test_otherwise_it_is_the_command_line():
    told = subprocess.run([sys.executable, "-m", "calmtray.packed", "--version"], capture_output=True, text=True)
    assert (told.returncode, told.stdout[:9]) == (0, "calmtray ")


# What it is made of.


def test_every_component_says_its_version_and_its_licence():
    assert [one for one in components() if "?" in (one.version, one.licence)] == []
    assert [one.name for one in components()][:2] == ["calmtray", "Python"]


def test_what_only_developers_need_is_no_component():
    names = {one.name for one in libraries("calmtray", distribution)}
    assert "numpy" in names
    assert names & {"pytest", "ruff", "calmtray"} == set()


def test_the_bill_names_all_of_it_and_is_the_same_for_the_same_package(tmp_path):
    package = tmp_path / "calmtray-1.whl"
    package.write_bytes(b"a package")
    made_of = [
        Component("calmtray", "1", "MIT"),
        Component("numpy", "2", "A AND B"),
        Component("Qt", "6", "LGPL-3.0-only"),
    ]
    first = sbom.write(package, made_of, {"numpy"}, "1700000000").read_bytes()
    assert sbom.write(package, made_of, {"numpy"}, "1700000000").read_bytes() == first
    bill = json.loads(first)
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    assert [one["name"] for one in bill["components"]] == ["numpy", "Qt"]
    assert bill["components"][0]["purl"] == "pkg:pypi/numpy@2"
    assert bill["components"][0]["licenses"] == [{"expression": "A AND B"}]


def test_what_a_flatpak_is_made_of_is_read_off_its_wheels(tmp_path):
    def wheel(name: str, version: str, *wants: str, **files: str) -> None:
        lines = [f"Name: {name}", f"Version: {version}", "License-Expression: MIT"]
        lines += [f"Requires-Dist: {each}" for each in wants]
        with ZipFile(tmp_path / f"{name.lower()}-{version}-py3-none-any.whl", "w") as archive:
            archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(lines) + "\n\n")
            for path, text in files.items():
                archive.writestr(path, text)

    wheel("calmtray", "1", "PySide6-Essentials>=6", "PySide6-Addons>=6", "qasync")
    wheel("PySide6_Essentials", "6.9", "shiboken6", **{"PySide6/Qt/lib/libicudata.so.73": ""})
    wheel("shiboken6", "6.9")
    wheel("qasync", "2")
    made_of, names = of_wheels(tmp_path, "1")
    assert [names, made_of[0]] == [{"PySide6_Essentials", "shiboken6", "qasync"}, Component("calmtray", "1", "MIT")]
    assert {("Qt", "6.9"), ("ICU", "73"), ("qasync", "2")} <= {(each.name, each.version) for each in made_of}
    assert "Python" not in {each.name for each in made_of}


@pytest.mark.parametrize("debian", [True, False])
def test_every_licence_is_there_in_full_or_where_the_system_has_it(debian):
    parts = [one for one in libraries("calmtray", distribution) if one.name not in LEFT_OUT]
    parts += within("Qt", "LGPL-3.0-only", "6", ["libicudata.so.73"]) + within("libsndfile", "LGPL-2.1-or-later", "1")
    parts += [Component("PyInstaller", "6", "GPL-2.0-or-later"), *within("Python", "PSF-2.0", "3")]
    said = licences([Component("calmtray", "1", "MIT"), *parts], Path(sys.executable), ROOT, debian)
    chapters = {each[0]: each[2] for each in (part.partition("\n") for part in said.split(f"\n\n{'-' * 80}\n\n"))}
    for one in parts:
        text = chapters[f"{one.name} {one.version}"]
        assert "The text of the licence: " in text or len(text) > 500, one.name
    texts = {"GPL-2", "GPL-3", "LGPL-2.1", "LGPL-3"}
    assert texts & chapters.keys() == (set() if debian else texts)
    assert (f"The text of the licence: {COMMON_LICENCES}" in said) == debian


# What a shell and a reader are told.


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_man_page_names_every_command_and_option(lang):
    use_language(lang)
    program = commands.read(make_parser())
    page = manual(program, "0", "2026-11-26")
    for command in commands.every(program):
        assert f"calmtray {' '.join(command.words)}".strip() in page
        for option in command.options:
            assert option.names[-1].replace("-", "\\-") in page


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_man_page_has_nothing_that_its_reader_would_stumble_over(lang):
    use_language(lang)
    page = manual(commands.read(make_parser()), "0", "2026-11-26")
    formatter = ["groff", "-K", "utf8", "-man", "-T", "utf8", "-w", "w", "-r", "LL=78n"]
    read = subprocess.run(formatter, input=page, capture_output=True, encoding="utf-8", check=True)
    assert read.stderr == ""
    assert "CALMTRAY(1)" in read.stdout


def test_each_shell_is_told_of_every_command(program):
    for shell in (completions.bash, completions.zsh, completions.fish):
        text = shell(program)
        assert [one.words[-1] for one in commands.every(program) if one.words and one.words[-1] not in text] == []


def test_bash_completes_commands_practices_and_values(program, tmp_path):
    script = tmp_path / "calmtray.bash"
    script.write_text(completions.bash(program), encoding="utf-8")
    ask = (
        'calmtray() { echo "water-break  30 s"; }; . "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _calmtray;'
        ' echo "${COMPREPLY[*]}"'
    )

    def completed(*words: str) -> str:
        return subprocess.run(["bash", "-c", ask, script, *words], capture_output=True, text=True).stdout.strip()

    assert completed("calmtray", "st") == "start status"
    assert completed("calmtray", "pack", "ta") == "take"
    assert completed("calmtray", "start", "wat") == "water-break"
    assert completed("calmtray", "--lang", "f") == "fr"
    assert completed("calmtray", "--lang", "fr", "st") == "start status"
    assert completed("calmtray", "--home", "/elsewhere", "start", "wat") == "water-break"
    assert completed("calmtray", "session", "e") == "end"
    assert completed("calmtray", "pause", "").startswith("today end")
    assert completed("calmtray", "suggest", "--need", "tir") == "tired"
    assert completed("calmtray", "render", "water-break", "--ambience", "r") == "room rain"
    assert completed("calmtray", "plan", "--settings", str(script)[:-2]) == str(script)
    assert completed("calmtray", "plan", "--date", "") == ""


def test_no_shell_is_given_a_quote_that_it_does_not_know(program):
    for shell in (completions.bash, completions.zsh, completions.fish):
        assert "-d’" not in shell(program)
        assert "cut -d \\ " in shell(program)


def test_the_usage_in_the_man_page_says_what_may_be_left_out(program):
    page = manual(program, "0", "2026-11-26").replace("\\-", "-")
    for usage in ("start [ID]", "timeline ID", "check [FILE …]", "pause [today|end]", "pack make ID …"):
        assert f".B calmtray {usage}\n" in page, usage
