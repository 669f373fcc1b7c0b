"""What is built on machines that are not here: its files name what exists, and nothing that they may not."""

from __future__ import annotations

import plistlib
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from PIL import Image

import dev
from tools.packing.icons import SIZES, write_icons
from tools.packing.kept import kept_elsewhere

ROOT = Path(__file__).parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/packages.yml").read_text(encoding="utf-8"))
FLATPAK = yaml.safe_load((ROOT / "packaging/flatpak/org.calmtray.calmtray.yml").read_text(encoding="utf-8"))
STEPS = [(job, step) for job, each in WORKFLOW["jobs"].items() for step in each["steps"]]
RUN = [(job, line) for job, step in STEPS for line in step.get("run", "").splitlines()]


def test_every_system_is_built_for_on_every_change_and_on_a_tag():
    # "on" is a yes to YAML 1.1.
    asked = WORKFLOW[True]
    assert asked["push"] == {"branches": ["main"], "tags": ["v*"]}
    assert "pull_request" in asked
    machines = {each["runs-on"].split("-")[0] for each in WORKFLOW["jobs"].values()}
    assert machines == {"ubuntu", "windows", "macos"}
    assert set(WORKFLOW["jobs"]["release"]["needs"]) == set(WORKFLOW["jobs"]) - {"release"}


def test_every_command_of_developers_is_one():
    called = [match[1] for _job, line in RUN if (match := re.search(r"dev\.py (\w+)", line))]
    assert called
    assert set(called) <= {*dev.MODULES, "test"}


def test_every_file_of_the_checkout_that_is_named_is_there():
    named = [path for _job, line in RUN for path in re.findall(r"packaging[/\\][\w./\\-]+", line)]
    assert len(named) == 4
    missing = [path for path in named if not (ROOT / path.replace("\\", "/")).is_file()]
    assert missing == []


def test_only_a_tag_has_keys_and_only_the_release_may_write():
    keys = [
        value
        for _job, step in STEPS
        for name, value in step.get("env", {}).items()
        if "SIGN" in name or "NOTARY" in name
    ]
    assert len(keys) == 4
    assert all("startsWith(github.ref, 'refs/tags/')" in value for value in keys)
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert [job for job, each in WORKFLOW["jobs"].items() if "permissions" in each] == ["release"]


def test_the_flatpak_has_no_network_and_its_sources_are_here():
    assert not [arg for arg in FLATPAK["finish-args"] if "network" in arg or "filesystem" in arg]
    (module,) = FLATPAK["modules"]
    for source in module["sources"]:
        assert source["type"] == "dir"
        place = ROOT / "packaging/flatpak" / source["path"]
        assert place.is_dir() or place.name == "wheels"
    for command in module["build-commands"]:
        for path in re.findall(r"(?<![\w/])(?:linux|icons)/[\w.]+", command):
            folder, name = path.split("/")
            assert (ROOT / {"linux": "packaging/linux", "icons": "assets/icons"}[folder] / name).is_file(), path


def test_the_script_for_macos_is_one_that_a_shell_reads():
    script = ROOT / "packaging/macos/package.sh"
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0
    assert plistlib.loads((script.parent / "entitlements.plist").read_bytes())["com.apple.security.device.audio-input"]


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
        ("calmtray/assets/SOURCES.toml", True),
    ],
)
def test_elsewhere_only_what_nobody_uses_is_left_out(name, keeps):
    entry = (name, "somewhere", "BINARY")
    assert kept_elsewhere([entry]) == ([entry] if keeps else [])
