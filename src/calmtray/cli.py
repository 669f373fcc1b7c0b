"""The command line. With no command it opens the tray app; it imports Qt for nothing that shows no window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from calmtray import __version__, cli_doctor, cli_finding, cli_packs, cli_schedule
from calmtray.desktop.autostart import QUIETLY
from calmtray.desktop.paths import Paths, bundled, user_paths
from calmtray.practice.model import LANGUAGES, Prop
from calmtray.words.language import (
    DOMAIN,
    LOCALE,
    _,
    environment_languages,
    language,
    preferred,
    use_language,
)

if TYPE_CHECKING:
    from calmtray.practice.library import Library
    from calmtray.practice.model import Practice
    from calmtray.practice.problem import Problem
    from calmtray.session.timeline import Choices
    from calmtray.settings.model import Settings
    from calmtray.sound.score import Placement, SoundChoices
    from calmtray.sound.voices import Narration

OK, FAILED, MISTAKE, INTERRUPTED = 0, 1, 2, 130

LONGEST_S = 3_600
"""An hour: longer than any pause between two client sessions."""

COLUMNS = ("began", "practice", "planned_ms", "played_ms", "ending", "lang", "pacer")
"""Of a session, as a table has them; how it felt comes after."""

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""What names the screen on Linux; without any, Qt would end the process with a message of its own."""


class Mistake(Exception):
    """Something the user can put right; its text is one line for them."""

    def __init__(self, sentence: str, status: int = MISTAKE) -> None:
        super().__init__(sentence)
        self.status = status


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 for trouble with the machine, 2 for a mistake in the request.

    ``check`` ends with 2 where a practice can't be used, and with 1 where there is nothing but advice; ``render`` with
    1 where the file is written but words in it had no voice, and with 130 where it was interrupted.
    """
    for name in ("stdout", "stderr"):
        # A program of Windows that has a window has no terminal, and then these are None.
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as it runs
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a letter shows a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    arguments = sys.argv[1:] if argv is None else list(argv)
    _speak(_early(arguments, "--lang"), _early(arguments, "--home"))
    try:
        return _obey(arguments)
    except BrokenPipeError:
        # The reader had enough (``calmtray list | head``); keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _obey(arguments: Sequence[str]) -> int:
    try:
        options = make_parser().parse_args(arguments)
        command = _version if options.version else options.command
        return _carry_out(command, options, user_paths(options.home))
    except Mistake as mistake:
        print(f"calmtray: {mistake}", file=sys.stderr)
        return mistake.status
    finally:
        # Now, while a broken pipe can still be caught.
        sys.stdout.flush()


def _carry_out(command: Callable[[argparse.Namespace, Paths], int], options: argparse.Namespace, paths: Paths) -> int:
    try:
        return int(command(options, paths))
    except (Mistake, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, somebody is to learn of it, and not by a traceback
        from calmtray.trouble import note, tell

        # Who opens a window may have clicked an icon.
        raise Mistake((tell if command in (_open, _start, _session) else note)(paths, error), FAILED) from None


def _early(arguments: Sequence[str], name: str) -> str | None:
    """An option's value (the last one counts) before the parser is made, so that its mistakes speak it already."""
    value = None
    for index, argument in enumerate(arguments):
        if argument.startswith(f"{name}="):
            value = argument.partition("=")[2]
        elif argument == name and index + 1 < len(arguments):
            value = arguments[index + 1]
    return value


