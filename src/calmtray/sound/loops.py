"""A sound that goes round without a seam, out of a file whose coding has disturbed its edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OVERLAP_MS = 100
"""Every looped file goes on past its end, by this much of its own beginning."""


def looped(samples: NDArray[np.int16], overlap_frames: int) -> NDArray[np.int16]:
    """The loop in ``samples``, which hold the loop and after it ``overlap_frames`` of its beginning once more.

    ``samples``: (frames,) or (frames, channels). The answer is shorter by ``overlap_frames``; it begins where
    the overlap begins, as its last frame expects, and crosses over to the loop's own beginning. Both are the
    same sound but for the coding, so that their shares add up to one and the loudness stays. Raises ValueError
    where the loop would be shorter than its overlap.
    """
    frames = len(samples) - overlap_frames
    if not 0 <= overlap_frames <= frames:
        raise ValueError(f"{len(samples)} frames hold no loop with an overlap of {overlap_frames}")
    loop = samples[:frames].copy()
    share = np.arange(overlap_frames) / max(overlap_frames, 1)
    if samples.ndim > 1:
        share = share[:, np.newaxis]
    head, tail = samples[:overlap_frames], samples[frames:]
    loop[:overlap_frames] = np.round(tail * (1 - share) + head * share).astype(np.int16)
    return loop
