"""Codes -> sentences. Everything calmtray says that is not the text of a button stands here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from calmtray.practice.model import Category, Caution, Eyes, Grade, Phase, Posture, Practice, Rule
from calmtray.practice.problem import Problem
from calmtray.words.language import _, language, marked, plural

if TYPE_CHECKING:
    # The score is read when a practice opens; its words are here from the start.
    from calmtray.sound.score import Ambience, BreathSet
    from calmtray.sound.voices import Source


def phase_word(phase: Phase) -> str:
    """The phase as the pacer says it."""
    return {
        Phase.IN: _("in"),
        Phase.TOP_UP: _("a little more"),
        Phase.HOLD: _("hold"),
        Phase.OUT: _("out"),
        Phase.REST: _("rest"),
    }[phase]


def category_name(category: Category) -> str:
    """The category as a heading."""
    return {
        Category.BREATH: _("Breath"),
        Category.ORIENTATION: _("Orientation"),
        Category.SENSORY: _("Senses"),
        Category.MOVEMENT: _("Movement"),
        Category.PLAY: _("Play"),
        Category.SELF_COMPASSION: _("Self-compassion"),
        Category.BODY_NEEDS: _("Body needs"),
        Category.SMALL_WIN: _("Small wins"),
        Category.CONNECTION: _("Connection"),
        Category.TRANSITION: _("Transitions"),
    }[category]


def length_text(ms: float) -> str:
    """A length as people say it: ``45 s``, ``1 min``, ``2 min 30 s``."""
    seconds = round(ms / 1000)
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("{seconds} s").format(seconds=rest)
    if not rest:
        return _("{minutes} min").format(minutes=minutes)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)


def posture_name(posture: Posture) -> str:
    """A way for the body to be."""
    return {
        Posture.ANY: _("any way you like"),
        Posture.SEATED: _("seated"),
        Posture.STANDING: _("standing"),
        Posture.WALKING: _("walking or rolling"),
        Posture.CALL: _("on a call"),
    }[posture]


def posture_text(practice: Practice) -> str:
    """How the body may be, in a line."""
    return _(" or ").join(map(posture_name, practice.posture))


def eyes_text(practice: Practice) -> str:
    """What the eyes do, in a line."""
    if practice.eyes is Eyes.OPEN:
        return _("open")
    return _("open, low or closed, as you like")


def holds_text(practice: Practice) -> str:
    """Whether a breath is held, in a line."""
    return _("yes, soft ones; any of them may be skipped") if practice.has_hold else _("none")


def voice_text(source: Source, name: str) -> str:
    """Who speaks, empty for nobody. ``name``: that of a recorded voice."""
    texts = {
        "recorded": _("{name}’s voice").format(name=name),
        "own": _("your own recordings"),
        "system": _("the computer’s voice"),
    }
    return texts.get(source, "")


def sound_text(
    voice: str,
    breath: BreathSet,
    bells: bool,
    ambience: Ambience,
    silent: bool,
    song: bool = False,
    unsaid: bool = False,
    timed: bool = False,
) -> str:
    """What will be heard, in a line. ``voice``: who speaks, or empty where the words stay on the screen.

    ``breath``, ``bells`` and ``song`` (the user's own): as they will be heard in this practice, so off where nothing is
    paced. ``unsaid``: nobody says some of the words. ``timed``: a ring on the screen keeps the time, and a bell tells
    when it is up, if bells are heard.
    """
    heard = [
        voice,
        _("some words on the screen") if voice and unsaid else "",
        _("your song") if song else "",
        {"off": "", "swell": _("a soft swell"), "tone": _("a soft tone")}[breath],
        _("bells, one of them when time is up") if bells and timed else _("bells") if bells else "",
        {
            "off": "",
            "room": _("a quiet room"),
            "rain": _("rain"),
            "wind": _("wind in leaves"),
            "drone": _("a low drone"),
        }[ambience],
    ]
    named = [sound for sound in heard if sound]
    by_ring = _("the ring shows when time is up") if timed and (silent or not bells) else ""
    if silent or not named:
        return "; ".join(filter(None, (_("none; words on the screen"), by_ring)))
    if not voice:
        named.insert(0, _("words on the screen"))
    return "; ".join(filter(None, (", ".join(named), by_ring)))


def grade_text(grade: Grade) -> str:
    """What it rests on: the kind of evidence, for how strong that is depends on what was studied."""
    return {
        Grade.A: _("studies taken together"),
        Grade.B: _("single studies"),
        Grade.C: _("related research"),
        Grade.D: _("experience; little studied"),
    }[grade]


def why_heading(practice: Practice) -> str:
    """The heading of why a practice may help, with what that rests on."""
    return _("Why it may help ({grade})").format(grade=grade_text(practice.why.grade))


def ending_text(ending: str) -> str:
    """How a session ended. Stopping is as good as finishing, so it is said as plainly."""
    return {
        "open": _("under way"),
        "finished": _("to the end"),
        "stopped": _("ended when you chose"),
        "interrupted": _("interrupted"),
    }[ending]


def language_name(lang: str) -> str:
    """A language in its own words."""
    return {"en": "English", "fr": "Français"}[lang]


def journal_error_text(code: str, path: str, reason: str) -> str:
    """What went wrong with the journal, what it means, and what can be done."""
    return {
        "newer-journal": _(
            "The journal was written by a newer calmtray: {path}. This one leaves it untouched. Install the newer"
            " version to see it."
        ),
        "older-journal": _(
            "The journal was written by an older calmtray: {path}. Start calmtray once; it brings the journal up to"
            " date and keeps a copy."
        ),
        "journal-damaged": _(
            "The journal can’t be read: {path} ({reason}). Nothing was changed in it. Move the file elsewhere to"
            " begin a new one, and keep it: much of a damaged journal can often be saved."
        ),
        "journal-unwritable": _(
            "The journal can’t be written: {path} ({reason}). Your session goes on, but is not written down. Is the"
            " disk full, or the folder read-only?"
        ),
        "journal-closed": _("The journal is not open: {path}. Your session goes on, but is not written down."),
    }[code].format(path=path, reason=reason)


def settings_error_text(path: str, reason: str) -> str:
    """Why the settings can’t be read or written."""
    return _(
        "The settings can’t be kept in {path} ({reason}). What you choose holds until calmtray ends. Is the disk full,"
        " or the folder read-only?"
    ).format(path=path, reason=reason)


def login_error_text(reason: str) -> str:
    """Why calmtray can’t be made to open at login, or to do so no longer."""
    return _(
        "Whether calmtray opens at login could not be changed ({reason}). Your desktop’s own settings may have a page"
        " for what opens at login."
    ).format(reason=reason)


def set_aside_text(names: Sequence[str], path: str) -> str:
    """What of the settings could not be read, and where it is kept."""
    if not names:
        return _(
            "The settings file could not be read, so the usual settings are in use. The old file is kept as {path}."
        ).format(path=path)
    return _(
        "Some settings could not be read ({names}), so their usual values are in use. The old ones are kept in {path}."
    ).format(names=", ".join(names), path=path)


def problem_text(problem: Problem) -> str:
    """A problem as one line: where it is, what is wrong, and what to do."""
    place = problem.file
    if problem.line is not None:
        place = f"{place}:{problem.line}" if place else _("line {line}").format(line=problem.line)
    if problem.where:
        place = f"{place}: {problem.where}" if place else problem.where
    sentence = advice_text(problem)
    if problem.code in _RULES:
        sentence += " " + _("To keep it, overrule “{rule}” in the file, with a reason.").format(rule=problem.code)
    return on_one_line(f"{place}: {sentence}" if place else sentence)


def on_one_line(text: str) -> str:
    """Without what was found in a file and is not for reading: line breaks, what a terminal obeys or can't show, and
    marks that turn the direction of the writing."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", " ", text)