def _speak(lang: str | None, home: str | None) -> None:
    """Speak the language asked for, else the one in the settings, else the environment's."""
    if lang not in LANGUAGES:
        try:
            chosen = _settings(user_paths(Path(home) if home else None)).language
        except Exception:  # noqa: BLE001 - the command stumbles over the same, and tells of it, in some language
            chosen = ""
        lang = chosen if chosen in LANGUAGES else preferred(environment_languages(os.environ))
    use_language(lang)
    # argparse says its own sentences through gettext's default domain.
    import gettext

    os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **given: Any) -> None:
        super().__init__(**given, add_help=False)
        # argparse's own says it in English.
        self.add_argument("-h", "--help", action="help", help=_("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        """One line, and where to read more."""
        hint = _("See {command} --help.").format(command=self.prog)
        self.exit(MISTAKE, f"calmtray: {message}. {hint}\n")


def _everywhere(parser: argparse.ArgumentParser, default: object) -> None:
    """The options that may stand before the command or after it."""
    parser.add_argument(
        "--home", type=_folder, metavar=_("DIR"), default=default, help=_("keep everything of this run under DIR")
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help=_("speak English or French"))


def make_parser() -> argparse.ArgumentParser:
    """Every command and option. The man page and what shells complete are read off it."""
    parser = _Parser(
        prog="calmtray",
        description=_("A minute for yourself between two client sessions."),
        epilog=_("With no command, calmtray starts in the tray."),
    )
    _everywhere(parser, None)
    parser.add_argument(
        QUIETLY, dest="at_login", action="store_true", help=_("start without a window, and wait for the tray")
    )
    parser.add_argument("--version", action="store_true", help=_("show the version and exit"))
    parser.add_argument(
        "--verbose", action="store_true", help=_("with --version: every component, its version and its licence")
    )
    parser.set_defaults(command=_open)
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), parser_class=_Parser)

    def add(name: str, command: Callable[[argparse.Namespace, Paths], int], help_: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_, description=help_)
        # Left out here, what was said before the command stands.
        _everywhere(sub, argparse.SUPPRESS)
        sub.set_defaults(command=command)
        return sub

    start = add("start", _start, _("open a practice, or the Now page"))
    start.add_argument("id", nargs="?", metavar="ID", help=_("the practice; calmtray list shows them"))
    _seconds(start)
    listing = add("list", _list, _("list the practices, or those that fit"))
    cli_finding.add_filters(listing)
    _json(listing)
    suggest = add("suggest", _suggest, _("suggest two or three practices, each with a reason"))
    cli_finding.add_filters(suggest)
    _json(suggest)
    timeline = add("timeline", _timeline, _("show every cue of a practice"))
    timeline.add_argument("id", metavar="ID", help=_("the practice; calmtray list shows them"))
    _seconds(timeline)
    _json(timeline)
    check = add("check", _check, _("check practice files"))
    check.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar=_("FILE"),
        help=_("a practice file, or a folder of them; yours unless said"),
    )
    journal = add("journal", _journal, _("list past sessions"))
    _json(journal)
    journal.add_argument("--csv", action="store_true", help=_("print them as a table for a spreadsheet"))
    _json(add("status", _status, _("say what the running calmtray is doing")))
    cli_schedule.add_session(add("session", _session, _("say that you are in session, or no longer")))
    cli_schedule.add_pause(add("pause", _pause, _("no offers for the rest of today")))
    plan = add("plan", cli_schedule.plan, _("show when practices would be offered on a day"))
    cli_schedule.add_plan(plan)
    _json(plan)
    simulate = add("simulate", _simulate, _("live through a made-up clinician’s days, and count the offers"))
    cli_schedule.add_simulate(simulate)
    _json(simulate)
    add("quit", _quit, _("end the running calmtray"))
    _json(add("voices", _voices, _("list the voices and the sounds")))
    _json(add("doctor", _doctor, _("say what can be sensed here, and what helps to find a mistake")))
    render = add("render", _render, _("write a practice into a sound file"))
    render.add_argument("id", metavar="ID", help=_("the practice; calmtray list shows them"))
    _seconds(render)
    render.add_argument("--voice", metavar=_("VOICE"), help=_("who speaks; calmtray voices shows them"))
    render.add_argument(
        "--ambience", metavar=_("AMBIENCE"), help=_("the quiet bed below: off, room, rain, wind or drone")
    )
    render.add_argument("--breath", metavar=_("BREATH"), help=_("what a breath sounds like: off, swell or tone"))
    render.add_argument(
        "--out", type=Path, required=True, metavar=_("FILE"), help=_("the file to write: .wav, .flac or .ogg")
    )
    cli_packs.add_commands(add("pack", _pack, _("share practices as one file, and take them in")), _everywhere)
    return parser


def _seconds(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seconds", type=_length, metavar="S", help=_("as near to this length as the practice can come")
    )


def _length(text: str) -> int:
    """Seconds on the command line -> ms."""
    try:
        seconds = int(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= LONGEST_S:
        sentence = _("{got} is not a number of seconds from 1 to {most}")
        raise argparse.ArgumentTypeError(sentence.format(got=text, most=LONGEST_S))
    return seconds * 1000


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def _folder(text: str) -> Path:
    path = Path(text)
    if not text:
        raise argparse.ArgumentTypeError(_("a folder is missing"))
    try:
        wrong = path.exists() and not path.is_dir()
    except OSError as error:
        sentence = _("{path} can’t be looked into ({reason})")
        raise argparse.ArgumentTypeError(sentence.format(path=text, reason=error.strerror or error)) from None
    if wrong:
        raise argparse.ArgumentTypeError(_("{path} is not a folder").format(path=text))
    return path


def _version(options: argparse.Namespace, _paths: Paths) -> int:
    print(f"calmtray {__version__}")
    if options.verbose:
        from calmtray.components import components

        for each in components()[1:]:
            print(f"{each.name} {each.version} ({each.licence})")
    return OK


def _open(options: argparse.Namespace, paths: Paths) -> int:
    return _run_app(options, paths, {"do": "wait" if options.at_login else "raise"})


def _start(options: argparse.Namespace, paths: Paths) -> int:
    from calmtray.words.texts import holds_off_text

    if options.id is None:
        return _run_app(options, paths, {"do": "open"})
    practice = _find(_library(paths), options.id)
    if practice.has_hold and not _settings(paths).breath_holds:
        raise Mistake(holds_off_text(practice.id))
    request = {"do": "start", "id": options.id}
    return _run_app(options, paths, request if options.seconds is None else {**request, "wished_ms": options.seconds})


def _run_app(options: argparse.Namespace, paths: Paths, request: dict[str, Any]) -> int:
    """Hand the request to the running app, or become the running app."""
    answer = _ask(paths, request)
    if answer is None:
        answer = _become_app(options, paths, request)
    if "error" in answer:
        raise Mistake(str(answer["error"]))
    return OK


def _become_app(options: argparse.Namespace, paths: Paths, request: dict[str, Any]) -> dict[str, Any]:
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        raise Mistake(_("There is no screen to show calmtray on. Start it from within a desktop."), FAILED)
    if sys.stdout.isatty():
        print(_("calmtray is in the tray. Ctrl+C ends it."), flush=True)
    from calmtray.desktop.qt_import import import_qt
    from calmtray.desktop.single_instance import NoAnswer

    import_qt()
    from calmtray.start import NoPlace, ScreenGone, run

    try:
        return run(paths, options.lang, request)
    except NoPlace as error:
        sentence = _("calmtray can’t keep its files in {path} ({reason}). Choose another folder with --home.")
        raise Mistake(_shown(sentence.format(path=paths.run, reason=error.reason)), FAILED) from None
    except NoAnswer:
        raise Mistake(_shown(_silent()), FAILED) from None
    except ScreenGone:
        raise Mistake(_("The screen is gone, so calmtray has ended. What was under way is kept."), FAILED) from None


def _shown(sentence: str) -> str:
    """Somebody who clicked an icon has no terminal to read it in."""
    from calmtray.trouble import say

    if not sys.stderr.isatty():
        say(sentence)
    return sentence


def _ask(paths: Paths, request: dict[str, Any]) -> dict[str, Any] | None:
    from calmtray.desktop.single_instance import NoAnswer, ask

    try:
        return ask(paths.run, request)
    except NoAnswer:
        raise Mistake(_silent(), FAILED) from None


def _silent() -> str:
    return _("calmtray is running, but does not answer. End it and start it again.")


def _list(options: argparse.Namespace, paths: Paths) -> int:
    from calmtray.words.finding_texts import nothing_fits_text
    from calmtray.words.texts import length_text, problem_text, title_text

    library = _library(paths)
    practices = tuple((practice, practice.length_ms) for practice in library)
    if cli_finding.is_filtered(options):
        practices = cli_finding.filtered(options, paths, library)
    if options.json:
        _print_json([_listed(practice, ms) for practice, ms in practices])
    elif not practices:
        print(nothing_fits_text())
    else:
        width = max(len(practice.id) for practice, _ms in practices)
        for practice, ms in practices:
            print(f"{practice.id:{width}}  {length_text(ms):>12}  {title_text(practice)}")
    for problem in library.problems:
        print(problem_text(problem), file=sys.stderr)
    return OK


def _suggest(options: argparse.Namespace, paths: Paths) -> int:
    from calmtray.words.finding_texts import facts_text, nothing_fits_text
    from calmtray.words.texts import title_text

    found = cli_finding.suggestions(options, paths, _library(paths))
    if options.json:
        _print_json([cli_finding.listed(suggestion) for suggestion in found])
    elif not found:
        print(nothing_fits_text())
    else:
        width = max(len(suggestion.practice.id) for suggestion in found)
        for suggestion in found:
            print(f"{suggestion.practice.id:{width}}  {title_text(suggestion.practice)} · {facts_text(suggestion)}")
    return OK


def _listed(practice: Practice, length_ms: int) -> dict[str, Any]:
    from calmtray.words.texts import title_text

    return {
        "id": practice.id,
        "category": practice.category,
        "title": title_text(practice),
        "length_ms": length_ms,
        "needs": list(practice.needs),
        "has_hold": practice.has_hold,
        "inward": practice.inward,
        "discreet": practice.discreet,
        "eyes": practice.eyes,
    }


def _timeline(options: argparse.Namespace, paths: Paths) -> int:
    from calmtray.session.export import timeline_data, timeline_lines
    from calmtray.session.timeline import build_timeline
    from calmtray.sound.voices import Voices

    library = _library(paths)
    practice = _find(library, options.id)
    # As it is played: a voice stretches its steps.
    voices = Voices(bundled("assets") / "voices", paths.voices)
    settings = _settings(paths)
    voice = settings.voice(practice.language(language()))
    narration = voices.known(practice, language(), voice, _own_file(library, practice))
    timeline = build_timeline(practice, narration.lengths, _timeline_choices(options, settings))
    if options.json:
        _print_json(timeline_data(timeline))
    else:
        print("\n".join(timeline_lines(timeline)))
    return OK


def _check(options: argparse.Namespace, paths: Paths) -> int:
    from calmtray.practice.library import check, files_in
    from calmtray.practice.lint import lint
    from calmtray.sound.recordings import check_recordings
    from calmtray.words.texts import practices_right, practices_usable, problem_text

    def advise(practice: Practice, file: Path) -> list[Problem]:
        return [*lint(practice), *check_recordings(practice, file)]

    where = options.files or [paths.practices]
    files = files_in(path for path in where if options.files or path.is_dir())
    if not files:
        sentence = _("There are no practices in {path}.").format(path=", ".join(map(str, where)))
        if options.files:
            raise Mistake(sentence, FAILED)
        # Nothing of one's own is nothing wrong.
        print(sentence)
        return OK
    checked = check(files, bundled("practices"), advise)
    for problem in (*checked.mistakes, *checked.advice):
        print(problem_text(problem), file=sys.stderr)
    if checked.mistakes:
        return MISTAKE
    number = len(files)
    print(practices_usable(number) if checked.advice else practices_right(number))
    return FAILED if checked.advice else OK


def _journal(options: argparse.Namespace, paths: Paths) -> int:
    from calmtray.journal.store import Ended, Journal, JournalError
    from calmtray.words.texts import ending_text, journal_error_text, length_text

    if options.csv or options.json:
        _refuse_exports(paths)
    journal = Journal(paths.journal)
    try:
        journal.open_to_read()
        rows = journal.sessions()
    except JournalError as error:
        raise Mistake(journal_error_text(error.code, str(error.path), error.reason), FAILED) from None
    finally:
        journal.close()
    # A session still open while no calmtray runs was cut short; the next start will write that down.
    crashed = any(row.ending is Ended.OPEN for row in rows) and _ask(paths, {"do": "status"}) is None
    listed = [
        {
            "id": row.id,
            "practice": row.practice,
            "began": row.began.isoformat(timespec="seconds"),
            "planned_ms": row.planned_ms,
            "played_ms": row.played_ms,
            "ending": Ended.INTERRUPTED if crashed and row.ending is Ended.OPEN else row.ending,
            "lang": row.lang,
            "pacer": row.pacer,
            "before": asdict(row.before) if row.before is not None else None,
            "after": asdict(row.after) if row.after is not None else None,
        }
        for row in rows
    ]
    if options.json:
        _print_json(listed)
    elif options.csv:
        _print_csv(listed)
    elif not listed:
        print(_("Nothing yet. What you take is listed here from the first time on."))
    else:
        for row, entry in zip(rows, listed, strict=True):
            played = length_text(row.played_ms)
            print(f"{row.began:%Y-%m-%d %H:%M}  {played:>12}  {row.practice}  ({ending_text(str(entry['ending']))})")
    return OK


def _print_csv(listed: Sequence[dict[str, Any]]) -> None:
    import csv

    felt = [f"{name}_{when}" for when in ("before", "after") for name in ("pleasure", "arousal")]
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow([*COLUMNS, *felt])
    for row in listed:
        answers = [(row[when] or {}).get(name, "") for when in ("before", "after") for name in ("pleasure", "arousal")]
        table.writerow([*(row[name] for name in COLUMNS), *answers])


def _status(options: argparse.Namespace, paths: Paths) -> int:
    from calmtray.words.texts import status_text

    status = _ask(paths, {"do": "status"}) or {"running": False}
    if options.json:
        _print_json(status)
    else:
        print(status_text(status))
    return OK


def _session(options: argparse.Namespace, paths: Paths) -> int:
    def start(request: dict[str, Any]) -> int:
        return _run_app(options, paths, request)

    return cli_schedule.session(options, lambda request: _ask(paths, request), start)


def _pause(options: argparse.Namespace, paths: Paths) -> int:
    return cli_schedule.pause(options, lambda request: _ask(paths, request))


def _doctor(options: argparse.Namespace, paths: Paths) -> int:
    return cli_doctor.doctor(options, paths, _ask(paths, {"do": "status"}) is not None)


def _simulate(options: argparse.Namespace, _paths: Paths) -> int:
    return cli_schedule.simulate(options)


def _quit(options: argparse.Namespace, paths: Paths) -> int:
    del options
    if _ask(paths, {"do": "quit"}) is None:
        print(_("calmtray is not running."))
    return OK


def _voices(options: argparse.Namespace, paths: Paths) -> int:
    from calmtray.sound.inventory import take_inventory
    from calmtray.words.sound_texts import live_voice_text, no_voices_text, system_voice_text, voice_line

    found = take_inventory(bundled("assets"), paths.voices)
    if options.json:
        _print_json(
            {
                "voices": [
                    {"id": v.id, "lang": v.lang, "name": v.name, "kind": v.kind, "clips": len(v.clips)}
                    for v in found.recorded
                ],
                "system": {"program": found.program, "languages": list(found.program_langs)},
                "live": found.live,
                "ambiences": list(found.ambiences),
                "breaths": list(found.breaths),
            }
        )
        return OK
    for voice in found.recorded:
        print(f"{voice.lang}  {voice.id:10}  {voice_line(voice.name, voice.kind, len(voice.clips))}")
    if not found.recorded:
        print(no_voices_text())
    print(system_voice_text(found.program, found.program_langs))
    print(live_voice_text(found.live))
    print(_("Ambience: {names}").format(names=", ".join(found.ambiences)))
    print(_("Breath: {names}").format(names=", ".join(found.breaths)))
    return OK


def _render(options: argparse.Namespace, paths: Paths) -> int:
    """Interrupted or ended at any time, it leaves nothing half-made behind."""
    import signal

    def leave(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, leave)
    try:
        return _rendered(options, paths)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        signal.signal(signal.SIGTERM, before)


def _rendered(options: argparse.Namespace, paths: Paths) -> int:
    from calmtray.session.timeline import build_timeline
    from calmtray.sound.score import placements
    from calmtray.words.sound_texts import silent_words_text
    from calmtray.words.texts import holds_off_text, length_text, problem_text, title_text

    _refuse_exports(paths)
    library = _library(paths)
    practice = _find(library, options.id)
    settings = _settings(paths)
    if practice.has_hold and not settings.breath_holds:
        raise Mistake(holds_off_text(practice.id))
    if options.out.suffix.lower() not in (".wav", ".flac", ".ogg"):
        raise Mistake(_("{path} should end in .wav, .flac or .ogg.").format(path=options.out))
    _check_writable_place(options.out)
    choices = _with_song(_sound_choices(options, settings), practice, settings)
    narration = _narration(options, paths, library, practice, settings)
    for problem in narration.problems:
        print(problem_text(problem), file=sys.stderr)
    if narration.missing:
        print(silent_words_text(len(narration.missing)), file=sys.stderr)
    timeline = build_timeline(practice, narration.lengths, _timeline_choices(options, settings))
    _write_sound(placements(timeline, choices, narration.clips), timeline.length_ms, options.out)
    said = _("{title}, {length}, is in {path}.")
    print(said.format(title=title_text(practice), length=length_text(timeline.length_ms), path=options.out))
    return FAILED if narration.missing else OK


def _check_writable_place(out: Path) -> None:
    """Whether a file can lie there: where ``out`` is a link, what it leads to counts."""
    real = Path(os.path.realpath(out))
    try:
        if real.is_dir():
            raise Mistake(_("{path} is a folder. Name a file in it.").format(path=out), FAILED)
        if real.is_symlink() or (real.exists() and not real.is_file()):
            raise Mistake(_("{path} is not a file that can be replaced. Choose another name.").format(path=out))
        if not real.parent.is_dir():
            raise Mistake(_("There is no folder {path}.").format(path=real.parent if out.is_symlink() else out.parent))
    except OSError as error:
        sentence = _("{path} can’t be written ({reason}). Choose another name.")
        raise Mistake(sentence.format(path=out, reason=error.strerror or error)) from None


def _timeline_choices(options: argparse.Namespace, settings: Settings) -> Choices:
    """As in the settings: the length that was asked for, with the ramp and at the pace of the user's."""
    from calmtray.practice.library import read_shared
    from calmtray.session.timeline import Choices

    patterns = read_shared(bundled("practices")).patterns
    return Choices(language(), options.seconds, settings.ramp, patterns.get(settings.pace))


def _pack(options: argparse.Namespace, paths: Paths) -> int:
    def file_of(id_: str) -> Path:
        library = _library(paths)
        return library.files[_find(library, id_).id]

    if options.pack_command == "make":
        _refuse_exports(paths)
    return int(options.pack(options, paths, file_of))


def _sound_choices(options: argparse.Namespace, settings: Settings) -> SoundChoices:
    """As in the settings, but for what was asked for; the volume for all is the player's business."""
    from calmtray.sound.chosen import chosen
    from calmtray.sound.score import Ambience, BreathSet

    for asked, known in ((options.ambience, Ambience), (options.breath, BreathSet)):
        if asked is not None and asked not in list(known):
            raise Mistake(_("“{got}” is not one of: {choices}.").format(got=asked, choices=", ".join(known)))
    return replace(
        chosen(settings),
        breath_sound=BreathSet(options.breath or settings.breath_sound),
        ambience=Ambience(options.ambience or settings.ambience),
        volume=100,
    )


def _with_song(choices: SoundChoices, practice: Practice, settings: Settings) -> SoundChoices:
    """With the user's song, if this practice plays one; if it can't, that is said."""
    from calmtray.sound.chosen import with_own_song
    from calmtray.sound.song import song_flaw
    from calmtray.words.sound_texts import no_song_text, song_flaw_text

    choices = with_own_song(choices, practice, settings.song)
    if choices.song is not None and (flaw := song_flaw(choices.song.path)) is not None:
        print(f"{choices.song.path}: {song_flaw_text(flaw)}", file=sys.stderr)
    elif choices.song is None and any(step.prop is Prop.OWN_SONG for step in practice.steps):
        print(no_song_text(), file=sys.stderr)
    return choices


def _narration(
    options: argparse.Namespace, paths: Paths, library: Library, practice: Practice, settings: Settings
) -> Narration:
    from calmtray.sound.voices import Voices
    from calmtray.words.sound_texts import no_such_voice_text

    lang = practice.language(language())
    voices = Voices(bundled("assets") / "voices", paths.voices)
    known = [voice.id for voice in voices.recorded if voice.lang == lang]
    if options.voice is not None and options.voice not in known:
        raise Mistake(no_such_voice_text(options.voice, lang, known))
    return voices.make(practice, lang, options.voice or settings.voice(lang), _own_file(library, practice))


def _own_file(library: Library, practice: Practice) -> Path | None:
    """The file of a practice of the user's own."""
    from calmtray.practice.library import Origin

    return library.files[practice.id] if library.origins[practice.id] is not Origin.BUNDLED else None


def _write_sound(placed: Sequence[Placement], length_ms: int, out: Path) -> None:
    from calmtray.sound.mixer import Mixer
    from calmtray.sound.render import render

    try:
        with closing(Mixer(bundled("assets") / "sounds")) as mixer:
            render(placed, length_ms, mixer, out)
    except OSError as error:
        if error.filename is not None and bundled("assets") in Path(str(error.filename)).parents:
            missing = _("calmtray’s own sounds are missing ({path}). Install calmtray again.")
            raise Mistake(missing.format(path=error.filename), FAILED) from None
        sentence = _("{path} can’t be written ({reason}). Is the disk full, or the folder read-only?")
        raise Mistake(sentence.format(path=out, reason=error.strerror or error), FAILED) from None


def _library(paths: Paths) -> Library:
    from calmtray.practice.library import load

    return load(bundled("practices"), paths.practices, paths.shared_practices)


def _settings(paths: Paths) -> Settings:
    """Those that count: the user's, but for what their organisation has fixed."""
    from calmtray.settings.file import read_settings
    from calmtray.settings.policy import read_policy

    return read_settings(paths.settings, read_policy(paths.policy))


def _refuse_exports(paths: Paths) -> None:
    """Raises Mistake where the organisation wants no files to leave."""
    from calmtray.settings.policy import read_policy
    from calmtray.words.policy_texts import no_exports_text

    if not read_policy(paths.policy).exports:
        raise Mistake(no_exports_text())


def _find(library: Library, id_: str) -> Practice:
    practice = library.practices.get(id_)
    if practice is not None:
        return practice
    import difflib

    near = difflib.get_close_matches(id_, library.practices, n=1)
    sentence = _("There is no practice “{id}”.").format(id=id_)
    if near:
        raise Mistake(sentence + " " + _("Did you mean “{near}”?").format(near=near[0]))
    raise Mistake(sentence + " " + _("calmtray list shows all of them."))


def _print_json(data: object) -> None:
    import json

    print(json.dumps(data, ensure_ascii=False, indent=2))
