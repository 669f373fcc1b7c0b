"""What the pages about practices say: a line of the list, a practice's own page, and its text to pass on."""

from __future__ import annotations

from calmtray.practice.browse import Grouping
from calmtray.practice.model import Category, Discreet, Need, Pattern, Place, Posture, Practice, Step
from calmtray.practice.works import Work
from calmtray.words.editor_texts import need_names, place_names, posture_names
from calmtray.words.finding_texts import fitted_text, need_text
from calmtray.words.language import _, in_each_language, language, plural
from calmtray.words.texts import (
    category_name,
    eyes_text,
    holds_text,
    length_text,
    phase_word,
    posture_text,
    title_text,
    why_heading,
)

APART = " · "
NO_BREAK = "\N{NO-BREAK SPACE}"


def heading_text(heading: Category | Need) -> str:
    """A category or a need as a heading."""
    return category_name(heading) if isinstance(heading, Category) else need_text(heading)


def names_everywhere() -> dict[str, tuple[str, ...]]:
    """What every category, need, posture and place is called in each language, by its value."""

    def names() -> dict[str, str]:
        kinds = {category.value: category_name(category) for category in Category}
        return kinds | need_names() | posture_names() | place_names()

    said = in_each_language(names)
    # Whoever looks for a place does not look for whatever is possible everywhere.
    return {value: tuple(each[value] for each in said) for value in said[0].keys() - {Posture.ANY, Place.ANYWHERE}}


def summary_text(practice: Practice) -> str:
    """The practice's summary in the language spoken now, or in its own."""
    return practice.summary[practice.language(language())]


def row_facts(practice: Practice, own: bool, length_ms: int) -> str:
    """What stands beside a title in the list. ``length_ms``: how long it would be here."""
    length = fitted_text(practice, length_ms)
    return _("yours · {length}").format(length=length) if own else length


def row_spoken(practice: Practice, own: bool, favourite: bool, length_ms: int) -> str:
    """A line of the list for a screen reader."""
    facts = [title_text(practice), fitted_text(practice, length_ms)]
    if favourite:
        facts.append(_("favourite"))
    if own:
        facts.append(_("yours"))
    return ", ".join(facts)


def grouping_name(grouping: Grouping) -> str:
    """A way to put the practices in order."""
    return {Grouping.CATEGORY: _("By kind"), Grouping.NEED: _("By need")}[grouping]


def filter_names() -> dict[str, str]:
    """Every filter that is on or off, by its name in ``Filters``."""
    return {
        "discreet": _("discreet"),
        "seated": _("while seated"),
        "no_holds": _("without holds"),
        "eyes_open": _("eyes open"),
        "favourites": _("favourites"),
    }


def found_text(number: int, filtered: bool) -> str:
    """How many practices the list shows. ``filtered``: by more than words."""
    if not number:
        return _("Nothing fits. Fewer filters?") if filtered else _("No practice goes by these words.")
    return plural("{number} practice", "{number} practices", number).format(number=number)


def held_text(number: int) -> str:
    """Why nothing is listed, where there would be something with breath holds."""
    return plural(
        "{number} practice fits, and it has breath holds, which are switched off in Settings.",
        "{number} practices fit, and all have breath holds, which are switched off in Settings.",
        number,
    ).format(number=number)


def hidden_text(number: int) -> str:
    """How many practices are hidden."""
    return plural("{number} practice is hidden", "{number} practices are hidden", number).format(number=number)


def hidden_now_text(practice: Practice) -> str:
    """What has just happened to a practice, which can be undone."""
    return _("“{title}” is hidden.").format(title=title_text(practice))


def holds_waiting_text(number: int) -> str:
    """How many practices wait until holds are switched on."""
    return plural(
        "{number} practice with breath holds is not shown. Settings can show it.",
        "{number} practices with breath holds are not shown. Settings can show them.",
        number,
    ).format(number=number)


def more_in_it_text(number: int) -> str:
    """How much more is wrong in the same file."""
    return plural("({number} more in this file)", "({number} more in this file)", number).format(number=number)


