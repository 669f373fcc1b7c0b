"""What somebody says into a microphone is in the file beside their practice: a tone stands for the voice."""

import sys
import wave
from pathlib import Path

import numpy as np
import soundfile

from tests.desktop import programs
from tests.desktop.speakers import SINK
from tests.desktop.waiting import wait_for

RATE = 48_000
TONE_HZ = 660
TONE_S = 20
PROGRAM = Path(__file__).with_name("editor_window.py")


def window_of(desk, title):
    return wait_for(lambda: next((each for each in desk.windows() if each.title == title), None), f"“{title}”")


def open_editor(desk, folder):
    (folder / "work").mkdir()
    env = {**desk.env, "PYTHONPATH": str(PROGRAM.parents[2]), "TMPDIR": str(folder / "work")}
    program = programs.start((sys.executable, str(PROGRAM), str(folder)), env, folder / "editor.log")
    window = window_of(desk, "Heard")
    wait_for(lambda: desk.has_keyboard(window), "the editor to have the keyboard")
    return program, window


def end(program):
    assert programs.exit_status(program, "the editor to end") == 0


def test_a_tone_from_the_microphone_is_saved_beside_the_practice(desk, speakers, tmp_path, figures):
    desk.ask("pactl", "set-default-source", f"{SINK}.monitor")
    tone = tmp_path / "tone.wav"
    with wave.open(str(tone), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(
            (np.sin(2 * np.pi * TONE_HZ * np.arange(RATE * TONE_S) / RATE) * 8_000).astype("<i2").tobytes()
        )
    program, _ = open_editor(desk, tmp_path)
    player = desk.start("paplay", str(tone))
    try:
        wait_for(speakers.streams, "the tone to play")
        desk.press("space")
        wait_for(lambda: recorded(tmp_path) > RATE, "a second of it to be recorded")
        desk.press("space")
        wait_for(lambda: no_one_records(desk), "the microphone to be let go")
        desk.press("ctrl+s")
        saved = tmp_path / "practices" / "made-up.1.en.wav"
        wait_for(saved.exists, "the recording to be saved")
    finally:
        programs.stop(player)
    wait_for((tmp_path / "practices" / "made-up.toml").exists, "the practice to be saved")
    sound, rate = soundfile.read(saved)
    assert (rate, sound.ndim, soundfile.info(saved).subtype) == (RATE, 1, "PCM_16")
    second = sound[-RATE:]
    power = np.abs(np.fft.rfft(second * np.hanning(len(second)))) ** 2
    share = power[TONE_HZ - 3 : TONE_HZ + 4].sum() / power.sum()
    figures(seconds=round(len(sound) / RATE, 2), peak=round(float(np.abs(second).max()), 3), tone_share=round(share, 4))
    assert share > 0.99
    assert np.abs(second).max() > 0.2
    desk.press("Escape")
    end(program)
    assert (tmp_path / "editor.log").read_text() == ""


def test_without_a_microphone_the_editor_goes_on(desk, tmp_path):
    program, _ = open_editor(desk, tmp_path)
    desk.press("space")
    # Nothing answers where no sound server is; the practice is saved all the same.
    desk.press("ctrl+s")
    wait_for((tmp_path / "practices" / "made-up.toml").exists, "the practice to be saved")
    assert list((tmp_path / "practices").glob("*.wav")) == []
    desk.press("Escape")
    end(program)
    assert (tmp_path / "editor.log").read_text() == ""


def recorded(folder):
    """How many frames the recording under way has: it grows in the folder of the draft."""
    takes = list(folder.glob("drafts/*/take-*.wav"))
    return max((take.stat().st_size // 2 for take in takes), default=0)


def no_one_records(desk):
    return not desk.ask("pactl", "list", "short", "source-outputs").strip()
