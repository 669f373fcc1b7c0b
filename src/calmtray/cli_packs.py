"""``calmtray pack make|show|take``: practices shared as one file, on the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calmtray.desktop.paths import Paths, bundled
from calmtray.words.language import _

if TYPE_CHECKING:
    from calmtray.practice.archive import Refused
    from calmtray.practice.packs import Choice, Pack, Packed

OK, FAILED, MISTAKE = 0, 1, 2

OF_THE_MACHINE = {"pack-unreadable", "pack-unwritable", "pack-busy", "pack-not-taken"}
"""Refusals that nobody can put right in the request."""

FileOf = Callable[[str], Path]
"""The file of a practice, by its id."""


def add_commands(
    parser: argparse.ArgumentParser, everywhere: Callable[[argparse.ArgumentParser, object], None]
) -> None:
    """The commands of ``pack``. ``everywhere`` adds the options that may stand anywhere."""
    commands = parser.add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), required=True, parser_class=type(parser), dest="pack_command"
    )

    def add(name: str, pack: Callable[..., int], help_: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_, description=help_)
        everywhere(sub, argparse.SUPPRESS)
        sub.set_defaults(pack=pack)
        return sub

    make = add("make", _make, _("put practices and their recordings into one file"))
    make.add_argument("ids", nargs="+", metavar="ID", help=_("the practice; calmtray list shows them"))
    make.add_argument("--out", type=Path, required=True, metavar=_("FILE"), help=_("the file to write: .calmpack"))
    show = add("show", _show, _("show what is in a pack"))
    show.add_argument("file", type=Path, metavar=_("FILE"), help=_("a pack"))
    show.add_argument("--json", action="store_true", help=_("print JSON"))
    take = add("take", _take, _("show what is in a pack, and add it to your practices"))
    take.add_argument("file", type=Path, metavar=_("FILE"), help=_("a pack"))
    clash = take.add_mutually_exclusive_group()
    for choice, help_ in (
        ("skip", _("leave out practices whose id is taken")),
        ("replace", _("replace your practices that have the same id; the old ones are set aside")),
        ("keep-both", _("give practices whose id is taken another one")),
    ):
        clash.add_argument(f"--{choice}", dest="choice", action="store_const", const=choice, help=help_)
    take.add_argument("--yes", action="store_true", help=_("do not ask"))


def _make(options: argparse.Namespace, _paths: Paths, file_of: FileOf) -> int:
    from calmtray.practice.archive import Refused
    from calmtray.practice.packs import ENDING, make
    from calmtray.words.pack_texts import made_text

    if options.out.suffix != ENDING:
        return _mistake(_("{path} should end in .calmpack.").format(path=options.out))
    try:
        made = make([file_of(id_) for id_ in options.ids], bundled("practices"), options.out)
    except Refused as refused:
        return _refused(refused)
    print(made_text(made))
    return OK


def _show(options: argparse.Namespace, paths: Paths, _file_of: FileOf) -> int:
    from calmtray.practice.archive import Refused
    from calmtray.practice.packs import show

    try:
        pack = show(options.file, bundled("practices"), paths.practices)
    except Refused as refused:
        return _refused(refused)
    if options.json:
        import json

        print(json.dumps(_data(pack), ensure_ascii=False, indent=2))
    else:
        _print_contents(pack)
    return OK


def _take(options: argparse.Namespace, paths: Paths, _file_of: FileOf) -> int:
    from calmtray.practice.archive import Refused
    from calmtray.practice.packs import CHOICES, Choice, show, take
    from calmtray.words.pack_texts import taken_text

    try:
        pack = show(options.file, bundled("practices"), paths.practices)
        _print_contents(pack)
        clashes = [packed.practice.id for packed in pack.practices if CHOICES[packed.standing]]
        if clashes and options.choice is None:
            sentence = _("These ids are taken: {ids}. Say what to do: --skip, --replace or --keep-both.")
            return _mistake(sentence.format(ids=", ".join(clashes)))
        if not options.yes:
            if not _is_asked():
                return _mistake(_("Nobody can be asked here, so nothing was added; --yes adds it without asking."))
            if not _agreed():
                print(_("Nothing was added."))
                return OK
        choices: dict[str, Choice] = dict.fromkeys(clashes, Choice(options.choice)) if clashes else {}
        taken = take(pack, bundled("practices"), paths.practices, choices)
    except Refused as refused:
        return _refused(refused)
    print(taken_text(taken))
    return OK


def _is_asked() -> bool:
    """Whether somebody sits at a terminal, sees what is in the pack, and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _agreed() -> bool:
    try:
        answer = input(_("Add these? [y/N] "))
    except (EOFError, KeyboardInterrupt):
        print()
        return False
    return answer.strip().casefold()[:1] in ("y", "o")  # o: oui


def _print_contents(pack: Pack) -> None:
    from calmtray.words.pack_texts import contents_text
    from calmtray.words.packed_texts import packed_text

    print("\n\n".join([contents_text(pack), *map(packed_text, pack.practices)]))


def _data(pack: Pack) -> dict[str, Any]:
    return {
        "path": str(pack.path),
        "size": pack.size,
        "calmtray": pack.calmtray,
        "practices": [_packed_data(packed) for packed in pack.practices],
    }


def _packed_data(packed: Packed) -> dict[str, Any]:
    from calmtray.practice.lint import against

    practice = packed.practice
    return {
        "id": practice.id,
        "standing": packed.standing,
        "category": practice.category,
        "title": dict(practice.title),
        "summary": dict(practice.summary),
        "length_ms": practice.length_ms,
        "has_hold": practice.has_hold,
        "inward": practice.inward,
        "cautions": sorted(practice.cautions),
        "caution": dict(practice.caution),
        "steps": [{"length_ms": step.ms, "say": dict(step.say)} for step in practice.steps],
        "against": [
            {"rule": problem.code, "where": problem.where, "reason": reason} for problem, reason in against(practice)
        ],
        "recordings": [
            {"step": each.step, "lang": each.lang, "size": each.size, "length_ms": each.length_ms}
            for each in packed.recordings
        ],
    }


def _refused(refused: Refused) -> int:
    from calmtray.words.pack_texts import refusal_text

    status = FAILED if refused.problems[0].code in OF_THE_MACHINE else MISTAKE
    return _mistake(refusal_text(refused.problems), status)


def _mistake(sentence: str, status: int = MISTAKE) -> int:
    print(f"calmtray: {sentence}", file=sys.stderr)
    return status
