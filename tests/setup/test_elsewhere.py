"""What is built on machines that are not here: its files name what exists, and nothing that they may not."""

from __future__ import annotations

import os
import plistlib
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from PIL import Image

import dev
from tools.packing.__main__ import FLATPAK_PYTHON
from tools.packing.icons import SIZES, write_icons
from tools.packing.kept import kept_elsewhere

ROOT = Path(__file__).parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/packages.yml").read_text(encoding="utf-8"))
FLATPAK = yaml.safe_load((ROOT / "packaging/flatpak/org.calmtray.calmtray.yml").read_text(encoding="utf-8"))
STEPS = [(job, step) for job, each in WORKFLOW["jobs"].items() for step in each["steps"]]
RUN = [(job, line) for job, step in STEPS for line in step.get("run", "").splitlines()]

WINDOWS, MACOS = ROOT / "packaging/windows", ROOT / "packaging/macos"
KEYED = (*WINDOWS.glob("*.ps1"), *MACOS.glob("*.sh"), ROOT / "packaging/calmtray.spec")


def test_every_action_is_one_that_nobody_can_change():
    used = [step["uses"] for _job, step in STEPS if "uses" in step]
    assert used
    assert [each for each in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", each)] == []


def test_every_system_is_built_for_on_every_change_and_on_a_tag():
    # "on" is a yes to YAML 1.1.
    asked = WORKFLOW[True]
    assert asked["push"] == {"branches": ["main"], "tags": ["v*"]}
    assert "pull_request" in asked
    jobs = WORKFLOW["jobs"].values()
    named = [
        [each["runs-on"]] if "${{" not in each["runs-on"] else each["strategy"]["matrix"]["machine"] for each in jobs
    ]
    assert {machine.split("-")[0] for machines in named for machine in machines} == {"ubuntu", "windows", "macos"}
    assert set(WORKFLOW["jobs"]["release"]["needs"]) == set(WORKFLOW["jobs"]) - {"release"}


def test_every_command_of_developers_is_one():
    called = [match[1] for _job, line in RUN if (match := re.search(r"dev\.py (\w+)", line))]
    assert called
    assert set(called) <= {*dev.MODULES, "test"}


def test_every_file_of_the_checkout_that_is_named_is_there():
    named = [path for _job, line in RUN for path in re.findall(r"packaging[/\\][\w./\\-]+", line)]
    assert len(named) == 5
    missing = [path for path in named if not (ROOT / path.replace("\\", "/")).is_file()]
    assert missing == []


def test_every_script_that_is_called_on_is_there():
    script = (WINDOWS / "package.ps1").read_text(encoding="utf-8")
    called = re.findall(r"\$here\\([\w.]+)", script)
    assert set(called) == {"sign.ps1", "calmtray.iss"}
    assert all((WINDOWS / name).is_file() for name in called)


def test_only_a_tag_has_keys_and_only_the_release_may_write():
    environs = [each.get("env", {}) for each in WORKFLOW["jobs"].values()] + [step.get("env", {}) for _, step in STEPS]
    keys = {name: value for environ in environs for name, value in environ.items() if "secrets." in str(value)}
    assert len(keys) == 9
    # Whatever else a job starts, a library's build for instance, sees none.
    assert not [name for name, job in WORKFLOW["jobs"].items() if "env" in job]
    assert [name for name, value in keys.items() if f"'refs/tags/') && secrets.{name} || ''" not in value] == []
    asked = {name for path in KEYED for name in re.findall(r"CALMTRAY_(?:SIGN|NOTARY)\w+", path.read_text("utf-8"))}
    assert asked == keys.keys(), "what the scripts ask for is what they are given"
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert [job for job, each in WORKFLOW["jobs"].items() if "permissions" in each] == ["release"]


def test_the_flatpak_has_no_network_and_its_sources_are_here():
    assert not [arg for arg in FLATPAK["finish-args"] if "network" in arg or "filesystem" in arg]
    # Each year's runtime has its Python, and two years of care.
    assert {"25.08": "3.13"}[FLATPAK["runtime-version"]] == FLATPAK_PYTHON
    (module,) = FLATPAK["modules"]
    for source in module["sources"]:
        assert source["type"] == "dir"
        place = ROOT / "packaging/flatpak" / source["path"]
        assert place.is_dir() or place.name == "wheels"
    for command in module["build-commands"]:
        for path in re.findall(r"(?<![\w/])(?:linux|icons)/[\w.]+", command):
            folder, name = path.split("/")
            assert (ROOT / {"linux": "packaging/linux", "icons": "assets/icons"}[folder] / name).is_file(), path


def test_the_scripts_for_macos_are_ones_that_a_shell_reads_and_may_start():
    scripts = sorted(MACOS.glob("*.sh"))
    assert [each.name for each in scripts] == ["keychain.sh", "package.sh"]
    for script in scripts:
        assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0
        assert os.access(script, os.X_OK)
    assert plistlib.loads((MACOS / "entitlements.plist").read_bytes())["com.apple.security.device.audio-input"]


def test_the_installer_for_macos_is_for_one_user_or_for_all():
    wanted = plistlib.loads((MACOS / "requirements.plist").read_bytes())
    assert (wanted["home"], wanted["arch"]) == (True, ["@MACHINE@"])
    script = (MACOS / "package.sh").read_text(encoding="utf-8")
    assert "requirements.plist" in script
    assert "s/@MACHINE@/$(uname -m)/" in script
    (spec,) = re.findall(r'"LSMinimumSystemVersion": "([\d.]+)"', (ROOT / "packaging/calmtray.spec").read_text("utf-8"))
    assert wanted["os"] == [spec]


def test_without_keys_nothing_is_signed_and_it_says_so():
    environ = {name: value for name, value in os.environ.items() if not name.startswith("CALMTRAY")}
    done = subprocess.run([MACOS / "keychain.sh"], env=environ, capture_output=True, text=True, check=True)
    assert "no keys" in done.stdout


def test_the_installer_asks_for_no_rights_and_leaves_the_users_files_alone():
    script = (ROOT / "packaging/windows/calmtray.iss").read_text(encoding="utf-8")
    assert "PrivilegesRequired=lowest" in script
    assert "PrivilegesRequiredOverridesAllowed=commandline" in script
    assert "[UninstallDelete]" not in script
    assert "uninsdeletevalue" in script


def test_one_icon_holds_every_size(tmp_path):
    windows, macos = write_icons(ROOT, tmp_path)
    with Image.open(windows) as icon:
        assert icon.info["sizes"] == {(size, size) for size in SIZES}
    with Image.open(macos) as icon:
        assert (128, 128, 2) in icon.info["sizes"]


@pytest.mark.parametrize(
    ("name", "keeps"),
    [
        ("PySide6\\Qt6Core.dll", True),
        ("PySide6\\Qt6Network.dll", False),
        ("PySide6\\QtWidgets.pyd", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", False),
        ("PySide6\\translations\\qtbase_fr.qm", True),
        ("PySide6\\translations\\qtbase_de.qm", False),
        ("PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", True),
        ("PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml", False),
        ("PySide6/Qt/plugins/styles/libqmacstyle.dylib", True),
        ("python312.dll", True),
        ("numpy/_core/_multiarray_tests.cp312-win_amd64.pyd", False),
        ("numpy/_core/_multiarray_umath.cp312-win_amd64.pyd", True),
        ("calmtray/assets/SOURCES.toml", True),
    ],
)
def test_elsewhere_only_what_nobody_uses_is_left_out(name, keeps):
    entry = (name, "somewhere", "BINARY")
    assert kept_elsewhere([entry]) == ([entry] if keeps else [])
