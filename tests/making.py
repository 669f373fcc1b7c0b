"""Practices made up for tests: one at a time by hand, or at random by Hypothesis."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from calmtray.practice.model import (
    TOP_UP_FROM,
    Category,
    Discreet,
    Eyes,
    Grade,
    Need,
    Pattern,
    Phase,
    Place,
    Posture,
    Practice,
    Span,
    Step,
    Why,
)

IN, TOP_UP, HOLD, OUT, REST = Phase.IN, Phase.TOP_UP, Phase.HOLD, Phase.OUT, Phase.REST

SHAPES = (
    (IN, OUT),
    (IN, OUT, REST),
    (IN, HOLD, OUT),
    (IN, HOLD, OUT, REST),
    (IN, TOP_UP, OUT),
    (IN, TOP_UP, OUT, REST),
    (IN, TOP_UP, HOLD, OUT, REST),
    (IN, OUT, IN, OUT),
    (IN, OUT, REST, IN, OUT),
)


def breath(*phases: tuple[Phase, int]) -> Pattern:
    """A pattern of these phases, each with its ms: ``breath((IN, 4000), (OUT, 6000))``."""
    spans: list[Span] = []
    level = 0.0
    following = [phase for phase, _ in phases[1:]] + [None]
    for (phase, ms), after in zip(phases, following, strict=True):
        level = {IN: TOP_UP_FROM if after is TOP_UP else 1.0, TOP_UP: 1.0, OUT: 0.0}.get(phase, level)
        spans.append(Span(phase, ms, level))
    return Pattern(tuple(spans))


FOUR_SIX = breath((IN, 4_000), (OUT, 6_000))
BOX = breath((IN, 3_000), (HOLD, 3_000), (OUT, 3_000), (REST, 3_000))
SIGH = breath((IN, 2_500), (TOP_UP, 1_000), (OUT, 7_000))


def quiet(ms: int, say: str = "", scale_ms: tuple[int, int] | None = None) -> Step:
    """A step without breaths."""
    return Step(ms, {"en": say} if say else {}, None, 0, scale_ms)


def shortened(ms: int, short_ms: int, say: str = "", scale_ms: tuple[int, int] | None = None) -> Step:
    """A quiet step that is in the short form, too."""
    return replace(quiet(ms, say, scale_ms), short_ms=short_ms)


def breathing(pattern: Pattern, rounds: int, say: str = "", scale_ms: tuple[int, int] | None = None) -> Step:
    """A step of so many rounds."""
    return Step(rounds * pattern.length_ms, {"en": say} if say else {}, pattern, rounds, scale_ms)


def practice(*steps: Step, **changes: object) -> Practice:
    """A practice with these steps; whatever else it has is of no matter, or among the changes."""
    made = Practice(
        id="made-up",
        category=Category.ORIENTATION,
        languages=("en",),
        title={"en": "Made up"},
        summary={"en": "For a test."},
        needs=(Need.NUMB,),
        posture=(Posture.ANY,),
        places=(Place.ANYWHERE,),
        discreet=Discreet.YES,
        silent=True,
        eyes=Eyes.OPEN,
        inward=0,
        core=False,
        why=Why(Grade.D, {"en": "Why not."}),
        caution={},
        steps=steps or (quiet(60_000, "Here is a word."),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """Two to five phases, of half a second to twenty seconds each."""
    shape = draw(st.sampled_from(SHAPES))
    return breath(*((phase, draw(st.integers(500, 20_000))) for phase in shape))


@st.composite
def steps(draw: st.DrawFn, say: str = "") -> Step:
    """Quiet or breathing, of fixed length or not."""
    pattern = draw(st.none() | patterns())
    rounds = draw(st.integers(1, 8)) if pattern else 0
    ms = rounds * pattern.length_ms if pattern else draw(st.integers(2_000, 90_000))
    scale = None
    if draw(st.booleans()):
        scale = (draw(st.integers(2_000, max(2_000, ms))), draw(st.integers(ms, 3 * ms)))
        scale = (min(scale[0], ms), scale[1])
    return Step(ms, {"en": say} if say else {}, pattern, rounds, scale)


@st.composite
def practices(draw: st.DrawFn, least_steps: int = 1) -> Practice:
    """One to six steps, each with words of its own or none, 20 s long at the least."""
    said = draw(st.lists(st.integers(0, 40), min_size=least_steps, max_size=6))
    made = practice(*(draw(steps(words(number, count))) for number, count in enumerate(said)))
    missing = 20_000 - made.length_ms
    return made if missing <= 0 else replace(made, steps=(quiet(missing + 2_000), *made.steps))


def words(number: int, count: int) -> str:
    """So many words, unlike those of every other step; none for 0."""
    return " ".join(["word"] * (count - 1) + [f"word{number}"]) if count else ""


@st.composite
def clips(draw: st.DrawFn, of: Practice) -> dict[str, int]:
    """Recorded lengths for some of its texts."""
    texts = [step.say["en"] for step in of.steps if step.say]
    recorded = [text for text in texts if draw(st.booleans())]
    return {text: draw(st.integers(200, 60_000)) for text in recorded}
