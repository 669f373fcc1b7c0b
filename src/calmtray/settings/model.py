"""Settings: one typed, frozen value with bounds and defaults. The page, the file and the tests read the same table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

Value: TypeAlias = bool | int | str


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
    ambience_volume: int = 100
    breath_holds: bool = False

    def voice(self, lang: str) -> str | None:
        """The recorded voice that was chosen for this language; where there is but one, nobody is asked."""
        return self.voice_en if lang == "en" else None

    def with_(self, name: str, value: Value) -> Settings:
        """The same settings with one changed. Raises ValueError where the value is not accepted."""
        setting = next(setting for setting in SETTINGS if setting.name == name)
        if not setting.accepts(value):
            raise ValueError(f"{name} does not take {value!r}")
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)


DEFAULTS = Settings()


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice: its name and section, and either its choices, its bounds, or neither (yes or no)."""

    name: str
    section: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    grain: int = 1

    @property
    def default(self) -> Value:
        """The value it has until somebody chooses another."""
        value: Value = getattr(DEFAULTS, self.name)
        return value

    def accepts(self, value: object) -> bool:
        """Whether the value is of the right type and within bounds."""
        if self.choices:
            return value in self.choices
        if isinstance(self.default, bool):
            return isinstance(value, bool)
        return type(value) is int and self.low <= value <= self.high


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
)
"""The settings in the order of the page."""
