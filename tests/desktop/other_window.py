"""Another program's window: ``python other_window.py KIND TITLE``.

``plain``; ``cover``, over the whole screen without asking the window manager; ``full`` screen or ``maximised``, as the
window manager makes it.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

kind, title = sys.argv[1:]
app = QApplication(["other"])
window = QLabel(title)
window.setWindowTitle(title)
if kind == "cover":
    window.setWindowFlags(Qt.WindowType.BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint)
    window.setGeometry(app.primaryScreen().geometry())
else:
    window.resize(300, 200)
{"full": window.showFullScreen, "maximised": window.showMaximized}.get(kind, window.show)()
sys.exit(app.exec())
