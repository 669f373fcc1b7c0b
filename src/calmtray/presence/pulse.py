"""What the sound server says, through libpulse: the same for PulseAudio and for PipeWire.

Through ctypes, since pulsectl waits without a limit for an answer once it is connected. The layouts are those of
libpulse's ``introspect.h``, whose beginnings have not changed since 1.0.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_uint8, c_uint32, c_uint64, c_void_p
from dataclasses import dataclass
from typing import Any

from calmtray.presence.sense import CantTell, Patience, Why

NOBODY = 0xFFFFFFFF
"""PA_INVALID_INDEX."""

PROPERTIES = ("resample.peaks", "stream.monitor", "media.name")

_NO_AUTOSPAWN = 1
_READY, _FAILED, _ENDED = 4, 5, 6
_RUNNING = 0


class _SampleSpec(Structure):
    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class _ChannelMap(Structure):
    _fields_ = (("channels", c_uint8), ("map", c_int * 32))


class _Volume(Structure):
    _fields_ = (("channels", c_uint8), ("values", c_uint32 * 32))


class _SourceInfo(Structure):
    """The beginning of pa_source_info."""

    _fields_ = (
        ("name", c_char_p),
        ("index", c_uint32),
        ("description", c_char_p),
        ("sample_spec", _SampleSpec),
        ("channel_map", _ChannelMap),
        ("owner_module", c_uint32),
        ("volume", _Volume),
        ("mute", c_int),
        ("monitor_of_sink", c_uint32),
    )


class _SourceOutputInfo(Structure):
    """The beginning of pa_source_output_info."""

    _fields_ = (
        ("index", c_uint32),
        ("name", c_char_p),
        ("owner_module", c_uint32),
        ("client", c_uint32),
        ("source", c_uint32),
        ("sample_spec", _SampleSpec),
        ("channel_map", _ChannelMap),
        ("buffer_usec", c_uint64),
        ("source_usec", c_uint64),
        ("resample_method", c_char_p),
        ("driver", c_char_p),
        ("proplist", c_void_p),
        ("corked", c_int),
    )


class _ServerInfo(Structure):
    """The beginning of pa_server_info: who is logged in where, and what serves them."""

    _fields_ = (
        ("user_name", c_char_p),
        ("host_name", c_char_p),
        ("server_version", c_char_p),
        ("server_name", c_char_p),
    )


_ON_SOURCE = CFUNCTYPE(None, c_void_p, POINTER(_SourceInfo), c_int, c_void_p)
_ON_SOURCE_OUTPUT = CFUNCTYPE(None, c_void_p, POINTER(_SourceOutputInfo), c_int, c_void_p)
_ON_SERVER = CFUNCTYPE(None, c_void_p, POINTER(_ServerInfo), c_void_p)


@dataclass(frozen=True, slots=True)
class Recording:
    """A stream that records, and from which source. ``about``: some of its properties."""

    source: int
    has_client: bool
    paused: bool
    resampler: str
    about: Mapping[str, str]


def recordings(environ: Mapping[str, str], patience: Patience) -> tuple[frozenset[int], list[Recording]]:
    """The microphones (sources that are not what a loudspeaker plays), and what records. Raises CantTell."""
    microphones: list[int] = []
    streams: list[Recording] = []
    with _talk(environ, patience) as server:

        def on_source(_context: object, info: Any, _end: int, _data: object) -> None:
            if info and info.contents.monitor_of_sink == NOBODY:
                microphones.append(info.contents.index)

        def on_stream(_context: object, info: Any, _end: int, _data: object) -> None:
            if info:
                streams.append(server.recording(info.contents))

        server.ask("pa_context_get_source_output_info_list", _ON_SOURCE_OUTPUT(on_stream))
        # Most of the time nobody records, and then there is no more to know.
        if streams:
            server.ask("pa_context_get_source_info_list", _ON_SOURCE(on_source))
    return frozenset(microphones), streams


def server_name(environ: Mapping[str, str], patience: Patience) -> str:
    """What serves sound here, and its version. Raises CantTell."""
    names: list[str] = []
    with _talk(environ, patience) as server:

        def on_server(_context: object, info: Any, _data: object) -> None:
            if info:
                names.extend(map(_text, (info.contents.server_name, info.contents.server_version)))

        server.ask("pa_context_get_server_info", _ON_SERVER(on_server))
    return " ".join(names)


class _Server:
    """A connection to the sound server, driven by hand so that it can be left at any time."""

    def __init__(self, pulse: ctypes.CDLL, patience: Patience) -> None:
        self._pulse = pulse
        self._patience = patience
        self._loop = pulse.pa_mainloop_new()
        self._context = pulse.pa_context_new(pulse.pa_mainloop_get_api(self._loop), b"calmtray")

    def connect(self, address: str | None) -> None:
        """Find the server that the environment names. Raises CantTell."""
        where = address.encode() if address else None
        if self._pulse.pa_context_connect(self._context, where, _NO_AUTOSPAWN, None) < 0:
            raise CantTell(Why.NOBODY_TO_ASK)
        while (state := self._pulse.pa_context_get_state(self._context)) != _READY:
            if state in (_FAILED, _ENDED):
                raise CantTell(Why.NOBODY_TO_ASK)
            self._turn()

    def ask(self, question: str, callback: Any) -> None:
        """Ask one thing, and hear the answer to its end. Raises CantTell."""
        operation = getattr(self._pulse, question)(self._context, callback, None)
        if not operation:
            raise CantTell(Why.NOT_SAID)
        try:
            while self._pulse.pa_operation_get_state(operation) == _RUNNING:
                self._turn()
        finally:
            self._pulse.pa_operation_cancel(operation)
            self._pulse.pa_operation_unref(operation)

    def recording(self, info: _SourceOutputInfo) -> Recording:
        """A stream, out of the server's answer, which is gone when its callback returns."""
        about = {
            name: _text(value)
            for name in PROPERTIES
            if (value := self._pulse.pa_proplist_gets(info.proplist, name.encode())) is not None
        }
        return Recording(info.source, info.client != NOBODY, bool(info.corked), _text(info.resample_method), about)

    def close(self) -> None:
        """Leave."""
        self._pulse.pa_context_disconnect(self._context)
        self._pulse.pa_context_unref(self._context)
        self._pulse.pa_mainloop_free(self._loop)

    def _turn(self) -> None:
        """Wait for the server to say something, no longer than patience."""
        left_us = int(self._patience.left_s() * 1_000_000)
        pulse, loop = self._pulse, self._loop
        if (
            pulse.pa_mainloop_prepare(loop, left_us) < 0
            or pulse.pa_mainloop_poll(loop) < 0
            or pulse.pa_mainloop_dispatch(loop) < 0
        ):
            raise CantTell(Why.NOT_SAID)


