"""What the practice editor says: choices in plain words, what is still wanted, and what might be written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from calmtray.practice.model import Discreet, Eyes, Need, Pattern, Place, Posture, Prop, Rule, Step
from calmtray.practice.problem import Problem
from calmtray.session.timeline import spoken_ms
from calmtray.words.finding_texts import need_text
from calmtray.words.language import _, language, marked
from calmtray.words.texts import advice_text, language_name, length_text, posture_name

_Value = TypeVar("_Value", bound=str)

LINE_LETTERS = 60
"""As much of a step's words as its line in the list shows."""

_PLACES = {
    Place.ANYWHERE: marked("anywhere"),
    Place.DESK: marked("at the desk"),
    Place.CLOSED_DOOR: marked("behind a closed door"),
    Place.HALLWAY: marked("in the hallway"),
    Place.DOORWAY: marked("in a doorway"),
    Place.STAIRS: marked("on the stairs"),
    Place.WASHROOM: marked("in the washroom"),
    Place.KITCHEN: marked("in the kitchen"),
    Place.WINDOW: marked("at a window"),
    Place.OUTDOORS: marked("outdoors"),
    Place.PARKED_CAR: marked("in a parked car"),
    Place.MEETING: marked("in a meeting"),
    Place.WAITING_ROOM: marked("in a waiting room"),
    Place.CHAT: marked("in a chat"),
    Place.PHONE: marked("on the phone"),
    Place.HOME: marked("at home"),
    Place.NEW_PLACE: marked("somewhere new"),
}
_DISCREET = {
    Discreet.YES: marked("nobody would notice"),
    Discreet.PARTLY: marked("somebody might notice"),
    Discreet.NO: marked("plain to see"),
}
_EYES = {Eyes.OPEN: marked("open"), Eyes.OPTIONAL: marked("open, low or closed, as you like")}
_INWARD = {"0": marked("not"), "1": marked("lightly"), "2": marked("markedly")}
_PROPS = {
    Prop.TIMER: marked("how much of it is left"),
    Prop.CANVAS: marked("a sheet to draw on"),
    Prop.COLOUR: marked("a colour or a shape to look for"),
    Prop.TODAY: marked("the day and the time"),
    Prop.FEELINGS: marked("words for feelings"),
    Prop.PICTURE: marked("a quiet picture"),
    Prop.OWN_PICTURES: marked("your own pictures"),
    Prop.OWN_SONG: marked("a song of yours"),
    Prop.CHECKLIST: marked("your list for the end of the day"),
}


def need_names() -> dict[str, str]:
    """Every need, as a person would say it."""
    return {need.value: need_text(need) for need in Need}


def posture_names() -> dict[str, str]:
    """Every way for the body to be."""
    return {posture.value: posture_name(posture) for posture in Posture}


def place_names() -> dict[str, str]:
    """Every place."""
    return _said(_PLACES)


def discreet_names() -> dict[str, str]:
    """How much somebody beside the user would notice."""
    return _said(_DISCREET)


def eyes_names() -> dict[str, str]:
    """What the eyes do."""
    return _said(_EYES)


def inward_names() -> dict[str, str]:
    """How much a practice turns inward."""
    return _said(_INWARD)


def prop_names() -> dict[str, str]:
    """What a step may show beside its words."""
    return _said(_PROPS)


def _said(texts: Mapping[_Value, str]) -> dict[str, str]:
    return {str(value): _(text) for value, text in texts.items()}


# --- steps ------------------------------------------------------------------------------------------------


def step_line(index: int, step: Step, languages: Iterable[str], wanting: bool) -> str:
    """A step in the list: its number, its length, its first words."""
    said = next((text.strip() for lang in languages if (text := step.say.get(lang, "")).strip()), "")
    words = re.sub(r"\s+", " ", said)
    if len(words) > LINE_LETTERS:
        words = words[:LINE_LETTERS].rsplit(" ", 1)[0] + "…"
    kind = _("breath") if step.pattern else _("quiet")
    line = _("{number}. {length}: {words}").format(
        number=index + 1, length=length_text(step.ms), words=words or _("no words, {kind}").format(kind=kind)
    )
    return _("{line} (something is wanted here)").format(line=line) if wanting else line


def pattern_name(pattern: Pattern) -> str:
    """A named pattern in the language spoken now."""
    return pattern.name.get(language(), pattern.id or "")


def spoken_text(text: str, ms: int, most_share: float) -> str:
    """How much of a step its words fill, with advice where that is too much; empty without words."""
    spoken = spoken_ms(text)
    if not spoken:
        return ""
    places = {"spoken": max(1, round(spoken / 1000)), "all": f"{ms / 1000:g}"}
    if spoken > ms:
        return _("About {spoken} s of words for {all} s: shorten them, or lengthen the step.").format(**places)
    if spoken > most_share * ms:
        return _("About {spoken} of {all} s spoken: leave some silence.").format(**places)
    return _("About {spoken} of {all} s spoken.").format(**places)


