"""Whether the desktop asks for reduced motion."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from calmtray.desktop import portal

ANSWER_WITHIN_MS = 300


def desktop_reduces_motion(environ: Mapping[str, str]) -> bool:
    """What the desktop says; False where it does not say."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _macos()
    return _portal() or _kde(Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "kdeglobals")


def _portal() -> bool:
    """The desktop portal's settings: the common key first, then GNOME's own switch for animations."""
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    # A portal that is not running would be started for the question, which can take seconds.
    if not bus.isConnected() or not bus.interface().isServiceRegistered(portal.NAME).value():
        return False
    if _setting(bus, "org.freedesktop.appearance", "reduced-motion") == 1:
        return True
    return _setting(bus, "org.gnome.desktop.interface", "enable-animations") is False


def _setting(bus: object, namespace: str, key: str) -> object:
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

    assert isinstance(bus, QDBusConnection)
    message = QDBusMessage.createMethodCall(portal.NAME, portal.PATH, "org.freedesktop.portal.Settings", "ReadOne")
    message.setArguments([namespace, key])
    reply = bus.call(message, QDBus.CallMode.Block, ANSWER_WITHIN_MS)
    value: object = reply.arguments()[0] if reply.type() is QDBusMessage.MessageType.ReplyMessage else None
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value


def _kde(globals_file: Path) -> bool:
    """KDE Plasma's animation speed; 0 is *instant*."""
    try:
        lines = globals_file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return any(line.replace(" ", "") in ("AnimationDurationFactor=0", "AnimationDurationFactor=0.0") for line in lines)


def _windows() -> bool:
    """SPI_GETCLIENTAREAANIMATION of SystemParametersInfo."""
    import ctypes

    animated = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(0x1042, 0, ctypes.byref(animated), 0)  # type: ignore[attr-defined]
    return not animated.value


def _macos() -> bool:
    import subprocess

    answer = subprocess.run(
        ("defaults", "read", "com.apple.universalaccess", "reduceMotion"), capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() == "1"