def advice_text(problem: Problem) -> str:
    """What is wrong, and what to do about it: for somebody who has the place before their eyes."""
    details = dict(problem.details)
    near = details.pop("nearest", None)
    if "wanted" in details:
        details["wanted"] = _type_text(str(details["wanted"]))
        details["got"] = _type_text(str(details["got"]))
    for name in ("low", "high", "got", "seconds"):
        if isinstance(details.get(name), float):
            details[name] = f"{details[name]:g}"
    sentence = _(_SENTENCES[problem.code]).format(**details)
    if near:
        return sentence + " " + _("Did you mean “{near}”?").format(near=near)
    return sentence


def _type_text(name: str) -> str:
    names: Mapping[str, str] = {
        "text": marked("text in quotes"),
        "words": marked("a text for each language (say.en, say.fr)"),
        "list": marked("a list in square brackets"),
        "table": marked("a table"),
        "number": marked("a number"),
        "whole number": marked("a whole number"),
        "two numbers": marked("two numbers in square brackets"),
        "true or false": marked("true or false"),
        "date": marked("a date"),
    }
    return _(names[name]) if name in names else name


_RULES = frozenset(Rule)

_SENTENCES: Mapping[str, str] = {
    "not-found": marked("There is no such file. Check its name."),
    "unreadable": marked("The file can’t be read ({reason}). Check who may read it."),
    "is-a-folder": marked(
        "This is a folder, where a practice file was expected. The name of a folder should not end in .toml."
    ),
    "not-a-file": marked("This is not an ordinary file. Put the practice into a text file."),
    "too-large": marked("The file is larger than {most} kB, so it is no practice. Take it out of the folder."),
    "not-utf8": marked("The file is not UTF-8 text. Save it again with the encoding UTF-8."),
    "not-toml": marked("This is not valid TOML: {reason}. Mend this line, or the one above it."),
    "newer-format": marked(
        "Format {got} is newer than this calmtray knows ({latest}). Install a newer calmtray, or write format 1."
    ),
    "unknown-key": marked("“{key}” means nothing here. Take it out or mend its name."),
    "missing": marked("“{key}” is missing. Add it."),
    "missing-language": marked(
        'The text is missing in this language. Add it, or declare the languages the practice has: languages = ["en"].'
    ),
    "unknown-language": marked("“{key}” is no language calmtray speaks. Use en and fr."),
    "empty": marked("This is empty. Write something, or take it out."),
    "too-short": marked("The text has {length} characters; at least {least} are needed. Say a little more."),
    "too-long": marked("The text has {length} characters; at most {most} fit. Shorten it."),
    "unreadable-letter": marked("The text holds a sign that can’t be seen ({got}). Write it again without."),
    "wrong-type": marked("This should be {wanted}, but is {got}."),
    "bad-text": marked("“{got}” can’t be used here. Use small letters, digits and dashes."),
    "unknown-choice": marked("“{got}” is not one of: {choices}."),
    "out-of-bounds": marked("{got} is out of bounds. Choose from {low} to {high}."),
    "range-reversed": marked("{low} is more than {high}. Write the smaller number first."),
    "seconds-and-breathe": marked("A step that breathes gets its length from its breaths. Take “seconds” out."),
    "prop-and-breathe": marked(
        "A step that breathes shows its breath, and nothing beside it. Take “prop” out, or give it a step of its own."
    ),
    "short-and-breathe": marked(
        "A short form has no room for a paced breath. Take “short” out; the step is left out of the short form then."
    ),
    "no-length": marked("The step has no length. Add “seconds” or “breathe”."),
    "pattern-and-phases": marked("The pattern “{pattern}” has its own seconds. Take these out, or the pattern."),
    "unknown-pattern": marked("There is no pattern “{got}”."),
    "not-a-breath": marked(
        "These phases make no breath: it begins with an in-breath and ends with an out-breath or a rest. Give at"
        " least “in” and “out”."
    ),
    "scale-excludes-length": marked("The step lasts {seconds} s, which its own scale leaves out. Widen the scale."),
    "unknown-source": marked("There is no source “{got}” in sources.toml. Add it there, or take it out."),
    "bad-length": marked("The whole practice lasts {seconds} s. Make it {low} to {high} s long."),
    "too-many-long-holds": marked(
        "A hold of more than {seconds} s comes {most} times at most in a practice, even made as long as it can be."
        " Breathe fewer rounds, or hold less long."
    ),
    "held-too-long": marked(
        "Breaths with a hold last {minutes} min at most in a practice, even made as long as it can be. Breathe fewer"
        " rounds."
    ),
    "bad-short": marked(
        "The short form lasts {seconds} s. Make it at least {low} s long, and shorter than the {below} s that all steps"
        " can be made to last."
    ),
    "short-without-words": marked(
        "The short form has no words. Give “short” to at least one step that has “say”, or to none."
    ),
    "no-words": marked("No step has words. Add “say” to at least one."),
    "recording-not-audio": marked(
        "This is no sound that calmtray can play, so it is left out. Save the recording as WAV."
    ),
    "recording-empty": marked("There is nothing in this recording, so it is left out. Record it again."),
    "recording-too-long": marked(
        "This recording is longer than five minutes, so it is left out. Cut it to the words of its step."
    ),
    "clips-unkept": marked(
        "The spoken words can’t be kept here ({reason}), and are made again each time. Is the disk full, or the folder"
        " read-only?"
    ),
    "recording-no-step": marked(
        "This recording is meant for step {got}, which has no words to say. Steps with words: {steps}. Rename it, or"
        " take it out."
    ),
    "recording-no-language": marked(
        "“{got}” is no language of this practice, so this recording is never heard. Choose one of {languages}, or"
        " leave the language out."
    ),
    "recording-silent": marked(
        "Hardly anything can be heard in this recording, so it is left out. Record it again, nearer to the microphone"
        " or louder."
    ),
    "duplicate-id": marked("The id “{id}” is taken by {other}. Give this practice another one."),
    # What practice.lint finds: what it is, why it matters, what could be written instead.
    "deep-breath": marked(
        "“{got}” asks for more air than most bodies want, and too much of it makes people dizzy. Perhaps “an ordinary"
        " breath”, or “small and soft”."
    ),
    "ordered-feeling": marked(
        "“{got}” tells people what to feel, and nobody can feel to order. Say what one might do, and leave the rest"
        " open: “Perhaps something shifts, perhaps not.”"
    ),
    "pressure": marked(
        "“{got}” pushes, and people who help all day have enough of that. Invite instead: “you might”, “if you like”;"
        " stopping counts too."
    ),
    "closed-eyes": marked(
        "“{got}” leaves no choice, and with their eyes closed some people are on their guard. Offer both: “Eyes open,"
        " low or closed, as you like.”"
    ),
    "open-eyes": marked(
        "“{got}” offers what the practice leaves out: its eyes stay open, and so it is found by people who want that."
        ' Take the words out, or write eyes = "optional".'
    ),
    "kept-score": marked(
        "“{got}” grades, counts or compares, and whoever falls behind has one more thing to carry. Leave it out: any"
        " answer will do."
    ),
    "medical-claim": marked(
        "“{got}” promises more than anybody has shown. Say what was studied and found, no stronger than the grade:"
        " “One study found …”"
    ),
    "client-details": marked(
        "“{got}” calls up a client, or what was heard: that wakes its weight again, and it is confidential. Ask for"
        " something in the room, or nothing at all."
    ),
    "too-many-words": marked(
        "{words} words are too many for {seconds} s: at an easy pace {most} fit, and a quarter of the step stays quiet."
        " Shorten the words, or lengthen the step."
    ),
    "no-source": marked(
        "Grade {grade} speaks of research, and none is named that people could look up. Name it in “sources”, or"
        " choose grade D."
    ),
    "no-way-out": marked(
        "The practice ends with this step, which turns inward, where some people stay caught. Add a step after it that"
        " looks or listens outward."
    ),
    "inward-unsaid": marked(
        "{step} turns inward, but the practice says that it does not, so people who want to stay outside would be"
        " given it. Write inward = 1, or 2 where it does so markedly."
    ),
    "inward-unmarked": marked(
        "The practice turns markedly inward, but no step says that it is the one. Write inward = true in those that"
        " do, or 1 here."
    ),
    "small-and-soft": marked(
        "Slow breaths easily become big ones, and too much air makes people dizzy. Say once, here or in the caution:"
        " “Small and soft; less air than you think.”"
    ),
    "smaller-or-stop": marked(
        "Slow breaths can make people light-headed, and nothing says what to do then. Say once, here or in the"
        " caution: “Light-headed or tingling? Smaller, or stop.”"
    ),
    "breath-unsaid": marked(
        "The practice is about the breath, which turns many people inward, and “inward” says 0. Say 1, so that whoever"
        " wants to stay outside is given something else."
    ),
    "spoken-hold": marked(
        "“{got}” asks for a held breath that nobody could switch off. Take it out, or make it a breath with a “hold”."
    ),
    "hold-without-caution": marked(
        "The breath is held, which does not suit every body, and no caution says so. Add one: who may prefer to skip"
        " it, and what there is instead."
    ),
    "overrules-nothing": marked(
        "Nothing here goes against “{rule}”, so there is nothing to overrule. Take this out, or mend its place."
    ),
}


