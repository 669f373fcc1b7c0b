"""About: everybody who is to be thanked, and every licence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from calmtray.components import UNKNOWN, components, credits_of_voices
from calmtray.licences import licence_texts
from calmtray.ui.pages.about import AboutPage
from calmtray.words.language import use_language

VOICES = ("bf_emma", "am_michael", "ff_siwis")


@pytest.fixture(params=["en", "fr"])
def page(qtbot: QtBot, request) -> AboutPage:
    use_language(request.param)
    made = AboutPage()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def said(page: AboutPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_every_component_and_every_voice_is_named(page):
    text = said(page)
    for each in components():
        assert f"{each.name} {each.version}" in text
        assert each.licence in text
    for name in ("Kokoro-82M", "bf_emma", "am_michael", "ff_siwis", "SIWIS", "Affective Slider"):
        assert name in text


def test_the_texts_of_the_licences_come_when_they_are_asked_for(page, qtbot):
    assert page.findChildren(QPlainTextEdit) == []
    shown = page.findChild(QPushButton, "licences")
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    (texts,) = page.findChildren(QPlainTextEdit)
    assert texts.isReadOnly()
    assert texts.accessibleName()
    assert texts.hasFocus()
    assert texts.toPlainText() == licence_texts()


def test_escape_and_the_button_lead_back(page, qtbot):
    with qtbot.waitSignal(page.left):
        page.findChild(QPushButton, "back").click()
    with qtbot.waitSignal(page.left):
        assert page.go_back()


def test_the_texts_hold_those_of_the_libraries():
    chapters = [chapter.strip().partition("\n") for chapter in licence_texts().split("-" * 80)]
    texts = {first: rest for first, _, rest in chapters}
    for each in components():
        if not each.name.startswith("calmtray"):
            text = texts[f"{each.name} {each.version}"]
            assert each.licence != UNKNOWN
            assert "The text of the licence: " in text or len(text) > 500, each.name
    assert {"LGPL-2.1", "LGPL-3", "GPL-3"} <= texts.keys()
    assert "Permission is hereby granted" in chapters[0][2]
    assert "Creative Commons" in chapters[0][2]


def test_what_was_packed_along_is_shown_instead(tmp_path, monkeypatch):
    (tmp_path / "licences.txt").write_text("All of them", encoding="utf-8")
    monkeypatch.setattr("calmtray.licences.bundled", lambda folder: tmp_path / folder)
    assert licence_texts() == "All of them"


def test_each_voice_is_named_once():
    credits_ = credits_of_voices()
    assert len(credits_) == len(set(credits_)) == len(VOICES)
    assert all(each.note and each.licence for each in credits_)
