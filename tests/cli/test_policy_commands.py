"""What an organisation settles, on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from calmtray.cli import main
from calmtray.desktop.paths import bundled, user_paths
from calmtray.words.policy_texts import no_exports_text

LOOK = "look-around-the-room"


class Organisation:
    """One that has a policy, and somebody who calls calmtray under it."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.paths = user_paths(home)
        self.paths.site.mkdir(parents=True)
        self._home = home
        self._capsys = capsys

    def __call__(self, policy: str, *arguments: str) -> tuple[int, str, str]:
        """The status, and what was said."""
        self.paths.policy.write_text(policy)
        try:
            status = main(["--home", str(self._home), *arguments])
        except SystemExit as end:
            status = int(str(end.code))
        out, err = self._capsys.readouterr()
        return status, out, err


@pytest.fixture
def organisation(tmp_path, capsys, monkeypatch):
    # As the command line leaves it for argparse.
    monkeypatch.setenv("LANGUAGE", "en")
    return Organisation(tmp_path, capsys)


@pytest.mark.parametrize(
    "arguments",
    [
        ("pack", "make", LOOK, "--out", "x.calmpack"),
        ("render", LOOK, "--out", "x.wav"),
        ("journal", "--csv"),
        ("journal", "--json"),
    ],
)
def test_without_exports_no_file_is_written(organisation, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, err = organisation("exports = false", *arguments)
    assert (status, out, err) == (2, "", f"calmtray: {no_exports_text()}\n")
    assert not list(tmp_path.glob("x.*"))


def test_a_fixed_language_is_spoken(organisation):
    assert "Rien encore" in organisation('[fix]\nlanguage = "fr"', "journal")[1]


def test_a_fixed_setting_counts_before_the_users(organisation):
    organisation.paths.config.mkdir()
    organisation.paths.settings.write_text("breath_holds = true\n")
    status, _out, err = organisation("[fix]\nbreath_holds = false", "start", "soft-box")
    assert status == 2
    assert "hold" in err


def test_its_practices_are_everybodys(organisation):
    folder = organisation.paths.shared_practices / "team"
    folder.mkdir(parents=True)
    text = (bundled("practices") / "orientation" / f"{LOOK}.toml").read_text(encoding="utf-8")
    (folder / "ours.toml").write_text(text.replace(f'id = "{LOOK}"', 'id = "team-look"', 1), encoding="utf-8")
    listed = json.loads(organisation("", "list", "--json")[1])
    assert "team-look" in [practice["id"] for practice in listed]
    shutil.rmtree(folder)
    assert len(json.loads(organisation("", "list", "--json")[1])) == len(listed) - 1


def test_the_doctor_names_it(organisation):
    status, out, _err = organisation('hide = ["agenda"]\nexports = false\n[fix]\nvolume = 50\nx = 1', "doctor")
    assert status == 0
    assert "volume" in out
    assert "agenda" in out
    assert "“fix.x”, which your organisation has set up, is no setting of this calmtray." in out
    assert "Practices of the organisation" not in out


def test_the_doctor_counts_what_it_gives_everybody(organisation):
    folder = organisation.paths.shared_practices / "team"
    folder.mkdir(parents=True)
    text = (bundled("practices") / "orientation" / f"{LOOK}.toml").read_text(encoding="utf-8")
    (folder / "ours.toml").write_text(text.replace(f'id = "{LOOK}"', 'id = "team-look"', 1), encoding="utf-8")
    (folder / "broken.toml").write_text("format = 1")
    (folder / "one.calmpack").write_bytes(b"")
    out = organisation("", "doctor")[1]
    for line in ("Practices of the organisation: 1.", "can’t be used: 1.", "once they are unpacked: 1."):
        assert line in out
    found = json.loads(organisation("", "doctor", "--json")[1])
    assert found["organisation"] == {"practices": 1, "damaged": 1, "packs": 1}
    assert found["installed"] == "checkout"
