"""Practice, Step, Pattern, Phase: the frozen values that everything else reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

LANGUAGES = ("en", "fr")

Words: TypeAlias = Mapping[str, str]
"""One text by language code: ``{"en": "Soft box", "fr": "Carré doux"}``."""

TOP_UP_FROM = 0.75
"""The level at which an in-breath with a top-up pauses (Balban 2023: a second sip on a nearly full breath)."""

SLOW_BREATH_MS = 60_000 / 7
"""From here on a breath is slow: fewer than seven a minute (reference, section 1.1)."""

FASTEST_EASIER_MS = 5_000
"""*Easier* stops here: twelve breaths a minute, the pace of an adult at rest."""


class Phase(StrEnum):
    """One part of a breath."""

    IN = "in"
    TOP_UP = "top-up"
    HOLD = "hold"
    OUT = "out"
    REST = "rest"


class Category(StrEnum):
    """What kind of thing a practice asks for; also its folder."""

    ORIENTATION = "orientation"
    BREATH = "breath"
    SENSORY = "sensory"
    MOVEMENT = "movement"
    PLAY = "play"
    SELF_COMPASSION = "self-compassion"
    BODY_NEEDS = "body-needs"
    SMALL_WIN = "small-win"
    CONNECTION = "connection"
    TRANSITION = "transition"


class Need(StrEnum):
    """How things are with the person who looks for a practice."""

    AFTER_HEAVY_SESSION = "after-heavy-session"
    AGITATED = "agitated"
    BEFORE_DIFFICULT_CALL = "before-difficult-call"
    BETWEEN_BACK_TO_BACK = "between-back-to-back"
    BODY_BASICS = "body-basics"
    CELEBRATING = "celebrating"
    END_OF_DAY = "end-of-day"
    FOGGY = "foggy"
    HUNGRY_THIRSTY = "hungry-thirsty"
    LONELY = "lonely"
    NUMB = "numb"
    ONE_MINUTE_OR_LESS = "one-minute-or-less"
    OVERWHELMED = "overwhelmed"
    SCREEN_WEARY = "screen-weary"
    SELF_CRITICAL = "self-critical"
    START_OF_DAY = "start-of-day"
    TIRED = "tired"


class Posture(StrEnum):
    """How the body may be; several mean "either"."""

    ANY = "any"
    SEATED = "seated"
    STANDING = "standing"
    WALKING = "walking"
    CALL = "call"


class Place(StrEnum):
    """Where a practice fits."""

    ANYWHERE = "anywhere"
    DESK = "desk"
    CLOSED_DOOR = "closed-door"
    HALLWAY = "hallway"
    DOORWAY = "doorway"
    STAIRS = "stairs"
    WASHROOM = "washroom"
    KITCHEN = "kitchen"
    WINDOW = "window"
    OUTDOORS = "outdoors"
    PARKED_CAR = "parked-car"
    MEETING = "meeting"
    WAITING_ROOM = "waiting-room"
    CHAT = "chat"
    PHONE = "phone"
    HOME = "home"
    NEW_PLACE = "new-place"


class Where(StrEnum):
    """Where the person is who looks for a practice."""

    DESK = "desk"
    STANDING = "standing"
    WATCHED = "watched"
    PARKED_CAR = "parked-car"


class Discreet(StrEnum):
    """Whether somebody beside the user would notice."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Eyes(StrEnum):
    """Eyes open throughout, or open, low or closed as the user likes."""

    OPEN = "open"
    OPTIONAL = "optional"


class Grade(StrEnum):
    """Strength of the evidence: A meta-analysis, B controlled study, C indirect, D tradition."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Caution(StrEnum):
    """What a pattern asks of a body, so that people can pass it by."""

    HOLD = "hold"
    SLOW = "slow"
    INWARD = "inward"
    MOUTH = "mouth"
    NASAL = "nasal"
    VISIBLE = "visible"
    AIR_HUNGER = "air-hunger"


class Prop(StrEnum):
    """What a step shows beside its words."""

    COLOUR = "colour"
    CANVAS = "canvas"
    PICTURE = "picture"
    TODAY = "today"
    FEELINGS = "feelings"
    TIMER = "timer"
    OWN_SONG = "own-song"
    OWN_PICTURES = "own-pictures"
    CHECKLIST = "checklist"


class Rule(StrEnum):
    """What ``practice.lint`` asks of a practice's content; a file may overrule any of them, with a reason."""

    DEEP_BREATH = "deep-breath"
    ORDERED_FEELING = "ordered-feeling"
    PRESSURE = "pressure"
    CLOSED_EYES = "closed-eyes"
    OPEN_EYES = "open-eyes"
    KEPT_SCORE = "kept-score"
    MEDICAL_CLAIM = "medical-claim"
    CLIENT_DETAILS = "client-details"
    TOO_MANY_WORDS = "too-many-words"
    NO_SOURCE = "no-source"
    NO_WAY_OUT = "no-way-out"
    INWARD_UNSAID = "inward-unsaid"
    BREATH_UNSAID = "breath-unsaid"
    INWARD_UNMARKED = "inward-unmarked"
    SMALL_AND_SOFT = "small-and-soft"
    SMALLER_OR_STOP = "smaller-or-stop"
    SPOKEN_HOLD = "spoken-hold"
    HOLD_WITHOUT_CAUTION = "hold-without-caution"


