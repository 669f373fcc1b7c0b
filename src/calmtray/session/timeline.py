"""Practice -> Timeline: every cue of one session, in whole milliseconds. The score that eye and ear both read."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias, TypeVar

from calmtray.practice.holds import LONG_HOLD_MS, MOST_HELD_MS, MOST_LONG_HOLDS, held_ms, long_holds
from calmtray.practice.model import Pattern, Phase, Practice, Step
from calmtray.session.pace import Rows, ramp_step, ramped, step_at_pace

WORDS_PER_MINUTE = 115
"""The pace of speech assumed for words without a clip (reference, section 2.2: 105 to 125)."""

QUIET_AFTER_WORDS_MS = 1_500
WORDS_AFTER_BELL_MS = 700
FIRST_WORDS_AFTER_MS = 1_500
"""A voice lets the bell speak first; at the very beginning the sound has just come up."""

BELL_MS = 3_000
QUIET_GRAIN_MS = 1_000
"""Quiet steps grow and shrink by whole seconds."""


class Lane(StrEnum):
    """The lanes of the score."""

    WORDS = "words"
    BREATH = "breath"
    BELL = "bell"


class Bell(StrEnum):
    """Which bell rings."""

    BEGIN = "begin"
    STEP = "step"
    END = "end"


@dataclass(frozen=True, slots=True)
class WordsCue:
    """Words said at ``at_ms``; ``until_ms`` is when the voice has finished."""

    at_ms: int
    until_ms: int
    step: int
    text: str
    lane: Lane = Lane.WORDS


@dataclass(frozen=True, slots=True)
class BreathCue:
    """One phase of one breath.

    ``from_level`` and ``to_level`` are those of the whole phase; ``part`` is the share of it (0..1) that this cue
    covers, less than all only where *easier* changed the pace in the middle of the phase.
    """

    at_ms: int
    until_ms: int
    step: int
    phase: Phase
    from_level: float
    to_level: float
    pattern: Pattern
    span: int
    part: tuple[float, float] = (0.0, 1.0)
    lane: Lane = Lane.BREATH

    def share_at(self, ms: float) -> float:
        """How much of the phase (0..1) is done at ``ms``."""
        start, end = self.part
        return start + (end - start) * (ms - self.at_ms) / (self.until_ms - self.at_ms)


@dataclass(frozen=True, slots=True)
class BellCue:
    """A bell, struck at ``at_ms`` and gone by ``until_ms``."""

    at_ms: int
    until_ms: int
    step: int
    bell: Bell
    lane: Lane = Lane.BELL


Cue: TypeAlias = WordsCue | BreathCue | BellCue


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose for one session.

    ``length_ms``: the wished length, or None for the one as written. ``ramp``: whether slow breaths begin more quickly.
    ``pace``: the pattern of the user's own pace, where there is one.
    """

    lang: str = "en"
    length_ms: int | None = None
    ramp: bool = False
    pace: Pattern | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All cues of one session, in order.

    ``starts_ms`` holds the beginning of each step of the practice; one that the short form leaves out lasts no time
    and begins where the next one does.
    """

    practice: str
    lang: str
    length_ms: int
    starts_ms: tuple[int, ...]
    words: tuple[WordsCue, ...]
    breath: tuple[BreathCue, ...]
    bells: tuple[BellCue, ...]
    _breath_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_breath_starts", tuple(cue.at_ms for cue in self.breath))

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every cue, by time; at the same instant the bell comes first, then the breath, then the words."""
        cues: list[Cue] = [*self.bells, *self.breath, *self.words]
        return tuple(sorted(cues, key=lambda cue: cue.at_ms))

    def step_at(self, ms: float) -> int:
        """Index of the step at ``ms``."""
        # At the end, too, it is one that was there.
        return max(0, bisect_right(self.starts_ms, min(ms, self.length_ms - 1)) - 1)

    def breath_at(self, ms: float) -> BreathCue | None:
        """The phase of the breath at ``ms``, or None where nothing is paced."""
        index = bisect_right(self._breath_starts, ms) - 1
        if index >= 0 and ms < self.breath[index].until_ms:
            return self.breath[index]
        return None

    def breath_from(self, ms: float) -> BreathCue | None:
        """The first phase that begins at or after ``ms``."""
        index = bisect_right(self._breath_starts, ms - 1e-9)
        return self.breath[index] if index < len(self.breath) else None

    def breath_before(self, ms: float) -> BreathCue | None:
        """The last phase that has begun by ``ms``."""
        index = bisect_right(self._breath_starts, ms) - 1
        return self.breath[index] if index >= 0 else None


