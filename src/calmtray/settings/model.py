"""Settings: one typed, frozen value with bounds and defaults. The page, the file and the tests read the same table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

from calmtray.practice.model import Need, Where
from calmtray.schedule.rules import read_circle, read_clock_time, read_hours, read_other_day

Value: TypeAlias = bool | int | str | tuple[str, ...]


CLIENT_WORDS = (
    *("client", "patient", "session", "therapy", "counselling", "counseling", "consultation", "intake", "home visit"),
    *("séance", "thérapie", "entretien", "suivi", "usager", "visite à domicile"),
)
CIRCLE_WORDS = (
    *("supervision", "intervision", "peer", "community of practice", "balint"),
    *("analyse de pratique", "analyse des pratiques", "communauté de pratique", "entre pairs", "groupe de pairs"),
)
"""What marks an appointment in the agenda, in both languages at once: people mix them."""


class PacerKind(StrEnum):
    """How the breath is drawn."""

    CIRCLE = "circle"
    RIBBON = "ribbon"
    WAVE = "wave"
    SQUARE = "square"
    BAR = "bar"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the user chose, with its defaults."""

    language: str = "auto"
    text_size: int = 100
    theme: str = "auto"
    pacer: str = PacerKind.CIRCLE.value
    motion: str = "auto"
    discreet: bool = False
    volume: int = 100
    voice_en: str = "emma"
    voice_volume: int = 100
    breath_sound: str = "swell"
    breath_shape: str = "follow"
    breath_volume: int = 100
    bells_volume: int = 100
    ambience: str = "off"
    ambience_volume: int = 60
    breath_holds: bool = False
    ramp: bool = False
    shapes: bool = False
    feelings: bool = False
    open_at_login: bool = False
    offers: str = "unasked"
    after_sessions: bool = True
    rhythm: bool = False
    rhythm_minutes: int = 90
    day_start: bool = False
    day_end: bool = False
    clock_times: tuple[str, ...] = ()
    working_hours: tuple[str, ...] = ("mon-fri 09:00-17:00",)
    other_days: tuple[str, ...] = ()
    offers_a_day: int = 6
    minutes_apart: int = 45
    minutes_held: int = 15
    offered: str = "any"
    offered_seconds: int = 120
    offered_needs: tuple[str, ...] = ()
    offer_as: str = "card"
    offer_sound: bool = False
    sense_microphone: bool = True
    sense_camera: bool = True
    sense_screen_sharing: bool = True
    sense_do_not_disturb: bool = True
    sense_full_screen: bool = True
    sense_away: bool = True
    sense_just_resumed: bool = True
    circles: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    client_words: tuple[str, ...] = CLIENT_WORDS
    circle_words: tuple[str, ...] = CIRCLE_WORDS
    agenda_all_busy: bool = False
    my_pace: str = "none"
    at_my_pace: bool = True
    song: str = ""
    pictures: str = ""
    checklist: tuple[str, ...] = ()
    favourites: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    offers_today: str = ""
    now_needs: tuple[str, ...] = ()
    now_said: str = ""
    now_seconds: int = 0
    now_where: str = "any"

    def voice(self, lang: str) -> str | None:
        """The recorded voice that was chosen for this language; where there is but one, nobody is asked."""
        return self.voice_en if lang == "en" else None

    @property
    def pace(self) -> str:
        """The pattern whose pace the slow breaths take, or “none” where they keep their own."""
        return self.my_pace if self.at_my_pace else "none"

    def with_(self, name: str, value: Value) -> Settings:
        """The same settings with one changed. Raises ValueError where the value is not accepted."""
        setting = next(setting for setting in SETTINGS if setting.name == name)
        if not setting.accepts(value):
            raise ValueError(f"{name} does not take {value!r}")
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)


DEFAULTS = Settings()

MOST_CALENDARS = 20

LONGEST_TEXT = 4_096
"""Letters: the longest path that Linux takes."""


