"""Colours, type and spacing: soft light and dark, two accents, the system's own font."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from calmtray.desktop.paths import bundled

SPACE = 8
"""The grid, in px: margins and gaps are multiples of it."""


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Text on its ground has a contrast of at least 7:1, quiet text 4.5:1 (WCAG 2.2, 1.4.3 and 1.4.6)."""

    dark: bool
    ground: str
    card: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_text: str
    accent_soft: str
    warm: str


LIGHT = Colours(
    dark=False,
    ground="#f6f3ee",
    card="#fffdf9",
    line="#ded8cd",
    text="#27363a",
    quiet="#566466",
    accent="#2f6f70",
    accent_text="#ffffff",
    accent_soft="#d5e5e2",
    warm="#a8622f",
)
DARK = Colours(
    dark=True,
    ground="#1d2528",
    card="#263033",
    line="#3b474a",
    text="#ece7df",
    quiet="#a9b4b3",
    accent="#8cc7c1",
    accent_text="#14201f",
    accent_soft="#33484a",
    warm="#e3b083",
)

_current = LIGHT


def colours() -> Colours:
    """The theme in use."""
    return _current


def apply_theme(app: QApplication, theme: str, text_size: int) -> None:
    """Dress the application: ``theme`` is auto (as the desktop), light or dark; ``text_size`` a percentage."""
    global _current
    hints = QGuiApplication.styleHints()
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(theme, Qt.ColorScheme.Unknown)
    if scheme is Qt.ColorScheme.Unknown:
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(scheme)
    # Some desktops can't be told: then the choice counts, not what they answer.
    shown = hints.colorScheme() if scheme is Qt.ColorScheme.Unknown else scheme
    _current = DARK if shown is Qt.ColorScheme.Dark else LIGHT
    app.setPalette(_palette(_current))
    font = app.font()
    font.setPointSizeF(_system_size(app) * text_size / 100)
    app.setFont(font)
    app.setStyleSheet(_style(_current, QFontInfo(font).pixelSize()))


def _system_size(app: QApplication) -> float:
    """The system's own size in pt, not below 11: it is read from half a metre back. Found at the first dressing."""
    size = app.property("system_font_size")
    if size is None:
        size = max(11.0, app.font().pointSizeF())
        app.setProperty("system_font_size", size)
        # One style everywhere, so that light, dark and large text are the same on every desktop. Only once: to change
        # it, Qt walks through all widgets, and one that Python lets go of meanwhile takes the process with it.
        app.setStyle("Fusion")
    return float(size)


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, value in (
        (role.Window, c.ground),
        (role.Base, c.card),
        (role.AlternateBase, c.ground),
        (role.Button, c.card),
        (role.ToolTipBase, c.card),
        (role.WindowText, c.text),
        (role.Text, c.text),
        (role.ButtonText, c.text),
        (role.ToolTipText, c.text),
        (role.PlaceholderText, c.quiet),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.accent_text),
        (role.Accent, c.accent),
        (role.Link, c.accent),
        (role.Mid, c.line),
        (role.Midlight, c.line),
    ):
        palette.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(c.quiet))
    return palette


