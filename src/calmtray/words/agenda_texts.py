"""What is wrong with a calendar: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from calmtray.practice.problem import Problem
from calmtray.words.language import _, marked
from calmtray.words.texts import on_one_line


def agenda_problem_text(problem: Problem) -> str:
    """One line: the file or folder, and the sentence."""
    sentence = _(_SENTENCES[problem.code]).format(**problem.details)
    return on_one_line(f"{problem.file}: {sentence}" if problem.file else sentence)


_SENTENCES: Mapping[str, str] = {
    "agenda-missing": marked("There is no such file or folder. Choose it again, or remove it from the agenda."),
    "agenda-unreadable": marked("This can’t be read ({reason}). Check who may read it."),
    "agenda-not-a-file": marked("This is not an ordinary file. Choose a file that ends in .ics."),
    "agenda-nothing-here": marked("There is no file that ends in .ics in this folder. Choose another folder."),
    "agenda-too-many-files": marked(
        "There are more than {most} calendar files here; the others were not read. Choose the folders that you need."
    ),
    "agenda-too-large": marked(
        "The file is larger than {most} MB, so it was not read. Export fewer years into a new file."
    ),
    "agenda-too-many": marked(
        "The calendar has more than {most} entries, so it was not read. Export fewer years into a new file."
    ),
    "agenda-too-full": marked(
        "There are more than {most} appointments around today; the others were left out. Is this the right file?"
    ),
    "agenda-too-much": marked(
        "Reading it took more memory than calmtray allows itself, so it was left out. Export fewer years into a new"
        " file."
    ),
    "agenda-too-long": marked(
        "Reading it took too long and was stopped, so its appointments are not known. Export fewer years into a"
        " new file."
    ),
    "agenda-gave-up": marked(
        "Reading it was broken off, so its appointments are not known. Export it again; it is read when it changes."
    ),
    "agenda-not-a-calendar": marked(
        "This is not a calendar (iCalendar, .ics). Export it again, or choose another file."
    ),
    "agenda-cut-short": marked(
        "The calendar ends in the middle; what stands before that is used. It is read again when the file changes."
    ),
    "agenda-not-utf8": marked(
        "The file is not UTF-8 text: times are used, but words with accents may not be found. Export it again as UTF-8."
    ),
    "agenda-unclear": marked(
        "Entries that make no sense were left out ({count}). The others are used; exporting it again may help."
    ),
    "agenda-endless": marked(
        "Entries that recur far too often were left out ({count}). The others are used; look for one that recurs every"
        " minute or second, or since centuries ago."
    ),
    "agenda-recurs-too-much": marked(
        "So much recurs in your calendars that entries were left out ({count}). The others are used; export fewer years"
        " into a new file."
    ),
    "agenda-unknown-zone": marked(
        "Times in a time zone that is not known ({count}) are taken as the time here. Export it again if that is wrong."
    ),
}
