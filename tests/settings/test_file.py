"""The settings file: read, repaired, written whole or not at all. Nothing the user wrote is lost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calmtray.settings.file import Loaded, SettingsFile, read_settings
from calmtray.settings.model import DEFAULTS, SETTINGS, Settings
from tests.settings.test_model import any_settings

CHOSEN = Settings(
    language="fr",
    text_size=150,
    theme="dark",
    pacer="wave",
    motion="reduced",
    discreet=True,
    volume=85,
    voice_en="michael",
    breath_sound="tone",
    ambience="rain",
    breath_holds=True,
    checklist=("Lampe", "Porte à clé"),
    favourites=("water-break",),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def write(path: Path, text: str | bytes) -> SettingsFile:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return SettingsFile(path)


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


# Written and read.


def test_without_a_file_the_usual_settings_hold_and_none_is_written(path):
    assert SettingsFile(path).load() == Loaded()
    assert read_settings(path) == DEFAULTS
    assert not path.parent.exists()


def test_what_is_saved_is_read_again(path):
    SettingsFile(path).save(CHOSEN)
    assert SettingsFile(path).load() == Loaded(CHOSEN)
    assert read_settings(path) == CHOSEN
    assert beside(path) == ["settings.toml"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=any_settings)
def test_any_settings_go_through_the_file_unchanged(path, chosen):
    SettingsFile(path).save(chosen)
    assert SettingsFile(path).load() == Loaded(chosen)


def test_the_file_can_be_read_by_people_and_names_every_setting(path):
    SettingsFile(path).save(CHOSEN)
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0] == 'language = "fr"'
    assert list(tomllib.loads(text)) == [setting.name for setting in SETTINGS]


def test_a_file_written_by_an_editor_of_windows_is_read(path):
    file = write(path, b'\xef\xbb\xbftheme = "dark"\r\nmotion = "full"\r\n')
    assert (file.load().settings.theme, file.load().settings.motion) == ("dark", "full")


def test_an_empty_file_holds_the_usual_settings(path):
    assert write(path, "").load() == Loaded()


# Repaired.


@pytest.mark.parametrize(
    "damage", [b"theme = dark", b"\xff\xfe\x00", b"theme", b"a = " + b"[" * 5_000, b"\x00" * 100], ids=repr
)
def test_a_damaged_file_is_kept_beside_and_the_usual_settings_hold(path, damage):
    loaded = write(path, damage).load()
    assert loaded.settings == DEFAULTS
    assert loaded.set_aside is not None
    assert loaded.set_aside.name == "settings.set-aside.toml"
    assert loaded.names == ()
    assert loaded.set_aside.read_bytes() == damage
    assert read_settings(path) == DEFAULTS


def test_a_file_damaged_again_is_kept_under_another_name(path):
    asides = [write(path, f"damage {number}").load().set_aside for number in range(3)]
    assert [aside.name for aside in asides if aside] == [
        "settings.set-aside.toml",
        "settings.set-aside-2.toml",
        "settings.set-aside-3.toml",
    ]
    assert [aside.read_text() for aside in asides if aside] == ["damage 0", "damage 1", "damage 2"]


def test_a_slip_in_one_text_of_a_list_leaves_the_others(path):
    lists = "clock_times = ['9:50', '25:00', '10:50']\nworking_hours = ['tue-thu 9:00-17:00', 'fri']"
    loaded = write(path, lists).load()
    assert loaded.settings.clock_times == ("9:50", "10:50")
    assert loaded.settings.working_hours == ("tue-thu 9:00-17:00",)
    assert loaded.set_aside is not None
    assert tomllib.loads(loaded.set_aside.read_text()) == {"clock_times": ["25:00"], "working_hours": ["fri"]}


def test_only_the_settings_that_make_no_sense_are_set_aside(path):
    loaded = write(path, 'theme = "purple"\ntext_size = 1000\nlanguage = "fr"\nmotion = 1979-05-27\n').load()
    assert loaded.settings == Settings(language="fr")
    assert loaded.names == ("theme", "text_size", "motion")
    assert loaded.set_aside is not None
    kept = tomllib.loads(loaded.set_aside.read_text())
    assert (kept["theme"], kept["text_size"], str(kept["motion"])) == ("purple", 1000, "1979-05-27")


def test_reading_only_sets_nothing_aside(path):
    write(path, 'theme = "purple"\nlanguage = "fr"\n')
    assert read_settings(path) == Settings(language="fr")
    assert beside(path) == ["settings.toml"]


UNKNOWN = """\
language = "fr"
tempo = 45
[voices]
volume = 0.5
[[quiet]]
from = 09:00:00
"""


def test_what_a_later_calmtray_wrote_is_kept_for_it(path):
    file = write(path, UNKNOWN)
    loaded = file.load()
    assert loaded.set_aside is None
    assert loaded.unknown.keys() == {"tempo", "voices", "quiet"}
    file.save(loaded.settings.with_("theme", "dark"))
    written = tomllib.loads(path.read_text())
    before = tomllib.loads(UNKNOWN)
    assert {name: written[name] for name in loaded.unknown} == {name: before[name] for name in loaded.unknown}
    assert (written["language"], written["theme"]) == ("fr", "dark")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_whatever_is_in_the_file_reading_it_never_fails_and_never_loses_it(path, data):
    loaded = write(path, data).load()
    assert isinstance(loaded.settings, Settings)
    assert read_settings(path) == loaded.settings
    assert path.read_bytes() == data
    if loaded.set_aside is not None:
        loaded.set_aside.unlink()


# Trouble.


def test_a_folder_in_the_place_of_the_file_is_trouble_but_not_for_one_who_only_reads(path):
    path.mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        SettingsFile(path).load()
    assert read_settings(path) == DEFAULTS
    with pytest.raises(OSError, match="directory"):
        SettingsFile(path).save(CHOSEN)


def test_a_file_in_the_place_of_the_folder_is_trouble_but_not_for_one_who_only_reads(path):
    path.parent.write_text("in the way")
    with pytest.raises(NotADirectoryError):
        SettingsFile(path).load()
    assert read_settings(path) == DEFAULTS
    with pytest.raises(OSError, match="exists"):
        SettingsFile(path).save(CHOSEN)


def test_a_link_in_a_circle_is_trouble_but_not_for_one_who_only_reads(path):
    path.parent.mkdir()
    path.symlink_to(path)
    with pytest.raises(OSError, match="symbolic links"):
        SettingsFile(path).load()
    assert read_settings(path) == DEFAULTS


def test_a_crash_before_the_last_move_leaves_the_old_file(path, monkeypatch):
    file = SettingsFile(path)
    file.save(CHOSEN)
    before = path.read_bytes()

    def crash(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", crash)
        with pytest.raises(KeyboardInterrupt):
            file.save(DEFAULTS)
    assert path.read_bytes() == before
    assert SettingsFile(path).load() == Loaded(CHOSEN)
    # What the crash left lying about is no hindrance.
    file.save(DEFAULTS)
    assert read_settings(path) == DEFAULTS
    assert beside(path) == ["settings.toml"]


def test_a_full_disk_leaves_the_old_file(path, monkeypatch):
    file = SettingsFile(path)
    file.save(CHOSEN)

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            file.save(DEFAULTS)
    assert read_settings(path) == CHOSEN
