"""Another program's window: ``python other_window.py plain TITLE``, or ``cover TITLE`` over the whole screen."""

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
window.show()
sys.exit(app.exec())
