"""What a practice is: its title, when and where it fits, what it asks, why it may help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from calmtray.practice.model import (
    LANGUAGES,
    Category,
    Discreet,
    Eyes,
    Grade,
    Need,
    Place,
    Posture,
    Practice,
    Words,
)
from calmtray.ui.editor.fields import ChoiceField, ManyField, Named, WordsField
from calmtray.ui.parts import button, label
from calmtray.ui.theme import SPACE
from calmtray.words.editor_texts import (
    discreet_names,
    eyes_names,
    inward_names,
    need_names,
    place_names,
    posture_names,
)
from calmtray.words.language import _
from calmtray.words.texts import category_name, grade_text, language_name

BOTH = "both"
QUIET_NAMES = {"yes": True, "no": False}


class AboutForm(QWidget):
    """The title stands open; everything else, which has a likely value, waits behind *More about it*."""

    changed = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._practice: Practice | None = None
        self.named: dict[str, Named] = {}
        self.languages = ChoiceField(
            _("Language"), {BOTH: _("Both languages"), **{lang: language_name(lang) for lang in LANGUAGES}}
        )
        self.languages.chosen.connect(self._on_languages_chosen)
        self.title = self._words("title", 1)
        self.summary = self._words("summary", 2)
        self.caution = self._words("caution", 3)
        self.why = self._words("why", 3)
        self.category = ChoiceField(_("Kind"), {each.value: category_name(each) for each in Category})
        self.grade = ChoiceField(_("What it rests on"), {each.value: grade_text(each) for each in Grade})
        self.discreet = ChoiceField(_("Discreet"), discreet_names())
        self.silent = ChoiceField(_("Sound you make"), {"yes": _("none at all"), "no": _("some")})
        self.eyes = ChoiceField(_("Eyes"), eyes_names())
        self.inward = ChoiceField(_("Turns attention inward"), inward_names())
        self.needs = ManyField(_("When it fits"), need_names())
        self.posture = ManyField(_("Posture"), posture_names())
        self.places = ManyField(_("Where it fits"), place_names())
        self.more = button(_("More about it"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._on_more_toggled)
        self._rest = QWidget()
        self._lay_out()
        self._listen()

    def _words(self, name: str, lines: int) -> WordsField:
        names = {
            "title": _("Title"),
            "summary": _("In a line"),
            "caution": _("Who may prefer to skip or change it"),
            "why": _("Why it may help"),
        }
        field = WordsField(names[name], lines)
        field.written.connect(lambda lang, text: self._on_words_written(name, lang, text))
        field.left.connect(self.left)
        return field

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        column.addWidget(self._named("title", _("Title"), self.title))
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(self._named("languages", _("Language"), self.languages), 1)
        row.addWidget(self.more, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        column.addWidget(self._rest)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(SPACE * 2)
        summary = _("Left empty, the title stands for it.")
        rest.addWidget(self._named("summary", _("In a line"), self.summary, summary))
        for name, field in (
            ("category", self.category),
            ("needs", self.needs),
            ("posture", self.posture),
            ("places", self.places),
            ("discreet", self.discreet),
            ("silent", self.silent),
            ("eyes", self.eyes),
            ("inward", self.inward),
            ("caution", self.caution),
        ):
            rest.addWidget(self._named(name, field.accessibleName(), field))
        rest.addWidget(label(_("Why it may help"), "heading"))
        rest.addWidget(self._named("grade", _("What it rests on"), self.grade))
        rest.addWidget(self._named("why.text", _("Why it may help"), self.why))
        self._rest.hide()

    def _named(self, key: str, name: str, field: QWidget, explained: str = "") -> Named:
        made = self.named[key] = Named(name, field, explained)
        return made

    def _listen(self) -> None:
        self.category.chosen.connect(lambda value: self._change(category=Category(value)))
        self.discreet.chosen.connect(lambda value: self._change(discreet=Discreet(value)))
        self.silent.chosen.connect(lambda value: self._change(silent=QUIET_NAMES[value]))
        self.eyes.chosen.connect(lambda value: self._change(eyes=Eyes(value)))
        self.inward.chosen.connect(lambda value: self._change(inward=int(value)))
        self.grade.chosen.connect(self._on_grade_chosen)
        self.needs.chosen.connect(lambda values: self._change(needs=tuple(map(Need, values))))
        self.posture.chosen.connect(lambda values: self._change(posture=tuple(map(Posture, values))))
        self.places.chosen.connect(lambda values: self._change(places=tuple(map(Place, values))))

    def show_practice(self, practice: Practice, mistakes: Mapping[str, str]) -> None:
        """Show a practice, and what is wanted in it, by field."""
        self._practice = practice
        langs = practice.languages
        self.languages.show_choice(BOTH if len(langs) > 1 else langs[0])
        self.title.show_words(practice.title, langs)
        self.summary.show_words(practice.summary, langs)
        self.caution.show_words(practice.caution, langs)
        self.why.show_words(practice.why.text, langs)
        self.category.show_choice(practice.category)
        self.grade.show_choice(practice.why.grade)
        self.discreet.show_choice(practice.discreet)
        self.silent.show_choice("yes" if practice.silent else "no")
        self.eyes.show_choice(practice.eyes)
        self.inward.show_choice(str(practice.inward))
        self.needs.show_choices(practice.needs)
        self.posture.show_choices(practice.posture)
        self.places.show_choices(practice.places)
        for name, field in self.named.items():
            field.show_mistake(mistakes.get(name, ""))

    def open_more(self) -> None:
        """Show all of it."""
        self.more.setChecked(True)

    def _on_more_toggled(self, on: bool) -> None:
        self._rest.setVisible(on)
        self.more.setText(_("Less about it") if on else _("More about it"))
        self.more.setAccessibleName(self.more.text())

    def _on_languages_chosen(self, value: str) -> None:
        self._change(languages=LANGUAGES if value == BOTH else (value,))

    def _on_grade_chosen(self, value: str) -> None:
        if self._practice is not None:
            self._change(why=replace(self._practice.why, grade=Grade(value)))

    def _on_words_written(self, name: str, lang: str, text: str) -> None:
        if self._practice is None:
            return
        words: Words = self._practice.why.text if name == "why" else getattr(self._practice, name)
        before = words.get(lang, "")
        said = {each: kept for each, kept in {**words, lang: text}.items() if kept}
        # A word is undone at a time.
        place = "" if text[-1:].isspace() and not before[-1:].isspace() else f"{name}.{lang}"
        if name == "why":
            self._change(place, why=replace(self._practice.why, text=said))
        else:
            self._change(place, **{name: said})

    def _change(self, place: str = "", **values: object) -> None:
        if self._practice is not None:
            self.changed.emit(replace(self._practice, **values), place)  # type: ignore[arg-type]