def said_in(step: int, text: str) -> str:
    """The key, among clips, of words that have a recording in this step (its index) other than elsewhere."""
    return f"{text}\0{step}"


def build_timeline(practice: Practice, clip_lengths: Mapping[str, int], choices: Choices) -> Timeline:
    """The score of one session.

    ``clip_lengths``: ms of the recorded voice by text, or by ``said_in`` for one step alone; words without a clip are
    reckoned at 115 a minute. A clip that outlasts its step stretches the step, once, for eye and ear alike.
    ``choices.length_ms`` is met as nearly as the practice's scalable steps allow: quiet steps by whole seconds, breaths
    by whole rounds. Where they can't be made so short, the short form is played, if there is one: it is shorter than
    wished rather than longer. A ramp is part of its step, whose length then changes by less than a round.
    """
    lang = practice.language(choices.lang)
    pace = choices.pace
    paced = practice.steps if pace is None else [step_at_pace(step, pace) for step in practice.steps]
    short = takes_short(practice, choices.length_ms)
    steps = _short(practice.steps) if short else _scaled(paced, choices.length_ms)
    there = [index for index, step in enumerate(steps) if step.ms]
    ramp = ramp_step(practice) if choices.ramp else None
    starts: list[int] = []
    words: list[WordsCue] = []
    breath: list[BreathCue] = []
    bells: list[BellCue] = []
    at = 0
    for index, scaled in enumerate(steps):
        if index not in there:
            starts.append(at)
            continue
        text = scaled.say.get(lang, "")
        recorded = clip_lengths.get(said_in(index, text), clip_lengths.get(text))
        spoken, after = spoken_ms(text), 0
        if recorded is not None:
            spoken, after = recorded, WORDS_AFTER_BELL_MS if at else FIRST_WORDS_AFTER_MS
        # Nobody is rung out while the voice still speaks.
        room = QUIET_AFTER_WORDS_MS + (BELL_MS if index == there[-1] else 0)
        needed = after + spoken + room if recorded is not None else 0
        step = _stretched(scaled, needed)
        rows: Rows = ((step.pattern, step.rounds),) if step.pattern else ()
        if step.pattern and index == ramp:
            rows = ramped(step.pattern, step.ms, needed)
        end = at + (sum(pattern.length_ms * rounds for pattern, rounds in rows) or step.ms)
        starts.append(at)
        if at:
            bells.append(BellCue(at, at + BELL_MS, index, Bell.STEP))
        if text:
            words.append(WordsCue(at + after, min(at + after + spoken, end), index, text))
        for pattern, rounds in rows:
            breath.extend(_breaths(pattern, rounds, at, index))
            at += rounds * pattern.length_ms
        at = end
    bells.insert(0, BellCue(0, min(BELL_MS, at), there[0], Bell.BEGIN))
    bells.append(BellCue(max(0, at - BELL_MS), at, there[-1], Bell.END))
    return Timeline(practice.id, lang, at, tuple(starts), tuple(words), tuple(breath), tuple(bells))


def spoken_ms(text: str) -> int:
    """How long a voice would take for these words, in ms."""
    return round(len(text.split()) * 60_000 / WORDS_PER_MINUTE)


def live_words(timeline: Timeline, recorded: Container[str]) -> tuple[WordsCue, ...]:
    """The cues of words that have no clip, as a live voice says them: it lets the bell speak first, as a clip does.

    No step is stretched for it, and words that their step is too short for are left out.
    """
    cues = []
    for cue in timeline.words:
        if cue.text not in recorded and said_in(cue.step, cue.text) not in recorded:
            after = WORDS_AFTER_BELL_MS if timeline.starts_ms[cue.step] else FIRST_WORDS_AFTER_MS
            later = replace(
                cue, at_ms=cue.at_ms + after, until_ms=min(cue.until_ms + after, _step_end(timeline, cue.step))
            )
            if later.at_ms < later.until_ms:
                cues.append(later)
    return tuple(cues)


def shortest_ms(practice: Practice) -> int:
    """The shortest this practice can be made, in ms: its short form, where it has one."""
    return practice.short_ms or whole_ms(practice.steps)


def whole_ms(steps: Sequence[Step]) -> int:
    """The shortest these steps can be made with all of them there, in ms."""
    return sum(_bounds(step)[0] for step in steps)


