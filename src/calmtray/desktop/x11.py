"""What Qt does not tell on X11: whether a window is covered, and whether there is a tray before an icon is made.

Asked through libxcb on connections of our own, so that Qt's event masks stay as they are. Without an X server both
watchers are silent.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_char_p, c_int, c_uint8, c_uint16, c_uint32, c_void_p

from PySide6.QtCore import QObject, QSocketNotifier, Signal

# Numbers of the X11 protocol.
_VISIBILITY_NOTIFY = 15
_FULLY_OBSCURED = 2
_VISIBILITY_CHANGE_MASK = 1 << 16
_STRUCTURE_NOTIFY_MASK = 1 << 17
_CW_EVENT_MASK = 1 << 11

_TRAY_SELECTION = b"_NET_SYSTEM_TRAY_S0"


class _Event(ctypes.Structure):
    """The head of every event, and the state that a VisibilityNotify carries after its window."""

    _fields_ = (
        ("response_type", c_uint8),
        ("detail", c_uint8),
        ("sequence", c_uint16),
        ("window", c_uint32),
        ("state", c_uint8),
    )


class _Reply(ctypes.Structure):
    """The head of a reply whose first value is an atom or a window."""

    _fields_ = (
        ("response_type", c_uint8),
        ("detail", c_uint8),
        ("sequence", c_uint16),
        ("length", c_uint32),
        ("value", c_uint32),
    )


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", c_uint32),)


class _Screens(ctypes.Structure):
    _fields_ = (("data", POINTER(c_uint32)), ("rem", c_int), ("index", c_int))


class _Watcher(QObject):
    """One connection to the X server, and a subclass that hears its events."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection: int | None = None
        self._notifier: QSocketNotifier | None = None

    def _connect(self) -> bool:
        """Whether there is an X server to ask."""
        try:
            self._xcb, self._libc = _libraries()
        except OSError:
            return False
        self._connection = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._connection):
            self.stop()
            return False
        descriptor = self._xcb.xcb_get_file_descriptor(self._connection)
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)
        return True

    def stop(self) -> None:
        """Watch no more, and give the connection back."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._connection is not None:
            self._xcb.xcb_disconnect(self._connection)
            self._connection = None

    def _select(self, window: int, mask: int) -> None:
        self._xcb.xcb_change_window_attributes(self._connection, window, _CW_EVENT_MASK, (c_uint32 * 1)(mask))
        self._xcb.xcb_flush(self._connection)

    def _on_notifier_activated(self) -> None:
        if self._connection is None:
            return
        if self._xcb.xcb_connection_has_error(self._connection):
            self.stop()
            return
        while event := self._xcb.xcb_poll_for_event(self._connection):
            kind, state = event.contents.response_type & 0x7F, event.contents.state
            self._libc.free(event)
            self._on_event(kind, state)

    def _on_event(self, kind: int, state: int) -> None:
        raise NotImplementedError


class WindowCover(_Watcher):
    """Watches one window. Where windows are composed off screen the server calls none covered."""

    covered_changed = Signal(bool)

    def __init__(self, window: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._covered = False

    def start(self) -> None:
        """Watch from now on."""
        if self._connect():
            self._select(self._window, _VISIBILITY_CHANGE_MASK)

    def _on_event(self, kind: int, state: int) -> None:
        if kind == _VISIBILITY_NOTIFY and (state == _FULLY_OBSCURED) != self._covered:
            self._covered = not self._covered
            self.covered_changed.emit(self._covered)


class TrayOwner(_Watcher):
    """Watches for an XEmbed tray (freedesktop.org, *System Tray Protocol*): the owner of its selection."""

    present_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.present = False

    def start(self) -> None:
        """Look once, and watch from now on."""
        if self._connect():
            # A new tray announces itself on the root window.
            self._select(self._root(), _STRUCTURE_NOTIFY_MASK)
            self._look()

    def _on_event(self, _kind: int, _state: int) -> None:
        self._look()

    def _look(self) -> None:
        owner = self._owner()
        if owner:
            # Its window is destroyed with it: then we are told.
            self._select(owner, _STRUCTURE_NOTIFY_MASK)
        if bool(owner) != self.present:
            self.present = bool(owner)
            self.present_changed.emit(self.present)

    def _owner(self) -> int:
        atom = self._value(
            self._xcb.xcb_intern_atom_reply,
            self._xcb.xcb_intern_atom(self._connection, 0, len(_TRAY_SELECTION), _TRAY_SELECTION),
        )
        cookie = self._xcb.xcb_get_selection_owner(self._connection, atom)
        return self._value(self._xcb.xcb_get_selection_owner_reply, cookie)

    def _value(self, reply_of: ctypes._NamedFuncPointer, cookie: _Cookie) -> int:
        reply = reply_of(self._connection, cookie, None)
        if not reply:
            return 0
        value = int(reply.contents.value)
        self._libc.free(reply)
        return value

    def _root(self) -> int:
        setup = self._xcb.xcb_get_setup(self._connection)
        return int(self._xcb.xcb_setup_roots_iterator(setup).data[0])


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    """libxcb, which Qt has loaded already, and libc to free what it hands out. Raises OSError."""
    xcb, libc = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL(None)
    for name, result, arguments in (
        ("xcb_connect", c_void_p, (c_char_p, POINTER(c_int))),
        ("xcb_connection_has_error", c_int, (c_void_p,)),
        ("xcb_change_window_attributes", _Cookie, (c_void_p, c_uint32, c_uint32, POINTER(c_uint32))),
        ("xcb_flush", c_int, (c_void_p,)),
        ("xcb_get_file_descriptor", c_int, (c_void_p,)),
        ("xcb_poll_for_event", POINTER(_Event), (c_void_p,)),
        ("xcb_disconnect", None, (c_void_p,)),
        ("xcb_get_setup", c_void_p, (c_void_p,)),
        ("xcb_setup_roots_iterator", _Screens, (c_void_p,)),
        ("xcb_intern_atom", _Cookie, (c_void_p, c_uint8, c_uint16, c_char_p)),
        ("xcb_intern_atom_reply", POINTER(_Reply), (c_void_p, _Cookie, c_void_p)),
        ("xcb_get_selection_owner", _Cookie, (c_void_p, c_uint32)),
        ("xcb_get_selection_owner_reply", POINTER(_Reply), (c_void_p, _Cookie, c_void_p)),
    ):
        function = getattr(xcb, name)
        function.restype = result
        function.argtypes = arguments
    libc.free.argtypes = (c_void_p,)
    libc.free.restype = None
    return xcb, libc
