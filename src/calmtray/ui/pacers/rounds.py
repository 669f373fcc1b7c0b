"""Where a moment lies in its round: for pacers that trace a still figure and begin it anew."""

from __future__ import annotations

from calmtray.session.timeline import BreathCue, Timeline

TURN_MS = 600
"""How long the trace of the last round takes to fade once the next one has begun."""


def since_round_began(cue: BreathCue, ms: float) -> float:
    """How many ms of its pattern are done at ``ms``, a moment of ``cue``."""
    spans = cue.pattern.spans
    return sum(span.ms for span in spans[: cue.span]) + spans[cue.span].ms * cue.share_at(ms)


def last_trace(timeline: Timeline, since_ms: float, ms: float) -> float:
    """How visible (1..0) the trace of the round before is, ``since_ms`` after the present one began at ``ms``."""
    if since_ms >= TURN_MS or timeline.breath_at(ms - since_ms - 1) is None:
        return 0.0
    return 1 - since_ms / TURN_MS
