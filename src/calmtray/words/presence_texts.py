"""What calmtray can sense on this machine, what it senses now, and why it can't tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from calmtray.presence.sense import Answer, Name, Why
from calmtray.schedule.quiet import QuietReason
from calmtray.words.language import _


def sense_name(name: Name) -> str:
    """What is sensed, before a switch or at the head of a line."""
    return {
        Name.MICROPHONE: _("Microphone in use"),
        Name.CAMERA: _("Camera in use"),
        Name.SCREEN_SHARING: _("Screen being shared"),
        Name.DO_NOT_DISTURB: _("“Do not disturb”"),
        Name.FULL_SCREEN: _("Full screen"),
        Name.AWAY: _("Away or locked"),
        Name.JUST_RESUMED: _("Just woken up"),
    }[name]


def answer_text(answer: Answer) -> str:
    """What a sense says now, in a sentence."""
    if answer.why is not None:
        return cant_tell_text(answer.name, answer.why)
    if answer.reason is not None:
        return sensed_text(answer.reason)
    return {
        Name.MICROPHONE: _("No program is listening."),
        Name.CAMERA: _("No program of yours has a camera open."),
        Name.SCREEN_SHARING: _("Nothing is being shared."),
        Name.DO_NOT_DISTURB: _("It is off."),
        Name.FULL_SCREEN: _("No window fills the screen."),
        Name.AWAY: _("You are here."),
        Name.JUST_RESUMED: _("The computer has been awake for a while."),
    }[answer.name]


def sensed_text(reason: QuietReason) -> str:
    """What speaks against an offer just now."""
    return {
        QuietReason.MICROPHONE: _("A program is listening: you may be on a call."),
        QuietReason.CAMERA: _("A program has the camera open: you may be on a call."),
        QuietReason.SCREEN_SHARED: _("Your screen is being shared or recorded."),
        QuietReason.DO_NOT_DISTURB: _("It is on."),
        QuietReason.FULL_SCREEN: _("A window fills the screen."),
        QuietReason.AWAY: _("Nothing has been touched for five minutes or more."),
        QuietReason.LOCKED: _("The screen is locked."),
        QuietReason.JUST_RESUMED: _("The computer woke up less than a minute ago."),
    }[reason]


def cant_tell_text(name: Name, why: Why) -> str:
    """Why a sense can't tell, and what that means."""
    if why is Why.WAYLAND and name is Name.AWAY:
        return _(
            "Can’t tell: this desktop (Wayland) does not say how long nobody has typed. A locked screen is noticed."
        )
    if why is Why.NOBODY_TO_ASK and name is Name.SCREEN_SHARING:
        return _("Can’t tell: PipeWire, or its program pw-dump, is not on this machine.")
    return {
        Why.NOBODY_TO_ASK: _("Can’t tell: what would know is not running here."),
        Why.NO_ANSWER: _("Can’t tell just now: what would know did not answer in time."),
        Why.NOT_SAID: _("Can’t tell: this system does not say."),
        Why.NOT_ALLOWED: _("Can’t tell: calmtray is not allowed to know."),
        Why.WAYLAND: _("Can’t tell: on this desktop (Wayland) programs don’t learn this."),
        Why.NO_TRACE: _(
            "Can’t tell for sure: nothing is shared through PipeWire, but programs can read this screen unseen."
        ),
        Why.ONLY_RUNNING: _("Can’t tell from here: the running calmtray notices it by its own clock."),
        Why.FAILED: _("Can’t tell: the answer made no sense. calmtray doctor helps a maintainer to find out why."),
    }[why]


def switched_off() -> str:
    """Behind the name of a sense that is not asked before an offer."""
    return _("(switched off in the settings)")


def fact_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """What a maintainer wants to know of a machine, a line each."""
    yield f"calmtray {found['calmtray']}, Python {found['python']}, {found['system']}"
    yield ", ".join(f"{name} {version or '–'}" for name, version in found["libraries"].items())
    if "tray" in found:
        yield _("Desktop: {name}, windows through {windows}, window manager {manager}.").format(
            name=_or_unknown(found["desktop"]),
            windows=_or_unknown(found["windows"]),
            manager=_or_unknown(found["window_manager"]),
        )
        yield _("A tray for icons over D-Bus: {bus}; for X11 icons: {x11}.").format(
            bus=_yes_or_no(found["tray"]["status_notifier"]), x11=_yes_or_no(found["tray"]["x11"])
        )
        yield _("Sound server: {name}.").format(name=_or_unknown(found["sound"]))
    yield _("calmtray is running.") if found["running"] else _("calmtray is not running.")
    if found["idle_s"] is None:
        yield _("How long nobody has typed: can’t tell.")
    else:
        yield _("Nobody has typed for {seconds} s.").format(seconds=round(found["idle_s"]))


def log_lines(log: Sequence[str]) -> Iterator[str]:
    """What went wrong lately, as it stands in the log."""
    if log:
        yield _("What went wrong lately:")
        yield from log
    else:
        yield _("Nothing went wrong that calmtray knows of.")


def _or_unknown(name: str | None) -> str:
    return name or _("unknown")


def _yes_or_no(there: bool | None) -> str:
    if there is None:
        return _("can’t tell")
    return _("yes") if there else _("no")
