"""The engine on a device and a clock that the test moves: what is heard, when, and where the playhead is meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue

import numpy as np
import pytest
import soundfile

from calmtray.desktop.paths import bundled
from calmtray.sound import engine as engine_module
from calmtray.sound.device import PERIOD_MS, QUEUED_MS, NoDevice
from calmtray.sound.engine import (
    BACK_MS,
    LEAD_IN_FRAMES,
    LEAVE_MS,
    LOST_AFTER_MS,
    REST_AFTER_MS,
    TRY_AGAIN_MS,
    WAKING_MS,
    Engine,
)
from calmtray.sound.mixer import FADE_IN_FRAMES
from calmtray.sound.playhead import LONGEST_HOLD_MS, Hold, Playhead
from calmtray.sound.request import Change, End, Pause, Play, Request
from calmtray.sound.score import Ambience, BedSound, ClipSound, Placement

LEAD_IN_MS = LEAD_IN_FRAMES // 48


class Machine:
    """A sound card: asks for a period at a time, as its clock says, and keeps what it was given."""

    def __init__(self):
        self.ms = 10_000.0
        self.there = True
        self.stuck = False
        self.fill: Callable[[int], bytes] | None = None
        self.opened = 0
        self.heard = []
        self.rate = 1.0

    def clock(self):
        return self.ms

    def open(self, fill):
        if not self.there:
            raise NoDevice("none")
        self.opened += 1
        self.fill = fill
        self.due = self.ms
        self.ask()
        # The first of it is heard at once, and so the next is asked for a little earlier.
        self.due = self.ms + PERIOD_MS - QUEUED_MS
        return self

    def ask(self):
        assert self.fill is not None
        samples = np.frombuffer(self.fill(PERIOD_MS * 48), np.float32).reshape(-1, 2)
        self.heard.append((self.ms, samples[:, 0].copy()))

    def close(self):
        self.fill = None

    def sound(self, since):
        """All that was given since this time of the clock."""
        return np.concatenate([samples for ms, samples in self.heard if ms >= since])


@pytest.fixture
def machine(monkeypatch):
    machine = Machine()
    monkeypatch.setattr(engine_module, "Device", machine.open)
    # The place of a sound is told by its loudness here; how it comes up has tests of its own.
    monkeypatch.setattr(engine_module, "FADE_IN_FRAMES", 0)
    return machine


class Story:
    """An engine, its requests, and time that passes in beats of 10 ms."""

    def __init__(self, machine):
        self.machine = machine
        self.playhead = Playhead(machine.clock)
        self.told: list[bool] = []
        self.engine = Engine(bundled("assets") / "sounds", self.playhead, machine.clock, self.tell)
        self.requests: SimpleQueue[Request] = SimpleQueue()
        self.hold = Hold(0, 0.0)

    def tell(self, audible):
        """The engine may say the same thing as often as it likes; that all is well is no news at first."""
        if audible != (self.told or [True])[-1]:
            self.told.append(audible)

    def play(self, score, from_ms=0.0):
        self.hold = self.playhead.hold()
        self.ask(Play(score, from_ms, self.hold))

    def ask(self, request):
        self.requests.put(request)
        self.engine.turn(self.requests, 0)

    def let_pass(self, ms):
        until = self.machine.ms + ms
        while self.machine.ms < until:
            self.machine.ms += 10
            machine = self.machine
            if machine.stuck:
                machine.due = machine.ms + 10
            elif machine.fill is not None and machine.ms >= machine.due:
                machine.ask()
                machine.due += PERIOD_MS / machine.rate
            if not self.engine.over:
                self.engine.turn(self.requests, 0)

    @property
    def shown(self):
        """How far the playhead has gone since the last hold."""
        return self.playhead.now_ms() - self.hold.at_ms


@pytest.fixture
def story(machine):
    return Story(machine)


@pytest.fixture(scope="module")
def steady(tmp_path_factory):
    """A clip whose samples tell their place: a slow saw that never comes back to the same value within 60 s."""
    path = tmp_path_factory.mktemp("clips") / "steady.wav"
    frames = np.arange(60_000 * 48)
    soundfile.write(path, (frames // 48 + 100).astype(np.int16)[:, None].repeat(2, axis=1), 48_000, subtype="PCM_16")
    return (Placement(0, 60_000, ClipSound(str(path))),)


def places(samples):
    """Which ms of the clip each sample is; NaN where it is silent."""
    value = samples * 32_768 - 100
    return np.where(samples > 90 / 32_768, value, np.nan)


def test_nothing_is_opened_before_something_is_played(story, machine):
    story.let_pass(2_000)
    assert machine.opened == 0


def test_it_begins_at_its_beginning_and_the_playhead_leaves_with_the_sound(story, machine, steady):
    story.play(steady, from_ms=5_000)
    first = machine.heard[0][1]
    assert not first[:LEAD_IN_FRAMES].any()
    # 30 ms later it has come up.
    place = places(first)[LEAD_IN_FRAMES + 1_439]
    assert place == pytest.approx(5_030, abs=6)
    assert story.shown == 0
    story.let_pass(10)
    assert story.shown == 0
    story.let_pass(1_000)
    assert story.shown == pytest.approx(1_010 - LEAD_IN_MS, abs=10)


def test_what_is_heard_goes_on_without_a_gap(story, machine, steady):
    story.play(steady, from_ms=3_000)
    story.let_pass(5_000)
    heard = places(machine.sound(0))[LEAD_IN_FRAMES + 1_440 :]
    assert np.nanmax(np.abs(np.diff(heard))) <= 1.01
    assert not np.isnan(heard).any()
    assert story.engine.missed_ms == 0


def test_the_playhead_follows_a_device_that_runs_slow(story, machine, steady):
    machine.rate = 0.999
    story.play(steady)
    story.let_pass(30_000)
    assert story.shown == pytest.approx(30_000 * 0.999 - LEAD_IN_MS, abs=12)


def test_a_jump_is_heard_with_the_next_frames_and_the_playhead_waits_for_it(story, machine, steady):
    story.play(steady)
    story.let_pass(2_000)
    at = machine.ms
    story.play(steady, from_ms=20_000)
    story.let_pass(100)
    heard = places(machine.sound(at + 1))
    assert heard[0] == pytest.approx(2_000, abs=PERIOD_MS + QUEUED_MS)
    assert heard[1_500] == pytest.approx(20_000 + 1_500 / 48, abs=2)
    assert 0 <= story.shown <= 100
    story.let_pass(1_000)
    assert story.machine.opened == 1


def test_another_score_goes_on_at_the_same_place(story, machine, steady):
    story.play(steady)
    story.let_pass(4_000)
    at, shown = machine.ms, story.shown
    softer = tuple(Placement(p.at_ms, p.until_ms, p.sound, gain=0.5) for p in steady)
    story.ask(Change(softer))
    story.let_pass(300)
    after = machine.sound(at + 1)[1_440:] * 2
    before = places(machine.sound(at - 200))
    assert places(after)[0] > before[0]
    assert np.nanmax(np.abs(np.diff(places(after)))) <= 2.1
    assert story.shown == pytest.approx(shown + 300, abs=3)


def test_a_pause_is_silent_and_lets_the_device_go_and_going_on_opens_it_again(story, machine, steady):
    story.play(steady)
    story.let_pass(2_000)
    at = machine.ms
    story.ask(Pause())
    story.let_pass(400)
    assert not machine.sound(at + 1)[80 * 48 :].any()
    assert machine.fill is not None
    story.let_pass(REST_AFTER_MS + 200)
    assert machine.fill is None
    story.play(steady, from_ms=2_000)
    assert machine.opened == 2
    story.let_pass(500)
    assert story.shown == pytest.approx(500 - LEAD_IN_MS, abs=12)


def test_having_had_enough_everything_leaves_within_half_a_second_without_a_step(story, machine, steady):
    story.play(steady, from_ms=25_000)
    story.let_pass(2_000)
    at = machine.ms
    story.ask(End(finished=False))
    story.let_pass(2_000)
    assert story.engine.over
    assert machine.fill is None
    heard = machine.sound(at + 1)
    assert not heard[LEAVE_MS * 48 + 2_400 :].any()
    assert np.abs(np.diff(heard)).max() < 0.001


# How it comes up: once in a session, from wherever its first sound is.


@pytest.fixture
def fading_in(monkeypatch):
    monkeypatch.setattr(engine_module, "FADE_IN_FRAMES", FADE_IN_FRAMES)


def gains(samples, from_ms):
    """By how much what begins at a place is heard, frame by frame."""
    return samples * 32_768 / (from_ms + np.arange(len(samples)) / 48 + 100)


@pytest.mark.parametrize("from_ms", [0, 10_000])
def test_the_first_sound_comes_up_within_a_second_wherever_it_begins(story, machine, steady, fading_in, from_ms):
    story.play(steady, from_ms=from_ms)
    story.let_pass(1_500)
    risen = gains(machine.sound(0)[LEAD_IN_FRAMES:], from_ms)
    for ms in (30, 100, 500, 900, 1_200):
        assert risen[ms * 48] == pytest.approx(min(ms / 1_000, 1), abs=0.02), ms


@pytest.mark.parametrize("pause", [False, True])
def test_having_come_up_it_does_not_do_so_again(story, machine, steady, fading_in, pause):
    story.play(steady, from_ms=10_000)
    story.let_pass(1_500)
    if pause:
        story.ask(Pause())
        story.let_pass(REST_AFTER_MS + 500)
    at = machine.ms
    story.play(steady, from_ms=0)
    story.let_pass(500)
    again = gains(machine.sound(at if pause else at + 1)[LEAD_IN_FRAMES * pause :], 0)
    assert again[40 * 48] == pytest.approx(1, abs=0.02)


def test_a_skip_while_it_comes_up_comes_up_too(story, machine, steady, fading_in):
    story.play(steady)
    story.let_pass(400)
    at = machine.ms
    story.play(steady, from_ms=10_000)
    story.let_pass(1_500)
    risen = gains(machine.sound(at + 1), 10_000)
    for ms in (100, 500, 1_200):
        assert risen[ms * 48] == pytest.approx(min(ms / 1_000, 1), abs=0.02), ms


def test_sound_that_comes_late_comes_up_when_it_comes(story, machine, steady, fading_in):
    machine.there = False
    story.play(steady)
    story.let_pass(5_000)
    machine.there = True
    story.let_pass(TRY_AGAIN_MS + 100)
    ms, samples = machine.heard[0]
    assert gains(samples, ms - 10_000)[LEAD_IN_FRAMES + 48 * 50] == pytest.approx(0.05, abs=0.02)


def test_muted_sound_comes_back_gently_and_at_once(story, machine, steady):
    story.play(steady, from_ms=10_000)
    story.let_pass(2_000)
    story.ask(Change(()))
    story.let_pass(500)
    at = machine.ms
    story.ask(Change(steady))
    story.let_pass(600)
    heard = machine.sound(at + 1)
    assert heard[: 50 * 48].any()
    assert np.abs(np.diff(heard)).max() < 0.001
    assert np.argmax(gains(heard, 12_500) > 0.95) / 48 == pytest.approx(BACK_MS, abs=20)


def test_an_ambience_that_is_chosen_in_mid_session_is_decoded_ahead(story, machine, steady):
    story.play(steady)
    story.let_pass(1_000)
    story.ask(Change((*steady, Placement(0, 60_000, BedSound(Ambience.RAIN)))))
    story.let_pass(1_000)
    bed = story.engine._mixer._shelf.bed(BedSound(Ambience.RAIN))
    assert not bed.read_on()


def test_a_natural_end_rings_out(story, machine, steady):
    short = (Placement(0, 3_000, steady[0].sound),)
    story.play(short)
    story.let_pass(2_500)
    story.ask(End(finished=True))
    assert not story.engine.over
    story.let_pass(2_000)
    assert story.engine.over
    assert np.nanmax(places(machine.sound(0))) == pytest.approx(2_999, abs=2)


def test_ended_before_it_began_there_is_nothing_to_wait_for(story):
    story.ask(End(finished=False))
    assert story.engine.over


def test_without_a_device_the_session_goes_on_and_sound_joins_in_step(story, machine, steady):
    machine.there = False
    story.play(steady)
    assert story.told == [False]
    story.let_pass(5_000)
    assert story.shown == pytest.approx(5_000, abs=20)
    machine.there = True
    story.let_pass(TRY_AGAIN_MS + 500)
    assert story.told == [False, True]
    ms, samples = machine.heard[0]
    began = 10_000.0
    # What is heard right after the silence at the beginning is what the playhead shows by then.
    assert places(samples)[LEAD_IN_FRAMES + 1_439] == pytest.approx(ms - began + LEAD_IN_MS + 30, abs=30)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_device_that_falls_silent_is_let_go_and_the_sound_comes_back_in_step(story, machine, steady, times):
    story.play(steady)
    for _ in range(times):
        story.let_pass(3_000)
        machine.stuck, machine.there = True, False
        story.let_pass(LOST_AFTER_MS + 1_600)
        machine.stuck, machine.there = False, True
        story.let_pass(TRY_AGAIN_MS + 500)
    assert story.told == [False, True] * times
    shown = story.shown
    assert shown == pytest.approx(machine.ms - 10_000, abs=LEAD_IN_MS + 10)
    _, samples = machine.heard[-1]
    assert places(samples)[0] == pytest.approx(shown + QUEUED_MS, abs=PERIOD_MS + 30)


def test_a_device_that_never_asks_keeps_nobody_waiting(story, machine, steady, monkeypatch):
    monkeypatch.setattr(machine, "ask", lambda: None)
    story.play(steady)
    story.let_pass(WAKING_MS + 500)
    assert story.shown > 2_000
    assert False in story.told


def test_a_device_that_slept_is_waited_for_and_then_joined_in_step(story, machine, steady):
    """A speaker that wakes up takes its first frames at once, and asks again when it plays them."""
    story.play(steady)
    machine.stuck = True
    story.let_pass(1_800)
    assert story.told == []
    machine.stuck = False
    story.let_pass(2_000)
    assert machine.opened == 1
    assert story.told == []
    # Nobody waited longer than the longest hold, and what is heard is what is shown.
    assert story.shown == pytest.approx(3_800 - LONGEST_HOLD_MS, abs=30)
    _, samples = machine.heard[-1]
    assert places(samples)[0] == pytest.approx(story.shown + QUEUED_MS, abs=PERIOD_MS + 30)


def test_a_call_that_comes_too_late_is_counted_as_silence(story, machine, steady):
    story.play(steady)
    story.let_pass(1_000)
    machine.stuck = True
    story.let_pass(200)
    machine.stuck = False
    story.let_pass(500)
    assert 60 <= story.engine.missed_ms <= 200


def test_frames_that_come_too_late_are_counted_and_come_later(story, machine, steady):
    story.play(steady)
    for _ in range(40):
        machine.ms += PERIOD_MS
        machine.ask()
    assert story.engine.missed_ms > 500
