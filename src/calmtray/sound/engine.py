"""Carries out what is asked of a player, on the player's thread: mixes ahead, feeds the device, leads the playhead.

What is mixed is counted in session frames, what the device takes in frames of its own. While something plays the two
differ by a constant, the feed's mark. Every change (another score, a jump, a pause, the end) is a splice: the new sound
is mixed from the next frame that the device will take, and crosses over with what lay ready.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import median

import numpy as np

from calmtray.sound.collector import kept_out
from calmtray.sound.device import PERIOD_MS, QUEUED_MS, Device, NoDevice
from calmtray.sound.feed import Feed
from calmtray.sound.memory import give_back, keep_large_blocks_apart
from calmtray.sound.mixer import FADE_IN_FRAMES, Mix, Mixer
from calmtray.sound.playhead import Hold, Playhead
from calmtray.sound.rate import FRAMES_PER_MS
from calmtray.sound.request import Change, End, Pause, Play, Prepare, Request, Score

BLOCK_FRAMES = 200 * FRAMES_PER_MS
AHEAD_FRAMES = 600 * FRAMES_PER_MS
"""How far ahead of the device is mixed: enough for a machine that does something else for half a second."""

LEAD_IN_FRAMES = 20 * FRAMES_PER_MS
"""Silence before the first sound: a device that has just started may lose its first few milliseconds."""

CROSS_MS = 20
BACK_MS = 200
"""How long sound that was muted takes to come back: heard at once, and nobody starts."""

PAUSE_MS = 30
LEAVE_MS = 350
AFTERWARDS_MS = 150
"""Silence after the last sound, so that the device is not stopped while it still plays."""

OPENING_MS = 10
ALIGN_CALLS = 5
"""Sound that joins a session under way is put where the playhead is twice: roughly, by how long a device takes to open;
and to the ms, when the device has asked so often that its queue is known."""

LOST_AFTER_MS = 400
WAKING_MS = 3_000
"""A device that slept may take this long to ask a second time; only then does it play what it took at first."""

FAR_MS = 250
"""Further apart than this, the sound is put where the playhead is, instead of the playhead being led to the sound."""

TRY_AGAIN_MS = 1_000
REST_AFTER_MS = 20_000
"""A device that has played nothing but silence for so long is let go: after a short pause none has to wake first."""

POLL_S = 0.05


class Engine:
    """One session's sound, from the first request until the last sound has gone.

    ``on_audible`` hears again and again whether a device plays; on the engine's thread or the device's.
    """

    def __init__(
        self,
        sounds: Path,
        playhead: Playhead,
        clock: Callable[[], float],
        on_audible: Callable[[bool], None],
    ) -> None:
        self._playhead = playhead
        self._clock = clock
        self._on_audible = on_audible
        self._mixer = Mixer(sounds)
        self._device: Device | None = None
        self._feed: Feed | None = None
        self._score: Score = ()
        self._hold = Hold(0, 0.0)
        self._from_frame = 0
        self._next_frame = 0
        self._risen = False
        self._risen_frame = 0
        self._loading = False
        self._playing = False
        self._ending = False
        self._asked_ms = 0.0
        self._rest_ms = 0.0
        self._try_ms = 0.0
        self._missed = 0
        self._late_ms = 0.0
        self._calls = 0
        self._joining = False
        self._ahead_ms: list[float] = []

    @property
    def missed_ms(self) -> float:
        """How much silence was heard where there should have been sound: we, or the machine, came too late."""
        feed = self._feed
        return self._late_ms + (self._missed + (feed.missed if feed else 0)) / FRAMES_PER_MS

    def run(self, requests: SimpleQueue[Request]) -> None:
        """Do what is asked until it has ended."""
        keep_large_blocks_apart()
        with kept_out():
            try:
                while not self.over:
                    self.turn(requests, POLL_S)
            except FileNotFoundError:
                # An installation without its sounds: words and pacer do without.
                pass
            finally:
                if not self.over:
                    self._playhead.release(self._hold, self._clock())
                    self._playhead.free()
                    self._on_audible(False)
                self._close_device()
                self._mixer.close()
                give_back()

    @property
    def over(self) -> bool:
        """Whether it was asked to end, and the last sound has gone."""
        return self._ending and self._device is None

    def turn(self, requests: SimpleQueue[Request], wait_s: float) -> None:
        """Do the next thing asked for, waiting so long for it, and look after the device."""
        with suppress(Empty):
            self._obey(requests.get(timeout=wait_s))
        self._watch()
        self._fill()
        if self._loading:
            self._loading = self._mixer.load_more(self._score)

    def _obey(self, request: Request) -> None:
        match request:
            case Prepare(score):
                # What is decoded here need not be decoded between *Begin* and the first sound.
                self._score, self._loading = score, True
                self._mixer.window(score, 0, BLOCK_FRAMES)
            case Play():
                self._begin(request)
            case Change(score):
                rise_ms = self._rise_ms
                self._score, self._loading = score, True
                self._cross_over(rise_ms)
            case Pause():
                self._fall_silent()
            case End(finished):
                self._leave(finished)

    def _begin(self, play: Play) -> None:
        rise_ms = self._rise_ms
        self._score, self._loading = play.score, True
        self._hold, self._joining = play.hold, False
        self._note_risen()
        self._from_frame = round(play.from_ms * FRAMES_PER_MS)
        self._playing = True
        if self._feed is None:
            self._open_device(self._from_frame)
        else:
            self._come_up(self._from_frame)
            rise = _rise(rise_ms)
            self._feed.start(self._mix(self._from_frame, BLOCK_FRAMES + len(rise)), rise, play.hold)

    def _cross_over(self, rise_ms: int = CROSS_MS) -> None:
        """The score has changed: let it be heard from the next frame on."""
        if self._playing and self._feed is not None:
            due, rise = self._feed.taken, _rise(rise_ms)
            # Longer by the rise, which must not be cut short by what the device takes meanwhile.
            self._feed.splice(self._mix(self._due_frame(due), BLOCK_FRAMES + len(rise)), rise, due)

    def _align(self) -> None:
        """Sound has joined the session, and it is known by now how far it is ahead: put it where it belongs."""
        assert self._feed is not None
        self._feed.move_mark(round(median(self._ahead_ms) * FRAMES_PER_MS))
        self._cross_over()
        # Last: from here on the device's thread leads the playhead again.
        self._joining = False

    def _fall_silent(self) -> None:
        self._note_risen()
        self._playing = False
        self._rest_ms = self._clock() + REST_AFTER_MS
        if self._feed is not None:
            self._feed.finish()
            self._feed.splice(_silence(PAUSE_MS), _rise(PAUSE_MS))

    def _leave(self, finished: bool) -> None:
        self._ending = True
        self._rest_ms = 0.0
        if not self._playing or self._feed is None:
            return
        if finished:
            self._feed.finish()
            return
        due = self._feed.taken
        block = self._mix(self._due_frame(due), LEAVE_MS * FRAMES_PER_MS) * _rise(LEAVE_MS)[::-1]
        self._playing = False
        self._feed.finish()
        self._feed.splice(block, _rise(CROSS_MS), due)
        self._feed.add(_silence(AFTERWARDS_MS))

    def _fill(self) -> None:
        """Keep enough ready. After the end only what still rings is played."""
        if self._feed is None or not self._playing:
            return
        while self._feed.ready < AHEAD_FRAMES:
            if self._ending and self._next_frame >= self._last_frame:
                self._playing = False
                self._feed.add(_silence(AFTERWARDS_MS))
                return
            self._feed.add(self._mix(self._next_frame))

    def _watch(self) -> None:
        """Notice a device that is gone, try again to get one, and let one go that has nothing to play."""
        now = self._clock()
        if self._device is not None:
            if now - self._asked_ms > (LOST_AFTER_MS if self._calls > 1 else WAKING_MS):
                self._playhead.release(self._hold, now)
                self._playhead.free()
                self._on_audible(False)
                # Last: a sound server that hangs keeps us waiting here.
                self._close_device()
                self._try_ms = self._clock() + TRY_AGAIN_MS
            elif self._joining and len(self._ahead_ms) >= ALIGN_CALLS:
                self._align()
            elif not self._playing and now >= self._rest_ms and self._feed is not None and not self._feed.ready:
                self._close_device()
        elif self._playing and not self._ending and now >= self._try_ms:
            ahead_ms = OPENING_MS + LEAD_IN_FRAMES / FRAMES_PER_MS
            passed_ms = self._playhead.now_ms() - self._hold.at_ms + ahead_ms
            self._open_device(self._from_frame + round(passed_ms * FRAMES_PER_MS), joining=True)

    # The device.

    def _open_device(self, frame: int, *, joining: bool = False) -> None:
        """Open a device and let it begin with this frame of the session; ``joining``: while the playhead runs."""
        self._joining, self._ahead_ms, self._calls = joining, [], 0
        self._come_up(frame)
        block = self._mix(frame)
        block[: CROSS_MS * FRAMES_PER_MS] *= _rise(CROSS_MS)
        lead_in = np.zeros((LEAD_IN_FRAMES, 2), np.float32)
        feed = Feed()
        feed.start(np.concatenate((lead_in, block)), _rise(0), self._hold, LEAD_IN_FRAMES - (frame - self._from_frame))
        self._asked_ms = self._clock()
        try:
            self._device = Device(lambda frames: self._give(feed, frames))
        except NoDevice:
            self._try_ms = self._clock() + TRY_AGAIN_MS
            self._playhead.release(self._hold, self._clock())
            self._on_audible(False)
        else:
            self._feed = feed

    def _close_device(self) -> None:
        if self._device is not None:
            self._device.close()
        if self._feed is not None:
            self._note_risen()
            self._missed += self._feed.missed
        self._device = self._feed = None

    def _give(self, feed: Feed, frames: int) -> bytes:
        """The device asks for frames, on its own thread; from what it has taken follows what is heard now."""
        before, self._asked_ms = self._asked_ms, self._clock()
        self._calls += 1
        taken = feed.take(frames)
        # The first frames of a device only tell that it is there, not that it plays.
        if taken.mark is not None and self._calls > 1:
            if self._calls > 2:
                self._late_ms += max(0.0, self._asked_ms - before - PERIOD_MS - QUEUED_MS)
            heard_ms = (taken.first - taken.mark.frame) / FRAMES_PER_MS - QUEUED_MS
            self._follow(taken.mark.hold, heard_ms, due=taken.first + frames > taken.mark.frame)
        return taken.samples.tobytes()

    def _follow(self, hold: Hold, heard_ms: float, *, due: bool) -> None:
        """Let the playhead follow what is heard, unless the sound has to follow it; ``due``: if the first is taken."""
        if due:
            self._on_audible(True)
            self._playhead.release(hold, self._asked_ms - heard_ms)
        ahead_ms = hold.at_ms + heard_ms - self._playhead.now_ms()
        if self._joining:
            self._ahead_ms.append(ahead_ms)
        elif abs(ahead_ms) > FAR_MS and not self._playhead.held:
            self._joining, self._ahead_ms = True, []
        elif heard_ms >= 0:
            self._playhead.lead(self._asked_ms, hold.at_ms + heard_ms)

    # The sound.

    def _due_frame(self, taken: int) -> int:
        """The frame of the session that stands at this frame of the feed."""
        mark = self._feed.mark if self._feed is not None else None
        return self._from_frame + taken - mark.frame if mark is not None else self._next_frame

    def _mix(self, frame: int, frames: int = BLOCK_FRAMES) -> Mix:
        """The score from this frame on; before the beginning it is silent."""
        self._next_frame = frame + frames
        return self._mixer.window(self._score, frame, frame + frames, self._risen_frame)

    @property
    def _rise_ms(self) -> int:
        """How slowly other sound takes over from the score that plays: none at all when it is muted."""
        return CROSS_MS if self._score else BACK_MS

    def _come_up(self, frame: int) -> None:
        """The first sound of a session, wherever in it that is, fades in from here; later ones have come up."""
        self._risen_frame = frame if self._risen else frame + FADE_IN_FRAMES

    def _note_risen(self) -> None:
        """Before anything else is played: has all of the fade-in been taken?"""
        if self._feed is not None and self._feed.mark is not None:
            self._risen = self._risen or self._due_frame(self._feed.taken) >= self._risen_frame

    @property
    def _last_frame(self) -> int:
        return max((placement.until_ms for placement in self._score), default=0) * FRAMES_PER_MS


def _silence(ms: int) -> Mix:
    return np.zeros((ms * FRAMES_PER_MS, 2), np.float32)


def _rise(ms: int) -> Mix:
    """Gains from 0 to 1, shape (frames, 1)."""
    frames = ms * FRAMES_PER_MS
    return (np.arange(frames, dtype=np.float32) / np.float32(max(1, frames)))[:, None]