def more_files_text(number: int) -> str:
    """How many more files can't be read than are named."""
    return plural("And {number} other file.", "And {number} other files.", number).format(number=number)


def attention_text(practice: Practice) -> str:
    """Where a practice turns attention."""
    return (_("outward"), _("a little inward"), _("inward"))[practice.inward]


def facts(practice: Practice) -> tuple[tuple[str, str], ...]:
    """What a practice asks for, as pairs of a name and what holds."""
    discreet = {
        Discreet.YES: _("nobody beside you would notice"),
        Discreet.PARTLY: _("somebody beside you might notice"),
        Discreet.NO: _("plain to see"),
    }[practice.discreet]
    return (
        (_("When it fits"), APART.join(map(need_text, practice.needs))),
        (_("Length"), length_text(practice.length_ms)),
        (_("Posture"), posture_text(practice)),
        (_("Eyes"), eyes_text(practice)),
        (_("Attention"), attention_text(practice)),
        (_("Breath holds"), holds_text(practice)),
        (_("Heard by others"), _("nothing at all") if practice.silent else _("a little sound")),
        (_("Discreet"), discreet),
    )


def step_heading(number: int, step: Step, lang: str) -> str:
    """Which step, how long it is, and what breath it follows. ``number``: from 1."""
    told = [str(number), length_text(step.ms)]
    if step.pattern is not None:
        told.append(breath_text(step.pattern, step.rounds, lang))
    return APART.join(told)


def breath_text(pattern: Pattern, rounds: int, lang: str) -> str:
    """A pattern by its name, how often it is breathed, and its phases in seconds."""
    told = [
        _("{phase} {seconds} s").format(phase=phase_word(span.phase), seconds=_number(span.ms / 1000, lang))
        for span in pattern.spans
    ]
    phases = ", ".join(phase.replace(" ", NO_BREAK) for phase in told)
    times = rounds * pattern.breaths
    breaths = plural("{number} breath", "{number} breaths", times).format(number=times)
    name = pattern.name.get(lang, "")
    return f"{name}{APART}{breaths} ({phases})" if name else f"{breaths} ({phases})"


def _number(seconds: float, lang: str) -> str:
    written = f"{seconds:g}"
    return written.replace(".", ",") if lang == "fr" else written


def work_text(work: Work) -> str:
    """A source as a reader looks it up: who, when, what, where."""
    title = work.title if work.title[-1] in ".?!" else f"{work.title}."
    where = f"{work.published}. doi:{work.doi}" if work.doi else f"{work.published}."
    return f"{work.author} ({work.year}). {title} {where}"


def shared_text(practice: Practice, works: tuple[Work, ...]) -> str:
    """The practice as plain text to be passed on, in the language spoken now or in its own."""
    lang = practice.language(language())
    parts = [f"{practice.title[lang]}\n{practice.summary[lang]}"]
    parts.append("\n".join(_("{name}: {fact}").format(name=name, fact=fact) for name, fact in facts(practice)))
    for number, step in enumerate(practice.steps, 1):
        parts.append("\n".join(filter(None, (step_heading(number, step, lang), step.say.get(lang, "")))))
    if practice.caution:
        parts.append(f"{_('Good to know')}\n{practice.caution[lang]}")
    parts.append(f"{why_heading(practice)}\n{practice.why.text[lang]}")
    if works:
        parts.append("\n".join((_("Sources"), *map(work_text, works))))
    return "\n\n".join(parts) + "\n"


def languages_text(practice: Practice) -> str:
    """In which language a practice is written, where that is not the one spoken now; else empty."""
    if language() in practice.languages:
        return ""
    return {"en": _("Written in English"), "fr": _("Written in French")}[practice.languages[0]]


def unfinished_text(practice: Practice) -> str:
    """That a practice is kept which nobody has finished yet, by its title where it has one."""
    title = practice.title.get(practice.language(language()), "").strip()
    if title:
        return _("An unfinished practice is kept: “{title}”.").format(title=title)
    return _("An unfinished practice is kept.")
