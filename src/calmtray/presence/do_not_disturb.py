"""Whether the user told the desktop to let nothing through.

A film or a presentation that keeps the screen awake is something else: read as do-not-disturb it would silence
calmtray for as long as some program forgets to let go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calmtray.presence.bus import PROPERTIES, Bus, Refused, session_bus
from calmtray.presence.linux import desktops
from calmtray.presence.program import what_it_says
from calmtray.presence.sense import CantTell, Name, Patience, Why
from calmtray.schedule.quiet import QuietReason

NOTIFICATIONS = "org.freedesktop.Notifications"
NOTIFICATIONS_PATH = "/org/freedesktop/Notifications"


@dataclass(frozen=True, slots=True)
class Question:
    """A call of whoever shows notifications, that answers yes or no. ``missing``: what its refusal means."""

    service: str
    path: str
    method: str
    signature: str = ""
    arguments: Sequence[str] = ()
    missing: bool | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A yes-or-no setting of a desktop, and which of both is quiet."""

    schema: str
    key: str
    quiet: bool


XFCE = Question(
    "org.xfce.Xfconf",
    "/org/xfce/Xfconf",
    "org.xfce.Xfconf.GetProperty",
    "ss",
    ("xfce4-notifyd", "/do-not-disturb"),
    # Nobody has ever switched it on.
    missing=False,
)

OTHERS = (
    # KDE Plasma, and who follows it.
    Question(NOTIFICATIONS, NOTIFICATIONS_PATH, f"{PROPERTIES}.Get", "ss", (NOTIFICATIONS, "Inhibited")),
    # dunst.
    Question(NOTIFICATIONS, NOTIFICATIONS_PATH, f"{PROPERTIES}.Get", "ss", ("org.dunstproject.cmd0", "paused")),
    # Sway Notification Center.
    Question("org.erikreider.swaync.cc", "/org/erikreider/swaync/cc", "org.erikreider.swaync.cc.GetDnd"),
)
"""Asked on desktops that are not in the table, in this order; the first that answers knows."""

KEYS = {
    "x-cinnamon": Key("org.cinnamon.desktop.notifications", "display-notifications", quiet=False),
    "mate": Key("org.mate.NotificationDaemon", "do-not-disturb", quiet=True),
    "pantheon": Key("io.elementary.notifications", "do-not-disturb", quiet=True),
    "gnome": Key("org.gnome.desktop.notifications", "show-banners", quiet=False),
}
"""Desktops whose switch is a setting, by the name they give themselves."""


class DoNotDisturbSense:
    """The switch in the menu, and nothing else."""

    name = Name.DO_NOT_DISTURB

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def ask(self, patience: Patience) -> QuietReason | None:
        """Ask where this desktop keeps it."""
        return QuietReason.DO_NOT_DISTURB if self._is_on(patience) else None

    def _is_on(self, patience: Patience) -> bool:
        here = desktops(self._environ)
        # Budgie may call itself GNOME too, and has a switch of its own that nobody else can read.
        key = next((KEYS[name] for name in here if name in KEYS), None) if "budgie" not in here else None
        if key is not None:
            return self._setting(key, patience) is key.quiet
        with session_bus(self._environ, patience) as bus:
            there = bus.names()
            for question in (XFCE,) if "xfce" in here else OTHERS:
                said = _answer(bus, question) if question.service in there else None
                if said is not None:
                    return said
        raise CantTell(Why.NOT_SAID)

    def _setting(self, key: Key, patience: Patience) -> bool:
        """As gsettings reads it: from the user's file, without starting anything."""
        said = what_it_says(("gsettings", "get", key.schema, key.key), self._environ, patience).strip()
        if said not in (b"true", b"false"):
            raise CantTell(Why.NOT_SAID)
        return said == b"true"


def _answer(bus: Bus, question: Question) -> bool | None:
    try:
        said = bus.call(question.service, question.path, question.method, question.signature, *question.arguments)
    except Refused:
        return question.missing
    return said if isinstance(said, bool) else None
