"""The names of the settings, their choices, and what they do."""

from __future__ import annotations

from calmtray.words.language import _, marked
from calmtray.words.texts import language_name

_SECTIONS = {"words": marked("Words"), "looks": marked("Looks"), "practices": marked("Practices")}

_NAMES = {
    "language": marked("Language"),
    "text_size": marked("Size of text"),
    "theme": marked("Light or dark"),
    "pacer": marked("How a breath is drawn"),
    "motion": marked("Motion"),
    "breath_holds": marked("Show practices with breath holds"),
}

_HELP = {
    "motion": marked("Reduced motion shows every breath as a light that fades in and out, with words."),
    "breath_holds": marked(
        "Some bodies prefer to skip holds: in pregnancy, with heart or lung disease, high blood pressure, epilepsy,"
        " glaucoma or panic."
    ),
}

_CHOICES = {
    ("language", "auto"): marked("As the system"),
    ("theme", "auto"): marked("As the desktop"),
    ("theme", "light"): marked("Light"),
    ("theme", "dark"): marked("Dark"),
    ("pacer", "circle"): marked("Circle"),
    ("pacer", "ribbon"): marked("Ribbon"),
    ("pacer", "wave"): marked("Wave"),
    ("pacer", "square"): marked("Square"),
    ("pacer", "bar"): marked("Bar"),
    ("pacer", "words"): marked("Words only"),
    ("motion", "auto"): marked("As the desktop"),
    ("motion", "full"): marked("Full"),
    ("motion", "reduced"): marked("Reduced"),
}


def section_text(section: str) -> str:
    """The heading of a section."""
    return _(_SECTIONS[section])


def setting_name(name: str) -> str:
    """The name of a setting."""
    return _(_NAMES[name])


def setting_help(name: str) -> str:
    """What it does, where the name does not say; else empty."""
    return _(_HELP[name]) if name in _HELP else ""


def choice_text(name: str, choice: str) -> str:
    """One choice of a setting."""
    if name == "language" and choice != "auto":
        return language_name(choice)
    return _(_CHOICES[name, choice])
