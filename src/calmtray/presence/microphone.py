"""Whether somebody listens to a microphone: what records on the sound server, PulseAudio's or PipeWire's."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from calmtray.presence.pulse import Recording, recordings
from calmtray.presence.sense import Name, Patience
from calmtray.schedule.quiet import QuietReason

METERS = ("peaks",)
"""How a stream is made smaller that only shows how loud it is."""

METER_PROPERTIES = {"resample.peaks": "true", "stream.monitor": "true", "media.name": "Peak detect"}


class MicrophoneSense:
    """A microphone that is muted in a call is in use all the same: the call goes on."""

    name = Name.MICROPHONE

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def ask(self, patience: Patience) -> QuietReason | None:
        """Ask the sound server for what records, and for what it records."""
        sources, streams = recordings(self._environ, patience)
        return QuietReason.MICROPHONE if any(listens(each, sources) for each in streams) else None


def listens(stream: Recording, microphones: Collection[int]) -> bool:
    """Whether this is a program that gets what a microphone hears, and not its loudness alone."""
    meter = stream.resampler in METERS or any(stream.about.get(k) == v for k, v in METER_PROPERTIES.items())
    # Without a program it belongs to the server: a loop or a filter, whose own listeners are listed apart.
    return stream.has_client and not stream.paused and not meter and stream.source in microphones
