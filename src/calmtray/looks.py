"""The language that the app speaks, and the looks that its windows wear."""

from __future__ import annotations

import os

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from calmtray.practice.model import LANGUAGES
from calmtray.settings.model import Settings
from calmtray.ui.theme import apply_theme
from calmtray.words.language import language, preferred, use_language


class Looks(QObject):
    """``lang``: what the command line asked for, if anything."""

    def __init__(self, qt: QApplication, lang: str | None) -> None:
        super().__init__()
        self._qt = qt
        self._lang = lang
        self._worn: tuple[str, int] | None = None
        self._translator = QTranslator(self)

    @property
    def now(self) -> tuple[str, tuple[str, int] | None]:
        """The language, and the theme and text size, which are None until a window opened. To see what has changed."""
        return language(), self._worn

    def speak(self, settings: Settings, *, language_is_fixed: bool) -> None:
        """Speak the language that the command line, the settings or the system ask for."""
        chosen = settings.language if language_is_fixed else self._lang or settings.language
        lang = chosen if chosen in LANGUAGES else preferred(QLocale.system().uiLanguages())
        use_language(lang)
        # Dates and times as they are written in this language here: Canada has its own.
        QLocale.setDefault(QLocale(QLocale(lang).language(), QLocale.system().territory()))
        # Qt's own words, such as those of a text field's menu.
        self._qt.removeTranslator(self._translator)
        if self._translator.load(f"qtbase_{lang}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._qt.installTranslator(self._translator)

    def dress(self, settings: Settings) -> bool:
        """Wear the looks that are asked for. Until a window opens nothing is seen but the icon: it waits till then.

        Whether that changed anything.
        """
        looks = (settings.theme, settings.text_size)
        if looks == self._worn:
            return False
        self._worn = looks
        apply_theme(self._qt, *looks)
        return True

    def follow_desktop(self, settings: Settings) -> bool:
        """The desktop turned light or dark; whether windows did as well."""
        if settings.theme != "auto" or self._worn is None:
            return False
        apply_theme(self._qt, *self._worn)
        return True


def reduced_motion(settings: Settings) -> bool:
    """Whether nothing moves that need not, as the user or the desktop wishes."""
    if settings.motion == "auto":
        from calmtray.desktop.motion import desktop_reduces_motion

        return desktop_reduces_motion(os.environ)
    return settings.motion == "reduced"
