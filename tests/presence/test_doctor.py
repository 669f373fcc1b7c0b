"""``calmtray doctor``, and the sentence for each answer."""

from __future__ import annotations

import getpass
import json
import os
import subprocess
import sys

import pytest

from calmtray.cli import main
from calmtray.desktop.paths import user_paths
from calmtray.desktop.trouble_log import TroubleLog
from calmtray.presence.sense import Answer, Name, Why
from calmtray.schedule.quiet import QuietReason
from calmtray.settings.file import SettingsFile
from calmtray.settings.model import Settings
from calmtray.words.language import use_language
from calmtray.words.presence_texts import answer_text, sense_name

SENSED = {
    Name.MICROPHONE: [QuietReason.MICROPHONE],
    Name.CAMERA: [QuietReason.CAMERA],
    Name.SCREEN_SHARING: [QuietReason.SCREEN_SHARED],
    Name.DO_NOT_DISTURB: [QuietReason.DO_NOT_DISTURB],
    Name.FULL_SCREEN: [QuietReason.FULL_SCREEN],
    Name.AWAY: [QuietReason.AWAY, QuietReason.LOCKED],
    Name.JUST_RESUMED: [QuietReason.JUST_RESUMED],
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", Name)
def test_every_answer_has_a_sentence_of_its_own(name, lang):
    use_language(lang)
    answers = [Answer(name, True, reason, None, 1) for reason in (None, *SENSED[name])]
    answers += [Answer(name, True, None, why, 1) for why in Why]
    said = [answer_text(answer) for answer in answers]
    assert len({*said}) == len(said)
    assert [text for text in said if text[-1] != "."] == []
    assert sense_name(name) not in said


def environ(home):
    return {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_CURRENT_DESKTOP": "XFCE"}


def doctor(home, *more):
    command = [sys.executable, "-m", "calmtray", "--home", str(home), "doctor", *more]
    done = subprocess.run(command, env=environ(home), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_doctor_says_what_each_sense_says_and_whether_it_is_on(tmp_path):
    settings = tmp_path / "config" / "settings.toml"
    settings.parent.mkdir()
    SettingsFile(settings).save(Settings(sense_camera=False))
    said = json.loads(doctor(tmp_path, "--json"))
    assert {sense["name"]: sense["on"] for sense in said["senses"]} == {name: name != "camera" for name in Name}
    full_screen = next(sense for sense in said["senses"] if sense["name"] == "full_screen")
    assert (full_screen["says"], full_screen["why"]) == ("can't tell", "nobody-to-ask")
    assert said["running"] is False
    assert said["idle_s"] is None
    if sys.platform == "linux":
        assert (said["desktop"], said["windows"], said["window_manager"]) == ("XFCE", None, None)
        assert said["tray"] == {"status_notifier": None, "x11": None}


def test_the_doctor_says_nothing_private(tmp_path):
    home = tmp_path / "of-somebody-special"
    paths = user_paths(home)
    paths.config.mkdir(parents=True)
    SettingsFile(paths.settings).save(Settings(agenda=("/special.ics",), circles=("tue 10:45 special",)))
    TroubleLog(paths.log).note(OSError(13, "Permission denied", str(home / "special.ics")))
    for said in (doctor(home), doctor(home, "--json")):
        assert "PermissionError 13" in said
        assert "special" not in said
        assert str(tmp_path) not in said
        assert os.uname().nodename not in said
        assert getpass.getuser() not in said


def test_the_doctor_speaks_to_people_too(tmp_path, capsys):
    assert main(["--home", str(tmp_path), "doctor"]) == 0
    said = capsys.readouterr().out
    assert "Nothing went wrong that calmtray knows of." in said
    for name in Name:
        assert f"\n{sense_name(name)}\n    " in said
