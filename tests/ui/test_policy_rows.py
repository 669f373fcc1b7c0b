"""What an organisation settles, on the pages: read, not changed, or not there at all."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from calmtray.desktop.paths import bundled
from calmtray.practice.library import load
from calmtray.practice.problem import Problem
from calmtray.settings.model import ABOUT_OFFERS, SETTINGS, Settings
from calmtray.settings.policy import Policy
from calmtray.ui.pages.offers import OffersPage
from calmtray.ui.pages.page import Page
from calmtray.ui.pages.practices import PracticesPage
from calmtray.ui.pages.settings import SettingsPage
from calmtray.ui.tray import Standing, Tray
from calmtray.words.language import use_language
from calmtray.words.policy_texts import fixed_text

HERE = [setting.name for setting in SETTINGS if setting.section not in ("", *ABOUT_OFFERS)]
ABOUT = [setting.name for setting in SETTINGS if setting.section in ABOUT_OFFERS]


def usual(name: str) -> Policy:
    return Policy({name: next(setting.default for setting in SETTINGS if setting.name == name)})


@pytest.fixture
def settings_page(qtbot: QtBot):
    def made(policy: Policy) -> SettingsPage:
        page = SettingsPage(Settings(), [], policy)
        qtbot.addWidget(page)
        return page

    return made


@pytest.fixture
def offers_page(qtbot: QtBot):
    def made(policy: Policy) -> OffersPage:
        page = OffersPage(Settings(), date(2026, 3, 2), policy=policy)
        qtbot.addWidget(page)
        return page

    return made


def control(page: Page, name: str) -> QWidget:
    (found,) = page.findChildren(QWidget, name)
    return found


def said(page: Page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


@pytest.mark.parametrize("name", HERE)
def test_a_fixed_setting_can_be_read_and_not_changed(settings_page, name):
    free, fixed = settings_page(Policy()), settings_page(usual(name))
    assert control(free, name).isEnabled()
    assert fixed_text() not in said(free)
    assert not control(fixed, name).isEnabled()
    assert control(fixed, name).accessibleDescription().startswith(fixed_text())
    assert said(fixed).count(fixed_text()) == 1


@pytest.mark.parametrize("name", ABOUT)
def test_so_can_those_about_offers(offers_page, name):
    assert control(offers_page(Policy()), name).isEnabled()
    fixed = offers_page(usual(name))
    assert not control(fixed, name).isEnabled()
    assert said(fixed).count(fixed_text()) == 1


@pytest.mark.parametrize("name", HERE)
def test_a_hidden_setting_has_no_row(settings_page, name):
    assert settings_page(Policy(hidden=frozenset({name}))).findChildren(QWidget, name) == []


@pytest.mark.parametrize("section", ABOUT_OFFERS)
def test_a_hidden_section_is_not_there_and_its_page_lives_on(offers_page, section):
    names = frozenset(setting.name for setting in SETTINGS if setting.section == section)
    page = offers_page(Policy(hidden=names))
    assert not any(page.findChildren(QWidget, name) for name in names)
    page.show_answers([])
    page.show_agenda_problems(["something"])
    page.show_settings(Settings(offers="on"))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_wrong_with_it_stands_at_the_top(settings_page, lang):
    use_language(lang)
    page = settings_page(Policy(problems=(Problem("policy-value", "fix.volume", file="/etc/calmtray/policy.toml"),)))
    assert "fix.volume" in said(page)[1]
    assert "/etc/calmtray/policy.toml" in said(page)[1]


def test_the_tray_leaves_a_fixed_discreet_alone(qtbot):
    tray = Tray()
    for fixed in (False, True):
        tray.fill([], [], Standing(discreet=True, discreet_fixed=fixed))
        discreet = next(action for action in tray._menu.actions() if action.text().startswith("Discreet"))
        assert (discreet.isChecked(), discreet.isEnabled()) == (True, not fixed)


@pytest.mark.parametrize("exports", [True, False])
def test_without_exports_nothing_is_shared_from_the_pages(qtbot, tmp_path, exports):
    page = PracticesPage(load(bundled("practices"), tmp_path), Settings(), shareable=exports)
    qtbot.addWidget(page)
    page._open("look-around-the-room")
    assert bool(page.findChildren(QPushButton, "share")) is exports
