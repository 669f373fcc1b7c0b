"""The senses of a Linux desktop, and what its environment says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from calmtray.presence.sense import Patience, Sense


def senses(environ: Mapping[str, str]) -> Sequence[Sense]:
    """What says most comes first: a call also fills the screen, and a call is the better reason."""
    from calmtray.presence.away import AwaySense
    from calmtray.presence.camera import CameraSense
    from calmtray.presence.do_not_disturb import DoNotDisturbSense
    from calmtray.presence.full_screen import FullScreenSense
    from calmtray.presence.microphone import MicrophoneSense
    from calmtray.presence.screen_sharing import ScreenSharingSense

    return (
        MicrophoneSense(environ),
        CameraSense(environ),
        ScreenSharingSense(environ),
        DoNotDisturbSense(environ),
        FullScreenSense(environ),
        AwaySense(environ),
    )


def idle(environ: Mapping[str, str]) -> Callable[[Patience], float]:
    """How long nobody has moved or typed, as a question that can be asked later."""
    from calmtray.presence.away import idle_s

    return partial(idle_s, environ)


def is_wayland(environ: Mapping[str, str]) -> bool:
    """Whether windows live on Wayland; an X server beside it (Xwayland) knows only some of them."""
    return bool(environ.get("WAYLAND_DISPLAY")) or environ.get("XDG_SESSION_TYPE") == "wayland"


def desktops(environ: Mapping[str, str]) -> Sequence[str]:
    """What the desktop calls itself, most special first, in small letters."""
    return tuple(name.lower() for name in environ.get("XDG_CURRENT_DESKTOP", "").split(":") if name)
