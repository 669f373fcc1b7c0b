"""``calmtray doctor``: what can be sensed on this machine, and what helps a maintainer. Nothing private is in it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from calmtray import __version__
from calmtray.desktop.paths import Paths, bundled
from calmtray.desktop.portal import within_flatpak
from calmtray.desktop.trouble_log import PACKAGE, TroubleLog
from calmtray.words.language import _

if TYPE_CHECKING:
    from calmtray.practice.problem import Problem
    from calmtray.presence.sense import Answer, Patience
    from calmtray.settings.model import Settings
    from calmtray.settings.policy import Policy

OK = 0

LINES = 60
"""So much of the log is told: the last few troubles."""

LIBRARIES = ("PySide6-Essentials", "qasync", "numpy", "miniaudio", "soundfile", "jeepney")
NOTIFIER_WATCHER = "org.kde.StatusNotifierWatcher"
TRAY_SELECTION = "_NET_SYSTEM_TRAY_S0"

T = TypeVar("T")


def doctor(options: argparse.Namespace, paths: Paths, running: bool) -> int:
    """Say all of it. ``running``: whether a calmtray answers."""
    from calmtray.presence.everything import presence_here
    from calmtray.settings.file import read_settings
    from calmtray.settings.policy import read_policy

    presence = presence_here(os.environ, running=False)
    policy = read_policy(paths.policy)
    settings = read_settings(paths.settings, policy)
    answers = presence.report(settings)
    log = TroubleLog(paths.log).last_lines(LINES)
    found = {**facts(os.environ), "running": running, "idle_s": presence.idle_s(), "log": log}
    found["policy"] = {
        "fixed": sorted(policy.fixed),
        "hidden": sorted(policy.hidden),
        "exports": policy.exports,
        "problems": [f"{problem.code} {problem.where}".strip() for problem in policy.problems],
    }
    found["organisation"] = _of_the_organisation(paths.shared_practices)
    problems = _agenda_problems(settings)
    found["agenda"] = [problem.code for problem in problems]
    if options.json:
        import json

        senses = [_listed(answer) for answer in answers]
        print(json.dumps({**found, "senses": senses}, ensure_ascii=False, indent=2))
    else:
        _print(found, answers, policy, problems)
    return OK


def _of_the_organisation(folder: Path) -> dict[str, int]:
    """How many practices everybody on this machine has, and how many files there are of no use."""
    if not folder.is_dir():
        return {}
    from calmtray.practice.library import Origin, load
    from calmtray.practice.packs import ENDING

    library = load(bundled("practices"), folder)
    listed = sum(origin is not Origin.BUNDLED for origin in library.origins.values())
    packs = sum(1 for path in folder.rglob(f"*{ENDING}") if path.is_file())
    return {"practices": listed, "damaged": len({problem.file for problem in library.problems}), "packs": packs}


def _agenda_problems(settings: Settings) -> Sequence[Problem]:
    """What is wrong with the calendars; which they are is nobody's business."""
    if not settings.agenda:
        return ()
    from calmtray.calendars.child import read_now
    from calmtray.desktop import clock
    from calmtray.settings.offering import question

    return read_now(question(settings, clock.zoned_now())).problems


def facts(environ: Mapping[str, str]) -> dict[str, Any]:
    """What runs here: programs and their versions, no names of people, folders or practices."""
    import platform

    found = {
        "calmtray": __version__,
        "installed": _installed(environ),
        "python": platform.python_version(),
        "system": _system(),
        "libraries": _libraries(),
    }
    return {**found, **_desktop(environ)} if sys.platform == "linux" else found


def _installed(environ: Mapping[str, str]) -> str:
    """How it came here, by a word."""
    if within_flatpak(environ):
        return "flatpak"
    if getattr(sys, "frozen", False):
        return "package"
    return "wheel" if bundled("assets").parent == PACKAGE else "checkout"


def _system() -> str:
    import platform

    if sys.platform != "linux":
        return f"{platform.system()} {platform.release()}"
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"Linux {platform.release()}"


def _libraries() -> dict[str, str | None]:
    from importlib.metadata import PackageNotFoundError, version

    def of(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    return {name: of(name) for name in LIBRARIES}


def _desktop(environ: Mapping[str, str]) -> dict[str, Any]:
    from calmtray.presence.bus import session_bus
    from calmtray.presence.linux import is_wayland
    from calmtray.presence.pulse import server_name
    from calmtray.presence.x11 import screen_of

    def notifier(patience: Patience) -> bool:
        with session_bus(environ, patience) as bus:
            return NOTIFIER_WATCHER in bus.names()

    def x11_tray(patience: Patience) -> bool:
        with screen_of(environ, patience) as screen:
            return screen.owner(TRAY_SELECTION) != 0

    def window_manager(patience: Patience) -> str | None:
        with screen_of(environ, patience) as screen:
            found = screen.numbers(screen.root, "_NET_SUPPORTING_WM_CHECK")
            return screen.text(found[0], "_NET_WM_NAME") if found else None

    return {
        "desktop": environ.get("XDG_CURRENT_DESKTOP") or None,
        "windows": "wayland" if is_wayland(environ) else "x11" if environ.get("DISPLAY") else None,
        "window_manager": _asked(window_manager),
        "tray": {"status_notifier": _asked(notifier), "x11": _asked(x11_tray)},
        "sound": _asked(lambda patience: server_name(environ, patience)),
    }


def _asked(question: Callable[[Patience], T]) -> T | None:
    """None where nobody answers: that is what is to be found out here."""
    from calmtray.presence.sense import Patience

    try:
        return question(Patience())
    except Exception:  # noqa: BLE001 - a desk that answers strangely is examined, too
        return None


def _listed(answer: Answer) -> dict[str, Any]:
    says = "can't tell" if answer.why is not None else answer.reason or "clear"
    return {"name": answer.name, "on": answer.on, "says": says, "why": answer.why, "ms": round(answer.ms, 1)}


def _print(found: Mapping[str, Any], answers: list[Answer], policy: Policy, problems: Sequence[Problem]) -> None:
    from calmtray.words.agenda_texts import agenda_problem_text
    from calmtray.words.policy_texts import organisation_lines, policy_lines
    from calmtray.words.presence_texts import answer_text, fact_lines, log_lines, sense_name, switched_off

    agenda = (_("Agenda: {problem}").format(problem=agenda_problem_text(replace(each, file=""))) for each in problems)
    settled = (*policy_lines(policy), *organisation_lines(found["organisation"]))
    for line in (*fact_lines(found), *settled, *agenda, *log_lines(found["log"])):
        print(line)
    print()
    for answer in answers:
        off = "" if answer.on else f" {switched_off()}"
        print(f"{sense_name(answer.name)}{off}\n    {answer_text(answer)} ({answer.ms:.0f} ms)")