# --- what is wanted ---------------------------------------------------------------------------------------

_FIELDS = {
    "title": marked("title"),
    "summary": marked("in a line"),
    "caution": marked("caution"),
    "why.text": marked("why it may help"),
    "needs": marked("when it fits"),
    "posture": marked("posture"),
    "places": marked("places"),
    "inward": marked("turns inward"),
    "why.sources": marked("why it may help"),
    "steps": marked("steps"),
}


def place_text(where: str) -> str:
    """Where in the editor something is: ``step 2, in French``."""
    match = re.match(r"steps\[(\d+)\]", where)
    lang = where.rpartition(".")[2]
    base = where.removesuffix(f".{lang}") if lang in ("en", "fr") else where
    field = _FIELDS.get(base, base)
    name = _("step {number}").format(number=int(match[1]) + 1) if match else _(field)
    if base != where:
        return _("{place} ({language})").format(place=name, language=language_name(lang))
    return name


def mistake_text(problem: Problem) -> str:
    """What is wanted before a practice can be saved, said of the field that it stands at."""
    details = problem.details
    match problem.code:
        case "missing" | "empty" if problem.where in ("needs", "posture", "places"):
            return _("Choose one at least.")
        case "missing" if problem.where == "steps":
            return _("A practice has one step at least. Add one.")
        case "missing" | "empty":
            return _("A few words are wanted here.")
        case "missing-language":
            lang = language_name(str(details["language"]))
            return _("The words in this language are still missing: {language}.").format(language=lang)
        case "too-long":
            return _("{length} letters are more than the {most} that fit. Shorten it a little.").format(**details)
        case "bad-length":
            short = float(details["seconds"]) < float(details["low"])
            return (
                _("The practice is shorter than {low} s. Give a step more time.").format(**details)
                if short
                else _("The practice is longer than {minutes} min. Give a step less time.").format(
                    minutes=int(details["high"]) // 60
                )
            )
        case "bad-short":
            short = float(details["seconds"]) < float(details["low"])
            return (
                _("The short form is shorter than {low} s. Give a step in it more time.").format(**details)
                if short
                else _("The short form is not shorter than the whole. Leave a step out, or give one in it less time.")
            )
        case "out-of-bounds":
            return _("This can be {low} to {high}.").format(**details)
        case code if code in _PLAINLY:
            return _(_PLAINLY[code])
        case _:
            return advice_text(problem)


_PLAINLY = {
    "scale-excludes-length": marked("The step’s own length lies outside this. Let it begin below and end above."),
    "range-reversed": marked("The shortest is longer than the longest."),
    "short-without-words": marked("No step of the short form says anything. Put one into it that does."),
    "no-words": marked("No step says anything yet. Write a few words in one of them."),
}


_ADVICE = {
    Rule.OPEN_EYES: marked(
        "“{got}” offers what the practice leaves out: its eyes stay open. Take the words out, or let the eyes be open,"
        " low or closed."
    ),
    Rule.NO_SOURCE: marked(
        "This speaks of research, and names none that people could look up. Choose “experience; little studied”, or"
        " name it in the file."
    ),
    Rule.INWARD_UNSAID: marked(
        "A step turns inward, and the practice says that it does not, so people who want to stay outside would be given"
        " it. Say “lightly”, or “markedly”."
    ),
    Rule.BREATH_UNSAID: marked(
        "The practice is about the breath, which turns many people inward, and it says that it does not. Say “lightly”,"
        " or “markedly”."
    ),
    Rule.SPOKEN_HOLD: marked(
        "“{got}” asks for a held breath that nobody could switch off. Take it out, or give the step a breath to follow"
        " that has a hold."
    ),
    Rule.INWARD_UNMARKED: marked(
        "The practice turns markedly inward, and no step says that it is the one. Tick it in those that do, or say"
        " “lightly”."
    ),
}


def finding_text(problem: Problem) -> str:
    """What might be written otherwise, and where."""
    own = _ADVICE.get(Rule(problem.code))
    sentence = _(own).format(**problem.details) if own else advice_text(problem)
    return _("{place}: {sentence}").format(place=place_text(problem.where), sentence=sentence)


def wanted_text(problems: Iterable[Problem]) -> str:
    """What is still wanted, in a line; empty where nothing is."""
    spoken = _("the words of a step")
    places = dict.fromkeys(spoken if each.code == "no-words" else place_text(each.where) for each in problems)
    if not places:
        return ""
    return _("Still wanted before it can be saved: {places}.").format(places=", ".join(places))
