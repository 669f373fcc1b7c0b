"""One clip: read, trim, fade, level, join, write.

Sound is int16 at 48 kHz throughout, shaped (frames, channels); a millisecond is exactly 48 frames. soundfile decodes,
for pydub without ffmpeg reads WAV alone. Nothing here is imported while the app waits in the tray.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from numpy.typing import NDArray

from calmtray.sound.rate import FRAMES_PER_MS, RATE
from calmtray.sound.whole_file import written_whole

if TYPE_CHECKING:
    from pydub import AudioSegment

Samples = NDArray[np.int16]

LONGEST_MS = 5 * 60_000
LOUDNESS_DBFS = -20.0
"""The RMS of a clip made here; the recorded ones have -20 LUFS."""

RATES = (4_000, 768_000)
"""A header that tells of any other rate was not written by a recorder."""

FULL_SCALE = 32_768

AUDIBLE_DB = -50.0
"""What stays further than this below a clip's loudest moment is silence to ``trim``."""

HIGHEST_PEAK = 10 ** (-3 / 20)
"""``level`` raises no peak above this."""

LARGEST_GAIN_DB = 20.0
"""``level`` raises nothing by more: what is softer is mostly a microphone's own noise."""

SILENT_DBFS = -50.0
"""A recording whose speech is softer holds none: 25 dB below a soft voice in a microphone set too low."""

BLOCK_S = 4
MARGIN_S = 1
"""A file is brought to 48 kHz in blocks of 4 s, with a second around each: what is farther away makes no difference."""


class Flaw(StrEnum):
    """Why a file is no clip."""

    MISSING = "missing"
    NOT_AUDIO = "not-audio"
    EMPTY = "empty"
    TOO_LONG = "too-long"
    SILENT = "silent"


class ClipError(Exception):
    """A file that can't be played, and why."""

    def __init__(self, path: Path, reason: Flaw) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


# --- files ------------------------------------------------------------------------------------------------


def read(path: Path, mono: bool = False) -> Samples:
    """All of a file at 48 kHz, with one or two channels (of more, the first two), or both folded into one.

    WAV, FLAC, Vorbis, Opus and MP3 at any rate. Raises ClipError.
    """
    with _opened(path) as file:
        blocks = _blocks(file, mono)
        if file.samplerate != RATE:
            blocks = _resampled(blocks, file.samplerate)
        return np.concatenate([_whole_numbers(block) for block in blocks])


def recording(path: Path) -> Samples:
    """Somebody's own recording, mono, as it is heard: cut, faded, and as loud as the voices. Raises ClipError.

    Also where it holds no speech: raised to the voices' loudness, a microphone's noise is a loud hiss.
    """
    sound = trim(segment(read(path, mono=True)))
    power = _gated_power(samples(sound))
    if power < 10 ** (SILENT_DBFS / 10):
        raise ClipError(path, Flaw.SILENT)
    return samples(level(fade(sound), LOUDNESS_DBFS))


