"""Widgets without a screen: Qt's offscreen platform, and English unless a test says otherwise."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from calmtray.desktop.collecting import collect_if_due
from calmtray.desktop.paths import bundled
from calmtray.practice.library import Library, load
from calmtray.ui.theme import apply_theme
from calmtray.words.language import use_language

os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The bundled practices."""
    return load(bundled("practices"), Path(tmp_path_factory.mktemp("none")))


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """The looks of the app in every test, whichever ran before it: bare widgets have other sizes."""
    apply_theme(qapp, "light", 100)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What nobody holds any more goes between events, as in the app, and not while Qt walks through its widgets."""
    gc.disable()
    yield
    collect_if_due()


@pytest.fixture(params=["en", "fr"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Each theme in turn."""
    apply_theme(qapp, request.param, 100)
    yield request.param
    apply_theme(qapp, "light", 100)


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    """Text at twice its size."""
    apply_theme(qapp, "light", 200)
    yield
    apply_theme(qapp, "light", 100)
