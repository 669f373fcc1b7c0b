"""The one sample rate of the house."""

from __future__ import annotations

RATE = 48_000
"""Frames a second. A millisecond is a whole number of them, so that every cue falls on a frame."""

FRAMES_PER_MS = RATE // 1000