def length_ms(path: Path) -> int:
    """The length of a file, from its header alone, rounded up. Raises ClipError."""
    with _opened(path) as file:
        return -(-int(file.frames) * 1000 // int(file.samplerate))


def write_wav(segment: AudioSegment, path: Path) -> None:
    """Write 48 kHz, 16 bit, mono, whole or not at all. Raises OSError."""
    # By way of the memory: on a full disk, pydub would fail once more while it cleans up.
    with segment.set_channels(1).export(io.BytesIO(), format="wav") as made, written_whole(path) as unfinished:
        unfinished.write_bytes(made.getvalue())


def write_opus(samples: Samples, path: Path, level: float) -> None:
    """Write Opus in Ogg, whole or not at all. The higher the level (0 to 1), the fewer bits."""
    channels = samples.shape[1]
    with (
        written_whole(path) as unfinished,
        soundfile.SoundFile(
            unfinished, "w", RATE, channels, format="OGG", subtype="OPUS", compression_level=level
        ) as file,
    ):
        for start in range(0, len(samples), RATE):
            file.write(samples[start : start + RATE])


def _blocks(file: soundfile.SoundFile, mono: bool) -> Iterator[NDArray[np.float64]]:
    """A file from its beginning, in blocks of ``BLOCK_S``, the last one shorter; what is no number becomes silence."""
    # Always by way of floats: libsndfile does not scale a WAV of floats to whole numbers.
    for block in file.blocks(BLOCK_S * file.samplerate, dtype="float32", always_2d=True):
        heard = np.nan_to_num(block[:, :2].astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
        yield heard.mean(axis=1, keepdims=True) if mono else heard


def _resampled(blocks: Iterator[NDArray[np.float64]], rate: int) -> Iterator[NDArray[np.float64]]:
    """Blocks of ``BLOCK_S`` at another rate -> the same at 48 kHz."""
    margin, first = MARGIN_S * rate, MARGIN_S * RATE
    block = next(blocks)
    quiet = np.zeros((margin, block.shape[1]))
    before = quiet
    while len(block):
        after = next(blocks, quiet[:0])
        around = [before, block, after[:margin], quiet[len(after) :]]
        yield resample(np.concatenate(around), rate)[first : first - (-len(block) * RATE // rate)]
        before, block = block[-margin:], after


@contextmanager
def _opened(path: Path) -> Iterator[soundfile.SoundFile]:
    """A pipe or a device would be waited for, or never end: only files are opened."""
    if not path.is_file():
        raise ClipError(path, Flaw.MISSING)
    try:
        with soundfile.SoundFile(path) as file:
            if not RATES[0] <= file.samplerate <= RATES[1]:
                raise ClipError(path, Flaw.NOT_AUDIO)
            if file.frames <= 0:
                raise ClipError(path, Flaw.EMPTY)
            if file.frames > LONGEST_MS * file.samplerate // 1000:
                raise ClipError(path, Flaw.TOO_LONG)
            yield file
    except (soundfile.SoundFileError, OSError):
        raise ClipError(path, Flaw.EMPTY if path.stat().st_size == 0 else Flaw.NOT_AUDIO) from None


# --- samples ----------------------------------------------------------------------------------------------


def resample(sound: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Bring (frames, channels) from another rate to 48 kHz, without a filter's ripple or delay.

    The spectrum is cut or filled up with nothing at the lower of the two Nyquist frequencies; its last fortieth sinks
    to nothing, so that a sudden end is not heard ringing far away. Quiet is laid behind the sound, since a discrete
    Fourier transform takes its end and its beginning for neighbours.
    """
    ratio = Fraction(RATE, rate)
    turns = _smooth(-(-(len(sound) + rate // 10) // ratio.denominator))
    before, after = turns * ratio.denominator, turns * ratio.numerator
    spectrum = np.fft.rfft(sound, before, axis=0)
    kept = min(before, after) // 2
    wanted = np.zeros((after // 2 + 1, sound.shape[1]), dtype=np.complex128)
    wanted[:kept] = spectrum[:kept]
    # By frequency, not by line: the lines lie elsewhere in a block of another length.
    left = np.minimum(1, 40 * (1 - np.arange(kept) * 2 / min(before, after)))
    wanted[:kept] *= ((1 - np.cos(np.pi * left)) / 2)[:, None]
    frames = -(-len(sound) * ratio.numerator // ratio.denominator)
    turned: NDArray[np.float64] = np.fft.irfft(wanted, after, axis=0)[:frames] * float(ratio)
    return turned


def _smooth(least: int) -> int:
    """The next number with no prime factor above 5: transforms of such a length are quick."""
    number = least
    while True:
        rest = number
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return number
        number += 1


def _whole_numbers(sound: NDArray[np.floating]) -> Samples:
    """-1 to 1 -> int16."""
    scaled = np.rint(sound * FULL_SCALE)
    whole: Samples = np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
    return whole


# --- segments ---------------------------------------------------------------------------------------------


def segment(samples: Samples) -> AudioSegment:
    """Samples -> pydub's segment."""
    data = np.ascontiguousarray(samples, dtype="<i2").tobytes()
    return _pydub()(data=data, sample_width=2, frame_rate=RATE, channels=samples.shape[1])


def samples(segment: AudioSegment) -> Samples:
    """pydub's segment (16 bit) -> samples."""
    return np.frombuffer(segment.raw_data, dtype="<i2").reshape(-1, segment.channels).astype(np.int16)


def trim(clip: AudioSegment, before_ms: int = 60, after_ms: int = 120) -> AudioSegment:
    """Without the silence at both ends but for this much of it. A clip that is silent throughout stays as it is."""
    loudness = _rms_by_ms(samples(clip))
    audible = np.flatnonzero(loudness > loudness.max(initial=0.0) * 10 ** (AUDIBLE_DB / 20))
    if not len(audible):
        return clip
    start = max(0, int(audible[0]) - before_ms)
    return clip[start : int(audible[-1]) + 1 + after_ms]


def fade(clip: AudioSegment, in_ms: int = 20, out_ms: int = 80) -> AudioSegment:
    """Rise from nothing and sink to nothing along a raised cosine (pydub's own fades have corners, long ones steps)."""
    sound = samples(clip)
    rise, fall = (_slope(min(len(sound), ms * FRAMES_PER_MS)) for ms in (in_ms, out_ms))
    for part, slope in ((sound[: len(rise)], rise), (sound[len(sound) - len(fall) :], fall[::-1])):
        part[:] = np.rint(part * slope[:, None])
    return segment(sound)


def level(clip: AudioSegment, dbfs: float) -> AudioSegment:
    """Louder or softer, so that its speech has this RMS; less loud where a peak would pass -3 dBFS, or beyond +20 dB.

    For voices that are levelled where the app runs. The gates are those of ITU-R BS.1770 (blocks of 400 ms, -70 dBFS,
    then 10 dB below the mean), its weighting of frequencies is left out. Measured at -20: the recorded voices come to
    -20.4 LUFS, give or take 0.3; espeak-ng, whose peaks stand high, to -20.9 on average, -23.5 at the softest.
    """
    sound = samples(clip)
    power = _gated_power(sound)
    if not power:
        return clip
    peak = max(int(sound.max()), -int(sound.min())) / FULL_SCALE
    gain = min(10 ** (dbfs / 20) / np.sqrt(power), HIGHEST_PEAK / peak)
    return clip.apply_gain(min(20 * np.log10(gain), LARGEST_GAIN_DB))


def join(clips: Sequence[AudioSegment], pauses_ms: Sequence[int]) -> AudioSegment:
    """One after another, with a pause after each but the last."""
    joined = clips[0]
    for pause_ms, clip in zip(pauses_ms, clips[1:], strict=True):
        quiet = segment(np.zeros((pause_ms * FRAMES_PER_MS, clip.channels), dtype=np.int16))
        joined = joined.append(quiet, crossfade=0).append(clip, crossfade=0)
    return joined


def _slope(frames: int) -> NDArray[np.float64]:
    """From 0 up to 1."""
    curve: NDArray[np.float64] = (1 - np.cos(np.pi * np.arange(frames) / max(1, frames))) / 2
    return curve


def _rms_by_ms(sound: Samples) -> NDArray[np.float64]:
    """The RMS of every started millisecond, over all channels, in int16 steps."""
    whole = np.pad(sound, ((0, -len(sound) % FRAMES_PER_MS), (0, 0)))
    rms: NDArray[np.float64] = np.sqrt(_powers(whole, FRAMES_PER_MS) / sound.shape[1])
    return rms


def _gated_power(sound: Samples) -> float:
    """The mean power (full scale 1) of what is neither silence nor a pause, 0 where nothing is left."""
    steps = _powers(sound, 100 * FRAMES_PER_MS)
    # What is shorter than a block is its own block.
    blocks = np.convolve(steps, np.full(4, 0.25), mode="valid") if len(steps) >= 4 else _powers(sound, len(sound))
    blocks = blocks / FULL_SCALE**2
    heard = blocks[blocks > 10**-7.0]
    if not len(heard):
        return 0.0
    return float(heard[heard > heard.mean() / 10].mean())


def _powers(sound: Samples, frames: int) -> NDArray[np.float64]:
    """The mean power of every whole stretch of so many frames, summed over all channels, in int16 steps squared.

    A few seconds at a time: as floats, five minutes are 115 MB.
    """
    if not frames:
        return np.zeros(0)
    stretches = sound[: len(sound) // frames * frames].reshape(-1, frames * sound.shape[1])
    many = max(1, BLOCK_S * RATE // frames)
    parts = (stretches[start : start + many].astype(np.float64) for start in range(0, len(stretches), many))
    return np.concatenate([np.zeros(0), *((part**2).sum(axis=1) for part in parts)]) / frames


def _pydub() -> Callable[..., AudioSegment]:
    """pydub, without what it says about ffmpeg, which we never ask for, and about its own old Python."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Couldn't find ffmpeg", RuntimeWarning)
        warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
        for category in (DeprecationWarning, SyntaxWarning):  # Python 3.11 has the one, 3.12 the other
            warnings.filterwarnings("ignore", "invalid escape sequence", category)
        from pydub import AudioSegment
    return AudioSegment  # type: ignore[no-any-return, unused-ignore]
