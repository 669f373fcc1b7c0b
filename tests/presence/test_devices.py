"""Microphones, cameras and shared screens: what the lists of a machine mean, row by row."""

from __future__ import annotations

import json

import pytest

from calmtray.desktop.clock import monotonic_ms
from calmtray.presence.camera import CameraSense
from calmtray.presence.microphone import MicrophoneSense, listens
from calmtray.presence.pipewire import Picture, pictures
from calmtray.presence.pulse import NOBODY, Recording
from calmtray.presence.screen_sharing import ScreenSharingSense
from calmtray.presence.sense import CantTell, Patience, Why
from calmtray.schedule.quiet import QuietReason

MICROPHONE, MONITOR = 3, 1
LONG_MS = 20_000


def why(question):
    with pytest.raises(CantTell) as cant_tell:
        question()
    return cant_tell.value.why


# The microphone. The rows are what PulseAudio 16 and PipeWire 0.3.65 answer.


@pytest.mark.parametrize(
    ("stream", "counts"),
    [
        (Recording(MICROPHONE, True, False, "speex-float-1", {"media.name": "parec"}), True),
        (Recording(MICROPHONE, True, False, "PipeWire", {"media.name": "recStream"}), True),
        (Recording(MICROPHONE, True, False, "", {}), True),
        (Recording(MICROPHONE, True, True, "speex-float-1", {"media.name": "parec"}), False),
        (Recording(MONITOR, True, False, "speex-float-1", {"media.name": "parec"}), False),
        (Recording(MICROPHONE, True, False, "peaks", {"media.name": "Peak detect"}), False),
        (Recording(MICROPHONE, True, False, "PipeWire", {"media.name": "Peak detect"}), False),
        (Recording(MICROPHONE, True, False, "PipeWire", {"stream.monitor": "true"}), False),
        (Recording(MICROPHONE, False, False, "PipeWire", {"media.name": "loopback-6716-12 input"}), False),
        (Recording(NOBODY, True, True, "PipeWire", {"media.name": "parec"}), False),
    ],
    ids=["program", "PipeWire", "bare", "paused", "monitor", "meter", "meter2", "meter3", "loop", "unlinked"],
)
def test_only_a_program_that_gets_what_a_microphone_hears_counts(stream, counts):
    assert listens(stream, {MICROPHONE}) is counts


def test_without_a_sound_server_there_is_nobody_to_ask(tmp_path):
    environ = {"PULSE_SERVER": f"unix:{tmp_path}/nobody"}
    assert why(lambda: MicrophoneSense(environ).ask(Patience(LONG_MS))) is Why.NOBODY_TO_ASK


# The camera, on a made-up machine.


class Machine:
    def __init__(self, root):
        self.root = root
        (root / "proc").mkdir()
        (root / "dev").mkdir()
        (root / "proc/self").mkdir()

    def camera(self, number, capabilities=":capture:"):
        (self.root / f"dev/video{number}").touch()
        if capabilities is not None:
            about = self.root / f"sys/class/video4linux/video{number}"
            about.mkdir(parents=True)
            (about / "dev").write_text(f"81:{number}\n")
            notes = self.root / "run/udev/data"
            notes.mkdir(parents=True, exist_ok=True)
            (notes / f"c81:{number}").write_text(f"E:ID_V4L_VERSION=2\nE:ID_V4L_CAPABILITIES={capabilities}\n")

    def program(self, number, name, *opens):
        process = self.root / f"proc/{number}"
        (process / "fd").mkdir(parents=True)
        (process / "comm").write_text(f"{name}\n")
        for fd, path in enumerate(("/dev/null", "socket:[4711]", *opens)):
            (process / "fd" / str(fd)).symlink_to(path)

    def ask(self, **environ):
        return CameraSense(environ, self.root).ask(Patience(LONG_MS))


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_a_program_with_a_camera_open_is_seen(machine):
    machine.camera(0)
    machine.program(10, "bash")
    assert machine.ask() is None
    machine.program(11, "firefox", "/dev/video0")
    assert machine.ask() is QuietReason.CAMERA


def test_without_a_camera_nobody_is_looked_at(machine):
    machine.program(11, "firefox", "/dev/video0")
    assert machine.ask() is None


@pytest.mark.parametrize(
    ("capabilities", "reason"), [(":", None), (":video_output:", None), (None, QuietReason.CAMERA)]
)
def test_what_no_picture_comes_from_is_no_camera(machine, capabilities, reason):
    machine.camera(10, capabilities)
    machine.program(11, "player", "/dev/video10")
    assert machine.ask() is reason