class Unit(StrEnum):
    """What a number counts."""

    PERCENT = "percent"
    MINUTES = "minutes"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice: its name and section, and either its choices, its bounds, or neither (yes or no, texts).

    A setting without a section is remembered where it is used, and has no row on a page. A list takes up to
    ``high`` texts, from its ``choices`` where it has some. ``read``: what gives None for a text that makes no sense.
    """

    name: str
    section: str = ""
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    grain: int = 1
    unit: Unit = Unit.PERCENT
    read: Callable[[str], object] | None = None

    @property
    def default(self) -> Value:
        """The value it has until somebody chooses another."""
        value: Value = getattr(DEFAULTS, self.name)
        return value

    def accepts(self, value: object) -> bool:
        """Whether the value is of the right type and within bounds."""
        if isinstance(self.default, tuple):
            return isinstance(value, tuple) and len(value) <= self.high and all(map(self._accepts_text, value))
        if isinstance(self.default, str):
            return self._accepts_text(value)
        if isinstance(self.default, bool):
            return isinstance(value, bool)
        return type(value) is int and self.low <= value <= self.high

    def right_part(self, value: object) -> tuple[str, ...]:
        """Of a list, the texts that make sense: a slip in one of them says nothing about the others."""
        texts = value if isinstance(value, tuple) and isinstance(self.default, tuple) else ()
        return tuple(filter(self._accepts_text, texts))[: self.high]

    def _accepts_text(self, value: object) -> bool:
        if self.choices:
            return value in self.choices
        if self.read is not None and isinstance(value, str) and self.read(value) is None:
            return False
        return isinstance(value, str) and len(value) <= LONGEST_TEXT


SETTINGS = (
    Setting("language", "words", choices=("auto", "en", "fr")),
    Setting("text_size", "words", low=100, high=200, grain=25),
    Setting("theme", "looks", choices=("auto", "light", "dark")),
    Setting("pacer", "looks", choices=tuple(kind.value for kind in PacerKind)),
    Setting("motion", "looks", choices=("auto", "full", "reduced")),
    Setting("discreet", "sound"),
    Setting("volume", "sound", high=100, grain=5),
    Setting("voice_en", "sound", choices=("emma", "michael")),
    Setting("voice_volume", "sound", high=100, grain=5),
    Setting("breath_sound", "sound", choices=("off", "swell", "tone")),
    Setting("breath_shape", "sound", choices=("follow", "reverse", "loudness")),
    Setting("breath_volume", "sound", high=100, grain=5),
    Setting("bells_volume", "sound", high=100, grain=5),
    Setting("ambience", "sound", choices=("off", "room", "rain", "wind", "drone")),
    Setting("ambience_volume", "sound", high=100, grain=5),
    Setting("breath_holds", "practices"),
    Setting("ramp", "practices"),
    Setting("shapes", "practices"),
    Setting("feelings", "practices"),
    Setting("open_at_login", "machine"),
    Setting("offers", "offers", choices=("unasked", "on", "off")),
    Setting("after_sessions", "moments"),
    Setting("rhythm", "moments"),
    Setting("rhythm_minutes", "moments", low=20, high=240, grain=5, unit=Unit.MINUTES),
    Setting("day_start", "moments"),
    Setting("day_end", "moments"),
    Setting("clock_times", "clock_times", high=100, read=read_clock_time),
    Setting("working_hours", "working_hours", high=50, read=read_hours),
    Setting("other_days", "other_days", high=400, read=read_other_day),
    Setting("offers_a_day", "amount", low=1, high=12, unit=Unit.TIMES),
    Setting("minutes_apart", "amount", low=10, high=240, grain=5, unit=Unit.MINUTES),
    Setting("minutes_held", "amount", low=0, high=60, grain=5, unit=Unit.MINUTES),
    Setting("offered", "offered", choices=("any", "favourites", "one-a-day")),
    Setting("offered_seconds", "offered", high=1_200),
    Setting("offered_needs", "offered", choices=tuple(need.value for need in Need), high=len(Need)),
    Setting("offer_as", "shown", choices=("card", "notification")),
    Setting("offer_sound", "shown"),
    Setting("sense_microphone", "senses"),
    Setting("sense_camera", "senses"),
    Setting("sense_screen_sharing", "senses"),
    Setting("sense_do_not_disturb", "senses"),
    Setting("sense_full_screen", "senses"),
    Setting("sense_away", "senses"),
    Setting("sense_just_resumed", "senses"),
    Setting("circles", "circles", high=100, read=read_circle),
    Setting("agenda", "agenda", high=MOST_CALENDARS),
    Setting("client_words", "agenda", high=100),
    Setting("circle_words", "agenda", high=100),
    Setting("agenda_all_busy", "agenda"),
    Setting("my_pace", choices=("none", "pace_65", "pace_60", "pace_55", "pace_50", "pace_45")),
    Setting("at_my_pace"),
    Setting("song"),
    Setting("pictures"),
    Setting("checklist", high=20),
    Setting("favourites", high=10_000),
    Setting("hidden", high=10_000),
    Setting("offers_today"),
    Setting("now_needs", choices=tuple(need.value for need in Need), high=len(Need)),
    Setting("now_said"),
    Setting("now_seconds", high=1_200),
    Setting("now_where", choices=("any", *(where.value for where in Where))),
)
"""The settings in the order of the page, and then what is remembered elsewhere."""

ABOUT_OFFERS = (
    "moments", "clock_times", "working_hours", "other_days", "amount", "offered", "shown", "senses", "circles",
    "agenda",
)  # fmt: skip
"""The sections that stand on a page of their own, which the section “offers” of the Settings page leads to."""

SECTIONS = {setting.name: setting.section for setting in SETTINGS}
"""Where each setting stands on its page; empty for one that is remembered elsewhere."""


def concerns_offers(name: str) -> bool:
    """Whether the planner is to hear of it when this setting changes."""
    return SECTIONS[name] in ("offers", *ABOUT_OFFERS)
