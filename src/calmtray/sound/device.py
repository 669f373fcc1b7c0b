"""The audio device: opened, asked for, closed. The only importer of miniaudio."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import ClassVar

import miniaudio

from calmtray.sound.rate import RATE

CHANNELS = 2
FRAME_BYTES = 4 * CHANNELS

PERIOD_MS = 80
"""How much is asked for at a time. Short enough for a change to be heard at once, long enough for a busy machine."""

QUEUED_MS = 60
"""What is still to be heard whenever more is asked for (measured with PulseAudio 16.1 on a null sink: 59.6 to 60.0)."""


HEARD_MS = 50
"""How much a microphone hands over at a time: a level that is shown so often follows the voice."""


class NoDevice(Exception):
    """No sound can be played, or heard, just now."""


class _LetsGo:
    """Gives its context back as well, which pyminiaudio forgets: a connection, and a sound server has few of them.

    miniaudio itself forgets one whenever there is nothing to open: that is asked first.
    """

    PLAYS: ClassVar[bool]

    def _make_context(self, *args: object) -> object:
        # Of the device that this class stands before.
        context = super()._make_context(*args)  # type: ignore[misc]
        if not _any_device(context, plays=self.PLAYS):
            miniaudio.lib.ma_context_uninit(context)
            raise miniaudio.MiniaudioError("there is no device")
        return context

    def __init__(self, **options: object) -> None:
        try:
            super().__init__(**options)
        except miniaudio.MiniaudioError:
            self.let_go()
            raise

    def let_go(self) -> None:
        """Close the device, and the connection that it was made on."""
        self.close()  # type: ignore[attr-defined]
        context = self.__dict__.pop("_context", None)
        if context is not None:
            miniaudio.lib.ma_context_uninit(context)


class _Playback(_LetsGo, miniaudio.PlaybackDevice):  # type: ignore[misc]
    PLAYS = True


class _Capture(_LetsGo, miniaudio.CaptureDevice):  # type: ignore[misc]
    PLAYS = False


def _any_device(context: object, *, plays: bool) -> bool:
    infos, count = miniaudio.ffi.new("ma_device_info**"), miniaudio.ffi.new("ma_uint32*")
    nothing = miniaudio.ffi.NULL
    wanted = (infos, count, nothing, nothing) if plays else (nothing, nothing, infos, count)
    asked = miniaudio.lib.ma_context_get_devices(context, *wanted)
    return bool(asked == miniaudio.lib.MA_SUCCESS and count[0])


class Device:
    """The default output. ``fill`` is called on a thread of the device for so many frames of float32 stereo."""

    def __init__(self, fill: Callable[[int], bytes]) -> None:
        try:
            self._device = _Playback(
                output_format=miniaudio.SampleFormat.FLOAT32,
                nchannels=CHANNELS,
                sample_rate=RATE,
                buffersize_msec=PERIOD_MS,
                callback_periods=2,
                backends=_backends(),
                app_name="calmtray",
            )
        except miniaudio.MiniaudioError as error:
            raise NoDevice(str(error)) from None
        asked = _asked(fill)
        next(asked)
        try:
            self._device.start(asked)
        except miniaudio.MiniaudioError as error:
            self._device.let_go()
            raise NoDevice(str(error)) from None

    def close(self) -> None:
        """Be silent at once, and let the device go. A device that is gone already is closed just the same."""
        self._device.let_go()


class Microphone:
    """The default input, int16 mono. ``take`` is called on a thread of the device with what was heard since.

    Raises NoDevice where there is none, or the system keeps it to itself.
    """

    def __init__(self, take: Callable[[bytes], None]) -> None:
        try:
            self._device = _Capture(
                input_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=HEARD_MS,
                backends=_backends(),
                app_name="calmtray",
            )
        except miniaudio.MiniaudioError as error:
            raise NoDevice(str(error)) from None
        heard = _heard(take)
        next(heard)
        try:
            self._device.start(heard)
        except miniaudio.MiniaudioError as error:
            self._device.let_go()
            raise NoDevice(str(error)) from None

    def close(self) -> None:
        """Hear nothing more, and let the device go."""
        self._device.let_go()


def _heard(take: Callable[[bytes], None]) -> Generator[None, bytearray, None]:
    while True:
        take(bytes((yield)))


def _asked(fill: Callable[[int], bytes]) -> Generator[bytes, int, None]:
    frames = yield b""
    while True:
        frames = yield fill(frames)


def _backends() -> list[miniaudio.Backend]:
    """Those that can be heard: miniaudio's last resort, a device that plays into nothing, would never be left again."""
    if sys.platform != "linux":
        return [miniaudio.Backend.WASAPI, miniaudio.Backend.DSOUND, miniaudio.Backend.COREAUDIO]
    backends = [miniaudio.Backend.PULSEAUDIO]
    # Without a card ALSA's library writes a page of complaints to the terminal.
    if any(Path("/proc/asound").glob("card[0-9]*")):
        backends.append(miniaudio.Backend.ALSA)
    return backends