class Availability(StrEnum):
    """How readily a named pattern is shown."""

    DEFAULT = "default"
    YES = "yes"
    OPT_IN = "opt-in"
    INTERNAL = "internal"
    TOOL = "tool"


class Side(StrEnum):
    """The nostril in use, for patterns that alternate."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Span:
    """One phase of a pattern: how long it lasts (ms) and the level it arrives at (0 empty .. 1 full)."""

    phase: Phase
    ms: int
    to_level: float
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """The phases of one breath (or of one round of breaths), repeated while a step lasts.

    It starts and ends empty (level 0), so that patterns follow one another without a jump.
    """

    spans: tuple[Span, ...]
    id: str | None = None
    name: Words = field(default_factory=dict)
    cautions: frozenset[Caution] = frozenset()
    availability: Availability = Availability.YES
    grade: Grade | None = None

    @property
    def length_ms(self) -> int:
        """Length of one round, in ms."""
        return sum(span.ms for span in self.spans)

    @property
    def breaths(self) -> int:
        """Breaths in one round."""
        return sum(span.phase is Phase.IN for span in self.spans)

    @property
    def has_hold(self) -> bool:
        """Whether a full breath is held; a rest after the out-breath is not a hold."""
        return any(span.phase is Phase.HOLD for span in self.spans)

    @property
    def asks(self) -> frozenset[Caution]:
        """What it asks of a body: as its file says, and whatever its times show."""
        shown = {Caution.HOLD: self.has_hold, Caution.SLOW: self.length_ms > SLOW_BREATH_MS * self.breaths}
        return self.cautions | {caution for caution, asked in shown.items() if asked}

    def easier(self) -> Pattern | None:
        """The same shape one pace up (every phase x 0.8), or None at twelve breaths a minute.

        Five-five becomes 4-4, four-six becomes 3.2-4.8: the steps of the ramp in the reference, section 1.1.
        """
        spans = tuple(Span(s.phase, round(s.ms * 0.8 / 100) * 100, s.to_level, s.side) for s in self.spans)
        eased = Pattern(spans, None, self.name, self.cautions, self.availability, self.grade)
        return eased if eased.length_ms >= FASTEST_EASIER_MS * self.breaths else None


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a practice: words, then quiet time or breaths.

    ``ms`` is the whole length; with a pattern it is ``rounds`` x the pattern's length.
    ``scale_ms`` is the shortest and longest the step may become, or None where its length is fixed. ``inward`` is
    what the file says of its words; ``is_inward`` counts its breath as well. A step with a ``prop`` has no pattern.
    ``short_ms`` is how long it lasts in the practice's short form, or None where that leaves it out.
    """

    ms: int
    say: Words
    pattern: Pattern | None = None
    rounds: int = 0
    scale_ms: tuple[int, int] | None = None
    inward: bool = False
    prop: Prop | None = None
    short_ms: int | None = None

    @property
    def is_inward(self) -> bool:
        """Whether it turns attention inward, by its words or by its breath."""
        return self.inward or (self.pattern is not None and Caution.INWARD in self.pattern.asks)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a practice may help: the strength of the evidence, one sentence, and the sources' ids."""

    grade: Grade
    text: Words
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overrule:
    """A rule that does not hold here, and why. ``where``: the one place it is meant for, or None for all of them."""

    rule: Rule
    reason: str
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """One exercise, 30 s to 5 min, as its file tells it."""

    id: str
    category: Category
    languages: tuple[str, ...]
    title: Words
    summary: Words
    needs: tuple[Need, ...]
    posture: tuple[Posture, ...]
    places: tuple[Place, ...]
    discreet: Discreet
    silent: bool
    eyes: Eyes
    inward: int
    core: bool
    why: Why
    caution: Words
    steps: tuple[Step, ...]
    overrules: tuple[Overrule, ...] = ()

    @property
    def length_ms(self) -> int:
        """Length as written, in ms."""
        return sum(step.ms for step in self.steps)

    @property
    def short_ms(self) -> int | None:
        """Length of its short form, in ms, or None where it has none."""
        return sum(step.short_ms or 0 for step in self.steps) or None

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Every pattern it breathes, in order."""
        return tuple(step.pattern for step in self.steps if step.pattern is not None)

    @property
    def has_hold(self) -> bool:
        """Whether any of its breaths is held."""
        return any(pattern.has_hold for pattern in self.patterns)

    @property
    def cautions(self) -> frozenset[Caution]:
        """Everything its patterns ask of a body."""
        return frozenset().union(*(pattern.asks for pattern in self.patterns))

    def language(self, wanted: str) -> str:
        """The wanted language where this practice has it, else its own first one."""
        return wanted if wanted in self.languages else self.languages[0]