@contextmanager
def _talk(environ: Mapping[str, str], patience: Patience) -> Iterator[_Server]:
    try:
        pulse = _library()
    except OSError:
        raise CantTell(Why.NOBODY_TO_ASK) from None
    server = _Server(pulse, patience)
    try:
        server.connect(environ.get("PULSE_SERVER"))
        yield server
    finally:
        server.close()


def _library() -> ctypes.CDLL:
    """libpulse. Raises OSError."""
    pulse = ctypes.CDLL("libpulse.so.0")
    for name, result, arguments in (
        ("pa_mainloop_new", c_void_p, ()),
        ("pa_mainloop_free", None, (c_void_p,)),
        ("pa_mainloop_get_api", c_void_p, (c_void_p,)),
        ("pa_mainloop_prepare", c_int, (c_void_p, c_int)),
        ("pa_mainloop_poll", c_int, (c_void_p,)),
        ("pa_mainloop_dispatch", c_int, (c_void_p,)),
        ("pa_context_new", c_void_p, (c_void_p, c_char_p)),
        ("pa_context_connect", c_int, (c_void_p, c_char_p, c_int, c_void_p)),
        ("pa_context_disconnect", None, (c_void_p,)),
        ("pa_context_unref", None, (c_void_p,)),
        ("pa_context_get_state", c_int, (c_void_p,)),
        ("pa_context_get_source_info_list", c_void_p, (c_void_p, _ON_SOURCE, c_void_p)),
        ("pa_context_get_source_output_info_list", c_void_p, (c_void_p, _ON_SOURCE_OUTPUT, c_void_p)),
        ("pa_context_get_server_info", c_void_p, (c_void_p, _ON_SERVER, c_void_p)),
        ("pa_operation_get_state", c_int, (c_void_p,)),
        ("pa_operation_cancel", None, (c_void_p,)),
        ("pa_operation_unref", None, (c_void_p,)),
        ("pa_proplist_gets", c_char_p, (c_void_p, c_char_p)),
    ):
        function = getattr(pulse, name)
        function.restype = result
        function.argtypes = arguments
    return pulse


def _text(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")
