"""asyncio on Qt's event loop, without what asyncio brings along for networks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    import qasync


def paint_first(ms: int) -> None:
    """Let Qt alone work for a moment, so that what was just shown is seen before more is loaded."""
    moment = QEventLoop()
    QTimer.singleShot(ms, moment.quit)
    moment.exec()


def make_event_loop(qt: QApplication) -> qasync.QEventLoop:
    """The loop that runs the app.

    asyncio loads OpenSSL for TLS where it finds it (3 MB for the whole time in the tray). calmtray speaks to no
    network, so it is kept from finding it; asyncio is made to do without.
    """
    hidden = "ssl" not in sys.modules
    if hidden:
        sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import qasync
    finally:
        if hidden:
            del sys.modules["ssl"]
    return qasync.QEventLoop(qt)