def caution_text(cautions: frozenset[Caution]) -> str:
    """What a breath asks of a body, shown before it begins; empty where there is nothing to say."""
    lines = []
    if Caution.SLOW in cautions:
        lines.append(_("Small, soft breaths: less air than you think. Light-headed or tingling? Smaller, or stop."))
    if Caution.HOLD in cautions:
        lines.append(_("A hold is soft, like a pause in a sentence. Skip any of them."))
    return " ".join(lines)


def practices_right(number: int) -> str:
    """Checked files without a mistake."""
    return plural("{number} practice is right.", "{number} practices are right.", number).format(number=number)


def practices_usable(number: int) -> str:
    """Checked files with nothing but advice."""
    return plural(
        "{number} practice can be used as it is; the rest is advice.",
        "{number} practices can be used as they are; the rest is advice.",
        number,
    ).format(number=number)


def holds_off_text(id_: str) -> str:
    """Why a practice can't be opened."""
    return _(
        "“{id}” has breath holds, and they are switched off. Settings can show practices with breath holds."
    ).format(id=id_)


def status_text(status: Mapping[str, Any]) -> str:
    """What the running app is doing, a line each."""
    if not status["running"]:
        return _("calmtray is not running.")
    said = [_practice_status(status["session"])]
    if status["in_session"]:
        said.append(f"{status['in_session']}.")
    if status["not_today"]:
        said.append(_("No offers today."))
    return "\n".join(said)


def _practice_status(session: Mapping[str, Any] | None) -> str:
    if session is None:
        return _("calmtray is running; no practice is open.")
    return {
        "ready": _("“{id}” is open and has not begun."),
        "playing": _("“{id}” is playing: {left} left."),
        "paused": _("“{id}” is paused: {left} left."),
        "ended": _("“{id}” has just ended."),
    }[session["status"]].format(id=session["practice"], left=length_text(session["length_ms"] - session["position_ms"]))


def title_text(practice: Practice) -> str:
    """The practice's title in the language spoken now, or in its own."""
    return practice.title[practice.language(language())]


def menu_line(practice: Practice, ms: int, begins: bool) -> str:
    """A practice in one line of a menu, ``ms`` long. ``begins``: the click begins it; else it opens a page first."""
    line = _("{title} ({length})").format(title=title_text(practice), length=length_text(ms))
    return line if begins else f"{line}…"