def shortest_step_ms(step: Step) -> int:
    """The shortest this step can be made where it is there, in ms."""
    low, _ = _bounds(step)
    return min(low, step.short_ms or low)


def longest_step_ms(step: Step) -> int:
    """The longest this step can be made, in ms."""
    return _bounds(step)[1]


def takes_short(practice: Practice, length_ms: int | None) -> bool:
    """Whether a wished length calls for the short form: there is one, and the whole can't be made so short."""
    return length_ms is not None and practice.short_ms is not None and length_ms < whole_ms(practice.steps)


def longest_ms(practice: Practice) -> int:
    """The longest this practice can be made, in ms."""
    return sum(longest_step_ms(step) for step in practice.steps)


def ease_pace(timeline: Timeline, at_ms: int, pattern: Pattern) -> Timeline:
    """The same session with the breaths of the present step from ``at_ms`` on paced by ``pattern``.

    ``pattern`` has the same phases as the one in use (``Pattern.easier``). The phase under way goes on from the
    level it has reached at the new pace; the step then keeps its length as nearly as whole breaths allow, but lasts
    until its words are said, and everything after it moves along. Where nothing is paced at ``at_ms`` the timeline
    comes back as it was.
    """
    now = timeline.breath_at(at_ms)
    if now is None:
        return timeline
    end = _step_end(timeline, now.step)
    done = now.share_at(at_ms)
    kept = [cue for cue in timeline.breath if cue.until_ms <= at_ms]
    if at_ms > now.at_ms:
        kept.append(replace(now, until_ms=at_ms, part=(now.part[0], done)))
    at = at_ms + max(1, round(pattern.spans[now.span].ms * (1 - done)))
    paced = [replace(now, at_ms=at_ms, until_ms=at, pattern=pattern, part=(done, 1.0))]
    if now.span + 1 < len(pattern.spans):
        paced += _phases(pattern, now.span + 1, at, now.step)
        at = paced[-1].until_ms
    said = max((cue.until_ms for cue in timeline.words if cue.step == now.step), default=0)
    rounds = max(0, round((end - at) / pattern.length_ms), math.ceil((said - at) / pattern.length_ms))
    paced += _breaths(pattern, rounds, at, now.step)
    eased = replace(timeline, breath=(*kept, *paced, *(cue for cue in timeline.breath if cue.step > now.step)))
    return _moved_on(eased, now.step, at + rounds * pattern.length_ms - end)


def lengthen(timeline: Timeline, at_ms: float, by_ms: int = 60_000) -> Timeline:
    """The same session with the step at ``at_ms`` longer by about ``by_ms``.

    A step that breathes gets the whole rounds that come nearest to it, one at the least, paced as it ends (as
    *easier* left it); a quiet step gets that much more quiet, and so does one whose breath has been held enough.
    Everything after the step moves along, nothing before its end does, but for the end bell: begun or not, it rings
    when the session now ends.
    """
    step = timeline.step_at(at_ms)
    breath = [cue for cue in timeline.breath if cue.step <= step]
    if not breath or breath[-1].step < step:
        return _moved_on(timeline, step, by_ms)
    pattern = breath[-1].pattern
    rounds = max(1, round(by_ms / pattern.length_ms))
    if pattern.has_hold and _held_enough(timeline, pattern, rounds):
        return _moved_on(timeline, step, by_ms)
    breath += _breaths(pattern, rounds, breath[-1].until_ms, step)
    longer = replace(timeline, breath=(*breath, *(cue for cue in timeline.breath if cue.step > step)))
    return _moved_on(longer, step, rounds * pattern.length_ms)


def _held_enough(timeline: Timeline, pattern: Pattern, rounds: int) -> bool:
    """Whether so many rounds more would be too much holding, with all that is there."""
    held = [cue for cue in timeline.breath if cue.pattern.has_hold]
    longs = sum(
        cue.phase is Phase.HOLD and cue.pattern.spans[cue.span].ms > LONG_HOLD_MS and not cue.part[0] for cue in held
    )
    ms = sum(cue.until_ms - cue.at_ms for cue in held)
    longer = longs + rounds * long_holds(pattern)
    return longer > max(longs, MOST_LONG_HOLDS) or ms + rounds * held_ms(pattern) > MOST_HELD_MS


