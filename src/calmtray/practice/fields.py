"""Every field of format 1, declared once: the parser, the JSON Schema and the documentation read this table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from calmtray.practice.model import (
    LANGUAGES,
    Availability,
    Category,
    Caution,
    Discreet,
    Eyes,
    Grade,
    Need,
    Phase,
    Place,
    Posture,
    Prop,
    Rule,
    Side,
)

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
PATTERN_ID = r"[a-z0-9]+(_[a-z0-9]+)*"

SHORTEST_MS, LONGEST_MS = 20_000, 20 * 60_000
"""Bounds of a whole practice: the bundled ones last 30 s to 5 min, a user's own may be longer."""


class Kind(StrEnum):
    """The shape of a field's value. A text is a name of fixed letters; a line is anything somebody wrote."""

    TEXT = "text"
    LINE = "line"
    WORDS = "words"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXTS = "texts"
    FLAG = "flag"
    WHOLE = "whole"
    NUMBER = "number"
    RANGE = "range"
    TABLE = "table"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Field:
    """One key: its kind, its bounds, what it means. ``fields`` are the keys of a table."""

    name: str
    kind: Kind
    doc: str
    required: bool = True
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    regex: str = ""
    fields: tuple[Field, ...] = ()


def _all(enum: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in enum)


BREATHE = (
    Field("pattern", Kind.TEXT, "A pattern named in `patterns.toml`; then no seconds are written here.", False,
          regex=PATTERN_ID),
    Field("rounds", Kind.WHOLE, "How many breaths (rounds of the pattern); they give the step its length.",
          low=1, high=400),
    *(
        Field(name.value, Kind.NUMBER, doc, False, low=0.5, high=20)
        for name, doc in (
            (Phase.IN, "Seconds of the in-breath, for a breath of your own."),
            (Phase.TOP_UP, "Seconds of a second small sip on top of the in-breath."),
            (Phase.HOLD, "Seconds of holding the full breath. Holds are shown only to people who switched them on."),
            (Phase.OUT, "Seconds of the out-breath."),
            (Phase.REST, "Seconds of rest until the next breath."),
        )
    ),
)  # fmt: skip

STEP = (
    Field("say", Kind.WORDS, "The words of this step, spoken at its start and shown on the screen.", False,
          high=600),
    Field("seconds", Kind.NUMBER, "How long the step lasts, words and quiet together. Not with `breathe`.", False,
          low=2, high=600),
    Field("breathe", Kind.TABLE, "A breath to follow; it gives the step its length.", False, fields=BREATHE),
    Field("scale", Kind.RANGE, "Shortest and longest the step may become, in seconds, when somebody asks for a "
          "shorter or longer practice. Without it the length is fixed. Breaths change by whole rounds.", False,
          low=2, high=1200),
    Field("short", Kind.NUMBER, "How long it lasts in the short form, for when there is too little time for all steps; "
          "steps without it are left out there. Not with `breathe`.", False, low=2, high=600),
    Field("inward", Kind.FLAG, "Whether its words turn attention inward; a breath says so by itself.", False),
    Field("prop", Kind.CHOICE, "What it shows beside its words. Not with `breathe`.", False, choices=_all(Prop)),
)  # fmt: skip

PRACTICE = (
    Field("format", Kind.WHOLE, "The version of this format: 1.", low=1, high=1),
    Field("id", Kind.TEXT, "A name of its own: small letters, digits and dashes.", regex=SLUG),
    Field("category", Kind.CHOICE, "What kind of practice it is.", choices=_all(Category)),
    Field("languages", Kind.CHOICES, "The languages it is written in; both unless said.", False, choices=LANGUAGES),
    Field("core", Kind.FLAG, "Whether it is one of the 31 that make up *one a day*; in yours it changes nothing.",
          False),
    Field("needs", Kind.CHOICES, "When it fits.", choices=_all(Need)),
    Field("posture", Kind.CHOICES, "How the body may be; several mean either.", choices=_all(Posture)),
    Field("places", Kind.CHOICES, "Where it fits.", choices=_all(Place)),
    Field("discreet", Kind.CHOICE, "Whether somebody beside you would notice nothing (`yes`), a little, or plainly.",
          choices=_all(Discreet)),
    Field("silent", Kind.FLAG, "Whether you make no sound while doing it."),
    Field("eyes", Kind.CHOICE, "`open` throughout, or `optional`: open, low or closed.", choices=_all(Eyes)),
    Field("inward", Kind.WHOLE, "How much it turns attention inward: 0 not, 1 lightly, 2 markedly.", low=0, high=2),
    Field("title", Kind.WORDS, "Its title.", high=60),
    Field("summary", Kind.WORDS, "One line: what it is.", high=140),
    Field("caution", Kind.WORDS, "Who may prefer to skip or change it.", False, high=400),
    Field("why", Kind.TABLE, "Why it may help, worded no stronger than its grade.", fields=(
        Field("grade", Kind.CHOICE, "A meta-analysis, B controlled study, C indirect, D tradition.",
              choices=_all(Grade)),
        Field("text", Kind.WORDS, "One or two sentences.", high=500),
        Field("sources", Kind.TEXTS, "Ids of entries in `sources.toml`.", False, regex=SLUG),
    )),
    Field("steps", Kind.TABLES, "The steps, in order.", fields=STEP),
    Field("overrules", Kind.TABLES, "Rules of wording and content that do not hold here, each with a reason.", False,
          fields=(
        Field("rule", Kind.CHOICE, "Which rule.", choices=_all(Rule)),
        Field("reason", Kind.LINE, "Why it does not hold here.", low=8, high=300),
        Field("where", Kind.LINE, "The one place it is meant for, as `calmtray check` names it; all of them unless "
              "said.", False, low=1, high=80),
    )),
)  # fmt: skip

PATTERN = (
    Field("name", Kind.WORDS, "Its name.", high=60),
    Field("phases", Kind.TABLES, "The phases of one round, in order; it starts and ends empty.", fields=(
        Field("phase", Kind.CHOICE, "Which phase.", choices=_all(Phase)),
        Field("seconds", Kind.NUMBER, "How long it lasts.", low=0.5, high=20),
        Field("side", Kind.CHOICE, "The nostril in use, where a pattern alternates.", False, choices=_all(Side)),
    )),
    Field("cautions", Kind.CHOICES, "What it asks of a body.", False, choices=_all(Caution)),
    Field("availability", Kind.CHOICE, "How readily it is shown.", choices=_all(Availability)),
    Field("grade", Kind.CHOICE, "Strength of the evidence.", False, choices=_all(Grade)),
)  # fmt: skip
