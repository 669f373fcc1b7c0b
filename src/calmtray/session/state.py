"""step(state, event) -> state: the one place that says what a session does when somebody presses something."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias


class Status(StrEnum):
    """Where a session stands."""

    READY = "ready"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"


class Ending(StrEnum):
    """How a session ended; stopping is as good as finishing."""

    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class State:
    """One session at one instant. Times are ms: ``since_ms`` on the monotonic clock, the others within the session.

    While playing, the position is ``position_ms`` plus the clock's way since ``since_ms``. ``played_ms`` counts the
    time spent, not the place reached: skipping ahead plays nothing.
    """

    length_ms: int
    status: Status = Status.READY
    position_ms: float = 0.0
    played_ms: float = 0.0
    since_ms: float = 0.0
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    """The user pressed *Begin*."""

    now_ms: float


@dataclass(frozen=True, slots=True)
class Pause:
    """The user asked for a pause."""

    now_ms: float


@dataclass(frozen=True, slots=True)
class Resume:
    """The user went on."""

    now_ms: float


@dataclass(frozen=True, slots=True)
class Jump:
    """The user skipped to another place."""

    now_ms: float
    to_ms: float


@dataclass(frozen=True, slots=True)
class Retime:
    """The timeline changed its length; the position stays."""

    now_ms: float
    length_ms: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Time went by."""

    now_ms: float


@dataclass(frozen=True, slots=True)
class Stop:
    """The user had enough."""

    now_ms: float


Event: TypeAlias = Begin | Pause | Resume | Jump | Retime | Tick | Stop


def position_at(state: State, now_ms: float) -> float:
    """The playhead in ms, never past the end."""
    if state.status is not Status.PLAYING:
        return state.position_ms
    return min(state.position_ms + max(0.0, now_ms - state.since_ms), float(state.length_ms))


def step(state: State, event: Event) -> State:
    """The state after an event. An event that means nothing in this state leaves it as it was."""
    if state.status is Status.ENDED:
        return state
    state = _advanced(state, event.now_ms)
    if state.status is Status.ENDED:
        return state
    match event:
        case Begin() if state.status is Status.READY:
            return replace(state, status=Status.PLAYING, since_ms=event.now_ms)
        case Pause() if state.status is Status.PLAYING:
            return replace(state, status=Status.PAUSED)
        case Resume() if state.status is Status.PAUSED:
            return replace(state, status=Status.PLAYING, since_ms=event.now_ms)
        case Jump() if state.status is not Status.READY:
            return _finished_at_end(replace(state, position_ms=min(max(0.0, event.to_ms), float(state.length_ms))))
        case Retime():
            return _finished_at_end(replace(state, length_ms=event.length_ms))
        case Stop():
            return replace(state, status=Status.ENDED, ending=Ending.STOPPED)
        case _:
            return state


def _advanced(state: State, now_ms: float) -> State:
    """The state with the time since the last event counted in. A clock that went back counts as standing still."""
    if state.status is not Status.PLAYING:
        return state
    position = position_at(state, now_ms)
    played = state.played_ms + (position - state.position_ms)
    return _finished_at_end(replace(state, position_ms=position, played_ms=played, since_ms=now_ms))


def _finished_at_end(state: State) -> State:
    if state.status is Status.READY or state.position_ms < state.length_ms:
        return state
    return replace(state, position_ms=float(state.length_ms), status=Status.ENDED, ending=Ending.FINISHED)