def _moved_on(timeline: Timeline, step: int, by_ms: int) -> Timeline:
    """The same cues, with those of the steps after ``step``, and the end, later by ``by_ms``."""
    return replace(
        timeline,
        length_ms=timeline.length_ms + by_ms,
        starts_ms=tuple(ms + by_ms if index > step else ms for index, ms in enumerate(timeline.starts_ms)),
        words=tuple(_shifted(cue, by_ms) if cue.step > step else cue for cue in timeline.words),
        breath=tuple(_shifted(cue, by_ms) if cue.step > step else cue for cue in timeline.breath),
        bells=tuple(_shifted(cue, by_ms) if cue.step > step or cue.bell is Bell.END else cue for cue in timeline.bells),
    )


def _step_end(timeline: Timeline, step: int) -> int:
    following = timeline.starts_ms[step + 1 :]
    return following[0] if following else timeline.length_ms


_AnyCue = TypeVar("_AnyCue", WordsCue, BreathCue, BellCue)


def _shifted(cue: _AnyCue, by: int) -> _AnyCue:
    return replace(cue, at_ms=cue.at_ms + by, until_ms=cue.until_ms + by)


def _breaths(pattern: Pattern, rounds: int, at: int, step: int) -> list[BreathCue]:
    """Whole rounds; round n starts at ``at + n * length``, multiplied and never added up."""
    return [cue for number in range(rounds) for cue in _phases(pattern, 0, at + number * pattern.length_ms, step)]


def _phases(pattern: Pattern, first: int, at: int, step: int) -> list[BreathCue]:
    """One round from its phase ``first`` on."""
    cues = []
    level = pattern.spans[first - 1].to_level
    for index, span in enumerate(pattern.spans[first:], first):
        cues.append(BreathCue(at, at + span.ms, step, span.phase, level, span.to_level, pattern, index))
        at, level = at + span.ms, span.to_level
    return cues


def _stretched(step: Step, needed: int) -> Step:
    """The step, as long as its voice needs (ms); breaths by whole rounds."""
    if needed <= step.ms:
        return step
    if step.pattern is None:
        return replace(step, ms=needed)
    rounds = math.ceil(needed / step.pattern.length_ms)
    return replace(step, ms=rounds * step.pattern.length_ms, rounds=rounds)


def _short(steps: Sequence[Step]) -> Sequence[Step]:
    """The short form: every step keeps its place, and those left out last no time."""
    return [replace(step, ms=step.short_ms or 0) for step in steps]


def _scaled(steps: Sequence[Step], length_ms: int | None) -> Sequence[Step]:
    """Steps whose lengths together come as near to ``length_ms`` as they may.

    First each scalable step takes its proportional share, then single grains (a round, a second) are moved as long
    as that brings the whole nearer.
    """
    scalable = [index for index, step in enumerate(steps) if step.scale_ms]
    if length_ms is None or not scalable:
        return steps
    lengths = [step.ms for step in steps]
    share = sum(lengths[index] for index in scalable)
    factor = max(0.0, (length_ms - sum(lengths) + share) / share)
    for index in scalable:
        grain = _grain(steps[index])
        low, high = _bounds(steps[index])
        wanted = round(steps[index].ms * (factor - 1) / grain) * grain + steps[index].ms
        lengths[index] = min(max(wanted, low), high)
    while (better := _nearer(steps, lengths, scalable, length_ms)) is not None:
        lengths = better
    return [_resized(step, ms) for step, ms in zip(steps, lengths, strict=True)]


def _nearer(steps: Sequence[Step], lengths: list[int], scalable: list[int], wanted: int) -> list[int] | None:
    """The lengths after the one move of a grain that helps most, or None where no move helps."""
    missing = wanted - sum(lengths)
    moves = []
    for index in scalable:
        low, high = _bounds(steps[index])
        grain = _grain(steps[index])
        for ms in (lengths[index] - grain, lengths[index] + grain):
            left = abs(missing - (ms - lengths[index]))
            if low <= ms <= high and left < abs(missing):
                moves.append((left, index, ms))
    if not moves:
        return None
    _, index, ms = min(moves)
    return [*lengths[:index], ms, *lengths[index + 1 :]]


def _grain(step: Step) -> int:
    return step.pattern.length_ms if step.pattern else QUIET_GRAIN_MS


def _bounds(step: Step) -> tuple[int, int]:
    """The shortest and longest a scalable step can be, in whole grains from its own length."""
    low, high = step.scale_ms or (step.ms, step.ms)
    grain = _grain(step)
    return step.ms - (step.ms - low) // grain * grain, step.ms + (high - step.ms) // grain * grain


def _resized(step: Step, ms: int) -> Step:
    return replace(step, ms=ms, rounds=ms // step.pattern.length_ms) if step.pattern else replace(step, ms=ms)
