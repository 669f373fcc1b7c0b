"""What can be asked of a player, as values that go from one thread to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from calmtray.sound.playhead import Hold
from calmtray.sound.score import Placement

Score: TypeAlias = tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class Prepare:
    """This score may be played soon, from its beginning."""

    score: Score


@dataclass(frozen=True, slots=True)
class Play:
    """Play this score from this ms of the session; the playhead leaves ``hold`` when it is heard."""

    score: Score
    from_ms: float
    hold: Hold


@dataclass(frozen=True, slots=True)
class Change:
    """Go on with another score at the same place."""

    score: Score


@dataclass(frozen=True, slots=True)
class Pause:
    """Be silent."""


@dataclass(frozen=True, slots=True)
class End:
    """Let the last sounds ring out (``finished``), or leave within half a second."""

    finished: bool


Request: TypeAlias = Prepare | Play | Change | Pause | End