@pytest.mark.parametrize("name", ["wireplumber", "pipewire-media-"])
def test_who_only_keeps_cameras_in_view_does_not_look_through_them(machine, name):
    machine.camera(0)
    machine.program(11, name, "/dev/video0")
    assert machine.ask() is None


@pytest.mark.parametrize(("state", "reason"), [("running", QuietReason.CAMERA), ("suspended", None)])
def test_where_pipewire_holds_it_pipewire_is_asked(machine, tmp_path, state, reason):
    machine.camera(0)
    machine.program(11, "pipewire", "/dev/video0")
    assert machine.ask(PATH=pw_dump(tmp_path, node(state, "Video/Source", **{"device.api": "v4l2"}))) is reason


def test_a_program_that_ends_just_then_is_passed_over(machine):
    machine.camera(0)
    (machine.root / "proc/12").mkdir()
    machine.program(13, "firefox", "/dev/video0")
    assert machine.ask() is QuietReason.CAMERA


# What PipeWire carries. The entries are cut from what pw-dump prints.


def node(state, kind, **about):
    return {
        "id": 51,
        "type": "PipeWire:Interface:Node",
        "version": 3,
        "info": {"state": state, "error": None, "props": {"media.class": kind, "node.name": "n", **about}},
    }


CORE = {"id": 0, "type": "PipeWire:Interface:Core", "info": {"name": "pipewire-0", "props": {"log.level": 2}}}
METADATA = {"id": 32, "type": "PipeWire:Interface:Metadata", "props": {"metadata.name": "default"}, "metadata": []}


def pw_dump(folder, *entries):
    (folder / "said.json").write_text(json.dumps([CORE, METADATA, *entries]))
    program = folder / "pw-dump"
    program.write_text(f"#!/bin/sh\nexec /bin/cat {folder}/said.json\n")
    program.chmod(0o700)
    return str(folder)


@pytest.mark.parametrize(
    ("entry", "seen"),
    [
        (node("running", "Stream/Output/Video", **{"media.name": "meta-screen-cast-src"}), {Picture.SCREEN}),
        (node("running", "Video/Source", **{"node.name": "xdg-desktop-portal-wlr"}), {Picture.SCREEN}),
        (node("running", "Video/Source", **{"device.api": "libcamera"}), {Picture.CAMERA}),
        (node("running", "Video/Source", **{"media.role": "Camera"}), {Picture.CAMERA}),
        (node("idle", "Stream/Output/Video"), set()),
        (node("suspended", "Video/Source", **{"device.api": "v4l2"}), set()),
        (node("running", "Stream/Input/Video"), set()),
        (node("running", "Audio/Source"), set()),
    ],
)
def test_pictures_that_somebody_gets_are_told_apart(entry, seen):
    assert set(pictures([CORE, METADATA, entry])) == seen


SHARED = node("running", "Stream/Output/Video")


@pytest.mark.parametrize("session", ["wayland", "x11"])
def test_a_shared_screen_is_seen_on_wayland_and_on_x11(tmp_path, session):
    environ = {"PATH": pw_dump(tmp_path, SHARED), "XDG_SESSION_TYPE": session}
    assert ScreenSharingSense(environ).ask(Patience(LONG_MS)) is QuietReason.SCREEN_SHARED


def test_where_nothing_is_shared_only_wayland_is_sure(tmp_path):
    path = pw_dump(tmp_path)
    assert ScreenSharingSense({"PATH": path, "WAYLAND_DISPLAY": "wayland-0"}).ask(Patience(LONG_MS)) is None
    assert why(lambda: ScreenSharingSense({"PATH": path}).ask(Patience(LONG_MS))) is Why.NO_TRACE


@pytest.mark.parametrize("said", ["", "no json", '[{"info": 5}]', '["x"]'])
def test_what_makes_no_sense_says_nothing(tmp_path, said):
    path = pw_dump(tmp_path)
    (tmp_path / "said.json").write_text(said)
    assert why(lambda: ScreenSharingSense({"PATH": path}).ask(Patience(LONG_MS))) is Why.NOT_SAID


def test_without_pipewire_there_is_nobody_to_ask(tmp_path):
    assert why(lambda: ScreenSharingSense({"PATH": str(tmp_path)}).ask(Patience())) is Why.NOBODY_TO_ASK


def test_a_pipewire_that_hangs_is_not_waited_for(tmp_path):
    path = pw_dump(tmp_path)
    (tmp_path / "pw-dump").write_text("#!/bin/sh\nexec /usr/bin/tail -f /dev/null\n")
    began = monotonic_ms()
    assert why(lambda: ScreenSharingSense({"PATH": path}).ask(Patience())) is Why.NO_ANSWER
    assert monotonic_ms() - began < 1_000
