"""A timeline as data and as lines, for people and programs outside the app."""

from __future__ import annotations

from typing import Any

from calmtray.session.timeline import BreathCue, Cue, Timeline, WordsCue


def timeline_data(timeline: Timeline) -> dict[str, Any]:
    """The whole score as JSON-ready values."""
    return {
        "practice": timeline.practice,
        "lang": timeline.lang,
        "length_ms": timeline.length_ms,
        "cues": [_cue_data(cue) for cue in timeline.cues],
    }


def timeline_lines(timeline: Timeline) -> list[str]:
    """One line a cue: when, which lane, what."""
    return [f"{_clock(cue.at_ms)}-{_clock(cue.until_ms)}  {cue.lane:6} {_what(cue)}" for cue in timeline.cues]


def _cue_data(cue: Cue) -> dict[str, Any]:
    data: dict[str, Any] = {"at_ms": cue.at_ms, "until_ms": cue.until_ms, "lane": cue.lane, "step": cue.step}
    if isinstance(cue, WordsCue):
        return {**data, "text": cue.text}
    if isinstance(cue, BreathCue):
        return {**data, "phase": cue.phase, "from_level": cue.from_level, "to_level": cue.to_level}
    return {**data, "bell": cue.bell}


def _what(cue: Cue) -> str:
    if isinstance(cue, WordsCue):
        return cue.text
    if isinstance(cue, BreathCue):
        return f"{cue.phase} {cue.from_level:g} -> {cue.to_level:g}"
    return cue.bell


def _clock(ms: int) -> str:
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes:02d}:{rest / 1000:06.3f}"