def _style(c: Colours, em: int) -> str:
    """``em``: the size of text in px, for what has to be round and so can't be told in parts of it."""
    groove, knob, chip = max(2, em // 5) * 2, em // 2 * 2, em * 7 // 10 + 3
    hover = QColor(c.accent).lighter(112).name()
    drawn = bundled("assets") / "icons"
    name = "dark" if c.dark else "light"
    tick, chevron, up = ((drawn / f"{mark}-{name}.png").as_posix() for mark in ("check", "chevron", "chevron-up"))
    return f"""
    QWidget#page, QScrollArea, QScrollArea > QWidget > QWidget {{ background: {c.ground}; border: none; }}
    QLabel[role="title"] {{ font-weight: 600; }}
    QLabel[role="heading"] {{ font-weight: 600; }}
    QLabel[role="quiet"] {{ color: {c.quiet}; }}
    QLabel[role="mistake"] {{ color: {c.warm}; font-weight: 600; }}
    QFrame[role="card"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 12px; }}
    QFrame[role="inset"] {{ background: {c.card}; border: 1px solid {c.accent}; border-radius: 10px; }}
    QFrame#offer {{ background: {c.card}; border: 1px solid {c.quiet}; }}
    QFrame[role="notice"] {{ background: {c.accent_soft}; border: none; border-radius: 10px; }}
    QPushButton {{
        background: {c.card}; color: {c.text}; border: 1px solid {c.line}; border-radius: 10px;
        padding: 8px 16px; min-height: 1.4em;
    }}
    QPushButton:hover {{ background: {c.accent_soft}; }}
    QPushButton {{ outline: none; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 7px 15px; }}
    QPushButton:disabled {{ color: {c.quiet}; background: {c.ground}; }}
    QPushButton[role="primary"] {{
        background: {c.accent}; color: {c.accent_text}; border: 1px solid {c.accent}; font-weight: 600;
    }}
    QPushButton[role="primary"]:disabled {{
        background: {c.ground}; color: {c.quiet}; border: 1px solid {c.line};
    }}
    QPushButton[role="primary"]:enabled:hover {{ background: {hover}; }}
    QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; }}
    QPushButton[role="answer"] {{ padding: 20px 12px; }}
    QPushButton[role="answer"]:checked {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QPushButton[role="answer"]:focus {{ border: 2px solid {c.accent}; padding: 19px 11px; }}
    QPushButton[role="chip"] {{ padding: 3px 11px; border-radius: {chip}px; }}
    QPushButton[role="chip"]:checked {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QPushButton[role="chip"]:focus {{ border: 2px solid {c.accent}; padding: 2px 10px; }}
    QPushButton[role="toggle"]:checked {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QPushButton[role="plain"] {{ background: transparent; border: none; color: {c.accent}; padding: 4px 8px; }}
    QPushButton[role="plain"]:hover {{ background: {c.accent_soft}; }}
    QPushButton[role="plain"]:focus {{ border: 2px solid {c.accent}; padding: 2px 6px; }}
    QPushButton[role="tab"] {{
        background: transparent; border: none; border-radius: 10px; padding: 8px 20px 8px 16px; text-align: left;
    }}
    QPushButton[role="tab"]:hover {{ background: {c.card}; }}
    QPushButton[role="tab"]:checked {{ background: {c.accent_soft}; }}
    QPushButton[role="tab"]:focus {{ border: 2px solid {c.accent}; padding: 6px 18px 6px 14px; }}
    QComboBox {{
        background: {c.ground}; border: 1px solid {c.line}; border-radius: 10px; padding: 4px 12px; outline: none;
    }}
    QComboBox:focus {{ border: 2px solid {c.accent}; padding: 3px 11px; }}
    QComboBox::drop-down {{ border: none; width: 2em; }}
    QComboBox::down-arrow {{ image: url({chevron}); width: 0.8em; height: 0.8em; }}
    QComboBox QAbstractItemView {{ background: {c.card}; border: 1px solid {c.line}; padding: 4px; outline: none; }}
    QAbstractSpinBox {{
        background: {c.ground}; border: 1px solid {c.line}; border-radius: 10px; padding: 4px 0;
    }}
    QAbstractSpinBox:focus {{ border: 2px solid {c.accent}; padding: 3px 0; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
        subcontrol-origin: border; width: 1.8em; border: none; background: transparent;
    }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin: 3px 4px 0 0; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin: 0 4px 3px 0; }}
    QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{
        background: {c.accent_soft}; border-radius: 5px;
    }}
    QAbstractSpinBox::up-arrow {{ image: url({up}); width: 0.8em; height: 0.8em; }}
    QAbstractSpinBox::down-arrow {{ image: url({chevron}); width: 0.8em; height: 0.8em; }}
    QDateEdit::drop-down {{
        subcontrol-origin: border; subcontrol-position: center right; width: 1.8em; border: none;
        background: transparent;
    }}
    QDateEdit::down-arrow {{ image: url({chevron}); width: 0.8em; height: 0.8em; }}
    QCalendarWidget QAbstractItemView {{ background: {c.card}; outline: none; padding: 0; border: none; }}
    QCalendarWidget QToolButton {{ color: {c.text}; border: none; border-radius: 8px; padding: 4px 8px; }}
    QCalendarWidget QToolButton:hover {{ background: {c.accent_soft}; }}
    QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.ground}; }}
    QPlainTextEdit, QListWidget {{
        background: {c.ground}; border: 1px solid {c.line}; border-radius: 10px; padding: 4px 8px; outline: none;
    }}
    QPlainTextEdit:focus, QListWidget:focus {{ border: 2px solid {c.accent}; padding: 3px 7px; }}
    QListWidget::item {{ padding: 6px 8px; border-radius: 8px; color: {c.text}; }}
    QListWidget::item:hover {{ background: {c.card}; }}
    QListWidget::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
    QCheckBox:disabled {{ color: {c.quiet}; }}
    QLineEdit {{
        background: {c.card}; border: 1px solid {c.line}; border-radius: 10px; padding: 4px 12px;
        selection-background-color: {c.accent}; selection-color: {c.accent_text};
    }}
    QLineEdit:focus {{ border: 2px solid {c.accent}; padding: 3px 11px; }}
    QListView[role="list"] {{
        background: {c.card}; border: 1px solid {c.line}; border-radius: 12px; padding: 4px; outline: none;
    }}
    QListView[role="list"]:focus {{ border-color: {c.accent}; }}
    QCheckBox {{ spacing: 0; border: 2px solid transparent; border-radius: 8px; padding: 2px; }}
    QCheckBox[role="worded"] {{ spacing: 0.6em; }}
    QCheckBox::indicator {{
        width: 1.1em; height: 1.1em; border: 1px solid {c.quiet}; border-radius: 5px; background: {c.ground};
    }}
    QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url({tick}); }}
    QCheckBox:focus {{ border-color: {c.accent}; }}
    QSlider::groove:horizontal {{ background: {c.line}; height: {groove}px; border-radius: {groove // 2}px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: {groove // 2}px; }}
    QSlider::handle:horizontal {{
        background: {c.card}; border: 2px solid {c.accent}; width: {knob}px; margin: {(groove - knob) // 2 - 2}px 0;
        border-radius: {knob // 2 + 2}px;
    }}
    QSlider::sub-page:horizontal:disabled {{ background: {c.quiet}; }}
    QSlider::handle:horizontal:disabled {{ border-color: {c.quiet}; }}
    QSlider::handle:horizontal:hover {{ background: {c.accent_soft}; }}
    QSlider::handle:horizontal:focus {{ background: {c.accent}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 5px; min-height: 40px; }}
    QScrollBar::handle:vertical:hover {{ background: {c.quiet}; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
    QToolTip {{ background: {c.card}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
    """
