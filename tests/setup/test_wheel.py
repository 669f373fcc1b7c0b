"""The wheel and the sdist are the same bytes wherever and whenever they are made, and hold the whole app."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.house.source import ROOT, tracked
from tools.packing.running import Failed
from tools.packing.wheel import build, build_both, epoch

WHEN = "1700000000"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, Path]:
    return build_both(ROOT, tmp_path_factory.mktemp("here"), WHEN)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """The same files in another place, younger, with other rights, and with something lying about beside them."""
    place = tmp_path_factory.mktemp("elsewhere") / "checkout"
    for path in tracked():
        copy = place / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        copy.chmod(0o700 if os.access(path, os.X_OK) else 0o600)
    (place / "notes.txt").write_text("to do")
    return place


def test_the_sdist_is_the_same_from_another_place(built, elsewhere, tmp_path):
    sdist = build("sdist", elsewhere, tmp_path, WHEN)
    assert sdist.name == built[0].name
    assert digest(sdist) == digest(built[0])


def test_the_wheel_is_the_same_from_the_sdist_and_from_another_place(built, elsewhere, tmp_path):
    wheel = build("wheel", elsewhere, tmp_path, WHEN)
    assert wheel.name == built[1].name
    assert digest(wheel) == digest(built[1])


def test_the_date_is_the_one_that_is_asked_for(built):
    with tarfile.open(built[0]) as sdist:
        assert {member.mtime for member in sdist} == {int(WHEN)}
    assert epoch(ROOT, {"SOURCE_DATE_EPOCH": "12"}) == "12"


def test_what_is_no_checkout_is_asked_for_a_date(tmp_path):
    with pytest.raises(Failed, match="Set SOURCE_DATE_EPOCH"):
        epoch(tmp_path, {})


def test_the_wheel_holds_every_asset_and_practice_and_both_licences_of_them(built):
    wanted = {
        f"calmtray/{path.relative_to(ROOT).as_posix()}"
        for path in tracked()
        if path.relative_to(ROOT).parts[0] in ("assets", "practices")
    }
    with zipfile.ZipFile(built[1]) as wheel:
        names = set(wheel.namelist())
    assert wanted - names == set()
    assert "calmtray/words/locale/fr/LC_MESSAGES/calmtray.mo" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
