"""What an organisation settles: read, never fatal, and above what users chose without touching it."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace

import pytest

from calmtray.desktop.paths import user_paths
from calmtray.settings.file import SettingsFile, read_settings
from calmtray.settings.model import SETTINGS, Settings
from calmtray.settings.policy import NO_POLICY, Policy, read_policy
from calmtray.words.language import use_language
from calmtray.words.policy_texts import policy_problem_text


@pytest.fixture
def policy(tmp_path):
    """Write one, and read it."""
    path = tmp_path / "site" / "policy.toml"
    path.parent.mkdir()

    def written(text: str | bytes) -> Policy:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_policy(path)

    return written


def codes(policy: Policy) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in policy.problems]


def test_where_there_is_none_nothing_is_settled(tmp_path):
    assert read_policy(tmp_path / "policy.toml") == NO_POLICY
    (tmp_path / "file").write_text("")
    assert read_policy(tmp_path / "file" / "policy.toml") == NO_POLICY


def test_settings_are_fixed_and_hidden_and_exports_forbidden(policy):
    found = policy('hide = ["agenda", "feelings"]\nexports = false\n[fix]\noffers = "off"\nclient_words = ["séance"]\n')
    assert found == Policy({"offers": "off", "client_words": ("séance",)}, frozenset({"agenda", "feelings"}), False)
    settings = found.apply(Settings(offers="on", volume=10))
    assert (settings.offers, settings.client_words, settings.volume) == ("off", ("séance",), 10)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("colour = 1", [("policy-unknown", "colour")]),
        ("fix = 1", [("policy-value", "fix")]),
        ("[fix]\nvolume = 101", [("policy-value", "fix.volume")]),
        ("[fix]\nvolume = true", [("policy-value", "fix.volume")]),
        ("[fix]\ncolour = 1", [("policy-no-setting", "fix.colour")]),
        ("hide = 'volume'", [("policy-value", "hide")]),
        ("hide = ['colour', {}]", [("policy-no-setting", "hide: colour"), ("policy-no-setting", "hide: {}")]),
        ("exports = 'no'", [("policy-value", "exports")]),
    ],
)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_makes_no_sense_is_named_and_the_rest_counts(policy, text, wrong, lang):
    top, _, table = text.partition("[fix]")
    found = policy(f"{top}\n[fix]\ndiscreet = true\n{table}" if "fix =" not in text else text)
    assert codes(found) == wrong
    assert found.fixed == ({"discreet": True} if "fix =" not in text else {})
    use_language(lang)
    for problem in found.problems:
        said = policy_problem_text(problem)
        assert problem.where in said
        assert problem.file in said


@pytest.mark.parametrize(
    "text", ["exports = 1", "[fix]\nexports = false", "export = false", "forbid_exports = true", "hide = ['exports']"]
)
def test_exports_that_make_no_sense_are_not_taken_for_a_yes(policy, text):
    found = policy(text)
    assert (found.exports, len(found.problems)) == (False, 1)


@pytest.mark.parametrize("damage", [b"[fix", b"\xff\xfe", b"a = 1\na = 2"])
def test_a_damaged_file_settles_nothing_lets_nothing_out_and_is_told(policy, damage):
    found = policy(damage)
    assert (found.fixed, found.hidden, found.exports) == ({}, frozenset(), False)
    assert codes(found) == [("policy-damaged", "")]
    assert "makes no sense" in policy_problem_text(found.problems[0])


def test_a_file_that_can_not_be_read_is_told(tmp_path):
    (tmp_path / "policy.toml").mkdir()
    found = read_policy(tmp_path / "policy.toml")
    assert codes(found) == [("policy-unreadable", "")]
    assert str(tmp_path) in policy_problem_text(found.problems[0])


def test_what_the_user_chose_stays_in_their_file_and_counts_again_without_the_policy(tmp_path):
    path = tmp_path / "settings.toml"
    SettingsFile(path).save(Settings(discreet=True, volume=40))
    file = SettingsFile(path, Policy({"discreet": False}))
    settings = file.load().settings
    assert (settings.discreet, settings.volume) == (False, 40)
    file.save(settings.with_("volume", 50))
    assert read_settings(path, Policy({"discreet": False})).discreet is False
    without = SettingsFile(path).load().settings
    assert (without.discreet, without.volume) == (True, 50)


def test_nobody_else_on_the_machine_reads_what_somebody_has_chosen(tmp_path):
    SettingsFile(tmp_path / "calmtray" / "settings.toml").save(Settings(discreet=True))
    assert (tmp_path / "calmtray").stat().st_mode & 0o777 == 0o700


def test_it_counts_where_the_users_file_can_not_be_read_too(tmp_path):
    (tmp_path / "settings.toml").mkdir()
    assert read_settings(tmp_path / "settings.toml", Policy({"volume": 0})).volume == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other folders")
def test_a_user_can_not_lead_it_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path))
    assert str(user_paths().policy) == "/etc/calmtray/policy.toml"
    assert user_paths(tmp_path).policy == tmp_path / "site" / "policy.toml"


def test_nor_on_macos(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path))
    assert str(user_paths().policy) == "/Library/Application Support/calmtray/policy.toml"


def test_nor_on_windows(monkeypatch):
    def tell(_window, folder, _token, _flags, found):
        assert folder == 0x23  # CSIDL_COMMON_APPDATA
        found.value = r"D:\Shared"

    shell = SimpleNamespace(shell32=SimpleNamespace(SHGetFolderPathW=tell))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", shell, raising=False)
    monkeypatch.setenv("WIN_PD_OVERRIDE_COMMON_APPDATA", r"E:\Mine")
    monkeypatch.setenv("ProgramData", r"E:\Mine")
    assert user_paths().policy.parts[0] == r"D:\Shared"


def test_every_setting_can_be_fixed_at_what_it_usually_is():
    usual = {setting.name: setting.default for setting in SETTINGS}
    assert Policy(usual).apply(Settings(volume=1, discreet=True)) == Settings()
