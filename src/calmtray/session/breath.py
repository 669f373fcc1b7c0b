"""Timeline -> Pose: what to draw at one instant, as a function of time alone. The easing curves live here."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from calmtray.practice.model import Phase
from calmtray.session.timeline import BreathCue, Timeline, WordsCue

NEXT_PHASE_AHEAD_MS = 800
"""How early the next phase is shown (reference, section 1.4)."""

LEAD_IN_MS = 3_000
LEAD_OUT_MS = 4_000
CAPTION_LETTERS = 120
"""Longer words are shown sentence by sentence, as they would be said: one thing on the screen."""

CAPTION_LINGERS_MS = 6_000
"""How long the last words stay beside a breath; without one they stay to the end of their step."""

WAITING_PRESENCE = 0.3
"""How present the pacer is while nothing is paced yet, or any more: there, but not asking to be followed."""


@dataclass(frozen=True, slots=True)
class Pose:
    """What to draw at ``ms``.

    ``level``: fullness of the breath, 0 empty .. 1 full. ``presence``: 0 no pacer at all .. 1 to be followed.
    ``phase``, ``phase_ms`` and ``phase_left_ms`` are None and 0 where nothing is paced; ``next_phase`` is known
    0.8 s ahead of its beginning and None before. ``caption``: the words to read now.
    """

    ms: float
    level: float
    presence: float
    phase: Phase | None
    phase_ms: int
    phase_left_ms: float
    next_phase: Phase | None
    caption: str
    step: int
    left_ms: float


def ease(share: float) -> float:
    """Raised cosine: 0..1 -> 0..1, at rest at both ends, where the flow of the breath turns."""
    return (1 - math.cos(math.pi * share)) / 2


def level_between(from_level: float, to_level: float, share: float) -> float:
    """Fullness (0..1) when ``share`` (0..1) of a phase is done."""
    return from_level + (to_level - from_level) * ease(share)


def phase_level(cue: BreathCue, ms: float) -> float:
    """Fullness (0..1) within one phase."""
    return level_between(cue.from_level, cue.to_level, cue.share_at(ms))


def level_at(timeline: Timeline, ms: float) -> float:
    """Fullness (0..1) at any instant: empty where nothing is paced."""
    cue = timeline.breath_at(ms)
    return phase_level(cue, ms) if cue else 0.0


def pose_at(timeline: Timeline, ms: float) -> Pose:
    """What to draw at ``ms``; before the beginning and after the end the first and the last pose stand still."""
    ms = min(max(ms, 0.0), float(timeline.length_ms))
    cue = timeline.breath_at(ms)
    step = timeline.step_at(ms)
    return Pose(
        ms=ms,
        level=phase_level(cue, ms) if cue else 0.0,
        presence=_presence(timeline, ms, cue),
        phase=cue.phase if cue else None,
        phase_ms=cue.until_ms - cue.at_ms if cue else 0,
        phase_left_ms=cue.until_ms - ms if cue else 0.0,
        next_phase=_next_phase(timeline, ms, cue),
        caption=_caption(timeline, ms, step, paced=cue is not None),
        step=step,
        left_ms=timeline.length_ms - ms,
    )


@lru_cache(maxsize=64)
def captions(text: str) -> tuple[str, ...]:
    """The text in pieces of whole sentences, each as long as fits ``CAPTION_LETTERS`` (or one sentence)."""
    pieces: list[str] = []
    for sentence in re.split(r"(?<=[.?!])[ \t\n]+", text):
        if pieces and len(pieces[-1]) + len(sentence) < CAPTION_LETTERS:
            pieces[-1] += f" {sentence}"
        else:
            pieces.append(sentence)
    return tuple(pieces)


def _caption(timeline: Timeline, ms: float, step: int, paced: bool) -> str:
    words = _words_of(timeline, step)
    if words is None or (paced and ms > words.until_ms + CAPTION_LINGERS_MS):
        return ""
    pieces = captions(words.text)
    return pieces[bisect_right(_turns(words), ms)]


def next_change_ms(timeline: Timeline, ms: float) -> float:
    """When after ``ms`` there is something else to read: a step, the next piece of its words, or the end."""
    turns: list[float] = [*timeline.starts_ms, timeline.length_ms]
    if (words := _words_of(timeline, timeline.step_at(ms))) is not None:
        turns += [*_turns(words), words.until_ms + CAPTION_LINGERS_MS]
    return min((turn for turn in turns if turn > ms), default=timeline.length_ms)


def _words_of(timeline: Timeline, step: int) -> WordsCue | None:
    return next((words for words in timeline.words if words.step == step), None)


@lru_cache(maxsize=64)
def _turns(words: WordsCue) -> tuple[float, ...]:
    """When each piece of the words gives way to the next, as if every letter took the same time."""
    pieces = captions(words.text)
    letters = sum(map(len, pieces))
    lasts_ms = words.until_ms - words.at_ms
    return tuple(words.at_ms + lasts_ms * said / letters for said in accumulate(map(len, pieces[:-1])))


def _next_phase(timeline: Timeline, ms: float, cue: BreathCue | None) -> Phase | None:
    following = timeline.breath_from(cue.until_ms if cue else ms)
    # Where *easier* changed the pace in the middle of a phase, that phase goes on.
    while following and following.part[0] > 0:
        following = timeline.breath_from(following.until_ms)
    return following.phase if following and following.at_ms - ms <= NEXT_PHASE_AHEAD_MS else None


def _presence(timeline: Timeline, ms: float, cue: BreathCue | None) -> float:
    if cue:
        return 1.0
    if not timeline.breath:
        return 0.0
    before, after = timeline.breath_before(ms), timeline.breath_from(ms)
    leading_in = 1 - (after.at_ms - ms) / LEAD_IN_MS if after else 0.0
    leading_out = 1 - (ms - before.until_ms) / LEAD_OUT_MS if before else 0.0
    return WAITING_PRESENCE + (1 - WAITING_PRESENCE) * ease(min(max(leading_in, leading_out, 0.0), 1.0))
